// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/geometry.h"

#include <array>

namespace sulcus::imaging {

/// A fixed affine between two world spaces (LPS mm): y = matrix * x + offset, matrix row-major.
struct FixedAffine {
    std::array<double, 9> matrix{};
    std::array<double, 3> offset{};

    constexpr WorldPoint apply(WorldPoint p) const {
        return {matrix[0] * p.x + matrix[1] * p.y + matrix[2] * p.z + offset[0],
                matrix[3] * p.x + matrix[4] * p.y + matrix[5] * p.z + offset[1],
                matrix[6] * p.x + matrix[7] * p.y + matrix[8] * p.z + offset[2]};
    }
    constexpr FixedAffine inverse() const {
        const auto& m = matrix;
        const double det = m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
                           m[2] * (m[3] * m[7] - m[4] * m[6]);
        FixedAffine r;
        r.matrix = {
            (m[4] * m[8] - m[5] * m[7]) / det, (m[2] * m[7] - m[1] * m[8]) / det, (m[1] * m[5] - m[2] * m[4]) / det,
            (m[5] * m[6] - m[3] * m[8]) / det, (m[0] * m[8] - m[2] * m[6]) / det, (m[2] * m[3] - m[0] * m[5]) / det,
            (m[3] * m[7] - m[4] * m[6]) / det, (m[1] * m[6] - m[0] * m[7]) / det, (m[0] * m[4] - m[1] * m[3]) / det};
        for (int row = 0; row < 3; ++row)
            r.offset[row] = -(r.matrix[3 * row] * offset[0] + r.matrix[3 * row + 1] * offset[1] +
                              r.matrix[3 * row + 2] * offset[2]);
        return r;
    }
};

/// World of the BraTS volumes up to 2024 (SRI24 atlas, LPS mm) -> world of the ch2/ch2bet template of mricron-data
/// (MNI, LPS mm, x > 0 is the patient's left).
///
/// How the twelve numbers were obtained: the T1 volumes of 13 BraTS cases, tumours left out, were scaled alike and
/// averaged; one affine brought that average onto ch2bet (highest correlation of the two, 4 mm then 1 mm smoothing).
/// The first row was then replaced by the average's own plane of mirror symmetry, so that x = 0 is the midline of a
/// BraTS case and not that of one registered brain. The affine scales by about 1.07 x 1.06 x 1.16: ch2 is larger than
/// SRI24.
inline constexpr FixedAffine kSri24ToTemplate{
    {1.068600, 0.031524, 0.002297, -0.053482, 1.023913, -0.233555, 0.008847, 0.247467, 1.137687},
    {-123.900501, 150.706911, -50.780438}};

/// The grid of a BraTS volume: 240x240x155 voxels of 1 mm whose axes run to Left, Posterior, Superior.
inline Geometry bratsGeometry() {
    Geometry g;
    g.size = {240, 240, 155};
    g.origin = {0.0, -239.0, 0.0};
    return g;
}

/// The grid of ch2, ch2bet, AAL and Brodmann of mricron-data as their headers state it: 1 mm, i grows to the Right, j
/// to the Anterior, so the first two axes run against LPS.
inline Geometry templateGeometry() {
    Geometry g;
    g.size = {181, 217, 181};
    g.origin = {90.0, 125.0, -71.0};
    g.direction = {-1, 0, 0, 0, -1, 0, 0, 0, 1};
    return g;
}

} // namespace sulcus::imaging
