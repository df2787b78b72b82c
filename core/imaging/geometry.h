// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace sulcus::imaging {

/// A voxel by its position in the array: i fastest in memory; integers are voxel centres.
struct VoxelIndex {
    int i = 0;
    int j = 0;
    int k = 0;
    bool operator==(const VoxelIndex&) const = default;
};

/// A point in world space: LPS millimetres (x grows to the patient's Left, y to the Posterior, z to the Superior).
struct WorldPoint {
    double x = 0.0;
    double y = 0.0;
    double z = 0.0;
};

/// A position between voxel centres, in voxels.
struct ContinuousIndex {
    double i = 0.0;
    double j = 0.0;
    double k = 0.0;
};

/// Where a grid of voxels lies in the world.
struct Geometry {
    std::array<int, 3> size{0, 0, 0};             ///< voxels along i, j, k
    std::array<double, 3> spacing{1.0, 1.0, 1.0}; ///< mm along i, j, k
    std::array<double, 3> origin{0.0, 0.0, 0.0};  ///< LPS mm of voxel (0,0,0)
    std::array<double, 9> direction{1, 0, 0, 0, 1,
                                    0, 0, 0, 1}; ///< row-major; column c is the world direction of axis c
    bool hasOrientation = true; ///< false: the file says nothing of left and right, so no letters are shown
    bool isSlice = false;       ///< a 2-D image held as one slice; its k spacing means nothing

    std::size_t voxelCount() const {
        return static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]) *
               static_cast<std::size_t>(size[2]);
    }
    double voxelMl() const { return spacing[0] * spacing[1] * spacing[2] / 1000.0; }
    std::size_t offset(VoxelIndex v) const {
        return (static_cast<std::size_t>(v.k) * static_cast<std::size_t>(size[1]) + static_cast<std::size_t>(v.j)) *
                   static_cast<std::size_t>(size[0]) +
               static_cast<std::size_t>(v.i);
    }
    bool contains(VoxelIndex v) const {
        return v.i >= 0 && v.j >= 0 && v.k >= 0 && v.i < size[0] && v.j < size[1] && v.k < size[2];
    }
    WorldPoint worldFromIndex(ContinuousIndex index) const;
    ContinuousIndex indexFromWorld(WorldPoint point) const;
    VoxelIndex nearestVoxel(WorldPoint point) const; ///< may lie outside the grid

    /// 'L', 'R', 'A', 'P', 'S' or 'I': where axis 0..2 points when its index grows (nearest anatomical axis).
    char axisLetter(int axis) const;
};

/// Same size, spacing and direction (tolerances 1e-3 mm and 1e-3); the origin may differ.
bool sameGridIgnoringOrigin(const Geometry& a, const Geometry& b);
/// Same size, spacing, direction, and origin within `toleranceMm`.
bool sameGrid(const Geometry& a, const Geometry& b, double toleranceMm = 1e-2);

/// "240 x 240 x 155", for sentences.
std::string toString(const std::array<int, 3>& size);

} // namespace sulcus::imaging
