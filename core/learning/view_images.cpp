// SPDX-License-Identifier: Apache-2.0
#include "core/learning/view_images.h"

#include "core/learning/preprocess.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sulcus::learning {

namespace {

double keys(double x) {
    x = std::abs(x);
    if (x < 1.0) {
        return (1.5 * x - 2.5) * x * x + 1.0;
    }
    return x < 2.0 ? ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0 : 0.0;
}

/// For each target pixel the source pixels that it is made of, edges repeated.
struct Taps {
    std::vector<int> at;
    std::vector<float> weight;
};

std::vector<Taps> tapsFor(int from, int to) {
    const double ratio = static_cast<double>(from) / to;
    const double widened = std::max(1.0, ratio);
    std::vector<Taps> all(static_cast<std::size_t>(to));
    for (int target = 0; target < to; ++target) {
        // Pixel centres: the two pictures cover the same rectangle.
        const double centre = (target + 0.5) * ratio - 0.5;
        auto& taps = all[static_cast<std::size_t>(target)];
        double sum = 0.0;
        for (int source = static_cast<int>(std::floor(centre - 2.0 * widened)) + 1; source < centre + 2.0 * widened;
             ++source) {
            const double weight = keys((source - centre) / widened);
            taps.at.push_back(std::clamp(source, 0, from - 1));
            taps.weight.push_back(static_cast<float>(weight));
            sum += weight;
        }
        for (auto& weight : taps.weight) {
            weight = static_cast<float>(weight / sum);
        }
    }
    return all;
}

bool isFlat(const Field& view) {
    const auto [low, high] = std::minmax_element(view.values.begin(), view.values.end());
    return low == view.values.end() || !(*high > *low);
}

} // namespace

void equaliseHistogram(std::vector<float>& values) {
    if (values.empty()) {
        return;
    }
    for (auto& value : values) {
        value = std::isfinite(value) ? value : 0.0F;
    }
    const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
    const float low = *lowest;
    const float high = *highest;
    if (!(high > low)) {
        return;
    }
    const bool picture = low >= 0.0F && high <= 255.0F;
    const auto level = [&](float value) {
        const float scaled = picture ? value : (value - low) / (high - low) * 255.0F;
        return static_cast<std::size_t>(std::clamp(std::lround(scaled), 0L, 255L));
    };
    std::array<std::size_t, 256> upTo{};
    for (const float value : values) {
        ++upTo[level(value)];
    }
    for (std::size_t n = 1; n < upTo.size(); ++n) {
        upTo[n] += upTo[n - 1];
    }
    const std::size_t first = upTo[level(low)];
    const auto span = static_cast<double>(values.size() - first);
    for (auto& value : values) {
        value = span > 0.0
                    ? static_cast<float>(std::round(255.0 * static_cast<double>(upTo[level(value)] - first) / span))
                    : value;
    }
}

Field resizedCubic(const Field& image, int height, int width) {
    if (image.height == height && image.width == width) {
        return image;
    }
    const auto columns = tapsFor(image.width, width);
    const auto rows = tapsFor(image.height, height);
    Field result{
        image.channels,
        1,
        height,
        width,
        {image.spacingMm[0] * image.width / width, image.spacingMm[1] * image.height / height, image.spacingMm[2]},
        {}};
    const auto sourceCount = image.voxelsPerChannel();
    const auto sourceWidth = static_cast<std::size_t>(image.width);
    const auto targetWidth = static_cast<std::size_t>(width);
    std::vector<float> narrowed(static_cast<std::size_t>(image.height) * targetWidth);
    for (int c = 0; c < image.channels; ++c) {
        const float* source = image.values.data() + static_cast<std::size_t>(c) * sourceCount;
        for (std::size_t h = 0; h < static_cast<std::size_t>(image.height); ++h) {
            for (std::size_t w = 0; w < targetWidth; ++w) {
                float sum = 0.0F;
                for (std::size_t n = 0; n < columns[w].at.size(); ++n) {
                    sum += columns[w].weight[n] * source[h * sourceWidth + static_cast<std::size_t>(columns[w].at[n])];
                }
                narrowed[h * targetWidth + w] = sum;
            }
        }
        for (const auto& taps : rows) {
            for (std::size_t w = 0; w < targetWidth; ++w) {
                float sum = 0.0F;
                for (std::size_t n = 0; n < taps.at.size(); ++n) {
                    sum += taps.weight[n] * narrowed[static_cast<std::size_t>(taps.at[n]) * targetWidth + w];
                }
                result.values.push_back(sum);
            }
        }
    }
    return result;
}

Result<Field> prepareViews(const std::string& name, const std::vector<Field>& views, const NetworkSpec& spec) {
    if (views.size() != spec.inputs.size() || spec.patch.size() != 2) {
        return fail(
            ErrorCode::ShapeMismatch, "learning.view_count",
            {{"case", name}, {"views", std::to_string(views.size())}, {"wanted", std::to_string(spec.inputs.size())}});
    }
    Field stacked{static_cast<int>(views.size()), 1, spec.patch[0], spec.patch[1], {1.0, 1.0, 1.0}, {}};
    for (Field view : views) {
        if (view.channels != 1 || view.depth != 1 || view.height < 1 || view.width < 1 ||
            view.values.size() != view.voxelsPerChannel() || isFlat(view)) {
            return fail(ErrorCode::InvalidInput, "learning.image_empty", {{"case", name}});
        }
        if (spec.normalisation.equaliseHistogram) {
            equaliseHistogram(view.values);
        }
        const Field resized = resizedCubic(view, spec.patch[0], spec.patch[1]);
        stacked.values.insert(stacked.values.end(), resized.values.begin(), resized.values.end());
    }
    normalise(stacked, spec.normalisation, {});
    return stacked;
}

} // namespace sulcus::learning
