// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/ct_intensities.h"
#include "core/learning/field.h"
#include "core/learning/spec.h"

#include <vector>

namespace sulcus::learning {

/// A part of a slice, in its pixels.
struct SliceCrop {
    int top = 0;
    int left = 0;
    int height = 0;
    int width = 0;
};

/// The grid on which a 2-D network sees the slices of a volume.
///
/// Without a spacing in the spec the longer side of a slice (or of `crop`) fits the network's size and zeros lie evenly
/// around the rest; pictures without a scale and volumes of any field of view then look alike. With a spacing (x, y in
/// mm) slices are resampled to it and keep their extent.
struct SliceGrid {
    int sourceHeight = 0;
    int sourceWidth = 0;
    SliceCrop crop; ///< what the network sees of the slice; all of it unless the spec says `fitBody`
    int height = 0; ///< of the network's grid
    int width = 0;
    int contentHeight = 0; ///< of the slice in it
    int contentWidth = 0;
    int top = 0; ///< rows and columns of zeros before the slice
    int left = 0;
    double alongHeight = 1.0; ///< source pixels per network pixel
    double alongWidth = 1.0;
};
SliceGrid sliceGrid(int height, int width, const std::array<double, 3>& spacingMm, const NetworkSpec& spec);
SliceGrid sliceGrid(int height, int width, const std::array<double, 3>& spacingMm, const NetworkSpec& spec,
                    const SliceCrop& crop);

/// A square (in mm, as far as the slice reaches) around the body in all slices of a channel: from the 1st to the 99th
/// percentile of what lies in the upper nine tenths of the window, so that a table, a cable or noise does not widen it.
/// Fields of view and patients of any size then fill the network's slice alike. All of the slice when hardly anything
/// is bright.
SliceCrop bodyCrop(const Field& image, int channel, const IntensityMap& window);

/// Turns raw slices into what the network sees, one at a time, so that a whole body never needs a second copy. Windows
/// are found over the volume; "minmax" and the z-scores go slice by slice.
class SliceReader {
public:
    /// `image` must outlive the reader. Channels with `present[c] == false` become 0.
    SliceReader(const Field& image, const std::vector<bool>& present, const NetworkSpec& spec);

    const SliceGrid& grid() const { return m_grid; }
    /// [C, 1, grid height, grid width]
    Field slice(int depth) const;

private:
    const Field& m_image;
    std::vector<bool> m_present;
    const NetworkSpec& m_spec;
    SliceGrid m_grid;
    std::vector<IntensityMap> m_windows;
};

/// Labels of one slice on the network's grid; around it 0.
LabelField labelSlice(const LabelField& labels, int depth, const SliceGrid& grid, const NetworkSpec& spec);

/// A network's output [C, 1, grid height, grid width] back on the slice's own pixels [C, 1, source height, source
/// width]; what the network did not see gets `outside`.
Field sliceBack(const Field& output, const SliceGrid& grid, float outside = 0.0F);

} // namespace sulcus::learning
