// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/label_eras.h"

#include <algorithm>

namespace sulcus::workflow {

std::array<std::size_t, 256> countLabels(const imaging::LabelMap& map) {
    std::array<std::size_t, 256> counts{};
    for (const auto value : map.voxels)
        ++counts[value];
    return counts;
}

imaging::LabelEra detectEra(const imaging::LabelMap& map, const std::filesystem::path& file,
                            std::optional<imaging::LabelEra> around) {
    using imaging::LabelEra;
    for (const auto era : {LabelEra::Brats2023, LabelEra::Brats2021, LabelEra::Plain}) {
        if (map.description.find("labels " + imaging::toString(era)) != std::string::npos)
            return era;
    }
    const auto counts = countLabels(map);
    if (std::any_of(counts.begin() + 5, counts.end(), [](std::size_t n) { return n != 0; }))
        return LabelEra::Plain;
    const bool has3 = counts[3] != 0;
    const bool has4 = counts[4] != 0;
    if (has3 && !has4 && around != LabelEra::Plain)
        return LabelEra::Brats2023;
    if (around)
        return *around;
    const auto name = file.filename().string();
    const bool onlyOnes = counts[1] != 0 && counts[2] == 0 && !has3 && !has4;
    if (onlyOnes && name.find("BraTS") == std::string::npos && map.description.find("BraTS") == std::string::npos)
        return LabelEra::Plain;
    if (has3 || name.find("BraTS-") != std::string::npos || name.find("-seg.nii") != std::string::npos)
        return LabelEra::Brats2023;
    return LabelEra::Brats2021;
}

std::optional<imaging::LabelEra> eraAround(const imaging::Case& imagingCase) {
    if (imagingCase.files.kind == imaging::CaseKind::BratsMri)
        return imagingCase.files.era;
    using imaging::Sequence;
    const auto sequence = imagingCase.volumes.front().sequence;
    return sequence == Sequence::Ct || sequence == Sequence::Other ? std::optional(imaging::LabelEra::Plain)
                                                                   : std::nullopt;
}

std::vector<std::uint8_t> valuesOutside(const imaging::LabelMap& map, imaging::LabelEra era) {
    std::vector<std::uint8_t> strange;
    if (era == imaging::LabelEra::Plain)
        return strange;
    const auto definitions = imaging::labelDefinitions(era);
    const auto counts = countLabels(map);
    for (std::size_t value = 1; value < counts.size(); ++value) {
        const bool known = std::any_of(definitions.begin(), definitions.end(),
                                       [value](const auto& label) { return label.value == value; });
        if (counts[value] != 0 && !known)
            strange.push_back(static_cast<std::uint8_t>(value));
    }
    return strange;
}

std::optional<imaging::LabelEra> eraFromString(std::string_view text) {
    using imaging::LabelEra;
    if (text == "2021" || text == "brats2021")
        return LabelEra::Brats2021;
    if (text == "2023" || text == "brats2023")
        return LabelEra::Brats2023;
    if (text == "plain")
        return LabelEra::Plain;
    return std::nullopt;
}

bool isBratsBundle(const learning::Bundle& bundle) {
    const auto isRegion = [](const learning::BundleOutput& output) {
        return output.name == "WT" || output.name == "TC" || output.name == "ET";
    };
    const auto isTissue = [](const learning::BundleLabel& label) {
        return label.code == "NCR" || label.code == "ED" || label.code == "ET";
    };
    return std::any_of(bundle.outputs.begin(), bundle.outputs.end(), isRegion) ||
           std::any_of(bundle.labels.begin(), bundle.labels.end(), isTissue);
}

std::vector<imaging::Target> targetsOf(imaging::LabelEra era) {
    using imaging::Target;
    if (era == imaging::LabelEra::Plain)
        return {Target::Mask};
    return {Target::WholeTumour, Target::TumourCore, Target::EnhancingTumour};
}

double targetMl(const std::array<std::size_t, 256>& counts, imaging::Target target, imaging::LabelEra era,
                const imaging::Geometry& geometry) {
    std::size_t voxels = 0;
    for (std::size_t value = 1; value < counts.size(); ++value) {
        if (counts[value] != 0 && imaging::belongsTo(static_cast<std::uint8_t>(value), target, era))
            voxels += counts[value];
    }
    return static_cast<double>(voxels) * geometry.voxelMl();
}

} // namespace sulcus::workflow
