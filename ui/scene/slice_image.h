// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"
#include "ui/scene/palette.h"
#include "ui/scene/slice_frame.h"

#include <array>
#include <cstdint>
#include <vector>

namespace sulcus::scene {

/// The pixels of one slice: one per voxel, RGBA, **bottom row first** (as VTK draws), columns to the right of the
/// screen.
struct SliceImage {
    int columns = 0;
    int rows = 0;
    std::vector<std::uint8_t> rgba;

    void resize(int newColumns, int newRows);
    const std::uint8_t* pixel(int column, int row) const {
        return rgba.data() + 4 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                                  static_cast<std::size_t>(column));
    }
};

/// One label per pixel of the frame's slice, in SliceImage's order.
using SliceLabels = std::vector<std::uint8_t>;

/// Intensities through window and level: level - width/2 is the table's first colour, level + width/2 its last.
void paintVolume(const imaging::Volume& volume, const SliceFrame& frame, int slice, double windowWidth,
                 double windowLevel, bool invert, const std::array<Rgb, 256>& table, SliceImage& image);

/// Labels of the slice. A map on another grid is looked up through world space (nearest voxel, 0 outside).
void cutLabels(const imaging::LabelMap& map, const SliceFrame& frame, int slice, SliceLabels& labels);
/// Values of the slice, as above (nearest voxel; 0 outside).
void cutValues(const imaging::Volume& volume, const SliceFrame& frame, int slice, std::vector<float>& values);

/// Labels in their colours; opacity is the style's times `opacity`.
void paintLabels(const SliceLabels& labels, const SliceFrame& frame, const std::array<LabelStyle, 256>& styles,
                 double opacity, SliceImage& image);

/// One straight piece of a label's outline, in plane mm.
struct OutlinePiece {
    float x0, y0, x1, y1;
    std::uint8_t label;
};

/// Outlines of every visible label (marching squares). Each runs a little inside its label, so that two neighbours'
/// lines stand side by side instead of on top of each other.
void traceOutlines(const SliceLabels& labels, const SliceFrame& frame, const std::array<LabelStyle, 256>& styles,
                   std::vector<OutlinePiece>& pieces);

} // namespace sulcus::scene
