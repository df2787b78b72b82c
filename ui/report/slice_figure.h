// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/report/page.h"

#include <vector>

namespace sulcus::paint {

/// The slices of a report side by side, all on one scale, each with contours of the labels, letters at its edges, a
/// scale bar, and the sequence, plane, slice number and position in a line below. The truth's whole-tumour outline
/// is dashed white when the report compares with one. Empty when there is nothing to draw.
Block sliceFigures(const report::ReportContent& content, double width);

/// Grey levels between which a volume is shown: the 1st and 99.5th percentile of its non-zero voxels for MRI, the usual
/// window of the organ for a CT.
struct GreyRange {
    float low = 0.0f;
    float high = 1.0f;
};
GreyRange greyRange(const imaging::Volume& volume, imaging::Sequence sequence, clinic::Finding finding);

} // namespace sulcus::paint
