// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/field.h"
#include "core/learning/spec.h"

#include <array>
#include <optional>
#include <vector>

namespace sulcus::learning {

/// A box of voxels; `last` is one past the end. Order d, h, w.
struct VoxelBox {
    std::array<int, 3> first{0, 0, 0};
    std::array<int, 3> last{0, 0, 0};
    int size(int axis) const { return last[static_cast<std::size_t>(axis)] - first[static_cast<std::size_t>(axis)]; }
};

/// Replaces raw intensities by what the network sees, in place. Channels with `present[c] == false` become 0
/// everywhere; an empty `present` means all are there. NaN and infinities count as 0, in a CT as its darkest value.
void normalise(Field& image, const Normalisation& how, const std::vector<bool>& present);

/// The smallest box that holds every voxel where some channel is not 0; nothing when there is none.
std::optional<VoxelBox> foregroundBox(const Field& image);

Field cropped(const Field& image, const VoxelBox& box);
LabelField cropped(const LabelField& labels, const VoxelBox& box);

/// To another spacing on a grid with the same outer corner: linear interpolation where the grid becomes finer, mean
/// over the covered length where it becomes coarser. Voxel o of the new grid covers [o, o + 1) * new spacing, so a
/// round trip never drifts.
Field resampled(const Field& image, const std::array<double, 3>& spacingMm);

/// The same, onto exactly this grid (used to bring a network's output back).
Field resampledTo(const Field& image, const std::array<double, 3>& spacingMm, int depth, int height, int width);

/// Labels to another spacing. Nested: a voxel takes the innermost output that covers at least half of it. Exclusive:
/// the label that covers most of it. 255 (ignore) wins where it covers half.
LabelField resampledLabels(const LabelField& labels, const std::array<double, 3>& spacingMm, const NetworkSpec& spec);

/// What a network sees of a case: normalised, cropped to the foreground, at the spec's spacing.
struct PreparedImage {
    Field image;
    VoxelBox box;      ///< in the input's voxels
    Field croppedGrid; ///< the box's grid without values: size and spacing to come back to
};

/// normalise -> foregroundBox -> cropped -> resampled; nothing when the image is empty. The only way into a cache and
/// into inference.
std::optional<PreparedImage> prepareImage(Field image, const std::vector<bool>& present, const NetworkSpec& spec);

} // namespace sulcus::learning
