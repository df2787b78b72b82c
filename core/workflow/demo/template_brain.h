// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/volume.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace sulcus::workflow {

/// The template's head and its anatomical labels, with the three tissue intensities found in it.
struct BrainTemplate {
    imaging::Volume t1;    ///< ch2bet, 0 outside the brain
    imaging::LabelMap aal; ///< automated anatomical labels 1..116, odd left and even right up to 108
    float csf = 0.0F;      ///< mean T1 intensity of each tissue
    float grey = 0.0F;
    float white = 0.0F;
};

/// Errors: NotFound (names the Debian package).
Result<BrainTemplate> readBrainTemplate(const std::filesystem::path& folder, const TaskContext& task);

/// A brain on the BraTS grid as shares of tissue, which sum to 1 inside and 0 outside. One value per voxel of the grid.
struct Brain {
    imaging::Geometry grid;
    imaging::VoxelIndex first; ///< bounding box, inclusive
    imaging::VoxelIndex last;
    std::vector<float> csf;
    std::vector<float> grey;
    std::vector<float> white;
    std::vector<std::uint8_t> inside;
    std::vector<std::uint8_t> region; ///< AAL label, 0 where it has none
    std::vector<float> depth;         ///< mm to the nearest voxel outside
};

/// Where a voxel of the BraTS grid is taken from, as a shift in mm of its world position.
using Shift = std::function<imaging::WorldPoint(imaging::VoxelIndex)>;

/// Lays the template into the BraTS grid. `row` prepares shifts for one row (j, k).
Brain makeBrain(const BrainTemplate& from, const std::function<Shift(int j, int k)>& row);

} // namespace sulcus::workflow
