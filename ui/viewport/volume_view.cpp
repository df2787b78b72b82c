// SPDX-License-Identifier: Apache-2.0
#include "ui/viewport/volume_view.h"

#include "ui/scene/offscreen.h"

#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

namespace sulcus::viewport {

struct VolumeView::Private {
    scene::VolumeScene scene;
    Qt::MouseButton button = Qt::NoButton;
    QPointF from;
    QPointF last;
    bool dragged = false;
    QSize size;          ///< that the scene was last drawn at
    bool framed = false; ///< moved or zoomed by hand: no longer fitted when the view changes its size
};

VolumeView::VolumeView(QWidget* parent) : VtkWidget(parent), d(std::make_unique<Private>()) {
    setFocusPolicy(Qt::StrongFocus);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setAccessibleName(QStringLiteral("3-D"));
    d->scene.attach(renderWindow());
}

VolumeView::~VolumeView() {
    makeCurrent();
    d.reset();
    doneCurrent();
}

void VolumeView::setVolume(imaging::VolumePtr volume) {
    d->scene.setVolume(std::move(volume));
    update();
}
void VolumeView::setMaskSurfaces(scene::SurfaceSet surfaces, imaging::LabelEra era) {
    d->scene.setMaskSurfaces(std::move(surfaces), era);
    update();
}
void VolumeView::setOuterSurface(scene::SurfacePtr surface) {
    d->scene.setOuterSurface(std::move(surface));
    update();
}
void VolumeView::setRendered(imaging::VolumePtr reduced) {
    d->scene.setRendered(std::move(reduced));
    if (d->scene.needsRender())
        update();
}
void VolumeView::setDisplay(const scene::DisplaySettings& settings) {
    d->scene.setDisplay(settings);
    if (d->scene.needsRender())
        update();
}
void VolumeView::setCursor(imaging::WorldPoint point) {
    d->scene.setCursor(point);
    if (d->scene.needsRender())
        update();
}
void VolumeView::setBoxes(std::vector<std::array<imaging::VoxelIndex, 2>> boxes) {
    d->scene.setBoxes(std::move(boxes));
    if (d->scene.needsRender())
        update();
}
void VolumeView::lookFrom(scene::ViewDirection direction) {
    d->scene.lookFrom(direction);
    d->framed = false;
    update();
}
void VolumeView::fit() {
    d->scene.fit();
    d->framed = false;
    update();
}

void VolumeView::prepareScene(int width, int height) {
    if (const QSize size(width, height); size != d->size) {
        d->size = size;
        if (!d->framed)
            d->scene.fit();
    }
    d->scene.setPixelRatio(devicePixelRatioF());
    d->scene.prepare(width, height);
}

void VolumeView::mousePressEvent(QMouseEvent* event) {
    if (d->button != Qt::NoButton)
        return;
    d->button = event->button();
    d->from = d->last = event->position();
    d->dragged = false;
}

void VolumeView::mouseMoveEvent(QMouseEvent* event) {
    if (d->button == Qt::NoButton)
        return;
    const QPointF whole = event->position() - d->from;
    const QPointF step = (event->position() - d->last) * devicePixelRatioF();
    d->last = event->position();
    d->dragged |= std::hypot(whole.x(), whole.y()) > 4.0;
    if (!d->dragged)
        return;
    d->scene.setInteracting(true);
    d->framed |= d->button != Qt::LeftButton;
    if (d->button == Qt::LeftButton)
        d->scene.rotateBy(step.x(), step.y());
    else if (d->button == Qt::MiddleButton)
        d->scene.panBy(step.x(), step.y());
    else if (d->button == Qt::RightButton)
        d->scene.zoomBy(std::exp(-step.y() / devicePixelRatioF() * 0.008));
    update();
}

void VolumeView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != d->button)
        return;
    d->button = Qt::NoButton;
    d->scene.setInteracting(false);
    if (d->scene.needsRender())
        update();
    if (d->dragged)
        return;
    if (event->button() == Qt::RightButton) {
        Q_EMIT contextMenuRequested(event->globalPosition().toPoint());
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    const QPointF at = event->position() * devicePixelRatioF();
    const scene::RenderLock lock;
    if (const auto point = d->scene.pick(at.x(), at.y())) {
        setCursor(*point);
        Q_EMIT cursorMoved(*point);
    }
}

void VolumeView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        Q_EMIT maximiseRequested();
}

void VolumeView::wheelEvent(QWheelEvent* event) {
    event->accept();
    d->framed = true;
    d->scene.zoomBy(std::exp(event->angleDelta().y() / 120.0 * 0.15));
    update();
}

} // namespace sulcus::viewport
