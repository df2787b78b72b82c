// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/task_context.h"
#include "core/learning/nn/network.h"

#include <memory>
#include <vector>

namespace sulcus::learning {

/// Several networks that see the same image on the same grid; their answer is the mean of their logits. Networks of
/// different make err in different places, so the mean is often better than the best of them, for the sum of their
/// costs. Source: Hansen and Salamon 1990; of logits rather than probabilities, since one that is sure then outweighs
/// one that is not.
class Ensemble : public Network {
public:
    /// Builds each member with fresh weights. Throws FieldError as `makeNetwork` does.
    explicit Ensemble(const std::vector<NetworkSpec>& members);

    /// In training as many outputs as the member with the fewest has.
    std::vector<torch::Tensor> forward(const torch::Tensor& input) override { return forward(input, TaskContext()); }
    /// The same; each member moves the bar.
    std::vector<torch::Tensor> forward(const torch::Tensor& input, const TaskContext& task);

private:
    std::vector<std::shared_ptr<Network>> m_members;
};

} // namespace sulcus::learning
