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
/// Input  float [N, C, D, H, W] (3-D) or [N, C, H, W] (2-D); sizes divisible by `granularity()`.
/// Output logits; the first at full size, further ones (deep supervision, in training only) each half the size of the
/// one before.
class Network : public torch::nn::Module {
public:
    virtual std::vector<torch::Tensor> forward(const torch::Tensor& input) = 0;
    virtual int granularity() const = 0;

    /// The last feature maps of the latest forward pass, kept outside training while gradients are recorded, with a
    /// gradient of their own: [N * views, C, h, w] of a network that looks at each view alone, else [N, C, h, w].
    /// Undefined where a network keeps none.
    const torch::Tensor& features() const { return m_features; }

protected:
    void keepFeatures(const torch::Tensor& features);

private:
    torch::Tensor m_features;
};

/// Builds the architecture a spec names, with fresh weights drawn from Torch's generator. Throws FieldError for a wrong
/// option.
std::shared_ptr<Network> makeNetwork(const NetworkSpec& spec);

/// Trainable numbers in a network.
std::int64_t parameterCount(const Network& network);

} // namespace sulcus::learning
