// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/index_table.h"

#include <algorithm>
#include <fstream>
#include <string_view>

namespace sulcus::workflow {

namespace {

std::vector<std::string> cellsOf(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t n = 0; n < line.size(); ++n) {
        const char c = line[n];
        if (c == '"' && quoted && n + 1 < line.size() && line[n + 1] == '"') {
            cells.back() += c; // two quotes within quotes are one that is meant
            ++n;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            cells.emplace_back();
        } else if (c != '\r') {
            cells.back() += c;
        }
    }
    for (auto& cell : cells) {
        const auto first = cell.find_first_not_of(" \t");
        cell = first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(" \t") - first + 1);
    }
    return cells;
}

} // namespace

std::vector<std::vector<std::string>> csvLines(const std::filesystem::path& file) {
    std::vector<std::vector<std::string>> lines;
    std::ifstream in(file);
    std::string line;
    while (std::getline(in, line)) {
        if (lines.empty() && line.starts_with("\xEF\xBB\xBF"))
            line.erase(0, 3);
        lines.push_back(cellsOf(line));
    }
    return lines;
}

RowNames readIndex(const std::filesystem::path& file) {
    RowNames rows;
    const auto lines = csvLines(file);
    if (lines.empty())
        return rows;
    const auto& head = lines.front();
    const auto column = [&head](std::initializer_list<std::string_view> names) {
        for (std::size_t n = 0; n < head.size(); ++n) {
            if (std::find(names.begin(), names.end(), head[n]) != names.end())
                return n;
        }
        return head.size();
    };
    const auto nameColumn = column({"name", "patch"});
    const auto patientColumn = column({"patient"});
    for (std::size_t n = 1; n < lines.size(); ++n) {
        const auto& cells = lines[n];
        rows.names.push_back(nameColumn < cells.size() ? cells[nameColumn] : std::string());
        rows.patients.push_back(patientColumn < cells.size() ? cells[patientColumn] : std::string());
    }
    return rows;
}

} // namespace sulcus::workflow
