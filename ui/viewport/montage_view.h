// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewport/slice_view.h"

#include <QPoint>
#include <memory>

namespace sulcus::viewport {

/// Many slices of one plane in one widget, as on a light box: rows of tiles that grow towards the patient's Left,
/// Anterior or Superior. All tiles share zoom and pan.
///
/// Wheel: one row on or back; Ctrl + wheel and right-drag zoom; middle-drag pans; Ctrl + left-drag sets window and
/// level; a click puts the cursor there; double-click asks for that slice alone; a right click asks for a menu. The
/// tile that holds the cursor has a thick frame and the crosshair; when the cursor leaves the range on show, the range
/// follows.
class MontageView : public VtkWidget {
    Q_OBJECT
public:
    explicit MontageView(QWidget* parent = nullptr);
    ~MontageView() override;

    void setPlane(scene::Plane plane);
    scene::Plane plane() const;
    /// 1..10 each.
    void setTiles(int columns, int rows);
    void setStep(double mm); ///< between neighbouring tiles; at least one voxel
    void setVolume(imaging::VolumePtr volume);
    void setMask(imaging::LabelMapPtr mask, imaging::LabelEra era);
    void maskEdited();
    void setComparison(imaging::LabelMapPtr truth, imaging::LabelEra truthEra, imaging::Target target);
    void setOverlay(imaging::LabelMapPtr overlay);
    void setProbability(imaging::VolumePtr probability);
    void setDisplay(const scene::DisplaySettings& settings);
    using VtkWidget::setCursor; // the mouse pointer's shape
    void setCursor(imaging::WorldPoint point);
    /// Of every tile.
    void setFraming(const scene::Framing& framing);
    void stepRows(int rows);

    int columns() const;
    int rows() const;
    /// Slice index of a tile, counted row by row from the upper left; -1 for a tile beyond the volume.
    int sliceOfTile(int tile) const;
    QRectF tileRect(int tile) const; ///< in widget coordinates

Q_SIGNALS:
    void cursorMoved(sulcus::imaging::WorldPoint point);
    void windowLevelChanged(double width, double level);
    void hovered(sulcus::imaging::WorldPoint point, bool inside);
    void maximiseRequested(sulcus::imaging::WorldPoint point);
    void contextMenuRequested(QPoint globalPosition);
    void activated();

protected:
    void prepareScene(int width, int height) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    struct Private;
    void rebuild();
    void spread();
    void share(const scene::Framing& framing);
    int tileAt(QPointF position) const;
    imaging::WorldPoint worldAt(int tile, QPointF position) const;

    std::unique_ptr<Private> d;
};

} // namespace sulcus::viewport
