// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/editing/label_delta.h"
#include "core/imaging/editing/voxel_set.h"

#include <optional>

namespace sulcus::imaging {

struct FloodOptions {
    double tolerance = 0.0;       ///< in the volume's units, either side of the seed's intensity
    double reachMm = 0.0;         ///< distance from the seed that is never passed; 0 = no limit
    std::optional<int> sliceAxis; ///< 0..2: stay in the seed's slice
};

/// Voxels joined to the seed (6-neighbourhood) whose intensity differs from the seed's by at most the tolerance.
/// Thread: any. Cancel polled every 65,536 voxels. Errors: InvalidInput (seed outside the grid), Cancelled.
Result<VoxelSet> flood(const Volume& volume, VoxelIndex seed, const FloodOptions& options, const TaskContext& task);

/// Voxels whose intensity lies in the range, inside `within` when given.
VoxelSet withinRange(const Volume& volume, IntensityRange range, const VoxelSet* within = nullptr);

struct GrowOptions {
    double marginMm = 10.0;      ///< how far beyond the seeds' box the labels may grow
    double contrastWeight = 8.0; ///< cost of a step across a full-contrast edge, in steps along a flat region
};

/// Every voxel near the seeds gets the label of the seed with the cheapest path to it; a path costs its length, more
/// where the intensity changes. Seeds are the non-zero labels of `seeds` (at least two different ones: one of them
/// marks what is outside). Source: Felzenszwalb-style shortest path forest; Falcao et al. 2004, image foresting
/// transform. Thread: any. Cancel polled. Errors: ShapeMismatch, InvalidInput (fewer than two labels:
/// "imaging.grow_needs_two_labels"), Cancelled.
Result<LabelMap> growFromSeeds(const Volume& volume, const LabelMap& seeds, const GrowOptions& options,
                               const TaskContext& task);

} // namespace sulcus::imaging
