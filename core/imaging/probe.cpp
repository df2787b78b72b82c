// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/probe.h"

#include "core/base/log.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

extern char** environ;

namespace sulcus::imaging {

namespace {

namespace fs = std::filesystem;

struct Program {
    bool set = false;
    fs::path path;
    std::chrono::milliseconds patience = std::chrono::seconds(20);
};

Program& chosen() {
    static Program program;
    return program;
}

fs::path probeProgram() {
    if (chosen().set) {
        return chosen().path;
    }
    std::error_code failed;
    const fs::path beside = fs::read_symlink("/proc/self/exe", failed).parent_path() / "sulcus-probe";
    return !failed && ::access(beside.c_str(), X_OK) == 0 ? beside : fs::path();
}

/// Kills and collects the child on every way out.
class Child {
public:
    explicit Child(pid_t pid) : m_pid(pid) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (!m_done) {
            ::kill(m_pid, SIGKILL);
            ::waitpid(m_pid, &m_status, 0);
        }
    }
    bool ended() {
        m_done = m_done || ::waitpid(m_pid, &m_status, WNOHANG) == m_pid;
        return m_done;
    }
    bool well() const { return m_done && WIFEXITED(m_status) && WEXITSTATUS(m_status) == 0; }
    std::chrono::milliseconds processorTime() const {
        clockid_t clock{};
        timespec used{};
        if (::clock_getcpuclockid(m_pid, &clock) != 0 || ::clock_gettime(clock, &used) != 0) {
            return {};
        }
        return std::chrono::milliseconds(used.tv_sec * 1000 + used.tv_nsec / 1'000'000);
    }
    int signal() const { return WIFSIGNALED(m_status) ? WTERMSIG(m_status) : 0; }

private:
    pid_t m_pid;
    int m_status = 0;
    bool m_done = false;
};

} // namespace

void setProbeProgram(fs::path program, std::chrono::milliseconds patience) {
    chosen() = {true, std::move(program), patience};
}

Result<void> probeFiles(std::span<const fs::path> files, const TaskContext& task) {
    const fs::path program = probeProgram();
    if (program.empty() || files.empty()) {
        return {};
    }
    // The child says how far it came, one byte a file, so that the sentence can name the file that ended it. The pipe
    // is marked to close on exec, or children of other threads would keep its end open.
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
        return {};
    }
    std::vector<std::string> words{program.string()};
    for (const fs::path& file : files) {
        words.push_back(fs::absolute(file).string());
    }
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid = 0;
    const int failed = ::posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    if (failed != 0) {
        ::close(pipe[0]);
        log(LogLevel::Warning, "imaging", "the probe program could not be started");
        return {};
    }

    Child child(pid);
    const auto limit = chosen().patience + std::chrono::milliseconds(500) * static_cast<long>(files.size());
    std::size_t done = 0;
    bool cancelled = false;
    bool slow = false;
    bool open = true;
    while (open && !cancelled && !slow) {
        pollfd wait{pipe[0], POLLIN, 0};
        constexpr int kTenthOfASecond = 100;
        if (::poll(&wait, 1, kTenthOfASecond) > 0) {
            std::array<char, 256> buffer{};
            const ssize_t got = ::read(pipe[0], buffer.data(), buffer.size());
            open = got > 0;
            done += got > 0 ? static_cast<std::size_t>(got) : 0;
        }
        cancelled = task.cancelled();
        slow = open && child.processorTime() > limit;
    }
    ::close(pipe[0]);
    if (cancelled) {
        return failCancelled();
    }
    // The end of the pipe comes a moment before the child can be collected.
    while (!slow && !child.ended()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (child.well()) {
        return {};
    }
    const fs::path& culprit = files[std::min(done, files.size() - 1)];
    if (slow) {
        return fail(ErrorCode::Unreadable, "imaging.reader_slow",
                    {{"file", culprit.string()}, {"seconds", std::to_string(limit / std::chrono::seconds(1))}});
    }
    return fail(ErrorCode::Unreadable, "imaging.reader_died", {{"file", culprit.string()}},
                "signal " + std::to_string(child.signal()));
}

} // namespace sulcus::imaging
