// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sulcus::workflow {

/// The lines of a CSV, each cut into its cells: without the mark that spreadsheets put at the beginning of a file,
/// without the quotes and blanks around a cell. A line that is blank has one empty cell. No line when there is no such
/// file.
std::vector<std::vector<std::string>> csvLines(const std::filesystem::path& file);

/// Row -> name and patient of a set of arrays. The index of the patches has the columns row, patch, patient; the
/// slices' row, patient, name.
struct RowNames {
    std::vector<std::string> names;
    std::vector<std::string> patients;
};

/// Reads "index.csv"; empty when it is not there.
RowNames readIndex(const std::filesystem::path& file);

} // namespace sulcus::workflow
