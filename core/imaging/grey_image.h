// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace sulcus::imaging {

/// Writes an 8-bit grey PNG: `pixels` row by row, the top row first, width * height of them. To a temporary name, then
/// renamed. Errors: Unreadable ("imaging.write_failed").
Result<void> writeGreyImage(int width, int height, const std::vector<std::uint8_t>& pixels,
                            const std::filesystem::path& file);

} // namespace sulcus::imaging
