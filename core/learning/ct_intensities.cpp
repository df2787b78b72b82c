// SPDX-License-Identifier: Apache-2.0
#include "core/learning/ct_intensities.h"

#include "core/base/raw_ct.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sulcus::learning {

CtReading readCtUnit(const float* values, std::size_t count) {
    CtReading reading;
    RawCtTally tally;
    float high = -std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < count; ++i) {
        tally.add(values[i]);
        if (std::isfinite(values[i])) {
            high = std::max(high, values[i]);
        }
    }
    if (tally.count() == 0) {
        return reading;
    }
    const float low = tally.lowest();
    reading.lowest = low;
    reading.highest = high;
    if (tally.isRaw()) {
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

float hounsfield(float value, CtUnit unit) { return unit == CtUnit::RawCt ? value - kRawCtWater : value; }

IntensityMap windowFor(const float* values, std::size_t count, const Normalisation& how) {
    const auto reading = readCtUnit(values, count);
    const auto low = static_cast<float>(how.low);
    const auto range = static_cast<float>(how.high - how.low);
    if (how.method == "ct_or_window") {
        switch (reading.unit) {
        case CtUnit::Hounsfield:
            break;
        case CtUnit::RawCt:
            return {low + kRawCtWater, range, reading.lowest};
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
