// SPDX-License-Identifier: Apache-2.0
#include "ui/viewport/montage_view.h"

#include "ui/viewport/mouse_habits.h"

#include <QKeyEvent>
#include <algorithm>
#include <cmath>
#include <vector>

namespace sulcus::viewport {

using imaging::WorldPoint;

namespace {
enum class Drag { None, Cursor, WindowLevel, Pan, Zoom };
constexpr int kMostTiles = 10;
} // namespace

struct MontageView::Private {
    scene::Plane plane = scene::Plane::Axial;
    int columns = 5;
    int rows = 4;
    double stepMm = 5.0;
    std::vector<std::unique_ptr<scene::SliceScene>> tiles;
    imaging::VolumePtr volume;
    imaging::LabelMapPtr mask;
    imaging::LabelEra era = imaging::LabelEra::Brats2021;
    imaging::LabelMapPtr truth;
    imaging::LabelEra truthEra = imaging::LabelEra::Brats2021;
    imaging::Target target = imaging::Target::Mask;
    imaging::LabelMapPtr overlay;
    imaging::VolumePtr probability;
    scene::DisplaySettings display;
    scene::Framing framing;
    WorldPoint cursor;
    int first = 0; ///< tile number of the upper left tile; tile number n shows slice n * step + phase
    bool placed = false;
    Drag drag = Drag::None;
    Press press;
    WheelNotches wheel;

    scene::SliceFrame frame() const { return scene::sliceFrame(volume->geometry, plane, display.neurological); }
    /// Voxels between neighbouring tiles.
    int step() const {
        const auto f = frame();
        const double spacing = f.geometry.spacing[static_cast<std::size_t>(f.axisNormal)];
        return std::max(1, static_cast<int>(std::lround(stepMm / std::max(spacing, 1e-6))));
    }
    int numbers() const { return (frame().sliceCount() + step() - 1) / step(); }
    /// Slices are told in the frame's growing direction: number 0 is the lowest, rightmost or hindmost one.
    int sliceOfNumber(int number) const {
        const auto f = frame();
        const int slice = number * step();
        if (number < 0 || slice >= f.sliceCount())
            return -1;
        return f.signNormal > 0 ? slice : f.sliceCount() - 1 - slice;
    }
    int numberOfSlice(int slice) const {
        const auto f = frame();
        const int up = f.signNormal > 0 ? slice : f.sliceCount() - 1 - slice;
        // The tile whose slice is nearest holds the cursor.
        return std::clamp((up + step() / 2) / step(), 0, numbers() - 1);
    }
    int shown() const { return columns * rows; }
    void clampFirst() { first = std::clamp(first, 0, std::max(0, numbers() - shown())); }
};

MontageView::MontageView(QWidget* parent) : VtkWidget(parent), d(std::make_unique<Private>()) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setContextMenuPolicy(Qt::PreventContextMenu);
    rebuild();
}

MontageView::~MontageView() {
    makeCurrent();
    d.reset();
    doneCurrent();
}

void MontageView::rebuild() {
    makeCurrent();
    d->tiles.clear();
    for (int n = 0; n < d->shown(); ++n) {
        auto tile = std::make_unique<scene::SliceScene>(d->plane);
        const int column = n % d->columns;
        const int row = n / d->columns;
        tile->attach(renderWindow());
        tile->setViewport(static_cast<double>(column) / d->columns, 1.0 - static_cast<double>(row + 1) / d->rows,
                          static_cast<double>(column + 1) / d->columns, 1.0 - static_cast<double>(row) / d->rows);
        tile->setCaption(" "); // the slice number alone: the plane is the same everywhere
        d->tiles.push_back(std::move(tile));
    }
    doneCurrent();
    d->placed = false;
    spread();
}

void MontageView::spread() {
    if (d->volume && !d->placed) {
        // The cursor's slice begins in the middle of what is shown.
        d->first = d->numberOfSlice(d->frame().sliceOf(d->cursor)) - d->shown() / 2;
        d->placed = true;
    }
    int holder = -1;
    if (d->volume) {
        d->clampFirst();
        holder = d->numberOfSlice(d->frame().sliceOf(d->cursor)) - d->first;
    }
    for (int n = 0; n < d->shown(); ++n) {
        auto& tile = *d->tiles[static_cast<std::size_t>(n)];
        const int slice = d->volume ? d->sliceOfNumber(d->first + n) : -1;
        const bool used = slice >= 0;
        tile.setVolume(used ? d->volume : nullptr);
        tile.setMask(used ? d->mask : nullptr, d->era);
        tile.setComparison(used ? d->truth : nullptr, d->truthEra, d->target);
        tile.setOverlay(used ? d->overlay : nullptr);
        tile.setProbability(used ? d->probability : nullptr);
        auto display = d->display;
        const bool holds = used && n == holder;
        display.crosshairVisible = display.crosshairVisible && holds;
        display.scaleBarVisible = display.scaleBarVisible && n == 0;
        display.captionVisible = display.captionVisible && used;
        display.boxesVisible = false;
        tile.setDisplay(display);
        tile.setHighlighted(holds);
        tile.setFraming(d->framing);
        if (used) {
            const auto frame = d->frame();
            tile.setCursor(frame.worldFromPlane(frame.planeFromWorld(d->cursor), slice));
        }
    }
    update();
}

void MontageView::share(const scene::Framing& framing) {
    d->framing = framing;
    for (auto& tile : d->tiles)
        tile->setFraming(framing);
    update();
}

void MontageView::setPlane(scene::Plane plane) {
    if (plane == d->plane)
        return;
    d->plane = plane;
    for (auto& tile : d->tiles)
        tile->setPlane(plane);
    d->framing = {};
    d->placed = false;
    spread();
}

scene::Plane MontageView::plane() const { return d->plane; }

void MontageView::setTiles(int columns, int rows) {
    columns = std::clamp(columns, 1, kMostTiles);
    rows = std::clamp(rows, 1, kMostTiles);
    if (columns == d->columns && rows == d->rows)
        return;
    d->columns = columns;
    d->rows = rows;
    rebuild();
}

void MontageView::setStep(double mm) {
    if (mm == d->stepMm)
        return;
    d->stepMm = mm;
    d->placed = false;
    spread();
}

void MontageView::setVolume(imaging::VolumePtr volume) {
    if (volume == d->volume)
        return;
    const bool sameGrid = volume && d->volume && imaging::sameGrid(volume->geometry, d->volume->geometry);
    d->volume = std::move(volume);
    d->placed = d->placed && sameGrid;
    spread();
}

void MontageView::setMask(imaging::LabelMapPtr mask, imaging::LabelEra era) {
    if (mask == d->mask && era == d->era)
        return;
    d->mask = std::move(mask);
    d->era = era;
    spread();
}

void MontageView::maskEdited() {
    for (auto& tile : d->tiles)
        tile->maskEdited();
    update();
}

void MontageView::setComparison(imaging::LabelMapPtr truth, imaging::LabelEra truthEra, imaging::Target target) {
    if (truth == d->truth && truthEra == d->truthEra && target == d->target)
        return;
    d->truth = std::move(truth);
    d->truthEra = truthEra;
    d->target = target;
    spread();
}

void MontageView::setOverlay(imaging::LabelMapPtr overlay) {
    if (overlay == d->overlay)
        return;
    d->overlay = std::move(overlay);
    spread();
}

void MontageView::setProbability(imaging::VolumePtr probability) {
    if (probability == d->probability)
        return;
    d->probability = std::move(probability);
    spread();
}

void MontageView::setDisplay(const scene::DisplaySettings& settings) {
    if (settings == d->display)
        return;
    d->display = settings;
    spread();
}

void MontageView::setCursor(WorldPoint point) {
    const WorldPoint old = d->cursor;
    if (old.x == point.x && old.y == point.y && old.z == point.z)
        return;
    d->cursor = point;
    if (d->volume && d->placed) {
        const int number = d->numberOfSlice(d->frame().sliceOf(point));
        d->placed = number >= d->first && number < d->first + d->shown();
    }
    spread();
}

void MontageView::setFraming(const scene::Framing& framing) { share(framing); }

void MontageView::stepRows(int rows) {
    if (!d->volume)
        return;
    d->first += rows * d->columns;
    d->clampFirst();
    spread();
}

int MontageView::columns() const { return d->columns; }
int MontageView::rows() const { return d->rows; }

int MontageView::sliceOfTile(int tile) const {
    return d->volume && tile >= 0 && tile < d->shown() ? d->sliceOfNumber(d->first + tile) : -1;
}

QRectF MontageView::tileRect(int tile) const {
    const double wide = static_cast<double>(width()) / d->columns;
    const double high = static_cast<double>(height()) / d->rows;
    return {(tile % d->columns) * wide, (tile / d->columns) * high, wide, high};
}

int MontageView::tileAt(QPointF position) const {
    const int column = static_cast<int>(position.x() * d->columns / std::max(1, width()));
    const int row = static_cast<int>(position.y() * d->rows / std::max(1, height()));
    if (column < 0 || row < 0 || column >= d->columns || row >= d->rows)
        return -1;
    const int tile = row * d->columns + column;
    return sliceOfTile(tile) >= 0 ? tile : -1;
}

WorldPoint MontageView::worldAt(int tile, QPointF position) const {
    const double ratio = devicePixelRatioF();
    const QPointF inside = (position - tileRect(tile).topLeft()) * ratio;
    return d->tiles[static_cast<std::size_t>(tile)]->worldFromDisplay(inside.x(), inside.y());
}

void MontageView::prepareScene(int width, int height) {
    for (auto& tile : d->tiles) {
        tile->setPixelRatio(devicePixelRatioF());
        tile->prepare(std::max(1, width / d->columns), std::max(1, height / d->rows));
    }
}

void MontageView::mousePressEvent(QMouseEvent* event) {
    if (d->drag != Drag::None || !d->volume)
        return;
    d->press.begin(*event, d->display);
    switch (event->button()) {
    case Qt::MiddleButton:
        d->drag = Drag::Pan;
        break;
    case Qt::RightButton:
        d->drag = Drag::Zoom;
        break;
    case Qt::LeftButton:
        d->drag = (event->modifiers() & Qt::ControlModifier) ? Drag::WindowLevel : Drag::Cursor;
        break;
    default:
        return;
    }
    const int tile = tileAt(event->position());
    if (d->drag == Drag::Cursor && tile >= 0) {
        const WorldPoint point = worldAt(tile, event->position());
        if (d->tiles[static_cast<std::size_t>(tile)]->insideVolume(point)) {
            setCursor(point);
            Q_EMIT cursorMoved(point);
        }
    }
}

void MontageView::mouseMoveEvent(QMouseEvent* event) {
    if (!d->volume)
        return;
    const int tile = tileAt(event->position());
    if (tile >= 0) {
        const WorldPoint point = worldAt(tile, event->position());
        Q_EMIT hovered(point, d->tiles[static_cast<std::size_t>(tile)]->insideVolume(point));
    }
    const QPointF step = d->press.moveTo(event->position());
    auto& any = *d->tiles.front();
    const double ratio = devicePixelRatioF();
    switch (d->drag) {
    case Drag::WindowLevel: {
        const auto settings = d->press.window(d->display, width());
        setDisplay(settings);
        Q_EMIT windowLevelChanged(settings.windowWidth, settings.windowLevel);
        break;
    }
    case Drag::Pan:
        any.panBy(step.x() * ratio, step.y() * ratio);
        share(any.framing());
        break;
    case Drag::Zoom:
        if (!d->press.dragged)
            break;
        any.zoomAt(dragZoom(step.y()), tileRect(0).width() * ratio / 2.0, tileRect(0).height() * ratio / 2.0);
        share(any.framing());
        break;
    case Drag::None:
    case Drag::Cursor:
        break;
    }
}

void MontageView::mouseReleaseEvent(QMouseEvent* event) {
    if (d->drag == Drag::None || event->button() != d->press.button)
        return;
    const Drag ended = d->drag;
    d->drag = Drag::None;
    if (ended == Drag::Zoom && !d->press.dragged)
        Q_EMIT contextMenuRequested(event->globalPosition().toPoint());
}

void MontageView::mouseDoubleClickEvent(QMouseEvent* event) {
    const int tile = tileAt(event->position());
    if (event->button() == Qt::LeftButton && tile >= 0)
        Q_EMIT maximiseRequested(worldAt(tile, event->position()));
}

void MontageView::wheelEvent(QWheelEvent* event) {
    event->accept();
    if (!d->volume)
        return;
    const int angle = wheelAngle(*event);
    const int tile = tileAt(event->position());
    if (event->modifiers() & Qt::ControlModifier) {
        if (tile < 0)
            return;
        const double ratio = devicePixelRatioF();
        const QPointF inside = (event->position() - tileRect(tile).topLeft()) * ratio;
        auto& under = *d->tiles[static_cast<std::size_t>(tile)];
        under.zoomAt(wheelZoom(angle), inside.x(), inside.y());
        share(under.framing());
        return;
    }
    if (const int notches = d->wheel.take(angle); notches != 0)
        stepRows(notches);
}

void MontageView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_PageUp:
        stepRows(1);
        break;
    case Qt::Key_Down:
    case Qt::Key_PageDown:
        stepRows(-1);
        break;
    default:
        VtkWidget::keyPressEvent(event);
    }
}

void MontageView::leaveEvent(QEvent* event) {
    Q_EMIT hovered(d->cursor, false);
    VtkWidget::leaveEvent(event);
}

void MontageView::focusInEvent(QFocusEvent* event) {
    VtkWidget::focusInEvent(event);
    Q_EMIT activated();
}

} // namespace sulcus::viewport
