// SPDX-License-Identifier: Apache-2.0
#include "app/cli/interrupts.h"

#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <system_error>

namespace sulcus::cli {

namespace {

// A signal handler may touch little more than a lock-free atomic and write(): it passes a byte to the listener.
std::atomic<int> signalPipe{-1};

extern "C" void passOn(int number) {
    const int saved = errno;
    const char byte = static_cast<char>(number);
    const int pipe = signalPipe.load();
    if (pipe >= 0) {
        [[maybe_unused]] const auto written = write(pipe, &byte, 1);
    }
    errno = saved;
}

// Work polls its stop token well within this; what does not (a library in the middle of a file) is left behind, so
// that the program ends within a second.
constexpr int kPatienceMs = 900;
constexpr int kCancelledStatus = 130;

void install(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

} // namespace

Interrupts::Interrupts() {
    int ends[2] = {-1, -1};
    if (pipe(ends) != 0)
        return; // no pipe, no graceful end: signals keep their default meaning
    m_readEnd = ends[0];
    m_writeEnd = ends[1];
    signalPipe = m_writeEnd;
    m_listener = std::thread([this] { listen(); });
    install(passOn);
}

Interrupts::~Interrupts() {
    if (m_readEnd < 0)
        return;
    install(SIG_DFL);
    signalPipe = -1;
    close(m_writeEnd); // the listener reads end of file and returns
    m_listener.join();
    close(m_readEnd);
}

void Interrupts::watchFolder(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& made) {
    const std::lock_guard lock(m_mutex);
    m_folders.push_back(folder.empty() ? "." : folder);
    m_made.insert(m_made.end(), made.begin(), made.end());
}

void Interrupts::removeEmptyFolders() {
    const std::lock_guard lock(m_mutex);
    for (auto folder = m_made.rbegin(); folder != m_made.rend(); ++folder) {
        std::error_code notEmpty;
        std::filesystem::remove(*folder, notEmpty);
    }
    m_made.clear();
}

void Interrupts::listen() {
    char byte = 0;
    ssize_t got = 0;
    do {
        got = read(m_readEnd, &byte, 1);
    } while (got < 0 && errno == EINTR);
    if (got != 1)
        return;
    m_source.request_stop();
    pollfd next{m_readEnd, POLLIN, 0};
    int ready = 0;
    do {
        ready = poll(&next, 1, m_patient ? -1 : kPatienceMs);
    } while (ready < 0 && errno == EINTR);
    if (ready > 0 && (next.revents & POLLIN) == 0)
        return; // the program came to its end by itself
    removePartialFiles();
    removeEmptyFolders();
    std::_Exit(kCancelledStatus);
}

void Interrupts::removePartialFiles() {
    const std::lock_guard lock(m_mutex);
    const auto mark = ".part-" + std::to_string(getpid());
    for (const auto& folder : m_folders) {
        std::error_code error;
        for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error)) {
            std::error_code ignored;
            if (entry->path().filename().string().find(mark) != std::string::npos)
                std::filesystem::remove_all(entry->path(), ignored);
        }
    }
}

} // namespace sulcus::cli
