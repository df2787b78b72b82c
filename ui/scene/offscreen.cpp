// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/offscreen.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <vtkCallbackCommand.h>
#include <vtkCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <mutex>
#include <thread>

namespace sulcus::scene {
namespace {

constexpr int kMaxSide = 16384;

std::recursive_mutex& renderMutex() {
    static std::recursive_mutex mutex;
    return mutex;
}

/// The display without a display, initialised once and kept: EGL hands out one per process.
EGLDisplay surfacelessDisplay() {
    static const EGLDisplay kDisplay = [] {
        const auto usable = [](EGLDisplay display) {
            return display != EGL_NO_DISPLAY && eglInitialize(display, nullptr, nullptr) == EGL_TRUE;
        };
        const char* extensions = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
        if (extensions && std::strstr(extensions, "EGL_MESA_platform_surfaceless")) {
            const EGLDisplay display =
                eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
            if (usable(display))
                return display;
        }
        if (extensions && std::strstr(extensions, "EGL_EXT_platform_device")) {
            const EGLDisplay display = eglGetPlatformDisplay(EGL_PLATFORM_DEVICE_EXT, EGL_DEFAULT_DISPLAY, nullptr);
            if (usable(display))
                return display;
        }
        return EGL_NO_DISPLAY;
    }();
    return kDisplay;
}

/// An OpenGL context without a surface, current on the thread that made it while it lives. Each picture has its own
/// thread, so a context of another window system that is current on the caller's stays where it is.
class EglContext {
public:
    EglContext() {
        m_display = surfacelessDisplay();
        if (m_display == EGL_NO_DISPLAY || eglBindAPI(EGL_OPENGL_API) != EGL_TRUE)
            return;
        const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
        EGLConfig config = nullptr;
        EGLint count = 0;
        if (eglChooseConfig(m_display, wanted, &config, 1, &count) != EGL_TRUE || count < 1)
            config = nullptr; // surfaceless contexts may do without one
        const EGLint version[] = {
            EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 2, EGL_CONTEXT_OPENGL_PROFILE_MASK,
            EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
        m_context = eglCreateContext(m_display, config, EGL_NO_CONTEXT, version);
        m_current = m_context != EGL_NO_CONTEXT &&
                    eglMakeCurrent(m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, m_context) == EGL_TRUE;
    }
    ~EglContext() {
        if (m_current)
            eglMakeCurrent(m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        if (m_context != EGL_NO_CONTEXT)
            eglDestroyContext(m_display, m_context);
        eglReleaseThread();
    }
    EglContext(const EglContext&) = delete;
    EglContext& operator=(const EglContext&) = delete;
    bool isCurrent() const { return m_current; }

private:
    EGLDisplay m_display = EGL_NO_DISPLAY;
    EGLContext m_context = EGL_NO_CONTEXT;
    bool m_current = false;
};

/// Averages `factor` x `factor` pixels of VTK's bottom-up image into a top-down picture.
Picture shrink(const std::uint8_t* rgba, int width, int height, int factor) {
    Picture picture{width, height, {}};
    picture.rgba.resize(4 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    const int wide = width * factor;
    const int tall = height * factor;
    std::uint8_t* out = picture.rgba.data();
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            unsigned sum[3] = {0, 0, 0};
            for (int dy = 0; dy < factor; ++dy) {
                const int row = tall - 1 - (y * factor + dy);
                const std::uint8_t* in = rgba + 4 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(wide) +
                                                     static_cast<std::size_t>(x) * static_cast<std::size_t>(factor));
                for (int dx = 0; dx < factor; ++dx, in += 4)
                    for (int c = 0; c < 3; ++c)
                        sum[c] += in[c];
            }
            const auto pixels = static_cast<unsigned>(factor * factor);
            for (const unsigned channel : sum)
                *out++ = static_cast<std::uint8_t>((channel + pixels / 2) / pixels);
            *out++ = 255;
        }
    return picture;
}

Result<Picture> renderHere(int width, int height, int factor, const std::function<void(vtkRenderWindow*)>& attach,
                           const std::function<void()>& detach) {
    const RenderLock lock;
    const EglContext context;
    if (!context.isCurrent())
        return fail(ErrorCode::Unsupported, "scene.no_offscreen", {}, "no surfaceless EGL context");
    vtkNew<vtkGenericOpenGLRenderWindow> window;
    // VTK's loader was built for X and complains that there is none, after it has found every function it needs.
    std::string complaints;
    vtkNew<vtkCallbackCommand> onError;
    onError->SetClientData(&complaints);
    onError->SetCallback([](vtkObject*, unsigned long, void* client, void* text) {
        if (text)
            *static_cast<std::string*>(client) += static_cast<const char*>(text);
    });
    window->AddObserver(vtkCommand::ErrorEvent, onError);
    vtkNew<vtkCallbackCommand> onAsked;
    onAsked->SetCallback([](vtkObject*, unsigned long, void*, void* answer) {
        if (answer)
            *static_cast<bool*>(answer) = true;
    });
    window->AddObserver(vtkCommand::WindowIsCurrentEvent, onAsked);
    window->SetOwnContext(0);
    window->SetMapped(true);
    window->SetIsCurrent(true);
    window->SetReadyForRendering(true);
    window->SetFrameBlitModeToNoBlit();
    window->SetMultiSamples(0);
    window->SetDPI(72);
    window->SetSize(width * factor, height * factor);
    window->OpenGLInitContext();
    attach(window);
    window->Render();
    vtkNew<vtkUnsignedCharArray> pixels;
    const int read = window->GetRGBACharPixelData(0, 0, width * factor - 1, height * factor - 1, 0, pixels, 0);
    const bool whole = pixels->GetNumberOfValues() == vtkIdType{4} * width * factor * height * factor;
    Result<Picture> picture = read == 0 || !whole
                                  ? Result<Picture>(fail(ErrorCode::Internal, "scene.render_failed", {}, complaints))
                                  : Result<Picture>(shrink(pixels->GetPointer(0), width, height, factor));
    detach();
    window->Finalize();
    return picture;
}

} // namespace

RenderLock::RenderLock() { renderMutex().lock(); }
RenderLock::~RenderLock() { renderMutex().unlock(); }

Result<Picture> renderPicture(int width, int height, int supersampling,
                              const std::function<void(vtkRenderWindow*)>& attach,
                              const std::function<void()>& detach) {
    const int factor = std::clamp(supersampling, 1, 4);
    if (width < 1 || height < 1 || width * factor > kMaxSide || height * factor > kMaxSide)
        return fail(ErrorCode::InvalidInput, "scene.empty_picture",
                    {{"width", std::to_string(width)}, {"height", std::to_string(height)}});
    Result<Picture> picture = fail(ErrorCode::Internal, "scene.render_failed");
    std::thread worker([&] {
        try {
            picture = renderHere(width, height, factor, attach, detach);
        } catch (const std::exception& error) {
            picture = fail(ErrorCode::Internal, "scene.render_failed", {}, error.what());
        }
    });
    worker.join();
    return picture;
}

Result<Picture> renderSlicePicture(const imaging::VolumePtr& volume, const imaging::LabelMapPtr& mask,
                                   imaging::LabelEra era, Plane plane, imaging::VoxelIndex centre,
                                   const DisplaySettings& settings, int width, int height,
                                   const SlicePictureOptions& options) {
    if (!volume)
        return fail(ErrorCode::InvalidInput, "scene.empty_picture",
                    {{"width", std::to_string(width)}, {"height", std::to_string(height)}});
    std::unique_ptr<SliceScene> scene;
    const int factor = std::clamp(options.supersampling, 1, 4);
    return renderPicture(
        width, height, factor,
        [&](vtkRenderWindow* window) {
            scene = std::make_unique<SliceScene>(plane);
            scene->attach(window);
            scene->setVolume(volume);
            scene->setMask(mask, era);
            scene->setComparison(options.truth, options.truthEra, options.target);
            scene->setProbability(options.probability);
            scene->setOverlay(options.overlay);
            scene->setAnnotations(options.annotations);
            scene->setBoxes(options.boxes);
            scene->setDisplay(settings);
            const auto cursor = volume->geometry.worldFromIndex(
                {static_cast<double>(centre.i), static_cast<double>(centre.j), static_cast<double>(centre.k)});
            scene->setCursor(cursor);
            scene->setFraming({options.zoom, options.centreOnCursor ? std::optional(cursor) : std::nullopt});
            scene->setCaption(options.caption);
            scene->setFontFile(options.fontFile);
            scene->setBackground(options.background);
            scene->setPixelRatio(options.pixelRatio * factor);
            scene->prepare(width * factor, height * factor);
        },
        [&] { scene.reset(); });
}

Result<Picture> renderSurfacePicture(const SurfaceSet& surfaces, const SurfacePtr& outer, imaging::LabelEra era,
                                     const DisplaySettings& settings, ViewDirection direction, int width, int height,
                                     const SurfacePictureOptions& options) {
    std::unique_ptr<VolumeScene> scene;
    const int factor = std::clamp(options.supersampling, 1, 4);
    return renderPicture(
        width, height, factor,
        [&](vtkRenderWindow* window) {
            scene = std::make_unique<VolumeScene>();
            scene->attach(window);
            scene->setVolume(options.volume);
            scene->setRendered(options.rendered);
            scene->setMaskSurfaces(surfaces, era);
            scene->setOuterSurface(outer);
            scene->setDisplay(settings);
            scene->setCursor(options.cursor);
            scene->setBackground(options.background);
            scene->setPixelRatio(options.pixelRatio * factor);
            scene->lookFrom(direction);
            scene->prepare(width * factor, height * factor);
        },
        [&] { scene.reset(); });
}

} // namespace sulcus::scene
