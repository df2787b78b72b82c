// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"

#include <torch/types.h>

#include <functional>
#include <vector>

namespace sulcus::learning {

/// Window positions along one axis: first and last touch the borders, neighbours overlap by at least `overlap`.
std::vector<int> windowStarts(int size, int window, double overlap);

/// Logits [N, outputs, ...] of a batch of windows [N, channels, ...]; `task` is the batch's share of the work.
using Predictor = std::function<torch::Tensor(const torch::Tensor& windows, const TaskContext& task)>;

struct WindowOptions {
    std::vector<int> patch; ///< D, H, W (3-D) or H, W (2-D)
    double overlap = 0.5;
    int batch = 2; ///< windows at a time; LibTorch's CPU convolutions leave their fast path at 1
};

/// Class scores for every voxel of `image`.
///
/// Input  float [C, D, H, W] or [C, H, W], any size; smaller than a patch is padded with zeros (background) and cut
/// again. Output float [outputs, D, H, W] or [outputs, H, W], same grid, logits: the mean of the windows that cover a
/// voxel, weighted by a
///        Gaussian of deviation patch / 8 around each window's centre, since a network knows least at its border.
/// Thread any worker. Cancel polled once per batch. Errors: Cancelled.
/// Source Isensee et al. 2021, "nnU-Net", inference.
Result<torch::Tensor> inferSlidingWindow(const torch::Tensor& image, const Predictor& predictor,
                                         const WindowOptions& options, const TaskContext& task);

} // namespace sulcus::learning
