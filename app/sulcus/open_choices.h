// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "ui/session/services.h"

#include <filesystem>
#include <vector>

namespace sulcus::app {

/// The series of a DICOM folder or the volumes of a 4-D file, with small pictures; empty when there is but one thing.
/// Thread: any worker. Cancel: between files.
Result<std::vector<session::OpenChoice>> openChoices(const std::filesystem::path& path, const TaskContext& task);

/// A picture of a case: the middle slice of its first sequence. Kept in `cache`, and made again when the image file
/// has changed. Errors: those of reading.
Result<QImage> caseThumbnail(const std::filesystem::path& path, const std::filesystem::path& cache,
                             const TaskContext& task);

} // namespace sulcus::app
