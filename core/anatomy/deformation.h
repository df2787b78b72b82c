// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/geometry.h"

#include <array>
#include <optional>
#include <vector>

namespace sulcus::anatomy {

/// A smooth bend of template space (LPS mm): a point x goes to x + u(x), where u is a uniform cubic B-spline over a
/// coarse grid of control points. Beyond that grid the bend stays as it is at its edge.
///
/// The direction is that of a registration: from where a place lies in the template to where this brain, brought to
/// the template by an affine, has it. Where a point of the brain lies in the template is the inverse, `undo`.
/// Immutable once made; any thread.
struct Deformation {
    std::array<int, 3> size{0, 0, 0};     ///< control points, at least 4 along each axis
    std::array<double, 3> origin{};       ///< of the first control point, LPS mm
    std::array<double, 3> spacing{};      ///< mm
    std::vector<std::array<double, 3>> u; ///< mm, x fastest, one per control point

    imaging::WorldPoint apply(imaging::WorldPoint x) const;
    /// Derivative of `apply` by x, row-major.
    std::array<double, 9> jacobian(imaging::WorldPoint x) const;
    /// The x that `apply` sends to y, by Newton's method from `start` (else from y): within 0.01 mm wherever the bend
    /// does not fold. Empty when it does not settle, as beside a fold.
    std::optional<imaging::WorldPoint> undo(imaging::WorldPoint y,
                                            std::optional<imaging::WorldPoint> start = std::nullopt) const;
};

/// Determinant of a 3 x 3 matrix, row-major: by how much a map stretches volumes, 0 and below where it folds.
double determinant(const std::array<double, 9>& matrix);

} // namespace sulcus::anatomy
