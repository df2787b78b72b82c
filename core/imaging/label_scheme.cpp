// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/label_scheme.h"

#include <algorithm>

namespace sulcus::imaging {

namespace {

constexpr std::uint8_t kCore = 1;
constexpr std::uint8_t kOedema = 2;
constexpr std::uint8_t kEnhancing2023 = 3;
constexpr std::uint8_t kEnhancing2021 = 4;
constexpr std::uint8_t kCavity = 4;

} // namespace

std::string toString(LabelEra era) {
    switch (era) {
    case LabelEra::Brats2021:
        return "brats2021";
    case LabelEra::Brats2023:
        return "brats2023";
    case LabelEra::Plain:
        break;
    }
    return "plain";
}

std::optional<LabelEra> eraFromString(std::string_view text) {
    for (const LabelEra era : {LabelEra::Brats2021, LabelEra::Brats2023, LabelEra::Plain}) {
        if (toString(era) == text) {
            return era;
        }
    }
    return std::nullopt;
}

std::string toString(Target target) {
    switch (target) {
    case Target::WholeTumour:
        return "WT";
    case Target::TumourCore:
        return "TC";
    case Target::EnhancingTumour:
        return "ET";
    case Target::Mask:
        break;
    }
    return "mask";
}

std::optional<Target> targetFromString(std::string_view text) {
    for (const Target target : {Target::WholeTumour, Target::TumourCore, Target::EnhancingTumour, Target::Mask}) {
        if (toString(target) == text) {
            return target;
        }
    }
    return std::nullopt;
}

std::vector<LabelDefinition> labelDefinitions(LabelEra era) {
    const LabelDefinition core{kCore, "NCR", "label.ncr", {213, 94, 0}};
    const LabelDefinition oedema{kOedema, "ED", "label.ed", {86, 180, 233}};
    switch (era) {
    case LabelEra::Brats2021:
        return {core, oedema, {kEnhancing2021, "ET", "label.et", {240, 228, 66}}};
    case LabelEra::Brats2023:
        return {core,
                oedema,
                {kEnhancing2023, "ET", "label.et", {240, 228, 66}},
                {kCavity, "CAV", "label.cav", {204, 121, 167}}};
    case LabelEra::Plain:
        break;
    }
    return {{1, "MASK", "label.mask", {230, 159, 0}}};
}

bool belongsTo(std::uint8_t value, Target target, LabelEra era) {
    if (target == Target::Mask) {
        return value != 0;
    }
    if (era == LabelEra::Plain) {
        return false;
    }
    const std::uint8_t enhancing = enhancingValue(era);
    switch (target) {
    case Target::WholeTumour:
        return value == kCore || value == kOedema || value == enhancing;
    case Target::TumourCore:
        return value == kCore || value == enhancing;
    case Target::EnhancingTumour:
        return value == enhancing;
    case Target::Mask:
        break;
    }
    return false;
}

std::uint8_t enhancingValue(LabelEra era) { return era == LabelEra::Brats2023 ? kEnhancing2023 : kEnhancing2021; }

std::optional<LabelEra> detectEra(const LabelMap& map) {
    std::array<bool, 256> present{};
    for (const std::uint8_t value : map.voxels) {
        present[value] = true;
    }
    if (std::any_of(present.begin() + 5, present.end(), [](bool p) { return p; })) {
        return LabelEra::Plain;
    }
    if (present[kEnhancing2023]) {
        return LabelEra::Brats2023;
    }
    if (present[kEnhancing2021]) {
        return LabelEra::Brats2021;
    }
    return std::nullopt;
}

LabelMap convertEra(const LabelMap& map, LabelEra from, LabelEra to) {
    LabelMap converted = map;
    if (from == to || from == LabelEra::Plain || to == LabelEra::Plain) {
        return converted;
    }
    const std::uint8_t old = enhancingValue(from);
    const std::uint8_t fresh = enhancingValue(to);
    for (std::uint8_t& value : converted.voxels) {
        if (value == old) {
            value = fresh;
        } else if (value == fresh) {
            // 4 is a cavity in 2023 and tumour before: 2021 has no word for it, so swapping keeps the two apart and the
            // way back exact.
            value = old;
        }
    }
    return converted;
}

} // namespace sulcus::imaging
