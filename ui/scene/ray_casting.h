// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"
#include "ui/scene/case_scene.h"

#include <memory>

class vtkRenderer;

namespace sulcus::scene {

/// Voxels as a cloud of colour, by rays through the volume. Rays are cast on the processor: the picture is the same on
/// every machine, and a program on a software driver is not ten times slower than one on a graphics card.
///
/// Thread: the one that owns the render window.
class RayCasting {
public:
    explicit RayCasting(vtkRenderer* renderer);
    ~RayCasting();
    RayCasting(const RayCasting&) = delete;
    RayCasting& operator=(const RayCasting&) = delete;

    /// A reduced volume (`reduceForRendering`); null shows nothing.
    void setVolume(imaging::VolumePtr volume);
    /// Colours and opacities of `preset`; the brain's follow the grey window.
    void look(RenderingPreset preset, double windowWidth, double windowLevel);
    /// Coarse while the scene is being turned.
    void setCoarse(bool coarse, double pixelRatio);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace sulcus::scene
