// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/backward_polls.h"

#include <torch/torch.h>

#include <memory>
#include <unordered_set>
#include <vector>

namespace sulcus::learning {

namespace {

struct AskFirst : torch::autograd::FunctionPreHook {
    explicit AskFirst(InterruptionScope& asked) : scope(asked) {}
    torch::autograd::variable_list operator()(const torch::autograd::variable_list& gradients) override {
        scope.poll();
        return gradients;
    }
    InterruptionScope& scope;
};

} // namespace

void pollInBackward(const torch::Tensor& loss, InterruptionScope& scope) {
    using torch::autograd::Node;
    std::vector<Node*> open{loss.grad_fn().get()};
    std::unordered_set<Node*> seen{nullptr, open.front()};
    while (!open.empty()) {
        Node* const node = open.back();
        open.pop_back();
        // The ends of the graph belong to the parameters and may outlive this step: they get no hook.
        if (node == nullptr || node->next_edges().empty()) {
            continue;
        }
        node->add_pre_hook(std::make_unique<AskFirst>(scope));
        for (const auto& edge : node->next_edges()) {
            if (seen.insert(edge.function.get()).second) {
                open.push_back(edge.function.get());
            }
        }
    }
}

} // namespace sulcus::learning
