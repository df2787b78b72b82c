// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/editing/voxel_set.h"

#include <bitset>
#include <cstdint>
#include <optional>
#include <vector>

namespace sulcus::imaging {

/// What one edit changed, as runs along i: enough to do it again and to take it back. Costs bytes in proportion to the
/// outline of the change, not to the volume.
class LabelDelta {
public:
    struct Run {
        std::size_t offset = 0; ///< of the first voxel in the label map
        std::uint32_t count = 0;
        std::uint8_t before = 0;
        std::uint8_t after = 0;
    };

    void append(std::size_t offset, std::uint8_t before, std::uint8_t after);
    bool empty() const { return m_runs.empty(); }
    std::size_t bytes() const { return m_runs.size() * sizeof(Run); }
    std::size_t voxelCount() const;
    const std::vector<Run>& runs() const { return m_runs; }

    /// `map` must be the one the delta was made for, in the state before (apply) or after (revert) the change.
    void apply(LabelMap& map) const;
    void revert(LabelMap& map) const;

private:
    std::vector<Run> m_runs;
};

struct IntensityRange {
    float low = 0.0F;
    float high = 0.0F;
};

/// What an edit may touch.
struct EditRules {
    std::bitset<256> locked;            ///< labels that are never overwritten
    std::optional<IntensityRange> only; ///< only voxels whose intensity lies in the range (needs `volume`)
    const Volume* volume = nullptr;     ///< same grid as the label map
};

/// The change that gives `label` to the voxels of `set`. 0 erases. Voxels outside the grid are ignored.
LabelDelta paint(const LabelMap& map, const VoxelSet& set, std::uint8_t label, const EditRules& rules);

/// The change that makes the voxels of `label` exactly those of `set`: what was `label` elsewhere becomes 0.
LabelDelta replaceLabel(const LabelMap& map, const VoxelSet& set, std::uint8_t label, const EditRules& rules);

/// The change from `before` to `after` (same grid) for the labels chosen in `labels`: voxels that either map gives to
/// one of them. Locked labels of `before` stay.
LabelDelta copyLabels(const LabelMap& before, const LabelMap& after, const std::bitset<256>& labels,
                      const EditRules& rules);

/// The whole difference.
LabelDelta difference(const LabelMap& before, const LabelMap& after);

} // namespace sulcus::imaging
