// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/image_io.h"

#include <filesystem>

namespace sulcus::imaging {

/// NIfTI-1, NIfTI-2 and Analyze 7.5: single files and header/image pairs, either byte order, gzipped or not, up to
/// seven dimensions. Source: the headers nifti1.h and nifti2.h of the NIfTI working group.
///
/// This module decodes them itself: ITK 5.2 knows no NIfTI-2 and overruns its buffer on 5-D files, and libnifti2
/// exports the same symbols as the NIfTI library inside ITK with other structures, so the two cannot share a process. A
/// test holds the answers against ITK's for every file that ITK reads. Writing stays with ITK.
bool looksLikeNifti(const std::filesystem::path& file);

Result<ImageHeader> readNiftiHeader(const std::filesystem::path& file);
Result<Volume> readNifti(const std::filesystem::path& file, const ReadOptions& options, const TaskContext& task);

} // namespace sulcus::imaging
