// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/exports.h"

#include "core/imaging/dicom_seg/dicom_segmentation.h"
#include "core/imaging/folder_volume.h"
#include "ui/scene/offscreen.h"
#include "ui/scene/surface.h"
#include "ui/viewport/vtk_widget.h"
#include "ui/widgets/view_area.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <array>

namespace sulcus::widgets {

namespace fs = std::filesystem;

namespace {

/// Pixels of the longer side of an exported slice.
constexpr int kSlicePixels = 800;

const char* planeCode(scene::Plane plane) {
    switch (plane) {
    case scene::Plane::Axial:
        return "axial";
    case scene::Plane::Sagittal:
        return "sagittal";
    case scene::Plane::Coronal:
        break;
    }
    return "coronal";
}

/// The pictures of the series that a case was read from.
Result<std::vector<fs::path>> picturesOf(const imaging::Case& imagingCase, const TaskContext& task) {
    const fs::path source = imagingCase.files.volumes.begin()->second;
    std::error_code error;
    const bool folder = fs::is_directory(source, error);
    auto series = imaging::findDicomSeries(folder ? source : source.parent_path(), task);
    if (!series)
        return fail(std::move(series.error()));
    for (const imaging::DicomSeries& one : *series) {
        const bool named = imagingCase.files.seriesUid && one.uid == *imagingCase.files.seriesUid;
        const bool holds = !folder && std::find(one.files.begin(), one.files.end(), source) != one.files.end();
        if (named || holds)
            return one.files;
    }
    return series->front().files; // the largest is what was opened
}

/// Voxels in which the file, read back, says something else than the mask. Slices that were straightened or filled in
/// while reading have no picture of their own, so that a few may.
Result<std::size_t> differenceOf(const imaging::LabelMap& mask,
                                 const std::vector<imaging::SegmentDescription>& segments, const fs::path& file) {
    const auto read = imaging::readDicomSegmentation(file, mask.geometry);
    if (!read)
        return fail(read.error());
    std::array<std::uint8_t, 256> number{};
    for (std::size_t n = 0; n < segments.size(); ++n)
        number[segments[n].value] = static_cast<std::uint8_t>(n + 1);
    std::size_t differing = 0;
    for (std::size_t n = 0; n < mask.voxels.size(); ++n)
        differing += number[mask.voxels[n]] != read->map.voxels[n] ? 1U : 0U;
    return differing;
}

} // namespace

Exports::Exports(session::Workbench& workbench, session::ActionCatalog& actions, session::MaskEditor& editor,
                 Choose choose, QObject* parent)
    : QObject(parent), m_workbench(workbench), m_editor(editor), m_choose(std::move(choose)) {
    const QString file = tr("File");
    const auto needsCase = [this] { return m_workbench.session().hasCase() ? QString() : tr("Open a case first."); };
    const auto needsMask = [this] {
        return m_workbench.session().hasMask() ? QString() : tr("There is no mask yet: segment the case first.");
    };
    actions.add({"export-surfaces",
                 file,
                 tr("Export s&urfaces..."),
                 tr("The smoothed surface of every label as STL or PLY, in mm"),
                 "cube",
                 {QKeySequence("Ctrl+Alt+U")},
                 false,
                 needsMask},
                [this] {
                    m_choose(FileQuestion::SaveSurfaces, QStringLiteral("_surfaces.stl"),
                             [this](const QString& path) { writeSurfaces(path); });
                });
    actions.add({"export-segmentation",
                 file,
                 tr("Export a &DICOM segmentation..."),
                 tr("A segmentation object that refers to the pictures of this case"),
                 "export",
                 {QKeySequence("Ctrl+Alt+D")},
                 false,
                 [this, needsMask] {
                     auto& session = m_workbench.session();
                     if (session.hasCase() && session.data()->imagingCase->volumes.front().volume->modality.empty())
                         return tr("This case did not come from DICOM pictures.");
                     return needsMask();
                 }},
                [this] {
                    m_choose(FileQuestion::SaveSegmentation, QStringLiteral("_seg.dcm"),
                             [this](const QString& path) { writeSegmentation(path); });
                });
    actions.add({"export-slices",
                 file,
                 tr("Save all s&lices as pictures..."),
                 tr("Every slice of the view that was clicked last, as it is shown, as PNG"),
                 "camera",
                 {QKeySequence("Ctrl+Alt+P")},
                 false,
                 needsCase},
                [this] {
                    m_choose(FileQuestion::SlicesFolder, QString(), [this](const QString& path) { writeSlices(path); });
                });
    actions.add(
        {"view-snapshot-active",
         file,
         tr("Save a picture of &one view..."),
         tr("The view that was clicked last, as PNG"),
         "camera",
         {QKeySequence("Ctrl+Alt+V")},
         false,
         needsCase},
        [this] {
            if (m_views == nullptr)
                return;
            viewport::VtkWidget* view = m_views->slice(m_views->activeView());
            if (view == nullptr)
                view = m_views->volume();
            const QImage picture = view->snapshot();
            m_choose(FileQuestion::SavePicture, QStringLiteral("_view.png"), [this, picture](const QString& path) {
                const bool good = picture.save(path);
                Q_EMIT m_workbench.noted(good ? session::NoteKind::Info : session::NoteKind::Problem,
                                         Message{good ? "widgets.picture_saved" : "widgets.picture_not_saved",
                                                 {{"file", path.toStdString()}}},
                                         session::NoteTopic::Write);
            });
        });
}

void Exports::writeSurfaces(const QString& file) {
    const imaging::LabelMapPtr mask = m_workbench.session().data()->mask;
    if (!mask)
        return;
    m_workbench.runner().submit<void>(
        session::Lane::Io, tr("Writing surfaces"),
        [mask, path = fs::path(file.toStdString())](const TaskContext& task) -> Result<void> {
            auto surfaces = scene::buildSurfaces(*mask, {}, task);
            if (!surfaces)
                return fail(std::move(surfaces.error()));
            return scene::writeSurfaces(*surfaces, path);
        },
        this,
        [this, file](Result<void> written) {
            Q_EMIT m_workbench.noted(written ? session::NoteKind::Info : session::NoteKind::Problem,
                                     written ? Message{"widgets.surfaces_saved", {{"file", file.toStdString()}}}
                                             : written.error().message,
                                     session::NoteTopic::Write);
        });
}

void Exports::writeSegmentation(const QString& file) {
    auto& session = m_workbench.session();
    const imaging::LabelMapPtr mask = session.data()->mask;
    const auto imagingCase = session.data()->imagingCase;
    if (!mask || !imagingCase)
        return;
    std::vector<imaging::SegmentDescription> segments;
    for (const auto& [value, ml] : session.data()->labelMl) {
        const auto look = session.display()->labels.find(value);
        segments.push_back({value, m_editor.labelName(value).toStdString(),
                            look == session.display()->labels.end() ? std::array<std::uint8_t, 3>{128, 128, 128}
                                                                    : look->second.colour});
    }
    m_workbench.runner().submit<std::size_t>(
        session::Lane::Io, tr("Writing the segmentation"),
        [mask, imagingCase, segments,
         path = fs::path(file.toStdString())](const TaskContext& task) -> Result<std::size_t> {
            auto pictures = picturesOf(*imagingCase, task.part(0.0, 0.3));
            if (!pictures)
                return fail(std::move(pictures.error()));
            auto written = imaging::writeDicomSegmentation(*mask, *pictures, segments, path, task.part(0.3, 0.8));
            if (!written)
                return fail(std::move(written.error()));
            return differenceOf(*mask, segments, path);
        },
        this,
        [this, file](Result<std::size_t> differing) {
            if (!differing) {
                Q_EMIT m_workbench.noted(session::NoteKind::Problem, differing.error().message,
                                         session::NoteTopic::Write);
                return;
            }
            const bool same = *differing == 0;
            Q_EMIT m_workbench.noted(same ? session::NoteKind::Info : session::NoteKind::Warning,
                                     Message{same ? "widgets.segmentation_saved" : "widgets.segmentation_differs",
                                             {{"file", file.toStdString()}, {"count", std::to_string(*differing)}}},
                                     session::NoteTopic::Write);
        });
}

void Exports::writeSlices(const QString& folder) {
    auto& session = m_workbench.session();
    if (!session.hasCase() || m_views == nullptr)
        return;
    viewport::SliceView* view = m_views->slice(m_views->activeView());
    if (view == nullptr)
        view = m_views->slice(session::ViewKind::Axial);
    const imaging::VolumePtr volume = session.data()->imagingCase->find(session.view()->shown);
    if (!volume)
        return;
    scene::DisplaySettings settings = view->display();
    settings.crosshairVisible = false;
    const scene::SliceFrame frame = view->frame();
    const double width = frame.columns() * frame.columnSpacing();
    const double height = frame.rows() * frame.rowSpacing();
    const double scale = kSlicePixels / std::max(width, height);
    struct Task {
        imaging::VolumePtr volume;
        imaging::LabelMapPtr mask;
        imaging::LabelEra era;
        scene::DisplaySettings settings;
        scene::Plane plane;
        int axis = 2;
        int count = 0;
        int width = 0;
        int height = 0;
        QString stem;
    };
    const Task work{volume,
                    session.data()->mask,
                    session.data()->era,
                    settings,
                    view->plane(),
                    frame.axisNormal,
                    frame.sliceCount(),
                    std::max(64, static_cast<int>(width * scale)),
                    std::max(64, static_cast<int>(height * scale)),
                    QDir(folder).filePath(QString::fromStdString(session.storage()->caseId) + QLatin1Char('_') +
                                          QLatin1String(planeCode(view->plane())) + QLatin1Char('_'))};
    m_workbench.runner().submit<int>(
        session::Lane::Io, tr("Saving slices"),
        [work](const TaskContext& task) -> Result<int> {
            for (int n = 0; n < work.count; ++n) {
                if (task.cancelled())
                    return failCancelled();
                task.report(static_cast<double>(n) / work.count);
                imaging::VoxelIndex at{work.volume->geometry.size[0] / 2, work.volume->geometry.size[1] / 2,
                                       work.volume->geometry.size[2] / 2};
                (work.axis == 0 ? at.i : work.axis == 1 ? at.j : at.k) = n;
                const auto picture = scene::renderSlicePicture(work.volume, work.mask, work.era, work.plane, at,
                                                               work.settings, work.width, work.height);
                if (!picture)
                    return fail(picture.error());
                const QString file = work.stem + QStringLiteral("%1.png").arg(n + 1, 3, 10, QLatin1Char('0'));
                // To a temporary name first: a picture is whole or not there.
                const QString making = file + QStringLiteral(".part");
                QFile::remove(file);
                if (!viewport::VtkWidget::toImage(*picture).save(making, "PNG") || !QFile::rename(making, file))
                    return fail(ErrorCode::Unreadable, "widgets.picture_not_saved", {{"file", file.toStdString()}});
            }
            return work.count;
        },
        this,
        [this, folder](Result<int> count) {
            Q_EMIT m_workbench.noted(
                count ? session::NoteKind::Info
                      : (count.error().code == ErrorCode::Cancelled ? session::NoteKind::Info
                                                                    : session::NoteKind::Problem),
                count ? Message{"widgets.slices_saved",
                                {{"count", std::to_string(*count)}, {"folder", folder.toStdString()}}}
                      : count.error().message,
                session::NoteTopic::Write);
        });
}

} // namespace sulcus::widgets
