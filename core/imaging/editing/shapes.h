// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/editing/voxel_set.h"

#include <optional>
#include <vector>

namespace sulcus::imaging {

/// A brush drawn from one point to another (the same point for a dab). Radius in mm; a voxel belongs when its centre
/// lies within the radius of the segment. `sliceAxis` 0..2 keeps to the slice of `from` across that axis (a disk); none
/// gives a ball. The voxel under the pointer always belongs, however small the brush.
VoxelSet brush(const Geometry& grid, WorldPoint from, WorldPoint to, double radiusMm, std::optional<int> sliceAxis);

/// Voxels of one slice whose centres lie inside a closed outline (even-odd rule). `corners` in world space are taken to
/// the slice `slice` across `sliceAxis`.
VoxelSet polygon(const Geometry& grid, const std::vector<WorldPoint>& corners, int sliceAxis, int slice);

/// Fills the gaps between drawn slices of one label: between two slices that hold it, the shape is blended by its
/// signed distances. Source: Raya & Udupa 1990, shape-based interpolation. Gives the label's voxels and the new ones
/// together.
VoxelSet fillBetweenSlices(const LabelMap& map, std::uint8_t label, int sliceAxis);

} // namespace sulcus::imaging
