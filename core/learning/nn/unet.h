// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/nn/blocks.h"
#include "core/learning/nn/network.h"

#include <string>
#include <vector>

namespace sulcus::learning {

/// Options of the U-Net; the JSON names stand behind each.
struct UNetOptions {
    int dimensions = 3;
    int inputs = 4;
    int outputs = 3;
    std::vector<int> channels{16, 32, 64, 128}; ///< "channels": one entry a level, finest first
    int convolutions = 2;                       ///< "convolutions": per level and side
    std::string norm = "instance";              ///< "norm": instance, batch, none
    std::string activation = "leaky_relu";      ///< "activation": relu, leaky_relu, elu, silu
    std::vector<double> dropout;                ///< "dropout": one number a level, or none
    bool deepSupervision = false;          ///< "deep_supervision": extra outputs at half and quarter size in training
    std::string upsampling = "transposed"; ///< "upsampling": transposed, linear
    std::string downsampling = "maximum";  ///< "downsampling": maximum, strided
    bool residual = false;                 ///< "residual": the level's first convolution is added to its last
    double outputBias = 0.0; ///< "output_bias": start value of the last layer's offset (rare foreground: -2)
};

/// U-Net. Source: Ronneberger et al. 2015; in 3-D Cicek et al. 2016.
class UNet : public Network {
public:
    explicit UNet(UNetOptions options);
    std::vector<torch::Tensor> forward(const torch::Tensor& input) override;

private:
    struct Level;
    UNetOptions m_options;
    std::vector<std::shared_ptr<Level>> m_down;
    std::vector<std::shared_ptr<Level>> m_up; ///< coarsest first
    std::vector<std::shared_ptr<DoublingConvolution>> m_doubling;
    std::vector<std::shared_ptr<Convolution>> m_narrowing;
    std::vector<std::shared_ptr<Convolution>> m_halving;
    std::vector<std::shared_ptr<Convolution>> m_heads; ///< finest first
};

UNetOptions parseUNetOptions(const NetworkSpec& spec);

} // namespace sulcus::learning
