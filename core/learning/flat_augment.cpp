// SPDX-License-Identifier: Apache-2.0
#include "core/learning/flat_augment.h"

#include <algorithm>
#include <cmath>

namespace sulcus::learning {

void drawWindow(std::vector<float>& values, const Augmentation& how, Random& random) {
    // Drawn first, so that the numbers used do not depend on the values.
    const double low = random.uniform(how.windowDarkest, how.windowDark);
    const double high = std::exp(random.uniform(std::log(how.windowBright), std::log(how.windowBrightest)));
    if (values.empty()) {
        return;
    }
    std::vector<float> sorted = values;
    const auto percentile = [&](double share) {
        const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
        std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
        return static_cast<double>(sorted[static_cast<std::size_t>(at)]);
    };
    const double from = percentile(0.05);
    const double range = percentile(0.95) - from;
    if (range < 1e-3) {
        return;
    }
    const auto darkest = static_cast<float>(from + low * range);
    const auto scale = static_cast<float>(1.0 / ((high - low) * range));
    for (auto& value : values) {
        value = std::clamp((value - darkest) * scale, 0.0F, 1.0F);
    }
}

std::optional<CacheSample> mirroredHalf(const CacheSample& sample) {
    const auto& labels = sample.labels;
    if (labels.depth != 1 || labels.width < 2) {
        return std::nullopt;
    }
    const std::size_t count = sample.image.voxelsPerChannel();
    const auto width = static_cast<std::size_t>(labels.width);
    // The body is what is clearly brighter than the darkest value; its mean column stands for the spine's.
    const auto [darkest, brightest] = std::minmax_element(
        sample.image.values.begin(), sample.image.values.begin() + static_cast<std::ptrdiff_t>(count));
    const float limit = *darkest + 0.1F * (*brightest - *darkest);
    double columns = 0.0;
    double pixels = 0.0;
    double left = 0.0;
    double right = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        if (sample.image.values[i] > limit) {
            columns += static_cast<double>(i % width);
            pixels += 1.0;
        }
    }
    if (pixels == 0.0) {
        return std::nullopt;
    }
    const double middle = columns / pixels;
    for (std::size_t i = 0; i < count; ++i) {
        if (labels.values[i] != 0) {
            (static_cast<double>(i % width) < middle ? left : right) += 1.0;
        }
    }
    // A few pixels over the line are noise of the outline; more is the organ.
    if (left + right == 0.0 || std::min(left, right) > 0.01 * (left + right)) {
        return std::nullopt;
    }
    CacheSample result = sample;
    std::fill(result.labels.values.begin(), result.labels.values.end(), static_cast<unsigned char>(0));
    const bool organLeft = left > right;
    for (std::size_t i = 0; i < result.image.values.size(); ++i) {
        const auto column = static_cast<double>(i % width);
        if ((column < middle) != organLeft) {
            continue;
        }
        const double from = std::clamp(std::round(2.0 * middle - column), 0.0, static_cast<double>(width - 1));
        result.image.values[i] = sample.image.values[i - i % width + static_cast<std::size_t>(from)];
    }
    return result;
}

} // namespace sulcus::learning
