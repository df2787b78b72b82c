// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace sulcus::imaging {

namespace {

/// A point of a slice in mm along its two axes.
struct Flat {
    double u = 0.0;
    double v = 0.0;
};

/// Corners of the convex hull, counter-clockwise (Andrew's monotone chain).
std::vector<Flat> hullOf(std::vector<Flat> points) {
    std::sort(points.begin(), points.end(),
              [](const Flat& a, const Flat& b) { return a.u != b.u ? a.u < b.u : a.v < b.v; });
    if (points.size() < 3) {
        return points;
    }
    const auto turn = [](const Flat& o, const Flat& a, const Flat& b) {
        return (a.u - o.u) * (b.v - o.v) - (a.v - o.v) * (b.u - o.u);
    };
    std::vector<Flat> hull(2 * points.size());
    std::size_t n = 0;
    for (std::size_t p = 0; p < points.size(); ++p) {
        while (n >= 2 && turn(hull[n - 2], hull[n - 1], points[p]) <= 0.0) {
            --n;
        }
        hull[n++] = points[p];
    }
    const std::size_t lower = n + 1;
    for (std::size_t p = points.size() - 1; p-- > 0;) {
        while (n >= lower && turn(hull[n - 2], hull[n - 1], points[p]) <= 0.0) {
            --n;
        }
        hull[n++] = points[p];
    }
    hull.resize(n - 1);
    return hull;
}

struct Axes {
    std::size_t through = 2;
    std::size_t u = 0;
    std::size_t v = 1;
};

Axes axesOf(const Geometry& g) {
    Axes axes;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        if (std::abs(g.direction[6 + axis]) > std::abs(g.direction[6 + axes.through])) {
            axes.through = axis;
        }
    }
    axes.u = axes.through == 0 ? 1 : 0;
    axes.v = axes.through == 2 ? 1 : 2;
    return axes;
}

} // namespace

Diameters measureComponent(const Geometry& g, const std::vector<std::int32_t>& ids, const Component& component,
                           std::int32_t id) {
    Diameters result;
    const Axes axes = axesOf(g);
    const std::array<int, 3> first{component.first.i, component.first.j, component.first.k};
    const std::array<int, 3> last{component.last.i, component.last.j, component.last.k};
    const double stepU = g.spacing[axes.u];
    const double stepV = g.spacing[axes.v];
    const auto worldOf = [&](const Flat& p, int slice) {
        std::array<double, 3> index{};
        index[axes.u] = p.u / stepU;
        index[axes.v] = p.v / stepV;
        index[axes.through] = slice;
        return g.worldFromIndex({index[0], index[1], index[2]});
    };

    // Extremes along many directions through space: the longest line joins two of them, or two within a percent of it.
    constexpr int kDirections = 400;
    struct Extreme {
        std::array<double, 3> way{};
        double reach = -1e30;
        WorldPoint point;
    };
    std::vector<Extreme> extremes(2 * kDirections);
    for (int n = 0; n < kDirections; ++n) {
        // A Fibonacci lattice spreads directions evenly over the sphere.
        const double z = 1.0 - 2.0 * (n + 0.5) / kDirections;
        const double turn = n * std::numbers::pi * (3.0 - std::sqrt(5.0));
        const double r = std::sqrt(1.0 - z * z);
        auto& e = extremes[static_cast<std::size_t>(n)];
        e.way = {r * std::cos(turn), r * std::sin(turn), z};
        extremes[static_cast<std::size_t>(n + kDirections)].way = {-e.way[0], -e.way[1], -e.way[2]};
    }

    for (int slice = first[axes.through]; slice <= last[axes.through]; ++slice) {
        std::vector<Flat> points;
        for (int b = first[axes.v]; b <= last[axes.v]; ++b) {
            // Only the ends of a row can be corners of the hull.
            int low = -1;
            int high = -1;
            for (int a = first[axes.u]; a <= last[axes.u]; ++a) {
                std::array<int, 3> at{};
                at[axes.u] = a;
                at[axes.v] = b;
                at[axes.through] = slice;
                if (ids[g.offset({at[0], at[1], at[2]})] == id) {
                    low = low < 0 ? a : low;
                    high = a;
                }
            }
            if (low < 0) {
                continue;
            }
            for (const int a : {low, high}) {
                points.push_back({(a + (a == low ? -0.5 : 0.5)) * stepU, b * stepV});
                points.push_back({a * stepU, (b - 0.5) * stepV});
                points.push_back({a * stepU, (b + 0.5) * stepV});
            }
            if (low == high) {
                points.push_back({(low + 0.5) * stepU, b * stepV});
            }
        }
        if (points.empty()) {
            continue;
        }
        const std::vector<Flat> hull = hullOf(points);
        for (std::size_t p = 0; p < hull.size(); ++p) {
            for (std::size_t q = p + 1; q < hull.size(); ++q) {
                const double mm = std::hypot(hull[p].u - hull[q].u, hull[p].v - hull[q].v);
                if (mm > result.longest.mm) {
                    result.slice = slice;
                    result.longest = {worldOf(hull[p], slice), worldOf(hull[q], slice), mm};
                }
            }
        }
        // The lattice touches hull corners only, which are few.
        for (const Flat& corner : hull) {
            const WorldPoint w = worldOf(corner, slice);
            for (Extreme& e : extremes) {
                const double reach = e.way[0] * w.x + e.way[1] * w.y + e.way[2] * w.z;
                if (reach > e.reach) {
                    e.reach = reach;
                    e.point = w;
                }
            }
        }
    }
    if (result.longest.mm <= 0.0) {
        return result;
    }
    for (int n = 0; n < kDirections; ++n) {
        const WorldPoint& a = extremes[static_cast<std::size_t>(n)].point;
        for (std::size_t m = static_cast<std::size_t>(n) + 1; m < extremes.size(); ++m) {
            const WorldPoint& b = extremes[m].point;
            result.longest3dMm = std::max(result.longest3dMm, std::hypot(a.x - b.x, a.y - b.y, a.z - b.z));
        }
    }

    // The perpendicular: cut the slice into strips across the longest line and take the longest strip.
    const ContinuousIndex from = g.indexFromWorld(result.longest.from);
    const ContinuousIndex to = g.indexFromWorld(result.longest.to);
    const std::array<double, 3> a{from.i, from.j, from.k};
    const std::array<double, 3> b{to.i, to.j, to.k};
    const double du = (b[axes.u] - a[axes.u]) * stepU / result.longest.mm;
    const double dv = (b[axes.v] - a[axes.v]) * stepV / result.longest.mm;
    const double u0 = a[axes.u] * stepU;
    const double v0 = a[axes.v] * stepV;
    const double strip = std::min(stepU, stepV);
    struct Strip {
        double low = 1e30;
        double high = -1e30;
    };
    std::vector<Strip> strips(static_cast<std::size_t>(result.longest.mm / strip) + 2);
    const auto put = [&](double u, double v) {
        const double along = (u - u0) * du + (v - v0) * dv;
        const double across = -(u - u0) * dv + (v - v0) * du;
        const auto n = static_cast<std::ptrdiff_t>(std::floor(along / strip));
        if (n < 0 || n >= static_cast<std::ptrdiff_t>(strips.size())) {
            return;
        }
        Strip& s = strips[static_cast<std::size_t>(n)];
        s.low = std::min(s.low, across);
        s.high = std::max(s.high, across);
    };
    for (int j = first[axes.v]; j <= last[axes.v]; ++j) {
        for (int i = first[axes.u]; i <= last[axes.u]; ++i) {
            std::array<int, 3> at{};
            at[axes.u] = i;
            at[axes.v] = j;
            at[axes.through] = result.slice;
            if (ids[g.offset({at[0], at[1], at[2]})] != id) {
                continue;
            }
            put((i - 0.5) * stepU, j * stepV);
            put((i + 0.5) * stepU, j * stepV);
            put(i * stepU, (j - 0.5) * stepV);
            put(i * stepU, (j + 0.5) * stepV);
        }
    }
    for (std::size_t n = 0; n < strips.size(); ++n) {
        const double mm = strips[n].high - strips[n].low;
        if (mm > result.perpendicular.mm) {
            const double along = (static_cast<double>(n) + 0.5) * strip;
            const auto point = [&](double across) {
                return worldOf({u0 + along * du - across * dv, v0 + along * dv + across * du}, result.slice);
            };
            result.perpendicular = {point(strips[n].low), point(strips[n].high), mm};
        }
    }
    result.productMm2 = result.longest.mm * result.perpendicular.mm;
    return result;
}

RegionStatistics regionStatistics(const Volume& volume, WorldPoint a, WorldPoint b, int sliceAxis, bool ellipse) {
    const Geometry& grid = volume.geometry;
    const ContinuousIndex from = grid.indexFromWorld(a);
    const ContinuousIndex to = grid.indexFromWorld(b);
    const std::array<double, 3> p{from.i, from.j, from.k};
    const std::array<double, 3> q{to.i, to.j, to.k};
    const auto axis = static_cast<std::size_t>(sliceAxis);
    const std::size_t u = axis == 0 ? 1 : 0;
    const std::size_t v = axis == 2 ? 1 : 2;
    RegionStatistics found;
    const double width = std::abs(q[u] - p[u]) * grid.spacing[u];
    const double height = std::abs(q[v] - p[v]) * grid.spacing[v];
    found.areaMm2 = width * height * (ellipse ? std::numbers::pi / 4.0 : 1.0);
    const int slice = static_cast<int>(std::lround(p[axis]));
    if (slice < 0 || slice >= grid.size[axis])
        return found;
    const auto range = [&](std::size_t n) {
        // A corner on a voxel's centre takes that voxel in.
        const int first = static_cast<int>(std::ceil(std::min(p[n], q[n]) - 1e-9));
        const int last = static_cast<int>(std::floor(std::max(p[n], q[n]) + 1e-9));
        return std::pair(std::max(0, first), std::min(grid.size[n] - 1, last));
    };
    const auto [firstU, lastU] = range(u);
    const auto [firstV, lastV] = range(v);
    const double middleU = (p[u] + q[u]) / 2.0;
    const double middleV = (p[v] + q[v]) / 2.0;
    const double halfU = std::max(1e-9, std::abs(q[u] - p[u]) / 2.0);
    const double halfV = std::max(1e-9, std::abs(q[v] - p[v]) / 2.0);
    double sum = 0.0;
    double squares = 0.0;
    std::array<int, 3> index{};
    index[axis] = slice;
    for (int y = firstV; y <= lastV; ++y)
        for (int x = firstU; x <= lastU; ++x) {
            if (ellipse) {
                const double dx = (x - middleU) / halfU;
                const double dy = (y - middleV) / halfV;
                if (dx * dx + dy * dy > 1.0)
                    continue;
            }
            index[u] = x;
            index[v] = y;
            const double value = volume.at({index[0], index[1], index[2]});
            if (found.voxelCount == 0) {
                found.minimum = value;
                found.maximum = value;
            }
            found.minimum = std::min(found.minimum, value);
            found.maximum = std::max(found.maximum, value);
            sum += value;
            squares += value * value;
            ++found.voxelCount;
        }
    if (found.voxelCount > 0) {
        const auto n = static_cast<double>(found.voxelCount);
        found.mean = sum / n;
        found.standardDeviation = std::sqrt(std::max(0.0, squares / n - found.mean * found.mean));
    }
    return found;
}

double distanceMm(WorldPoint a, WorldPoint b) { return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z); }

double angleDegrees(WorldPoint a, WorldPoint corner, WorldPoint b) {
    const std::array<double, 3> p{a.x - corner.x, a.y - corner.y, a.z - corner.z};
    const std::array<double, 3> q{b.x - corner.x, b.y - corner.y, b.z - corner.z};
    const double lengths = std::hypot(p[0], p[1], p[2]) * std::hypot(q[0], q[1], q[2]);
    if (lengths <= 0.0)
        return 0.0;
    const double cosine = (p[0] * q[0] + p[1] * q[1] + p[2] * q[2]) / lengths;
    return std::acos(std::clamp(cosine, -1.0, 1.0)) * 180.0 / std::numbers::pi;
}

} // namespace sulcus::imaging
