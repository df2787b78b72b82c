// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"
#include "ui/scene/case_scene.h"
#include "ui/scene/slice_frame.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class vtkRenderWindow;

namespace sulcus::scene {

/// Something drawn over slices in world space: a measurement, a brush outline, a polygon being drawn, a seed.
struct Annotation {
    enum class Kind {
        Polyline, ///< through `points`
        Polygon,  ///< closed
        Circle,   ///< of `radiusMm` in the slice's plane around points[0]
        Ellipse,  ///< inside the rectangle of points[0] and points[1]
        Rectangle,
        Marker ///< a small cross at points[0]
    };
    Kind kind = Kind::Polyline;
    std::vector<imaging::WorldPoint> points;
    double radiusMm = 0.0;
    std::array<std::uint8_t, 3> colour{240, 228, 66};
    double lineWidth = 1.5;  ///< in logical pixels
    std::string text;        ///< beside the last point
    bool everySlice = false; ///< false: only on slices within half a voxel of its points (every one of them)
};

/// Zoom and position of a slice view.
struct Framing {
    double zoom = 1.0;                         ///< 1 fits the whole slice into the view
    std::optional<imaging::WorldPoint> centre; ///< at the middle of the view; empty: the slice's own centre
};

/// One slice of a case with mask overlay, crosshair, letters, caption and scale bar, drawn into a VTK window.
///
/// Volumes and label maps are shared, not copied: only the slice on view becomes pixels. A mask, truth, probability or
/// preview on another grid than the volume's is looked up through world space. Setters only note what changed; the next
/// `prepare` (called before each render) brings the pixels up to date, so ten changes cost one render.
///
/// Thread: the one that owns the render window. Display coordinates are device pixels from the window's top left
/// corner.
class SliceScene {
public:
    explicit SliceScene(Plane plane);
    ~SliceScene();
    SliceScene(const SliceScene&) = delete;
    SliceScene& operator=(const SliceScene&) = delete;

    /// Puts the scene's renderer into `window` (not owned; null detaches).
    void attach(vtkRenderWindow* window);
    /// The part of the window that the scene draws in, 0..1 from the lower left corner; the whole of it at first. Sizes
    /// and display coordinates of the other functions are those of this part.
    void setViewport(double left, double bottom, double right, double top);
    /// To be called with the size in device pixels before each render.
    void prepare(int width, int height);

    Plane plane() const;
    void setPlane(Plane plane);
    void setVolume(imaging::VolumePtr volume);                      ///< null shows nothing; cursor and framing stay
    void setMask(imaging::LabelMapPtr mask, imaging::LabelEra era); ///< null: no overlay
    imaging::LabelMapPtr mask() const;
    /// To be called by whoever changed the mask's voxels in place (a stroke under way).
    void maskEdited();
    /// Instead of labels the overlay shows where mask and truth agree, where the mask has too much and where it misses,
    /// for one region. Null truth ends the comparison.
    void setComparison(imaging::LabelMapPtr truth, imaging::LabelEra truthEra,
                       imaging::Target target = imaging::Target::Mask);
    /// Values 0..1 in a perceptual colour map with a colour bar, transparent at 0. `name` stands at the bar ("WT").
    /// Null: none.
    void setProbability(imaging::VolumePtr probability, std::string name = {});
    /// A second label map, on any grid, as outlines in colours of its own. Null: none.
    void setOverlay(imaging::LabelMapPtr overlay);
    /// What a tool would do, shown in one colour over everything else (non-zero voxels). Null: none.
    void setPreview(imaging::LabelMapPtr preview, std::array<std::uint8_t, 3> colour = {204, 121, 167});
    void setAnnotations(std::vector<Annotation> annotations);
    /// Boxes shown when `DisplaySettings::boxesVisible`: first and last voxel (inclusive) on the volume's grid.
    void setBoxes(std::vector<std::array<imaging::VoxelIndex, 2>> boxes);
    void setDisplay(const DisplaySettings& settings);
    const DisplaySettings& display() const;

    /// The slice through `point` is shown and the crosshair stands on it.
    void setCursor(imaging::WorldPoint point);
    imaging::WorldPoint cursor() const;

    void setFraming(const Framing& framing);
    Framing framing() const;
    void fit(); ///< zoom 1, centred
    /// Zooms by `factor` keeping what is under (displayX, displayY) in place.
    void zoomAt(double factor, double displayX, double displayY);
    void panBy(double deltaX, double deltaY); ///< device pixels, right and down

    /// Name before the slice number; empty: the plane's English name.
    void setCaption(std::string caption);
    void setPixelRatio(double devicePixelsPerLogical);
    /// A TrueType file for captions in scripts that VTK's own font lacks (see font_file.h); empty: VTK's own.
    void setFontFile(std::string path);
    void setBackground(std::array<std::uint8_t, 3> colour);
    void setHighlighted(bool highlighted); ///< a thicker frame: this view has the keyboard

    bool hasVolume() const;
    const SliceFrame& frame() const; ///< of the volume on show
    int slice() const;               ///< voxel index along the frame's normal axis
    int sliceCount() const;
    imaging::WorldPoint worldFromDisplay(double displayX, double displayY) const;
    std::array<double, 2> displayFromWorld(imaging::WorldPoint point) const;
    bool insideVolume(imaging::WorldPoint point) const;
    double mmPerPixel() const; ///< of a device pixel
    /// Anything changed since the last `prepare`?
    bool needsRender() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace sulcus::scene
