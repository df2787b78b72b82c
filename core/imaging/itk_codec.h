// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/image_io.h"

#include <filesystem>
#include <optional>

namespace sulcus::imaging {

/// Formats that ITK decodes, told by a file's first bytes. Nifti is never told: it serves the test that holds this
/// module's own decoder against ITK's.
enum class ItkFormat { Nrrd, MetaImage, Tiff, Png, Jpeg, Bmp, Dicom, Nifti };

/// Told by content; only MetaImage, which has no signature, also needs its text to look like a header.
std::optional<ItkFormat> itkFormatOf(const std::filesystem::path& file);

Result<ImageHeader> readItkHeader(const std::filesystem::path& file, ItkFormat format);
Result<Volume> readItk(const std::filesystem::path& file, ItkFormat format, const ReadOptions& options,
                       const TaskContext& task);

/// One slice of a DICOM series, scaled to its unit. The file must have passed `checkDicomPicture`.
Result<std::vector<float>> readDicomPixels(const std::filesystem::path& file);

/// Writes by extension; `file` is where the bytes go, so the caller can rename afterwards.
Result<void> writeItk(const Volume& volume, const std::filesystem::path& file);
Result<void> writeItk(const LabelMap& map, const std::filesystem::path& file);

} // namespace sulcus::imaging
