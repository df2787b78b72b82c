// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/resample.h"

#include <algorithm>
#include <cmath>

namespace sulcus::imaging {

namespace {

/// Which source axis becomes each of L, P, S, and whether it runs the other way.
struct Reordering {
    std::array<std::size_t, 3> axis{0, 1, 2};
    std::array<bool, 3> flipped{false, false, false};

    bool isIdentity() const {
        return axis == std::array<std::size_t, 3>{0, 1, 2} && flipped == std::array<bool, 3>{false, false, false};
    }
};

Reordering reorderingOf(const Geometry& g) {
    // The assignment of axes as a whole, not axis by axis: at 45 degrees two axes could otherwise claim one direction.
    constexpr std::array<std::array<std::size_t, 3>, 6> kOrders{
        {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}};
    Reordering best;
    double bestFit = -1.0;
    for (const auto& order : kOrders) {
        double fit = 0.0;
        for (std::size_t world = 0; world < 3; ++world) {
            fit += std::abs(g.direction[world * 3 + order[world]]);
        }
        if (fit > bestFit + 1e-9) {
            bestFit = fit;
            best.axis = order;
        }
    }
    for (std::size_t world = 0; world < 3; ++world) {
        best.flipped[world] = g.direction[world * 3 + best.axis[world]] < 0.0;
    }
    return best;
}

Geometry reordered(const Geometry& g, const Reordering& r) {
    Geometry out = g;
    std::array<double, 3> corner{0.0, 0.0, 0.0};
    for (std::size_t world = 0; world < 3; ++world) {
        const std::size_t from = r.axis[world];
        out.size[world] = g.size[from];
        out.spacing[world] = g.spacing[from];
        for (std::size_t row = 0; row < 3; ++row) {
            const double d = g.direction[row * 3 + from];
            out.direction[row * 3 + world] = (r.flipped[world] ? -d : d) + 0.0;
        }
        if (r.flipped[world]) {
            corner[from] = g.size[from] - 1;
        }
    }
    const WorldPoint origin = g.worldFromIndex({corner[0], corner[1], corner[2]});
    out.origin = {origin.x, origin.y, origin.z};
    out.isSlice = g.isSlice && r.axis[2] == 2;
    return out;
}

/// Walks the reordered grid and gives the source offset of each of its voxels, in order.
template <typename Visit>
void walk(const Geometry& source, const Geometry& target, const Reordering& r, Visit&& visit) {
    const std::array<std::ptrdiff_t, 3> strides{1, source.size[0],
                                                static_cast<std::ptrdiff_t>(source.size[0]) * source.size[1]};
    std::array<std::ptrdiff_t, 3> step{};
    std::ptrdiff_t start = 0;
    for (std::size_t world = 0; world < 3; ++world) {
        const std::ptrdiff_t s = strides[r.axis[world]];
        step[world] = r.flipped[world] ? -s : s;
        start += r.flipped[world] ? s * (target.size[world] - 1) : 0;
    }
    std::size_t n = 0;
    for (int k = 0; k < target.size[2]; ++k) {
        for (int j = 0; j < target.size[1]; ++j) {
            std::ptrdiff_t at = start + k * step[2] + j * step[1];
            for (int i = 0; i < target.size[0]; ++i, ++n, at += step[0]) {
                visit(n, static_cast<std::size_t>(at));
            }
        }
    }
}

/// index of `from` -> index of `to`, as a matrix and an offset.
struct IndexMap {
    std::array<double, 9> m{};
    std::array<double, 3> t{};
};

IndexMap indexMap(const Geometry& from, const Geometry& to) {
    IndexMap map;
    const auto at = [&](double i, double j, double k) { return to.indexFromWorld(from.worldFromIndex({i, j, k})); };
    const ContinuousIndex zero = at(0, 0, 0);
    map.t = {zero.i, zero.j, zero.k};
    const std::array<ContinuousIndex, 3> units{at(1, 0, 0), at(0, 1, 0), at(0, 0, 1)};
    for (std::size_t c = 0; c < 3; ++c) {
        map.m[c] = units[c].i - zero.i;
        map.m[3 + c] = units[c].j - zero.j;
        map.m[6 + c] = units[c].k - zero.k;
    }
    return map;
}

/// Calls `sample(n, x, y, z)` with the source index of each voxel of `grid`.
template <typename Sample>
void forEachTarget(const Geometry& grid, const Geometry& source, Sample&& sample) {
    const IndexMap f = indexMap(grid, source);
    std::size_t n = 0;
    for (int k = 0; k < grid.size[2]; ++k) {
        for (int j = 0; j < grid.size[1]; ++j) {
            const double x0 = f.t[0] + f.m[1] * j + f.m[2] * k;
            const double y0 = f.t[1] + f.m[4] * j + f.m[5] * k;
            const double z0 = f.t[2] + f.m[7] * j + f.m[8] * k;
            for (int i = 0; i < grid.size[0]; ++i, ++n) {
                sample(n, x0 + f.m[0] * i, y0 + f.m[3] * i, z0 + f.m[6] * i);
            }
        }
    }
}

/// Outside by less than half a voxel still belongs to the edge voxel; rounding in headers must not cost a border slice.
bool insideHalf(double v, int size) { return v >= -0.5 && v <= size - 0.5; }

} // namespace

Geometry lpsGeometry(const Geometry& geometry) { return reordered(geometry, reorderingOf(geometry)); }

Volume toLps(const Volume& volume) {
    const Reordering r = reorderingOf(volume.geometry);
    if (r.isIdentity()) {
        return volume;
    }
    Volume out;
    out.geometry = reordered(volume.geometry, r);
    out.description = volume.description;
    out.warnings = volume.warnings;
    out.voxels.resize(volume.voxels.size());
    walk(volume.geometry, out.geometry, r,
         [&](std::size_t to, std::size_t from) { out.voxels[to] = volume.voxels[from]; });
    return out;
}

LabelMap toLps(const LabelMap& map) {
    const Reordering r = reorderingOf(map.geometry);
    LabelMap out = map;
    out.geometry = reordered(map.geometry, r);
    walk(map.geometry, out.geometry, r, [&](std::size_t to, std::size_t from) { out.voxels[to] = map.voxels[from]; });
    return out;
}

LabelMap fromLps(const LabelMap& lps, const Geometry& original) {
    const Reordering r = reorderingOf(original);
    LabelMap out;
    out.geometry = original;
    out.description = lps.description;
    out.voxels.resize(lps.voxels.size());
    walk(original, reordered(original, r), r,
         [&](std::size_t to, std::size_t from) { out.voxels[from] = lps.voxels[to]; });
    return out;
}

Volume fromLps(const Volume& lps, const Geometry& original) {
    const Reordering r = reorderingOf(original);
    Volume out;
    out.geometry = original;
    out.description = lps.description;
    out.warnings = lps.warnings;
    out.voxels.resize(lps.voxels.size());
    walk(original, reordered(original, r), r,
         [&](std::size_t to, std::size_t from) { out.voxels[from] = lps.voxels[to]; });
    return out;
}

bool turnOnto(LabelMap& map, const Geometry& grid) {
    const double half = 0.5 * *std::min_element(grid.spacing.begin(), grid.spacing.end());
    if (!map.geometry.hasOrientation || !grid.hasOrientation ||
        !sameGrid(lpsGeometry(map.geometry), lpsGeometry(grid), half)) {
        return false;
    }
    map = fromLps(toLps(map), grid);
    return true;
}

Volume resampleTo(const Volume& volume, const Geometry& grid) {
    Volume out;
    out.geometry = grid;
    out.description = volume.description;
    out.voxels.assign(grid.voxelCount(), 0.0F);
    const Geometry& g = volume.geometry;
    const std::ptrdiff_t strideJ = g.size[0];
    const std::ptrdiff_t strideK = strideJ * g.size[1];
    forEachTarget(grid, g, [&](std::size_t n, double x, double y, double z) {
        if (!insideHalf(x, g.size[0]) || !insideHalf(y, g.size[1]) || !insideHalf(z, g.size[2])) {
            return;
        }
        const auto split = [](double v, int size, int& low, int& high) {
            const double c = std::clamp(v, 0.0, static_cast<double>(size - 1));
            low = static_cast<int>(c);
            high = std::min(low + 1, size - 1);
            return static_cast<float>(c - low);
        };
        int i0 = 0;
        int i1 = 0;
        int j0 = 0;
        int j1 = 0;
        int k0 = 0;
        int k1 = 0;
        const float fi = split(x, g.size[0], i0, i1);
        const float fj = split(y, g.size[1], j0, j1);
        const float fk = split(z, g.size[2], k0, k1);
        const float* v = volume.voxels.data();
        const auto row = [&](int j, int k) {
            const float* r = v + k * strideK + j * strideJ;
            return r[i0] + fi * (r[i1] - r[i0]);
        };
        const float near = row(j0, k0) + fj * (row(j1, k0) - row(j0, k0));
        const float far = row(j0, k1) + fj * (row(j1, k1) - row(j0, k1));
        out.voxels[n] = near + fk * (far - near);
    });
    return out;
}

LabelMap resampleTo(const LabelMap& map, const Geometry& grid) {
    LabelMap out;
    out.geometry = grid;
    out.description = map.description;
    out.voxels.assign(grid.voxelCount(), 0);
    const Geometry& g = map.geometry;
    forEachTarget(grid, g, [&](std::size_t n, double x, double y, double z) {
        if (!insideHalf(x, g.size[0]) || !insideHalf(y, g.size[1]) || !insideHalf(z, g.size[2])) {
            return;
        }
        const auto nearest = [](double v, int size) {
            return std::clamp(static_cast<int>(std::lround(v)), 0, size - 1);
        };
        out.voxels[n] = map.voxels[g.offset({nearest(x, g.size[0]), nearest(y, g.size[1]), nearest(z, g.size[2])})];
    });
    return out;
}

} // namespace sulcus::imaging
