// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/view_pool.h"

#include <torch/torch.h>

namespace sulcus::learning {

ViewPool::ViewPool(ViewPoolOptions options) : m_options(std::move(options)) {
    int last = 1;
    const std::size_t levels = m_options.channels.size();
    for (std::size_t level = 0; level < levels; ++level) {
        if (level + 1 == levels && m_options.coordinates) {
            last += 2;
        }
        for (int n = 0; n < m_options.convolutions; ++n) {
            const auto index = std::to_string(m_convolutions.size());
            const int next = m_options.channels[level];
            m_convolutions.push_back(register_module("conv" + index, std::make_shared<Convolution>(2, last, next, 3)));
            m_norms.push_back(register_module("norm" + index, std::make_shared<Norm>(m_options.norm, next)));
            last = next;
        }
    }
    m_join = register_module("join", std::make_shared<Convolution>(2, 2 * last, m_options.hidden, 1));
    m_last = register_module("last", torch::nn::Linear(m_options.hidden, m_options.outputs));
}

std::vector<torch::Tensor> ViewPool::forward(const torch::Tensor& input) {
    const auto patients = input.size(0);
    const auto views = input.size(1);
    torch::Tensor x = input.reshape({patients * views, 1, input.size(2), input.size(3)});
    std::size_t next = 0;
    for (std::size_t level = 0; level < m_options.channels.size(); ++level) {
        if (level > 0) {
            x = halvedByMaximum(x);
        }
        if (level + 1 == m_options.channels.size() && m_options.coordinates) {
            const auto n = x.size(0);
            const auto rows = torch::linspace(-1.0, 1.0, x.size(2), x.options()).view({1, 1, -1, 1});
            const auto columns = torch::linspace(-1.0, 1.0, x.size(3), x.options()).view({1, 1, 1, -1});
            x = torch::cat({x, rows.expand({n, 1, x.size(2), x.size(3)}), columns.expand({n, 1, x.size(2), x.size(3)})},
                           1);
        }
        for (int n = 0; n < m_options.convolutions; ++n, ++next) {
            x = activate(m_norms[next]->forward(m_convolutions[next]->forward(x)), m_options.activation);
        }
    }
    // [N, views, C, rows, 1]: the strongest response of each row, or of the whole view.
    auto strongest = m_options.pooling == "rows" ? x.amax({3}, true) : x.amax({2, 3}, true);
    strongest = strongest.view({patients, views, x.size(1), strongest.size(2), 1});
    auto joined = m_join->forward(torch::cat({strongest.mean(1), strongest.amax({1})}, 1));
    joined = torch::relu(joined).amax({2, 3});
    joined = torch::dropout(joined, m_options.dropout, is_training());
    return {m_last->forward(joined)};
}

ViewPoolOptions parseViewPoolOptions(const NetworkSpec& spec) {
    const JsonFields fields(spec.options, "architecture_options");
    ViewPoolOptions options;
    options.views = static_cast<int>(spec.inputs.size());
    options.outputs = static_cast<int>(spec.outputs.size());
    if (fields.has("channels")) {
        options.channels = fields.integers("channels", 1, 4096);
        if (options.channels.empty() || options.channels.size() > 8) {
            fields.refuse("channels", "must have one to eight levels");
        }
    }
    options.convolutions = fields.integer("convolutions", 1, 8, options.convolutions);
    options.norm = fields.oneOf("norm", {"instance", "batch", "none"}, options.norm);
    options.activation = fields.oneOf("activation", {"relu", "leaky_relu", "elu", "silu"}, options.activation);
    options.pooling = fields.oneOf("pooling", {"rows", "views"}, options.pooling);
    options.hidden = fields.integer("hidden", 1, 65536, options.hidden);
    options.dropout = fields.number("dropout", 0.0, 0.95, options.dropout);
    options.coordinates = fields.flag("coordinates", options.coordinates);
    return options;
}

} // namespace sulcus::learning
