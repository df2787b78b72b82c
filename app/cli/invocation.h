// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/interrupts.h"
#include "app/cli/progress_line.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/workflow/workflow.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace CLI {
class App;
}

namespace sulcus::cli {

using Json = nlohmann::ordered_json;

/// Options that every verb has.
struct CommonOptions {
    std::filesystem::path models;
    std::filesystem::path database;
    bool json = false;
    bool progress = false;
};

/// One run of a verb: where the program's files are, how to say how far it is, how to answer.
class Invocation {
public:
    Invocation(const CommonOptions& options, Interrupts& interrupts);
    ~Invocation() { m_interrupts.removeEmptyFolders(); }
    Invocation(const Invocation&) = delete;
    Invocation& operator=(const Invocation&) = delete;

    const workflow::Paths& paths() const { return m_paths; }
    const TaskContext& task() const { return m_task; }
    bool json() const { return m_options.json; }

    /// Writes text to stdout, with a line end if it lacks one.
    void print(const std::string& text);
    void print(const Json& json);
    /// Writes lines to stderr, for what an answer on stdout does not hold.
    void complain(const std::string& text);
    /// The line under every result for a person.
    void printPurpose();

    /// Announces a file that is about to be written, makes its folder and tries to write there, so that a name or a
    /// place that will not do is found before any work. A folder that was made and stays empty is removed at the end.
    /// Errors: "app.cannot_write", "app.name_too_long".
    Result<void> prepareOutput(const std::filesystem::path& file);
    /// Writes a whole text file: under a temporary name first, then renamed.
    Result<void> writeText(const std::filesystem::path& file, const std::string& text);

    /// For work that has something to keep when it is stopped: a signal waits for it.
    void allowSlowStop() { m_interrupts.allowSlowStop(); }

    bool databaseGiven() const { return !m_options.database.empty(); }

private:
    CommonOptions m_options;
    workflow::Paths m_paths;
    Interrupts& m_interrupts;
    ProgressLine m_progress;
    TaskContext m_task;
};

using VerbRun = std::function<Result<void>(Invocation&)>;

/// The verbs by their parsed sub-command.
using VerbTable = std::map<const CLI::App*, VerbRun>;

/// English sentence of a message.
std::string sentence(const Message& message);
std::string sentence(const std::string& messageId);

} // namespace sulcus::cli
