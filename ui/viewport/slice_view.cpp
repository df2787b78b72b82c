// SPDX-License-Identifier: Apache-2.0
#include "ui/viewport/slice_view.h"

#include "ui/viewport/mouse_habits.h"

#include <QKeyEvent>

namespace sulcus::viewport {

using imaging::WorldPoint;

namespace {

enum class Drag { None, Crosshair, WindowLevel, Pan, Zoom, RightZoom, Edit };

} // namespace

struct SliceView::Private {
    explicit Private(scene::Plane plane) : scene(plane) {}
    scene::SliceScene scene;
    Tool tool = Tool::Crosshair;
    Drag drag = Drag::None;
    Press press;
    WheelNotches wheel;
};

SliceView::SliceView(scene::Plane plane, QWidget* parent) : VtkWidget(parent), d(std::make_unique<Private>(plane)) {
    qRegisterMetaType<WorldPoint>();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setContextMenuPolicy(Qt::PreventContextMenu); // a right-drag zooms; a right click is told by a signal
    setAccessibleName(QString::fromStdString(scene::planeName(plane)));
    d->scene.attach(renderWindow());
}

SliceView::~SliceView() {
    makeCurrent();
    d.reset();
    doneCurrent();
}

scene::Plane SliceView::plane() const { return d->scene.plane(); }
void SliceView::setPlane(scene::Plane plane) {
    d->scene.setPlane(plane);
    update();
}

// A setter that changed nothing asks for no paint: linked views tell each other the same value over and over.
#define SULCUS_FORWARD(call)                                                                                           \
    d->scene.call;                                                                                                     \
    if (d->scene.needsRender())                                                                                        \
    update()

void SliceView::setVolume(imaging::VolumePtr volume) { SULCUS_FORWARD(setVolume(std::move(volume))); }
void SliceView::setMask(imaging::LabelMapPtr mask, imaging::LabelEra era) {
    SULCUS_FORWARD(setMask(std::move(mask), era));
}
void SliceView::maskEdited() { SULCUS_FORWARD(maskEdited()); }
void SliceView::setComparison(imaging::LabelMapPtr truth, imaging::LabelEra truthEra, imaging::Target target) {
    SULCUS_FORWARD(setComparison(std::move(truth), truthEra, target));
}
void SliceView::setProbability(imaging::VolumePtr probability, const QString& name) {
    SULCUS_FORWARD(setProbability(std::move(probability), name.toStdString()));
}
void SliceView::setOverlay(imaging::LabelMapPtr overlay) { SULCUS_FORWARD(setOverlay(std::move(overlay))); }
void SliceView::setPreview(imaging::LabelMapPtr preview) { SULCUS_FORWARD(setPreview(std::move(preview))); }
void SliceView::setAnnotations(std::vector<scene::Annotation> annotations) {
    SULCUS_FORWARD(setAnnotations(std::move(annotations)));
}
void SliceView::setBoxes(std::vector<std::array<imaging::VoxelIndex, 2>> boxes) {
    SULCUS_FORWARD(setBoxes(std::move(boxes)));
}
void SliceView::setDisplay(const scene::DisplaySettings& settings) { SULCUS_FORWARD(setDisplay(settings)); }
void SliceView::setCursor(WorldPoint point) { SULCUS_FORWARD(setCursor(point)); }
void SliceView::setFraming(const scene::Framing& framing) { SULCUS_FORWARD(setFraming(framing)); }
void SliceView::setCaption(const QString& caption) { SULCUS_FORWARD(setCaption(caption.toStdString())); }
void SliceView::setFontFile(const QString& path) { SULCUS_FORWARD(setFontFile(path.toStdString())); }

#undef SULCUS_FORWARD

const scene::DisplaySettings& SliceView::display() const { return d->scene.display(); }
imaging::LabelMapPtr SliceView::mask() const { return d->scene.mask(); }
WorldPoint SliceView::cursor() const { return d->scene.cursor(); }
scene::Framing SliceView::framing() const { return d->scene.framing(); }

void SliceView::setTool(Tool tool) {
    d->tool = tool;
    switch (tool) {
    case Tool::Pan:
        setCursor(Qt::OpenHandCursor);
        break;
    case Tool::Zoom:
    case Tool::WindowLevel:
        setCursor(Qt::SizeAllCursor);
        break;
    case Tool::Crosshair:
    case Tool::Edit:
        setCursor(Qt::CrossCursor);
        break;
    }
}
Tool SliceView::tool() const { return d->tool; }

void SliceView::fit() {
    d->scene.fit();
    update();
    Q_EMIT framingChanged(d->scene.framing());
}

void SliceView::centreOnCursor() {
    auto framing = d->scene.framing();
    framing.centre = d->scene.cursor();
    d->scene.setFraming(framing);
    update();
    Q_EMIT framingChanged(framing);
}

void SliceView::stepSlice(int steps) {
    if (!d->scene.hasVolume() || steps == 0)
        return;
    const int before = d->scene.slice();
    const WorldPoint point = d->scene.frame().stepped(d->scene.cursor(), steps);
    setCursor(point);
    if (d->scene.slice() != before)
        Q_EMIT cursorMoved(point);
}

int SliceView::slice() const { return d->scene.slice(); }
int SliceView::sliceCount() const { return d->scene.sliceCount(); }
const scene::SliceFrame& SliceView::frame() const { return d->scene.frame(); }

WorldPoint SliceView::worldAt(QPointF position) const {
    const double ratio = devicePixelRatioF();
    return d->scene.worldFromDisplay(position.x() * ratio, position.y() * ratio);
}

QPointF SliceView::positionOf(WorldPoint point) const {
    const auto at = d->scene.displayFromWorld(point);
    const double ratio = devicePixelRatioF();
    return {at[0] / ratio, at[1] / ratio};
}

void SliceView::prepareScene(int width, int height) {
    d->scene.setPixelRatio(devicePixelRatioF());
    d->scene.prepare(width, height);
}

void SliceView::mousePressEvent(QMouseEvent* event) {
    if (d->drag != Drag::None || !d->scene.hasVolume())
        return;
    d->press.begin(*event, d->scene.display());
    const bool control = event->modifiers() & Qt::ControlModifier;
    if (event->button() == Qt::MiddleButton) {
        d->drag = Drag::Pan;
    } else if (event->button() == Qt::RightButton) {
        d->drag = Drag::RightZoom;
    } else if (event->button() == Qt::LeftButton) {
        switch (d->tool) {
        case Tool::Edit:
            d->drag = Drag::Edit;
            break;
        case Tool::Pan:
            d->drag = Drag::Pan;
            break;
        case Tool::Zoom:
            d->drag = Drag::Zoom;
            break;
        case Tool::WindowLevel:
            d->drag = Drag::WindowLevel;
            break;
        case Tool::Crosshair:
            d->drag = control ? Drag::WindowLevel : Drag::Crosshair;
            break;
        }
    } else {
        return;
    }
    if (d->drag == Drag::Crosshair) {
        const WorldPoint point = worldAt(event->position());
        if (d->scene.insideVolume(point)) {
            setCursor(point);
            Q_EMIT cursorMoved(point);
        }
    } else if (d->drag == Drag::Edit) {
        Q_EMIT pressed(worldAt(event->position()), event->button(), event->modifiers());
    }
}

void SliceView::mouseMoveEvent(QMouseEvent* event) {
    if (!d->scene.hasVolume())
        return;
    const WorldPoint point = worldAt(event->position());
    const bool inside = d->scene.insideVolume(point);
    Q_EMIT hovered(point, inside);
    const double ratio = devicePixelRatioF();
    const QPointF step = d->press.moveTo(event->position());
    switch (d->drag) {
    case Drag::None:
        if ((event->modifiers() & Qt::ShiftModifier) && d->tool == Tool::Crosshair && inside) {
            setCursor(point);
            Q_EMIT cursorMoved(point);
        }
        if (d->tool == Tool::Edit)
            Q_EMIT moved(point, Qt::NoButton, event->modifiers());
        break;
    case Drag::Crosshair:
        if (inside) {
            setCursor(point);
            Q_EMIT cursorMoved(point);
        }
        break;
    case Drag::WindowLevel: {
        const auto settings = d->press.window(d->scene.display(), width());
        setDisplay(settings);
        Q_EMIT windowLevelChanged(settings.windowWidth, settings.windowLevel);
        break;
    }
    case Drag::Pan:
        d->scene.panBy(step.x() * ratio, step.y() * ratio);
        update();
        Q_EMIT framingChanged(d->scene.framing());
        break;
    case Drag::RightZoom:
        if (!d->press.dragged)
            break;
        [[fallthrough]];
    case Drag::Zoom:
        d->scene.zoomAt(dragZoom(step.y()), d->press.from.x() * ratio, d->press.from.y() * ratio);
        update();
        Q_EMIT framingChanged(d->scene.framing());
        break;
    case Drag::Edit:
        Q_EMIT moved(point, event->buttons(), event->modifiers());
        break;
    }
}

void SliceView::mouseReleaseEvent(QMouseEvent* event) {
    if (d->drag == Drag::None || event->button() != d->press.button)
        return;
    const Drag ended = d->drag;
    d->drag = Drag::None;
    if (ended == Drag::Edit)
        Q_EMIT released(worldAt(event->position()), event->button(), event->modifiers());
    else if (ended == Drag::RightZoom && !d->press.dragged)
        Q_EMIT contextMenuRequested(worldAt(event->position()), event->globalPosition().toPoint());
}

void SliceView::mouseDoubleClickEvent(QMouseEvent* event) {
    // The second press of an edit tool is a press like any other: quick dabs must not blow up the view.
    if (event->button() == Qt::LeftButton && d->tool != Tool::Edit)
        Q_EMIT maximiseRequested();
    else
        mousePressEvent(event);
}

void SliceView::wheelEvent(QWheelEvent* event) {
    event->accept();
    const int angle = wheelAngle(*event);
    if (event->modifiers() & Qt::ControlModifier) {
        const double ratio = devicePixelRatioF();
        d->scene.zoomAt(wheelZoom(angle), event->position().x() * ratio, event->position().y() * ratio);
        update();
        Q_EMIT framingChanged(d->scene.framing());
        return;
    }
    const int notches = d->wheel.take(angle);
    if (notches == 0)
        return;
    if ((event->modifiers() & Qt::ShiftModifier) && d->tool == Tool::Edit)
        Q_EMIT shiftWheelTurned(notches);
    else
        stepSlice((event->modifiers() & Qt::ShiftModifier) ? 5 * notches : notches);
}

void SliceView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_PageUp:
        stepSlice(1);
        break;
    case Qt::Key_Down:
    case Qt::Key_PageDown:
        stepSlice(-1);
        break;
    case Qt::Key_Home:
        stepSlice(-sliceCount());
        break;
    case Qt::Key_End:
        stepSlice(sliceCount());
        break;
    default:
        VtkWidget::keyPressEvent(event);
    }
}

void SliceView::leaveEvent(QEvent* event) {
    Q_EMIT hovered(d->scene.cursor(), false);
    VtkWidget::leaveEvent(event);
}

void SliceView::focusInEvent(QFocusEvent* event) {
    d->scene.setHighlighted(true);
    VtkWidget::focusInEvent(event);
    update();
    Q_EMIT activated();
}

void SliceView::focusOutEvent(QFocusEvent* event) {
    d->scene.setHighlighted(false);
    VtkWidget::focusOutEvent(event);
    update();
}

} // namespace sulcus::viewport
