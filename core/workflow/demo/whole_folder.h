// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace sulcus::workflow {

/// A folder that appears whole or not at all: it is filled under a name beside its own, which ends in the mark of files
/// that are being written, and takes its name at the end. What was not finished is removed.
class WholeFolder {
public:
    explicit WholeFolder(std::filesystem::path folder);
    WholeFolder(const WholeFolder&) = delete;
    WholeFolder& operator=(const WholeFolder&) = delete;
    ~WholeFolder();

    /// Makes the folder to write into. Errors: Unreadable ("demo.folder_failed").
    Result<void> begin();
    const std::filesystem::path& making() const { return m_making; }
    /// Gives the folder its name; into one that exists the files are moved one by one, over those of the same name.
    /// Errors: Unreadable ("demo.folder_failed").
    Result<void> finish();

private:
    Result<void> refused(const std::error_code& why) const;

    std::filesystem::path m_folder;
    std::filesystem::path m_making;
};

} // namespace sulcus::workflow
