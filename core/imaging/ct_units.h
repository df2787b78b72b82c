// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"

namespace sulcus::imaging {

/// What water measures in a CT: 0 in Hounsfield units, 1024 where the file holds the scanner's raw numbers (at least a
/// tenth of the values between 900 and 1224, where fat, water and muscle then lie, and hardly any below -100 or above
/// 5200; a lowest value below -1100 fills the corners of pictures and does not count). Looks at about half a
/// million voxels: some milliseconds. Any thread.
float waterOf(const Volume& ct);

} // namespace sulcus::imaging
