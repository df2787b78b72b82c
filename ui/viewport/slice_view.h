// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/scene/slice_scene.h"
#include "ui/viewport/vtk_widget.h"

#include <QPoint>
#include <memory>
#include <vector>

namespace sulcus::viewport {

/// What the left button does in a slice view.
enum class Tool {
    Crosshair,   ///< click or drag moves the cursor
    WindowLevel, ///< drag right: wider window; drag up: brighter (lower level)
    Pan,
    Zoom,
    Edit ///< the left button belongs to whoever listens to pressed, moved and released
};

/// A slice of a case in the window.
///
/// Mouse with every tool: wheel steps slices, Ctrl + wheel and right-drag zoom, middle-drag pans, Ctrl + left-drag sets
/// window and level, Shift + move takes the crosshair along, double-click asks to be maximised, right click (without a
/// drag) asks for a menu. Keys with focus: Up or Page Up one slice on, Down or Page Down one back,
/// Home and End to the ends.
///
/// The view applies what the mouse does to itself at once and tells it by signals, so it works alone; a session sets
/// the same values into all linked views. Setting a value that is already shown renders nothing.
class SliceView : public VtkWidget {
    Q_OBJECT
public:
    explicit SliceView(scene::Plane plane, QWidget* parent = nullptr);
    ~SliceView() override;

    scene::Plane plane() const;
    void setPlane(scene::Plane plane);
    void setVolume(imaging::VolumePtr volume);
    void setMask(imaging::LabelMapPtr mask, imaging::LabelEra era);
    imaging::LabelMapPtr mask() const; ///< what is shown as one: the truth in a view of the truth; null for none
    void maskEdited();                 ///< the mask's voxels were changed in place
    void setComparison(imaging::LabelMapPtr truth, imaging::LabelEra truthEra,
                       imaging::Target target = imaging::Target::Mask);
    void setProbability(imaging::VolumePtr probability, const QString& name = {});
    void setOverlay(imaging::LabelMapPtr overlay);
    void setPreview(imaging::LabelMapPtr preview);
    void setAnnotations(std::vector<scene::Annotation> annotations);
    void setBoxes(std::vector<std::array<imaging::VoxelIndex, 2>> boxes);
    void setDisplay(const scene::DisplaySettings& settings);
    const scene::DisplaySettings& display() const;
    using VtkWidget::setCursor; // the mouse pointer's shape
    void setCursor(imaging::WorldPoint point);
    imaging::WorldPoint cursor() const;
    void setFraming(const scene::Framing& framing);
    scene::Framing framing() const;
    void setCaption(const QString& caption); ///< translated plane name; empty: English
    void setFontFile(const QString& path);

    void setTool(Tool tool);
    Tool tool() const;

    void fit();
    void centreOnCursor();
    void stepSlice(int steps); ///< towards the patient's Left, Anterior or Superior; emits cursorMoved

    int slice() const;
    int sliceCount() const;
    /// Point of the slice under a widget position (logical pixels).
    imaging::WorldPoint worldAt(QPointF position) const;
    QPointF positionOf(imaging::WorldPoint point) const;
    const scene::SliceFrame& frame() const;

Q_SIGNALS:
    void cursorMoved(sulcus::imaging::WorldPoint point);
    void windowLevelChanged(double width, double level);
    void framingChanged(const sulcus::scene::Framing& framing);
    void hovered(sulcus::imaging::WorldPoint point, bool inside); ///< inside false also when the pointer leaves
    void maximiseRequested();
    void contextMenuRequested(sulcus::imaging::WorldPoint point, QPoint globalPosition);
    void activated(); ///< got the keyboard

    // With Tool::Edit, the left button alone:
    void pressed(sulcus::imaging::WorldPoint point, Qt::MouseButton button, Qt::KeyboardModifiers modifiers);
    void moved(sulcus::imaging::WorldPoint point, Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers);
    void released(sulcus::imaging::WorldPoint point, Qt::MouseButton button, Qt::KeyboardModifiers modifiers);
    void shiftWheelTurned(int steps); ///< Shift + wheel with Tool::Edit: brush size

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
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace sulcus::viewport

Q_DECLARE_METATYPE(sulcus::imaging::WorldPoint)
