// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/components.h"
#include "core/imaging/volume.h"

#include <cstdint>
#include <vector>

namespace sulcus::imaging {

/// A straight line between two world points.
struct Segment {
    WorldPoint from;
    WorldPoint to;
    double mm = 0.0;
};

/// The two diameters that reports of brain tumours give (RANO; Wen et al. 2010): the longest on any one slice across
/// the axis nearest to Superior, and on that slice the longest perpendicular to it.
struct Diameters {
    int slice = 0; ///< index along that axis
    Segment longest;
    Segment perpendicular;
    double productMm2 = 0.0;  ///< the bidimensional product
    double longest3dMm = 0.0; ///< the longest through space, to within one percent
};

/// Ends of lines are midpoints of voxel faces, so that a line of n voxels of 1 mm is n mm long. `ids` and `id` as
/// `labelComponents` gives them. An empty piece has lengths of 0.
Diameters measureComponent(const Geometry& geometry, const std::vector<std::int32_t>& ids, const Component& component,
                           std::int32_t id);

/// Intensities of the voxels whose centres lie inside a rectangle or ellipse of one slice.
struct RegionStatistics {
    std::size_t voxelCount = 0;
    double areaMm2 = 0.0; ///< of the shape as drawn
    double mean = 0.0;
    double standardDeviation = 0.0; ///< of these voxels (divided by their number)
    double minimum = 0.0;
    double maximum = 0.0;
};

/// The shape has its sides along the grid's axes in the slice of `a` across `sliceAxis` (0..2), with `a` and `b` as
/// opposite corners of its box. Voxels outside the grid count for nothing; a shape that holds no voxel centre has a
/// voxelCount of 0.
RegionStatistics regionStatistics(const Volume& volume, WorldPoint a, WorldPoint b, int sliceAxis, bool ellipse);

/// Distance in mm, and the angle at `corner` in degrees (0..180; 0 when an arm has no length).
double distanceMm(WorldPoint a, WorldPoint b);
double angleDegrees(WorldPoint a, WorldPoint corner, WorldPoint b);

} // namespace sulcus::imaging
