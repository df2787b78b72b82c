// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"

#include <filesystem>

namespace sulcus::workflow {

/// Where Debian's mricron-data installs the brain template and its atlases.
inline constexpr const char* kTemplateFolder = "/usr/share/mricron/templates";

/// Writes a made-up BraTS case into `folder`, which becomes the case folder and is created if absent: NAME_flair,
/// NAME_t1, NAME_t1ce, NAME_t2 and NAME_seg as .nii.gz, NAME being the folder's own name; 240x240x155 voxels of 1 mm in
/// the BraTS grid, skull-stripped, background exactly 0, labels of 2021 (1, 2, 4). Every header says "synthetic".
///
/// Brain: ch2bet of `templateFolder`, placed by the inverse of `imaging::kSri24ToTemplate` and bent a little by the
/// seed. Tumour: a core with an irregular enhancing rim and an oedema that grows along white matter by geodesic
/// distance; its place, size and looks depend on `seed`. Intensities follow the z-scores measured in real BraTS cases,
/// per tissue and label. The same seed gives the same voxels. No network may be trained on it.
///
/// Thread: any worker; about ten seconds. Cancel: polled between steps of under a second.
/// Errors: NotFound (template absent: names the package to install), Unreadable (folder not writable), Cancelled.
Result<void> writeDemoCase(const std::filesystem::path& folder, unsigned seed,
                           const std::filesystem::path& templateFolder, const TaskContext& task);

} // namespace sulcus::workflow
