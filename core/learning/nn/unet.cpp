// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/unet.h"

#include <torch/torch.h>

namespace sulcus::learning {

/// The convolutions of one side of one level, each with norm, activation and, between them, dropout.
struct UNet::Level : torch::nn::Module {
    Level(const UNetOptions& options, int inputs, int outputs, double dropoutShare)
        : activation(options.activation), residual(options.residual), dropout(dropoutShare) {
        for (int i = 0; i < options.convolutions; ++i) {
            const auto n = std::to_string(i);
            convolutions.push_back(
                register_module("conv" + n, std::make_shared<Convolution>(options.dimensions, i == 0 ? inputs : outputs,
                                                                          outputs, 3, 1, options.norm != "instance")));
            norms.push_back(register_module("norm" + n, std::make_shared<Norm>(options.norm, outputs)));
        }
    }

    /// `skip` may be undefined; else the first convolution sees both, `skip` first.
    torch::Tensor forward(const torch::Tensor& skip, const torch::Tensor& input) {
        torch::Tensor x = input;
        torch::Tensor first;
        for (std::size_t i = 0; i < convolutions.size(); ++i) {
            x = i == 0 && skip.defined() ? convolutions[i]->forward(skip, x) : convolutions[i]->forward(x);
            x = norms[i]->forward(x);
            if (residual && i + 1 == convolutions.size() && first.defined()) {
                x = x + first;
            }
            x = activate(x, activation);
            if (i == 0) {
                first = x;
                if (dropout > 0.0) {
                    x = torch::dropout(x, dropout, is_training());
                }
            }
        }
        return x;
    }

    std::vector<std::shared_ptr<Convolution>> convolutions;
    std::vector<std::shared_ptr<Norm>> norms;
    std::string activation;
    bool residual;
    double dropout;
};

UNet::UNet(UNetOptions options) : m_options(std::move(options)) {
    const auto& o = m_options;
    const auto levels = o.channels.size();
    const auto dropout = [&](std::size_t level) { return level < o.dropout.size() ? o.dropout[level] : 0.0; };
    for (std::size_t level = 0; level < levels; ++level) {
        const auto n = std::to_string(level);
        const int inputs = level == 0 ? o.inputs : o.channels[level - 1];
        if (level > 0 && o.downsampling == "strided") {
            m_halving.push_back(
                register_module("halve" + n, std::make_shared<Convolution>(o.dimensions, inputs, inputs, 2, 2)));
        }
        m_down.push_back(
            register_module("down" + n, std::make_shared<Level>(o, inputs, o.channels[level], dropout(level))));
    }
    for (std::size_t level = levels - 1; level-- > 0;) {
        const auto n = std::to_string(level);
        const int from = o.channels[level + 1];
        const int to = o.channels[level];
        if (o.upsampling == "transposed") {
            m_doubling.push_back(
                register_module("double" + n, std::make_shared<DoublingConvolution>(o.dimensions, from, to)));
        } else {
            m_narrowing.push_back(
                register_module("narrow" + n, std::make_shared<Convolution>(o.dimensions, from, to, 1)));
        }
        m_up.push_back(register_module("up" + n, std::make_shared<Level>(o, 2 * to, to, dropout(level))));
    }
    const std::size_t heads = o.deepSupervision ? std::min<std::size_t>(3, levels - 1) : 1;
    for (std::size_t level = 0; level < heads; ++level) {
        auto head = std::make_shared<Convolution>(o.dimensions, o.channels[level], o.outputs, 1);
        torch::NoGradGuard guard;
        // Small weights: the start is an even guess, not a random picture.
        head->weight.mul_(0.1);
        head->bias.fill_(o.outputBias);
        m_heads.push_back(register_module("head" + std::to_string(level), std::move(head)));
    }
}

std::vector<torch::Tensor> UNet::forward(const torch::Tensor& input) {
    const auto levels = m_options.channels.size();
    std::vector<torch::Tensor> skips;
    torch::Tensor x = input;
    for (std::size_t level = 0; level < levels; ++level) {
        if (level > 0) {
            x = m_halving.empty() ? halvedByMaximum(x) : m_halving[level - 1]->forward(x);
        }
        x = m_down[level]->forward({}, x);
        if (level + 1 < levels) {
            skips.push_back(x);
        }
    }
    std::vector<torch::Tensor> outputs(is_training() ? m_heads.size() : 1);
    for (std::size_t i = 0; i + 1 < levels; ++i) {
        const std::size_t level = levels - 2 - i;
        x = m_doubling.empty() ? doubledLinearly(m_narrowing[i]->forward(x)) : m_doubling[i]->forward(x);
        x = m_up[i]->forward(skips[level], x);
        if (level < outputs.size()) {
            outputs[level] = m_heads[level]->forward(x);
        }
    }
    return outputs;
}

UNetOptions parseUNetOptions(const NetworkSpec& spec) {
    const JsonFields fields(spec.options, "architecture_options");
    UNetOptions o;
    o.dimensions = spec.task == "segmentation-3d" ? 3 : 2;
    o.inputs = static_cast<int>(spec.inputs.size());
    o.outputs = static_cast<int>(spec.outputs.size());
    o.channels = fields.integers("channels", 1, 4096);
    if (o.channels.size() < 2 || o.channels.size() > 8) {
        fields.refuse("channels", "must have 2 to 8 levels");
    }
    o.convolutions = fields.integer("convolutions", 1, 8, o.convolutions);
    o.norm = fields.oneOf("norm", {"instance", "batch", "layer", "none"}, o.norm);
    o.activation = fields.oneOf("activation", {"relu", "leaky_relu", "elu", "silu"}, o.activation);
    if (fields.has("dropout")) {
        o.dropout = fields.numbers("dropout", 0.0, 0.95);
        if (!o.dropout.empty() && o.dropout.size() != o.channels.size()) {
            fields.refuse("dropout", "must have one number for each level, or none");
        }
    }
    o.deepSupervision = fields.flag("deep_supervision", o.deepSupervision);
    o.upsampling = fields.oneOf("upsampling", {"transposed", "linear"}, o.upsampling);
    o.downsampling = fields.oneOf("downsampling", {"maximum", "strided"}, o.downsampling);
    o.residual = fields.flag("residual", o.residual);
    o.outputBias = fields.number("output_bias", -20.0, 20.0, o.outputBias);
    return o;
}

} // namespace sulcus::learning
