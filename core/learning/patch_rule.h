// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/spec.h"

#include <vector>

namespace sulcus::learning {

/// What every side of an image must be a multiple of, since the network halves it so often; 1 for a network that nobody
/// knows the inside of (TorchScript).
int granularityOf(const NetworkSpec& spec);

/// Refuses a size that the network cannot take, under the name `field`: by FieldError, with the multiple that is
/// needed. `size`: D, H, W in 3-D; H, W in 2-D. `images`: how many of that size are seen at once in training; 0 = not
/// in training, where a normalisation needs no more than one value.
void checkPatch(const NetworkSpec& spec, const std::vector<int>& size, int images, const JsonFields& fields,
                const char* field);

} // namespace sulcus::learning
