// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/forerunners.h"

#include "core/learning/interruption.h"

#include <torch/torch.h>

namespace sulcus::learning {

namespace {

constexpr std::int64_t kVggMap = 7; ///< side of the map that the dense layers see: 224 / 2^5

} // namespace

EncoderDecoder::EncoderDecoder(int inputs, int outputs) {
    const int channels[] = {32, 64, 128};
    int last = inputs;
    for (const int next : channels) {
        m_down.push_back(
            register_module("down" + std::to_string(m_down.size()), std::make_shared<Convolution>(2, last, next, 3)));
        last = next;
    }
    // A dense layer on each pixel is a 1x1 convolution.
    m_dense = register_module("dense", std::make_shared<Convolution>(2, 128, 128, 1));
    for (const int next : {128, 64, outputs}) {
        m_up.push_back(
            register_module("up" + std::to_string(m_up.size()), std::make_shared<Convolution>(2, last, next, 3)));
        last = next;
    }
}

std::vector<torch::Tensor> EncoderDecoder::forward(const torch::Tensor& input) {
    torch::Tensor x = input;
    for (const auto& convolution : m_down) {
        x = halvedByMaximum(torch::relu(convolution->forward(x)));
    }
    x = torch::relu(m_dense->forward(x));
    for (std::size_t i = 0; i < m_up.size(); ++i) {
        x = m_up[i]->forward(torch::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)}));
        x = i + 1 < m_up.size() ? torch::relu(x) : x;
    }
    return {x};
}

Vgg16::Vgg16(const Vgg16Options& options) : m_dropout(options.dropout) {
    const std::pair<int, int> groups[] = {{2, 64}, {2, 128}, {3, 256}, {3, 512}, {3, 512}};
    int last = options.inputs;
    for (const auto& [count, channels] : groups) {
        for (int i = 0; i < count; ++i) {
            const auto index = std::to_string(m_convolutions.size());
            m_convolutions.push_back(
                register_module("conv" + index, std::make_shared<Convolution>(2, last, channels, 3)));
            m_norms.push_back(register_module("norm" + index, std::make_shared<Norm>(options.norm, channels)));
            last = channels;
        }
    }
    // A hundred million numbers: the longest single piece of work here.
    pollInterruption();
    m_first = register_module("first", torch::nn::Linear(512 * kVggMap * kVggMap, 4096));
    pollInterruption();
    m_second = register_module("second", torch::nn::Linear(4096, 4096));
    m_last = register_module("last", torch::nn::Linear(4096, options.outputs));
}

std::vector<torch::Tensor> Vgg16::forward(const torch::Tensor& input) {
    torch::Tensor x = input;
    std::size_t next = 0;
    for (const int count : {2, 2, 3, 3, 3}) {
        for (int i = 0; i < count; ++i) {
            x = torch::relu(m_norms[next]->forward(m_convolutions[next]->forward(x)));
            ++next;
        }
        x = halvedByMaximum(x);
    }
    pollInterruption();
    if (x.size(2) != kVggMap || x.size(3) != kVggMap) {
        x = torch::adaptive_avg_pool2d(x, {kVggMap, kVggMap});
    }
    x = x.flatten(1);
    x = torch::dropout(torch::relu(m_first->forward(x)), m_dropout, is_training());
    x = torch::dropout(torch::relu(m_second->forward(x)), m_dropout, is_training());
    return {m_last->forward(x)};
}

Vgg16Options parseVgg16Options(const NetworkSpec& spec) {
    const JsonFields fields(spec.options, "architecture_options");
    Vgg16Options options;
    options.inputs = static_cast<int>(spec.inputs.size());
    options.outputs = static_cast<int>(spec.outputs.size());
    options.norm = fields.oneOf("norm", {"instance", "batch", "layer", "none"}, options.norm);
    options.dropout = fields.number("dropout", 0.0, 0.95, options.dropout);
    return options;
}

} // namespace sulcus::learning
