// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/windows.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace sulcus::learning {

std::vector<int> windowStarts(int size, int window, double overlap) {
    if (size <= window) {
        return {0};
    }
    const double step = std::max(1.0, window * (1.0 - overlap));
    const int count = static_cast<int>(std::ceil((size - window) / step - 1e-9)) + 1;
    std::vector<int> starts;
    for (int i = 0; i < count; ++i) {
        starts.push_back(static_cast<int>(std::lround(static_cast<double>(i) * (size - window) / (count - 1))));
    }
    return starts;
}

namespace {

torch::Tensor gaussian(const std::vector<int>& patch) {
    torch::Tensor weight = torch::ones({1});
    for (const int size : patch) {
        const auto at = torch::arange(size, torch::kFloat32) - (size - 1) / 2.0;
        const double deviation = size / 8.0;
        const auto line = torch::exp(-0.5 * (at / deviation).pow(2));
        weight = weight.unsqueeze(-1) * line;
    }
    // Nowhere so small that a division by the sum of weights would lose digits.
    return weight.squeeze(0).clamp_min(1e-3);
}

} // namespace

Result<torch::Tensor> inferSlidingWindow(const torch::Tensor& image, const Predictor& predictor,
                                         const WindowOptions& options, const TaskContext& task) {
    const auto axes = options.patch.size();
    std::vector<std::int64_t> padding;
    std::vector<std::int64_t> before(axes);
    bool padded = false;
    for (std::size_t a = axes; a-- > 0;) {
        const auto missing = std::max<std::int64_t>(0, options.patch[a] - image.size(static_cast<std::int64_t>(a) + 1));
        before[a] = missing / 2;
        padding.insert(padding.end(), {missing / 2, missing - missing / 2});
        padded = padded || missing > 0;
    }
    const torch::Tensor source = padded ? torch::constant_pad_nd(image, padding, 0.0) : image;

    std::vector<std::vector<int>> starts{{}};
    for (std::size_t a = 0; a < axes; ++a) {
        std::vector<std::vector<int>> longer;
        const auto along = windowStarts(static_cast<int>(source.size(static_cast<std::int64_t>(a) + 1)),
                                        options.patch[a], options.overlap);
        for (const auto& start : starts) {
            for (const int at : along) {
                longer.push_back(start);
                longer.back().push_back(at);
            }
        }
        starts = std::move(longer);
    }
    const auto cut = [&](const torch::Tensor& tensor, const std::vector<int>& start) {
        auto piece = tensor;
        for (std::size_t a = 0; a < axes; ++a) {
            piece = piece.narrow(static_cast<std::int64_t>(a) + 1, start[a], options.patch[a]);
        }
        return piece;
    };

    const auto weight = gaussian(options.patch).to(source.device());
    torch::Tensor sum;
    torch::Tensor weights;
    for (std::size_t first = 0; first < starts.size(); first += static_cast<std::size_t>(options.batch)) {
        if (task.cancelled()) {
            return failCancelled();
        }
        const std::size_t last = std::min(starts.size(), first + static_cast<std::size_t>(options.batch));
        const auto all = static_cast<double>(starts.size());
        const TaskContext share = task.part(static_cast<double>(first) / all, static_cast<double>(last) / all);
        share.report(0.0);
        std::vector<torch::Tensor> batch;
        for (std::size_t i = first; i < last; ++i) {
            batch.push_back(cut(source, starts[i]));
        }
        const auto logits = predictor(torch::stack(batch), share).to(torch::kFloat32);
        if (!sum.defined()) {
            auto shape = source.sizes().vec();
            shape[0] = logits.size(1);
            sum = torch::zeros(shape, source.options().dtype(torch::kFloat32));
            shape[0] = 1;
            weights = torch::zeros(shape, sum.options());
        }
        for (std::size_t i = first; i < last; ++i) {
            cut(sum, starts[i]).add_(logits[static_cast<std::int64_t>(i - first)] * weight);
            cut(weights, starts[i]).add_(weight);
        }
    }
    sum.div_(weights);
    for (std::size_t a = 0; a < axes; ++a) {
        const auto axis = static_cast<std::int64_t>(a) + 1;
        sum = sum.narrow(axis, before[a], image.size(axis));
    }
    return sum.contiguous();
}

} // namespace sulcus::learning
