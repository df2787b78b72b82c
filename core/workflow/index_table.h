// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sulcus::workflow {

/// Row -> name and patient of a set of arrays. The index of the patches has the columns row, patch, patient; the
/// slices' row, patient, name.
struct RowNames {
    std::vector<std::string> names;
    std::vector<std::string> patients;
};

/// Reads "index.csv"; empty when it is not there.
RowNames readIndex(const std::filesystem::path& file);

} // namespace sulcus::workflow
