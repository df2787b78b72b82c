// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sulcus {

/// Without the blanks and line ends around it.
std::string_view withoutBlanks(std::string_view text);

struct CsvRecord {
    std::size_t line = 0; ///< of the text where the record begins, from 1
    std::vector<std::string> fields;
    bool complete = true; ///< false: a quote was opened and never closed, or text follows a closing quote

    /// `withoutBlanks`; empty where the record is shorter.
    std::string_view field(std::size_t column) const;
};

/// Comma-separated values as in RFC 4180, and a little more: a byte order mark is dropped, lines may end in LF, CR LF
/// or CR, fields may hold line breaks inside quotes, empty lines are skipped. UTF-8 throughout.
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

/// Six significant digits whatever the locale; empty for nothing.
std::string csvNumber(const std::optional<double>& value);

/// The number that a field holds, with a point whatever the locale; NaN for anything else.
double numberIn(std::string_view field);

/// One line with its end, quoted where needed.
std::string csvLine(const std::vector<std::string>& fields);

} // namespace sulcus
