// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/case_state.h"

#include <vector>

/// Grey windows that depend on the image: those of MRI, which has no absolute units, and those of CT in whatever units.
namespace sulcus::session {

/// A grey window between two percentiles of the voxels inside the brain (zeros left out).
struct PercentilePreset {
    const char* messageId; ///< "preset.mri_full", ...
    double low;            ///< 0..1
    double high;
};

/// Full range, more contrast, bright lesions, dark tissue.
const std::vector<PercentilePreset>& mriPresets();

/// The window of `ctPresets()[preset]` for this CT: moved along where the file holds raw numbers instead of Hounsfield
/// units. Looks at about half a million voxels: some milliseconds. Any thread.
Window ctWindow(std::size_t preset, const imaging::Volume& ct);

/// The window of `preset` for this volume. Looks at about half a million voxels: some milliseconds. Any thread.
Window percentileWindow(const imaging::Volume& volume, const PercentilePreset& preset);

} // namespace sulcus::session
