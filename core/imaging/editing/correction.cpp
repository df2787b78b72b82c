// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/editing/correction.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace sulcus::imaging {

namespace {

/// Voxels joined to `seed` (26-neighbourhood) for which `belongs(index, offset)` holds, inside a ball round the seed
/// (0: no limit). Gives up, with an empty set and `tooLarge`, once it holds more than `most` voxels. A click waits for
/// this: the predicate is inlined, and the answer's box is found on the way.
template <typename Belongs>
VoxelSet joined(const Geometry& grid, VoxelIndex seed, double reachMm, Belongs belongs,
                std::size_t most = std::numeric_limits<std::size_t>::max(), bool* tooLarge = nullptr) {
    if (!grid.contains(seed) || !belongs(seed, grid.offset(seed)))
        return {};
    const auto reach = [&](std::size_t axis) {
        return reachMm > 0.0 ? static_cast<int>(std::ceil(reachMm / grid.spacing[axis])) : grid.size[axis];
    };
    const VoxelIndex first{std::max(0, seed.i - reach(0)), std::max(0, seed.j - reach(1)),
                           std::max(0, seed.k - reach(2))};
    const VoxelIndex last{std::min(grid.size[0] - 1, seed.i + reach(0)), std::min(grid.size[1] - 1, seed.j + reach(1)),
                          std::min(grid.size[2] - 1, seed.k + reach(2))};
    VoxelSet seen = VoxelSet::box(first, last);
    VoxelIndex low = seed;
    VoxelIndex high = seed;
    std::vector<VoxelIndex> stack{seed};
    seen.insert(seed);
    std::size_t count = 1;
    const double reach2 = reachMm * reachMm + 1e-9;
    while (!stack.empty()) {
        const VoxelIndex v = stack.back();
        stack.pop_back();
        const int fromI = std::max(first.i, v.i - 1);
        const int toI = std::min(last.i, v.i + 1);
        for (int k = std::max(first.k, v.k - 1); k <= std::min(last.k, v.k + 1); ++k)
            for (int j = std::max(first.j, v.j - 1); j <= std::min(last.j, v.j + 1); ++j) {
                std::size_t here = seen.offset({fromI, j, k});
                std::size_t inGrid = grid.offset({fromI, j, k});
                for (int i = fromI; i <= toI; ++i, ++here, ++inGrid) {
                    if (seen.inside[here] != 0)
                        continue;
                    const VoxelIndex next{i, j, k};
                    if (!belongs(next, inGrid))
                        continue;
                    if (reachMm > 0.0) {
                        const double x = (i - seed.i) * grid.spacing[0];
                        const double y = (j - seed.j) * grid.spacing[1];
                        const double z = (k - seed.k) * grid.spacing[2];
                        if (x * x + y * y + z * z > reach2)
                            continue;
                    }
                    seen.inside[here] = 1;
                    low = {std::min(low.i, i), std::min(low.j, j), std::min(low.k, k)};
                    high = {std::max(high.i, i), std::max(high.j, j), std::max(high.k, k)};
                    stack.push_back(next);
                    if (++count > most) {
                        if (tooLarge != nullptr)
                            *tooLarge = true;
                        return {};
                    }
                }
            }
    }
    VoxelSet fitted = VoxelSet::box(low, high);
    for (int k = low.k; k <= high.k; ++k)
        for (int j = low.j; j <= high.j; ++j)
            std::copy_n(seen.inside.begin() + static_cast<std::ptrdiff_t>(seen.offset({low.i, j, k})), fitted.extent[0],
                        fitted.inside.begin() + static_cast<std::ptrdiff_t>(fitted.offset({low.i, j, k})));
    return fitted;
}

} // namespace

VoxelSet pieceAt(const LabelMap& map, VoxelIndex click, bool anyLabel) {
    if (!map.geometry.contains(click) || map.at(click) == 0)
        return {};
    const std::uint8_t label = map.at(click);
    return joined(map.geometry, click, 0.0, [&](VoxelIndex, std::size_t offset) {
        return anyLabel ? map.voxels[offset] != 0 : map.voxels[offset] == label;
    });
}

VoxelSet regionToAdd(const Volume& probability, VoxelIndex click, const CorrectionOptions& options) {
    if (!probability.geometry.contains(click))
        return {};
    // Where the network sees next to nothing, "as probable as here" is the whole brain.
    const double clicked = probability.at(click);
    if (clicked < options.least)
        return {};
    const double floor = std::max({0.02, clicked - options.band, 0.6 * clicked});
    const VoxelSet region = joined(probability.geometry, click, options.reachMm, [&](VoxelIndex v, std::size_t offset) {
        return static_cast<double>(probability.voxels[offset]) >= floor || v == click;
    });
    return fillHoles(region);
}

VoxelSet regionToRemove(const Volume& probability, const LabelMap& map, VoxelIndex click,
                        const CorrectionOptions& options) {
    std::array<bool, 256> counts{};
    for (std::size_t label = 1; label < counts.size(); ++label)
        counts[label] = !options.onlyLabel || *options.onlyLabel == label;
    if (!map.geometry.contains(click) || !counts[map.at(click)])
        return {};
    const auto all = static_cast<std::size_t>(
        std::count_if(map.voxels.begin(), map.voxels.end(), [&](std::uint8_t label) { return counts[label]; }));
    // The only piece, or the largest by far, is never taken away by one click: it need not even be walked to its end.
    const auto small =
        static_cast<std::size_t>(std::max(0.0, std::ceil(options.smallPieceShare * static_cast<double>(all)) - 1.0));
    bool large = false;
    const auto inMask = [&](VoxelIndex, std::size_t offset) { return counts[map.voxels[offset]]; };
    VoxelSet piece = joined(map.geometry, click, 0.0, inMask, std::min(small, all - 1), &large);
    if (!large && small > 0)
        return piece;
    const double ceiling = static_cast<double>(probability.at(click)) + options.band;
    // What is joined to the click inside the mask lies in the click's piece.
    return joined(map.geometry, click, options.reachMm, [&](VoxelIndex v, std::size_t offset) {
        return counts[map.voxels[offset]] && (static_cast<double>(probability.voxels[offset]) <= ceiling || v == click);
    });
}

} // namespace sulcus::imaging
