// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace sulcus::anatomy {

/// For every voxel of a grid, its nearest source voxel and how far that is (voxel centre to voxel centre).
struct NearestSource {
    std::vector<std::int32_t> source;   ///< linear index of the nearest source, -1 when there is none
    std::vector<float> distanceSquared; ///< mm^2; infinity when there is none
};

/// Exact Euclidean distance and feature transform of a grid with `spacing` mm (i fastest), O(voxels).
/// `isSource(index)` names the sources. `cancelled` is polled once per plane; when it answers true the result is empty.
/// Source: Felzenszwalb & Huttenlocher 2012, "Distance transforms of sampled functions", with the minimum's index kept.
NearestSource nearestSource(const std::array<int, 3>& size, const std::array<double, 3>& spacing,
                            const std::function<bool(std::size_t)>& isSource,
                            const std::function<bool()>& cancelled = {});

} // namespace sulcus::anatomy
