// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/geometry.h"

#include <cmath>

namespace sulcus::imaging {

namespace {

constexpr double kSpacingTolerance = 1e-3;
constexpr double kDirectionTolerance = 1e-3;

double determinant(const std::array<double, 9>& m) {
    return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
}

} // namespace

WorldPoint Geometry::worldFromIndex(ContinuousIndex index) const {
    const double a = index.i * spacing[0];
    const double b = index.j * spacing[1];
    const double c = index.k * spacing[2];
    return {origin[0] + direction[0] * a + direction[1] * b + direction[2] * c,
            origin[1] + direction[3] * a + direction[4] * b + direction[5] * c,
            origin[2] + direction[6] * a + direction[7] * b + direction[8] * c};
}

ContinuousIndex Geometry::indexFromWorld(WorldPoint point) const {
    const double x = point.x - origin[0];
    const double y = point.y - origin[1];
    const double z = point.z - origin[2];
    const auto& m = direction;
    // A true inverse (Cramer) rather than the transpose: rounding in file headers leaves directions slightly oblique.
    const double d = determinant(m);
    const double a =
        (x * (m[4] * m[8] - m[5] * m[7]) - m[1] * (y * m[8] - m[5] * z) + m[2] * (y * m[7] - m[4] * z)) / d;
    const double b =
        (m[0] * (y * m[8] - m[5] * z) - x * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * z - y * m[6])) / d;
    const double c =
        (m[0] * (m[4] * z - y * m[7]) - m[1] * (m[3] * z - y * m[6]) + x * (m[3] * m[7] - m[4] * m[6])) / d;
    return {a / spacing[0], b / spacing[1], c / spacing[2]};
}

VoxelIndex Geometry::nearestVoxel(WorldPoint point) const {
    const ContinuousIndex c = indexFromWorld(point);
    return {static_cast<int>(std::lround(c.i)), static_cast<int>(std::lround(c.j)), static_cast<int>(std::lround(c.k))};
}

char Geometry::axisLetter(int axis) const {
    const auto column = static_cast<std::size_t>(axis);
    const std::array<double, 3> v{direction[column], direction[3 + column], direction[6 + column]};
    std::size_t best = 0;
    for (std::size_t row = 1; row < 3; ++row) {
        if (std::abs(v[row]) > std::abs(v[best])) {
            best = row;
        }
    }
    constexpr std::array<char, 3> kPositive{'L', 'P', 'S'};
    constexpr std::array<char, 3> kNegative{'R', 'A', 'I'};
    return v[best] >= 0.0 ? kPositive[best] : kNegative[best];
}

bool sameGridIgnoringOrigin(const Geometry& a, const Geometry& b) {
    if (a.size != b.size) {
        return false;
    }
    for (std::size_t axis = 0; axis < 3; ++axis) {
        // The k spacing of a lone slice is made up, so two slices never differ by it.
        if (axis == 2 && a.isSlice && b.isSlice) {
            continue;
        }
        if (std::abs(a.spacing[axis] - b.spacing[axis]) > kSpacingTolerance) {
            return false;
        }
    }
    for (std::size_t n = 0; n < 9; ++n) {
        if (std::abs(a.direction[n] - b.direction[n]) > kDirectionTolerance) {
            return false;
        }
    }
    return true;
}

bool sameGrid(const Geometry& a, const Geometry& b, double toleranceMm) {
    if (!sameGridIgnoringOrigin(a, b)) {
        return false;
    }
    for (std::size_t axis = 0; axis < 3; ++axis) {
        if (std::abs(a.origin[axis] - b.origin[axis]) > toleranceMm) {
            return false;
        }
    }
    return true;
}

std::string toString(const std::array<int, 3>& size) {
    return std::to_string(size[0]) + " x " + std::to_string(size[1]) + " x " + std::to_string(size[2]);
}

} // namespace sulcus::imaging
