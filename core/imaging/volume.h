// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/imaging/geometry.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sulcus::imaging {

/// Image data: one float per voxel (HU for a CT, arbitrary units for MRI). Shared as `std::shared_ptr<const Volume>`
/// and never changed after it was made, so that any thread may read it.
struct Volume {
    Geometry geometry;
    std::vector<float> voxels;          ///< size geometry.voxelCount(), i fastest
    std::string description;            ///< the header's free text ("synthetic" marks a demo case)
    std::string modality = {};          ///< DICOM's "CT", "MR", ...; empty elsewhere
    std::vector<Message> warnings = {}; ///< what the reader had to put right or could not tell

    float at(VoxelIndex v) const { return voxels[geometry.offset(v)]; }
};

/// A segmentation: one label per voxel, 0 is background.
struct LabelMap {
    Geometry geometry;
    std::vector<std::uint8_t> voxels;
    std::string description;

    std::uint8_t at(VoxelIndex v) const { return voxels[geometry.offset(v)]; }
};

using VolumePtr = std::shared_ptr<const Volume>;
using LabelMapPtr = std::shared_ptr<const LabelMap>;

} // namespace sulcus::imaging
