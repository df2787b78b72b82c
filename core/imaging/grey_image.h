// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::imaging {

/// Writes an 8-bit grey PNG: `pixels` row by row, the top row first, width * height of them. To a temporary name, then
/// renamed. `source` (Latin-1; empty: none) stands in the file as PNG's text "Source", beside the pixels. Errors:
/// Unreadable ("imaging.write_failed").
Result<void> writeGreyImage(int width, int height, const std::vector<std::uint8_t>& pixels,
                            const std::filesystem::path& file, const std::string& source = {});

/// The text "Source" of a PNG file; nothing when there is none, or when the file is no whole PNG.
std::optional<std::string> pictureSource(const std::filesystem::path& file);

} // namespace sulcus::imaging
