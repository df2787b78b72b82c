// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_content.h"
#include "ui/report/page.h"

#include <QColor>
#include <QString>
#include <vector>

/// What pages of a report are set of: type styles, headings, tables, marks. Lengths in units of 1/200 inch.
namespace sulcus::paint {

constexpr double kUnitsPerInch = 200.0;

inline const QColor kText = QColor::fromRgb(Ink::kText);
inline const QColor kQuiet = QColor::fromRgb(Ink::kQuiet);
inline const QColor kLine = QColor::fromRgb(Ink::kLine);
inline const QColor kPanel = QColor::fromRgb(Ink::kPanel);
inline const QColor kAccent = QColor::fromRgb(Ink::kAccent);
inline const QColor kWarning = QColor::fromRgb(Ink::kWarning);

inline const TypeStyle kBody{22.0, false, kText, 0.0};
inline const TypeStyle kBodyBold{22.0, true, kText, 0.0};
inline const TypeStyle kSmall{19.0, false, kText, 0.0};
inline const TypeStyle kSmallQuiet{19.0, false, kQuiet, 0.0};
inline const TypeStyle kTableHead{17.0, true, kQuiet, 0.3};

/// "Education and research only. Not for diagnosis.", in the report's language.
QString purpose();
QString titleOf(const report::ReportContent& content);
/// "2026-11-21T13:05:09Z" -> "21 November 2026, 13:05 UTC"; what is no date stays as it is.
QString dateOf(const std::string& iso, const QString& language);
/// "+ 3 more (all are in the JSON file beside this report)".
QString more(int count);
QColor colourOf(const report::LabelVolume& label);

/// A heading with a line to the right margin.
Block heading(const QString& text, double width, const QString& aside = {});

struct Column {
    double width = 0.0;
    Qt::Alignment align = Qt::AlignLeft;
};
constexpr double kCellGap = 18.0;

Block tableHead(const std::vector<Column>& columns, const std::vector<QString>& names);
Block tableRow(const std::vector<Column>& columns, std::vector<Block> cells, bool lineBelow = true,
               double padding = 6.0);
Block cell(const Column& column, const QString& text, const TypeStyle& style = kBody, int maxLines = 0);

Block swatch(const QColor& colour);
/// A tick, drawn, so that it needs no font.
Block tick(const QColor& colour, double size = 22.0);
/// Filled and empty dots for a strength of 0 to 3.
Block dots(int strength);
Block bullet(const QString& text, double width, const TypeStyle& style, const QColor& colour, int maxLines = 0);

} // namespace sulcus::paint
