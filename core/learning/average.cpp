// SPDX-License-Identifier: Apache-2.0
#include "core/learning/average.h"

#include "core/learning/nn/bundle_network.h"

#include <torch/torch.h>

#include <map>
#include <string>

namespace sulcus::learning {

namespace {

struct Member {
    BundleFile file;
    std::map<std::string, torch::Tensor> weights;
};

Result<Member> readMember(const std::filesystem::path& folder) {
    auto file = readBundleFile(folder);
    if (!file) {
        return fail(std::move(file.error()));
    }
    if (file->spec.architecture == "torchscript") {
        return fail(ErrorCode::Unreadable, "learning.bundle_field",
                    {{"file", (folder / "bundle.json").string()},
                     {"field", "architecture"},
                     {"problem", "holds code, of which there is no mean"}});
    }
    if (auto checked = checkWeights(*file); !checked) {
        return fail(std::move(checked.error()));
    }
    auto weights = readTensors(folder / file->weightsFile);
    if (!weights) {
        return fail(std::move(weights.error()));
    }
    return Member{std::move(*file), std::move(weights->tensors)};
}

/// Nothing where both are one network for one purpose.
Result<void> checkAlike(const BundleFile& first, const BundleFile& other) {
    const auto wanted = toJson(first.spec);
    const auto found = toJson(other.spec);
    for (const char* field :
         {"task", "architecture", "architecture_options", "inputs", "normalisation", "nested", "outputs"}) {
        if (wanted.at(field) != found.at(field)) {
            return fail(ErrorCode::Unreadable, "learning.bundle_field",
                        {{"file", (other.bundle.folder / "bundle.json").string()},
                         {"field", field},
                         {"problem", "differs from that of " + first.bundle.folder.string()}});
        }
    }
    return {};
}

} // namespace

Result<void> averageBundles(const std::vector<std::filesystem::path>& bundles, const std::filesystem::path& output) {
    std::error_code code;
    if (std::filesystem::exists(output / "bundle.json", code)) {
        return fail(ErrorCode::InvalidInput, "learning.bundle_exists", {{"folder", output.string()}});
    }
    BundleFile file;
    std::map<std::string, torch::Tensor> sums;
    for (const auto& folder : bundles) {
        auto member = readMember(folder);
        if (!member) {
            return fail(std::move(member.error()));
        }
        if (sums.empty()) {
            file = member->file;
            for (const auto& [name, tensor] : member->weights) {
                sums[name] = tensor.to(torch::kFloat64);
            }
            continue;
        }
        if (auto alike = checkAlike(file, member->file); !alike) {
            return alike;
        }
        for (auto& [name, sum] : sums) {
            const auto found = member->weights.find(name);
            if (found == member->weights.end() || found->second.sizes() != sum.sizes()) {
                return fail(ErrorCode::ShapeMismatch, "learning.weights_unreadable",
                            {{"file", (folder / member->file.weightsFile).string()}});
            }
            sum += found->second.to(torch::kFloat64);
        }
    }
    std::filesystem::create_directories(output, code);
    file.bundle.folder = output;
    file.weightsFile = "weights.safetensors";
    file.metrics = nlohmann::ordered_json::array();
    file.costMachine = "not measured";
    file.bundle.expectedSeconds = file.bundle.expectedMb = 0.0;
    TensorFile mean;
    for (const auto& [name, sum] : sums) {
        mean.tensors[name] = (sum / static_cast<double>(bundles.size())).to(torch::kFloat16);
    }
    return writeBundle(file, mean);
}

} // namespace sulcus::learning
