// SPDX-License-Identifier: Apache-2.0
// sulcus-cli: every use case of the workstation without its window. Exit status: 0 done, 1 failed (one sentence on
// stderr), 2 wrong usage, 130 cancelled.
#include "app/cli/interrupts.h"
#include "app/cli/verbs/verbs.h"
#include "app/program_paths.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <string>

namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kCancelled = 130;

int failed(const std::string& sentence) {
    std::fprintf(stderr, "sulcus-cli: %s\n", sentence.c_str());
    return kFailed;
}

int runVerb(const sulcus::cli::VerbRun& run, const sulcus::cli::CommonOptions& options,
            sulcus::cli::Interrupts& interrupts) {
    sulcus::Result<void> outcome;
    {
        sulcus::cli::Invocation invocation(options, interrupts);
        outcome = run(invocation);
    }
    if (outcome)
        return kDone;
    if (outcome.error().code == sulcus::ErrorCode::Cancelled)
        return kCancelled;
    return failed(sulcus::cli::sentence(outcome.error().message));
}

} // namespace

int main(int argc, char** argv) {
    using namespace sulcus;
    CLI::App root("Sulcus on the command line: segmentation of brain MRI and CT, its place, its verdict, its report.\n"
                  "Education and research only, not for diagnosis.",
                  "sulcus-cli");
    root.set_version_flag("--version", app::programVersion());
    root.set_help_all_flag("--help-all", "Print the help of all verbs and exit");
    root.require_subcommand(1);
    root.get_formatter()->column_width(34);

    cli::CommonOptions common;
    cli::Verbs verbs{root, common, {}};
    cli::addInfo(verbs);
    cli::addDemo(verbs);
    cli::addSegment(verbs);
    cli::addClassify(verbs);
    cli::addCompare(verbs);
    cli::addEvaluate(verbs);
    cli::addBundles(verbs);
    cli::addLocate(verbs);
    cli::addCrossCheck(verbs);
    cli::addSymptoms(verbs);
    cli::addHospitals(verbs);
    cli::addReport(verbs);
    cli::addRun(verbs);
    cli::addDb(verbs);
    cli::addPrepare(verbs);
    cli::addTrain(verbs);
    cli::addPredict(verbs);
    cli::addCurves(verbs);
    cli::addSeal(verbs);

    try {
        root.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // An unknown verb reads as a missing one to CLI11, whose sentence would not name the word.
        const auto unknown = root.remaining();
        if (root.get_subcommands().empty() && !unknown.empty() && unknown.front().rfind('-', 0) != 0) {
            std::fprintf(stderr,
                         "sulcus-cli: There is no verb \"%s\". Run \"sulcus-cli --help\" for the list of verbs.\n",
                         unknown.front().c_str());
            return kUsage;
        }
        // Where something needed is missing too, CLI11 speaks of that, although the misspelt option is the cause.
        for (const auto& word : root.remaining(true))
            if (error.get_exit_code() != 0 && word.size() > 1 && word.front() == '-') {
                std::string verb = "sulcus-cli";
                for (auto at = root.get_subcommands(); !at.empty(); at = at.front()->get_subcommands())
                    verb += ' ' + at.front()->get_name();
                std::fprintf(stderr,
                             "sulcus-cli: There is no option \"%s\" here. Run \"%s --help\" for the list of options.\n",
                             word.c_str(), verb.c_str());
                return kUsage;
            }
        // Help and version are "errors" with status 0 in CLI11; everything else is wrong usage.
        return root.exit(error) == 0 ? kDone : kUsage;
    }

    cli::Interrupts interrupts;
    const auto chosen = root.get_subcommands();
    const CLI::App* verb = chosen.front();
    while (!verb->get_subcommands().empty())
        verb = verb->get_subcommands().front();
    try {
        return runVerb(verbs.table.at(verb), common, interrupts);
    } catch (const std::exception& exception) {
        return failed(cli::sentence(Message{"app.unexpected", {{"what", exception.what()}}}));
    }
}
