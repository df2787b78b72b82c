// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/editing/correction.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace sulcus::imaging {

namespace {

/// Voxels joined to `seed` (26-neighbourhood) for which `belongs` holds, inside a box round the seed.
VoxelSet joined(const Geometry& grid, VoxelIndex seed, double reachMm, const std::function<bool(VoxelIndex)>& belongs) {
    if (!grid.contains(seed) || !belongs(seed))
        return {};
    const auto reach = [&](std::size_t axis) {
        return reachMm > 0.0 ? static_cast<int>(std::ceil(reachMm / grid.spacing[axis])) : grid.size[axis];
    };
    const VoxelIndex first{std::max(0, seed.i - reach(0)), std::max(0, seed.j - reach(1)),
                           std::max(0, seed.k - reach(2))};
    const VoxelIndex last{std::min(grid.size[0] - 1, seed.i + reach(0)), std::min(grid.size[1] - 1, seed.j + reach(1)),
                          std::min(grid.size[2] - 1, seed.k + reach(2))};
    VoxelSet set = VoxelSet::box(first, last);
    std::vector<VoxelIndex> stack{seed};
    set.insert(seed);
    const double reach2 = reachMm * reachMm + 1e-9;
    while (!stack.empty()) {
        const VoxelIndex v = stack.back();
        stack.pop_back();
        for (int k = std::max(first.k, v.k - 1); k <= std::min(last.k, v.k + 1); ++k)
            for (int j = std::max(first.j, v.j - 1); j <= std::min(last.j, v.j + 1); ++j)
                for (int i = std::max(first.i, v.i - 1); i <= std::min(last.i, v.i + 1); ++i) {
                    const VoxelIndex next{i, j, k};
                    if (set.inside[set.offset(next)] != 0 || !belongs(next))
                        continue;
                    if (reachMm > 0.0) {
                        const double x = (i - seed.i) * grid.spacing[0];
                        const double y = (j - seed.j) * grid.spacing[1];
                        const double z = (k - seed.k) * grid.spacing[2];
                        if (x * x + y * y + z * z > reach2)
                            continue;
                    }
                    set.insert(next);
                    stack.push_back(next);
                }
    }
    return shrinkToFit(set);
}

} // namespace

VoxelSet pieceAt(const LabelMap& map, VoxelIndex click, bool anyLabel) {
    if (!map.geometry.contains(click) || map.at(click) == 0)
        return {};
    const std::uint8_t label = map.at(click);
    return joined(map.geometry, click, 0.0,
                  [&](VoxelIndex v) { return anyLabel ? map.at(v) != 0 : map.at(v) == label; });
}

VoxelSet regionToAdd(const Volume& probability, VoxelIndex click, const CorrectionOptions& options) {
    if (!probability.geometry.contains(click))
        return {};
    const double floor = std::max(0.02, static_cast<double>(probability.at(click)) - options.band);
    const VoxelSet region = joined(probability.geometry, click, options.reachMm, [&](VoxelIndex v) {
        return v == click || static_cast<double>(probability.at(v)) >= floor;
    });
    return fillHoles(region);
}

VoxelSet regionToRemove(const Volume& probability, const LabelMap& map, VoxelIndex click,
                        const CorrectionOptions& options) {
    const VoxelSet piece = pieceAt(map, click, true);
    if (piece.inside.empty())
        return {};
    const auto all = static_cast<std::size_t>(
        std::count_if(map.voxels.begin(), map.voxels.end(), [](std::uint8_t label) { return label != 0; }));
    const std::size_t size = piece.count();
    // The only piece, or the largest by far, is never taken away by one click.
    if (size < all && static_cast<double>(size) < options.smallPieceShare * static_cast<double>(all))
        return piece;
    const double ceiling = static_cast<double>(probability.at(click)) + options.band;
    return joined(map.geometry, click, options.reachMm, [&](VoxelIndex v) {
        return piece.contains(v) && (v == click || static_cast<double>(probability.at(v)) <= ceiling);
    });
}

} // namespace sulcus::imaging
