// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/ct_units.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sulcus::imaging {

namespace {

constexpr float kRawWater = 1024.0F;

} // namespace

float waterOf(const Volume& ct) {
    float lowest = std::numeric_limits<float>::max();
    float highest = std::numeric_limits<float>::lowest();
    std::size_t all = 0;
    std::size_t soft = 0;
    constexpr std::size_t kWanted = 500'000;
    const std::size_t step = std::max<std::size_t>(1, ct.voxels.size() / kWanted);
    for (std::size_t n = 0; n < ct.voxels.size(); n += step) {
        const float value = ct.voxels[n];
        if (!std::isfinite(value)) {
            continue;
        }
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
        ++all;
        soft += value >= 900.0F && value <= 1224.0F ? 1U : 0U;
    }
    const bool raw = all > 0 && lowest >= 0.0F && highest <= 5200.0F && soft * 10 >= all;
    return raw ? kRawWater : 0.0F;
}

} // namespace sulcus::imaging
