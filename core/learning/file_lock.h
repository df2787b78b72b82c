// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace sulcus::learning {

/// Keeps a second writer, of this or another process, away: an advisory lock on a file (flock), which ends with the
/// object or the process. The file is made when it is not there. Where locks do not exist, on some network drives, it
/// counts as held.
class FileLock {
public:
    explicit FileLock(const std::filesystem::path& file);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    bool held() const { return m_held; } ///< false: somebody else holds it

private:
    int m_descriptor = -1;
    bool m_held = true;
};

} // namespace sulcus::learning
