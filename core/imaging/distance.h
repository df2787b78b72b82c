// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace sulcus::imaging {

/// Squared distance in mm^2 from every voxel to the nearest voxel with a non-zero `seeds`, exact (Felzenszwalb &
/// Huttenlocher 2012, one pass per axis). `seeds` has size[0]*size[1]*size[2] values, i fastest. Without any seed every
/// value is at least 1e20.
std::vector<float> squaredDistances(const std::vector<std::uint8_t>& seeds, const std::array<int, 3>& size,
                                    const std::array<double, 3>& spacing);

} // namespace sulcus::imaging
