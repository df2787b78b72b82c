// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/augment.h"

#include <optional>
#include <vector>

namespace sulcus::learning {

/// What varies in CT slices alone.

/// Replaces values by another grey window of themselves, clipped to 0..1. The ends are drawn on a scale where 0 is the
/// 5th and 1 the 95th percentile of the values: the lower from `windowDarkest` to `windowDark`, the upper from
/// `windowBright` to `windowBrightest` (uniform in its logarithm). So one network learns Hounsfield windows and the
/// pictures that people make of them. Values without spread stay as they are.
void drawWindow(std::vector<float>& values, const Augmentation& how, Random& random);

/// A slice whose labelled organ lies wholly on one side of the body, with that side replaced by the mirror image of the
/// other: a body of the same intensities without the organ, labels all 0. Nothing when the organ crosses the middle
/// column of the body, when nothing is labelled, or when the sample has more than one slice.
std::optional<CacheSample> mirroredHalf(const CacheSample& sample);

} // namespace sulcus::learning
