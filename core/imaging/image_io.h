// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/volume.h"

#include <filesystem>
#include <string>

namespace sulcus::imaging {

/// What a header says, read without touching the voxels.
struct ImageHeader {
    Geometry geometry;
    int components = 1;
    int timePoints = 1;
    std::string pixelType; ///< "uint8", "int16", "float32", ...
    std::string format;    ///< "NIfTI-1", "NIfTI-2", "NRRD", "MetaImage", "Analyze", "DICOM", "TIFF", "PNG"
    std::string description;
};

/// Checks dimensions and sizes before any library that could abort sees the file.
Result<ImageHeader> readHeader(const std::filesystem::path& file);

/// Reads one volume of any supported format. 2-D images become one-slice volumes. Scale slope and intercept are
/// applied.
Result<Volume> readVolume(const std::filesystem::path& file, const TaskContext& task);

/// Reads a label map; values must be whole numbers 0..255 (else Unreadable: "imaging.not_a_label_map").
Result<LabelMap> readLabelMap(const std::filesystem::path& file, const TaskContext& task);

/// Writes by extension (.nii, .nii.gz, .nrrd, .mha) on the map's own grid: to a temporary name, then renamed.
Result<void> writeLabelMap(const LabelMap& map, const std::filesystem::path& file);
Result<void> writeVolume(const Volume& volume, const std::filesystem::path& file);

} // namespace sulcus::imaging
