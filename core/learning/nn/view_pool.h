// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/nn/blocks.h"
#include "core/learning/nn/network.h"

#include <torch/nn/modules/linear.h>

#include <string>
#include <vector>

namespace sulcus::learning {

/// Options of the network for several views of one patient; the JSON names stand behind each.
struct ViewPoolOptions {
    int views = 8;
    int outputs = 1;
    std::vector<int> channels{8, 16, 32}; ///< "channels": one entry a level, finest first
    int convolutions = 2;                 ///< "convolutions": per level
    std::string norm = "batch";           ///< "norm": instance, batch, none
    std::string activation = "relu";      ///< "activation": relu, leaky_relu, elu, silu
    std::string pooling = "rows";         ///< "pooling": rows, views
    int hidden = 64;                      ///< "hidden": features after the views were joined
    double dropout = 0.0;                 ///< "dropout": of those
    bool coordinates = true;              ///< "coordinates": row and column as two more channels of the last level
};

/// One small convolutional encoder that looks at each view alone, then a pooling that joins the views: weights do not
/// grow with the number of views, and no view has a place of its own.
///
/// "rows": the views of a rotation run turn about the body's long axis, so a spot of the head keeps its row in all of
/// them while its column wanders. The strongest response of each row is kept, its mean and its maximum over the views
/// are joined row by row, and the strongest row decides. "views": the strongest response of a whole view, then mean and
/// maximum over the views. Input [N, views, H, W], output logits [N, outputs]. Coordinates as channels: Liu et al.
/// 2018.
class ViewPool : public Network {
public:
    explicit ViewPool(ViewPoolOptions options);
    std::vector<torch::Tensor> forward(const torch::Tensor& input) override;

private:
    ViewPoolOptions m_options;
    std::vector<std::shared_ptr<Convolution>> m_convolutions;
    std::vector<std::shared_ptr<Norm>> m_norms;
    std::shared_ptr<Convolution> m_join;
    torch::nn::Linear m_last{nullptr};
};

/// Throws FieldError for a wrong option.
ViewPoolOptions parseViewPoolOptions(const NetworkSpec& spec);

} // namespace sulcus::learning
