// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/picture.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sulcus::scene {

double pictureDifference(const Picture& a, const Picture& b) {
    if (a.width != b.width || a.height != b.height || a.width == 0 || a.height == 0)
        return 255.0;
    constexpr int kBlock = 4;
    double sum = 0.0;
    std::size_t blocks = 0;
    for (int top = 0; top < a.height; top += kBlock)
        for (int left = 0; left < a.width; left += kBlock) {
            const int bottom = std::min(top + kBlock, a.height);
            const int right = std::min(left + kBlock, a.width);
            std::array<long, 3> difference{};
            for (int y = top; y < bottom; ++y)
                for (int x = left; x < right; ++x)
                    for (std::size_t c = 0; c < 3; ++c)
                        difference[c] += a.pixel(x, y)[c] - b.pixel(x, y)[c];
            const double pixels = static_cast<double>(bottom - top) * (right - left);
            for (const long channel : difference)
                sum += std::abs(static_cast<double>(channel)) / pixels / 3.0;
            ++blocks;
        }
    return sum / static_cast<double>(blocks);
}

} // namespace sulcus::scene
