// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/volume.h"

#include <cstdint>
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
    std::string modality;         ///< DICOM's ("CT", "MR", "XA"), empty elsewhere
    std::uint64_t voxelBytes = 0; ///< of all time points and components as stored
};

/// Which part of a file with more than one volume to read.
struct ReadOptions {
    int timePoint = 0; ///< 0..ImageHeader::timePoints-1; frames of a 4-D or 5-D file
};

/// Does the name end as an image file's does (.nii, .nii.gz, .hdr, .img, .nrrd, .nhdr, .mha, .mhd, .dcm, .png, .tif,
/// .tiff, .jpg, .jpeg, .bmp)? DICOM files without an ending are not told by name.
bool hasImageExtension(const std::filesystem::path& file);

/// Checks dimensions and sizes before any library that could abort sees the file.
/// Errors: NotFound, Unreadable (not an image, or damaged), Unsupported (an image of a kind that cannot be shown).
Result<ImageHeader> readHeader(const std::filesystem::path& file);

/// Reads one volume of any supported format. 2-D images become one-slice volumes, colour becomes its luminance. Scale
/// slope and intercept are applied. Voxels that are no number become 0, or the lowest value of a CT; that, and
/// everything else a reader of the picture ought to know, stands in `Volume::warnings`. Thread: any worker. Cancel:
/// polled about every 16 MB of NIfTI, between files elsewhere. Errors: those of readHeader, OutOfMemory (names the
/// size; nothing was allocated), Cancelled.
Result<Volume> readVolume(const std::filesystem::path& file, const TaskContext& task);
Result<Volume> readVolume(const std::filesystem::path& file, const ReadOptions& options, const TaskContext& task);

/// Reads a label map; values must be whole numbers 0..255 (else Unreadable: "imaging.not_a_label_map").
Result<LabelMap> readLabelMap(const std::filesystem::path& file, const TaskContext& task);

/// Writes by extension (.nii, .nii.gz, .nrrd, .mha) on the map's own grid: to a temporary name, then renamed. A volume
/// of whole numbers is written as int16, any other as float32. The description becomes NIfTI's `descrip` (79 bytes),
/// NRRD's `content` or a `Description` of MetaImage. Errors: Unsupported (extension), NotFound (folder), Unreadable
/// (could not write; the old file is untouched).
Result<void> writeLabelMap(const LabelMap& map, const std::filesystem::path& file);
Result<void> writeVolume(const Volume& volume, const std::filesystem::path& file);

} // namespace sulcus::imaging
