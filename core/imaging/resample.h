// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"

namespace sulcus::imaging {

/// The same voxels with axes permuted and flipped so that i, j, k run nearest to Left, Posterior, Superior. Exact: no
/// interpolation; world positions stay.
Volume toLps(const Volume& volume);
LabelMap toLps(const LabelMap& map);
/// Undoes `toLps` for a label map made on the reoriented grid: returns it on `original`'s grid. The two must be
/// reorderings of each other.
LabelMap fromLps(const LabelMap& lps, const Geometry& original);
Volume fromLps(const Volume& lps, const Geometry& original);
/// Brings a map that fills the same box as `grid` in another order of axes to its order; false, and the map as it was,
/// where it fills another box or either has no orientation. Its corner may be off by half a voxel: so far, each voxel
/// still meets its own.
bool turnOnto(LabelMap& map, const Geometry& grid);
Geometry lpsGeometry(const Geometry& geometry);

/// Trilinear (volume) and nearest-neighbour (label map) resampling to another grid through world space; outside is 0.
Volume resampleTo(const Volume& volume, const Geometry& grid);
LabelMap resampleTo(const LabelMap& map, const Geometry& grid);

} // namespace sulcus::imaging
