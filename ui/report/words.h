// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_content.h"

#include <QString>

/// What a report calls things, translated (context "report").
namespace sulcus::paint {

QString translate(const char* context, const char* text);

/// "1234.5"; a dash for a value that does not exist.
QString decimal(double value, int digits);
QString decimal(const std::optional<double>& value, int digits);
/// 0.684 -> "68 %"; "< 1 %" for a little.
QString percent(double share);
QString millilitres(double ml); ///< "12.3"; "< 0.1" for a little

QString planeName(report::Plane plane);
QString sequenceName(imaging::Sequence sequence);
QString sideName(Side side); ///< "left", "right", "both sides", empty for unknown
QString targetName(imaging::Target target);
QString labelName(const report::LabelVolume& label, imaging::LabelEra era);
/// "frontal lobe"; the tables' own name when the catalogue lacks one.
QString regionName(anatomy::Region region, const report::ReportContent& content, const QString& language);
QString regionName(anatomy::Region region, Side side, const report::ReportContent& content, const QString& language);
QString areaName(const anatomy::AreaDistance& distance, const report::ReportContent& content, const QString& language);
QString symptomName(const std::string& id, const report::ReportContent& content, const QString& language);
/// Of the knowledge tables; the code itself where they lack it.
QString departmentName(const std::string& code, const report::ReportContent& content, const QString& language);
QString findingName(clinic::Finding finding);
QString handednessName(clinic::Handedness handedness);

} // namespace sulcus::paint
