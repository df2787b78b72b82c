// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace sulcus::store {

/// Spreadsheets run a cell that begins with = + - @, a tab or a carriage return as a formula. Such a text is written
/// with an apostrophe before it, which makes it plain text there; a text that begins with apostrophes and then one of
/// these gets one more, so that `withoutGuard` gives every text back. Numbers stay as they are.
std::string withGuard(const std::string& text);
std::string withoutGuard(const std::string& text);

/// The bytes of a file. Errors: NotFound, Unreadable (not readable, larger than 256 MiB, or not UTF-8).
Result<std::string> readTextFile(const std::filesystem::path& file);
/// Writes through a neighbour that is renamed, so that a file is whole or absent. Mode 0600. Errors: Unreadable (not
/// writable).
Result<void> writeTextFile(const std::filesystem::path& file, std::string_view text);

bool isUtf8(std::string_view text);

} // namespace sulcus::store
