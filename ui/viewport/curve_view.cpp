// SPDX-License-Identifier: Apache-2.0
#include "ui/viewport/curve_view.h"

namespace sulcus::viewport {

CurveView::CurveView(QWidget* parent) : VtkWidget(parent), m_scene(std::make_unique<scene::CurveScene>()) {
    m_scene->attach(renderWindow());
}

CurveView::~CurveView() {
    makeCurrent();
    m_scene.reset();
    doneCurrent();
}

void CurveView::setPanels(std::vector<scene::CurvePanel> panels) {
    m_scene->setPanels(std::move(panels));
    update();
}

void CurveView::setStyle(const scene::ChartStyle& style) {
    m_scene->setStyle(style);
    update();
}

void CurveView::prepareScene(int width, int height) {
    m_scene->setPixelRatio(devicePixelRatioF());
    m_scene->prepare(width, height);
}

} // namespace sulcus::viewport
