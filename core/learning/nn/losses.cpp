// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/losses.h"

#include "core/learning/interruption.h"

#include <torch/torch.h>

namespace sulcus::learning {

namespace {

std::vector<std::int64_t> allButChannels(const torch::Tensor& tensor) {
    std::vector<std::int64_t> axes{0};
    for (std::int64_t axis = 2; axis < tensor.dim(); ++axis) {
        axes.push_back(axis);
    }
    return axes;
}

/// Mean over known voxels, then over channels with their weights.
torch::Tensor channelMean(torch::Tensor values, const torch::Tensor& mask, const std::vector<double>& weights) {
    torch::Tensor known;
    const auto axes = allButChannels(values);
    if (mask.defined()) {
        values = values * mask;
        known = mask.sum().clamp_min(1.0);
    } else {
        known = torch::full({}, static_cast<double>(values.numel() / values.size(1)), values.options());
    }
    auto perChannel = values.sum(axes) / known;
    if (!weights.empty()) {
        auto factors = torch::tensor(weights, values.options());
        perChannel = perChannel * (factors / factors.mean());
    }
    return perChannel.mean();
}

} // namespace

torch::Tensor lossOf(const LossPlan& term, const torch::Tensor& logits, const torch::Tensor& target,
                     const torch::Tensor& mask, bool nested) {
    pollInterruption();
    if (term.name == "ce") {
        return channelMean(-(torch::log_softmax(logits, 1) * target), mask, term.channelWeights) *
               static_cast<double>(logits.size(1));
    }
    if (term.name == "bce") {
        // max(x, 0) - x t + log(1 + exp(-|x|)): stable for any logit.
        const auto values = logits.clamp_min(0) - logits * target + torch::log1p(torch::exp(-logits.abs()));
        return channelMean(values, mask, term.channelWeights);
    }
    if (term.name == "focal") {
        if (nested) {
            // With u = logit of the true side: -log p_t = softplus(-u), 1 - p_t = sigmoid(-u).
            const auto wrong = logits * (1.0 - 2.0 * target);
            return channelMean(torch::sigmoid(wrong).pow(term.gamma) * torch::softplus(wrong), mask,
                               term.channelWeights);
        }
        const auto logP = torch::log_softmax(logits, 1);
        const auto values = -(1.0 - logP.exp()).clamp_min(0).pow(term.gamma) * logP * target;
        return channelMean(values, mask, term.channelWeights) * static_cast<double>(logits.size(1));
    }
    auto p = nested ? torch::sigmoid(logits) : torch::softmax(logits, 1);
    if (term.name == "mse") {
        return channelMean((p - target).pow(2), mask, term.channelWeights);
    }
    auto t = target;
    if (mask.defined()) {
        p = p * mask;
        t = t * mask;
    }
    auto axes = allButChannels(logits);
    if (term.perCase) {
        axes.erase(axes.begin());
    }
    constexpr double kSmooth = 1.0;
    const auto overlap = (p * t).sum(axes);
    auto perChannel = 1.0 - (2.0 * overlap + kSmooth) / (p.sum(axes) + t.sum(axes) + kSmooth);
    if (term.perCase) {
        perChannel = perChannel.mean(0);
    }
    if (!term.channelWeights.empty()) {
        auto factors = torch::tensor(term.channelWeights, p.options());
        perChannel = perChannel * (factors / factors.mean());
    }
    return perChannel.mean();
}

torch::Tensor lossOf(const std::vector<LossPlan>& terms, const torch::Tensor& logits, const torch::Tensor& target,
                     const torch::Tensor& mask, bool nested) {
    torch::Tensor sum;
    for (const auto& term : terms) {
        auto value = lossOf(term, logits, target, mask, nested) * term.weight;
        sum = sum.defined() ? sum + value : value;
    }
    return sum;
}

} // namespace sulcus::learning
