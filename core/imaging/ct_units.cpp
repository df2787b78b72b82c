// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/ct_units.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sulcus::imaging {

namespace {

constexpr float kRawWater = 1024.0F;
constexpr float kPadding = -1100.0F; // lower than air in Hounsfield units
constexpr float kRawLowest = -100.0F;
constexpr float kRawHighest = 5200.0F;
constexpr std::size_t kHardlyAny = 100; // a hundredth: streaks and metal

} // namespace

float waterOf(const Volume& ct) {
    float lowest = std::numeric_limits<float>::max();
    std::size_t all = 0;
    std::size_t atLowest = 0;
    std::size_t soft = 0;
    std::size_t outside = 0; // of what raw numbers are
    constexpr std::size_t kWanted = 500'000;
    const std::size_t step = std::max<std::size_t>(1, ct.voxels.size() / kWanted);
    for (std::size_t n = 0; n < ct.voxels.size(); n += step) {
        const float value = ct.voxels[n];
        if (!std::isfinite(value)) {
            continue;
        }
        atLowest = value < lowest ? 1 : value == lowest ? atLowest + 1 : atLowest;
        lowest = std::min(lowest, value);
        ++all;
        soft += value >= 900.0F && value <= 1224.0F ? 1U : 0U;
        outside += value < kRawLowest || value > kRawHighest ? 1U : 0U;
    }
    const std::size_t padding = lowest < kPadding ? atLowest : 0;
    const std::size_t left = all - padding;
    const bool raw = left > 0 && soft * 10 >= left && (outside - padding) * kHardlyAny <= left;
    return raw ? kRawWater : 0.0F;
}

} // namespace sulcus::imaging
