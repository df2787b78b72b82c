// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <string>

/// Each block asks `pollInterruption` (interruption.h) before it works.
namespace sulcus::learning {

/// Convolution of 2 or 3 dimensions that keeps the size (odd kernels, stride 1) or divides it (stride).
///
/// One class for both dimensions, because LibTorch's own are distinct types and every network here exists in both.
class Convolution : public torch::nn::Module {
public:
    Convolution(int dimensions, int inputs, int outputs, int kernel, int stride = 1, bool bias = true);
    torch::Tensor forward(const torch::Tensor& input);
    /// Convolution of the concatenation of `a` and `b` along the channels, without making it: the sum of two
    /// convolutions.
    torch::Tensor forward(const torch::Tensor& a, const torch::Tensor& b);

    torch::Tensor weight; ///< [outputs, inputs, k, k(, k)]
    torch::Tensor bias;   ///< [outputs], or undefined

private:
    torch::Tensor apply(const torch::Tensor& input, const torch::Tensor& kernel, const torch::Tensor& offset) const;
    int m_dimensions;
    int m_kernel;
    int m_stride;
};

/// Transposed convolution with kernel 2 and stride 2: each voxel becomes 2 x 2 (x 2).
///
/// Computed as a 1x1 convolution to 4 or 8 times the channels and a reordering, the same numbers several times faster
/// on a CPU.
class DoublingConvolution : public torch::nn::Module {
public:
    DoublingConvolution(int dimensions, int inputs, int outputs);
    torch::Tensor forward(const torch::Tensor& input);

    torch::Tensor weight; ///< [outputs * 2^dimensions, inputs, 1, 1(, 1)]
    torch::Tensor bias;   ///< [outputs]

private:
    int m_dimensions;
    int m_outputs;
};

/// Normalisation with scale and offset per channel, or nothing: "instance" over each image, "batch" over all of them,
/// "layer" over the channels of each voxel by itself (Ba et al. 2016), so that a piece is treated as the whole is.
class Norm : public torch::nn::Module {
public:
    Norm(const std::string& kind, int channels);
    torch::Tensor forward(const torch::Tensor& input);

    torch::Tensor weight;
    torch::Tensor bias;
    torch::Tensor runningMean; ///< batch only
    torch::Tensor runningVariance;

private:
    std::string m_kind;
};

/// "relu", "leaky_relu" (slope 0.01), "elu", "silu". In place where that is safe for the gradient.
torch::Tensor activate(const torch::Tensor& input, const std::string& kind);

/// 2 x 2 (x 2) maximum.
torch::Tensor halvedByMaximum(const torch::Tensor& input);

/// Twice the size along each axis, linear interpolation.
torch::Tensor doubledLinearly(const torch::Tensor& input);

} // namespace sulcus::learning
