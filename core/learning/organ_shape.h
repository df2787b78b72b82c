// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/field.h"
#include "core/learning/spec.h"

namespace sulcus::learning {

/// Moves the outline of a lung mask to where the air begins, for CT in Hounsfield units (or raw numbers; any other
/// image is left alone). A network that works on 2-3 mm pixels is unsure by about one of them; the edge between lung
/// and chest wall is sharp.
///
/// In each slice: air-filled voxels (under `airBelowHu`, but not pure air as in the windpipe) that hang together with
/// the mask within three times `airReachMm` join it, unless they lie outside the body; denser voxels within
/// `airReachMm` leave it where they are part of something that reaches out of the mask (chest wall, heart), so that
/// vessels inside the lung stay. Pieces of a slice with less than three tenths of air vanish: a network that also knows
/// pictures of any window may take fat for lung. `image` holds raw values of one channel on the labels' grid; label
/// value `value` is moved.
void meetAir(LabelField& labels, const Field& image, unsigned char value, const PostProcessing& how);

/// Gives the two halves of a paired organ their own label values, when the volume shows both: voxels of `value` become
/// `sides.right` or `sides.left`. Fields run along the patient's left, so the half with the smaller column is the right
/// one. Halves that touch (both lungs behind the breastbone) are told apart by wearing the mask down until it falls in
/// two, and giving each voxel to the nearer core. Returns false, with the labels untouched, when there is one half only
/// (the smaller part has under a tenth of the larger) or a single slice without two clear halves.
bool nameSides(LabelField& labels, unsigned char value, const SideLabels& sides);

} // namespace sulcus::learning
