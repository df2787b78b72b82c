// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/bundle_file.h"
#include "core/learning/nn/network.h"
#include "core/learning/nn/tensor_file.h"
#include "core/learning/segmenter.h"

#include <torch/script.h>

#include <memory>
#include <optional>

namespace sulcus::learning {

/// A bundle's network in memory, in inference mode, on its device: one of this project's, or a person's TorchScript.
struct BundleNetwork {
    BundleFile file;
    torch::Device device = torch::kCPU;
    std::shared_ptr<Network> network; ///< null for TorchScript
    std::optional<torch::jit::Module> script;

    /// Logits of a batch that may lie on another device. Of an ensemble each member moves the bar.
    torch::Tensor forward(const torch::Tensor& input, const TaskContext& task = {});
};

/// Reads and validates bundle.json, checks the hash of the weights, builds the network and loads them.
/// Errors: NotFound, Unreadable (each names the field or file; also weights that are not numbers), Unsupported,
/// OutOfMemory.
Result<BundleNetwork> loadBundleNetwork(const std::filesystem::path& folder, Device device);

/// The same of a description that was read already.
Result<BundleNetwork> buildBundleNetwork(BundleFile file, Device device);

/// Writes weights and description into the bundle's folder, which is there; `file` gets the weights' hash. What was
/// there before stays whole when it fails. Errors: Unreadable (disk full, no permission).
Result<void> writeBundle(BundleFile& file, const TensorFile& weights);

} // namespace sulcus::learning
