// SPDX-License-Identifier: Apache-2.0
#include "core/learning/patch_rule.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace sulcus::learning {

namespace {

/// How often the network halves its input.
int halvings(const NetworkSpec& spec) {
    if (spec.architecture == "encoder-decoder") {
        return 3;
    }
    if (spec.architecture == "vgg16") {
        return 5;
    }
    if (spec.architecture == "ensemble") {
        int most = 0;
        for (const auto& member : membersOf(spec)) {
            most = std::max(most, halvings(member));
        }
        return most;
    }
    if (spec.architecture != "unet" && spec.architecture != "view-pool") {
        return 0;
    }
    const JsonFields options(spec.options, "architecture_options");
    // What is wrong with the levels themselves is said where the network is built.
    const auto levels = options.has("channels") ? options.integers("channels", 1, 4096).size() : std::size_t{3};
    return static_cast<int>(std::clamp<std::size_t>(levels, 1, 8)) - 1;
}

} // namespace

int granularityOf(const NetworkSpec& spec) { return 1 << halvings(spec); }

void checkPatch(const NetworkSpec& spec, const std::vector<int>& size, int images, const JsonFields& fields,
                const char* field) {
    for (const auto& member : membersOf(spec)) {
        checkPatch(member, size, images, fields, field);
    }
    const int multiple = granularityOf(spec);
    std::int64_t coarsest = std::max(images, 1);
    const auto norm = spec.architecture == "unet"
                          ? JsonFields(spec.options, "architecture_options").text("norm", "instance")
                          : std::string();
    if (norm != "batch") {
        coarsest = 1;
    }
    for (const int side : size) {
        if (side % multiple != 0) {
            fields.refuse(field, "holds " + std::to_string(side) + ", which is no multiple of " +
                                     std::to_string(multiple) + ": the network halves each side " +
                                     std::to_string(halvings(spec)) + " times");
        }
        coarsest *= side / multiple;
    }
    if (images > 0 && (norm == "instance" || norm == "batch") && coarsest < 2) {
        fields.refuse(field, "leaves one value at the coarsest level, of which there is no deviation: a side must be " +
                                 std::to_string(2 * multiple) + " or more");
    }
}

} // namespace sulcus::learning
