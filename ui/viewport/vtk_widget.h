// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/scene/picture.h"

#include <QImage>
#include <QOpenGLWidget>
#include <memory>

class vtkRenderWindow;

namespace sulcus::viewport {

/// A Qt widget that shows a VTK window (the project's own: Debian's VTK-Qt module is built on Qt 5).
///
/// A subclass owns a scene, attaches it in its constructor to `renderWindow()` and brings it up to date in
/// `prepareScene`. Rendering happens only in paint events: call `update()` after a change. Moving the widget to another
/// top-level window (floating docks) releases VTK's GL objects and makes them anew.
/// Thread: GUI. Needs a platform with OpenGL (not Qt's `offscreen`).
class VtkWidget : public QOpenGLWidget {
    Q_OBJECT
public:
    explicit VtkWidget(QWidget* parent = nullptr);
    ~VtkWidget() override;

    /// OpenGL 3.2 core with depth. To be called before QApplication is constructed.
    static void setDefaultFormat();

    vtkRenderWindow* renderWindow() const;
    /// What the widget shows now, in device pixels.
    QImage snapshot();
    /// How often it has rendered: tests and benchmarks.
    int renderCount() const;

    static QImage toImage(const scene::Picture& picture);

protected:
    void initializeGL() override;
    void resizeGL(int width, int height) override;
    void paintGL() override;

    /// Called before each render with the size in device pixels.
    virtual void prepareScene(int width, int height) = 0;

private:
    void releaseGl();
    struct Private;
    std::unique_ptr<Private> m_window;
};

} // namespace sulcus::viewport
