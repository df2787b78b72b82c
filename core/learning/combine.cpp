// SPDX-License-Identifier: Apache-2.0
#include "core/learning/combine.h"

#include "core/learning/nn/bundle_network.h"

#include <torch/torch.h>

#include <map>
#include <string>
#include <vector>

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

/// Nothing where both agree in all of `fields`.
Result<void> checkAlike(const BundleFile& first, const BundleFile& other, const std::vector<const char*>& fields) {
    const auto wanted = toJson(first.spec);
    const auto found = toJson(other.spec);
    for (const char* field : fields) {
        if (wanted.at(field) != found.at(field)) {
            return fail(ErrorCode::Unreadable, "learning.bundle_field",
                        {{"file", (other.bundle.folder / "bundle.json").string()},
                         {"field", field},
                         {"problem", "differs from that of " + first.bundle.folder.string()}});
        }
    }
    return {};
}

/// All of them, each alike to the first. Errors: also when a bundle lies in `output` already.
Result<std::vector<Member>> readMembers(const std::vector<std::filesystem::path>& bundles,
                                        const std::vector<const char*>& fields, const std::filesystem::path& output) {
    std::error_code code;
    if (std::filesystem::exists(output / "bundle.json", code)) {
        return fail(ErrorCode::InvalidInput, "learning.bundle_exists", {{"folder", output.string()}});
    }
    std::vector<Member> members;
    for (const auto& folder : bundles) {
        auto member = readMember(folder);
        if (!member) {
            return fail(std::move(member.error()));
        }
        members.push_back(std::move(*member));
        if (auto alike = checkAlike(members.front().file, members.back().file, fields); !alike) {
            return fail(std::move(alike.error()));
        }
    }
    return members;
}

/// The bundle of `file` with other weights, of which nothing is measured yet.
Result<void> writeUnmeasured(BundleFile file, const TensorFile& weights, const std::filesystem::path& output) {
    std::error_code code;
    std::filesystem::create_directories(output, code);
    file.bundle.folder = output;
    file.weightsFile = "weights.safetensors";
    file.metrics = nlohmann::ordered_json::array();
    file.costMachine = "not measured";
    file.bundle.expectedSeconds = file.bundle.expectedMb = 0.0;
    return writeBundle(file, weights);
}

} // namespace

Result<void> averageBundles(const std::vector<std::filesystem::path>& bundles, const std::filesystem::path& output) {
    const auto members = readMembers(
        bundles, {"task", "architecture", "architecture_options", "inputs", "normalisation", "nested", "outputs"},
        output);
    if (!members) {
        return fail(members.error());
    }
    TensorFile mean;
    for (const auto& [name, first] : members->front().weights) {
        auto sum = torch::zeros(first.sizes(), torch::kFloat64);
        for (const auto& member : *members) {
            const auto found = member.weights.find(name);
            if (found == member.weights.end() || found->second.sizes() != sum.sizes()) {
                return fail(ErrorCode::ShapeMismatch, "learning.weights_unreadable",
                            {{"file", (member.file.bundle.folder / member.file.weightsFile).string()}});
            }
            sum += found->second.to(torch::kFloat64);
        }
        mean.tensors[name] = (sum / static_cast<double>(members->size())).to(torch::kFloat16);
    }
    return writeUnmeasured(members->front().file, mean, output);
}

Result<void> joinBundles(const std::vector<std::filesystem::path>& bundles, const std::filesystem::path& output) {
    const auto members = readMembers(bundles, {"task", "inputs", "normalisation", "nested", "outputs"}, output);
    if (!members) {
        return fail(members.error());
    }
    BundleFile file = members->front().file;
    file.spec.architecture = "ensemble";
    file.spec.options = {{"members", nlohmann::json::array()}};
    file.parameters = 0;
    TensorFile weights;
    for (std::size_t i = 0; i < members->size(); ++i) {
        const auto& member = (*members)[i];
        const auto& spec = member.file.spec;
        file.spec.options["members"].push_back(
            {{"architecture", spec.architecture}, {"architecture_options", spec.options}});
        file.parameters += member.file.parameters;
        for (const auto& [name, tensor] : member.weights) {
            weights.tensors[memberName(i) + "." + name] = tensor;
        }
    }
    try {
        const nlohmann::json description = toJson(file.spec);
        parseSpec(JsonFields(description, ""));
    } catch (const FieldError& error) {
        return fail(ErrorCode::Unreadable, "learning.bundle_field",
                    {{"file", (output / "bundle.json").string()}, {"field", error.field}, {"problem", error.what()}});
    }
    return writeUnmeasured(std::move(file), weights, output);
}

} // namespace sulcus::learning
