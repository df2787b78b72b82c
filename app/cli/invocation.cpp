// SPDX-License-Identifier: Apache-2.0
#include "app/cli/invocation.h"

#include "app/program_paths.h"
#include "ui/session/message_catalogue.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <system_error>

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

void Invocation::printPurpose() { print(std::string("\n").append(sentence("app.education_only"))); }

Result<void> Invocation::prepareOutput(const fs::path& file) {
    std::error_code error;
    const auto folder = fs::absolute(file, error).parent_path();
    if (!error)
        fs::create_directories(folder, error);
    if (error || fs::is_directory(file) || access(folder.c_str(), W_OK) != 0)
        return fail(ErrorCode::Unreadable, "app.cannot_write", {{"file", file.string()}}, error.message());
    m_interrupts.watchFolder(folder);
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
