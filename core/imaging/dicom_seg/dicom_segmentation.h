// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/volume.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sulcus::imaging {

/// One segment of a DICOM segmentation object.
struct SegmentDescription {
    std::uint8_t value = 0; ///< in the label map; in what was read, the segment's number
    std::string label;      ///< "Enhancing tumour"; at most 64 bytes are written
    std::array<std::uint8_t, 3> colour{};
};

/// Writes a label map as a DICOM segmentation object (binary, one segment per entry of `segments` that the map holds)
/// that refers to the pictures it was made on. Frames lie on the slices of `pictures` (the files of one series), pixel
/// for pixel; where the map's grid was straightened or evened out, each pixel takes the nearest voxel. Patient, study
/// and frame of reference are those of the first picture. Written to a temporary name and renamed.
///
/// Thread: any worker. Cancel: between slices. Errors: InvalidInput (`imaging.seg_no_pictures`, `imaging.seg_empty`: no
/// segment has a voxel), Unsupported (`imaging.seg_no_geometry`: the pictures give no position; pictures of different
/// sizes), Unreadable (`imaging.seg_not_written`), Cancelled.
Result<void> writeDicomSegmentation(const LabelMap& map, const std::vector<std::filesystem::path>& pictures,
                                    const std::vector<SegmentDescription>& segments, const std::filesystem::path& file,
                                    const TaskContext& task);

struct DicomSegmentation {
    LabelMap map; ///< segment numbers; where segments overlap, the highest
    std::vector<SegmentDescription> segments;
    std::vector<std::string> pictureUids; ///< SOP instances that the frames refer to, each once
};

/// Reads a binary segmentation object onto `grid`, each pixel into the nearest voxel.
/// Errors: NotFound, Unreadable, Unsupported (not a binary segmentation object).
Result<DicomSegmentation> readDicomSegmentation(const std::filesystem::path& file, const Geometry& grid);

} // namespace sulcus::imaging
