// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/overlap_metrics.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::learning {

struct OutputSpec;

/// What a network said of some patients and what is true, output by output. A truth of 255 is unknown.
struct ClassScores {
    std::vector<std::vector<double>> score;        ///< [output][patient], probability 0..1
    std::vector<std::vector<unsigned char>> truth; ///< [output][patient], 0, 1, or 255 = unknown

    explicit ClassScores(std::size_t outputs = 0) : score(outputs), truth(outputs) {}
    std::size_t patients() const { return score.empty() ? 0 : score.front().size(); }
};

/// Of one output over the patients whose truth is known.
struct ClassMetrics {
    std::string output;
    std::size_t positives = 0;
    std::size_t negatives = 0;
    Confusion counts; ///< at the output's threshold
    std::optional<double> accuracy;
    std::optional<double> sensitivity;
    std::optional<double> specificity;
    std::optional<double> area; ///< under the ROC curve; nothing when one class is missing
    std::optional<Interval> areaInterval;
};

/// `resamples` 0 leaves the interval out (it costs more than all the rest).
std::vector<ClassMetrics> classMetrics(const ClassScores& scores, const std::vector<OutputSpec>& outputs,
                                       int resamples = 1000, std::uint64_t seed = 1);

} // namespace sulcus::learning
