// SPDX-License-Identifier: Apache-2.0
#include "app/cli/paint.h"

#include "core/base/log.h"
#include "core/imaging/resample.h"
#include "core/workflow/network_input.h"
#include "ui/report/contour.h"
#include "ui/report/curves.h"
#include "ui/report/slice_figure.h"
#include "ui/report/triptych.h"

#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <algorithm>
#include <array>
#include <cmath>

namespace sulcus::cli {

namespace {

// Qt's own remarks (a missing runtime folder, say) are for the log, not for the person.
void toLog(QtMsgType type, const QMessageLogContext& /*context*/, const QString& text) {
    const auto level = type == QtCriticalMsg || type == QtFatalMsg ? LogLevel::Warning : LogLevel::Debug;
    log(level, "qt", text.toStdString());
}

/// The axial slice in which the mask covers most; the middle one for an empty mask.
int fullestSlice(const std::vector<std::uint8_t>& labels, const imaging::Geometry& grid) {
    const auto perSlice = static_cast<std::ptrdiff_t>(grid.size[0]) * grid.size[1];
    int best = grid.size[2] / 2;
    std::ptrdiff_t most = 0;
    for (int k = 0; k < grid.size[2]; ++k) {
        const auto first = labels.begin() + perSlice * k;
        const auto count = perSlice - std::count(first, first + perSlice, std::uint8_t{0});
        if (count > most) {
            most = count;
            best = k;
        }
    }
    return best;
}

} // namespace

struct PaintSession::Application {
    int argumentCount = 1;
    std::array<char, 11> name{"sulcus-cli"};
    std::array<char*, 2> arguments{name.data(), nullptr};
    QGuiApplication application{argumentCount, arguments.data()};
};

PaintSession::PaintSession() {
    qInstallMessageHandler(toLog);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    m_application = std::make_unique<Application>();
}

PaintSession::~PaintSession() = default;

Result<void> PaintSession::report(const report::ReportContent& content, const std::filesystem::path& file) const {
    return paint::writeReport(content, file);
}

Result<void> PaintSession::curves(const std::filesystem::path& metrics, const std::filesystem::path& file) const {
    return paint::writeCurves(metrics, file);
}

Result<void> PaintSession::triptych(const learning::TrainingPicture& picture, const std::filesystem::path& file) const {
    return paint::writeTriptych(picture, file);
}

Result<void> PaintSession::boundaries(const imaging::Case& imagingCase, const imaging::LabelMap& mask,
                                      const std::filesystem::path& file) const {
    const auto& one = imagingCase.volumes.front();
    // In LPS order columns run to the patient's left and rows to the back: the radiological axial picture.
    const auto volume = imaging::toLps(*one.volume);
    const auto labels = workflow::labelsInLps(mask);
    const auto& grid = volume.geometry;
    const int columns = grid.size[0];
    const int rows = grid.size[1];
    const int slice = fullestSlice(labels, grid);
    const auto offset = [&](int column, int row) { return grid.offset({column, row, slice}); };
    const auto range = paint::greyRange(volume, one.sequence, clinic::Finding::BrainTumour);
    QImage grey(columns, rows, QImage::Format_Grayscale8);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const float share =
                (volume.voxels[offset(column, row)] - range.low) / std::max(range.high - range.low, 1e-6F);
            grey.scanLine(row)[column] = static_cast<uchar>(std::lround(std::clamp(share, 0.0F, 1.0F) * 255.0F));
        }
    // Twice the voxels, so that an outline is thinner than what it goes round; pixels of equal size on both axes.
    constexpr double kScale = 2.0;
    const double aspect = grid.spacing[1] / std::max(grid.spacing[0], 1e-6);
    QImage page(static_cast<int>(columns * kScale), static_cast<int>(std::lround(rows * kScale * aspect)),
                QImage::Format_RGB32);
    QPainter painter(&page);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.drawImage(page.rect(), grey);
    painter.scale(kScale, kScale * aspect);
    painter.translate(0.5, 0.5);
    QPen pen(QColor(230, 159, 0));
    pen.setWidthF(2.0);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.drawPath(
        paint::contour(columns, rows, [&](int column, int row) { return labels[offset(column, row)] != 0; }));
    painter.end();
    page.setText("Description", QStringLiteral("Education and research only, not for diagnosis."));
    QSaveFile out(QString::fromStdString(file.string()));
    if (!out.open(QIODevice::WriteOnly) || !page.save(&out, "PNG") || !out.commit())
        return fail(ErrorCode::Unreadable, "app.cannot_write", {{"file", file.string()}});
    return {};
}

} // namespace sulcus::cli
