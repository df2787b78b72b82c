// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/imaging/volume.h"
#include "ui/scene/case_scene.h"
#include "ui/scene/picture.h"
#include "ui/scene/slice_scene.h"
#include "ui/scene/volume_scene.h"

#include <functional>
#include <string>
#include <vector>

class vtkRenderWindow;

namespace sulcus::scene {

/// Pictures are rendered in a surfaceless EGL context (Mesa's software driver will do), so they need no X server, and
/// they come out the same whether or not the process has windows.
///
/// Thread: any; each call renders on a thread of its own and waits for it. A process-wide lock keeps it apart from the
/// views' own rendering, since VTK's text machinery is shared. Errors: Unsupported ("scene.no_offscreen", no EGL
/// driver), InvalidInput ("scene.empty_picture", no volume or a size below 1 or above 16384 pixels), Internal.

struct SlicePictureOptions {
    double pixelRatio = 1.0; ///< scales text and lines
    double zoom = 1.0;       ///< 1 fits the slice
    bool centreOnCursor = false;
    std::string caption;  ///< empty: the plane's English name
    std::string fontFile; ///< for captions in scripts that VTK's own font lacks
    std::array<std::uint8_t, 3> background{0, 0, 0};
    int supersampling = 2; ///< rendered this many times larger and averaged: smooth contours
    imaging::LabelMapPtr truth;
    imaging::LabelEra truthEra = imaging::LabelEra::Brats2021;
    imaging::Target target = imaging::Target::Mask; ///< what is compared when `truth` is set
    imaging::VolumePtr probability;
    imaging::LabelMapPtr overlay;
    std::vector<Annotation> annotations;
    std::vector<std::array<imaging::VoxelIndex, 2>> boxes;
};

/// One slice through `centre`, drawn as a slice view draws it. What is drawn beside the image (letters, caption, scale
/// bar, crosshair, frame, outline or fill) is in `settings`. `mask` may be null.
Result<Picture> renderSlicePicture(const imaging::VolumePtr& volume, const imaging::LabelMapPtr& mask,
                                   imaging::LabelEra era, Plane plane, imaging::VoxelIndex centre,
                                   const DisplaySettings& settings, int width, int height,
                                   const SlicePictureOptions& options = {});

struct SurfacePictureOptions {
    double pixelRatio = 1.0;
    std::array<std::uint8_t, 3> background{0, 0, 0};
    int supersampling = 2;
    imaging::VolumePtr volume;   ///< for slice planes and letters; may be null
    imaging::VolumePtr rendered; ///< for `DisplaySettings::rendering`; may be null
    imaging::WorldPoint cursor;
};

/// Surfaces (of `buildSurfaces`, `buildOuterSurface`; either may be empty) seen from one side.
Result<Picture> renderSurfacePicture(const SurfaceSet& surfaces, const SurfacePtr& outer, imaging::LabelEra era,
                                     const DisplaySettings& settings, ViewDirection direction, int width, int height,
                                     const SurfacePictureOptions& options = {});

/// Any scene: `attach` is called once with an empty window of the final size on the rendering thread and puts its
/// renderers there; `detach` is called before the window goes.
Result<Picture> renderPicture(int width, int height, int supersampling,
                              const std::function<void(vtkRenderWindow*)>& attach, const std::function<void()>& detach);

/// Held while VTK renders or lays out text, on whatever thread.
class RenderLock {
public:
    RenderLock();
    ~RenderLock();
    RenderLock(const RenderLock&) = delete;
    RenderLock& operator=(const RenderLock&) = delete;
};

} // namespace sulcus::scene
