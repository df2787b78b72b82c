// SPDX-License-Identifier: Apache-2.0
#include "core/learning/spec.h"

#include "core/learning/patch_rule.h"

#include <algorithm>
#include <set>

namespace sulcus::learning {

NetworkSpec parseSpec(const JsonFields& fields) {
    NetworkSpec spec;
    spec.task = fields.oneOf("task", {"segmentation-3d", "segmentation-2d", "classification"});
    spec.architecture =
        fields.oneOf("architecture", {"unet", "encoder-decoder", "vgg16", "view-pool", "ensemble", "torchscript"});
    spec.options = fields.any("architecture_options");
    JsonFields(spec.options, fields.path("architecture_options"));

    spec.inputs = fields.texts("inputs");
    if (spec.inputs.empty() || spec.inputs.size() > 64) {
        fields.refuse("inputs", "must name 1 to 64 channels");
    }
    if (std::set<std::string>(spec.inputs.begin(), spec.inputs.end()).size() != spec.inputs.size()) {
        fields.refuse("inputs", "names a channel twice");
    }
    if (fields.has("spacing_mm")) {
        spec.spacingMm = fields.numbers("spacing_mm", 0.05, 20.0);
        const bool flat = spec.task == "segmentation-2d";
        if (!spec.spacingMm.empty() && spec.spacingMm.size() != (flat ? 2U : 3U)) {
            fields.refuse("spacing_mm",
                          flat ? "must have two values (x, y) or none" : "must have three values (x, y, z) or none");
        }
    }
    const std::size_t dimensions = spec.task == "segmentation-3d" ? 3 : 2;
    spec.patch = fields.integers("patch", 8, 1024);
    if (spec.patch.size() != dimensions) {
        fields.refuse("patch", "must have " + std::to_string(dimensions) + " values");
    }
    checkPatch(spec, spec.patch, 0, fields, "patch");
    spec.fitBody = fields.flag("fit_body", false);
    if (spec.fitBody && (spec.task != "segmentation-2d" || !spec.spacingMm.empty())) {
        fields.refuse("fit_body", "is for 2-D networks without spacing_mm");
    }
    spec.overlap = fields.number("overlap", 0.0, 0.9, 0.5);
    spec.missingInput = fields.oneOf("missing_input", {"zeros", "refuse"}, "refuse");

    if (fields.has("mirror_axes")) {
        spec.mirrorAxes = fields.integers("mirror_axes", spec.task == "segmentation-3d" ? 0 : 1, 2);
        if (std::set<int>(spec.mirrorAxes.begin(), spec.mirrorAxes.end()).size() != spec.mirrorAxes.size()) {
            fields.refuse("mirror_axes", "names an axis twice");
        }
    }
    spec.mirrorAlways = fields.flag("mirror_always", false);

    const auto norm = fields.object("normalisation");
    auto& n = spec.normalisation;
    n.method = norm.oneOf("method", {"zscore_nonzero", "zscore", "minmax", "window", "ct_or_window", "none"});
    n.lowPercentile = norm.number("low_percentile", 0.0, 100.0, n.lowPercentile);
    n.highPercentile = norm.number("high_percentile", n.lowPercentile, 100.0, n.highPercentile);
    n.low = norm.number("low", -100000.0, 100000.0, n.low);
    n.high = norm.number("high", -100000.0, 100000.0, n.high);
    if (!(n.high > n.low)) {
        norm.refuse("high", "must be above low");
    }
    n.clampLow = norm.number("clamp_low", -1000.0, 1000.0, n.clampLow);
    n.clampHigh = norm.number("clamp_high", n.clampLow, 1000.0, n.clampHigh);
    n.equaliseHistogram = norm.flag("equalise_histogram", false);

    spec.nested = fields.flag("nested", true);
    if (spec.fitBody && !spec.nested) {
        fields.refuse("fit_body", "needs nested outputs");
    }
    for (const auto& item : fields.objects("outputs")) {
        OutputSpec output;
        output.name = item.text("name");
        output.sources = item.has("sources") ? item.integers("sources", 0, 254) : std::vector<int>{};
        output.value = item.integer("value", 0, 254, 0);
        output.threshold = item.number("threshold", 0.0, 1.0, 0.5);
        spec.outputs.push_back(std::move(output));
    }
    if (spec.outputs.empty() || spec.outputs.size() > 1000) {
        fields.refuse("outputs", "must name 1 to 1000 channels");
    }
    for (const auto& item : fields.objects("labels")) {
        BundleLabel label;
        label.value = item.integer("value", 0, 254);
        label.code = item.text("code");
        label.name = item.text("name");
        const auto colour = item.integers("colour", 0, 255);
        if (colour.size() != 3) {
            item.refuse("colour", "must have three values");
        }
        for (std::size_t i = 0; i < label.colour.size(); ++i) {
            label.colour[i] = static_cast<unsigned char>(colour[i]);
        }
        spec.labels.push_back(std::move(label));
    }
    if (spec.task != "classification") {
        for (const auto& output : spec.outputs) {
            const bool known = output.value == 0 || std::any_of(spec.labels.begin(), spec.labels.end(),
                                                                [&](const auto& l) { return l.value == output.value; });
            if (!known) {
                fields.refuse("outputs", "writes the value " + std::to_string(output.value) + ", which labels lacks");
            }
        }
    }
    if (fields.has("post_processing")) {
        const auto post = fields.object("post_processing");
        spec.postProcessing.smallestComponentMl = post.number("smallest_component_ml", 0.0, 1000.0, 0.0);
        spec.postProcessing.corelessShare = post.number("coreless_share", 0.0, 1.0, 0.0);
        spec.postProcessing.smallestInnerMl = post.number("smallest_inner_ml", 0.0, 1000.0, 0.0);
        spec.postProcessing.keepLargest = post.integer("keep_largest", 0, 1000, 0);
        spec.postProcessing.fillHoles = post.flag("fill_holes", false);
        spec.postProcessing.smoothSlicesMm = post.number("smooth_slices_mm", 0.0, 100.0, 0.0);
        spec.postProcessing.smallestShare = post.number("smallest_share", 0.0, 1.0, 0.0);
        if (post.has("air")) {
            const auto air = post.object("air");
            spec.postProcessing.airBelowHu = air.number("below_hu", -900.0, -1.0);
            spec.postProcessing.airReachMm = air.number("reach_mm", 0.1, 50.0);
        }
        if (post.has("sides")) {
            const auto sides = post.object("sides");
            const auto side = [&](const char* name) {
                const int value = sides.integer(name, 1, 254);
                if (std::none_of(spec.labels.begin(), spec.labels.end(),
                                 [&](const auto& l) { return l.value == value; })) {
                    sides.refuse(name, "is a value that labels lacks");
                }
                return value;
            };
            spec.postProcessing.sides = {side("right"), side("left")};
        }
    }
    return spec;
}

std::vector<NetworkSpec> membersOf(const NetworkSpec& spec) {
    std::vector<NetworkSpec> members;
    if (spec.architecture != "ensemble") {
        return members;
    }
    const JsonFields fields(spec.options, "architecture_options");
    for (const auto& item : fields.objects("members")) {
        auto& member = members.emplace_back(spec);
        member.architecture = item.oneOf("architecture", {"unet", "encoder-decoder", "vgg16", "view-pool"});
        item.object("architecture_options");
        member.options = item.any("architecture_options");
    }
    if (members.size() < 2 || members.size() > 8) {
        fields.refuse("members", "must name 2 to 8 networks");
    }
    return members;
}

nlohmann::json essentialOptions(const NetworkSpec& spec) {
    nlohmann::json options = nlohmann::json::object();
    if (spec.architecture == "unet") {
        // Those of UNetOptions (nn/unet.h), which this part cannot see; a test holds both together.
        options = {{"convolutions", 2},          {"norm", "instance"},        {"activation", "leaky_relu"},
                   {"upsampling", "transposed"}, {"downsampling", "maximum"}, {"residual", false}};
    }
    options.update(spec.options);
    for (const char* forTraining : {"deep_supervision", "dropout", "output_bias"}) {
        options.erase(forTraining);
    }
    if (spec.architecture == "ensemble") {
        options["members"] = nlohmann::json::array();
        for (const auto& member : membersOf(spec)) {
            options["members"].push_back(
                {{"architecture", member.architecture}, {"architecture_options", essentialOptions(member)}});
        }
    }
    return options;
}

std::string differingOption(const NetworkSpec& a, const NetworkSpec& b) {
    const auto first = essentialOptions(a);
    const auto second = essentialOptions(b);
    for (const auto* options : {&first, &second}) {
        for (const auto& [name, value] : options->items()) {
            if (!first.contains(name) || !second.contains(name) || first.at(name) != second.at(name)) {
                return name;
            }
        }
    }
    return {};
}

std::string memberName(std::size_t member) { return "member" + std::to_string(member); }

nlohmann::ordered_json toJson(const NetworkSpec& spec) {
    using json = nlohmann::ordered_json;
    json result;
    result["task"] = spec.task;
    result["architecture"] = spec.architecture;
    result["architecture_options"] = spec.options;
    result["inputs"] = spec.inputs;
    result["spacing_mm"] = spec.spacingMm;
    result["patch"] = spec.patch;
    if (spec.fitBody) {
        result["fit_body"] = true;
    }
    result["overlap"] = spec.overlap;
    result["missing_input"] = spec.missingInput;
    if (spec.mirrorAxes != NetworkSpec().mirrorAxes) {
        result["mirror_axes"] = spec.mirrorAxes;
    }
    if (spec.mirrorAlways) {
        result["mirror_always"] = true;
    }
    const auto& n = spec.normalisation;
    result["normalisation"] = json{{"method", n.method},
                                   {"low_percentile", n.lowPercentile},
                                   {"high_percentile", n.highPercentile},
                                   {"low", n.low},
                                   {"high", n.high},
                                   {"clamp_low", n.clampLow},
                                   {"clamp_high", n.clampHigh}};
    if (spec.task == "classification") {
        result["normalisation"]["equalise_histogram"] = n.equaliseHistogram;
    }
    result["nested"] = spec.nested;
    result["outputs"] = json::array();
    for (const auto& output : spec.outputs) {
        result["outputs"].push_back(json{{"name", output.name},
                                         {"sources", output.sources},
                                         {"value", output.value},
                                         {"threshold", output.threshold}});
    }
    result["labels"] = json::array();
    for (const auto& label : spec.labels) {
        result["labels"].push_back(json{{"value", label.value},
                                        {"code", label.code},
                                        {"name", label.name},
                                        {"colour", {label.colour[0], label.colour[1], label.colour[2]}}});
    }
    result["post_processing"] = json{{"smallest_component_ml", spec.postProcessing.smallestComponentMl},
                                     {"coreless_share", spec.postProcessing.corelessShare},
                                     {"smallest_inner_ml", spec.postProcessing.smallestInnerMl},
                                     {"keep_largest", spec.postProcessing.keepLargest},
                                     {"fill_holes", spec.postProcessing.fillHoles}};
    // What most bundles do without stays out of their files.
    const auto& post = spec.postProcessing;
    auto& written = result["post_processing"];
    if (post.smoothSlicesMm > 0.0) {
        written["smooth_slices_mm"] = post.smoothSlicesMm;
    }
    if (post.smallestShare > 0.0) {
        written["smallest_share"] = post.smallestShare;
    }
    if (post.airReachMm > 0.0) {
        written["air"] = json{{"below_hu", post.airBelowHu}, {"reach_mm", post.airReachMm}};
    }
    if (post.sides.right != 0) {
        written["sides"] = json{{"right", post.sides.right}, {"left", post.sides.left}};
    }
    return result;
}

} // namespace sulcus::learning
