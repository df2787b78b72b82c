// SPDX-License-Identifier: Apache-2.0
#include "core/learning/preprocess.h"

#include "core/learning/ct_intensities.h"
#include "core/learning/interruption.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace sulcus::learning {

namespace {

/// Weights of the source voxels for each target voxel along one axis.
struct AxisWeights {
    std::vector<int> first;
    std::vector<std::vector<float>> weights;
    bool identity = false;
};

AxisWeights axisWeights(int sourceCount, double sourceSpacing, int targetCount, double targetSpacing) {
    AxisWeights result;
    const double ratio = targetSpacing / sourceSpacing; // source voxels per target voxel
    result.identity = sourceCount == targetCount && std::abs(ratio - 1.0) < 1e-6;
    result.first.resize(static_cast<std::size_t>(targetCount));
    result.weights.resize(static_cast<std::size_t>(targetCount));
    for (int t = 0; t < targetCount; ++t) {
        std::vector<std::pair<int, double>> parts;
        if (ratio > 1.0 + 1e-6) {
            const double from = t * ratio;
            const double to = (t + 1) * ratio;
            for (int s = static_cast<int>(std::floor(from)); s < to - 1e-9; ++s) {
                const double cover = std::min<double>(s + 1, to) - std::max<double>(s, from);
                if (cover > 1e-9) {
                    parts.emplace_back(std::clamp(s, 0, sourceCount - 1), cover);
                }
            }
        } else {
            const double centre = (t + 0.5) * ratio - 0.5;
            const int low = static_cast<int>(std::floor(centre));
            const double share = centre - low;
            parts.emplace_back(std::clamp(low, 0, sourceCount - 1), 1.0 - share);
            if (share > 1e-9) {
                parts.emplace_back(std::clamp(low + 1, 0, sourceCount - 1), share);
            }
        }
        double sum = 0.0;
        int first = parts.front().first;
        int last = first;
        for (const auto& [index, weight] : parts) {
            first = std::min(first, index);
            last = std::max(last, index);
            sum += weight;
        }
        auto& weights = result.weights[static_cast<std::size_t>(t)];
        weights.assign(static_cast<std::size_t>(last - first + 1), 0.0F);
        for (const auto& [index, weight] : parts) {
            weights[static_cast<std::size_t>(index - first)] += static_cast<float>(weight / sum);
        }
        result.first[static_cast<std::size_t>(t)] = first;
    }
    return result;
}

/// Resamples the middle axis of [outer, count, inner].
std::vector<float> alongAxis(const std::vector<float>& source, std::size_t outer, std::size_t sourceCount,
                             std::size_t inner, const AxisWeights& axis) {
    pollInterruption();
    const std::size_t targetCount = axis.first.size();
    std::vector<float> target(outer * targetCount * inner, 0.0F);
    for (std::size_t o = 0; o < outer; ++o) {
        const float* from = source.data() + o * sourceCount * inner;
        float* to = target.data() + o * targetCount * inner;
        for (std::size_t t = 0; t < targetCount; ++t) {
            const auto& weights = axis.weights[t];
            const auto first = static_cast<std::size_t>(axis.first[t]);
            float* row = to + t * inner;
            if (inner == 1) {
                float sum = 0.0F;
                for (std::size_t k = 0; k < weights.size(); ++k) {
                    sum += weights[k] * from[first + k];
                }
                row[0] = sum;
                continue;
            }
            for (std::size_t k = 0; k < weights.size(); ++k) {
                const float weight = weights[k];
                const float* values = from + (first + k) * inner;
                for (std::size_t i = 0; i < inner; ++i) {
                    row[i] += weight * values[i];
                }
            }
        }
    }
    return target;
}

int resampledCount(int count, double spacing, double newSpacing) {
    return std::max(1, static_cast<int>(std::ceil(count * spacing / newSpacing - 1e-4)));
}

void normaliseZScore(float* values, std::size_t count, const Normalisation& how, bool nonZeroOnly) {
    std::vector<float> sorted;
    sorted.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (!nonZeroOnly || values[i] != 0.0F) {
            sorted.push_back(values[i]);
        }
    }
    if (sorted.empty()) {
        return;
    }
    const auto percentile = [&](double share) {
        const auto at = static_cast<std::ptrdiff_t>(share / 100.0 * static_cast<double>(sorted.size() - 1));
        std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
        return sorted[static_cast<std::size_t>(at)];
    };
    const float low = percentile(how.lowPercentile);
    const float high = percentile(how.highPercentile);
    double sum = 0.0;
    for (const float value : sorted) {
        sum += std::clamp(value, low, high);
    }
    const double mean = sum / static_cast<double>(sorted.size());
    double squares = 0.0;
    for (const float value : sorted) {
        const double difference = std::clamp(value, low, high) - mean;
        squares += difference * difference;
    }
    const double deviation = std::sqrt(squares / static_cast<double>(sorted.size()));
    const double scale = deviation > 1e-8 ? 1.0 / deviation : 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!nonZeroOnly || values[i] != 0.0F) {
            const double z = (std::clamp(values[i], low, high) - mean) * scale;
            values[i] = static_cast<float>(std::clamp(z, how.clampLow, how.clampHigh));
        }
    }
}

void normaliseMinMax(float* values, std::size_t count) {
    const auto [low, high] = std::minmax_element(values, values + count);
    const float from = *low;
    const float range = *high - *low;
    for (std::size_t i = 0; i < count; ++i) {
        values[i] = range > 0.0F ? (values[i] - from) / range : 0.0F;
    }
}

} // namespace

void normalise(Field& image, const Normalisation& how, const std::vector<bool>& present) {
    const std::size_t count = image.voxelsPerChannel();
    for (int c = 0; c < image.channels; ++c) {
        pollInterruption();
        float* values = image.values.data() + static_cast<std::size_t>(c) * count;
        if (!present.empty() && !present[static_cast<std::size_t>(c)]) {
            std::fill(values, values + count, 0.0F);
            continue;
        }
        const bool windowed = how.method == "window" || how.method == "ct_or_window";
        // Told from the values as they are: 0 is not the background of a CT.
        const auto window = windowed ? windowFor(values, count, how) : IntensityMap();
        for (std::size_t i = 0; i < count && !windowed; ++i) {
            if (!std::isfinite(values[i])) {
                values[i] = 0.0F;
            }
        }
        if (how.method == "zscore_nonzero") {
            normaliseZScore(values, count, how, true);
        } else if (how.method == "zscore") {
            normaliseZScore(values, count, how, false);
        } else if (how.method == "minmax") {
            normaliseMinMax(values, count);
        } else if (windowed) {
            std::transform(values, values + count, values, window);
        }
    }
}

std::optional<VoxelBox> foregroundBox(const Field& image) {
    VoxelBox box;
    box.first = {image.depth, image.height, image.width};
    const std::size_t count = image.voxelsPerChannel();
    for (int c = 0; c < image.channels; ++c) {
        const float* value = image.values.data() + static_cast<std::size_t>(c) * count;
        for (int d = 0; d < image.depth; ++d) {
            for (int h = 0; h < image.height; ++h) {
                int first = -1;
                int last = -1;
                for (int w = 0; w < image.width; ++w, ++value) {
                    if (*value != 0.0F) {
                        first = first < 0 ? w : first;
                        last = w;
                    }
                }
                if (first >= 0) {
                    box.first = {std::min(box.first[0], d), std::min(box.first[1], h), std::min(box.first[2], first)};
                    box.last = {std::max(box.last[0], d + 1), std::max(box.last[1], h + 1),
                                std::max(box.last[2], last + 1)};
                }
            }
        }
    }
    if (box.last[0] == 0) {
        return std::nullopt;
    }
    return box;
}

namespace {

template <typename T>
std::vector<T> cropValues(const std::vector<T>& values, int channels, int depth, int height, int width,
                          const VoxelBox& box) {
    std::vector<T> result;
    result.reserve(static_cast<std::size_t>(channels) * static_cast<std::size_t>(box.size(0)) *
                   static_cast<std::size_t>(box.size(1)) * static_cast<std::size_t>(box.size(2)));
    for (int c = 0; c < channels; ++c) {
        for (int d = box.first[0]; d < box.last[0]; ++d) {
            for (int h = box.first[1]; h < box.last[1]; ++h) {
                const auto row = ((static_cast<std::ptrdiff_t>(c) * depth + d) * height + h) * width;
                result.insert(result.end(), values.begin() + row + box.first[2], values.begin() + row + box.last[2]);
            }
        }
    }
    return result;
}

} // namespace

Field cropped(const Field& image, const VoxelBox& box) {
    Field result{image.channels, box.size(0), box.size(1), box.size(2), image.spacingMm, {}};
    result.values = cropValues(image.values, image.channels, image.depth, image.height, image.width, box);
    return result;
}

LabelField cropped(const LabelField& labels, const VoxelBox& box) {
    LabelField result{box.size(0), box.size(1), box.size(2), labels.spacingMm, {}};
    result.values = cropValues(labels.values, 1, labels.depth, labels.height, labels.width, box);
    return result;
}

Field resampledTo(const Field& image, const std::array<double, 3>& spacingMm, int depth, int height, int width) {
    Field result{image.channels, depth, height, width, spacingMm, {}};
    const auto alongW = axisWeights(image.width, image.spacingMm[0], width, spacingMm[0]);
    const auto alongH = axisWeights(image.height, image.spacingMm[1], height, spacingMm[1]);
    const auto alongD = axisWeights(image.depth, image.spacingMm[2], depth, spacingMm[2]);
    const auto size = [](int n) { return static_cast<std::size_t>(n); };
    result.values = image.values;
    if (!alongD.identity) {
        result.values = alongAxis(result.values, size(image.channels), size(image.depth),
                                  size(image.height) * size(image.width), alongD);
    }
    if (!alongH.identity) {
        result.values =
            alongAxis(result.values, size(image.channels) * size(depth), size(image.height), size(image.width), alongH);
    }
    if (!alongW.identity) {
        result.values =
            alongAxis(result.values, size(image.channels) * size(depth) * size(height), size(image.width), 1, alongW);
    }
    return result;
}

Field resampled(const Field& image, const std::array<double, 3>& spacingMm) {
    return resampledTo(image, spacingMm, resampledCount(image.depth, image.spacingMm[2], spacingMm[2]),
                       resampledCount(image.height, image.spacingMm[1], spacingMm[1]),
                       resampledCount(image.width, image.spacingMm[0], spacingMm[0]));
}

LabelField resampledLabels(const LabelField& labels, const std::array<double, 3>& spacingMm, const NetworkSpec& spec) {
    Field indicator{1, labels.depth, labels.height, labels.width, labels.spacingMm, {}};
    indicator.values.resize(labels.values.size());
    const auto coverage = [&](const auto& belongs) {
        std::transform(labels.values.begin(), labels.values.end(), indicator.values.begin(),
                       [&](unsigned char value) { return belongs(value) ? 1.0F : 0.0F; });
        return resampled(indicator, spacingMm);
    };
    const Field ignored = coverage([](unsigned char value) { return value == 255; });
    LabelField result{ignored.depth, ignored.height, ignored.width, spacingMm, {}};
    result.values.assign(ignored.values.size(), 0);
    if (spec.nested) {
        for (const auto& output : spec.outputs) {
            const Field covered = coverage([&](unsigned char value) {
                return std::find(output.sources.begin(), output.sources.end(), value) != output.sources.end();
            });
            // The value kept must be one of the output's own sources, so that a reader of the cache derives the same
            // regions.
            for (std::size_t i = 0; i < covered.values.size(); ++i) {
                if (covered.values[i] >= 0.5F) {
                    result.values[i] = static_cast<unsigned char>(output.value);
                }
            }
        }
    } else {
        std::map<unsigned char, bool> present;
        for (const auto value : labels.values) {
            present[value] = true;
        }
        std::vector<float> best(ignored.values.size(), 0.0F);
        for (const auto& [value, unused] : present) {
            if (value == 255) {
                continue;
            }
            const Field covered = coverage([wanted = value](unsigned char v) { return v == wanted; });
            for (std::size_t i = 0; i < covered.values.size(); ++i) {
                if (covered.values[i] > best[i]) {
                    best[i] = covered.values[i];
                    result.values[i] = value;
                }
            }
        }
    }
    for (std::size_t i = 0; i < ignored.values.size(); ++i) {
        if (ignored.values[i] >= 0.5F) {
            result.values[i] = 255;
        }
    }
    return result;
}

std::optional<PreparedImage> prepareImage(Field image, const std::vector<bool>& present, const NetworkSpec& spec) {
    // A channel that is said to be missing must not decide where the foreground is.
    const std::size_t count = image.voxelsPerChannel();
    for (std::size_t c = 0; c < present.size(); ++c) {
        if (!present[c]) {
            std::fill_n(image.values.begin() + static_cast<std::ptrdiff_t>(c * count), count, 0.0F);
        }
    }
    auto box = foregroundBox(image);
    if (!box) {
        return std::nullopt;
    }
    PreparedImage prepared;
    prepared.box = *box;
    prepared.image = cropped(image, *box);
    image.values = {};
    normalise(prepared.image, spec.normalisation, present);
    prepared.croppedGrid =
        Field{1, prepared.image.depth, prepared.image.height, prepared.image.width, prepared.image.spacingMm, {}};
    if (spec.spacingMm.size() == 3) {
        prepared.image = resampled(prepared.image, {spec.spacingMm[0], spec.spacingMm[1], spec.spacingMm[2]});
    }
    return prepared;
}

} // namespace sulcus::learning
