// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/volume.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
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

/// Does the file's header say that it is a segmentation object?
bool isDicomSegmentation(const std::filesystem::path& file);

/// Reads a binary segmentation object onto `grid`, each pixel into the nearest voxel. Frames may stand in any order.
/// Errors: NotFound, Unreadable, Unsupported (not a binary segmentation object), ShapeMismatch
/// (`imaging.seg_other_grid`: pixels of another size than the voxels, or labels beside the grid).
Result<DicomSegmentation> readDicomSegmentation(const std::filesystem::path& file, const Geometry& grid);

/// The same as a mask: label values are those that Sulcus wrote into the segments, else the segments' numbers. Without
/// a grid the mask lies on that of its own frames, which holds no slice beyond the first and the last of them. Thread:
/// any worker. Cancel: between frames. Errors: as above, and Unsupported (`imaging.seg_uneven`: the frames lie on no
/// even grid of their own), Cancelled.
Result<LabelMap> readSegmentationMask(const std::filesystem::path& file, const std::optional<Geometry>& grid,
                                      const TaskContext& task);

} // namespace sulcus::imaging
