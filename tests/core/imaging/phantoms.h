// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"

#include <cmath>
#include <random>

namespace sulcus::imaging::phantoms {

inline Geometry grid(std::array<int, 3> size, std::array<double, 3> spacing = {1.0, 1.0, 1.0}) {
    Geometry g;
    g.size = size;
    g.spacing = spacing;
    return g;
}

inline LabelMap emptyMap(const Geometry& g) {
    LabelMap map;
    map.geometry = g;
    map.voxels.assign(g.voxelCount(), 0);
    return map;
}

/// Sets `value` where `inside(i, j, k)` holds.
template <typename Inside>
void paint(LabelMap& map, std::uint8_t value, Inside&& inside) {
    std::size_t n = 0;
    for (int k = 0; k < map.geometry.size[2]; ++k) {
        for (int j = 0; j < map.geometry.size[1]; ++j) {
            for (int i = 0; i < map.geometry.size[0]; ++i, ++n) {
                if (inside(i, j, k)) {
                    map.voxels[n] = value;
                }
            }
        }
    }
}

/// A ball by its centre in voxels and radius in mm.
inline void paintBall(LabelMap& map, std::uint8_t value, std::array<double, 3> centre, double radiusMm) {
    const auto& s = map.geometry.spacing;
    paint(map, value, [&](int i, int j, int k) {
        const double x = (i - centre[0]) * s[0];
        const double y = (j - centre[1]) * s[1];
        const double z = (k - centre[2]) * s[2];
        return x * x + y * y + z * z <= radiusMm * radiusMm;
    });
}

/// A volume whose voxels are all different, so that any mix-up shows.
inline Volume countingVolume(const Geometry& g) {
    Volume volume;
    volume.geometry = g;
    volume.voxels.resize(g.voxelCount());
    for (std::size_t n = 0; n < volume.voxels.size(); ++n) {
        volume.voxels[n] = static_cast<float>(n);
    }
    return volume;
}

/// A rotation by three angles, row-major.
inline std::array<double, 9> rotation(double a, double b, double c) {
    const double ca = std::cos(a), sa = std::sin(a), cb = std::cos(b), sb = std::sin(b), cc = std::cos(c),
                 sc = std::sin(c);
    return {ca * cb,
            ca * sb * sc - sa * cc,
            ca * sb * cc + sa * sc,
            sa * cb,
            sa * sb * sc + ca * cc,
            sa * sb * cc - ca * sc,
            -sb,
            cb * sc,
            cb * cc};
}

} // namespace sulcus::imaging::phantoms
