// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/interruption.h"

#include <torch/types.h>

namespace sulcus::learning {

/// Lets the coming `loss.backward()` ask `scope` before each of its operations; `Interrupted` (or an exception that the
/// library made of it, see `InterruptionScope::happened`) then leaves `backward`. The gradients found so far stay.
/// `scope` must live as long as the graph behind `loss`.
void pollInBackward(const torch::Tensor& loss, InterruptionScope& scope);

} // namespace sulcus::learning
