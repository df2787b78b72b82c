// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"

#include <filesystem>
#include <string>
#include <vector>

namespace sulcus::imaging {

/// One case of a dataset folder, told by names alone; no image is opened.
struct ListedCase {
    std::filesystem::path path; ///< of its folder
    std::string id;             ///< the folder's name
    std::string group;          ///< folders between the dataset and the case ("HGG"); empty: none
    bool hasTruth = false;
    bool hasMask = false;   ///< `<anything>_mask.<ending>` lies beside the images, as Sulcus suggests when it saves
    bool hasReport = false; ///< so does `<anything>_report.png`
};

/// Every BraTS case below a folder (four levels deep), sorted by group and name as a person counts. A folder that is
/// a case itself is the only entry. Thread: any worker. Cancel: between folders. Errors: NotFound (no such folder;
/// no case in it), Cancelled.
Result<std::vector<ListedCase>> listCases(const std::filesystem::path& folder, const TaskContext& task);

} // namespace sulcus::imaging
