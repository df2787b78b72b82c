// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sulcus::scene {

/// Pixels, 8-bit RGBA, top row first, no padding between rows; alpha is 255 everywhere.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;

    const std::uint8_t* pixel(int x, int y) const {
        return rgba.data() +
               4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x));
    }
};

/// How far two pictures of one size differ: mean absolute difference of their red, green and blue values after each was
/// averaged over 4x4 blocks (0 equal, 255 black against white). Averaging forgives a line that a driver draws half a
/// pixel elsewhere, and nothing larger. 255 when the sizes differ.
double pictureDifference(const Picture& a, const Picture& b);

} // namespace sulcus::scene
