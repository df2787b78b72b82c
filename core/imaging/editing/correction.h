// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/editing/voxel_set.h"

#include <cstdint>
#include <optional>

namespace sulcus::imaging {

/// The connected piece (26-neighbourhood) under a click: same label as the click, or any non-zero label when
/// `anyLabel`. Empty when the click hits background.
VoxelSet pieceAt(const LabelMap& map, VoxelIndex click, bool anyLabel);

struct CorrectionOptions {
    double reachMm = 30.0;                 ///< of an added region, from the click
    double smallPieceShare = 0.2;          ///< a piece with less than this share of the mask goes as a whole
    double band = 0.1;                     ///< added to or taken from the probability under the click
    std::optional<std::uint8_t> onlyLabel; ///< removing: other labels count as background
    double least = 0.05;                   ///< adding: a click on less than this probability adds nothing
};

/// Click to correct, adding: what the network came close to calling tumour round the click. Voxels joined to the click
/// within reach whose probability is at least that under the click less the band (and at least 0.6 of it, and 0.02),
/// and the holes among them. Empty where the network sees next to nothing (`least`). `probability` 0..1 on the mask's
/// grid. Costs in proportion to the region, not to the volume.
VoxelSet regionToAdd(const Volume& probability, VoxelIndex click, const CorrectionOptions& options);

/// Click to correct, removing: the whole piece under the click when it is small; else the part of it joined to the
/// click that the network was no surer of than of the clicked voxel (plus the band), within reach. Never empty when the
/// click hits the mask, or with `onlyLabel` a voxel of that label. `probability` is that of what the click denies: of
/// the whole tumour, or of the region that the label stands for.
VoxelSet regionToRemove(const Volume& probability, const LabelMap& map, VoxelIndex click,
                        const CorrectionOptions& options);

} // namespace sulcus::imaging
