// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"

#include <span>

namespace sulcus::imaging {

/// The value that best parts `values` into two classes (Otsu 1979, 256 bins between the extremes): those above it are
/// the bright class. 0 for no values; the value itself when all are equal.
float otsuThreshold(std::span<const float> values);

/// 1 where something was imaged, 0 in the background. Skull-stripped data (at least a tenth of the voxels share the
/// lowest value or exactly 0) is everything else than that value; otherwise what lies above Otsu's threshold.
LabelMap foregroundMask(const Volume& volume);

/// Foreground of any of several volumes on one grid (the brain of a BraTS case).
LabelMap foregroundMask(std::span<const VolumePtr> volumes);

/// The baseline that every network must beat: 1 where a voxel of the foreground is above Otsu's threshold of the
/// foreground.
LabelMap otsuMask(const Volume& volume);

} // namespace sulcus::imaging
