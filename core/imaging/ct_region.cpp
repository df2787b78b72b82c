// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/ct_region.h"

#include <algorithm>
#include <cmath>

namespace sulcus::imaging {

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

} // namespace sulcus::imaging
