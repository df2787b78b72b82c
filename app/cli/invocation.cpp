// SPDX-License-Identifier: Apache-2.0
#include "app/cli/invocation.h"

#include "app/program_paths.h"
#include "ui/session/message_catalogue.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <system_error>
#include <vector>

namespace sulcus::cli {

namespace fs = std::filesystem;

std::string sentence(const Message& message) { return session::sentence(message).toStdString(); }
std::string sentence(const std::string& messageId) { return session::sentence(messageId).toStdString(); }

Invocation::Invocation(const CommonOptions& options, Interrupts& interrupts)
    : m_options(options),
      m_paths(app::findPaths({options.models, options.database})),
      m_interrupts(interrupts),
      m_progress(options.progress || isatty(STDERR_FILENO) != 0),
      m_task(interrupts.token(), m_progress.sink()) {}

void Invocation::print(const std::string& text) {
    m_progress.clear();
    std::fwrite(text.data(), 1, text.size(), stdout);
    if (text.empty() || text.back() != '\n')
        std::fputc('\n', stdout);
    std::fflush(stdout);
}

void Invocation::print(const Json& json) { print(json.dump(2, ' ', false, Json::error_handler_t::replace)); }

void Invocation::complain(const std::string& text) {
    m_progress.clear();
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void Invocation::printPurpose() { print(std::string("\n").append(sentence("app.education_only"))); }

Result<void> Invocation::prepareOutput(const fs::path& file) {
    std::error_code error;
    const auto folder = fs::absolute(file, error).parent_path();
    std::vector<fs::path> made;
    if (!error) {
        std::error_code ignored;
        for (auto above = folder; !above.empty() && !fs::exists(above, ignored) && above != above.parent_path();
             above = above.parent_path())
            made.insert(made.begin(), above);
        fs::create_directories(folder, error);
    }
    m_interrupts.watchFolder(folder, made);
    const auto refused = [&](int why) {
        return fail(ErrorCode::Unreadable, why == ENAMETOOLONG ? "app.name_too_long" : "app.cannot_write",
                    {{"file", file.string()}}, std::strerror(why));
    };
    if (error)
        return refused(error.value());
    if (fs::is_directory(file, error))
        return refused(EISDIR);
    // The longest of the temporary names that a writer gives: where this one can be made, so can the file.
    const auto trial = folder / ("." + file.filename().string() + ".part-" + std::to_string(::getpid()) + ".plain.nii");
    const int descriptor = ::open(trial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return refused(errno);
    ::close(descriptor);
    ::unlink(trial.c_str());
    return {};
}

Result<void> Invocation::writeText(const fs::path& file, const std::string& text) {
    if (auto ready = prepareOutput(file); !ready)
        return ready;
    auto aside = file;
    aside.replace_filename(std::string(".").append(file.filename().string()).append(".part-") +
                           std::to_string(::getpid()));
    std::error_code error;
    {
        std::ofstream out(aside, std::ios::binary);
        out << text;
        out.close();
        if (!out) {
            fs::remove(aside, error);
            return fail(ErrorCode::Unreadable, "app.cannot_write", {{"file", file.string()}});
        }
    }
    fs::rename(aside, file, error);
    if (error) {
        const auto why = error.message();
        fs::remove(aside, error);
        return fail(ErrorCode::Unreadable, "app.cannot_write", {{"file", file.string()}}, why);
    }
    return {};
}

} // namespace sulcus::cli
