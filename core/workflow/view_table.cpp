// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/view_table.h"

#include "core/base/csv.h"
#include "core/learning/whole_file.h"
#include "core/workflow/view_files.h"
#include "core/workflow/view_sets.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>
#include <system_error>
#include <tuple>

namespace sulcus::workflow {

namespace fs = std::filesystem;

namespace {

std::optional<bool> truthOf(std::string_view cell) {
    const auto said = lowered(std::string(cell));
    if (said == "1" || said == "1.0" || said == "yes" || said == "true")
        return true;
    if (said == "0" || said == "0.0" || said == "no" || said == "false")
        return false;
    return std::nullopt;
}

/// Does the column say 0 or 1 of the patients?
bool isTruth(const CsvTable& csv, std::size_t column) {
    std::size_t filled = 0;
    std::size_t truths = 0;
    for (const auto& record : csv.records) {
        const auto cell = record.field(column);
        filled += cell.empty() ? 0 : 1;
        truths += truthOf(cell) ? 1 : 0;
    }
    return 2 * truths >= filled || column == csv.column("aneurysm");
}

void addLine(ViewTable& table, std::map<std::string, std::size_t>& places, ViewTableLine line) {
    const auto [place, isNew] = places.emplace(line.index, table.lines.size());
    if (isNew) {
        table.lines.push_back(std::move(line));
        return;
    }
    auto& first = table.lines[place->second];
    first.readable = first.readable && line.readable;
    first.contradicted = first.contradicted || first.truth != line.truth;
}

/// What stands before the number at the end, without signs and the words that every patient may be called by:
/// "siteA_patient_0012" -> "sitea".
std::string wordsBefore(const std::string& name) {
    static const std::set<std::string> general{"patient", "p", "pat", "case", "subject"};
    std::string words;
    std::string word;
    for (const char c : lowered(name.substr(0, name.find_last_not_of("0123456789") + 1)) + '_') { // npos + 1 = 0
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || byte >= 0x80) { // letters of other scripts are letters, too
            word += c;
            continue;
        }
        if (general.count(word) == 0)
            words += word;
        word.clear();
    }
    return words;
}

} // namespace

const ViewTableLine* ViewTable::lineFor(const std::string& name, const std::vector<std::string>& names) const {
    for (const auto& line : lines) {
        if (line.index == name)
            return &line;
    }
    const auto number = endNumber(name);
    const auto alike = [&](const std::string& other) { return endNumber(other) == number; };
    if (!number || std::count_if(names.begin(), names.end(), alike) > 1)
        return nullptr;
    const ViewTableLine* only = nullptr;
    for (const auto& line : lines) {
        if (!alike(line.index))
            continue;
        if (only != nullptr)
            return nullptr;
        only = &line;
    }
    if (only == nullptr)
        return nullptr;
    const auto own = wordsBefore(name);
    const auto its = wordsBefore(only->index);
    return own.empty() || its.empty() || own == its ? only : nullptr;
}

std::optional<ViewTable> readViewTable(const fs::path& file, std::uintmax_t mostBytes) {
    std::error_code error;
    if (fs::file_size(file, error) > mostBytes || error)
        return std::nullopt;
    auto text = learning::readWholeFile(file);
    if (!text)
        return std::nullopt;
    const bool wide = text->starts_with("\xFF\xFE") || text->starts_with("\xFE\xFF") ||
                      std::string_view(*text).substr(0, 64).find('\0') != std::string_view::npos; // UTF-16
    if (wide) {
        std::erase_if(*text, [](char c) { return c == '\0' || c == '\xFF' || c == '\xFE'; });
    }
    const auto csv = parseCsv(*text);
    const auto index = csv.column("index");
    const bool hasIndex = index < csv.header.size();
    if (!hasIndex && csv.column("aneurysm") == csv.header.size())
        return std::nullopt;
    ViewTable table;
    table.file = file;
    if (wide || !hasIndex) {
        table.amiss = wide ? "workflow.views_table_wide" : "workflow.views_table_no_index";
        return table;
    }
    std::vector<std::size_t> truths;
    for (std::size_t n = 0; n < csv.header.size(); ++n) {
        if (n != index && isTruth(csv, n)) {
            truths.push_back(n);
            table.columns.emplace_back(withoutBlanks(csv.header[n]));
        }
    }
    std::map<std::string, std::size_t> places;
    for (const auto& record : csv.records) {
        ViewTableLine line;
        line.index = record.field(index);
        line.readable = record.complete;
        if (line.index.empty())
            continue;
        for (std::size_t n = 0; n < truths.size(); ++n) {
            const auto cell = record.field(truths[n]);
            const auto truth = truthOf(cell);
            line.truth[table.columns[n]] = truth;
            line.readable = line.readable && (truth || cell.empty());
        }
        addLine(table, places, std::move(line));
    }
    return table;
}

std::optional<ViewTable> tableIn(const fs::path& folder, const std::vector<std::string>& names, std::size_t pictures) {
    using Worth = std::tuple<bool, bool, std::size_t, std::size_t>;
    std::optional<ViewTable> best;
    Worth most;
    for (const auto& entry : sortedEntries(folder)) {
        if (lowered(entry.extension().string()) != ".csv")
            continue;
        auto table = readViewTable(entry);
        if (!table)
            continue;
        std::size_t known = names.empty() && table->lines.size() * kViewsPerPatient == pictures ? 1 : 0;
        for (const auto& name : names)
            known += table->lineFor(name, names) != nullptr ? 1 : 0;
        const Worth worth{table->amiss.empty(), !table->columns.empty(), known, table->columns.size()};
        if (!best || worth > most) {
            best = std::move(table);
            most = worth;
        }
    }
    return best;
}

} // namespace sulcus::workflow
