// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/volume.h"

#include <filesystem>
#include <string>
#include <vector>

namespace sulcus::imaging {

/// One DICOM series of a folder, found by headers alone. Pictures of one series that differ in size or direction (a
/// scout among its slices) are series of their own here.
struct DicomSeries {
    std::string uid;         ///< series instance UID
    int part = 0;            ///< 0, 1, ... of pictures that share `uid` but not a grid
    std::string description; ///< free text of the scanner, may be empty
    std::string modality;    ///< "CT", "MR", ...
    int number = 0;
    std::vector<std::filesystem::path> files; ///< in order of position; by instance number when there is none
    std::array<int, 3> size{0, 0, 0};
    std::array<double, 3> spacing{1.0, 1.0, 1.0}; ///< mm; k from positions, else the slice thickness
    bool uneven = false;                          ///< gaps between slices differ by more than 2 %
    double tiltDegrees = 0.0; ///< between the stack's direction and the slices' normal (gantry tilt)
    int phases = 1;           ///< pictures at each position (several echoes or times)
};

/// All series below a folder (four levels deep), largest first. Files that are not DICOM pictures are passed over.
/// Thread: any worker. Cancel: between files. Errors: NotFound (no such folder, or no series in it), Cancelled.
Result<std::vector<DicomSeries>> findDicomSeries(const std::filesystem::path& folder, const TaskContext& task);

/// Reads a series as one volume with right-angled axes: uneven gaps are interpolated to the usual gap, a tilted stack
/// is straightened on a grid that grows to hold all of it, and `warnings` says so. Of several phases the first is read.
/// Scaled to its unit (HU for CT). Errors: Unreadable (a file of the series), ShapeMismatch, OutOfMemory (with its
/// size), Cancelled.
Result<Volume> readDicomSeries(const DicomSeries& series, const TaskContext& task);

/// The middle picture of a series, for a list of choices.
Result<Volume> readDicomThumbnail(const DicomSeries& series);

/// Is there a DICOM picture in the folder (four levels deep)? Reads headers up to the first.
bool holdsDicom(const std::filesystem::path& folder);

/// Is the file named as what Sulcus writes beside a case, or as a data set's truth: `_mask`, `_seg`, `mask` and
/// `MASK_x` of any format, `report.png`, `_report.png`, `_boundaries.png`, `_view.png`, `_views.png`, `_3d.png`? Such
/// files are no images of the case.
bool isOwnOutput(const std::filesystem::path& file);

/// PNG, TIFF, JPEG or BMP slices of one folder in natural order of their names ("slice2" before "slice10"), without
/// what `isOwnOutput` tells.
/// Errors: NotFound (no picture), ShapeMismatch (names the file that differs), OutOfMemory, Cancelled.
Result<Volume> readSliceStack(const std::filesystem::path& folder, const TaskContext& task);

/// Does the folder hold no images but picture slices, at least two of them? What `isOwnOutput` tells does not count.
bool isSliceStack(const std::filesystem::path& folder);

} // namespace sulcus::imaging
