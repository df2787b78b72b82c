// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"

namespace sulcus::imaging {

/// What part of the body a CT shows, as far as its intensities tell.
enum class CtRegion { Unknown, Head, Chest, Abdomen };

/// Guesses from the shares of tissue in the volume, seen at about two hundred thousand voxels:
///  - aerated lung (-950 to -500 HU) at least a fifth of the tissue (-500 to 2000): a chest;
///  - else fat (-150 to -30) at least a fifth of the soft tissue (-30 to 150): an abdomen;
///  - else a head.
/// Unknown for values that are not HU (nothing below -200), and where there is next to no tissue. A guess that chooses
/// a grey window and a first proposal of a network, nothing else. Some milliseconds, any thread.
CtRegion guessCtRegion(const Volume& volume);

/// The same for axial pictures of a CT without Hounsfield units (an 8-bit window, a folder of TIFF slices), where grey
/// values tell nothing. A chest when in the median of up to five slices the two largest dark areas that the body
/// encloses are at least 0.12 of the body; else Unknown. Dark is up to Otsu's threshold.
/// Measured on single slices of two sets each: chests whose lungs are in view 0.76 and 0.95 of them, livers 0.00.
CtRegion guessPictureRegion(const Volume& volume);

/// How much of the tissue (-500 to 2000 HU) of a CT is bone (from 300 HU), 0..1, seen at about two hundred thousand
/// voxels; raw numbers count as Hounsfield units. A head has 0.18, half a chest 0.03 to 0.04. 0 for
/// values that are no CT's, and for less than eight slices, of which one may cut a bone lengthwise. Any thread.
double boneShare(const Volume& ct);

} // namespace sulcus::imaging
