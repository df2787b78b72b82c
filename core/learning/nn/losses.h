// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/plan.h"

#include <torch/types.h>

#include <vector>

namespace sulcus::learning {

/// Loss of `logits` against `target`, both [N, C, ...]; `mask` [N, 1, ...] is 1 where the truth is known, 0 where it is
/// not (may be undefined: known everywhere). Double or float; differentiable; a scalar.
///
/// `nested`: channels are independent regions (sigmoid); else classes that exclude each other (softmax over the
/// channels, `target` one-hot).
///  - dice  1 - mean over channels of (2 sum(p t) + s) / (sum p + sum t + s), sums over batch and voxels, s = 1.
///          Source: Milletari et al. 2016, with the sums in the denominator as in Drozdzal et al. 2016.
///  - focal mean of (1 - p_t)^gamma * -log p_t. Source: Lin et al. 2017, alpha left out.
///  - bce   mean binary cross-entropy. ce: mean categorical cross-entropy (exclusive classes only). mse: mean (p -
///  t)^2.
torch::Tensor lossOf(const LossPlan& term, const torch::Tensor& logits, const torch::Tensor& target,
                     const torch::Tensor& mask, bool nested);

/// The weighted sum of the terms.
torch::Tensor lossOf(const std::vector<LossPlan>& terms, const torch::Tensor& logits, const torch::Tensor& target,
                     const torch::Tensor& mask, bool nested);

} // namespace sulcus::learning
