// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/view_area.h"

#include "ui/scene/content_box.h"
#include "ui/scene/difference.h"
#include "ui/scene/font_file.h"
#include "ui/scene/rendering_grid.h"
#include "ui/scene/surface.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/wording.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QPainter>
#include <QResizeEvent>
#include <algorithm>

namespace sulcus::widgets {

using session::ViewKind;
using session::ViewLayout;

namespace {

// A stroke is followed by the 3-D view once the hand rests this long.
constexpr int kSurfaceDelayMilliseconds = 60;
// Rays through more voxels than this along an axis are slower than a hand.
constexpr int kRenderedAxis = 160;
// Four sequences stand in one row where the row is so much wider than high; else two by two.
constexpr double kRowShape = 1.9;

bool isTiled(ViewLayout layout) { return layout == ViewLayout::Row || layout == ViewLayout::SideBySide; }

/// A font file with Hangul that VTK can draw; empty when there is none.
std::string koreanFont() {
    for (const char* const file : {"NanumBarunGothic.ttf", "NanumGothic.ttf", "NanumSquareR.ttf"}) {
        const QString path = QStringLiteral("/usr/share/fonts/truetype/nanum/") + QLatin1String(file);
        if (QFileInfo::exists(path))
            if (const std::string drawable = scene::drawableFontFile(path.toStdString()); !drawable.empty())
                return drawable;
    }
    return {};
}

bool same(const imaging::WorldPoint& a, const imaging::WorldPoint& b) { return a.x == b.x && a.y == b.y && a.z == b.z; }

} // namespace

ViewArea::ViewArea(session::Workbench& workbench, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_grid(new QGridLayout(this)) {
    setNamed(this, QStringLiteral("viewArea"), tr("Views of the case"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(2);
    struct SliceSpec {
        scene::Plane plane;
        QString name;
        QString caption;
        QString accessible;
    };
    std::vector<SliceSpec> specs{
        {scene::Plane::Axial, QStringLiteral("viewAxial"), tr("Axial"), tr("Axial view")},
        {scene::Plane::Sagittal, QStringLiteral("viewSagittal"), tr("Sagittal"), tr("Sagittal view")},
        {scene::Plane::Coronal, QStringLiteral("viewCoronal"), tr("Coronal"), tr("Coronal view")},
    };
    for (std::size_t n = 1; n <= kTiles; ++n)
        specs.push_back({scene::Plane::Axial, QStringLiteral("viewTile%1").arg(n), QString(),
                         tr("View %1 of those side by side").arg(n)});
    const std::string font = speaksKorean() ? koreanFont() : std::string();
    auto& session = m_workbench.session();
    for (const SliceSpec& spec : specs) {
        auto* const view = new viewport::SliceView(spec.plane, this);
        setNamed(view, spec.name, spec.accessible);
        if (!font.empty())
            view->setFontFile(QString::fromStdString(font));
        // Without a font that VTK can draw, readers in Korea know the planes by their English names.
        m_drawsCaptions = !speaksKorean() || !font.empty();
        if (!spec.caption.isEmpty()) {
            m_planeNames << (m_drawsCaptions ? spec.caption : QString::fromStdString(scene::planeName(spec.plane)));
            view->setCaption(m_planeNames.back());
        }
        view->setMinimumSize(120, 120);
        m_slices.push_back(view);
        m_sequences.push_back(imaging::Sequence::Other);
        connectSlice(view);
    }
    m_activeSlice = m_slices.front();
    m_volume = new viewport::VolumeView(this);
    setNamed(m_volume, QStringLiteral("viewVolume"), tr("3-D view"));
    m_volume->setMinimumSize(120, 120);
    connect(m_volume, &viewport::VolumeView::cursorMoved, this, [this](imaging::WorldPoint point) {
        m_workbench.session().view().update([&](session::ViewState& state) { state.cursor = point; });
    });
    connect(m_volume, &viewport::VolumeView::maximiseRequested, this, [this] { toggleLarge(ViewKind::Volume); });
    connect(m_volume, &viewport::VolumeView::contextMenuRequested, this, &ViewArea::menuRequested);
    m_montage = new viewport::MontageView(this);
    setNamed(m_montage, QStringLiteral("viewMontage"), tr("Many slices"));
    m_montage->setMinimumSize(240, 240);
    connect(m_montage, &viewport::MontageView::cursorMoved, this, [this](imaging::WorldPoint point) {
        m_workbench.session().view().update([&](session::ViewState& state) { state.cursor = point; });
    });
    connect(m_montage, &viewport::MontageView::windowLevelChanged, this, [this](double width, double level) {
        auto& state = m_workbench.session();
        state.display().update([&](session::DisplayState& display) {
            display.windows[state.view()->shown] = {width, level};
        });
    });
    connect(m_montage, &viewport::MontageView::hovered, this, [this](imaging::WorldPoint point, bool inside) {
        m_workbench.session().view().update(
            [&](session::ViewState& state) { state.hovered = inside ? std::optional(point) : std::nullopt; });
    });
    connect(m_montage, &viewport::MontageView::maximiseRequested, this, [this](imaging::WorldPoint point) {
        m_before = ViewLayout::Montage;
        m_workbench.session().view().update([&](session::ViewState& view) {
            view.cursor = point;
            view.layout = ViewLayout::Single;
            view.large = static_cast<ViewKind>(tilePlane());
        });
    });
    connect(m_montage, &viewport::MontageView::contextMenuRequested, this, &ViewArea::menuRequested);

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
        m_moved.reset();
        m_content = scene::contentBox(*m_workbench.session().data()->imagingCase->volumes.front().volume);
        fitAll();
        buildBrainSurface();
    });
    arrange();
}

void ViewArea::connectSlice(viewport::SliceView* view) {
    const std::size_t index = m_slices.size() - 1;
    const auto kind = [this, index] {
        return index < kPlanes ? static_cast<ViewKind>(index) : static_cast<ViewKind>(tilePlane());
    };
    connect(view, &viewport::SliceView::cursorMoved, this, [this, view](imaging::WorldPoint point) {
        m_moved = {view, point};
        m_workbench.session().view().update([&](session::ViewState& state) { state.cursor = point; });
    });
    connect(view, &viewport::SliceView::windowLevelChanged, this, [this, index](double width, double level) {
        m_workbench.session().display().update([&](session::DisplayState& display) {
            display.windows[m_sequences[index]] = {width, level};
        });
    });
    connect(view, &viewport::SliceView::hovered, this, [this](imaging::WorldPoint point, bool inside) {
        m_workbench.session().view().update(
            [&](session::ViewState& state) { state.hovered = inside ? std::optional(point) : std::nullopt; });
    });
    connect(view, &viewport::SliceView::framingChanged, this,
            [this, view](const scene::Framing& framing) { shareFraming(view, framing); });
    connect(view, &viewport::SliceView::maximiseRequested, this, [this, index, kind] {
        if (m_workbench.session().view()->layout == ViewLayout::Row)
            m_workbench.session().view().update([&](session::ViewState& state) { state.shown = m_sequences[index]; });
        toggleLarge(kind());
    });
    connect(view, &viewport::SliceView::activated, this, [this, view, kind] {
        m_active = kind();
        m_activeSlice = view;
    });
    connect(view, &viewport::SliceView::contextMenuRequested, this,
            [this](imaging::WorldPoint, QPoint position) { Q_EMIT menuRequested(position); });
}

viewport::SliceView* ViewArea::slice(ViewKind kind) const {
    return kind == ViewKind::Volume ? nullptr : m_slices[static_cast<std::size_t>(kind)];
}

scene::Plane ViewArea::tilePlane() const {
    const ViewKind large = m_workbench.session().view()->large;
    return large == ViewKind::Volume ? scene::Plane::Axial : static_cast<scene::Plane>(large);
}

std::vector<imaging::Sequence> ViewArea::rowSequences() const {
    std::vector<imaging::Sequence> sequences;
    const auto imagingCase = m_workbench.session().data()->imagingCase;
    if (imagingCase)
        for (const imaging::CaseVolume& entry : imagingCase->volumes)
            if (sequences.size() < kTiles)
                sequences.push_back(entry.sequence);
    return sequences;
}

scene::Framing ViewArea::wholeOf(scene::Plane plane) const {
    auto& session = m_workbench.session();
    if (!m_content || !session.hasCase())
        return {};
    return scene::framingOf(*m_content, scene::sliceFrame(session.geometry(), plane, session.display()->neurological));
}

void ViewArea::shareFraming(viewport::SliceView* from, const scene::Framing& framing) {
    if (m_sharing)
        return;
    m_sharing = true;
    const auto tile =
        std::find(m_slices.begin(), m_slices.end(), from) - m_slices.begin() >= static_cast<std::ptrdiff_t>(kPlanes);
    // Views of one plane always go together: side by side they are compared point by point.
    const bool share = tile || m_workbench.session().view()->zoomLinked;
    for (std::size_t n = 0; share && n < m_slices.size(); ++n)
        if (m_slices[n] != from && (n >= kPlanes) == tile)
            m_slices[n]->setFraming(framing);
    m_sharing = false;
}

void ViewArea::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (isTiled(m_workbench.session().view()->layout))
        schedule();
}

void ViewArea::schedule() {
    if (!m_sync.isActive())
        m_sync.start();
}

scene::DisplaySettings ViewArea::settings(imaging::Sequence sequence) const {
    auto& session = m_workbench.session();
    const session::DisplayState& display = session.display().value();
    scene::DisplaySettings settings;
    const auto window = display.windows.find(sequence);
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
    settings.colourMap = static_cast<scene::ColourMap>(display.colourMap);
    settings.scaleBarVisible = display.scaleBarVisible;
    settings.probabilityOpacity = display.probabilityOpacity;
    settings.overlayVisible = display.overlayVisible;
    settings.rendering = static_cast<scene::RenderingPreset>(display.rendering);
    return settings;
}

void ViewArea::sync() {
    arrange();
    auto& session = m_workbench.session();
    const session::CaseData& data = session.data().value();
    const session::ViewState& state = session.view().value();
    if (!data.imagingCase) {
        for (viewport::SliceView* const view : m_slices) {
            view->setVolume(nullptr);
            view->setMask(nullptr, imaging::LabelEra::Brats2021);
            view->setOverlay(nullptr);
            view->setProbability(nullptr);
        }
        m_montage->setVolume(nullptr);
        m_montage->setMask(nullptr, imaging::LabelEra::Brats2021);
        m_montage->setOverlay(nullptr);
        m_montage->setProbability(nullptr);
        m_volume->setMaskSurfaces({}, imaging::LabelEra::Brats2021);
        m_volume->setOuterSurface(nullptr);
        m_volume->setRendered(nullptr);
        m_surfaceSource = {};
        m_surfaceCase.reset();
        m_renderedOf.reset();
        return;
    }
    const scene::DisplaySettings display = settings(state.shown);
    const imaging::VolumePtr volume = data.imagingCase->find(state.shown);
    const session::CompareMode compare = session.display()->compare;
    const imaging::LabelMapPtr truth = data.imagingCase->truth;
    const imaging::LabelEra truthEra = data.imagingCase->files.era;
    const bool showTruth = compare == session::CompareMode::Truth && truth;
    const bool difference = showsDifference();
    const imaging::LabelMapPtr shown = showTruth ? truth : m_stroke ? m_stroke : data.mask;
    const imaging::LabelEra era = showTruth ? truthEra : data.era;
    const imaging::Target target = comparedTarget();
    std::vector<std::array<imaging::VoxelIndex, 2>> boxes;
    for (const imaging::Component& component : data.components)
        boxes.push_back({component.first, component.last});
    const auto& answer = m_workbench.networkAnswer();
    const auto output = static_cast<std::size_t>(std::max(0, session.display()->probabilityOutput));
    const bool probable = session.display()->probabilityOutput >= 0 && output < answer.probabilities.size();
    const imaging::VolumePtr probability = probable ? answer.probabilities[output] : nullptr;
    const QString probabilityName = probable && output < answer.probabilityNames.size()
                                        ? QString::fromStdString(answer.probabilityNames[output])
                                        : QString();
    // Free crosshairs: what a view did stays in that view; what anything else did goes for all.
    const auto caption = [this](const QString& text, const char* english) {
        return m_drawsCaptions ? text : QString::fromLatin1(english);
    };
    const bool ownMove = m_moved && same(m_moved->second, state.cursor);
    const std::vector<imaging::Sequence> row = rowSequences();
    bool changed = false;
    for (std::size_t n = 0; n < m_slices.size(); ++n) {
        viewport::SliceView* const view = m_slices[n];
        const bool tile = n >= kPlanes;
        const std::size_t place = n - kPlanes;
        imaging::Sequence sequence = state.shown;
        imaging::LabelMapPtr mask = shown;
        imaging::LabelEra maskEra = era;
        imaging::LabelMapPtr against = difference ? truth : nullptr;
        if (tile) {
            if (!isTiled(state.layout))
                continue;
            if (view->plane() != tilePlane()) {
                view->setPlane(tilePlane());
                view->setFraming(wholeOf(tilePlane()));
            }
            if (state.layout == ViewLayout::Row) {
                if (place >= row.size())
                    continue;
                sequence = row[place];
                view->setCaption(sequenceShortName(sequence));
            } else {
                // Left the mask; right the truth, else the overlay, else the bare image.
                against = nullptr;
                mask = place != 0 ? truth : m_stroke ? m_stroke : data.mask;
                maskEra = place == 0 ? data.era : truthEra;
                view->setCaption(place == 0     ? caption(tr("Mask"), "Mask")
                                 : truth        ? caption(tr("Truth"), "Truth")
                                 : data.overlay ? caption(tr("Overlay"), "Overlay")
                                                : caption(tr("Image"), "Image"));
            }
        }
        m_sequences[n] = sequence;
        view->setVolume(data.imagingCase->find(sequence));
        changed = changed || view->mask() != mask;
        view->setMask(mask, maskEra);
        view->setComparison(against, truthEra, target);
        const bool besideMask = state.layout == ViewLayout::SideBySide && tile;
        view->setOverlay(besideMask && place == 0 ? nullptr : data.overlay);
        view->setProbability(besideMask && place != 0 ? nullptr : probability, probabilityName);
        view->setBoxes(boxes);
        view->setDisplay(sequence == state.shown ? display : settings(sequence));
        if (state.cursorLinked || tile || !ownMove || m_moved->first == view)
            view->setCursor(state.cursor);
    }
    if (changed)
        Q_EMIT masksShown();
    if (state.layout == ViewLayout::Montage) {
        if (m_montage->plane() != tilePlane()) {
            m_montage->setPlane(tilePlane());
            m_montage->setFraming(wholeOf(tilePlane()));
        }
        m_montage->setTiles(state.montageColumns, state.montageRows);
        m_montage->setStep(state.montageStepMm);
        m_montage->setVolume(volume);
        m_montage->setMask(shown, era);
        m_montage->setComparison(difference ? truth : nullptr, truthEra, target);
        m_montage->setOverlay(data.overlay);
        m_montage->setProbability(probability);
        m_montage->setDisplay(display);
        m_montage->setCursor(state.cursor);
    }
    m_volume->setVolume(volume);
    m_volume->setBoxes(boxes);
    scene::DisplaySettings inSpace = display;
    if (m_surfacesDiffer)
        inSpace.labels = scene::Difference::styles();
    m_volume->setDisplay(inSpace);
    m_volume->setCursor(state.cursor);
    if (surfaceSource() != m_surfaceSource)
        m_surfaceDelay.start();
    buildRendered();
}

bool ViewArea::showsDifference() const {
    auto& session = m_workbench.session();
    return session.display()->compare == session::CompareMode::Difference && session.data()->imagingCase->truth &&
           session.data()->mask;
}

imaging::Target ViewArea::comparedTarget() const {
    auto& session = m_workbench.session();
    return session.data()->era == imaging::LabelEra::Plain ? imaging::Target::Mask : session.display()->compareTarget;
}

ViewArea::SurfaceSource ViewArea::surfaceSource() const {
    const session::CaseData& data = m_workbench.session().data().value();
    const imaging::LabelMapPtr truth = data.imagingCase->truth;
    const imaging::LabelEra truthEra = data.imagingCase->files.era;
    if (showsDifference() && truth->voxels.size() == data.mask->voxels.size())
        return {data.mask, data.era, truth, truthEra, comparedTarget()};
    if (m_workbench.session().display()->compare == session::CompareMode::Truth && truth)
        return {truth, truthEra, nullptr};
    return {data.mask, data.era, nullptr};
}

void ViewArea::buildRendered() {
    const imaging::VolumePtr volume =
        m_workbench.session().display()->rendering == session::VolumeRendering::Off
            ? nullptr
            : m_workbench.session().data()->imagingCase->find(m_workbench.session().view()->shown);
    if (volume == m_renderedOf)
        return;
    m_renderedOf = volume;
    if (m_renderJob)
        m_renderJob->cancel();
    if (!volume) {
        m_volume->setRendered(nullptr);
        return;
    }
    m_renderJob = m_workbench.runner().submit<imaging::VolumePtr>(
        session::Lane::Io, tr("Preparing the 3-D picture"),
        [volume](const TaskContext& task) { return scene::reduceForRendering(volume, kRenderedAxis, task); }, this,
        [this, volume](Result<imaging::VolumePtr> reduced) {
            if (reduced && m_renderedOf == volume)
                m_volume->setRendered(std::move(*reduced));
        });
}

void ViewArea::buildMaskSurfaces() {
    if (!m_workbench.session().hasCase())
        return;
    const SurfaceSource source = surfaceSource();
    if (source == m_surfaceSource)
        return;
    m_surfaceSource = source;
    if (m_surfaceJob)
        m_surfaceJob->cancel();
    if (!source.mask) {
        m_volume->setMaskSurfaces({}, source.era);
        return;
    }
    // The Io lane is idle while a network or a registration holds the Compute lane: surfaces need not wait for them.
    m_surfaceJob = m_workbench.runner().submit<scene::SurfaceSet>(
        session::Lane::Io, tr("Building surfaces"),
        [source](const TaskContext& task) {
            if (!source.truth)
                return scene::buildSurfaces(*source.mask, {}, task);
            const scene::Difference difference(source.target, source.era, source.truthEra);
            return scene::buildSurfaces(difference.of(*source.mask, *source.truth), {}, task);
        },
        this,
        [this, source](Result<scene::SurfaceSet> surfaces) {
            if (surfaces && m_surfaceSource == source) {
                m_surfacesDiffer = source.truth != nullptr;
                m_volume->setMaskSurfaces(std::move(*surfaces),
                                          m_surfacesDiffer ? imaging::LabelEra::Plain : source.era);
                sync();
                Q_EMIT surfacesBuilt();
            }
        });
}

void ViewArea::buildBrainSurface() {
    const auto imagingCase = m_workbench.session().data()->imagingCase;
    m_volume->setMaskSurfaces({}, imaging::LabelEra::Brats2021);
    m_volume->setOuterSurface(nullptr);
    m_surfaceSource = {};
    m_surfacesDiffer = false;
    m_surfaceCase = imagingCase;
    if (m_brainJob)
        m_brainJob->cancel();
    const imaging::VolumePtr volume = imagingCase->volumes.front().volume;
    m_brainJob = m_workbench.runner().submit<scene::SurfacePtr>(
        session::Lane::Io,
        imagingCase->volumes.front().sequence == imaging::Sequence::Ct ? tr("Building the surface")
                                                                       : tr("Building the brain surface"),
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
    const std::size_t tiles = state.layout == ViewLayout::Row          ? std::max<std::size_t>(1, rowSequences().size())
                              : state.layout == ViewLayout::SideBySide ? 2
                                                                       : 0;
    const bool wide = state.layout == ViewLayout::Row ? width() > kRowShape * height() : width() >= height();
    const std::tuple wanted(state.layout, state.large, tiles, isTiled(state.layout) && wide);
    if (m_arranged == wanted)
        return;
    m_arranged = wanted;
    std::vector<QWidget*> every(m_slices.begin(), m_slices.end());
    every.push_back(m_volume);
    every.push_back(m_montage);
    for (QWidget* const view : every)
        m_grid->removeWidget(view);
    for (int n = 0; n < static_cast<int>(kTiles); ++n) {
        m_grid->setRowStretch(n, 0);
        m_grid->setColumnStretch(n, 0);
    }
    const std::array<QWidget*, 4> views{m_slices[0], m_slices[1], m_slices[2], m_volume};
    const auto large = static_cast<std::size_t>(state.large);
    std::vector<QWidget*> shown;
    const auto put = [&](QWidget* view, int row, int column, int rows = 1) {
        m_grid->addWidget(view, row, column, rows, 1);
        shown.push_back(view);
    };
    const auto stretch = [&](int rows, int columns) {
        for (int n = 0; n < rows; ++n)
            m_grid->setRowStretch(n, 1);
        for (int n = 0; n < columns; ++n)
            m_grid->setColumnStretch(n, 1);
    };
    switch (state.layout) {
    case ViewLayout::Four:
        for (int n = 0; n < 4; ++n)
            put(views[static_cast<std::size_t>(n)], n / 2, n % 2);
        stretch(2, 2);
        break;
    case ViewLayout::OneAndThree: {
        put(views[large], 0, 0, 3);
        int row = 0;
        for (std::size_t n = 0; n < 4; ++n)
            if (n != large)
                put(views[n], row++, 1);
        stretch(3, 0);
        m_grid->setColumnStretch(0, 5);
        m_grid->setColumnStretch(1, 3);
        break;
    }
    case ViewLayout::Single:
        put(views[large], 0, 0);
        stretch(1, 1);
        break;
    case ViewLayout::Row:
    case ViewLayout::SideBySide: {
        const int columns = wide ? static_cast<int>(tiles) : tiles > 2 ? 2 : 1;
        for (int n = 0; n < static_cast<int>(tiles); ++n)
            put(m_slices[kPlanes + static_cast<std::size_t>(n)], n / columns, n % columns);
        // Side by side begins with whole slices.
        for (std::size_t n = kPlanes; n < m_slices.size(); ++n)
            m_slices[n]->setFraming(wholeOf(tilePlane()));
        stretch((static_cast<int>(tiles) + columns - 1) / columns, columns);
        break;
    }
    case ViewLayout::Montage:
        put(m_montage, 0, 0);
        stretch(1, 1);
        break;
    }
    for (QWidget* const view : every)
        view->setVisible(std::find(shown.begin(), shown.end(), view) != shown.end());
    // A 3-D view of another shape would cut the head off.
    if (std::find(shown.begin(), shown.end(), m_volume) != shown.end())
        m_volume->fit();
    if (state.layout != ViewLayout::Four)
        m_active = state.large;
    if (auto* const first = qobject_cast<viewport::SliceView*>(shown.front());
        first && std::find(shown.begin(), shown.end(), m_activeSlice) == shown.end())
        m_activeSlice = first;
}

void ViewArea::fitAll() {
    for (viewport::SliceView* const view : m_slices)
        view->setFraming(wholeOf(view->plane()));
    m_montage->setFraming(wholeOf(tilePlane()));
    m_volume->fit();
}

void ViewArea::centreAll() {
    // What is hidden may not know the cursor yet.
    sync();
    for (viewport::SliceView* const view : m_slices)
        if (view->isVisible())
            view->centreOnCursor();
}

void ViewArea::step(int slices) {
    if (m_montage->isVisible()) {
        m_montage->stepRows(slices);
        return;
    }
    viewport::SliceView* const view =
        m_activeSlice->isVisible() || m_active == ViewKind::Volume ? m_activeSlice : slice(m_active);
    view->stepSlice(slices);
}

void ViewArea::showStroke(imaging::LabelMapPtr stroke, viewport::SliceView* by) {
    if (m_stroke != stroke) {
        m_stroke = std::move(stroke);
        sync();
    }
    for (viewport::SliceView* const view : m_slices)
        if (by == nullptr || view == by)
            view->maskEdited();
    if (by == nullptr)
        m_montage->maskEdited();
}

QImage ViewArea::snapshot() {
    const double ratio = devicePixelRatioF();
    QImage picture(size() * ratio, QImage::Format_RGB32);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::black);
    QPainter painter(&picture);
    std::vector<viewport::VtkWidget*> every(m_slices.begin(), m_slices.end());
    every.push_back(m_volume);
    every.push_back(m_montage);
    for (viewport::VtkWidget* const view : every)
        if (view->isVisible())
            painter.drawImage(QRect(view->pos(), view->size()), view->snapshot());
    return picture;
}

} // namespace sulcus::widgets
