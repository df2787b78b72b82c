// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/field.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace sulcus::learning {

/// Voxel counts of a prediction against the truth.
struct Confusion {
    std::uint64_t truePositive = 0;
    std::uint64_t falsePositive = 0;
    std::uint64_t falseNegative = 0;
    std::uint64_t trueNegative = 0;
};

/// Counts voxels whose label is among `values` in each map; voxels whose truth is 255 are left out. Both maps have the
/// same size.
Confusion confusion(const std::vector<unsigned char>& prediction, const std::vector<unsigned char>& truth,
                    const std::vector<int>& values);

/// Both sides empty is full agreement, 1; stated in the handbook of every table.
double dice(const Confusion& counts);
double iou(const Confusion& counts);
/// Share of the truth that was found; nothing when the truth is empty.
std::optional<double> sensitivity(const Confusion& counts);
/// Share of the background that was left alone; nothing when there is no background.
std::optional<double> specificity(const Confusion& counts);
/// Share of all voxels that agree; nothing for zero voxels.
std::optional<double> accuracy(const Confusion& counts);

/// Area under the receiver operating characteristic: the chance that a positive scores above a negative, ties count
/// half. Nothing when one class is missing or a score is not a number. Source: Hanley and McNeil 1982.
std::optional<double> areaUnderCurve(const std::vector<double>& scores, const std::vector<bool>& positive);

/// Percentile interval of a statistic under resampling of patients with replacement. Source: Efron 1979.
struct Interval {
    double low = 0.0;
    double high = 0.0;
};
/// 95 % interval of the area; resamples that lack a class are drawn again. `seed` makes it reproducible.
std::optional<Interval> areaInterval(const std::vector<double>& scores, const std::vector<bool>& positive,
                                     int resamples = 1000, std::uint64_t seed = 1);
/// 95 % interval of the mean of per-case values.
std::optional<Interval> meanInterval(const std::vector<double>& values, int resamples = 1000, std::uint64_t seed = 1);

} // namespace sulcus::learning
