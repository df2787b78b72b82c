// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/classify.h"

#include "core/base/csv.h"
#include "core/learning/darkest_spot.h"
#include "core/learning/spec.h"
#include "core/learning/view_checks.h"
#include "core/workflow/exclusive_use.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <system_error>

namespace sulcus::workflow {

namespace {

using Clock = std::chrono::steady_clock;

learning::Device toLearning(DeviceChoice device) {
    return device == DeviceChoice::Cpu    ? learning::Device::Cpu
           : device == DeviceChoice::Cuda ? learning::Device::Cuda
                                          : learning::Device::Automatic;
}

struct LoadedClassifier {
    std::filesystem::path folder;
    std::string weightsSha256;
    DeviceChoice device = DeviceChoice::Automatic;
    learning::Classifier classifier;
    std::timed_mutex inUse;

    LoadedClassifier(std::filesystem::path from, DeviceChoice where, learning::Classifier loaded)
        : folder(std::move(from)),
          weightsSha256(loaded.bundle().weightsSha256),
          device(where),
          classifier(std::move(loaded)) {}
};

/// The classifier of the last call, or a new one: they are small, so one is kept. Whoever still runs the old one keeps
/// it alive.
Result<std::shared_ptr<LoadedClassifier>> classifierOf(const ClassifyOptions& options, const TaskContext& task) {
    static std::timed_mutex mutex;
    static std::shared_ptr<LoadedClassifier> kept;
    const auto lock = lockUnlessCancelled(mutex, task);
    if (!lock.owns_lock())
        return failCancelled();
    std::error_code ignored;
    auto folder = std::filesystem::weakly_canonical(options.bundle, ignored);
    if (ignored)
        folder = options.bundle;
    const auto bundle = learning::readBundle(folder);
    if (!bundle)
        return fail(bundle.error());
    if (kept && kept->folder == folder && kept->device == options.device &&
        kept->weightsSha256 == bundle->weightsSha256)
        return kept;
    auto loaded = learning::Classifier::load(folder, toLearning(options.device));
    if (!loaded)
        return fail(std::move(loaded.error()));
    kept = std::make_shared<LoadedClassifier>(folder, options.device, std::move(*loaded));
    return kept;
}

constexpr const char* kSyntheticTraining = "learning.warn_synthetic_training";

Result<ClassifiedViews> classifyRead(const ViewSet& set, const std::vector<learning::Field>& views,
                                     const ClassifyOptions& options, const TaskContext& task) {
    const auto started = Clock::now();
    auto loaded = classifierOf(options, task);
    if (!loaded)
        return fail(std::move(loaded.error()));
    const auto inUse = lockUnlessCancelled((*loaded)->inUse, task);
    if (!inUse.owns_lock())
        return failCancelled();
    learning::ClassificationOptions how;
    how.heatMaps = options.heatMaps;
    auto made = (*loaded)->classifier.run(set.name, views, how, task);
    if (!made)
        return fail(std::move(made.error()));
    const auto& bundle = (*loaded)->classifier.bundle();
    ClassifiedViews result;
    result.name = set.name;
    result.folder = set.folder;
    result.synthetic = set.synthetic;
    result.warnings = learning::checkViews(views);
    if (!set.synthetic && learning::trainedOnSyntheticAlone(bundle.trainingData))
        result.warnings.push_back({kSyntheticTraining, {{"bundle", bundle.name}}});
    for (std::size_t n = 0; n < made->probabilities.size(); ++n) {
        const auto& output = bundle.outputs[n];
        result.outputs.push_back({output.name, made->probabilities[n], output.threshold});
        for (const auto& [column, truth] : set.truth) {
            if (sameColumn(column, output.name))
                result.truth[output.name] = truth;
        }
    }
    result.heatMaps = std::move(made->heatMaps);
    result.bundleName = bundle.name;
    result.bundleVersion = bundle.version;
    result.weightsSha256 = bundle.weightsSha256;
    result.device = made->device;
    result.peakMb = made->peakMb;
    result.seconds = std::chrono::duration<double>(Clock::now() - started).count();
    return result;
}

void addTo(learning::ClassScores& scores, const ClassifiedViews& answer) {
    for (std::size_t n = 0; n < answer.outputs.size(); ++n) {
        const auto truth = answer.truth.find(answer.outputs[n].name);
        const bool known = truth != answer.truth.end() && truth->second.has_value();
        scores.score[n].push_back(answer.outputs[n].probability);
        scores.truth[n].push_back(known ? (*truth->second ? 1 : 0) : 255);
    }
}

} // namespace

Result<ClassifiedViews> classify(const ViewSet& set, const ClassifyOptions& options, const TaskContext& task) {
    auto views = readViews(set, task.part(0.0, 0.4));
    if (!views)
        return fail(std::move(views.error()));
    return classifyRead(set, *views, options, task.part(0.4, 1.0));
}

Result<ClassEvaluation> evaluateClasses(const std::vector<std::filesystem::path>& folders,
                                        const ClassifyOptions& options, const TaskContext& task) {
    auto loaded = classifierOf(options, task);
    if (!loaded)
        return fail(std::move(loaded.error()));
    const auto bundle = (*loaded)->classifier.bundle();
    ClassEvaluation evaluation;
    evaluation.bundleName = bundle.name;
    evaluation.bundleVersion = bundle.version;
    evaluation.weightsSha256 = bundle.weightsSha256;
    evaluation.synthetic = !folders.empty();
    std::vector<ViewSet> sets;
    for (const auto& folder : folders) {
        auto found = findViewSets(folder);
        if (!found)
            return fail(std::move(found.error()));
        if (found->table.empty())
            return fail(ErrorCode::InvalidInput, "workflow.views_no_table", {{"folder", folder.string()}});
        evaluation.synthetic = evaluation.synthetic && found->synthetic;
        for (auto& [name, reason] : found->leftOut) {
            ClassEvaluationRow row;
            row.name = name;
            row.problem = Error{ErrorCode::InvalidInput, std::move(reason), {}};
            evaluation.rows.push_back(std::move(row));
        }
        std::move(found->sets.begin(), found->sets.end(), std::back_inserter(sets));
    }
    learning::ClassScores scores(bundle.outputs.size());
    learning::ClassScores rival(1);
    for (std::size_t n = 0; n < sets.size(); ++n) {
        if (task.cancelled())
            return failCancelled();
        const auto count = static_cast<double>(sets.size());
        const auto part = task.part(static_cast<double>(n) / count, static_cast<double>(n + 1) / count);
        ClassEvaluationRow row;
        row.name = sets[n].name;
        const auto views = readViews(sets[n], TaskContext(task.stopToken(), {}));
        auto answer =
            views ? classifyRead(sets[n], *views, options, part) : Result<ClassifiedViews>(fail(views.error()));
        if (!answer) {
            if (answer.error().code == ErrorCode::Cancelled)
                return failCancelled();
            row.problem = std::move(answer.error());
        } else {
            evaluation.device = answer->device;
            addTo(scores, *answer);
            rival.score[0].push_back(learning::darkestSpot(*views));
            rival.truth[0].push_back(scores.truth[0].back());
            const double p = std::clamp(answer->outputs.front().probability, 1e-12, 1.0 - 1e-12);
            const auto truth = scores.truth[0].back();
            row.loss = truth == 255 ? 0.0 : -std::log(truth == 1 ? p : 1.0 - p);
            std::erase_if(answer->warnings, [](const Message& m) { return m.id == kSyntheticTraining; });
            row.answer = std::move(*answer);
        }
        evaluation.rows.push_back(std::move(row));
    }
    std::vector<learning::OutputSpec> outputs;
    for (const auto& output : bundle.outputs)
        outputs.push_back({output.name, {}, 0, output.threshold});
    evaluation.metrics = learning::classMetrics(scores, outputs);
    evaluation.baseline = learning::classMetrics(rival, {learning::OutputSpec{"darkest spot", {}, 0, 0.0}}).front();
    std::stable_sort(evaluation.rows.begin(), evaluation.rows.end(),
                     [](const ClassEvaluationRow& a, const ClassEvaluationRow& b) {
                         if (a.problem.has_value() != b.problem.has_value())
                             return a.problem.has_value();
                         return a.loss > b.loss;
                     });
    return evaluation;
}

std::string toCsv(const ClassEvaluation& evaluation) {
    std::vector<std::string> heading{"patient"};
    for (const auto& metrics : evaluation.metrics) {
        heading.push_back("probability_" + metrics.output);
        heading.push_back("truth_" + metrics.output);
    }
    heading.emplace_back("problem");
    std::string text = csvLine(heading);
    for (const auto& row : evaluation.rows) {
        std::vector<std::string> cells{row.name};
        for (std::size_t n = 0; n < evaluation.metrics.size(); ++n) {
            std::string probability;
            std::string truth;
            if (row.answer) {
                const auto& output = row.answer->outputs[n];
                probability = csvNumber(output.probability);
                const auto known = row.answer->truth.find(output.name);
                if (known != row.answer->truth.end() && known->second)
                    truth = *known->second ? "1" : "0";
            }
            cells.push_back(std::move(probability));
            cells.push_back(std::move(truth));
        }
        cells.push_back(row.problem ? row.problem->message.id : std::string());
        text += csvLine(cells);
    }
    return text;
}

} // namespace sulcus::workflow
