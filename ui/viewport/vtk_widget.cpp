// SPDX-License-Identifier: Apache-2.0
#include "ui/viewport/vtk_widget.h"

#include "ui/scene/offscreen.h"

#include <vtkCallbackCommand.h>
#include <vtkCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLState.h>

#include <QOpenGLContext>
#include <QOpenGLExtraFunctions>
#include <QSurfaceFormat>
#include <algorithm>
#include <cmath>

namespace sulcus::viewport {

struct VtkWidget::Private {
    VtkWidget* widget = nullptr;
    vtkNew<vtkGenericOpenGLRenderWindow> window;
    vtkNew<vtkCallbackCommand> onEvent;
    QMetaObject::Connection contextGoes;
    bool ready = false;
    int renders = 0;

    bool isCurrent() const { return widget->context() && QOpenGLContext::currentContext() == widget->context(); }
};

VtkWidget::VtkWidget(QWidget* parent) : QOpenGLWidget(parent), m_window(std::make_unique<Private>()) {
    m_window->widget = this;
    auto* window = m_window->window.Get();
    window->SetOwnContext(0);
    window->SetMapped(true);
    window->SetReadyForRendering(false);
    window->SetFrameBlitModeToNoBlit(); // paintGL carries the picture over itself
    window->SetMultiSamples(0);
    window->SetDPI(72); // a font size is a number of device pixels
    m_window->onEvent->SetClientData(m_window.get());
    m_window->onEvent->SetCallback([](vtkObject*, unsigned long event, void* client, void* answer) {
        auto* self = static_cast<Private*>(client);
        if (event == vtkCommand::WindowMakeCurrentEvent) {
            // Making current what is current already would bind another framebuffer behind Qt's back.
            if (self->ready && !self->isCurrent())
                self->widget->makeCurrent();
        } else if (event == vtkCommand::WindowIsCurrentEvent && answer) {
            *static_cast<bool*>(answer) = self->isCurrent();
        }
    });
    window->AddObserver(vtkCommand::WindowMakeCurrentEvent, m_window->onEvent);
    window->AddObserver(vtkCommand::WindowIsCurrentEvent, m_window->onEvent);
    setUpdateBehavior(QOpenGLWidget::NoPartialUpdate);
    setMinimumSize(64, 64);
}

VtkWidget::~VtkWidget() {
    releaseGl();
    m_window->window->RemoveObserver(m_window->onEvent);
}

void VtkWidget::setDefaultFormat() {
    QSurfaceFormat format;
    format.setRenderableType(QSurfaceFormat::OpenGL);
    format.setVersion(3, 2);
    format.setProfile(QSurfaceFormat::CoreProfile);
    format.setDepthBufferSize(24);
    format.setSwapInterval(0); // several views in one window must not wait for the screen one after the other
    QSurfaceFormat::setDefaultFormat(format);
}

vtkRenderWindow* VtkWidget::renderWindow() const { return m_window->window; }

int VtkWidget::renderCount() const { return m_window->renders; }

QImage VtkWidget::snapshot() { return grabFramebuffer().convertToFormat(QImage::Format_RGB32); }

QImage VtkWidget::toImage(const scene::Picture& picture) {
    const QImage view(picture.rgba.data(), picture.width, picture.height, 4 * picture.width, QImage::Format_RGBA8888);
    return view.convertToFormat(QImage::Format_RGB32); // a copy of its own
}

void VtkWidget::initializeGL() {
    disconnect(m_window->contextGoes);
    m_window->contextGoes = connect(
        context(), &QOpenGLContext::aboutToBeDestroyed, this, [this] { releaseGl(); }, Qt::DirectConnection);
    const scene::RenderLock lock;
    m_window->ready = true;
    auto* window = m_window->window.Get();
    window->SetIsCurrent(true);
    window->SetReadyForRendering(true);
    window->OpenGLInitContext();
}

void VtkWidget::releaseGl() {
    if (!m_window->ready)
        return;
    const scene::RenderLock lock;
    makeCurrent();
    m_window->window->Finalize();
    m_window->window->SetReadyForRendering(false);
    m_window->ready = false;
    disconnect(m_window->contextGoes);
    doneCurrent();
}

void VtkWidget::resizeGL(int, int) {}

void VtkWidget::paintGL() {
    if (!m_window->ready)
        return;
    const double ratio = devicePixelRatioF();
    const int wide = std::max(1, static_cast<int>(std::lround(width() * ratio)));
    const int high = std::max(1, static_cast<int>(std::lround(height() * ratio)));
    const scene::RenderLock lock;
    auto* window = m_window->window.Get();
    if (window->GetSize()[0] != wide || window->GetSize()[1] != high)
        window->SetSize(wide, high);
    prepareScene(wide, high);
    // Qt has changed GL's state since VTK last looked, and VTK trusts its own notes of it.
    window->GetState()->Reset();
    window->Render();
    ++m_window->renders;
    auto* gl = context()->extraFunctions();
    if (auto* picture = window->GetDisplayFramebuffer()) {
        gl->glDisable(GL_SCISSOR_TEST);
        gl->glBindFramebuffer(GL_READ_FRAMEBUFFER, picture->GetFBOIndex());
        gl->glBindFramebuffer(GL_DRAW_FRAMEBUFFER, defaultFramebufferObject());
        gl->glBlitFramebuffer(0, 0, wide, high, 0, 0, wide, high, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    }
    // The widget's own framebuffer stays bound: with another one Qt would show a blank widget.
    gl->glBindFramebuffer(GL_FRAMEBUFFER, defaultFramebufferObject());
    // VTK leaves the background transparent, and Qt would let the window's own colour shine through.
    gl->glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_TRUE);
    gl->glClearColor(0.0F, 0.0F, 0.0F, 1.0F);
    gl->glClear(GL_COLOR_BUFFER_BIT);
    gl->glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
}

} // namespace sulcus::viewport
