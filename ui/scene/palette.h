// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/scene/case_scene.h"

#include <array>
#include <cstdint>
#include <map>

namespace sulcus::scene {

using Rgb = std::array<std::uint8_t, 3>;

/// Okabe & Ito's colours, told apart by people with any common colour vision deficiency (Okabe, Ito 2008, "Color
/// Universal Design").
inline constexpr Rgb kOrange{230, 159, 0};
inline constexpr Rgb kSkyBlue{86, 180, 233};
inline constexpr Rgb kBluishGreen{0, 158, 115};
inline constexpr Rgb kYellow{240, 228, 66};
inline constexpr Rgb kBlue{0, 114, 178};
inline constexpr Rgb kVermilion{213, 94, 0};
inline constexpr Rgb kReddishPurple{204, 121, 167};

/// Mask against truth: none of the colours that labels have, which would seem to name one.
inline constexpr Rgb kAgreeColour = kBluishGreen;
inline constexpr Rgb kFalsePositiveColour = kOrange; ///< marked, but not in the truth
inline constexpr Rgb kFalseNegativeColour = kBlue;   ///< in the truth, but not marked

/// Colours of the scheme's labels, as `core/imaging/label_scheme.h` defines them (Okabe-Ito).
std::map<std::uint8_t, LabelStyle> defaultLabelStyles(imaging::LabelEra era);
/// The customary colours of BraTS readers: core red, oedema green, enhancing yellow, cavity blue.
std::map<std::uint8_t, LabelStyle> classicLabelStyles(imaging::LabelEra era);
/// A colour for a label that no scheme names: Okabe-Ito's in turn, then lighter and darker ones.
Rgb anyLabelColour(std::uint8_t label);

/// Style of every label 0..255: that of `settings`, else of the scheme, else `anyLabelColour`. Label 0 is invisible.
std::array<LabelStyle, 256> resolvedStyles(const DisplaySettings& settings, imaging::LabelEra era);

/// Outlines of a second label map: other colours than any mask's fill, so that the two are told apart.
std::array<LabelStyle, 256> overlayStyles();

/// Thin frames and crosshair lines: axial red, sagittal green, coronal blue.
Rgb planeColour(Plane plane);

/// 256 colours from dark to light.
std::array<Rgb, 256> colourTable(ColourMap map);

} // namespace sulcus::scene
