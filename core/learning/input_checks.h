// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/learning/field.h"
#include "core/learning/spec.h"

#include <vector>

namespace sulcus::learning {

/// Signs that an input is not what a bundle was trained on, as warnings for a person. Raw intensities, before
/// normalisation; `present[c]` as in Segmenter::run. A warning never stops a run.
///
/// The rules on sequence order are statistics over the brain that held for all 16 BraTS cases at hand: T1 resembles
/// T1ce more than either resembles T2, FLAIR resembles T1 more than T2 does, contrast agent gives T1ce a longer bright
/// tail than T1, and where FLAIR is brightest T2 is brighter than where T1 or T1ce are. Of the 96 exchanges of two
/// sequences in those cases 95 break one; the exchange that mends the rules best is the one that the warning names.
///
/// Two sequences with the same values are one file given twice.
///
/// A CT bundle ("ct_or_window") that gets a volume of neither Hounsfield units nor raw CT numbers says so: values over
/// more than eight bits are most likely MRI, 0..255 or 0..1 a stack of pictures. An MRI scaled to 8 bits looks like the
/// latter.
std::vector<Message> checkInput(const Field& image, const std::vector<bool>& present, const NetworkSpec& spec);

} // namespace sulcus::learning
