// SPDX-License-Identifier: Apache-2.0
#include "ui/report/slice_figure.h"

#include "ui/report/contour.h"
#include "ui/report/words.h"
#include "ui/scene/slice_frame.h"

#include <QImage>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <memory>

namespace sulcus::paint {

namespace {

using imaging::LabelEra;
using imaging::Target;
using imaging::VoxelIndex;

int& axisOf(VoxelIndex& voxel, int axis) { return axis == 0 ? voxel.i : axis == 1 ? voxel.j : voxel.k; }
int axisOf(const VoxelIndex& voxel, int axis) { return axis == 0 ? voxel.i : axis == 1 ? voxel.j : voxel.k; }

scene::Plane scenePlane(report::Plane plane) {
    switch (plane) {
    case report::Plane::Axial:
        return scene::Plane::Axial;
    case report::Plane::Sagittal:
        return scene::Plane::Sagittal;
    case report::Plane::Coronal:
        return scene::Plane::Coronal;
    }
    return scene::Plane::Axial;
}

/// Voxel box worth showing: where the image is not background.
struct Box {
    VoxelIndex first;
    VoxelIndex last;
};

Box contentBox(const imaging::Volume& volume, const imaging::LabelMap* mask) {
    const auto& size = volume.geometry.size;
    const Box whole{{0, 0, 0}, {size[0] - 1, size[1] - 1, size[2] - 1}};
    const auto [low, high] = std::minmax_element(volume.voxels.begin(), volume.voxels.end());
    if (volume.voxels.empty() || !(*high > *low))
        return whole;
    // Skull-stripped images have a background of exactly their minimum; elsewhere noise sits a little above it.
    const float threshold = *low + 0.04f * (*high - *low) * (*low == 0.0f ? 0.0f : 1.0f);
    Box box{{size[0], size[1], size[2]}, {-1, -1, -1}};
    const auto include = [&box](int i, int j, int k) {
        box.first.i = std::min(box.first.i, i);
        box.first.j = std::min(box.first.j, j);
        box.first.k = std::min(box.first.k, k);
        box.last.i = std::max(box.last.i, i);
        box.last.j = std::max(box.last.j, j);
        box.last.k = std::max(box.last.k, k);
    };
    std::size_t n = 0;
    for (int k = 0; k < size[2]; ++k)
        for (int j = 0; j < size[1]; ++j)
            for (int i = 0; i < size[0]; ++i, ++n)
                if (volume.voxels[n] > threshold || (mask != nullptr && mask->voxels[n] != 0))
                    include(i, j, k);
    return box.last.i < 0 ? whole : box;
}

/// One slice, ready to be drawn: the image on its pixel grid and the outlines in the same coordinates.
struct Slice {
    QImage image;
    double columnMm = 1.0;
    double rowMm = 1.0;
    QRectF shown; ///< part to be shown, in pixel coordinates with centres on integers
    struct Outline {
        QPainterPath path;
        QColor colour;
        bool dashed = false;
    };
    std::vector<Outline> outlines;
    scene::SliceFrame::Letters letters;
    QString sequence;
    QString caption;

    double widthMm() const { return shown.width() * columnMm; }
    double heightMm() const { return shown.height() * rowMm; }
};

Slice cut(const report::ReportContent& content, const report::SliceFigure& figure, const Box& box) {
    const imaging::Case& imagingCase = *content.imagingCase;
    const imaging::CaseVolume* chosen = &imagingCase.volumes.front();
    for (const imaging::CaseVolume& volume : imagingCase.volumes)
        if (volume.sequence == figure.sequence) {
            chosen = &volume;
            break;
        }
    const imaging::Volume& volume = *chosen->volume;
    const scene::SliceFrame frame = scene::sliceFrame(volume.geometry, scenePlane(figure.plane), false);

    VoxelIndex centre = figure.centre;
    const int last = frame.sliceCount() - 1;
    int& along = axisOf(centre, frame.axisNormal);
    along = std::clamp(along, 0, last);

    const int columns = frame.columns();
    const int rows = frame.rows();
    // Picture columns run to the right, rows downwards.
    const auto voxelAt = [&](int column, int row) {
        VoxelIndex v = centre;
        axisOf(v, frame.axisRight) = frame.signRight > 0 ? column : columns - 1 - column;
        axisOf(v, frame.axisUp) = frame.signUp > 0 ? rows - 1 - row : row;
        return v;
    };

    Slice slice;
    slice.columnMm = frame.columnSpacing() > 0 ? frame.columnSpacing() : 1.0;
    slice.rowMm = frame.rowSpacing() > 0 ? frame.rowSpacing() : 1.0;
    const GreyRange grey = greyRange(volume, chosen->sequence, content.finding);
    slice.image = QImage(columns, rows, QImage::Format_Grayscale8);
    for (int row = 0; row < rows; ++row) {
        uchar* const line = slice.image.scanLine(row);
        for (int column = 0; column < columns; ++column) {
            const float value = (volume.at(voxelAt(column, row)) - grey.low) / (grey.high - grey.low);
            // What is no number is black.
            line[column] = value > 0.0f ? static_cast<uchar>(std::lround(255.0f * std::min(value, 1.0f))) : 0;
        }
    }

    const auto span = [&](int axis, bool forwards, int count) {
        const int a = axisOf(box.first, axis);
        const int b = axisOf(box.last, axis);
        return forwards ? std::pair{a, b} : std::pair{count - 1 - b, count - 1 - a};
    };
    const auto [left, right] = span(frame.axisRight, frame.signRight > 0, columns);
    const auto [top, bottom] = span(frame.axisUp, frame.signUp < 0, rows);
    slice.shown = QRectF(QPointF(left - 0.5, top - 0.5), QPointF(right + 0.5, bottom + 0.5));

    // The truth lies under the mask's outlines: it shows where the two part.
    if (content.comparison && imagingCase.truth && imagingCase.truth->voxels.size() == volume.voxels.size()) {
        const imaging::LabelMap& truth = *imagingCase.truth;
        const Target whole = imagingCase.files.era == LabelEra::Plain ? Target::Mask : Target::WholeTumour;
        QPainterPath path = contour(columns, rows, [&](int x, int y) {
            return imaging::belongsTo(truth.at(voxelAt(x, y)), whole, imagingCase.files.era);
        });
        if (!path.isEmpty())
            slice.outlines.push_back({std::move(path), QColor(Qt::white), true});
    }
    if (content.mask) {
        const imaging::LabelMap& mask = *content.mask;
        for (const report::LabelVolume& label : content.labels) {
            QPainterPath path =
                contour(columns, rows, [&](int x, int y) { return mask.at(voxelAt(x, y)) == label.value; });
            if (!path.isEmpty())
                slice.outlines.push_back(
                    {std::move(path), QColor(label.colour[0], label.colour[1], label.colour[2]), false});
        }
    }

    slice.letters = frame.letters();
    slice.sequence = sequenceName(chosen->sequence);
    if (volume.geometry.isSlice) {
        slice.caption = translate("report", "Single image");
        return slice;
    }
    slice.caption = translate("report", "%1 · slice %2 of %3")
                        .arg(planeName(figure.plane))
                        .arg(axisOf(centre, frame.axisNormal) + 1)
                        .arg(last + 1);
    if (volume.geometry.hasOrientation) {
        const imaging::WorldPoint p = volume.geometry.worldFromIndex(
            {static_cast<double>(centre.i), static_cast<double>(centre.j), static_cast<double>(centre.k)});
        const char axis = figure.plane == report::Plane::Axial      ? 'z'
                          : figure.plane == report::Plane::Sagittal ? 'x'
                                                                    : 'y';
        const double mm = axis == 'z' ? p.z : axis == 'x' ? p.x : p.y;
        slice.caption += QStringLiteral(" · %1 %2 mm").arg(QLatin1Char(axis)).arg(decimal(mm, 1));
    }
    return slice;
}

/// A round length that fits `room` mm: 1, 2 or 5 times a power of ten.
double barLength(double room) {
    const double power = std::pow(10.0, std::floor(std::log10(std::max(room, 1e-6))));
    for (const double step : {5.0, 2.0, 1.0})
        if (step * power <= room)
            return step * power;
    return power;
}

/// White text over the image, in a box of its own with a dark shade behind.
void over(Canvas& canvas, const Block& text, QPointF at) {
    canvas.draw([at, size = QSizeF(text.width, text.height)](QPainter& painter) {
        QPainterPath shade;
        shade.addRoundedRect(QRectF(at, size).adjusted(-7, 0, 7, 0), 5, 5);
        painter.fillPath(shade, QColor(0, 0, 0, 120));
    });
    text.place(canvas, at);
}

Block picture(std::shared_ptr<const Slice> slice, double width, double height, double pixelsPerMm) {
    Block block{width, height, {}};
    block.place = [slice, width, height, pixelsPerMm](Canvas& canvas, QPointF at) {
        canvas.note({PlacedItem::Kind::Picture, 0, QRectF(at, QSizeF(width, height)), slice->sequence, false});
        canvas.draw([slice, at, width, height, pixelsPerMm](QPainter& painter) {
            painter.translate(at);
            QPainterPath frame;
            frame.addRoundedRect(QRectF(0, 0, width, height), 8, 8);
            painter.fillPath(frame, Qt::black);
            painter.setClipPath(frame);
            const double sx = slice->columnMm * pixelsPerMm;
            const double sy = slice->rowMm * pixelsPerMm;
            painter.translate(width / 2.0 - slice->shown.center().x() * sx,
                              height / 2.0 - slice->shown.center().y() * sy);
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.drawImage(QRectF(-0.5 * sx, -0.5 * sy, slice->image.width() * sx, slice->image.height() * sy),
                              slice->image);
            const QTransform toPage = QTransform::fromScale(sx, sy);
            for (const Slice::Outline& outline : slice->outlines) {
                const QPainterPath path = toPage.map(outline.path);
                if (!outline.dashed) {
                    QColor tint = outline.colour;
                    tint.setAlpha(14);
                    painter.fillPath(path, tint);
                }
                painter.strokePath(path, QPen(QColor(0, 0, 0, 150), 4.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            }
            for (const Slice::Outline& outline : slice->outlines) {
                const QPainterPath path = toPage.map(outline.path);
                if (outline.dashed) {
                    QPen pen(outline.colour, 2.0, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
                    pen.setDashPattern({4.0, 3.0});
                    painter.strokePath(path, pen);
                    continue;
                }
                // Within its own region, so that of two labels that share a border both lines are seen.
                painter.save();
                painter.setClipPath(path, Qt::IntersectClip);
                painter.strokePath(path, QPen(outline.colour, 2.0 * 2.4, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
                painter.restore();
            }
        });

        const TypeStyle letterStyle{23.0, true, Qt::white, 0.0};
        const auto letter = [&](const std::string& text, double x, double y) {
            if (text.empty())
                return;
            const Block set = label(QString::fromStdString(text), letterStyle, 80.0);
            // x and y say which edge: -1, 0 or 1.
            const double left = x < 0 ? 16.0 : x > 0 ? width - 16.0 - set.width : (width - set.width) / 2.0;
            const double top = y < 0 ? 8.0 : y > 0 ? height - 8.0 - set.height : (height - set.height) / 2.0;
            over(canvas, set, {at.x() + left, at.y() + top});
        };
        letter(slice->letters.left, -1, 0);
        letter(slice->letters.right, 1, 0);
        letter(slice->letters.top, 0, -1);
        letter(slice->letters.bottom, 0, 1);

        const Block name = label(slice->sequence, {19.0, true, Qt::white, 0.0}, width / 2.0 - 60.0);
        over(canvas, name, {at.x() + 16.0, at.y() + 10.0});

        const double bar = barLength(0.28 * width / pixelsPerMm);
        const double length = bar * pixelsPerMm;
        const QString unit = bar >= 10.0 ? QStringLiteral("%1 cm").arg(decimal(bar / 10.0, 0))
                                         : QStringLiteral("%1 mm").arg(decimal(bar, bar < 1.0 ? 1 : 0));
        const Block unitText = label(unit, {17.0, false, Qt::white, 0.0}, width / 3.0);
        over(canvas, unitText,
             {at.x() + 16.0 + (length - unitText.width) / 2.0, at.y() + height - 22.0 - unitText.height});
        canvas.draw([at, height, length](QPainter& painter) {
            const double y = at.y() + height - 14.0;
            const double x = at.x() + 16.0;
            painter.setPen(QPen(QColor(0, 0, 0, 170), 6.0, Qt::SolidLine, Qt::SquareCap));
            painter.drawLine(QPointF(x, y), QPointF(x + length, y));
            painter.setPen(QPen(Qt::white, 2.6, Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(QPointF(x, y), QPointF(x + length, y));
            painter.drawLine(QPointF(x, y - 7), QPointF(x, y + 4));
            painter.drawLine(QPointF(x + length, y - 7), QPointF(x + length, y + 4));
        });
    };
    return block;
}

} // namespace

GreyRange greyRange(const imaging::Volume& volume, imaging::Sequence sequence, clinic::Finding finding) {
    if (sequence == imaging::Sequence::Ct) {
        switch (finding) {
        case clinic::Finding::LungLesion:
            return {-1350.0f, 150.0f};
        case clinic::Finding::LiverLesion:
            return {15.0f, 165.0f};
        case clinic::Finding::Aneurysm:
            return {-60.0f, 540.0f};
        case clinic::Finding::BrainTumour:
            break;
        }
        return {-160.0f, 240.0f};
    }
    // A fraction of the voxels is plenty for two percentiles.
    const std::size_t stride = std::max<std::size_t>(1, volume.voxels.size() / 400000);
    std::vector<float> sample;
    for (std::size_t n = 0; n < volume.voxels.size(); n += stride)
        if (volume.voxels[n] != 0.0f && std::isfinite(volume.voxels[n]))
            sample.push_back(volume.voxels[n]);
    if (sample.size() < 2)
        return {};
    const auto percentile = [&sample](double p) {
        const auto at = sample.begin() + static_cast<std::ptrdiff_t>(p * static_cast<double>(sample.size() - 1));
        std::nth_element(sample.begin(), at, sample.end());
        return *at;
    };
    GreyRange range{percentile(0.01), percentile(0.995)};
    // The darkest percent of a stripped brain is no black point of its own: zero is, and keeps the contrast of CSF.
    if (range.low > 0.0f)
        range.low = std::min(range.low, 0.1f * range.high);
    if (!(range.high > range.low))
        range.high = range.low + 1.0f;
    return range;
}

Block sliceFigures(const report::ReportContent& content, double width) {
    if (!content.imagingCase || content.imagingCase->volumes.empty() || content.figures.empty())
        return {};
    const imaging::CaseVolume* reference = &content.imagingCase->volumes.front();
    const Box box = contentBox(*reference->volume, content.mask.get());
    std::vector<std::shared_ptr<const Slice>> slices;
    for (const report::SliceFigure& figure : content.figures)
        slices.push_back(std::make_shared<const Slice>(cut(content, figure, box)));

    constexpr double kGap = 22.0;
    const std::size_t perRow = std::min<std::size_t>(3, slices.size());
    const double pictureWidth =
        slices.size() == 1 ? 640.0 : (width - kGap * static_cast<double>(perRow - 1)) / static_cast<double>(perRow);
    double widest = 1.0;
    double tallest = 1.0;
    for (const auto& slice : slices) {
        widest = std::max(widest, slice->widthMm());
        tallest = std::max(tallest, slice->heightMm());
    }
    // One scale for all, so that the eye may compare them; room is left at the edges for the letters.
    const double mostHeight = slices.size() == 1 ? 640.0 : 520.0;
    const double pixelsPerMm = std::min((pictureWidth - 76.0) / widest, (mostHeight - 84.0) / tallest);
    const double pictureHeight = std::clamp(tallest * pixelsPerMm + 84.0, 260.0, mostHeight);

    std::vector<Block> rows;
    for (std::size_t first = 0; first < slices.size(); first += perRow) {
        std::vector<Block> columns;
        for (std::size_t n = first; n < std::min(first + perRow, slices.size()); ++n) {
            const Block caption = paragraph(pictureWidth, slices[n]->caption,
                                            {19.0, false, QColor::fromRgb(Ink::kQuiet), 0.0}, {Qt::AlignHCenter, 2});
            columns.push_back(stack({picture(slices[n], pictureWidth, pictureHeight, pixelsPerMm), caption}, 8.0));
        }
        rows.push_back(row(std::move(columns), kGap));
    }
    return stack(std::move(rows), 18.0);
}

} // namespace sulcus::paint
