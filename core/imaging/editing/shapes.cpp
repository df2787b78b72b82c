// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/editing/shapes.h"

#include <algorithm>
#include <cmath>

namespace sulcus::imaging {

namespace {

int component(VoxelIndex v, int axis) { return axis == 0 ? v.i : axis == 1 ? v.j : v.k; }

/// Signed distance in mm to the outline of a slice's voxels: negative inside.
std::vector<float> signedDistance(const VoxelSet& slice, const std::array<double, 3>& spacing) {
    VoxelSet outside = slice;
    for (std::uint8_t& v : outside.inside)
        v = v == 0 ? 1 : 0;
    const std::vector<float> toInside = squaredDistanceTo(slice, spacing);
    const std::vector<float> toOutside = squaredDistanceTo(outside, spacing);
    std::vector<float> distance(toInside.size());
    for (std::size_t v = 0; v < distance.size(); ++v)
        distance[v] = std::sqrt(toInside[v]) - std::sqrt(toOutside[v]);
    return distance;
}

} // namespace

VoxelSet brush(const Geometry& grid, WorldPoint from, WorldPoint to, double radiusMm, std::optional<int> sliceAxis) {
    const ContinuousIndex a = grid.indexFromWorld(from);
    ContinuousIndex b = grid.indexFromWorld(to);
    const VoxelIndex nearest = grid.nearestVoxel(from);
    // In millimetres along the grid's axes, which are perpendicular, distances need no direction matrix.
    std::array<double, 3> p{a.i * grid.spacing[0], a.j * grid.spacing[1], a.k * grid.spacing[2]};
    std::array<double, 3> q{b.i * grid.spacing[0], b.j * grid.spacing[1], b.k * grid.spacing[2]};
    if (sliceAxis) {
        const auto axis = static_cast<std::size_t>(*sliceAxis);
        p[axis] = component(nearest, *sliceAxis) * grid.spacing[axis];
        q[axis] = p[axis];
    }
    VoxelIndex first;
    VoxelIndex last;
    int* const low[3] = {&first.i, &first.j, &first.k};
    int* const high[3] = {&last.i, &last.j, &last.k};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        *low[axis] =
            std::max(0, static_cast<int>(std::floor((std::min(p[axis], q[axis]) - radiusMm) / grid.spacing[axis])));
        *high[axis] =
            std::min(grid.size[axis] - 1,
                     static_cast<int>(std::ceil((std::max(p[axis], q[axis]) + radiusMm) / grid.spacing[axis])));
        if (sliceAxis && static_cast<std::size_t>(*sliceAxis) == axis) {
            *low[axis] = component(nearest, *sliceAxis);
            *high[axis] = *low[axis];
        }
    }
    if (sliceAxis && (component(nearest, *sliceAxis) < 0 ||
                      component(nearest, *sliceAxis) >= grid.size[static_cast<std::size_t>(*sliceAxis)]))
        return {};

    VoxelSet set = VoxelSet::box(first, last);
    double length2 = 0.0;
    for (std::size_t axis = 0; axis < 3; ++axis)
        length2 += (q[axis] - p[axis]) * (q[axis] - p[axis]);
    for (int k = first.k; k <= last.k; ++k)
        for (int j = first.j; j <= last.j; ++j)
            for (int i = first.i; i <= last.i; ++i) {
                const std::array<double, 3> v{i * grid.spacing[0], j * grid.spacing[1], k * grid.spacing[2]};
                double along = 0.0;
                for (std::size_t axis = 0; axis < 3; ++axis)
                    along += (v[axis] - p[axis]) * (q[axis] - p[axis]);
                const double t = length2 > 0.0 ? std::clamp(along / length2, 0.0, 1.0) : 0.0;
                double distance2 = 0.0;
                for (std::size_t axis = 0; axis < 3; ++axis) {
                    const double d = v[axis] - (p[axis] + t * (q[axis] - p[axis]));
                    distance2 += d * d;
                }
                if (distance2 <= radiusMm * radiusMm)
                    set.insert({i, j, k});
            }
    if (grid.contains(nearest)) {
        VoxelSet dab = VoxelSet::box(nearest, nearest);
        dab.insert(nearest);
        set = unite(set, dab);
    }
    return set;
}

VoxelSet polygon(const Geometry& grid, const std::vector<WorldPoint>& corners, int sliceAxis, int slice) {
    if (corners.size() < 3 || slice < 0 || slice >= grid.size[static_cast<std::size_t>(sliceAxis)])
        return {};
    const int u = sliceAxis == 0 ? 1 : 0;
    const int v = sliceAxis == 2 ? 1 : 2;
    std::vector<std::array<double, 2>> points;
    std::array<double, 2> low{1e30, 1e30};
    std::array<double, 2> high{-1e30, -1e30};
    for (const WorldPoint& corner : corners) {
        const ContinuousIndex c = grid.indexFromWorld(corner);
        const std::array<double, 3> index{c.i, c.j, c.k};
        const std::array<double, 2> point{index[static_cast<std::size_t>(u)], index[static_cast<std::size_t>(v)]};
        for (std::size_t axis = 0; axis < 2; ++axis) {
            low[axis] = std::min(low[axis], point[axis]);
            high[axis] = std::max(high[axis], point[axis]);
        }
        points.push_back(point);
    }
    const auto at = [&](int a, int b) {
        std::array<int, 3> index{};
        index[static_cast<std::size_t>(u)] = a;
        index[static_cast<std::size_t>(v)] = b;
        index[static_cast<std::size_t>(sliceAxis)] = slice;
        return VoxelIndex{index[0], index[1], index[2]};
    };
    const int firstU = std::max(0, static_cast<int>(std::floor(low[0])));
    const int firstV = std::max(0, static_cast<int>(std::floor(low[1])));
    const int lastU = std::min(grid.size[static_cast<std::size_t>(u)] - 1, static_cast<int>(std::ceil(high[0])));
    const int lastV = std::min(grid.size[static_cast<std::size_t>(v)] - 1, static_cast<int>(std::ceil(high[1])));
    if (firstU > lastU || firstV > lastV)
        return {};
    VoxelSet set = VoxelSet::box(at(firstU, firstV), at(lastU, lastV));
    for (int b = firstV; b <= lastV; ++b)
        for (int a = firstU; a <= lastU; ++a) {
            bool inside = false;
            for (std::size_t n = 0, m = points.size() - 1; n < points.size(); m = n++) {
                const auto& s = points[n];
                const auto& e = points[m];
                if ((s[1] > b) != (e[1] > b) && a < (e[0] - s[0]) * (b - s[1]) / (e[1] - s[1]) + s[0])
                    inside = !inside;
            }
            if (inside)
                set.insert(at(a, b));
        }
    return set;
}

VoxelSet fillBetweenSlices(const LabelMap& map, std::uint8_t label, int sliceAxis) {
    const VoxelSet drawn = voxelsOf(map, [label](std::uint8_t value) { return value == label; });
    if (drawn.empty())
        return drawn;
    const auto axis = static_cast<std::size_t>(sliceAxis);
    // One margin voxel inside the slice plane, so that a shape that touches its box still has an outside.
    VoxelIndex first{drawn.first.i - 1, drawn.first.j - 1, drawn.first.k - 1};
    VoxelIndex last{drawn.first.i + drawn.extent[0], drawn.first.j + drawn.extent[1], drawn.first.k + drawn.extent[2]};
    const int begin = component(drawn.first, sliceAxis);
    const int end = begin + drawn.extent[axis];
    const auto sliceBox = [&](int slice) {
        VoxelIndex low = first;
        VoxelIndex high = last;
        (sliceAxis == 0 ? low.i : sliceAxis == 1 ? low.j : low.k) = slice;
        (sliceAxis == 0 ? high.i : sliceAxis == 1 ? high.j : high.k) = slice;
        return VoxelSet::box(low, high);
    };
    std::vector<VoxelSet> slices;
    for (int slice = begin; slice < end; ++slice)
        slices.push_back(sliceBox(slice));
    forEachVoxel(drawn,
                 [&](VoxelIndex v) { slices[static_cast<std::size_t>(component(v, sliceAxis) - begin)].insert(v); });

    VoxelSet filled = drawn;
    int previous = 0; // the first slice of the box holds voxels, or the box would be smaller
    for (int next = 1; next < end - begin; ++next) {
        if (slices[static_cast<std::size_t>(next)].empty())
            continue;
        if (next - previous > 1) {
            const std::vector<float> from =
                signedDistance(slices[static_cast<std::size_t>(previous)], map.geometry.spacing);
            const std::vector<float> to = signedDistance(slices[static_cast<std::size_t>(next)], map.geometry.spacing);
            for (int slice = previous + 1; slice < next; ++slice) {
                const float t = static_cast<float>(slice - previous) / static_cast<float>(next - previous);
                VoxelSet between = slices[static_cast<std::size_t>(slice)];
                for (std::size_t v = 0; v < from.size(); ++v)
                    between.inside[v] = (1.0F - t) * from[v] + t * to[v] < 0.0F ? 1 : 0;
                forEachVoxel(between, [&](VoxelIndex v) {
                    if (map.geometry.contains(v))
                        filled.insert(v);
                });
            }
        }
        previous = next;
    }
    return filled;
}

} // namespace sulcus::imaging
