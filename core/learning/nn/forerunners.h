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

struct Vgg16Options {
    int inputs = 8;
    int outputs = 1;
    std::string norm = "none"; ///< instance, batch, none; after each convolution
    double dropout = 0.5;      ///< of the two dense layers
};

/// VGG-16 for any number of input channels: 2-2-3-3-3 convolutions of 64-128-256-512-512, two dense layers of 4096 and
/// one of `outputs`. Input [N, inputs, H, W] with sides that are multiples of 32, output logits [N, outputs]. The dense
/// layers are made for the 7 x 7 map of 224 x 224 pictures; a map of another size is averaged to 7 x 7, so that the
/// same weights serve every size. Source: Simonyan and Zisserman 2015, configuration D.
class Vgg16 : public Network {
public:
    explicit Vgg16(const Vgg16Options& options);
    std::vector<torch::Tensor> forward(const torch::Tensor& input) override;

private:
    std::vector<std::shared_ptr<Convolution>> m_convolutions;
    std::vector<std::shared_ptr<Norm>> m_norms;
    torch::nn::Linear m_first{nullptr};
    torch::nn::Linear m_second{nullptr};
    torch::nn::Linear m_last{nullptr};
    double m_dropout;
};

/// Errors: FieldError by the name of the option.
Vgg16Options parseVgg16Options(const NetworkSpec& spec);

} // namespace sulcus::learning
