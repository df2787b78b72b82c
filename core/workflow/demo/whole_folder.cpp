// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/demo/whole_folder.h"

#include <unistd.h>

#include <string>
#include <system_error>
#include <utility>

namespace sulcus::workflow {

namespace fs = std::filesystem;

WholeFolder::WholeFolder(fs::path folder)
    : m_folder(std::move(folder)),
      m_making(m_folder.parent_path() / ("." + m_folder.filename().string() + ".part-" + std::to_string(::getpid()))) {}

WholeFolder::~WholeFolder() {
    std::error_code ignored;
    fs::remove_all(m_making, ignored);
}

Result<void> WholeFolder::refused(const std::error_code& why) const {
    return fail(ErrorCode::Unreadable, "demo.folder_failed", {{"folder", m_folder.string()}}, why.message());
}

Result<void> WholeFolder::begin() {
    std::error_code failed;
    const auto kind = fs::status(m_folder, failed).type();
    if (kind != fs::file_type::directory && kind != fs::file_type::not_found)
        return refused(failed ? failed : std::make_error_code(std::errc::not_a_directory));
    fs::remove_all(m_making, failed);
    fs::create_directories(m_making, failed);
    return failed ? refused(failed) : Result<void>{};
}

Result<void> WholeFolder::finish() {
    std::error_code failed;
    if (!fs::exists(m_folder, failed)) {
        fs::rename(m_making, m_folder, failed);
        return failed ? refused(failed) : Result<void>{};
    }
    for (const auto& entry : fs::directory_iterator(m_making, failed)) {
        const fs::path target = m_folder / entry.path().filename();
        std::error_code ignored;
        if (entry.is_directory(ignored))
            fs::remove_all(target, ignored); // a folder takes the place of an empty one alone
        fs::rename(entry.path(), target, failed);
        if (failed)
            break;
    }
    return failed ? refused(failed) : Result<void>{};
}

} // namespace sulcus::workflow
