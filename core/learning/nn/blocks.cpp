// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/blocks.h"

#include "core/learning/interruption.h"

#include <torch/torch.h>

#include <cmath>

namespace sulcus::learning {

namespace {

std::vector<std::int64_t> kernelShape(int dimensions, int outputs, int inputs, int kernel) {
    std::vector<std::int64_t> shape{outputs, inputs};
    shape.insert(shape.end(), static_cast<std::size_t>(dimensions), kernel);
    return shape;
}

/// He et al. 2015: deviation sqrt(2 / fan-in), for rectifying activations.
torch::Tensor heNormal(const std::vector<std::int64_t>& shape, double fanIn) {
    pollInterruption();
    return torch::randn(shape) * std::sqrt(2.0 / fanIn);
}

/// Whether a border of zeros is laid around by hand before a 3-D convolution is learnt from.
///
/// On processors with AVX2 and no AVX-512, oneDNN finds the gradient of the weights of a padded 3-D convolution by
/// unfolding; without padding it has a direct way, three times as fast, which pays for the copy
/// (`bench_convolution`).
bool padsByHand(int dimensions, int kernel, const torch::Tensor& input) {
#if defined(__x86_64__) && defined(__GNUC__)
    static const bool narrow = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("avx512f") == 0;
#else
    constexpr bool narrow = false;
#endif
    return narrow && dimensions == 3 && kernel > 2 && input.device().is_cpu() && torch::GradMode::is_enabled();
}

} // namespace

Convolution::Convolution(int dimensions, int inputs, int outputs, int kernel, int stride, bool withBias)
    : m_dimensions(dimensions), m_kernel(kernel), m_stride(stride) {
    weight = register_parameter(
        "weight", heNormal(kernelShape(dimensions, outputs, inputs, kernel), inputs * std::pow(kernel, dimensions)));
    bias = register_parameter("bias", withBias ? torch::zeros({outputs}) : torch::Tensor(), withBias);
}

torch::Tensor Convolution::apply(const torch::Tensor& input, const torch::Tensor& kernel,
                                 const torch::Tensor& offset) const {
    pollInterruption();
    const std::vector<std::int64_t> stride(static_cast<std::size_t>(m_dimensions), m_stride);
    const std::int64_t border = (m_kernel - 1) / 2;
    if (padsByHand(m_dimensions, m_kernel, input)) {
        const auto padded = torch::constant_pad_nd(input, std::vector<std::int64_t>(6, border));
        return torch::conv3d(padded, kernel, offset, stride);
    }
    const std::vector<std::int64_t> padding(static_cast<std::size_t>(m_dimensions), border);
    return m_dimensions == 3 ? torch::conv3d(input, kernel, offset, stride, padding)
                             : torch::conv2d(input, kernel, offset, stride, padding);
}

torch::Tensor Convolution::forward(const torch::Tensor& input) { return apply(input, weight, bias); }

torch::Tensor Convolution::forward(const torch::Tensor& a, const torch::Tensor& b) {
    const auto first = a.size(1);
    auto sum = apply(a, weight.narrow(1, 0, first), bias);
    sum.add_(apply(b, weight.narrow(1, first, weight.size(1) - first), {}));
    return sum;
}

DoublingConvolution::DoublingConvolution(int dimensions, int inputs, int outputs)
    : m_dimensions(dimensions), m_outputs(outputs) {
    weight = register_parameter("weight", heNormal(kernelShape(dimensions, outputs << dimensions, inputs, 1), inputs));
    bias = register_parameter("bias", torch::zeros({outputs}));
}

torch::Tensor DoublingConvolution::forward(const torch::Tensor& input) {
    pollInterruption();
    const auto n = input.size(0);
    const auto offset = bias.repeat_interleave(std::int64_t{1} << m_dimensions);
    if (m_dimensions == 2) {
        const auto h = input.size(2);
        const auto w = input.size(3);
        return torch::conv2d(input, weight, offset)
            .view({n, m_outputs, 2, 2, h, w})
            .permute({0, 1, 4, 2, 5, 3})
            .reshape({n, m_outputs, 2 * h, 2 * w});
    }
    const auto d = input.size(2);
    const auto h = input.size(3);
    const auto w = input.size(4);
    return torch::conv3d(input, weight, offset)
        .view({n, m_outputs, 2, 2, 2, d, h, w})
        .permute({0, 1, 5, 2, 6, 3, 7, 4})
        .reshape({n, m_outputs, 2 * d, 2 * h, 2 * w});
}

Norm::Norm(const std::string& kind, int channels) : m_kind(kind) {
    if (kind == "none") {
        return;
    }
    weight = register_parameter("weight", torch::ones({channels}));
    bias = register_parameter("bias", torch::zeros({channels}));
    if (kind == "batch") {
        runningMean = register_buffer("running_mean", torch::zeros({channels}));
        runningVariance = register_buffer("running_variance", torch::ones({channels}));
    }
}

torch::Tensor Norm::forward(const torch::Tensor& input) {
    pollInterruption();
    constexpr double kMomentum = 0.1;
    constexpr double kEpsilon = 1e-5;
    if (m_kind == "instance") {
        return torch::instance_norm(input, weight, bias, {}, {}, true, kMomentum, kEpsilon, false);
    }
    if (m_kind == "batch") {
        return torch::batch_norm(input, weight, bias, runningMean, runningVariance, is_training(), kMomentum, kEpsilon,
                                 false);
    }
    if (m_kind == "layer") {
        // Larger than for the others: in empty background the channels differ by next to nothing.
        constexpr double kLayerEpsilon = 1e-3;
        const auto centred = input - input.mean({1}, true);
        const auto scale = torch::rsqrt(centred.square().mean({1}, true) + kLayerEpsilon);
        std::vector<std::int64_t> shape(static_cast<std::size_t>(input.dim()), 1);
        shape[1] = -1;
        return torch::addcmul(bias.view(shape), centred * scale, weight.view(shape));
    }
    return input;
}

torch::Tensor activate(const torch::Tensor& input, const std::string& kind) {
    pollInterruption();
    if (kind == "relu") {
        return torch::relu_(const_cast<torch::Tensor&>(input));
    }
    if (kind == "leaky_relu") {
        return torch::leaky_relu_(const_cast<torch::Tensor&>(input), 0.01);
    }
    if (kind == "elu") {
        return torch::elu(input);
    }
    return torch::silu(input);
}

torch::Tensor halvedByMaximum(const torch::Tensor& input) {
    pollInterruption();
    return input.dim() == 5 ? torch::max_pool3d(input, 2) : torch::max_pool2d(input, 2);
}

torch::Tensor doubledLinearly(const torch::Tensor& input) {
    pollInterruption();
    namespace F = torch::nn::functional;
    if (input.dim() == 5) {
        return F::interpolate(input, F::InterpolateFuncOptions()
                                         .scale_factor(std::vector<double>{2, 2, 2})
                                         .mode(torch::kTrilinear)
                                         .align_corners(false));
    }
    return F::interpolate(input, F::InterpolateFuncOptions()
                                     .scale_factor(std::vector<double>{2, 2})
                                     .mode(torch::kBilinear)
                                     .align_corners(false));
}

} // namespace sulcus::learning
