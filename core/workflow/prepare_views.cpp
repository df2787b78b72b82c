// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/prepare_views.h"

#include "core/learning/cache.h"
#include "core/learning/interruption.h"
#include "core/learning/view_images.h"
#include "core/workflow/view_sets.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace sulcus::workflow {

namespace fs = std::filesystem;

namespace {

/// The table's column for each output of the plan.
Result<std::vector<std::string>> columnsFor(const learning::TrainingPlan& plan, const ViewSets& found,
                                            const fs::path& folder) {
    if (found.table.empty())
        return fail(ErrorCode::InvalidInput, "workflow.views_no_table", {{"folder", folder.string()}});
    std::vector<std::string> columns;
    for (const auto& output : plan.spec.outputs) {
        const auto column = std::find_if(found.columns.begin(), found.columns.end(),
                                         [&](const std::string& name) { return sameColumn(name, output.name); });
        if (column == found.columns.end())
            return fail(ErrorCode::InvalidInput, "workflow.views_no_column",
                        {{"file", found.table.string()}, {"column", output.name}, {"plan", plan.name}});
        columns.push_back(*column);
    }
    return columns;
}

class ViewPreparation {
public:
    ViewPreparation(const PrepareOptions& options, const learning::TrainingPlan& plan, learning::CacheWriter& cache)
        : m_options(options), m_plan(plan), m_cache(cache) {}

    Result<void> add(const ViewSet& set, const std::vector<std::string>& columns, const TaskContext& task) {
        std::vector<unsigned char> classes;
        for (const auto& column : columns) {
            const auto& truth = set.truth.at(column);
            if (!truth && classes.empty()) {
                leaveOut(set.name, Message{"workflow.views_without_line", {{"name", set.name}}});
                return {};
            }
            // Tables often leave the location columns of a healthy patient empty.
            classes.push_back(truth.value_or(false) ? 1 : 0);
        }
        auto views = readViews(set, task);
        if (!views)
            return leaveOutUnlessCancelled(set.name, std::move(views.error()));
        std::size_t bytes = 0;
        for (const auto& view : *views) {
            const std::string_view text(reinterpret_cast<const char*>(view.values.data()),
                                        view.values.size() * sizeof(float));
            bytes = bytes * 31 + std::hash<std::string_view>{}(text);
        }
        if (!m_seen.insert(bytes).second) {
            leaveOut(set.name, Message{"workflow.prepare_duplicate", {{"name", set.name}}});
            return {};
        }
        auto prepared = learning::prepareViews(set.name, *views, m_plan.spec);
        if (!prepared)
            return leaveOutUnlessCancelled(set.name, std::move(prepared.error()));
        const double mb = static_cast<double>(prepared->values.size()) * 2e-6;
        if (m_options.mostMb > 0.0 && summary.mb + mb > m_options.mostMb) {
            leaveOut(set.name, Message{"workflow.prepare_full", {{"name", set.name}}});
            return {};
        }
        const auto known = m_options.patients.find(set.name);
        const auto patient = known == m_options.patients.end() ? set.name : known->second;
        if (auto written = m_cache.addViews(set.name, patient, std::move(*prepared), std::move(classes)); !written)
            return written;
        summary.mb += mb;
        summary.samples.push_back({set.name, patient, "angio-views"});
        return {};
    }

    void leaveOut(const std::string& name, Message reason) {
        m_cache.leaveOut(name, reason.id);
        summary.leftOut.push_back({name, std::move(reason)});
    }

    PrepareSummary summary;

private:
    Result<void> leaveOutUnlessCancelled(const std::string& name, Error error) {
        if (error.code == ErrorCode::Cancelled)
            return failCancelled();
        leaveOut(name, std::move(error.message));
        return {};
    }

    const PrepareOptions& m_options;
    const learning::TrainingPlan& m_plan;
    learning::CacheWriter& m_cache;
    std::unordered_set<std::size_t> m_seen;
};

/// Why nothing came of all the data: what was left out most often, and the first example of it.
Message nothingLeft(const std::string& plan, const std::vector<LeftOut>& leftOut) {
    std::map<std::string, int> times;
    for (const auto& one : leftOut)
        ++times[one.reason.id];
    const auto most = std::max_element(leftOut.begin(), leftOut.end(), [&](const LeftOut& a, const LeftOut& b) {
        return times[a.reason.id] < times[b.reason.id];
    });
    if (most == leftOut.end())
        return Message{"workflow.prepare_nothing", {{"plan", plan}}};
    // "because" comes before the names of the reason's own parameters, so that these are put into its sentence.
    auto parameters = most->reason.parameters;
    parameters["because"] = most->reason.id;
    parameters["plan"] = plan;
    return Message{"workflow.prepare_nothing_because", std::move(parameters)};
}

Result<PrepareSummary> fill(const PrepareOptions& options, const learning::TrainingPlan& plan,
                            const TaskContext& task) {
    auto cache = learning::CacheWriter::create(options.cache, plan.spec, options.replace);
    if (!cache)
        return fail(std::move(cache.error()));
    ViewPreparation preparation(options, plan, *cache);
    std::vector<std::pair<ViewSet, std::vector<std::string>>> patients; // each with its table's columns
    std::vector<std::string> names;
    for (const auto& folder : options.data) {
        auto found = findViewSets(folder);
        if (!found)
            return fail(std::move(found.error()));
        const auto columns = columnsFor(plan, *found, folder);
        if (!columns)
            return fail(columns.error());
        for (auto& [name, reason] : found->leftOut)
            preparation.leaveOut(name, std::move(reason));
        for (auto& set : found->sets) {
            names.push_back(set.name);
            patients.emplace_back(std::move(set), *columns);
        }
    }
    if (auto known = checkPatients(options.patients, names); !known)
        return fail(std::move(known.error()));
    for (std::size_t n = 0; n < patients.size(); ++n) {
        if (task.cancelled())
            return failCancelled();
        task.report(static_cast<double>(n) / static_cast<double>(patients.size()), "stage.preparing_data");
        const auto& [set, columns] = patients[n];
        if (auto added = preparation.add(set, columns, TaskContext(task.stopToken(), {})); !added)
            return fail(std::move(added.error()));
    }
    if (preparation.summary.samples.empty())
        return fail(Error{ErrorCode::InvalidInput, nothingLeft(plan.name, preparation.summary.leftOut), {}});
    if (auto finished = cache->finish(); !finished)
        return fail(std::move(finished.error()));
    return std::move(preparation.summary);
}

} // namespace

Result<PrepareSummary> prepareViewCache(const PrepareOptions& options, const learning::TrainingPlan& plan,
                                        const TaskContext& task) {
    Result<PrepareSummary> filled = failCancelled();
    try {
        const learning::InterruptionScope scope([&task] { return task.cancelled(); });
        filled = fill(options, plan, task);
    } catch (const learning::Interrupted&) {
        // In the midst of a patient.
    }
    return filled;
}

} // namespace sulcus::workflow
