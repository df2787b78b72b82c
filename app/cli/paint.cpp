// SPDX-License-Identifier: Apache-2.0
#include "app/cli/paint.h"

#include "ui/report/contour.h"
#include "ui/report/curves.h"
#include "ui/report/slice_figure.h"

#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <algorithm>
#include <cmath>
#include <optional>

namespace sulcus::cli {

namespace {

/// Lives as long as the program: Qt does not bear a second application well, and `predict` paints many pictures.
void needApplication() {
    static int argumentCount = 1;
    static char name[] = "sulcus-cli";
    static char* arguments[] = {name, nullptr};
    if (QCoreApplication::instance() != nullptr)
        return;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    static std::optional<QGuiApplication> application;
    application.emplace(argumentCount, arguments);
}

/// Index along the normal of the slice in which the mask covers most; the middle for an empty mask.
int fullestSlice(const imaging::LabelMap& mask, int normal) {
    const auto& size = mask.geometry.size;
    std::vector<std::size_t> counts(static_cast<std::size_t>(size[static_cast<std::size_t>(normal)]), 0);
    for (int k = 0; k < size[2]; ++k)
        for (int j = 0; j < size[1]; ++j)
            for (int i = 0; i < size[0]; ++i)
                if (mask.at({i, j, k}) != 0)
                    ++counts[static_cast<std::size_t>(normal == 0 ? i : normal == 1 ? j : k)];
    const auto fullest = std::max_element(counts.begin(), counts.end());
    return *fullest == 0 ? static_cast<int>(counts.size()) / 2 : static_cast<int>(fullest - counts.begin());
}

} // namespace

Result<void> paintReport(const report::ReportContent& content, const std::filesystem::path& file) {
    needApplication();
    return paint::writeReport(content, file);
}

Result<void> paintCurves(const std::filesystem::path& metrics, const std::filesystem::path& file) {
    needApplication();
    return paint::writeCurves(metrics, file);
}

Result<void> paintBoundaries(const BoundaryPicture& picture) {
    needApplication();
    const auto& one = picture.imagingCase->volumes.front();
    const auto& volume = *one.volume;
    const auto& grid = volume.geometry;
    const auto axes = report::planeAxes(grid, report::Plane::Axial);
    const auto sizeOf = [&](int axis) { return grid.size[static_cast<std::size_t>(axis)]; };
    const int columns = sizeOf(axes.across);
    const int rows = sizeOf(axes.down);
    const int slice = fullestSlice(*picture.mask, axes.normal);
    const auto voxel = [&](int column, int row) {
        std::array<int, 3> index{};
        index[static_cast<std::size_t>(axes.normal)] = slice;
        index[static_cast<std::size_t>(axes.across)] = axes.flipAcross ? columns - 1 - column : column;
        index[static_cast<std::size_t>(axes.down)] = axes.flipDown ? rows - 1 - row : row;
        return imaging::VoxelIndex{index[0], index[1], index[2]};
    };
    const auto range = paint::greyRange(volume, one.sequence, clinic::Finding::BrainTumour);
    QImage grey(columns, rows, QImage::Format_Grayscale8);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const float share = (volume.at(voxel(column, row)) - range.low) / std::max(range.high - range.low, 1e-6F);
            grey.scanLine(row)[column] = static_cast<uchar>(std::lround(std::clamp(share, 0.0F, 1.0F) * 255.0F));
        }
    // Twice the voxels, so that an outline is thinner than what it goes round; pixels of equal size on both axes.
    constexpr double kScale = 2.0;
    const double aspect = grid.spacing[static_cast<std::size_t>(axes.down)] /
                          std::max(grid.spacing[static_cast<std::size_t>(axes.across)], 1e-6);
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
        paint::contour(columns, rows, [&](int column, int row) { return picture.mask->at(voxel(column, row)) != 0; }));
    painter.end();
    page.setText("Description", QStringLiteral("Education and research only, not for diagnosis."));
    QSaveFile file(QString::fromStdString(picture.file.string()));
    if (!file.open(QIODevice::WriteOnly) || !page.save(&file, "PNG") || !file.commit())
        return fail(ErrorCode::Unreadable, "app.cannot_write", {{"file", picture.file.string()}});
    return {};
}

} // namespace sulcus::cli
