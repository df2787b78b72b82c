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

} // namespace sulcus::imaging
