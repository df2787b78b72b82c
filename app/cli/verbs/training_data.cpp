// SPDX-License-Identifier: Apache-2.0
#include "app/cli/verbs/training_data.h"

#include "app/cli/text_table.h"
#include "app/cli/verbs/print.h"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>

namespace sulcus::cli {

namespace fs = std::filesystem;

void addDataOptions(CLI::App* verb, DataArguments& arguments) {
    verb->add_option("--min-share", arguments.smallestPercent,
                     "Leave out what has less than this share of labelled voxels, in percent; default: the plan's")
        ->check(CLI::Range(0.0, 100.0));
    verb->add_option("--empty", arguments.empty,
                     "Images that show nothing of what is learnt, for 2-D plans: files, DICOM folders, sets of slices");
    verb->add_option("--patients", arguments.patients, "Table name,patient for splits by patient (CSV)");
    verb->add_option("--max-mb", arguments.mostMb, "Largest cache in MB; 0: no limit")
        ->check(atLeast(0))
        ->capture_default_str();
}

Result<fs::path> findPlan(const std::string& nameOrFile, const workflow::Paths& paths) {
    std::error_code error;
    if (fs::is_regular_file(nameOrFile, error))
        return fs::path(nameOrFile);
    const auto named = paths.models / "plans" / (nameOrFile + ".json");
    if (fs::is_regular_file(named, error))
        return named;
    std::set<std::string> names;
    for (fs::directory_iterator entry(paths.models / "plans", error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() == ".json")
            names.insert(entry->path().stem().string());
    }
    if (names.empty())
        return fail(ErrorCode::NotFound, "app.no_plans",
                    {{"plan", nameOrFile}, {"folder", (paths.models / "plans").string()}});
    std::string known;
    for (const auto& name : names)
        known += (known.empty() ? "" : ", ") + name;
    return fail(ErrorCode::NotFound, "app.plan_missing", {{"plan", nameOrFile}, {"known", known}});
}

Result<workflow::PrepareSummary> prepareCache(const fs::path& plan, const DataArguments& arguments,
                                              const fs::path& cache, bool replace, const TaskContext& task) {
    workflow::PrepareOptions options;
    options.plan = plan;
    options.data.assign(arguments.data.begin(), arguments.data.end());
    options.empty.assign(arguments.empty.begin(), arguments.empty.end());
    options.cache = cache;
    if (arguments.smallestPercent)
        options.smallestShare = *arguments.smallestPercent / 100.0;
    options.mostMb = arguments.mostMb;
    options.replace = replace;
    if (!arguments.patients.empty()) {
        auto patients = workflow::readPatients(arguments.patients);
        if (!patients)
            return fail(std::move(patients.error()));
        options.patients = std::move(*patients);
    }
    return workflow::prepare(options, task);
}

std::string leftOutText(const workflow::PrepareSummary& summary) {
    constexpr int kNamed = 5;
    std::map<std::string, int> times;
    std::string text;
    for (const auto& one : summary.leftOut) {
        if (++times[one.reason.id] <= kNamed)
            text += line("Left out", sentence(one.reason));
    }
    for (const auto& [reason, count] : times) {
        if (count > kNamed)
            text +=
                line("Left out",
                     "and " + std::to_string(count - kNamed) + " more like " +
                         sentence(std::find_if(summary.leftOut.begin(), summary.leftOut.end(), [&](const auto& one) {
                                      return one.reason.id == reason;
                                  })->reason));
    }
    return text;
}

std::string samplesText(const workflow::PrepareSummary& summary) {
    return std::to_string(summary.samples.size()) + (summary.samples.size() == 1 ? " sample" : " samples");
}

} // namespace sulcus::cli
