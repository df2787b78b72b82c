// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/segmenter.h"

#include <filesystem>
#include <memory>
#include <mutex>

namespace sulcus::workflow {

/// A network in memory and the lock that lets one run use it at a time.
struct LoadedNetwork {
    explicit LoadedNetwork(learning::Segmenter loaded) : segmenter(std::move(loaded)) {}
    learning::Segmenter segmenter;
    std::timed_mutex inUse;
};

/// Gives the network of a bundle, loaded now or kept from an earlier call. The key is the bundle's folder, the hash of
/// its bundle.json (which states that of the weights), and the device, so that a bundle that was trained or sealed anew
/// is loaded anew. At most two networks are kept; one that is dropped lives on until its last run ends.
///
/// Thread: any. Cancel polled while waiting. Errors: those of `learning::Segmenter::load`, Cancelled.
Result<std::shared_ptr<LoadedNetwork>> networkOf(const std::filesystem::path& bundleFolder, learning::Device device,
                                                 const TaskContext& task);

} // namespace sulcus::workflow
