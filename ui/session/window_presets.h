// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/case_state.h"

#include <vector>

/// Grey windows for images without absolute units. Those of CT are `ctPresets` (case_state.h).
namespace sulcus::session {

/// A grey window between two percentiles of the voxels inside the brain (zeros left out).
struct PercentilePreset {
    const char* messageId; ///< "preset.mri_full", ...
    double low;            ///< 0..1
    double high;
};

/// Full range, more contrast, bright lesions, dark tissue.
const std::vector<PercentilePreset>& mriPresets();

/// The window of `preset` for this volume. Looks at about half a million voxels: some milliseconds. Any thread.
Window percentileWindow(const imaging::Volume& volume, const PercentilePreset& preset);

} // namespace sulcus::session
