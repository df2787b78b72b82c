// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/verbs/arguments.h"
#include "core/workflow/prepare.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// What `prepare` and `train` have in common: a plan, and the data that become a cache.
namespace sulcus::cli {

struct DataArguments {
    std::vector<std::string> data;
    std::vector<std::string> empty;
    std::string patients;
    std::optional<double> smallestPercent;
    double mostMb = 0.0;
};

void addDataOptions(CLI::App* verb, DataArguments& arguments);

/// A plan file, or the plan of that name in the models folder. Errors: NotFound ("app.plan_missing" names those that
/// are there, "app.no_plans").
Result<std::filesystem::path> findPlan(const std::string& nameOrFile, const workflow::Paths& paths);

/// Errors: those of `workflow::readPatients` and `workflow::prepare`.
Result<workflow::PrepareSummary> prepareCache(const std::filesystem::path& plan, const DataArguments& arguments,
                                              const std::filesystem::path& cache, bool replace,
                                              const TaskContext& task);

/// "12 samples".
std::string samplesText(const workflow::PrepareSummary& summary);

/// Lines on what was left out: the first few of each reason by name, then how many more.
std::string leftOutText(const workflow::PrepareSummary& summary);

} // namespace sulcus::cli
