// SPDX-License-Identifier: Apache-2.0
#include "core/learning/class_metrics.h"

#include "core/learning/spec.h"

#include <algorithm>

namespace sulcus::learning {

std::vector<ClassMetrics> classMetrics(const ClassScores& scores, const std::vector<OutputSpec>& outputs, int resamples,
                                       std::uint64_t seed) {
    std::vector<ClassMetrics> all;
    for (std::size_t o = 0; o < std::min(outputs.size(), scores.score.size()); ++o) {
        ClassMetrics metrics;
        metrics.output = outputs[o].name;
        std::vector<double> known;
        std::vector<bool> positive;
        for (std::size_t i = 0; i < scores.score[o].size(); ++i) {
            const auto truth = scores.truth[o][i];
            if (truth == 255) {
                continue;
            }
            known.push_back(scores.score[o][i]);
            positive.push_back(truth != 0);
            const bool said = known.back() > outputs[o].threshold;
            auto& counts = metrics.counts;
            ++(truth != 0 ? (said ? counts.truePositive : counts.falseNegative)
                          : (said ? counts.falsePositive : counts.trueNegative));
        }
        metrics.positives = metrics.counts.truePositive + metrics.counts.falseNegative;
        metrics.negatives = metrics.counts.trueNegative + metrics.counts.falsePositive;
        metrics.accuracy = accuracy(metrics.counts);
        metrics.sensitivity = sensitivity(metrics.counts);
        metrics.specificity = specificity(metrics.counts);
        metrics.area = areaUnderCurve(known, positive);
        if (resamples > 0) {
            metrics.areaInterval = areaInterval(known, positive, resamples, seed);
        }
        all.push_back(std::move(metrics));
    }
    return all;
}

} // namespace sulcus::learning
