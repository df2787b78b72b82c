// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace sulcus::learning {

/// A grid of numbers with spacing: how image data enters and leaves this module without a Torch type.
///
/// values [channels, depth, height, width], width fastest; width runs along the patient's left (LPS +x), height towards
/// the back (+y), depth towards the head (+z). spacingMm is {x, y, z} = {along width, along height, along depth}.
struct Field {
    int channels = 0;
    int depth = 0;
    int height = 0;
    int width = 0;
    std::array<double, 3> spacingMm{1.0, 1.0, 1.0};
    std::vector<float> values;

    std::size_t voxelsPerChannel() const {
        return static_cast<std::size_t>(depth) * static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    }
};

/// The same grid with one small integer per voxel (label values as a file has them).
struct LabelField {
    int depth = 0;
    int height = 0;
    int width = 0;
    std::array<double, 3> spacingMm{1.0, 1.0, 1.0};
    std::vector<unsigned char> values;
};

} // namespace sulcus::learning
