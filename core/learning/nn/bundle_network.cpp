// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/bundle_network.h"

#include "core/learning/nn/device.h"
#include "core/learning/nn/ensemble.h"
#include "core/learning/sha256.h"

#include <torch/torch.h>

namespace sulcus::learning {

torch::Tensor BundleNetwork::forward(const torch::Tensor& input, const TaskContext& task) {
    const torch::Tensor moved = input.to(device);
    if (script) {
        return script->forward({moved}).toTensor();
    }
    if (auto* const ensemble = dynamic_cast<Ensemble*>(network.get())) {
        return ensemble->forward(moved, task).front();
    }
    task.report(0.0);
    return network->forward(moved).front();
}

Result<BundleNetwork> loadBundleNetwork(const std::filesystem::path& folder, Device device) {
    auto file = readBundleFile(folder);
    if (!file) {
        return fail(std::move(file.error()));
    }
    return buildBundleNetwork(std::move(*file), device);
}

Result<BundleNetwork> buildBundleNetwork(BundleFile file, Device device) {
    if (auto checked = checkWeights(file); !checked) {
        return fail(std::move(checked.error()));
    }
    const auto folder = file.bundle.folder;
    const auto weightsPath = folder / file.weightsFile;
    try {
        const auto chosen = chooseDevice(device);
        if (!chosen) {
            return fail(chosen.error());
        }
        BundleNetwork loaded;
        loaded.device = *chosen;
        if (file.spec.architecture == "torchscript") {
            loaded.script = torch::jit::load(weightsPath.string(), *chosen);
            loaded.script->eval();
        } else {
            auto weights = readTensors(weightsPath);
            if (!weights) {
                return fail(std::move(weights.error()));
            }
            for (const auto& [name, tensor] : weights->tensors) {
                if (!isFinite(tensor)) {
                    return fail(ErrorCode::Unreadable, "learning.weights_not_finite",
                                {{"file", weightsPath.string()}, {"tensor", name}});
                }
            }
            loaded.network = makeNetwork(file.spec);
            if (auto done = loadState(*loaded.network, weights->tensors, weightsPath); !done) {
                return fail(std::move(done.error()));
            }
            loaded.network->to(*chosen);
            loaded.network->eval();
        }
        loaded.file = std::move(file);
        return loaded;
    } catch (const FieldError& error) {
        return fail(ErrorCode::Unreadable, "learning.bundle_field",
                    {{"file", (folder / "bundle.json").string()}, {"field", error.field}, {"problem", error.what()}});
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "learning.out_of_memory");
    } catch (const c10::Error& error) {
        return fail(ErrorCode::Unreadable, "learning.weights_unreadable", {{"file", weightsPath.string()}},
                    error.what_without_backtrace());
    }
}

Result<void> sealBundle(const std::filesystem::path& folder) {
    return resealBundleFile(folder, [](const BundleFile& file) -> Result<void> {
        if (auto built = buildBundleNetwork(file, Device::Cpu); !built) {
            return fail(std::move(built.error()));
        }
        return {};
    });
}

Result<void> writeBundle(BundleFile& file, const TensorFile& weights) {
    const auto waiting = waitingWeights(file);
    if (auto written = writeTensors(waiting, weights); !written) {
        return written;
    }
    auto hash = sha256OfFile(waiting);
    if (!hash) {
        return fail(std::move(hash.error()));
    }
    file.bundle.weightsSha256 = *hash;
    auto written = writeBundleFile(file);
    if (!written) {
        std::error_code ignored;
        std::filesystem::remove(waiting, ignored);
    }
    return written;
}

} // namespace sulcus::learning
