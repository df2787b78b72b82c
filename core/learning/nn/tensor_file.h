// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>
#include <torch/nn/module.h>
#include <torch/types.h>

#include <filesystem>
#include <map>
#include <string>

namespace sulcus::learning {

/// Named tensors and a few words about them.
struct TensorFile {
    std::map<std::string, torch::Tensor> tensors;
    nlohmann::json about = nlohmann::json::object();
};

/// Writes the safetensors layout (8 bytes length, JSON header, raw little-endian data), which no version of LibTorch
/// can change and which holds no code. float16, float32, float64, int64. Goes to a temporary name first, then renamed:
/// a crash leaves the old file. Errors: Unreadable (disk full, no permission).
Result<void> writeTensors(const std::filesystem::path& file, const TensorFile& content);

/// A tensor as bundles hold it: float16 on the CPU, or float32 where float16 would overflow (running variances of raw
/// intensities, say). Whole numbers stay what they are.
torch::Tensor toShipped(const torch::Tensor& tensor);

/// Whether all of its numbers are numbers.
bool isFinite(const torch::Tensor& tensor);

/// Reads and checks every offset against the file's size. Errors: NotFound, Unreadable.
Result<TensorFile> readTensors(const std::filesystem::path& file);

/// Parameters and buffers of a network by name, on the CPU, detached (shared memory, not copied).
std::map<std::string, torch::Tensor> stateOf(const torch::nn::Module& network);

/// Copies `state` into the network. Every tensor must be there with its shape. Errors: ShapeMismatch (names the
/// tensor).
Result<void> loadState(torch::nn::Module& network, const std::map<std::string, torch::Tensor>& state,
                       const std::filesystem::path& file);

} // namespace sulcus::learning
