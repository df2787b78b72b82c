// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/ct_region.h"

#include "core/imaging/components.h"
#include "core/imaging/ct_units.h"
#include "core/imaging/threshold.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace sulcus::imaging {

namespace {

/// Share of the body in one slice that its two largest enclosed dark areas take, 0..1.
double enclosedDarkShare(std::span<const float> slice, int width, int height) {
    const auto [least, greatest] = std::minmax_element(slice.begin(), slice.end());
    if (!(*least < *greatest))
        return 0.0;
    const float threshold = otsuThreshold(slice);
    LabelMap bright;
    bright.geometry.size = {width, height, 1};
    bright.voxels.resize(slice.size());
    std::transform(slice.begin(), slice.end(), bright.voxels.begin(),
                   [&](float value) { return static_cast<std::uint8_t>(value > threshold ? 1 : 0); });
    std::size_t enclosed = 0;
    std::size_t largestTwo = 0;
    int taken = 0;
    for (const Component& dark : findComponents(bright, [](std::uint8_t value) { return value == 0; })) {
        if (dark.first.i == 0 || dark.first.j == 0 || dark.last.i + 1 == width || dark.last.j + 1 == height)
            continue;
        enclosed += dark.voxelCount;
        largestTwo += taken++ < 2 ? dark.voxelCount : 0;
    }
    const auto body = enclosed + static_cast<std::size_t>(std::count(bright.voxels.begin(), bright.voxels.end(), 1));
    return body == 0 ? 0.0 : static_cast<double>(largestTwo) / static_cast<double>(body);
}

} // namespace

CtRegion guessCtRegion(const Volume& volume) {
    constexpr std::size_t kSamples = 200'000;
    // An odd stride does not fall into step with rows of an even length.
    const std::size_t step = std::max<std::size_t>(1, volume.voxels.size() / kSamples) | 1U;
    std::size_t seen = 0;
    std::size_t belowWater = 0;
    std::size_t lung = 0;
    std::size_t fat = 0;
    std::size_t soft = 0;
    std::size_t tissue = 0;
    for (std::size_t i = 0; i < volume.voxels.size(); i += step) {
        const float hu = volume.voxels[i];
        if (!std::isfinite(hu))
            continue;
        ++seen;
        belowWater += hu < -200.0F ? 1 : 0;
        lung += hu >= -950.0F && hu < -500.0F ? 1 : 0;
        fat += hu >= -150.0F && hu < -30.0F ? 1 : 0;
        soft += hu >= -30.0F && hu < 150.0F ? 1 : 0;
        tissue += hu >= -500.0F && hu < 2000.0F ? 1 : 0;
    }
    if (belowWater == 0 || tissue * 100 < seen || tissue < 100)
        return CtRegion::Unknown;
    if (lung * 5 >= tissue)
        return CtRegion::Chest;
    return fat * 5 >= soft ? CtRegion::Abdomen : CtRegion::Head;
}

double boneShare(const Volume& ct) {
    constexpr std::size_t kSamples = 200'000;
    constexpr int kLeastSlices = 8;
    if (ct.geometry.size[2] < kLeastSlices)
        return 0.0;
    const float water = waterOf(ct);
    const std::size_t step = std::max<std::size_t>(1, ct.voxels.size() / kSamples) | 1U;
    std::size_t air = 0;
    std::size_t bone = 0;
    std::size_t tissue = 0;
    for (std::size_t i = 0; i < ct.voxels.size(); i += step) {
        const float hu = ct.voxels[i] - water;
        air += hu < -200.0F ? 1 : 0;
        bone += hu >= 300.0F && hu < 2000.0F ? 1 : 0;
        tissue += hu >= -500.0F && hu < 2000.0F ? 1 : 0;
    }
    if (air == 0 || tissue < 100)
        return 0.0;
    return static_cast<double>(bone) / static_cast<double>(tissue);
}

CtRegion guessPictureRegion(const Volume& volume) {
    constexpr int kSlices = 5;
    constexpr double kChest = 0.12;
    const auto [width, height, slices] = volume.geometry.size;
    const auto area = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    if (slices < 1 || area == 0 || volume.voxels.size() < area * static_cast<std::size_t>(slices))
        return CtRegion::Unknown;
    std::vector<double> shares;
    for (int n = 0; n < std::min(kSlices, slices); ++n) {
        const int k = (2 * n + 1) * slices / (2 * std::min(kSlices, slices));
        const std::span slice(volume.voxels.data() + area * static_cast<std::size_t>(k), area);
        const bool numbers = std::all_of(slice.begin(), slice.end(), [](float v) { return std::isfinite(v); });
        shares.push_back(numbers ? enclosedDarkShare(slice, width, height) : 0.0);
    }
    const auto middle = shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2);
    std::nth_element(shares.begin(), middle, shares.end());
    return *middle >= kChest ? CtRegion::Chest : CtRegion::Unknown;
}

} // namespace sulcus::imaging
