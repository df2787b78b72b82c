// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/content_box.h"

#include <algorithm>
#include <cmath>

namespace sulcus::scene {

using imaging::VoxelIndex;

std::optional<std::array<VoxelIndex, 2>> contentBox(const imaging::Volume& volume) {
    const imaging::Geometry& grid = volume.geometry;
    if (volume.voxels.empty())
        return std::nullopt;
    const float background = volume.voxels.front();
    for (int corner = 1; corner < 8; ++corner)
        if (volume
                .voxels[grid.offset({(corner & 1) != 0 ? grid.size[0] - 1 : 0, (corner & 2) != 0 ? grid.size[1] - 1 : 0,
                                     (corner & 4) != 0 ? grid.size[2] - 1 : 0})] != background)
            return std::nullopt;
    VoxelIndex first{grid.size[0], grid.size[1], grid.size[2]};
    VoxelIndex last{-1, -1, -1};
    const auto differs = [&](float value) { return value != background; };
    for (int k = 0; k < grid.size[2]; ++k)
        for (int j = 0; j < grid.size[1]; ++j) {
            const auto row = volume.voxels.begin() + static_cast<std::ptrdiff_t>(grid.offset({0, j, k}));
            const auto end = row + grid.size[0];
            const auto left = std::find_if(row, end, differs);
            if (left == end)
                continue;
            const auto right = std::find_if(std::make_reverse_iterator(end), std::make_reverse_iterator(left), differs);
            first = {std::min(first.i, static_cast<int>(left - row)), std::min(first.j, j), std::min(first.k, k)};
            last = {std::max(last.i, static_cast<int>(right.base() - row) - 1), std::max(last.j, j),
                    std::max(last.k, k)};
        }
    if (last.i < 0)
        return std::nullopt;
    return std::array{first, last};
}

Framing framingOf(const std::array<VoxelIndex, 2>& box, const SliceFrame& frame) {
    // A speck in a large volume is shown with its surroundings.
    constexpr double kMostZoom = 3.0;
    // The letters at the edges stand beside the patient, not on it.
    constexpr double kRoomForLetters = 0.91;
    const imaging::Geometry& grid = frame.geometry;
    const auto corner = [&](const VoxelIndex& v, double side) {
        return frame.planeFromWorld(grid.worldFromIndex({v.i + side, v.j + side, v.k + side}));
    };
    const PlanePoint low = corner(box[0], -0.5);
    const PlanePoint high = corner(box[1], 0.5);
    const double wide = std::max(std::abs(high.x - low.x), frame.columnSpacing());
    const double tall = std::max(std::abs(high.y - low.y), frame.rowSpacing());
    Framing framing;
    // The smaller of the two ratios: then it fits whatever the shape of the view.
    const double ratio =
        std::min(frame.columns() * frame.columnSpacing() / wide, frame.rows() * frame.rowSpacing() / tall);
    framing.zoom = std::clamp(kRoomForLetters * ratio, 1.0, kMostZoom);
    framing.centre =
        grid.worldFromIndex({(box[0].i + box[1].i) / 2.0, (box[0].j + box[1].j) / 2.0, (box[0].k + box[1].k) / 2.0});
    return framing;
}

} // namespace sulcus::scene
