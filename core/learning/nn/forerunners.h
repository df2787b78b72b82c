// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/nn/blocks.h"
#include "core/learning/nn/network.h"

#include <torch/nn/modules/linear.h>

#include <vector>

namespace sulcus::learning {

/// The lung forerunner's encoder-decoder: 3x3 convolutions 32-64-128 with ReLU, each followed by 2x2 maximum, a dense
/// layer of 128 applied to each pixel, then three times doubling and a 3x3 convolution, 128-64-outputs. No skip
/// connections. 2-D.
class EncoderDecoder : public Network {
public:
    EncoderDecoder(int inputs, int outputs);
    std::vector<torch::Tensor> forward(const torch::Tensor& input) override;

private:
    std::vector<std::shared_ptr<Convolution>> m_down;
    std::shared_ptr<Convolution> m_dense;
    std::vector<std::shared_ptr<Convolution>> m_up;
};

/// VGG-16 for any number of input channels: 2-2-3-3-3 convolutions of 64-128-256-512-512, two dense layers of 4096 and
/// one of `outputs`. Input [N, inputs, 224, 224], output logits [N, outputs]. Source: Simonyan and Zisserman 2015,
/// configuration D.
class Vgg16 : public Network {
public:
    Vgg16(int inputs, int outputs, double dropout);
    std::vector<torch::Tensor> forward(const torch::Tensor& input) override;

private:
    std::vector<std::shared_ptr<Convolution>> m_convolutions;
    torch::nn::Linear m_first{nullptr};
    torch::nn::Linear m_second{nullptr};
    torch::nn::Linear m_last{nullptr};
    double m_dropout;
};

} // namespace sulcus::learning
