// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/distance.h"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace sulcus::imaging {

namespace {

constexpr float kFar = 1e20F;

/// Lower envelope of the parabolas (x - p)^2 * step^2 + line[p] along one row, written back into the row.
class Envelope {
public:
    explicit Envelope(std::size_t longest) : m_value(longest), m_apex(longest), m_from(longest + 1) {}

    void run(float* row, std::ptrdiff_t stride, int count, double step) {
        const double square = step * step;
        int last = -1;
        for (int p = 0; p < count; ++p) {
            const auto n = static_cast<std::size_t>(p);
            m_value[n] = static_cast<double>(row[p * stride]);
            if (m_value[n] >= static_cast<double>(kFar)) {
                continue;
            }
            double start = -std::numeric_limits<double>::infinity();
            while (last >= 0) {
                const int q = m_apex[static_cast<std::size_t>(last)];
                const double cross =
                    (m_value[n] - m_value[static_cast<std::size_t>(q)]) / (2.0 * square * (p - q)) + 0.5 * (p + q);
                if (cross > m_from[static_cast<std::size_t>(last)]) {
                    start = cross;
                    break;
                }
                --last;
            }
            ++last;
            m_apex[static_cast<std::size_t>(last)] = p;
            m_from[static_cast<std::size_t>(last)] = start;
        }
        if (last < 0) {
            return;
        }
        m_from[static_cast<std::size_t>(last) + 1] = std::numeric_limits<double>::infinity();
        std::size_t at = 0;
        for (int x = 0; x < count; ++x) {
            while (m_from[at + 1] < x) {
                ++at;
            }
            const double d = x - m_apex[at];
            row[x * stride] = static_cast<float>(d * d * square + m_value[static_cast<std::size_t>(m_apex[at])]);
        }
    }

private:
    std::vector<double> m_value;
    std::vector<int> m_apex;
    std::vector<double> m_from;
};

} // namespace

std::vector<float> squaredDistances(const std::vector<std::uint8_t>& seeds, const std::array<int, 3>& size,
                                    const std::array<double, 3>& spacing) {
    std::vector<float> field(seeds.size());
    std::transform(seeds.begin(), seeds.end(), field.begin(), [](std::uint8_t s) { return s != 0 ? 0.0F : kFar; });
    const std::ptrdiff_t ni = size[0];
    const std::ptrdiff_t nj = size[1];
    const std::ptrdiff_t nk = size[2];
    Envelope envelope(static_cast<std::size_t>(std::max({size[0], size[1], size[2]})));
    for (std::ptrdiff_t row = 0; row < nj * nk; ++row) {
        envelope.run(field.data() + row * ni, 1, size[0], spacing[0]);
    }
    for (std::ptrdiff_t k = 0; k < nk; ++k) {
        for (std::ptrdiff_t i = 0; i < ni; ++i) {
            envelope.run(field.data() + k * ni * nj + i, ni, size[1], spacing[1]);
        }
    }
    for (std::ptrdiff_t column = 0; column < ni * nj; ++column) {
        envelope.run(field.data() + column, ni * nj, size[2], spacing[2]);
    }
    return field;
}

} // namespace sulcus::imaging
