// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/volume.h"

namespace sulcus::scene {

/// The volume made small enough to be drawn by rays at the speed of a hand: whole blocks of voxels averaged until no
/// axis has more than `maxAxis` of them. World positions stay. A volume that is small enough comes back as it is.
/// Thread: any worker. Cancel: between slices. Errors: Cancelled.
Result<imaging::VolumePtr> reduceForRendering(const imaging::VolumePtr& volume, int maxAxis, const TaskContext& task);

} // namespace sulcus::scene
