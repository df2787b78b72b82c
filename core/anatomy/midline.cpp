// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/midline.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace sulcus::anatomy {

namespace {

using imaging::Geometry;
using imaging::WorldPoint;

constexpr double kBlockMm = 4.0;
constexpr double kBoundMm = 8.0;
constexpr double kBoundDegrees = 8.0;

/// The volume in blocks of some 4 mm, brightness 0..1.
struct BlockImage {
    Geometry geometry;
    std::vector<float> value;
    std::vector<std::uint8_t> tumour;

    BlockImage(const imaging::Volume& volume, const imaging::LabelMap* mask) {
        const Geometry& g = volume.geometry;
        std::array<int, 3> factor{};
        std::array<double, 3> first{};
        geometry = g;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            factor[axis] = std::clamp(static_cast<int>(std::lround(kBlockMm / g.spacing[axis])), 1, g.size[axis]);
            geometry.size[axis] = g.size[axis] / factor[axis];
            geometry.spacing[axis] = g.spacing[axis] * factor[axis];
            first[axis] = (factor[axis] - 1) / 2.0;
        }
        const WorldPoint origin = g.worldFromIndex({first[0], first[1], first[2]});
        geometry.origin = {origin.x, origin.y, origin.z};
        value.assign(geometry.voxelCount(), 0.0F);
        tumour.assign(geometry.voxelCount(), 0);
        for (int k = 0; k < geometry.size[2] * factor[2]; ++k)
            for (int j = 0; j < geometry.size[1] * factor[1]; ++j) {
                const std::size_t row = geometry.offset({0, j / factor[1], k / factor[2]});
                const std::size_t from = g.offset({0, j, k});
                for (int i = 0; i < geometry.size[0] * factor[0]; ++i) {
                    const std::size_t block = row + static_cast<std::size_t>(i / factor[0]);
                    const float v = volume.voxels[from + static_cast<std::size_t>(i)];
                    value[block] += std::isfinite(v) ? std::max(v, 0.0F) : 0.0F;
                    if (mask != nullptr)
                        tumour[block] |= mask->voxels[from + static_cast<std::size_t>(i)] != 0;
                }
            }
        // Brightness relative to the brain's own, with outliers cut off.
        double sum = 0.0;
        double count = 0.0;
        for (const float v : value)
            if (v > 0.0F) {
                sum += v;
                count += 1.0;
            }
        const float ceiling = count > 0.0 ? static_cast<float>(2.0 * sum / count) : 1.0F;
        for (float& v : value)
            v = std::min(v, ceiling) / ceiling;
    }

    float at(double i, double j, double k) const {
        const int i0 = static_cast<int>(std::floor(i));
        const int j0 = static_cast<int>(std::floor(j));
        const int k0 = static_cast<int>(std::floor(k));
        if (i0 < 0 || j0 < 0 || k0 < 0 || i0 + 1 >= geometry.size[0] || j0 + 1 >= geometry.size[1] ||
            k0 + 1 >= geometry.size[2])
            return 0.0F;
        const auto u = static_cast<float>(i - i0);
        const auto v = static_cast<float>(j - j0);
        const auto w = static_cast<float>(k - k0);
        const float* const p = &value[geometry.offset({i0, j0, k0})];
        const auto nj = static_cast<std::ptrdiff_t>(geometry.size[0]);
        const std::ptrdiff_t nk = nj * geometry.size[1];
        const auto row = [u](const float* q) { return q[0] + u * (q[1] - q[0]); };
        const float near = row(p) + v * (row(p + nj) - row(p));
        const float far = row(p + nk) + v * (row(p + nk + nj) - row(p + nk));
        return near + w * (far - near);
    }
};

/// A plane near another: shifted by p[0] mm, turned by p[1] and p[2] degrees about the posterior and superior axes.
MidlinePlane moved(const MidlinePlane& start, WorldPoint pivot, const std::array<double, 3>& p) {
    const double a = p[1] * std::numbers::pi / 180.0;
    const double b = p[2] * std::numbers::pi / 180.0;
    MidlinePlane plane;
    plane.normal = {start.normal[0], start.normal[1] + std::tan(b), start.normal[2] + std::tan(a)};
    const double length = std::hypot(plane.normal[0], plane.normal[1], plane.normal[2]);
    for (double& n : plane.normal)
        n /= length;
    const double through = start.of(pivot); // of the start's plane at the pivot; kept, then shifted
    plane.distance = plane.normal[0] * pivot.x + plane.normal[1] * pivot.y + plane.normal[2] * pivot.z - through + p[0];
    return plane;
}

} // namespace

MidlinePlane midlineOf(const AffineTransform& toTemplate) {
    MidlinePlane plane;
    const double length = std::hypot(toTemplate.matrix[0], toTemplate.matrix[1], toTemplate.matrix[2]);
    if (length <= 0.0)
        return plane;
    plane.normal = {toTemplate.matrix[0] / length, toTemplate.matrix[1] / length, toTemplate.matrix[2] / length};
    plane.distance = -toTemplate.offset[0] / length;
    return plane;
}

std::optional<MidlinePlane> findMidline(const imaging::Volume& volume, const imaging::LabelMap* tumour,
                                        const MidlinePlane& start) {
    const BlockImage image(volume, tumour);
    const Geometry& g = image.geometry;
    struct Point {
        WorldPoint world;
        float value;
    };
    std::vector<Point> points;
    WorldPoint pivot;
    for (int k = 0; k < g.size[2]; ++k)
        for (int j = 0; j < g.size[1]; ++j)
            for (int i = 0; i < g.size[0]; ++i) {
                const std::size_t n = g.offset({i, j, k});
                if (image.value[n] <= 0.05F || image.tumour[n] != 0)
                    continue;
                const WorldPoint p = g.worldFromIndex({double(i), double(j), double(k)});
                points.push_back({p, image.value[n]});
                pivot = {pivot.x + p.x, pivot.y + p.y, pivot.z + p.z};
            }
    if (points.size() < 500)
        return std::nullopt;
    const auto count = static_cast<double>(points.size());
    pivot = {pivot.x / count, pivot.y / count, pivot.z / count};

    // Index of a mirrored point in one affine: index(p - 2 (n.p - d) n) = index(p) - 2 (n.p - d) N, N = n in index
    // units.
    const imaging::ContinuousIndex zero = g.indexFromWorld({0, 0, 0});
    std::vector<imaging::ContinuousIndex> indices;
    indices.reserve(points.size());
    for (const Point& p : points)
        indices.push_back(g.indexFromWorld(p.world));
    const auto difference = [&](const std::array<double, 3>& parameters) {
        const MidlinePlane plane = moved(start, pivot, parameters);
        const imaging::ContinuousIndex tip = g.indexFromWorld({plane.normal[0], plane.normal[1], plane.normal[2]});
        const imaging::ContinuousIndex step{tip.i - zero.i, tip.j - zero.j, tip.k - zero.k};
        double sum = 0.0;
        double used = 0.0;
        for (std::size_t n = 0; n < points.size(); ++n) {
            const double twice = 2.0 * plane.of(points[n].world);
            const double i = indices[n].i - twice * step.i;
            const double j = indices[n].j - twice * step.j;
            const double k = indices[n].k - twice * step.k;
            const imaging::VoxelIndex v{static_cast<int>(std::lround(i)), static_cast<int>(std::lround(j)),
                                        static_cast<int>(std::lround(k))};
            if (g.contains(v) && image.tumour[g.offset(v)] != 0)
                continue;
            const double d = image.at(i, j, k) - points[n].value;
            sum += d * d;
            used += 1.0;
        }
        return used < 200.0 ? std::numeric_limits<double>::infinity() : sum / used;
    };

    // A pattern search: three numbers, a smooth valley, and no derivative to get wrong.
    std::array<double, 3> best{0.0, 0.0, 0.0};
    double least = difference(best);
    for (double step = 2.0; step > 0.04; step *= 0.5) {
        bool better = true;
        for (int round = 0; better && round < 4; ++round) {
            better = false;
            for (std::size_t axis = 0; axis < 3; ++axis)
                for (const double sign : {1.0, -1.0}) {
                    std::array<double, 3> trial = best;
                    trial[axis] += sign * step;
                    const double value = difference(trial);
                    if (value < least) {
                        least = value;
                        best = trial;
                        better = true;
                        break;
                    }
                }
        }
    }
    if (!std::isfinite(least) || std::abs(best[0]) > kBoundMm || std::abs(best[1]) > kBoundDegrees ||
        std::abs(best[2]) > kBoundDegrees)
        return std::nullopt;
    return moved(start, pivot, best);
}

AffineTransform withMidline(const AffineTransform& toTemplate, const MidlinePlane& plane) {
    AffineTransform corrected = toTemplate;
    const double scale = std::hypot(toTemplate.matrix[0], toTemplate.matrix[1], toTemplate.matrix[2]);
    for (std::size_t column = 0; column < 3; ++column)
        corrected.matrix[column] = scale * plane.normal[column];
    corrected.offset[0] = -scale * plane.distance;
    // Shear across the plane is the template's own asymmetry: without it, mirror images get mirrored places.
    for (std::size_t row = 1; row < 3; ++row) {
        double along = 0.0;
        for (std::size_t column = 0; column < 3; ++column)
            along += toTemplate.matrix[3 * row + column] * plane.normal[column];
        for (std::size_t column = 0; column < 3; ++column)
            corrected.matrix[3 * row + column] -= along * plane.normal[column];
        corrected.offset[row] += along * plane.distance;
    }
    return corrected;
}

} // namespace sulcus::anatomy
