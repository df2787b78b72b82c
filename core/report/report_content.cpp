// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_content.h"

#include <algorithm>

namespace sulcus::report {

namespace {

using imaging::LabelEra;
using imaging::Sequence;
using imaging::Target;

std::array<std::size_t, 256> histogram(const imaging::LabelMap& mask) {
    std::array<std::size_t, 256> counts{};
    for (const std::uint8_t value : mask.voxels)
        ++counts[value];
    return counts;
}

/// Okabe-Ito colours in turn, for labels that no scheme names.
std::array<std::uint8_t, 3> spareColour(std::uint8_t value) {
    static constexpr std::array<std::array<std::uint8_t, 3>, 7> kColours{
        {{230, 159, 0}, {86, 180, 233}, {0, 158, 115}, {240, 228, 66}, {0, 114, 178}, {213, 94, 0}, {204, 121, 167}}};
    return kColours[value % kColours.size()];
}

} // namespace

std::string toString(Plane plane) {
    switch (plane) {
    case Plane::Axial:
        return "axial";
    case Plane::Sagittal:
        return "sagittal";
    case Plane::Coronal:
        return "coronal";
    }
    return "axial";
}

std::string toString(clinic::Finding finding) {
    switch (finding) {
    case clinic::Finding::BrainTumour:
        return "brain_tumour";
    case clinic::Finding::LungLesion:
        return "lung_lesion";
    case clinic::Finding::LiverLesion:
        return "liver_lesion";
    case clinic::Finding::Aneurysm:
        return "aneurysm";
    }
    return "brain_tumour";
}

std::vector<LabelVolume> labelVolumes(const imaging::LabelMap& mask, LabelEra era) {
    const auto counts = histogram(mask);
    const double voxelMl = mask.geometry.voxelMl();
    std::vector<LabelVolume> volumes;
    std::array<bool, 256> listed{};
    listed[0] = true;
    for (const imaging::LabelDefinition& definition : imaging::labelDefinitions(era)) {
        if (listed[definition.value])
            continue;
        listed[definition.value] = true;
        if (era == LabelEra::Plain && counts[definition.value] == 0)
            continue;
        volumes.push_back({definition.value, definition.code, definition.colour,
                           static_cast<double>(counts[definition.value]) * voxelMl});
    }
    for (unsigned value = 1; value < 256; ++value)
        if (!listed[value] && counts[value] > 0)
            volumes.push_back({static_cast<std::uint8_t>(value), "label_" + std::to_string(value),
                               spareColour(static_cast<std::uint8_t>(value)),
                               static_cast<double>(counts[value]) * voxelMl});
    return volumes;
}

std::map<Target, double> targetVolumes(const imaging::LabelMap& mask, LabelEra era) {
    const std::vector<Target> targets =
        era == LabelEra::Plain ? std::vector{Target::Mask}
                               : std::vector{Target::WholeTumour, Target::TumourCore, Target::EnhancingTumour};
    const auto counts = histogram(mask);
    std::map<Target, double> ml;
    for (const Target target : targets) {
        std::size_t voxels = 0;
        for (unsigned value = 1; value < 256; ++value)
            if (imaging::belongsTo(static_cast<std::uint8_t>(value), target, era))
                voxels += counts[value];
        ml[target] = static_cast<double>(voxels) * mask.geometry.voxelMl();
    }
    return ml;
}

std::vector<SliceFigure> figuresThroughLargest(const imaging::Case& imagingCase, const imaging::LabelMap* mask,
                                               LabelEra era) {
    if (imagingCase.volumes.empty())
        return {};
    const imaging::Geometry& grid = imagingCase.geometry();
    imaging::VoxelIndex centre{grid.size[0] / 2, grid.size[1] / 2, grid.size[2] / 2};
    if (mask != nullptr) {
        const Target whole = era == LabelEra::Plain ? Target::Mask : Target::WholeTumour;
        auto components =
            imaging::findComponents(*mask, [&](std::uint8_t value) { return imaging::belongsTo(value, whole, era); });
        if (components.empty()) // a cavity alone belongs to no target but is still worth showing
            components = imaging::findComponents(*mask, [](std::uint8_t value) { return value != 0; });
        if (!components.empty() && grid.contains(components.front().inside))
            centre = components.front().inside;
    }
    const auto firstOf = [&](std::initializer_list<Sequence> wanted) {
        for (const Sequence sequence : wanted)
            if (imagingCase.find(sequence))
                return sequence;
        return imagingCase.volumes.front().sequence;
    };
    const Sequence wide = firstOf({Sequence::Flair, Sequence::T2, Sequence::T1ce, Sequence::T1});
    const Sequence contrast = firstOf({Sequence::T1ce, Sequence::Flair, Sequence::T1, Sequence::T2});
    if (grid.isSlice)
        return {{Plane::Axial, wide, centre}};
    return {{Plane::Axial, wide, centre}, {Plane::Sagittal, wide, centre}, {Plane::Coronal, contrast, centre}};
}

int normalAxis(const imaging::Geometry& geometry, Plane plane) {
    const int stored = plane == Plane::Axial ? 2 : plane == Plane::Sagittal ? 0 : 1;
    if (!geometry.hasOrientation || geometry.isSlice)
        return stored;
    const std::string letters = plane == Plane::Axial ? "SI" : plane == Plane::Sagittal ? "LR" : "AP";
    for (int axis = 0; axis < 3; ++axis)
        if (letters.find(geometry.axisLetter(axis)) != std::string::npos)
            return axis;
    return stored; // strongly oblique: two axes share their nearest letter
}

} // namespace sulcus::report
