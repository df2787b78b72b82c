// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/report/page.h"

namespace sulcus::paint {

/// The brain from three sides (axial, coronal, and sagittal of the tumour's main half): regions that hold at least a
/// tenth of the tumour filled, regions that the symptoms suggest hatched, and a ring of the tumour's volume at its
/// place in the template. With a key of the patterns below. Empty without views, or when there is nothing to mark.
Block brainPicture(const report::ReportContent& content, double width);

} // namespace sulcus::paint
