// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/class_metrics.h"
#include "core/learning/classifier.h"
#include "core/workflow/view_sets.h"
#include "core/workflow/workflow.h"

#include <functional>

namespace sulcus::workflow {

struct ClassifyOptions {
    std::filesystem::path bundle; ///< folder of a classification bundle
    DeviceChoice device = DeviceChoice::Automatic;
    bool heatMaps = false; ///< of the bundle's first output
};

/// What a network says of one patient's views.
struct ClassifiedViews {
    struct Output {
        std::string name;
        double probability = 0.0; ///< 0..1
        double threshold = 0.5;
        bool positive() const { return probability > threshold; }
    };
    std::string name;
    std::filesystem::path folder;
    bool synthetic = false; ///< see ViewSet
    /// See learning::checkViews; and `learning.warn_synthetic_training` where a network that learned from synthetic
    /// pictures alone (learning::trainedOnSyntheticAlone) is shown pictures that are not marked so.
    std::vector<Message> warnings;
    std::vector<Output> outputs; ///< in the bundle's order; the first is the answer, the others are its places
    std::vector<learning::Field> heatMaps;            ///< see learning::Classification
    std::map<std::string, std::optional<bool>> truth; ///< by output; empty without a table
    std::string bundleName;
    std::string bundleVersion;
    std::string weightsSha256;
    std::string device;
    double seconds = 0.0;
    double peakMb = 0.0;
};

/// Runs a bundle on one patient. The network is kept for the next call with the same bundle and device; two calls take
/// turns. Errors: those of `readViews` and `learning::Classifier`, Cancelled.
Result<ClassifiedViews> classify(const ViewSet& set, const ClassifyOptions& options, const TaskContext& task);

struct ClassEvaluationRow {
    std::string name;
    std::optional<ClassifiedViews> answer;
    std::optional<Error> problem;
    double loss = 0.0; ///< -log of the probability given to the truth of the first output; rows are sorted by it
};

struct ClassEvaluation {
    std::string bundleName;
    std::string bundleVersion;
    std::string weightsSha256;
    std::string device;
    bool synthetic = false;                      ///< all patients are
    std::vector<ClassEvaluationRow> rows;        ///< problems first, then the worst answer first
    std::vector<learning::ClassMetrics> metrics; ///< per output, with intervals over patients
    learning::ClassMetrics baseline; ///< `learning::darkestSpot` against the first output; only its areas mean anything
};

/// Classifies every patient of folders that have a table and counts. Errors: those of `findViewSets`, InvalidInput
/// ("workflow.views_no_table"), a bundle that cannot be loaded, Cancelled. A patient that fails is a row. The answers'
/// warnings are those about the pictures; what the bundle learned from would be the same line for each of them.
Result<ClassEvaluation> evaluateClasses(const std::vector<std::filesystem::path>& folders,
                                        const ClassifyOptions& options, const TaskContext& task);

/// One line a patient: patient, then per output probability and truth (0, 1 or empty), then problem.
std::string toCsv(const ClassEvaluation& evaluation);

} // namespace sulcus::workflow
