// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/ct_units.h"

#include "core/base/raw_ct.h"

#include <algorithm>

namespace sulcus::imaging {

float waterOf(const Volume& ct) {
    RawCtTally tally;
    constexpr std::size_t kWanted = 500'000;
    const std::size_t step = std::max<std::size_t>(1, ct.voxels.size() / kWanted);
    for (std::size_t n = 0; n < ct.voxels.size(); n += step) {
        tally.add(ct.voxels[n]);
    }
    return tally.isRaw() ? kRawCtWater : 0.0F;
}

} // namespace sulcus::imaging
