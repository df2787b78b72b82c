// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"

#include <functional>
#include <vector>

namespace sulcus::imaging {

/// One connected piece (26-neighbourhood) of a set of voxels.
struct Component {
    std::size_t voxelCount = 0;
    double ml = 0.0;
    VoxelIndex first;         ///< lowest corner of its bounding box, inclusive
    VoxelIndex last;          ///< highest corner, inclusive
    ContinuousIndex centroid; ///< in voxels
    VoxelIndex inside;        ///< a voxel of the piece nearest to the centroid (views centre here)
};

/// Every voxel's piece, beside the pieces themselves.
struct ComponentMap {
    std::vector<std::int32_t> ids; ///< index into `components`, -1 outside; one per voxel of the map
    std::vector<Component> components;
};
ComponentMap labelComponents(const LabelMap& map, const std::function<bool(std::uint8_t)>& belongs);

/// Pieces of the voxels for which `belongs(label)` holds, largest first.
std::vector<Component> findComponents(const LabelMap& map, const std::function<bool(std::uint8_t)>& belongs);

} // namespace sulcus::imaging
