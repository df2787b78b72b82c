// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"
#include "ui/scene/slice_scene.h"

#include <array>
#include <optional>

namespace sulcus::scene {

/// First and last voxel of what is not exactly background; empty when there is no such background: its value is that
/// of all eight corners, as in a stripped or padded volume. Thread: any.
std::optional<std::array<imaging::VoxelIndex, 2>> contentBox(const imaging::Volume& volume);

/// The framing that shows such a box in a plane of the volume, however wide or high the view is.
Framing framingOf(const std::array<imaging::VoxelIndex, 2>& box, const SliceFrame& frame);

} // namespace sulcus::scene
