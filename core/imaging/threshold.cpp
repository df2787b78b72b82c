// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/threshold.h"

#include <algorithm>
#include <array>

namespace sulcus::imaging {

namespace {

constexpr std::size_t kBins = 256;

std::vector<float> valuesInside(const Volume& volume, const LabelMap& mask) {
    std::vector<float> values;
    for (std::size_t n = 0; n < mask.voxels.size(); ++n) {
        if (mask.voxels[n] != 0) {
            values.push_back(volume.voxels[n]);
        }
    }
    return values;
}

} // namespace

float otsuThreshold(std::span<const float> values) {
    if (values.empty()) {
        return 0.0F;
    }
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double from = static_cast<double>(*low);
    const double width = (static_cast<double>(*high) - from) / static_cast<double>(kBins);
    if (width <= 0.0) {
        return *low;
    }
    std::array<double, kBins> histogram{};
    for (const float v : values) {
        const auto bin = static_cast<std::size_t>((static_cast<double>(v) - from) / width);
        histogram[std::min(bin, kBins - 1)] += 1.0;
    }
    double total = 0.0;
    double sum = 0.0;
    for (std::size_t b = 0; b < kBins; ++b) {
        total += histogram[b];
        sum += histogram[b] * static_cast<double>(b);
    }
    double below = 0.0;
    double belowSum = 0.0;
    double best = -1.0;
    std::size_t cut = 0;
    for (std::size_t b = 0; b + 1 < kBins; ++b) {
        below += histogram[b];
        belowSum += histogram[b] * static_cast<double>(b);
        const double above = total - below;
        if (below == 0.0 || above == 0.0) {
            continue;
        }
        const double gap = belowSum / below - (sum - belowSum) / above;
        const double between = below * above * gap * gap;
        if (between > best) {
            best = between;
            cut = b;
        }
    }
    return static_cast<float>(from + width * static_cast<double>(cut + 1));
}

LabelMap foregroundMask(const Volume& volume) {
    LabelMap mask;
    mask.geometry = volume.geometry;
    mask.voxels.assign(volume.voxels.size(), 0);
    if (volume.voxels.empty()) {
        return mask;
    }
    const float lowest = *std::min_element(volume.voxels.begin(), volume.voxels.end());
    const auto share = [&](float value) {
        return static_cast<double>(std::count(volume.voxels.begin(), volume.voxels.end(), value)) /
               static_cast<double>(volume.voxels.size());
    };
    // Interpolation may leave values below a background of exactly 0, so 0 is asked first.
    const float background = share(0.0F) >= 0.1 ? 0.0F : lowest;
    const bool stripped = share(background) >= 0.1;
    const float cut = stripped ? 0.0F : otsuThreshold(volume.voxels);
    std::transform(volume.voxels.begin(), volume.voxels.end(), mask.voxels.begin(),
                   [&](float v) -> std::uint8_t { return (stripped ? v != background : v > cut) ? 1 : 0; });
    return mask;
}

LabelMap foregroundMask(std::span<const VolumePtr> volumes) {
    LabelMap all;
    for (const VolumePtr& volume : volumes) {
        LabelMap one = foregroundMask(*volume);
        if (all.voxels.empty()) {
            all = std::move(one);
            continue;
        }
        for (std::size_t n = 0; n < all.voxels.size() && n < one.voxels.size(); ++n) {
            all.voxels[n] |= one.voxels[n];
        }
    }
    return all;
}

LabelMap otsuMask(const Volume& volume) {
    LabelMap mask = foregroundMask(volume);
    const float cut = otsuThreshold(valuesInside(volume, mask));
    for (std::size_t n = 0; n < mask.voxels.size(); ++n) {
        mask.voxels[n] = mask.voxels[n] != 0 && volume.voxels[n] > cut ? 1 : 0;
    }
    return mask;
}

} // namespace sulcus::imaging
