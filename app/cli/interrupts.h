// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace sulcus::cli {

/// Turns SIGINT and SIGTERM into a stop request for the running work, and ends the program with status 130 if the work
/// does not return in time or a second signal comes. Files that were being written under a temporary name are removed
/// then, so that nothing half-written stays. One object per program, made in `main` before any other thread.
class Interrupts {
public:
    Interrupts();
    ~Interrupts();
    Interrupts(const Interrupts&) = delete;
    Interrupts& operator=(const Interrupts&) = delete;

    std::stop_token token() const { return m_source.get_token(); }
    bool requested() const { return m_source.stop_requested(); }
    /// Waits for the work to end by itself (a second signal still ends the program at once).
    void allowSlowStop() { m_patient = true; }
    /// A folder in which the program is about to write. `made`: folders that were made for it, outermost first.
    void watchFolder(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& made = {});
    /// Removes those of the folders made that nothing was written into.
    void removeEmptyFolders();

private:
    void listen();
    void removePartialFiles();

    std::stop_source m_source;
    int m_readEnd = -1;
    int m_writeEnd = -1;
    std::atomic<bool> m_patient = false;
    std::mutex m_mutex;
    std::vector<std::filesystem::path> m_folders;
    std::vector<std::filesystem::path> m_made;
    std::thread m_listener;
};

} // namespace sulcus::cli
