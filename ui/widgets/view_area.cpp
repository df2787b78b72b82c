// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/view_area.h"

#include "ui/scene/surface.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/wording.h"

#include <QGridLayout>
#include <QPainter>

namespace sulcus::widgets {

using session::ViewKind;
using session::ViewLayout;

namespace {
// A stroke is followed by the 3-D view once the hand rests this long.
constexpr int kSurfaceDelayMilliseconds = 60;
} // namespace

ViewArea::ViewArea(session::Workbench& workbench, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_grid(new QGridLayout(this)) {
    setNamed(this, QStringLiteral("viewArea"), tr("Views of the case"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(2);
    struct SliceSpec {
        scene::Plane plane;
        const char* name;
        QString caption;
        QString accessible;
    };
    const SliceSpec specs[] = {
        {scene::Plane::Axial, "viewAxial", tr("Axial"), tr("Axial view")},
        {scene::Plane::Sagittal, "viewSagittal", tr("Sagittal"), tr("Sagittal view")},
        {scene::Plane::Coronal, "viewCoronal", tr("Coronal"), tr("Coronal view")},
    };
    auto& session = m_workbench.session();
    for (std::size_t n = 0; n < 3; ++n) {
        auto* const view = new viewport::SliceView(specs[n].plane, this);
        setNamed(view, QLatin1String(specs[n].name), specs[n].accessible);
        // VTK draws no Hangul; readers in Korea know the planes by their English names, which an empty caption gives.
        if (!speaksKorean())
            view->setCaption(specs[n].caption);
        view->setMinimumSize(120, 120);
        const auto kind = static_cast<ViewKind>(n);
        connect(view, &viewport::SliceView::cursorMoved, this, [this](imaging::WorldPoint point) {
            m_workbench.session().view().update([&](session::ViewState& state) { state.cursor = point; });
        });
        connect(view, &viewport::SliceView::windowLevelChanged, this, [this](double width, double level) {
            auto& state = m_workbench.session();
            state.display().update([&](session::DisplayState& display) {
                display.windows[state.view()->shown] = {width, level};
            });
        });
        connect(view, &viewport::SliceView::hovered, this, [this](imaging::WorldPoint point, bool inside) {
            m_workbench.session().view().update(
                [&](session::ViewState& state) { state.hovered = inside ? std::optional(point) : std::nullopt; });
        });
        connect(view, &viewport::SliceView::maximiseRequested, this, [this, kind] { toggleLarge(kind); });
        connect(view, &viewport::SliceView::activated, this, [this, kind] { m_active = kind; });
        connect(view, &viewport::SliceView::contextMenuRequested, this,
                [this](imaging::WorldPoint, QPoint position) { Q_EMIT menuRequested(position); });
        m_slices[n] = view;
    }
    m_volume = new viewport::VolumeView(this);
    setNamed(m_volume, QStringLiteral("viewVolume"), tr("3-D view"));
    m_volume->setMinimumSize(120, 120);
    connect(m_volume, &viewport::VolumeView::cursorMoved, this, [this](imaging::WorldPoint point) {
        m_workbench.session().view().update([&](session::ViewState& state) { state.cursor = point; });
    });
    connect(m_volume, &viewport::VolumeView::maximiseRequested, this, [this] { toggleLarge(ViewKind::Volume); });
    connect(m_volume, &viewport::VolumeView::contextMenuRequested, this, &ViewArea::menuRequested);

    m_sync.setSingleShot(true);
    m_sync.setInterval(0);
    connect(&m_sync, &QTimer::timeout, this, &ViewArea::sync);
    m_surfaceDelay.setSingleShot(true);
    m_surfaceDelay.setInterval(kSurfaceDelayMilliseconds);
    connect(&m_surfaceDelay, &QTimer::timeout, this, &ViewArea::buildMaskSurfaces);
    for (session::StateNotifier* const state : {static_cast<session::StateNotifier*>(&session.data()),
                                                static_cast<session::StateNotifier*>(&session.display()),
                                                static_cast<session::StateNotifier*>(&session.view())})
        connect(state, &session::StateNotifier::changed, this, &ViewArea::schedule);
    connect(&session, &session::CaseSession::caseOpened, this, [this] {
        fitAll();
        buildBrainSurface();
    });
    arrange();
}

viewport::SliceView* ViewArea::slice(ViewKind kind) const {
    return kind == ViewKind::Volume ? nullptr : m_slices[static_cast<std::size_t>(kind)];
}

void ViewArea::schedule() {
    if (!m_sync.isActive())
        m_sync.start();
}

scene::DisplaySettings ViewArea::settings() const {
    auto& session = m_workbench.session();
    const session::DisplayState& display = session.display().value();
    scene::DisplaySettings settings;
    const auto window = display.windows.find(session.view()->shown);
    if (window != display.windows.end()) {
        settings.windowWidth = window->second.width;
        settings.windowLevel = window->second.level;
    }
    settings.invert = display.invert;
    settings.interpolate = display.interpolate;
    settings.neurological = display.neurological;
    settings.maskOpacity = display.maskOpacity;
    settings.maskVisible = display.maskVisible;
    settings.maskStyle = display.outline ? scene::MaskStyle::Outline : scene::MaskStyle::Fill;
    for (const auto& [value, look] : display.labels)
        settings.labels[value] = {look.colour, look.opacity, look.visible};
    settings.crosshairVisible = display.crosshairVisible;
    settings.boxesVisible = display.boxesVisible;
    settings.brainVisible = display.brainSurface;
    settings.slicePlanesVisible = display.slicesIn3d;
    return settings;
}

void ViewArea::sync() {
    arrange();
    auto& session = m_workbench.session();
    const session::CaseData& data = session.data().value();
    if (!data.imagingCase) {
        for (viewport::SliceView* const view : m_slices) {
            view->setVolume(nullptr);
            view->setMask(nullptr, imaging::LabelEra::Brats2021);
        }
        m_volume->setMaskSurfaces({}, imaging::LabelEra::Brats2021);
        m_volume->setOuterSurface(nullptr);
        m_surfaceMask.reset();
        m_surfaceCase.reset();
        return;
    }
    const scene::DisplaySettings display = settings();
    const imaging::VolumePtr volume = data.imagingCase->find(session.view()->shown);
    const session::CompareMode compare = session.display()->compare;
    const imaging::LabelMapPtr truth = data.imagingCase->truth;
    const bool showTruth = compare == session::CompareMode::Truth && truth;
    const bool difference = compare == session::CompareMode::Difference && truth && data.mask;
    const imaging::LabelMapPtr shown = showTruth ? truth : m_stroke ? m_stroke : data.mask;
    const imaging::LabelEra era = showTruth ? data.imagingCase->files.era : data.era;
    std::vector<std::array<imaging::VoxelIndex, 2>> boxes;
    for (const imaging::Component& component : data.components)
        boxes.push_back({component.first, component.last});
    for (viewport::SliceView* const view : m_slices) {
        view->setVolume(volume);
        view->setMask(shown, era);
        view->setComparison(difference ? truth : nullptr, data.imagingCase->files.era,
                            data.era == imaging::LabelEra::Plain ? imaging::Target::Mask
                                                                 : imaging::Target::WholeTumour);
        view->setBoxes(boxes);
        view->setDisplay(display);
        view->setCursor(session.view()->cursor);
    }
    m_volume->setVolume(volume);
    m_volume->setBoxes(boxes);
    m_volume->setDisplay(display);
    m_volume->setCursor(session.view()->cursor);
    if (shown != m_surfaceMask)
        m_surfaceDelay.start();
}

void ViewArea::buildMaskSurfaces() {
    auto& session = m_workbench.session();
    if (!session.hasCase())
        return;
    const bool showTruth = session.display()->compare == session::CompareMode::Truth && session.hasTruth();
    const imaging::LabelMapPtr mask = showTruth ? session.data()->imagingCase->truth : session.data()->mask;
    const imaging::LabelEra era = showTruth ? session.data()->imagingCase->files.era : session.data()->era;
    if (mask == m_surfaceMask)
        return;
    m_surfaceMask = mask;
    if (m_surfaceJob)
        m_surfaceJob->cancel();
    if (!mask) {
        m_volume->setMaskSurfaces({}, era);
        return;
    }
    // The Io lane is idle while a network or a registration holds the Compute lane: surfaces need not wait for them.
    m_surfaceJob = m_workbench.runner().submit<scene::SurfaceSet>(
        session::Lane::Io, tr("Building surfaces"),
        [mask](const TaskContext& task) { return scene::buildSurfaces(*mask, {}, task); }, this,
        [this, mask, era](Result<scene::SurfaceSet> surfaces) {
            if (surfaces && m_surfaceMask == mask) {
                m_volume->setMaskSurfaces(std::move(*surfaces), era);
                Q_EMIT surfacesBuilt();
            }
        });
}

void ViewArea::buildBrainSurface() {
    const auto imagingCase = m_workbench.session().data()->imagingCase;
    m_volume->setMaskSurfaces({}, imaging::LabelEra::Brats2021);
    m_volume->setOuterSurface(nullptr);
    m_surfaceMask.reset();
    m_surfaceCase = imagingCase;
    if (m_brainJob)
        m_brainJob->cancel();
    const imaging::VolumePtr volume = imagingCase->volumes.front().volume;
    m_brainJob = m_workbench.runner().submit<scene::SurfacePtr>(
        session::Lane::Io, tr("Building the brain surface"),
        [volume](const TaskContext& task) { return scene::buildOuterSurface(*volume, task); }, this,
        [this, imagingCase](Result<scene::SurfacePtr> surface) {
            if (!surface || m_surfaceCase != imagingCase)
                return;
            m_volume->setOuterSurface(*surface);
            m_volume->lookFrom(scene::ViewDirection::Oblique);
        });
}

void ViewArea::toggleLarge(ViewKind kind) {
    m_workbench.session().view().update([&](session::ViewState& view) {
        if (view.layout == ViewLayout::Single && view.large == kind) {
            view.layout = m_before;
        } else {
            if (view.layout != ViewLayout::Single)
                m_before = view.layout;
            view.layout = ViewLayout::Single;
            view.large = kind;
        }
    });
}

void ViewArea::arrange() {
    const session::ViewState& state = m_workbench.session().view().value();
    const std::pair wanted(state.layout, state.large);
    if (m_arranged == wanted)
        return;
    m_arranged = wanted;
    const std::array<QWidget*, 4> views{m_slices[0], m_slices[1], m_slices[2], m_volume};
    for (QWidget* const view : views)
        m_grid->removeWidget(view);
    for (int n = 0; n < 3; ++n) {
        m_grid->setRowStretch(n, 0);
        m_grid->setColumnStretch(n, 0);
    }
    const auto large = static_cast<std::size_t>(state.large);
    switch (state.layout) {
    case ViewLayout::Four:
        for (int n = 0; n < 4; ++n)
            m_grid->addWidget(views[static_cast<std::size_t>(n)], n / 2, n % 2);
        for (int n = 0; n < 2; ++n) {
            m_grid->setRowStretch(n, 1);
            m_grid->setColumnStretch(n, 1);
        }
        break;
    case ViewLayout::OneAndThree: {
        m_grid->addWidget(views[large], 0, 0, 3, 1);
        int row = 0;
        for (std::size_t n = 0; n < 4; ++n)
            if (n != large)
                m_grid->addWidget(views[n], row++, 1);
        for (int n = 0; n < 3; ++n)
            m_grid->setRowStretch(n, 1);
        m_grid->setColumnStretch(0, 5);
        m_grid->setColumnStretch(1, 3);
        break;
    }
    default:
        m_grid->addWidget(views[large], 0, 0);
        m_grid->setRowStretch(0, 1);
        m_grid->setColumnStretch(0, 1);
        break;
    }
    for (std::size_t n = 0; n < 4; ++n)
        views[n]->setVisible(state.layout == ViewLayout::Four || state.layout == ViewLayout::OneAndThree || n == large);
    if (state.layout != ViewLayout::Four)
        m_active = state.large;
}

void ViewArea::fitAll() {
    for (viewport::SliceView* const view : m_slices)
        view->fit();
    m_volume->fit();
}

void ViewArea::centreAll() {
    for (viewport::SliceView* const view : m_slices)
        view->centreOnCursor();
}

void ViewArea::step(int slices) {
    const ViewKind kind = m_active == ViewKind::Volume ? ViewKind::Axial : m_active;
    slice(kind)->stepSlice(slices);
}

void ViewArea::showStroke(imaging::LabelMapPtr stroke, viewport::SliceView* by) {
    if (m_stroke != stroke) {
        m_stroke = std::move(stroke);
        sync();
    }
    for (viewport::SliceView* const view : m_slices)
        if (by == nullptr || view == by)
            view->maskEdited();
}

QImage ViewArea::snapshot() {
    const double ratio = devicePixelRatioF();
    QImage picture(size() * ratio, QImage::Format_RGB32);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::black);
    QPainter painter(&picture);
    for (viewport::SliceView* const view : m_slices)
        if (view->isVisible())
            painter.drawImage(QRect(view->pos(), view->size()), view->snapshot());
    if (m_volume->isVisible())
        painter.drawImage(QRect(m_volume->pos(), m_volume->size()), m_volume->snapshot());
    return picture;
}

} // namespace sulcus::widgets
