// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace sulcus::workflow {

/// Turns of the head of the eight views, degrees, in the order of their files: from the front round to the side and
/// past it.
constexpr std::array<double, 8> kAngiographyAngles{-67.5, -45.0, -22.5, 0.0, 22.5, 45.0, 67.5, 90.0};

struct SyntheticAngiographyOptions {
    int patients = 20;
    std::uint64_t seed = 1;
    int imageSize = 224; ///< pixels, square
};

/// Writes a folder in the forerunner's layout: `patient_0001/view_1.png` ... `view_8.png` (8-bit grey) a patient, and
/// `labels.csv` with the columns Index, Aneurysm and one per location (0 or 1). About half of the patients have one
/// aneurysm. A README in the folder says that all of it is synthetic, and so does the text "Source" of each picture.
/// Deterministic in the options. Cancel polled once per picture. Errors: Unreadable (the folder cannot be written),
/// Cancelled.
Result<void> writeSyntheticAngiography(const std::filesystem::path& folder, const SyntheticAngiographyOptions& options,
                                       const TaskContext& task);

} // namespace sulcus::workflow
