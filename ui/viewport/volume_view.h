// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/scene/volume_scene.h"
#include "ui/viewport/vtk_widget.h"

#include <memory>
#include <vector>

namespace sulcus::viewport {

/// The 3-D view in the window. Left-drag turns, middle-drag pans, wheel and right-drag zoom, a click on a surface moves
/// the cursor there, double-click asks to be maximised. Surfaces are handed in ready-made (`scene::buildSurfaces`).
class VolumeView : public VtkWidget {
    Q_OBJECT
public:
    explicit VolumeView(QWidget* parent = nullptr);
    ~VolumeView() override;

    void setVolume(imaging::VolumePtr volume);
    void setMaskSurfaces(scene::SurfaceSet surfaces, imaging::LabelEra era);
    void setOuterSurface(scene::SurfacePtr surface);
    void setRendered(imaging::VolumePtr reduced);
    void setDisplay(const scene::DisplaySettings& settings);
    using VtkWidget::setCursor; // the mouse pointer's shape
    void setCursor(imaging::WorldPoint point);
    void setBoxes(std::vector<std::array<imaging::VoxelIndex, 2>> boxes);
    void lookFrom(scene::ViewDirection direction);
    void fit();

Q_SIGNALS:
    void cursorMoved(sulcus::imaging::WorldPoint point);
    void maximiseRequested();
    void contextMenuRequested(QPoint globalPosition);

protected:
    void prepareScene(int width, int height) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace sulcus::viewport
