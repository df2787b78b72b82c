// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/clinic/cross_check.h"

#include <QColor>

class QPainter;

namespace sulcus::paint {

/// The look of each verdict: a colour that survives colour blindness, a shape, and the words of the catalogue.
struct VerdictLook {
    QColor ink;
    QColor fill;
    void (*icon)(QPainter&) = nullptr; ///< white strokes in a 100 x 100 disc
};

VerdictLook lookOf(clinic::Verdict verdict);

} // namespace sulcus::paint
