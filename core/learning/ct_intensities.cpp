// SPDX-License-Identifier: Apache-2.0
#include "core/learning/ct_intensities.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sulcus::learning {

namespace {

constexpr float kRawOffset = 1024.0F;
constexpr float kPadding = -1100.0F; // lower than air in Hounsfield units
constexpr float kRawLowest = -100.0F;
constexpr float kRawHighest = 5200.0F;
constexpr std::size_t kHardlyAny = 100; // a hundredth: streaks and metal

} // namespace

CtReading readCtUnit(const float* values, std::size_t count) {
    CtReading reading;
    float low = std::numeric_limits<float>::infinity();
    float high = -low;
    std::size_t finite = 0;
    std::size_t atLowest = 0;
    std::size_t softTissue = 0;
    std::size_t outside = 0; // of what raw numbers are
    for (std::size_t i = 0; i < count; ++i) {
        const float value = values[i];
        if (!std::isfinite(value)) {
            continue;
        }
        ++finite;
        atLowest = value < low ? 1 : value == low ? atLowest + 1 : atLowest;
        low = std::min(low, value);
        high = std::max(high, value);
        softTissue += value >= 900.0F && value <= 1224.0F ? 1 : 0;
        outside += value < kRawLowest || value > kRawHighest ? 1 : 0;
    }
    if (finite == 0) {
        return reading;
    }
    reading.lowest = low;
    reading.highest = high;
    const std::size_t padding = low < kPadding ? atLowest : 0;
    const std::size_t left = finite - padding;
    if (left > 0 && softTissue * 10 >= left && (outside - padding) * kHardlyAny <= left) {
        reading.unit = CtUnit::RawCt;
    } else if (low < -20.0F || (low < 0.0F && high > 300.0F)) {
        reading.unit = CtUnit::Hounsfield;
    } else if (high <= 1.0F) {
        reading.unit = CtUnit::Unit;
    } else if (high <= 255.0F + 20.0F) {
        reading.unit = CtUnit::Picture;
    } else {
        reading.unit = CtUnit::Wide;
    }
    return reading;
}

float IntensityMap::operator()(float value) const {
    return std::clamp(((std::isfinite(value) ? value : lowest) - from) / range, 0.0F, 1.0F);
}

float hounsfield(float value, CtUnit unit) { return unit == CtUnit::RawCt ? value - kRawOffset : value; }

IntensityMap windowFor(const float* values, std::size_t count, const Normalisation& how) {
    const auto reading = readCtUnit(values, count);
    const auto low = static_cast<float>(how.low);
    const auto range = static_cast<float>(how.high - how.low);
    if (how.method == "ct_or_window") {
        switch (reading.unit) {
        case CtUnit::Hounsfield:
            break;
        case CtUnit::RawCt:
            return {low + kRawOffset, range, reading.lowest};
        case CtUnit::Picture:
            return {0.0F, 255.0F, reading.lowest};
        case CtUnit::Unit:
            return {0.0F, 1.0F, reading.lowest};
        case CtUnit::Wide:
            return {0.0F, reading.highest, reading.lowest};
        }
    }
    return {low, range, reading.lowest};
}

} // namespace sulcus::learning
