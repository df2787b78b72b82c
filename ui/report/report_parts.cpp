// SPDX-License-Identifier: Apache-2.0
#include "ui/report/report_parts.h"

#include "ui/report/words.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace sulcus::paint {

QString purpose() { return translate("report", "Education and research only. Not for diagnosis."); }

QString titleOf(const report::ReportContent& content) {
    if (content.era != imaging::LabelEra::Plain && content.finding == clinic::Finding::BrainTumour)
        return translate("report", "Brain tumour segmentation");
    switch (content.finding) {
    case clinic::Finding::LungLesion:
        return translate("report", "Lung segmentation");
    case clinic::Finding::LiverLesion:
        return translate("report", "Liver segmentation");
    case clinic::Finding::Aneurysm:
        return translate("report", "Vessel segmentation");
    case clinic::Finding::BrainTumour:
        break;
    }
    return translate("report", "Segmentation report");
}

QString dateOf(const std::string& iso, const QString& language) {
    const QDateTime time = QDateTime::fromString(QString::fromStdString(iso), Qt::ISODate);
    if (!time.isValid())
        return QString::fromStdString(iso);
    const QDateTime utc = time.toUTC();
    if (language.startsWith(QLatin1String("ko")))
        return utc.toString(QStringLiteral("yyyy-MM-dd HH:mm")) + QStringLiteral(" UTC");
    return QLocale::c().toString(utc, QStringLiteral("d MMMM yyyy, HH:mm")) + QStringLiteral(" UTC");
}

Block heading(const QString& text, double width, const QString& aside) {
    const Block title = label(text, {25.0, true, kAccent, 0.2}, width);
    std::vector<Block> line{title};
    double used = title.width + 18.0;
    Block right;
    if (!aside.isEmpty()) {
        right = label(aside, {18.0, false, kQuiet, 0.0}, std::max(10.0, width - used - 80.0));
        used += right.width + 18.0;
    }
    const double lineWidth = std::max(0.0, width - used);
    line.push_back(drawing(lineWidth, 2.0,
                           [lineWidth](QPainter& painter) { painter.fillRect(QRectF(0, 0, lineWidth, 2.0), kLine); }));
    if (!right.empty())
        line.push_back(right);
    return stack({row(std::move(line), 18.0, Vertical::Middle), space(width, 10.0)}, 0.0);
}

Block tableHead(const std::vector<Column>& columns, const std::vector<QString>& names) {
    std::vector<Block> cells;
    double width = -kCellGap;
    for (std::size_t n = 0; n < columns.size(); ++n) {
        cells.push_back(paragraph(columns[n].width, names[n], kTableHead, {columns[n].align, 2}));
        width += columns[n].width + kCellGap;
    }
    return stack({row(std::move(cells), kCellGap), space(width, 5.0), rule(width, kQuiet, 1.5)}, 0.0);
}

Block tableRow(const std::vector<Column>& columns, std::vector<Block> cells, bool lineBelow, double padding) {
    std::vector<Block> set;
    double width = -kCellGap;
    for (std::size_t n = 0; n < columns.size(); ++n) {
        set.push_back(aligned(std::move(cells[n]), columns[n].width, columns[n].align));
        width += columns[n].width + kCellGap;
    }
    std::vector<Block> parts{space(width, padding), row(std::move(set), kCellGap), space(width, padding)};
    if (lineBelow)
        parts.push_back(rule(width, kLine, 1.2));
    return stack(std::move(parts), 0.0);
}

Block cell(const Column& column, const QString& text, const TypeStyle& style, int maxLines) {
    return paragraph(column.width, text, style, {column.align, maxLines});
}

Block swatch(const QColor& colour) {
    return drawing(22.0, 28.0, [colour](QPainter& painter) {
        painter.setPen(QPen(colour.darker(150), 1.5));
        painter.setBrush(colour);
        painter.drawRoundedRect(QRectF(1, 5, 20, 18), 4, 4);
    });
}

QColor colourOf(const report::LabelVolume& label) { return {label.colour[0], label.colour[1], label.colour[2]}; }

Block tick(const QColor& colour, double size) {
    return drawing(size, 28.0, [colour, size](QPainter& painter) {
        QPainterPath path;
        path.moveTo(0.08 * size, 15.0);
        path.lineTo(0.38 * size, 21.0);
        path.lineTo(0.92 * size, 7.0);
        painter.strokePath(path, QPen(colour, 3.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    });
}

Block dots(int strength) {
    return drawing(66.0, 28.0, [strength](QPainter& painter) {
        for (int n = 0; n < 3; ++n) {
            painter.setPen(QPen(kAccent, 2.0));
            painter.setBrush(n < strength ? QBrush(kAccent) : QBrush(Qt::NoBrush));
            painter.drawEllipse(QPointF(9.0 + 22.0 * n, 14.0), 6.5, 6.5);
        }
    });
}

Block bullet(const QString& text, double width, const TypeStyle& style, const QColor& colour, int maxLines) {
    const double radius = style.size * 0.13;
    const double middle = std::ceil(style.size * 1.28) / 2.0 + 1.0;
    const Block dot = drawing(20.0, middle + radius, [radius, middle, colour](QPainter& painter) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(QPointF(7.0, middle), radius, radius);
    });
    return row({dot, paragraph(width - 24.0, text, style, {Qt::AlignLeft, maxLines})}, 4.0);
}

QString more(int count) {
    return translate("report", "+ %1 more (all are in the JSON file beside this report)").arg(count);
}

} // namespace sulcus::paint
