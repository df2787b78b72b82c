// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/field.h"
#include "core/learning/spec.h"

#include <vector>

namespace sulcus::learning {

/// Pieces of the non-zero voxels of a mask [depth, height, width], 26 neighbours (8 in a single slice). `piece` holds 0
/// for background, else 1, 2, ... ; `voxels[n - 1]` is the size of piece n.
struct Components {
    std::vector<int> piece;
    std::vector<std::size_t> voxels;
};
Components components(const std::vector<unsigned char>& mask, int depth, int height, int width);

/// Background voxels that no path of face neighbours (within a slice when `flat`) leads from to the border become
/// `value`; within a slice only where a hole has at most a tenth of the slice's labelled area.
void fillHoles(LabelField& labels, unsigned char value, bool flat);

/// What a bundle's "post_processing" asks for, in place: small pieces of all labels together vanish (the largest always
/// stays; `smallest_share` counts in volumes only, since one slice may show the tips of an organ), so do pieces of the
/// outermost output alone beside a much larger one, then holes are filled with the outermost output's value, then an
/// innermost output of too little volume is folded into the one around it.
void postProcess(LabelField& labels, const NetworkSpec& spec);

} // namespace sulcus::learning
