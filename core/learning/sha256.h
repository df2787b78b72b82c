// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace sulcus::learning {

/// Lower-case hexadecimal SHA-256. Source: FIPS 180-4.
std::string sha256(std::string_view bytes);

/// Of a whole file. Errors: NotFound, Unreadable.
Result<std::string> sha256OfFile(const std::filesystem::path& file);

} // namespace sulcus::learning
