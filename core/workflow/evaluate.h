// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/otsu.h"
#include "core/workflow/workflow.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>

namespace sulcus::workflow {

/// A mean over cases with its 95 % percentile bootstrap interval.
struct MeanInterval {
    double mean = 0.0;
    double low = 0.0;
    double high = 0.0;
    std::size_t cases = 0; ///< that had a value
};

/// Mean of `values` and the 2.5th and 97.5th percentile of the means of `draws` resamples with replacement. The same
/// seed gives the same interval on every machine. Empty for no values.
/// Source Efron & Tibshirani 1993, chapter 13 (percentile interval).
std::optional<MeanInterval> bootstrapMean(const std::vector<double>& values, int draws = 2000,
                                          std::uint64_t seed = 20240229);

struct EvaluationRow {
    std::string caseId;
    std::filesystem::path path; ///< what was given; slices of one set share theirs
    bool slice = false;         ///< of a set of slices (`isArraySet`): its path is no image to open
    std::optional<imaging::Comparison> comparison;
    std::optional<Error> problem; ///< why there is no comparison
    double seconds = 0.0;         ///< of the segmentation
    /// What the network made, in the numbering of the case's truth, on the case's grid. Only while `rowDone` looks at
    /// the row: masks of many cases would fill the memory.
    imaging::LabelMapPtr mask;
    std::vector<Message> warnings;
};

struct RegionMeans {
    std::optional<MeanInterval> dice;
    std::optional<MeanInterval> iou;
    std::optional<MeanInterval> hd95Mm;
    std::optional<MeanInterval> sensitivity;
    std::optional<MeanInterval> specificity;
};

/// One of the measures that a comparison has for each region.
enum class Measure { Dice, Iou, Hd95Mm, Sensitivity, Specificity };

inline std::optional<double> valueOf(const imaging::RegionComparison& region, Measure measure) {
    switch (measure) {
    case Measure::Iou:
        return region.iou;
    case Measure::Hd95Mm:
        return region.hd95Mm;
    case Measure::Sensitivity:
        return region.sensitivity;
    case Measure::Specificity:
        return region.specificity;
    case Measure::Dice:
        break;
    }
    return region.dice;
}

inline const std::optional<MeanInterval>& valueOf(const RegionMeans& means, Measure measure) {
    switch (measure) {
    case Measure::Iou:
        return means.iou;
    case Measure::Hd95Mm:
        return means.hd95Mm;
    case Measure::Sensitivity:
        return means.sensitivity;
    case Measure::Specificity:
        return means.specificity;
    case Measure::Dice:
        break;
    }
    return means.dice;
}

/// Mean of a measure over a comparison's regions; empty when no region has it.
inline std::optional<double> meanOf(const imaging::Comparison& comparison, Measure measure) {
    double sum = 0.0;
    int n = 0;
    for (const auto& [target, region] : comparison.regions) {
        if (const auto value = valueOf(region, measure)) {
            sum += *value;
            ++n;
        }
    }
    return n == 0 ? std::nullopt : std::optional(sum / n);
}

struct Evaluation {
    std::string bundleName;
    std::string bundleVersion;
    std::string weightsSha256;
    std::string device;
    std::vector<EvaluationRow> rows; ///< worst first: cases with a problem, then by mean Dice over the regions
    std::map<imaging::Target, RegionMeans> means;
    /// Otsu's threshold on the same cases, one a region; of cases whose sequences share the truth's grid.
    std::vector<learning::OtsuRival::Score> baseline;
};

/// The cases of a folder: itself when it is a BraTS case or holds the slices of a DICOM series, else the case folders
/// and the single images in it, and what a folder of training data holds (`findDataset`) without its truths, sorted.
/// Names and DICOM headers are looked at; no image is read.
std::vector<std::filesystem::path> casesIn(const std::filesystem::path& folder);

/// Mean Dice over a comparison's regions; what rows are sorted by.
double meanDice(const imaging::Comparison& comparison);

/// Segments each case and compares it with its truth. A path to a set of slices (`isArraySet`) stands for its slices;
/// those that the set gives no name are called after the set and their row ("kmader64_test_99"). A case that fails is a
/// row with its problem, not a failure of the whole. `rowDone` is called after each case, on the
/// calling thread, in the order of `cases`. Errors: InvalidInput (no cases), Cancelled, and a bundle that cannot be
/// loaded.
Result<Evaluation> evaluate(const std::vector<std::filesystem::path>& cases, const SegmentOptions& options,
                            const TaskContext& task, const std::function<void(const EvaluationRow&)>& rowDone = {});

/// The same, with only these patients of the sets of slices; an empty set means all.
Result<Evaluation> evaluatePatients(const std::vector<std::filesystem::path>& cases,
                                    const std::set<std::string>& patients, const SegmentOptions& options,
                                    const TaskContext& task,
                                    const std::function<void(const EvaluationRow&)>& rowDone = {});

/// Sorts the rows and fills the means; for rows that were gathered one by one.
void summarise(Evaluation& evaluation);

/// One line per case and region: case, region, dice, iou, hd95_mm, sensitivity, specificity, ml_prediction, ml_truth,
/// seconds; then three lines per region named "mean", "interval_low" and "interval_high" (95 %). Values that do not
/// exist are empty. RFC 4180 quoting.
std::string toCsv(const Evaluation& evaluation);

} // namespace sulcus::workflow
