// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/label_scheme.h"
#include "core/imaging/volume.h"
#include "ui/scene/case_scene.h"

#include <array>
#include <cstdint>
#include <map>

namespace sulcus::scene {

/// How one region of a mask differs from the truth, voxel by voxel; each may count its labels in another way.
class Difference {
public:
    static constexpr std::uint8_t kNeither = 0;
    static constexpr std::uint8_t kAgree = 1;
    static constexpr std::uint8_t kFalsePositive = 2;
    static constexpr std::uint8_t kFalseNegative = 3;

    Difference(imaging::Target target, imaging::LabelEra maskEra, imaging::LabelEra truthEra);
    /// One of the four above, for the labels of one voxel.
    std::uint8_t of(std::uint8_t mask, std::uint8_t truth) const;
    /// The same of whole maps, which must have as many voxels; the grid is the mask's.
    imaging::LabelMap of(const imaging::LabelMap& mask, const imaging::LabelMap& truth) const;

    /// The colours of the three that show.
    static std::map<std::uint8_t, LabelStyle> styles();

private:
    std::array<bool, 256> m_inMask{};
    std::array<bool, 256> m_inTruth{};
};

} // namespace sulcus::scene
