// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/plan.h"

#include <torch/types.h>

#include <map>
#include <string>
#include <vector>

namespace sulcus::learning {

/// Adam, AdamW or SGD with momentum over named parameters. Its state is plain tensors, so that checkpoints do not
/// depend on LibTorch's own serialisation.
///
/// Sources: Kingma and Ba 2015 (Adam); Loshchilov and Hutter 2019 (AdamW: decay apart from the gradient); Sutskever et
/// al. 2013.
class Optimiser {
public:
    Optimiser(const TrainingPlan& plan, std::vector<std::pair<std::string, torch::Tensor>> parameters);

    /// One update from the parameters' gradients; `step` counts from 1 (Adam's bias correction).
    void update(double learningRate, std::int64_t step);

    /// Scales all gradients so that their common norm is at most `limit`; returns the norm before.
    double clip(double limit);
    void clearGradients();

    std::map<std::string, torch::Tensor> state() const;
    /// Errors: ShapeMismatch is the caller's to report; returns false when something is missing.
    bool restore(const std::map<std::string, torch::Tensor>& state);

private:
    std::string m_name;
    double m_decay;
    double m_momentum;
    std::vector<std::pair<std::string, torch::Tensor>> m_parameters;
    std::vector<torch::Tensor> m_first;
    std::vector<torch::Tensor> m_second; ///< Adam and AdamW
};

} // namespace sulcus::learning
