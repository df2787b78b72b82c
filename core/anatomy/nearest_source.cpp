// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/nearest_source.h"

#include <algorithm>
#include <limits>

namespace sulcus::anatomy {

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

/// Lower envelope of parabolas along one line of voxels.
class LineTransform {
public:
    LineTransform(int length, double spacing)
        : m_spacingSquared(spacing * spacing), m_value(length), m_feature(length), m_vertex(length), m_start(length) {}

    void run(float* value, std::int32_t* feature, std::size_t stride, int length) {
        int last = -1;
        for (int q = 0; q < length; ++q) {
            m_value[q] = value[q * stride];
            m_feature[q] = feature[q * stride];
            if (m_feature[q] < 0)
                continue;
            double start = -std::numeric_limits<double>::infinity();
            while (last >= 0) {
                const int v = m_vertex[last];
                // Where the parabolas rooted at q and v meet, in voxels.
                start =
                    ((m_value[q] - m_value[v]) / m_spacingSquared + double(q) * q - double(v) * v) / (2.0 * (q - v));
                if (start > m_start[last])
                    break;
                --last;
            }
            ++last;
            m_vertex[last] = q;
            m_start[last] = last == 0 ? -std::numeric_limits<double>::infinity() : start;
        }
        if (last < 0)
            return;
        int at = 0;
        for (int q = 0; q < length; ++q) {
            while (at < last && m_start[at + 1] < q)
                ++at;
            const int v = m_vertex[at];
            value[q * stride] = static_cast<float>(m_spacingSquared * (q - v) * (q - v) + m_value[v]);
            feature[q * stride] = m_feature[v];
        }
    }

private:
    double m_spacingSquared;
    std::vector<double> m_value;
    std::vector<std::int32_t> m_feature;
    std::vector<int> m_vertex;
    std::vector<double> m_start;
};

} // namespace

NearestSource nearestSource(const std::array<int, 3>& size, const std::array<double, 3>& spacing,
                            const std::function<bool(std::size_t)>& isSource, const std::function<bool()>& cancelled) {
    const auto ni = static_cast<std::size_t>(size[0]);
    const auto nj = static_cast<std::size_t>(size[1]);
    const auto nk = static_cast<std::size_t>(size[2]);
    NearestSource result;
    result.source.assign(ni * nj * nk, -1);
    result.distanceSquared.assign(ni * nj * nk, kInfinity);
    for (std::size_t n = 0; n < result.source.size(); ++n) {
        if (isSource(n)) {
            result.source[n] = static_cast<std::int32_t>(n);
            result.distanceSquared[n] = 0.0F;
        }
    }
    const auto stop = [&] { return cancelled && cancelled(); };
    LineTransform alongI(size[0], spacing[0]);
    LineTransform alongJ(size[1], spacing[1]);
    for (std::size_t k = 0; k < nk; ++k) {
        if (stop())
            return {};
        for (std::size_t j = 0; j < nj; ++j) {
            const std::size_t at = (k * nj + j) * ni;
            alongI.run(&result.distanceSquared[at], &result.source[at], 1, size[0]);
        }
        for (std::size_t i = 0; i < ni; ++i) {
            const std::size_t at = k * nj * ni + i;
            alongJ.run(&result.distanceSquared[at], &result.source[at], ni, size[1]);
        }
    }
    LineTransform alongK(size[2], spacing[2]);
    for (std::size_t j = 0; j < nj; ++j) {
        if (stop())
            return {};
        for (std::size_t i = 0; i < ni; ++i) {
            const std::size_t at = j * ni + i;
            alongK.run(&result.distanceSquared[at], &result.source[at], ni * nj, size[2]);
        }
    }
    return result;
}

} // namespace sulcus::anatomy
