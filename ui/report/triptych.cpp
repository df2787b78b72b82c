// SPDX-License-Identifier: Apache-2.0
#include "ui/report/triptych.h"

#include "core/learning/training_watch.h"
#include "ui/report/contour.h"
#include "ui/report/page.h"
#include "ui/report/words.h"
#include "ui/report/write_file.h"
#include "ui/session/plain_words.h"

#include <QBuffer>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace sulcus::paint {

namespace {

constexpr int kFillAlpha = 110;

QColor colourOf(const learning::BundleLabel& label) { return {label.colour[0], label.colour[1], label.colour[2]}; }

void paintLabels(QPainter& painter, const learning::TrainingPicture& picture, const std::vector<std::uint8_t>& values) {
    const int columns = picture.width;
    const int rows = picture.height;
    for (const auto& label : picture.labels) {
        if (label.value == 0)
            continue;
        const auto inside = [&](int column, int row) {
            return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                          static_cast<std::size_t>(column)] == label.value;
        };
        const QPainterPath path = contour(columns, rows, inside);
        QColor fill = colourOf(label);
        fill.setAlpha(kFillAlpha);
        QPen pen(colourOf(label));
        pen.setWidthF(1.6);
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.setBrush(fill);
        painter.drawPath(path);
    }
}

} // namespace

QImage paintTriptych(const learning::TrainingPicture& picture, const TriptychStyle& style) {
    const auto area = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    if (area == 0 || picture.input.size() != area || picture.truth.size() != area || picture.prediction.size() != area)
        return {};
    const double unit = style.width / 100.0;
    const double gap = unit;
    const double tile = (style.width - 4.0 * gap) / 3.0;
    const double pixel = tile / picture.width;
    const double tileHeight = pixel * picture.pixelAspect * picture.height;
    const double text = std::clamp(1.7 * unit, 11.0, 22.0);
    const double line = 1.6 * text;
    const QColor ground = style.dark ? QColor(30, 33, 38) : QColor(Qt::white);
    const QColor ink = style.dark ? QColor(230, 232, 235) : QColor::fromRgb(Ink::kText);
    const QColor quiet = style.dark ? QColor(165, 170, 177) : QColor::fromRgb(Ink::kQuiet);

    QImage grey(picture.width, picture.height, QImage::Format_Grayscale8);
    for (int row = 0; row < picture.height; ++row)
        std::copy_n(picture.input.begin() + static_cast<std::ptrdiff_t>(row) * picture.width, picture.width,
                    grey.scanLine(row));

    QImage page(style.width, static_cast<int>(std::ceil(2.0 * line + tileHeight + line + gap)), QImage::Format_RGB32);
    if (page.isNull())
        return {};
    page.fill(ground);
    QPainter painter(&page);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
    QString dice;
    for (const double value : picture.dice)
        dice += (dice.isEmpty() ? QString() : QStringLiteral(" / ")) + decimal(value, 2);
    painter.setFont(fontOf({text, true, ink, 0.0}));
    painter.setPen(ink);
    QString head = translate("report", "Epoch %1, %2").arg(picture.epoch).arg(QString::fromStdString(picture.name));
    if (!dice.isEmpty())
        head += QStringLiteral(" – ") + translate("report", "Dice %1").arg(dice);
    const QFontMetricsF metrics(painter.font(), &page);
    painter.drawText(QRectF(gap, 0.0, style.width - 2.0 * gap, line), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(head, Qt::ElideMiddle, style.width - 2.0 * gap));
    const std::array<QString, 3> names{translate("report", "Input"), translate("report", "Truth"),
                                       translate("report", "Prediction")};
    for (int n = 0; n < 3; ++n) {
        const QRectF frame(gap + n * (tile + gap), 2.0 * line, tile, tileHeight);
        painter.setFont(fontOf({text, false, quiet, 0.0}));
        painter.setPen(quiet);
        painter.drawText(QRectF(frame.left(), line, tile, line), Qt::AlignLeft | Qt::AlignVCenter,
                         names[static_cast<std::size_t>(n)]);
        painter.drawImage(frame, grey);
        if (n == 0)
            continue;
        painter.save();
        painter.setClipRect(frame);
        painter.translate(frame.topLeft());
        painter.scale(pixel, pixel * picture.pixelAspect);
        painter.translate(0.5, 0.5); // contours have pixel centres on integers
        paintLabels(painter, picture, n == 1 ? picture.truth : picture.prediction);
        painter.restore();
    }
    double x = gap;
    const double y = 2.0 * line + tileHeight + 0.5 * gap;
    painter.setFont(fontOf({text, false, ink, 0.0}));
    for (const auto& label : picture.labels) {
        if (label.value == 0)
            continue;
        const QString name = session::labelWord(label);
        const double width = QFontMetricsF(painter.font(), &page).horizontalAdvance(name) + 2.6 * text;
        if (x + width > style.width)
            break;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colourOf(label));
        painter.drawRect(QRectF(x, y + 0.5 * (line - 0.8 * text), 0.8 * text, 0.8 * text));
        painter.setPen(ink);
        painter.drawText(QRectF(x + 1.2 * text, y, width, line), Qt::AlignLeft | Qt::AlignVCenter, name);
        x += width;
    }
    painter.end();
    return page;
}

Result<void> writeTriptych(const learning::TrainingPicture& picture, const std::filesystem::path& png) {
    QImage page = paintTriptych(picture);
    page.setText(QStringLiteral("Description"), QStringLiteral("Education and research only, not for diagnosis."));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    page.save(&buffer, "png");
    return writeFiles({{png, bytes}});
}

} // namespace sulcus::paint
