// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/editing/label_delta.h"

#include <algorithm>
#include <limits>

namespace sulcus::imaging {

namespace {

bool mayTouch(const LabelMap& map, std::size_t offset, const EditRules& rules) {
    if (rules.locked.test(map.voxels[offset]))
        return false;
    if (rules.only && rules.volume != nullptr) {
        const float value = rules.volume->voxels[offset];
        return value >= rules.only->low && value <= rules.only->high;
    }
    return true;
}

} // namespace

void LabelDelta::append(std::size_t offset, std::uint8_t before, std::uint8_t after) {
    if (before == after)
        return;
    if (!m_runs.empty()) {
        Run& last = m_runs.back();
        if (last.offset + last.count == offset && last.before == before && last.after == after &&
            last.count < std::numeric_limits<std::uint32_t>::max()) {
            ++last.count;
            return;
        }
    }
    m_runs.push_back({offset, 1, before, after});
}

std::size_t LabelDelta::voxelCount() const {
    std::size_t count = 0;
    for (const Run& run : m_runs)
        count += run.count;
    return count;
}

void LabelDelta::apply(LabelMap& map) const {
    for (const Run& run : m_runs)
        std::fill_n(map.voxels.begin() + static_cast<std::ptrdiff_t>(run.offset), run.count, run.after);
}

void LabelDelta::revert(LabelMap& map) const {
    for (const Run& run : m_runs)
        std::fill_n(map.voxels.begin() + static_cast<std::ptrdiff_t>(run.offset), run.count, run.before);
}

LabelDelta paint(const LabelMap& map, const VoxelSet& set, std::uint8_t label, const EditRules& rules) {
    LabelDelta delta;
    forEachVoxel(set, [&](VoxelIndex v) {
        if (!map.geometry.contains(v))
            return;
        const std::size_t offset = map.geometry.offset(v);
        if (mayTouch(map, offset, rules))
            delta.append(offset, map.voxels[offset], label);
    });
    return delta;
}

LabelDelta replaceLabel(const LabelMap& map, const VoxelSet& set, std::uint8_t label, const EditRules& rules) {
    LabelDelta delta;
    std::size_t offset = 0;
    for (int k = 0; k < map.geometry.size[2]; ++k)
        for (int j = 0; j < map.geometry.size[1]; ++j)
            for (int i = 0; i < map.geometry.size[0]; ++i, ++offset) {
                const std::uint8_t before = map.voxels[offset];
                const bool wanted = set.contains({i, j, k});
                if (wanted == (before == label) || !mayTouch(map, offset, rules))
                    continue;
                delta.append(offset, before, wanted ? label : std::uint8_t{0});
            }
    return delta;
}

LabelDelta copyLabels(const LabelMap& before, const LabelMap& after, const std::bitset<256>& labels,
                      const EditRules& rules) {
    LabelDelta delta;
    for (std::size_t offset = 0; offset < before.voxels.size(); ++offset) {
        const std::uint8_t from = before.voxels[offset];
        const std::uint8_t to = after.voxels[offset];
        if (from == to || !mayTouch(before, offset, rules))
            continue;
        if (labels.test(to))
            delta.append(offset, from, to);
        else if (labels.test(from))
            delta.append(offset, from, 0);
    }
    return delta;
}

LabelDelta difference(const LabelMap& before, const LabelMap& after) {
    LabelDelta delta;
    for (std::size_t offset = 0; offset < before.voxels.size(); ++offset)
        delta.append(offset, before.voxels[offset], after.voxels[offset]);
    return delta;
}

} // namespace sulcus::imaging
