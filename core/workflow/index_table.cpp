// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/index_table.h"

#include <algorithm>
#include <fstream>
#include <string_view>

namespace sulcus::workflow {

std::vector<std::string> cellsOf(const std::string& line) {
    std::vector<std::string> cells;
    std::string cell;
    for (const char c : line) {
        if (c == ',') {
            cells.push_back(cell);
            cell.clear();
        } else if (c != '\r') {
            cell += c;
        }
    }
    cells.push_back(cell);
    return cells;
}

RowNames readIndex(const std::filesystem::path& file) {
    RowNames rows;
    std::ifstream in(file);
    std::string line;
    if (!std::getline(in, line))
        return rows;
    const auto head = cellsOf(line);
    const auto column = [&head](std::initializer_list<std::string_view> names) {
        for (std::size_t n = 0; n < head.size(); ++n) {
            if (std::find(names.begin(), names.end(), head[n]) != names.end())
                return n;
        }
        return head.size();
    };
    const auto nameColumn = column({"name", "patch"});
    const auto patientColumn = column({"patient"});
    while (std::getline(in, line)) {
        const auto cells = cellsOf(line);
        rows.names.push_back(nameColumn < cells.size() ? cells[nameColumn] : std::string());
        rows.patients.push_back(patientColumn < cells.size() ? cells[patientColumn] : std::string());
    }
    return rows;
}

} // namespace sulcus::workflow
