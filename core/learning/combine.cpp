// SPDX-License-Identifier: Apache-2.0
#include "core/learning/combine.h"

#include "core/learning/bundle_file.h"
#include "core/learning/nn/bundle_network.h"
#include "core/learning/nn/device.h"
#include "core/learning/patch_rule.h"

#include <torch/torch.h>

#include <algorithm>
#include <map>
#include <new>
#include <string>
#include <vector>

namespace sulcus::learning {

namespace {

struct Member {
    BundleFile file;
    std::map<std::string, torch::Tensor> weights; ///< those that its network has, as they lie in the file
};

tl::unexpected<Error> failField(const std::filesystem::path& folder, const std::string& field,
                                const std::string& problem) {
    return fail(ErrorCode::Unreadable, "learning.bundle_field",
                {{"file", (folder / "bundle.json").string()}, {"field", field}, {"problem", problem}});
}

/// Loaded as for use, so that what is combined can be used.
Result<Member> readMember(const std::filesystem::path& folder) {
    auto loaded = loadBundleNetwork(folder, Device::Cpu);
    if (!loaded) {
        return fail(std::move(loaded.error()));
    }
    if (loaded->script) {
        return failField(folder, "architecture", "holds code, whose weights cannot be combined with others");
    }
    auto weights = readTensors(folder / loaded->file.weightsFile);
    if (!weights) {
        return fail(std::move(weights.error()));
    }
    Member member{std::move(loaded->file), {}};
    for (const auto& [name, unused] : stateOf(*loaded->network)) {
        member.weights[name] = weights->tensors.at(name);
    }
    return member;
}

/// Nothing where both see the same and answer the same. Grid and post-processing may differ: the first one's count.
Result<void> checkAlike(const BundleFile& first, const BundleFile& other) {
    const auto wanted = toJson(first.spec);
    const auto found = toJson(other.spec);
    for (const char* field : {"task", "inputs", "normalisation", "fit_body", "nested", "outputs", "labels"}) {
        if (wanted.value(field, nlohmann::ordered_json()) != found.value(field, nlohmann::ordered_json())) {
            return failField(other.bundle.folder, field, "differs from that of " + first.bundle.folder.string());
        }
    }
    return {};
}

/// All of them, each alike to the first. Errors: also when a bundle, or weights without one, lie in `output` already.
Result<std::vector<Member>> readMembers(const std::vector<std::filesystem::path>& bundles,
                                        const std::filesystem::path& output) {
    if (holdsBundle(output)) {
        return fail(ErrorCode::InvalidInput, "learning.bundle_exists", {{"folder", output.string()}});
    }
    std::vector<Member> members;
    for (const auto& folder : bundles) {
        auto member = readMember(folder);
        if (!member) {
            return fail(std::move(member.error()));
        }
        members.push_back(std::move(*member));
        if (auto alike = checkAlike(members.front().file, members.back().file); !alike) {
            return fail(std::move(alike.error()));
        }
    }
    return members;
}

/// The texts that differ, each once. What comes from synthetic data stands first, since who uses the bundle is warned
/// by that beginning.
std::string together(const std::vector<Member>& members, std::string Bundle::*text) {
    std::vector<std::string> different;
    for (const auto& member : members) {
        const auto& one = member.file.bundle.*text;
        if (std::find(different.begin(), different.end(), one) == different.end()) {
            different.insert(one.rfind("Synthetic", 0) == 0 ? different.begin() : different.end(), one);
        }
    }
    std::string all;
    for (const auto& one : different) {
        all += (all.empty() ? "" : " | ") + one;
    }
    return all;
}

/// A bundle like the first, with other weights, of which nothing is measured yet.
Result<void> writeCombined(BundleFile file, const std::vector<Member>& members, const TensorFile& weights,
                           const std::filesystem::path& output) {
    std::error_code code;
    const bool made = std::filesystem::create_directories(output, code);
    file.bundle.folder = output;
    const auto folder = std::filesystem::weakly_canonical(output, code);
    file.bundle.name = folder.filename().empty() ? file.bundle.name : folder.filename().string();
    file.bundle.intendedUse = together(members, &Bundle::intendedUse);
    file.bundle.trainingData = together(members, &Bundle::trainingData);
    file.bundle.licence = together(members, &Bundle::licence);
    file.weightsFile = "weights.safetensors";
    file.metrics = nlohmann::ordered_json::array();
    file.costMachine = "not measured";
    file.bundle.expectedSeconds = file.bundle.expectedMb = 0.0;
    auto written = writeBundle(file, weights);
    if (!written && made) {
        std::filesystem::remove(output, code); // if it is empty
    }
    return written;
}

Result<void> average(const std::vector<std::filesystem::path>& bundles, const std::filesystem::path& output) {
    const auto members = readMembers(bundles, output);
    if (!members) {
        return fail(members.error());
    }
    const auto& first = members->front();
    for (const auto& member : *members) {
        const bool same = member.file.spec.architecture == first.file.spec.architecture;
        const auto option = same ? differingOption(member.file.spec, first.file.spec) : std::string();
        if (!same || !option.empty()) {
            return failField(member.file.bundle.folder, same ? "architecture_options." + option : "architecture",
                             "differs from that of " + first.file.bundle.folder.string());
        }
    }
    TensorFile mean;
    for (const auto& [name, tensor] : first.weights) {
        auto sum = torch::zeros(tensor.sizes(), torch::kFloat64);
        for (const auto& member : *members) {
            sum += member.weights.at(name).to(torch::kFloat64);
        }
        sum = sum / static_cast<double>(members->size());
        mean.tensors[name] = toShipped(tensor.is_floating_point() ? sum : sum.round().to(tensor.scalar_type()));
    }
    return writeCombined(first.file, *members, mean, output);
}

Result<void> join(const std::vector<std::filesystem::path>& bundles, const std::filesystem::path& output) {
    const auto members = readMembers(bundles, output);
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
        if (spec.architecture == "ensemble") {
            return failField(member.file.bundle.folder, "architecture",
                             "is an ensemble already; join the bundles that it was made of");
        }
        const int multiple = granularityOf(spec);
        for (const int side : file.spec.patch) {
            if (side % multiple != 0) {
                return failField(member.file.bundle.folder, "architecture_options",
                                 "halves its input so often that each side of the patch must be a multiple of " +
                                     std::to_string(multiple) + ", which that of " +
                                     members->front().file.bundle.folder.string() + " is not");
            }
        }
        file.spec.options["members"].push_back(
            {{"architecture", spec.architecture}, {"architecture_options", spec.options}});
        file.parameters += member.file.parameters;
        for (const auto& [name, tensor] : member.weights) {
            weights.tensors[memberName(i) + "." + name] = tensor;
        }
    }
    return writeCombined(std::move(file), *members, weights, output);
}

/// `work` with what LibTorch throws as errors.
template <typename Work>
Result<void> guarded(const Work& work) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "learning.out_of_memory");
    } catch (const c10::Error& error) {
        return failFromTorch(error);
    }
}

} // namespace

Result<void> averageBundles(const std::vector<std::filesystem::path>& bundles, const std::filesystem::path& output) {
    return guarded([&] { return average(bundles, output); });
}

Result<void> joinBundles(const std::vector<std::filesystem::path>& bundles, const std::filesystem::path& output) {
    return guarded([&] { return join(bundles, output); });
}

} // namespace sulcus::learning
