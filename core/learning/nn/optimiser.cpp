// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/optimiser.h"

#include <torch/torch.h>

#include <cmath>

namespace sulcus::learning {

namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;

} // namespace

Optimiser::Optimiser(const TrainingPlan& plan, std::vector<std::pair<std::string, torch::Tensor>> parameters)
    : m_name(plan.optimiser),
      m_decay(plan.weightDecay),
      m_momentum(plan.momentum),
      m_parameters(std::move(parameters)) {
    const torch::NoGradGuard guard;
    for (const auto& [name, parameter] : m_parameters) {
        // Plain gradient descent remembers nothing, which matters for a network of half a gigabyte.
        if (m_name != "sgd" || m_momentum > 0.0) {
            m_first.push_back(torch::zeros_like(parameter));
        }
        if (m_name != "sgd") {
            m_second.push_back(torch::zeros_like(parameter));
        }
    }
}

void Optimiser::update(double learningRate, std::int64_t step) {
    const torch::NoGradGuard guard;
    const double correction1 = 1.0 - std::pow(kBeta1, static_cast<double>(step));
    const double correction2 = 1.0 - std::pow(kBeta2, static_cast<double>(step));
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        auto& parameter = m_parameters[i].second;
        if (!parameter.grad().defined()) {
            continue;
        }
        auto gradient = parameter.grad();
        // Offsets and norms have one axis and are not decayed: shrinking them does not simplify a network.
        const double decay = parameter.dim() > 1 ? m_decay : 0.0;
        if (m_name == "adamw") {
            parameter.mul_(1.0 - learningRate * decay);
        } else if (decay > 0.0) {
            gradient = gradient + decay * parameter;
        }
        if (m_first.empty()) {
            parameter.add_(gradient, -learningRate);
            continue;
        }
        if (m_name == "sgd") {
            m_first[i].mul_(m_momentum).add_(gradient);
            parameter.add_(m_first[i], -learningRate);
            continue;
        }
        m_first[i].mul_(kBeta1).add_(gradient, 1.0 - kBeta1);
        m_second[i].mul_(kBeta2).addcmul_(gradient, gradient, 1.0 - kBeta2);
        const auto scale = m_second[i].sqrt().div_(std::sqrt(correction2)).add_(kEpsilon);
        parameter.addcdiv_(m_first[i], scale, -learningRate / correction1);
    }
}

double Optimiser::clip(double limit) {
    const torch::NoGradGuard guard;
    double squares = 0.0;
    for (const auto& [name, parameter] : m_parameters) {
        if (parameter.grad().defined()) {
            const double norm = parameter.grad().norm().item<double>();
            squares += norm * norm;
        }
    }
    const double norm = std::sqrt(squares);
    if (limit > 0.0 && norm > limit) {
        for (auto& [name, parameter] : m_parameters) {
            if (parameter.grad().defined()) {
                parameter.mutable_grad().mul_(limit / norm);
            }
        }
    }
    return norm;
}

void Optimiser::clearGradients() {
    for (auto& [name, parameter] : m_parameters) {
        parameter.mutable_grad().reset();
    }
}

std::map<std::string, torch::Tensor> Optimiser::state() const {
    std::map<std::string, torch::Tensor> result;
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        if (!m_first.empty()) {
            result["first." + m_parameters[i].first] = m_first[i];
        }
        if (!m_second.empty()) {
            result["second." + m_parameters[i].first] = m_second[i];
        }
    }
    return result;
}

bool Optimiser::restore(const std::map<std::string, torch::Tensor>& state) {
    const torch::NoGradGuard guard;
    for (auto& [name, tensor] : this->state()) {
        const auto found = state.find(name);
        if (found == state.end() || found->second.sizes() != tensor.sizes()) {
            return false;
        }
        const_cast<torch::Tensor&>(tensor).copy_(found->second);
    }
    return true;
}

} // namespace sulcus::learning
