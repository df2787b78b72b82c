// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"
#include "ui/scene/case_scene.h"
#include "ui/scene/surface.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class vtkRenderWindow;

namespace sulcus::scene {

enum class ViewDirection { Anterior, Posterior, Left, Right, Superior, Inferior, Oblique };

/// The 3-D view: surfaces of the labels, the transparent brain, the three slices through the cursor, boxes around the
/// mask's components, and a small cube with the letters of the patient's sides.
///
/// Surfaces are built elsewhere (`buildSurfaces` on a worker) and handed over; nothing here takes longer than a frame.
/// Thread: the one that owns the render window. Display coordinates are device pixels from the window's top left.
class VolumeScene {
public:
    VolumeScene();
    ~VolumeScene();
    VolumeScene(const VolumeScene&) = delete;
    VolumeScene& operator=(const VolumeScene&) = delete;

    void attach(vtkRenderWindow* window);
    void prepare(int width, int height);

    void setVolume(imaging::VolumePtr volume); ///< for the slice planes, the letters and the extent
    void setMaskSurfaces(SurfaceSet surfaces, imaging::LabelEra era);
    void setOuterSurface(SurfacePtr surface);
    /// What `DisplaySettings::rendering` draws: the volume, reduced (rendering_grid.h). Null: none.
    void setRendered(imaging::VolumePtr reduced);
    /// Rays are cast coarsely while the hand turns the scene.
    void setInteracting(bool interacting);
    void setDisplay(const DisplaySettings& settings);
    const DisplaySettings& display() const;
    void setCursor(imaging::WorldPoint point);
    void setBoxes(std::vector<std::array<imaging::VoxelIndex, 2>> boxes);
    void setPixelRatio(double devicePixelsPerLogical);
    void setBackground(std::array<std::uint8_t, 3> colour);

    void lookFrom(ViewDirection direction); ///< and fit
    void fit();
    /// Drags the scene: the camera turns about its focus by the distance dragged (device pixels).
    void rotateBy(double deltaX, double deltaY);
    void panBy(double deltaX, double deltaY);
    void zoomBy(double factor);

    /// The nearest surface (or slice plane) point under a pixel. Empty when there is none.
    std::optional<imaging::WorldPoint> pick(double displayX, double displayY);
    bool needsRender() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace sulcus::scene
