// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/image_io.h"

#include <filesystem>
#include <string>

namespace sulcus::tests {

/// A plan of one CT input and one output that trains in seconds; %1 is the task, %2 the patch.
inline const char* const kTinyPlan = R"({
  "schema_version": 1, "name": "tiny", "version": "0.1.0", "intended_use": "test", "training_data": "phantoms",
  "licence": "none", "task": "%1", "architecture": "unet",
  "architecture_options": { "channels": [4, 8], "convolutions": 1, "norm": "instance", "activation": "leaky_relu",
    "deep_supervision": false, "upsampling": "transposed", "downsampling": "strided", "residual": false,
    "output_bias": 0.0 },
  "inputs": ["ct"], "spacing_mm": [2.0, 2.0, 2.0], "patch": %2, "overlap": 0.5, "missing_input": "refuse",
  "normalisation": { "method": "zscore", "low_percentile": 0.1, "high_percentile": 99.9, "clamp_low": -5.0,
    "clamp_high": 15.0 },
  "nested": true,
  "outputs": [ { "name": "lung", "sources": [1], "value": 1, "threshold": 0.5 } ],
  "labels": [ { "value": 1, "code": "lung", "name": "Lung", "colour": [0, 114, 178] } ],
  "post_processing": { "smallest_component_ml": 0.0, "smallest_inner_ml": 0.0, "keep_largest": 0, "fill_holes": false },
  "training": { "steps": 4, "steps_per_epoch": 2,
    "batch": { "size": 1, "patch": %2, "foreground_share": 0.5 },
    "losses": [ { "name": "dice", "weight": 1.0 } ],
    "optimiser": { "name": "adam", "learning_rate": 0.001, "weight_decay": 0.0, "gradient_clip": 0.0,
      "average_decay": 0.0 },
    "schedule": { "name": "constant", "power": 0.9, "warm_up_steps": 0 }, "seed": 1,
    "augmentation": {}, "validation": { "patients": [] } }
})";

/// IMG_<name>.nii.gz and MASK_<name>.nii.gz of 16 x 12 x `depth` voxels of 2 mm: noise that `seed` decides and, when
/// labelled, a bright box [5, 9) x [3, 7) x [2, 6) with label 1.
inline bool writeTinyPair(const std::filesystem::path& folder, const std::string& name, int depth, int seed,
                          bool labelled) {
    imaging::Volume image;
    image.geometry.size = {16, 12, depth};
    image.geometry.spacing = {2.0, 2.0, 2.0};
    imaging::LabelMap mask;
    mask.geometry = image.geometry;
    mask.voxels.assign(mask.geometry.voxelCount(), 0);
    for (std::size_t n = 0; n < image.geometry.voxelCount(); ++n)
        image.voxels.push_back(static_cast<float>((n * 7 + static_cast<std::size_t>(seed) * 13) % 101) + 1.0F);
    if (labelled) {
        for (int k = 2; k < 6; ++k)
            for (int j = 3; j < 7; ++j)
                for (int i = 5; i < 9; ++i) {
                    mask.voxels[mask.geometry.offset({i, j, k})] = 1;
                    image.voxels[image.geometry.offset({i, j, k})] += 300.0F;
                }
    }
    return imaging::writeVolume(image, folder / ("IMG_" + name + ".nii.gz")) &&
           imaging::writeLabelMap(mask, folder / ("MASK_" + name + ".nii.gz"));
}

} // namespace sulcus::tests
