// SPDX-License-Identifier: Apache-2.0
#include "core/learning/overlap_metrics.h"

#include "core/learning/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace sulcus::learning {

namespace {

std::optional<double> ratio(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) {
        return std::nullopt;
    }
    return static_cast<double>(part) / static_cast<double>(whole);
}

Interval percentiles(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
    };
    return {at(0.025), at(0.975)};
}

} // namespace

Confusion confusion(const std::vector<unsigned char>& prediction, const std::vector<unsigned char>& truth,
                    const std::vector<int>& values) {
    std::array<bool, 256> member{};
    for (const int value : values) {
        member[static_cast<std::size_t>(value)] = true;
    }
    Confusion counts;
    const std::size_t count = std::min(prediction.size(), truth.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (truth[i] == 255) {
            continue;
        }
        const bool p = member[prediction[i]];
        const bool t = member[truth[i]];
        counts.truePositive += p && t ? 1 : 0;
        counts.falsePositive += p && !t ? 1 : 0;
        counts.falseNegative += !p && t ? 1 : 0;
        counts.trueNegative += !p && !t ? 1 : 0;
    }
    return counts;
}

double dice(const Confusion& c) {
    return ratio(2 * c.truePositive, 2 * c.truePositive + c.falsePositive + c.falseNegative).value_or(1.0);
}

double iou(const Confusion& c) {
    return ratio(c.truePositive, c.truePositive + c.falsePositive + c.falseNegative).value_or(1.0);
}

std::optional<double> sensitivity(const Confusion& c) {
    return ratio(c.truePositive, c.truePositive + c.falseNegative);
}

std::optional<double> specificity(const Confusion& c) {
    return ratio(c.trueNegative, c.trueNegative + c.falsePositive);
}

std::optional<double> accuracy(const Confusion& c) {
    return ratio(c.truePositive + c.trueNegative, c.truePositive + c.trueNegative + c.falsePositive + c.falseNegative);
}

std::optional<double> areaUnderCurve(const std::vector<double>& scores, const std::vector<bool>& positive) {
    if (!std::all_of(scores.begin(), scores.end(), [](double score) { return std::isfinite(score); })) {
        return std::nullopt;
    }
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
    // Sum of the positives' ranks, equal scores sharing their mean rank.
    double rankSum = 0.0;
    double positives = 0.0;
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i;
        while (end < order.size() && scores[order[end]] == scores[order[i]]) {
            ++end;
        }
        const double rank = (static_cast<double>(i + 1) + static_cast<double>(end)) / 2.0;
        for (; i < end; ++i) {
            if (positive[order[i]]) {
                rankSum += rank;
                positives += 1.0;
            }
        }
    }
    const double negatives = static_cast<double>(scores.size()) - positives;
    if (positives == 0.0 || negatives == 0.0) {
        return std::nullopt;
    }
    return (rankSum - positives * (positives + 1.0) / 2.0) / (positives * negatives);
}

std::optional<Interval> areaInterval(const std::vector<double>& scores, const std::vector<bool>& positive,
                                     int resamples, std::uint64_t seed) {
    if (!areaUnderCurve(scores, positive)) {
        return std::nullopt;
    }
    Random random(seed);
    std::vector<double> areas;
    std::vector<double> drawnScores(scores.size());
    std::vector<bool> drawnPositive(scores.size());
    while (areas.size() < static_cast<std::size_t>(std::max(1, resamples))) {
        for (std::size_t i = 0; i < scores.size(); ++i) {
            const std::size_t pick = random.below(scores.size());
            drawnScores[i] = scores[pick];
            drawnPositive[i] = positive[pick];
        }
        if (const auto area = areaUnderCurve(drawnScores, drawnPositive)) {
            areas.push_back(*area);
        }
    }
    return percentiles(std::move(areas));
}

std::optional<Interval> meanInterval(const std::vector<double>& values, int resamples, std::uint64_t seed) {
    if (values.empty()) {
        return std::nullopt;
    }
    Random random(seed);
    std::vector<double> means;
    for (int n = 0; n < std::max(1, resamples); ++n) {
        double sum = 0.0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            sum += values[random.below(values.size())];
        }
        means.push_back(sum / static_cast<double>(values.size()));
    }
    return percentiles(std::move(means));
}

} // namespace sulcus::learning
