// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/side.h"
#include "core/imaging/case.h"
#include "core/learning/bundle.h"

#include <QString>
#include <string>

/// Words that the window and the report share, in the language of the installed translator.
namespace sulcus::session {

/// "FLAIR", "T1ce": the same in every language; empty for `Other`.
QString sequenceCode(imaging::Sequence sequence);

/// "left", "both sides"; empty for `Unknown`.
QString sideWord(Side side);

/// "South Korea" of "KR", in Qt's English or as this program's language has it; the code itself where Qt knows none.
QString countryWord(const std::string& code);

/// "Enhancing tumour": the catalogue's word for the label's code; where it lacks one, the bundle's own English name.
QString labelWord(const learning::BundleLabel& label);

} // namespace sulcus::session
