// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sulcus::store {

struct CsvRecord {
    std::size_t line = 0; ///< of the text where the record begins, from 1
    std::vector<std::string> fields;
    bool complete = true; ///< false: a quote was opened and never closed, or text follows a closing quote
};

/// Comma-separated values as in RFC 4180, and a little more: a byte order mark is dropped, lines may end in LF or CR
/// LF, fields may hold line breaks inside quotes, empty lines are skipped. UTF-8 throughout.
struct CsvTable {
    std::vector<std::string> header;
    std::vector<CsvRecord> records;

    /// Column of a header name, compared without regard to ASCII case and blanks; header.size() if there is none.
    std::size_t column(std::string_view name) const;
    /// First column that has one of the names.
    std::size_t firstColumn(const std::vector<std::string_view>& names) const;
};

/// `delimiter` 0: the one of comma, semicolon, tab and bar that the first line holds most often.
CsvTable parseCsv(std::string_view text, char delimiter = 0);

/// One line with its end, quoted where needed.
std::string csvLine(const std::vector<std::string>& fields);

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
