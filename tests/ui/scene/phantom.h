// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <vector>

namespace sulcus::test {

/// The 48 ways to store a box of tissue: which world axis each grid axis runs along, and which way.
inline std::vector<std::array<double, 9>> storageOrders() {
    std::vector<std::array<double, 9>> orders;
    std::array<int, 3> axes{0, 1, 2};
    do {
        for (int signs = 0; signs < 8; ++signs) {
            std::array<double, 9> direction{};
            for (int axis = 0; axis < 3; ++axis)
                direction[static_cast<std::size_t>(3 * axes[static_cast<std::size_t>(axis)] + axis)] =
                    signs >> axis & 1 ? -1.0 : 1.0;
            orders.push_back(direction);
        }
    } while (std::next_permutation(axes.begin(), axes.end()));
    return orders;
}

/// A box of 41 x 51 x 61 mm around world (10, -20, 30), stored in the given order. Along x, y, z the voxels measure 1,
/// 1.25 and 1.5 mm whatever the order.
inline imaging::Geometry phantomGeometry(const std::array<double, 9>& direction) {
    imaging::Geometry g;
    g.direction = direction;
    constexpr std::array<int, 3> kSize{41, 41, 41};
    constexpr std::array<double, 3> kSpacing{1.0, 1.25, 1.5};
    constexpr std::array<double, 3> kCentre{10.0, -20.0, 30.0};
    for (std::size_t axis = 0; axis < 3; ++axis)
        for (std::size_t world = 0; world < 3; ++world)
            if (direction[3 * world + axis] != 0.0) {
                g.size[axis] = kSize[world];
                g.spacing[axis] = kSpacing[world];
            }
    for (std::size_t world = 0; world < 3; ++world) {
        g.origin[world] = kCentre[world];
        for (std::size_t axis = 0; axis < 3; ++axis)
            g.origin[world] -= direction[3 * world + axis] * (g.size[axis] - 1) / 2.0 * g.spacing[axis];
    }
    return g;
}

/// Where the phantom's one bright ball is: to the patient's Left, Anterior and Superior of the middle.
inline constexpr imaging::WorldPoint kBallCentre{20.0, -32.5, 45.0};
inline constexpr double kBallRadius = 5.0;

/// Tissue of 100 with the ball at 300; nothing about it is symmetric.
inline std::shared_ptr<imaging::Volume> phantomVolume(const imaging::Geometry& geometry) {
    auto volume = std::make_shared<imaging::Volume>();
    volume->geometry = geometry;
    volume->voxels.resize(geometry.voxelCount());
    for (int k = 0; k < geometry.size[2]; ++k)
        for (int j = 0; j < geometry.size[1]; ++j)
            for (int i = 0; i < geometry.size[0]; ++i) {
                const auto p =
                    geometry.worldFromIndex({static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)});
                const double d = std::hypot(p.x - kBallCentre.x, p.y - kBallCentre.y, p.z - kBallCentre.z);
                volume->voxels[geometry.offset({i, j, k})] = d <= kBallRadius ? 300.0F : 100.0F;
            }
    return volume;
}

/// Label 2 where the ball is.
inline std::shared_ptr<imaging::LabelMap> phantomMask(const imaging::Volume& volume) {
    auto map = std::make_shared<imaging::LabelMap>();
    map->geometry = volume.geometry;
    map->voxels.resize(volume.voxels.size());
    for (std::size_t n = 0; n < volume.voxels.size(); ++n)
        map->voxels[n] = volume.voxels[n] > 200.0F ? 2 : 0;
    return map;
}

inline constexpr std::array<double, 9> kLps{1, 0, 0, 0, 1, 0, 0, 0, 1};

} // namespace sulcus::test
