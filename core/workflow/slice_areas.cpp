// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/slice_areas.h"

namespace sulcus::workflow {

std::vector<SliceArea> sliceAreas(const imaging::LabelMap& mask) {
    const auto& g = mask.geometry;
    std::size_t axis = 2;
    for (std::size_t a = 0; a < 3 && !g.isSlice; ++a) {
        const char letter = g.axisLetter(static_cast<int>(a));
        if (letter == 'S' || letter == 'I')
            axis = a;
    }
    double pixelCm2 = 0.01;
    for (std::size_t a = 0; a < 3; ++a) {
        if (a != axis)
            pixelCm2 *= g.spacing[a];
    }
    std::vector<std::array<std::size_t, 256>> counts(static_cast<std::size_t>(g.size[axis]));
    std::array<int, 3> at{};
    std::size_t n = 0;
    for (at[2] = 0; at[2] < g.size[2]; ++at[2])
        for (at[1] = 0; at[1] < g.size[1]; ++at[1])
            for (at[0] = 0; at[0] < g.size[0]; ++at[0], ++n) {
                if (mask.voxels[n] != 0)
                    ++counts[static_cast<std::size_t>(at[axis])][mask.voxels[n]];
            }
    std::vector<SliceArea> areas;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        SliceArea area;
        bool any = false;
        for (std::size_t value = 1; value < area.cm2.size(); ++value) {
            area.cm2[value] = static_cast<double>(counts[k][value]) * pixelCm2;
            any = any || counts[k][value] != 0;
        }
        if (!any)
            continue;
        area.slice = static_cast<int>(k);
        imaging::ContinuousIndex middle{(g.size[0] - 1) / 2.0, (g.size[1] - 1) / 2.0, (g.size[2] - 1) / 2.0};
        (axis == 0 ? middle.i : axis == 1 ? middle.j : middle.k) = static_cast<double>(k);
        area.zMm = g.worldFromIndex(middle).z;
        areas.push_back(area);
    }
    return areas;
}

} // namespace sulcus::workflow
