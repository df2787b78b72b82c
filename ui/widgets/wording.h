// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/atlas.h"
#include "core/base/side.h"
#include "core/clinic/cross_check.h"
#include "core/clinic/hospital.h"
#include "core/clinic/knowledge.h"
#include "core/imaging/case.h"
#include "core/imaging/label_scheme.h"

#include <QString>
#include <string>
#include <vector>

/// How values read to a person, in the language of the program.
namespace sulcus::widgets {

QString sequenceName(imaging::Sequence sequence);      ///< "FLAIR", "T1", "T1 contrast", ...
QString sequenceShortName(imaging::Sequence sequence); ///< "FLAIR", "T1", "T1ce", "T2", "CT"
QString sequenceTip(imaging::Sequence sequence);
QString targetName(imaging::Target target);
QString sideName(Side side); ///< "left", "right", "both sides", "side unknown"
QString regionName(anatomy::Region region);
QString regionName(anatomy::Region region, Side side); ///< "Left frontal lobe"
/// The side on which symptoms suggest a region; Both when they name none, or both.
Side suggestedSide(const std::vector<clinic::SuggestedPlace>& places, anatomy::Region region);
QString placeName(const anatomy::Place& place);
QString symptomName(const clinic::Knowledge& knowledge, const std::string& id);
QString symptomGroupName(const std::string& group);
QString departmentName(const std::string& code);
QString countryName(const std::string& code);
QString
deviceName(const std::string& device); ///< of LibTorch's "cpu" or "cuda:0": "the processor", "the graphics card"
QString millilitres(double ml);        ///< "12.3 ml"
QString percent(double share);         ///< 0..1 -> "12 %"
QString duration(double seconds);      ///< "about 40 s", "about 2 min"

/// Short headline of a verdict.
QString verdictTitle(clinic::Verdict verdict);
/// What it means for a student, one sentence.
QString verdictMeaning(clinic::Verdict verdict);
/// Is Korean the language of the program?
bool speaksKorean();
void setSpeaksKorean(bool korean);

} // namespace sulcus::widgets
