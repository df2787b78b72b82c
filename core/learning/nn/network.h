// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/spec.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <memory>
#include <vector>

namespace sulcus::learning {

/// Any network of this project.
///
/// Input  float [N, C, D, H, W] (3-D) or [N, C, H, W] (2-D); sizes divisible by `granularityOf` (patch_rule.h).
/// Output logits; the first at full size, further ones (deep supervision, in training only) each half the size of the
/// one before.
class Network : public torch::nn::Module {
public:
    virtual std::vector<torch::Tensor> forward(const torch::Tensor& input) = 0;
};

/// Builds the architecture a spec names, with fresh weights drawn from Torch's generator. Throws FieldError for a wrong
/// option.
std::shared_ptr<Network> makeNetwork(const NetworkSpec& spec);

/// Trainable numbers in a network.
std::int64_t parameterCount(const Network& network);

} // namespace sulcus::learning
