// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

// The table beside angiography patients: which line speaks of which of them. Used by `findViewSets` and
// `looksLikeViewSets`.
namespace sulcus::workflow {

/// What a table says of one patient.
struct ViewTableLine {
    std::string index;
    std::map<std::string, std::optional<bool>> truth; ///< `ViewTable::columns`; nothing where the cell is empty
    bool readable = true;      ///< every cell of these columns is 0, 1 or empty, and its quotes are closed
    bool contradicted = false; ///< by another line of the same index
};

struct ViewTable {
    std::filesystem::path file;
    /// Those that speak of 0 and 1: half their filled cells do, or they are called Aneurysm. Not Age or Comment.
    std::vector<std::string> columns;
    std::vector<ViewTableLine> lines; ///< one for each index
    /// Message id of what keeps a file that is surely meant as the table from being read; then there are no lines.
    std::string amiss;

    /// The line of the very name, else of the number at its end: where no other set (`names` are all of them) and no
    /// other line has that number, and the words before it do not speak against it.
    const ViewTableLine* lineFor(const std::string& name, const std::vector<std::string>& names = {}) const;
};

/// A CSV with an Index column, separated by commas, semicolons, tabs or bars, of `mostBytes` at most. Nothing where the
/// file is no table of patients.
std::optional<ViewTable> readViewTable(const std::filesystem::path& file, std::uintmax_t mostBytes = 64U << 20U);

/// The table of a folder: of several the one that can be read and says 0 or 1, knows the most sets and says the most
/// of them. Sets without names of their own count as known when there are eight `pictures` for each line.
std::optional<ViewTable> tableIn(const std::filesystem::path& folder, const std::vector<std::string>& names,
                                 std::size_t pictures);

} // namespace sulcus::workflow
