// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"

#include <array>
#include <vector>

namespace sulcus::workflow {

/// How much of each label one axial slice shows.
struct SliceArea {
    int slice = 0;                 ///< index along the axis that runs nearest to the head, as the file counts
    double zMm = 0.0;              ///< world z (LPS mm) of the slice's middle voxel
    std::array<double, 256> cm2{}; ///< by label value
};

/// Axial slices that hold a label, in the file's order. The axial axis is the one nearest to the head-feet direction by
/// the header.
std::vector<SliceArea> sliceAreas(const imaging::LabelMap& mask);

} // namespace sulcus::workflow
