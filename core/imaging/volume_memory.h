// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/imaging/geometry.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace sulcus::imaging {

/// Bytes that can be allocated without pushing the machine into swapping (MemAvailable, or the memory limit of the
/// control group when that is less); 0 when it cannot be told.
std::uint64_t availableMemoryBytes();

/// Refuses (OutOfMemory, naming size and need) a volume whose reading needs more than the machine has. `bytes` is the
/// peak need. An unknown machine refuses nothing.
Result<void> checkFitsMemory(const std::filesystem::path& file, const std::string& size, std::uint64_t bytes);

/// "1.4 GB", for sentences.
std::string bytesText(std::uint64_t bytes);

} // namespace sulcus::imaging
