// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/components.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace sulcus::imaging {

ComponentMap labelComponents(const LabelMap& map, const std::function<bool(std::uint8_t)>& belongs) {
    std::array<bool, 256> wanted{};
    for (int value = 0; value < 256; ++value) {
        wanted[static_cast<std::size_t>(value)] = belongs(static_cast<std::uint8_t>(value));
    }
    const Geometry& g = map.geometry;
    ComponentMap found;
    found.ids.assign(map.voxels.size(), -1);

    const auto ni = static_cast<std::ptrdiff_t>(g.size[0]);
    const auto nij = ni * g.size[1];
    std::vector<VoxelIndex> piece; // a queue that is kept: at its end it holds every voxel of the piece
    std::size_t offset = 0;
    for (int k = 0; k < g.size[2]; ++k) {
        for (int j = 0; j < g.size[1]; ++j) {
            for (int i = 0; i < g.size[0]; ++i, ++offset) {
                if (!wanted[map.voxels[offset]] || found.ids[offset] >= 0) {
                    continue;
                }
                const auto id = static_cast<std::int32_t>(found.components.size());
                Component c;
                c.first = c.last = {i, j, k};
                piece.assign(1, {i, j, k});
                found.ids[offset] = id;
                double si = 0.0;
                double sj = 0.0;
                double sk = 0.0;
                for (std::size_t at = 0; at < piece.size(); ++at) {
                    const VoxelIndex v = piece[at];
                    si += v.i;
                    sj += v.j;
                    sk += v.k;
                    c.first = {std::min(c.first.i, v.i), std::min(c.first.j, v.j), std::min(c.first.k, v.k)};
                    c.last = {std::max(c.last.i, v.i), std::max(c.last.j, v.j), std::max(c.last.k, v.k)};
                    for (int z = std::max(v.k - 1, 0); z <= std::min(v.k + 1, g.size[2] - 1); ++z) {
                        for (int y = std::max(v.j - 1, 0); y <= std::min(v.j + 1, g.size[1] - 1); ++y) {
                            for (int x = std::max(v.i - 1, 0); x <= std::min(v.i + 1, g.size[0] - 1); ++x) {
                                const auto n = static_cast<std::size_t>(z * nij + y * ni + x);
                                if (wanted[map.voxels[n]] && found.ids[n] < 0) {
                                    found.ids[n] = id;
                                    piece.push_back({x, y, z});
                                }
                            }
                        }
                    }
                }
                c.voxelCount = piece.size();
                c.ml = static_cast<double>(piece.size()) * g.voxelMl();
                const auto count = static_cast<double>(piece.size());
                c.centroid = {si / count, sj / count, sk / count};
                // A horseshoe's centroid lies outside it, so views go to the voxel nearest to it.
                double nearest = std::numeric_limits<double>::max();
                for (const VoxelIndex& v : piece) {
                    const double di = (v.i - c.centroid.i) * g.spacing[0];
                    const double dj = (v.j - c.centroid.j) * g.spacing[1];
                    const double dk = (v.k - c.centroid.k) * g.spacing[2];
                    const double d = di * di + dj * dj + dk * dk;
                    if (d < nearest) {
                        nearest = d;
                        c.inside = v;
                    }
                }
                found.components.push_back(c);
            }
        }
    }

    std::vector<std::size_t> order(found.components.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return found.components[a].voxelCount > found.components[b].voxelCount;
    });
    std::vector<std::int32_t> rank(order.size());
    std::vector<Component> sorted(order.size());
    for (std::size_t n = 0; n < order.size(); ++n) {
        rank[order[n]] = static_cast<std::int32_t>(n);
        sorted[n] = found.components[order[n]];
    }
    for (std::int32_t& id : found.ids) {
        id = id < 0 ? id : rank[static_cast<std::size_t>(id)];
    }
    found.components = std::move(sorted);
    return found;
}

std::vector<Component> findComponents(const LabelMap& map, const std::function<bool(std::uint8_t)>& belongs) {
    return labelComponents(map, belongs).components;
}

} // namespace sulcus::imaging
