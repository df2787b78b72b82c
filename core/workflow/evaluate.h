// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/workflow.h"

#include <cstdint>
#include <functional>
#include <optional>

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
    std::filesystem::path path;
    std::optional<imaging::Comparison> comparison;
    std::optional<Error> problem; ///< why there is no comparison
    double seconds = 0.0;         ///< of the segmentation
    std::vector<Message> warnings;
};

struct RegionMeans {
    std::optional<MeanInterval> dice;
    std::optional<MeanInterval> iou;
    std::optional<MeanInterval> hd95Mm;
    std::optional<MeanInterval> sensitivity;
    std::optional<MeanInterval> specificity;
};

struct Evaluation {
    std::string bundleName;
    std::string bundleVersion;
    std::string weightsSha256;
    std::string device;
    std::vector<EvaluationRow> rows; ///< worst first: cases with a problem, then by mean Dice over the regions
    std::map<imaging::Target, RegionMeans> means;
};

/// Mean Dice over a comparison's regions; what rows are sorted by.
double meanDice(const imaging::Comparison& comparison);

/// Segments each case and compares it with its truth. A case that fails is a row with its problem, not a failure of the
/// whole. `rowDone` is called after each case, on the calling thread, in the order of `cases`.
/// Errors: InvalidInput (no cases), Cancelled, and a bundle that cannot be loaded.
Result<Evaluation> evaluate(const std::vector<std::filesystem::path>& cases, const SegmentOptions& options,
                            const TaskContext& task, const std::function<void(const EvaluationRow&)>& rowDone = {});

/// Sorts the rows and fills the means; for rows that were gathered one by one.
void summarise(Evaluation& evaluation);

/// One line per case and region: case, region, dice, iou, hd95_mm, sensitivity, specificity, ml_prediction, ml_truth,
/// seconds; then a line per region named "mean". Values that do not exist are empty. RFC 4180 quoting.
std::string toCsv(const Evaluation& evaluation);

} // namespace sulcus::workflow
