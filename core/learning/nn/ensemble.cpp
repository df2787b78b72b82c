// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/ensemble.h"

#include <torch/torch.h>

#include <algorithm>

namespace sulcus::learning {

Ensemble::Ensemble(const std::vector<NetworkSpec>& members) {
    for (std::size_t i = 0; i < members.size(); ++i) {
        try {
            m_members.push_back(register_module(memberName(i), makeNetwork(members[i])));
        } catch (const FieldError& error) {
            // The member speaks of its own options, which stand in the ensemble's.
            throw FieldError("architecture_options.members[" + std::to_string(i) + "]." + error.field, error.what());
        }
    }
}

std::vector<torch::Tensor> Ensemble::forward(const torch::Tensor& input, const TaskContext& task) {
    task.report(0.0);
    std::vector<torch::Tensor> sums = m_members.front()->forward(input);
    for (std::size_t i = 1; i < m_members.size(); ++i) {
        task.report(static_cast<double>(i) / static_cast<double>(m_members.size()));
        const auto more = m_members[i]->forward(input);
        sums.resize(std::min(sums.size(), more.size()));
        for (std::size_t output = 0; output < sums.size(); ++output) {
            sums[output] = sums[output] + more[output];
        }
    }
    for (auto& sum : sums) {
        sum = sum / static_cast<double>(m_members.size());
    }
    return sums;
}

} // namespace sulcus::learning
