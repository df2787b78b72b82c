// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace sulcus::imaging {

/// Voxels chosen by a tool: a box of the grid and one byte per voxel of it (0 or 1, i fastest). The box may lie partly
/// outside the grid only while a tool works; what the functions below return lies inside. A value: copy it to another
/// thread at will.
struct VoxelSet {
    VoxelIndex first;
    std::array<int, 3> extent{0, 0, 0};
    std::vector<std::uint8_t> inside;

    static VoxelSet box(VoxelIndex first, VoxelIndex last);
    bool contains(VoxelIndex v) const;
    void insert(VoxelIndex v) { inside[offset(v)] = 1; }
    std::size_t offset(VoxelIndex v) const;
    std::size_t count() const;
    bool empty() const { return count() == 0; }
};

/// Calls `visit` for every voxel of the set, i fastest.
void forEachVoxel(const VoxelSet& set, const std::function<void(VoxelIndex)>& visit);

/// The voxels whose label satisfies `belongs`, in the smallest box that holds them (empty set: extent 0).
VoxelSet voxelsOf(const LabelMap& map, const std::function<bool(std::uint8_t)>& belongs);
VoxelSet unite(const VoxelSet& a, const VoxelSet& b);
VoxelSet subtract(const VoxelSet& a, const VoxelSet& b);
/// The same voxels in the smallest box.
VoxelSet shrinkToFit(const VoxelSet& set);

/// Squared distance in mm^2 from every voxel of the set's box to the nearest voxel of the set (0 inside it), exact
/// between voxel centres; at least 1e20 when the set is empty.
std::vector<float> squaredDistanceTo(const VoxelSet& set, const std::array<double, 3>& spacingMm);

/// Grows (mm > 0) or shrinks (mm < 0) the set by a ball of that radius; stays inside the grid. Shrinking does not eat
/// from the border of the grid.
VoxelSet growBy(const VoxelSet& set, const Geometry& grid, double mm);

/// Gaussian smoothing of the set's outline: voxels where the smoothed 0/1 image is at least a half.
VoxelSet smooth(const VoxelSet& set, const Geometry& grid, double sigmaMm);

/// Adds every cavity that no 6-connected path joins to the outside. `sliceAxis` 0..2 fills slice by slice
/// (4-connected).
VoxelSet fillHoles(const VoxelSet& set, std::optional<int> sliceAxis = std::nullopt);

/// Connected pieces (26-neighbourhood), largest first.
std::vector<VoxelSet> pieces(const VoxelSet& set);
VoxelSet keepLargest(const VoxelSet& set);
/// Without the pieces smaller than `ml`.
VoxelSet removeIslands(const VoxelSet& set, const Geometry& grid, double ml);

} // namespace sulcus::imaging
