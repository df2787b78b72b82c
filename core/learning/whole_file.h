// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>

namespace sulcus::learning {

/// All bytes of a file, read piece by piece; asks `pollInterruption` between them, since caches and checkpoints may
/// hold gigabytes. Errors: NotFound, Unreadable (also a folder or a pipe: "learning.no_file").
Result<std::string> readWholeFile(const std::filesystem::path& file);

} // namespace sulcus::learning
