// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace sulcus {

/// What water measures in a scanner's raw numbers, where Hounsfield units have 0.
inline constexpr float kRawCtWater = 1024.0F;

/// Tells raw CT numbers from Hounsfield units by their values: at least a tenth lie between 900 and 1224, where fat,
/// water and muscle then are, and hardly any (a hundredth: streaks and metal) below -100 or above 5200. A lowest value
/// below -1100, lower than air, fills the corners of pictures and does not count. Values that are no numbers are passed
/// over. One thread at a time.
class RawCtTally {
public:
    void add(float value) {
        if (!std::isfinite(value)) {
            return;
        }
        m_atLowest = value < m_lowest ? 1 : value == m_lowest ? m_atLowest + 1 : m_atLowest;
        m_lowest = std::min(m_lowest, value);
        ++m_count;
        m_softTissue += value >= 900.0F && value <= 1224.0F ? 1U : 0U;
        m_outside += value < -100.0F || value > 5200.0F ? 1U : 0U;
    }

    std::size_t count() const { return m_count; }
    float lowest() const { return m_lowest; } ///< infinite when nothing was added
    bool isRaw() const {
        const std::size_t padding = m_lowest < -1100.0F ? m_atLowest : 0;
        const std::size_t left = m_count - padding;
        return left > 0 && m_softTissue * 10 >= left && (m_outside - padding) * 100 <= left;
    }

private:
    float m_lowest = std::numeric_limits<float>::infinity();
    std::size_t m_count = 0;
    std::size_t m_atLowest = 0;
    std::size_t m_softTissue = 0;
    std::size_t m_outside = 0;
};

} // namespace sulcus
