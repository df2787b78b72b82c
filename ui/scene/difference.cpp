// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/difference.h"

#include "ui/scene/palette.h"

#include <algorithm>

namespace sulcus::scene {

Difference::Difference(imaging::Target target, imaging::LabelEra maskEra, imaging::LabelEra truthEra) {
    for (std::size_t value = 1; value < 256; ++value) {
        m_inMask[value] = imaging::belongsTo(static_cast<std::uint8_t>(value), target, maskEra);
        m_inTruth[value] = imaging::belongsTo(static_cast<std::uint8_t>(value), target, truthEra);
    }
}

std::uint8_t Difference::of(std::uint8_t mask, std::uint8_t truth) const {
    const bool marked = m_inMask[mask];
    const bool meant = m_inTruth[truth];
    return marked ? (meant ? kAgree : kFalsePositive) : (meant ? kFalseNegative : kNeither);
}

imaging::LabelMap Difference::of(const imaging::LabelMap& mask, const imaging::LabelMap& truth) const {
    imaging::LabelMap result{mask.geometry, std::vector<std::uint8_t>(mask.voxels.size()), {}};
    std::transform(mask.voxels.begin(), mask.voxels.end(), truth.voxels.begin(), result.voxels.begin(),
                   [this](std::uint8_t marked, std::uint8_t meant) { return of(marked, meant); });
    return result;
}

std::map<std::uint8_t, LabelStyle> Difference::styles() {
    return {{kAgree, {kAgreeColour, 1.0, true}},
            {kFalsePositive, {kFalsePositiveColour, 1.0, true}},
            {kFalseNegative, {kFalseNegativeColour, 1.0, true}}};
}

} // namespace sulcus::scene
