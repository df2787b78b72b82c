// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/demo/smooth_field.h"
#include "core/workflow/demo/template_brain.h"

#include <cstdint>
#include <vector>

namespace sulcus::workflow {

/// What the seed decides about the tumour before it grows.
struct TumourPlan {
    imaging::VoxelIndex centre;
    double coreMl = 20.0;
    double oedemaMl = 50.0;
    double rimMm = 5.0;      ///< mean thickness of the enhancing rim
    double roughness = 0.45; ///< how unevenly it grows, 0 a ball
    std::uint64_t seed = 0;
};

/// Picks a lobe and side, then a place in white matter there that is clear of surface and ventricles.
TumourPlan planTumour(const Brain& brain, Dice& dice);

/// Labels of the BraTS scheme up to 2021 on the brain's grid.
struct Tumour {
    std::vector<std::uint8_t> labels; ///< 0, 1 necrotic core, 2 oedema, 4 enhancing
    std::vector<float> reach;         ///< 0 at the core's edge, 1 at the oedema's, 2 beyond; inside the core 0
};

/// Grows the core from its centre and the oedema from the core's surface: voxels are taken in the order of their
/// geodesic distance (Dijkstra, 26 neighbours), whose cost is low in white matter, high in grey and prohibitive in
/// fluid, until the volume is reached. Cancel: polled every 100,000 voxels; a cancelled growth is returned as it
/// stands.
Tumour growTumour(const Brain& brain, const TumourPlan& plan, const TaskContext& task);

} // namespace sulcus::workflow
