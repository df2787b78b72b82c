// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/deformation.h"

#include <algorithm>
#include <cmath>

namespace sulcus::anatomy {

namespace {

using imaging::WorldPoint;
using Vector = std::array<double, 3>;

struct Weights {
    std::array<int, 3> first{};
    std::array<std::array<double, 4>, 3> value{};
    std::array<std::array<double, 4>, 3> slope{}; ///< per mm
};

Weights weightsAt(const Deformation& d, const Vector& x) {
    Weights w;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double wanted = (x[axis] - d.origin[axis]) / d.spacing[axis];
        // Four control points reach every place between the second and the last but one.
        const double at = std::clamp(wanted, 1.0, static_cast<double>(d.size[axis] - 2));
        const int base = std::min(static_cast<int>(at), d.size[axis] - 3);
        const double t = at - base;
        const double r = 1.0 - t;
        w.first[axis] = base - 1;
        w.value[axis] = {r * r * r / 6.0, (3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0,
                         (3.0 * r * r * r - 6.0 * r * r + 4.0) / 6.0, t * t * t / 6.0};
        if (at == wanted)
            w.slope[axis] = {-r * r / 2.0 / d.spacing[axis], (3.0 * t * t - 4.0 * t) / 2.0 / d.spacing[axis],
                             (4.0 * r - 3.0 * r * r) / 2.0 / d.spacing[axis], t * t / 2.0 / d.spacing[axis]};
    }
    return w;
}

Vector vectorOf(WorldPoint p) { return {p.x, p.y, p.z}; }

/// `visit(control point's index, a, b, c)`, the last three from 0 to 3 within the 64 that reach the place.
template <typename Visit>
void eachReaching(const Deformation& d, const Weights& w, Visit visit) {
    for (int c = 0; c < 4; ++c)
        for (int b = 0; b < 4; ++b) {
            const std::size_t row = (static_cast<std::size_t>(w.first[2] + c) * static_cast<std::size_t>(d.size[1]) +
                                     static_cast<std::size_t>(w.first[1] + b)) *
                                        static_cast<std::size_t>(d.size[0]) +
                                    static_cast<std::size_t>(w.first[0]);
            for (std::size_t a = 0; a < 4; ++a)
                visit(row + a, a, static_cast<std::size_t>(b), static_cast<std::size_t>(c));
        }
}

std::optional<Vector> solved(const std::array<double, 9>& m, const Vector& r) {
    const double whole = determinant(m);
    if (std::abs(whole) < 1e-6)
        return std::nullopt;
    Vector x{};
    for (std::size_t column = 0; column < 3; ++column) {
        std::array<double, 9> replaced = m;
        for (std::size_t row = 0; row < 3; ++row)
            replaced[3 * row + column] = r[row];
        x[column] = determinant(replaced) / whole;
    }
    return x;
}

} // namespace

double determinant(const std::array<double, 9>& m) {
    return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
}

WorldPoint Deformation::apply(WorldPoint point) const {
    Vector x = vectorOf(point);
    const Weights w = weightsAt(*this, x);
    eachReaching(*this, w, [&](std::size_t n, std::size_t a, std::size_t b, std::size_t c) {
        const double weight = w.value[0][a] * w.value[1][b] * w.value[2][c];
        for (std::size_t axis = 0; axis < 3; ++axis)
            x[axis] += weight * u[n][axis];
    });
    return {x[0], x[1], x[2]};
}

std::array<double, 9> Deformation::jacobian(WorldPoint point) const {
    std::array<double, 9> m{1, 0, 0, 0, 1, 0, 0, 0, 1};
    const Weights w = weightsAt(*this, vectorOf(point));
    eachReaching(*this, w, [&](std::size_t n, std::size_t a, std::size_t b, std::size_t c) {
        const Vector slope{w.slope[0][a] * w.value[1][b] * w.value[2][c], w.value[0][a] * w.slope[1][b] * w.value[2][c],
                           w.value[0][a] * w.value[1][b] * w.slope[2][c]};
        for (std::size_t row = 0; row < 3; ++row)
            for (std::size_t column = 0; column < 3; ++column)
                m[3 * row + column] += u[n][row] * slope[column];
    });
    return m;
}

std::optional<WorldPoint> Deformation::undo(WorldPoint y, std::optional<WorldPoint> start) const {
    constexpr int kSteps = 30;
    constexpr double kCloseMm = 0.005;
    // A longer step would leave the neighbourhood that its slope speaks of.
    const double longest = *std::min_element(spacing.begin(), spacing.end()) / 2.0;
    WorldPoint x = start.value_or(y);
    for (int step = 0; step < kSteps; ++step) {
        const WorldPoint reached = apply(x);
        const Vector miss{reached.x - y.x, reached.y - y.y, reached.z - y.z};
        if (std::hypot(miss[0], miss[1], miss[2]) < kCloseMm)
            return x;
        const std::optional<Vector> back = solved(jacobian(x), miss);
        if (!back)
            return std::nullopt;
        const double length = std::hypot((*back)[0], (*back)[1], (*back)[2]);
        const double share = length > longest ? longest / length : 1.0;
        x = {x.x - share * (*back)[0], x.y - share * (*back)[1], x.z - share * (*back)[2]};
    }
    return std::nullopt;
}

} // namespace sulcus::anatomy
