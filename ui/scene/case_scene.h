// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/case.h"
#include "core/imaging/label_scheme.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::scene {

enum class Plane { Axial, Sagittal, Coronal };

/// How one label looks.
struct LabelStyle {
    std::array<std::uint8_t, 3> colour{};
    double opacity = 1.0; ///< times the overlay's opacity
    bool visible = true;
    bool operator==(const LabelStyle&) const = default;
};

enum class MaskStyle { Fill, Outline };

/// How intensities become colours inside the window.
enum class ColourMap { Grey, Hot, Viridis, Bone };

/// What the 3-D view shows of the voxels themselves. The CT presets are in HU; the brain follows the grey window.
enum class RenderingPreset { Off, MriBrain, CtBone, CtSoft, CtLung };

/// What the views show of a case: a value, compared and applied as a whole. Nothing here is data.
struct DisplaySettings {
    double windowWidth = 1.0;
    double windowLevel = 0.5;
    bool invert = false;
    bool interpolate = true;
    bool neurological = false; ///< patient's left on the left of the screen; default is radiological
    double maskOpacity = 0.45;
    bool maskVisible = true;
    MaskStyle maskStyle = MaskStyle::Fill;
    /// A label without an entry takes the colour of `defaultLabelStyles` (palette.h).
    std::map<std::uint8_t, LabelStyle> labels;
    bool crosshairVisible = true;
    bool boxesVisible = false; ///< bounding boxes of the mask's components
    ColourMap colourMap = ColourMap::Grey;
    bool lettersVisible = true;  ///< L/R, A/P, S/I at the edges (never when the file gives no orientation)
    bool captionVisible = true;  ///< plane name and slice number
    bool scaleBarVisible = true; ///< length in mm
    bool frameVisible = true;    ///< thin frame in the plane's colour
    double probabilityOpacity = 0.6;
    bool overlayVisible = true; ///< the outlines of a second label map
    // The 3-D view alone:
    bool brainVisible = true; ///< transparent outer surface
    double brainOpacity = 0.22;
    bool slicePlanesVisible = false; ///< the three slices through the cursor
    RenderingPreset rendering = RenderingPreset::Off;

    bool operator==(const DisplaySettings&) const = default;
};

} // namespace sulcus::scene
