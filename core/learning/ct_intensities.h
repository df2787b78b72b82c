// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/spec.h"

#include <cstddef>

namespace sulcus::learning {

/// In what unit the numbers of a CT are.
enum class CtUnit {
    Hounsfield, ///< air near -1000, water 0
    RawCt,      ///< Hounsfield + 1024, as scanners store it without a rescale intercept
    Picture,    ///< a window stored in 8 bits, 0..255
    Unit,       ///< a window stored as 0..1
    Wide        ///< a window stored in more than 8 bits, 0..the largest value
};

struct CtReading {
    CtUnit unit = CtUnit::Hounsfield;
    float lowest = 0.0F; ///< of the finite values
    float highest = 0.0F;
};

/// Tells the unit from the values alone, since a file rarely says it:
///  - a tenth of the values between 900 and 1224, where fat, water and muscle lie in raw numbers, and hardly any below
///    -100, where Hounsfield units have fat, lung and air, or above 5200: raw. A lowest value below -1100 does not
///    count: it is what scanners fill the corners of their pictures with (-2000);
///  - else below -20, or below 0 with more than 300 at the top: Hounsfield (a picture has no negative values, save for
///    the ringing of a resampling);
///  - at most 1: a window as 0..1; at most 255: a window in 8 bits;
///  - else a window in more bits.
CtReading readCtUnit(const float* values, std::size_t count);

/// value -> (value - from) / range, clipped to 0..1; what is not finite counts as `lowest`.
struct IntensityMap {
    float from = 0.0F;
    float range = 1.0F;
    float lowest = 0.0F;
    float operator()(float value) const;
};

/// "window" and "ct_or_window" of `how` for these values.
IntensityMap windowFor(const float* values, std::size_t count, const Normalisation& how);

/// The value as Hounsfield units; only for Hounsfield and RawCt.
float hounsfield(float value, CtUnit unit);

} // namespace sulcus::learning
