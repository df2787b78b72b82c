// SPDX-License-Identifier: Apache-2.0
#include "core/base/csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <limits>
#include <system_error>
#include <utility>

namespace sulcus {

namespace {

std::string plainName(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '_' || c == '-')
            continue;
        result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

char likeliestDelimiter(std::string_view text) {
    const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char candidate : {',', ';', '\t', '|'}) {
        const std::ptrdiff_t count = std::count(line.begin(), line.end(), candidate);
        if (count > most) {
            most = count;
            best = candidate;
        }
    }
    return best;
}

} // namespace

std::string_view withoutBlanks(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string_view CsvRecord::field(std::size_t column) const {
    return column < fields.size() ? withoutBlanks(fields[column]) : std::string_view();
}

std::size_t CsvTable::column(std::string_view name) const {
    const std::string wanted = plainName(name);
    for (std::size_t i = 0; i < header.size(); ++i)
        if (plainName(header[i]) == wanted)
            return i;
    return header.size();
}

std::size_t CsvTable::firstColumn(const std::vector<std::string_view>& names) const {
    for (const std::string_view name : names)
        if (const std::size_t found = column(name); found < header.size())
            return found;
    return header.size();
}

CsvTable parseCsv(std::string_view text, char delimiter) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (delimiter == 0)
        delimiter = likeliestDelimiter(text);

    CsvTable table;
    bool headerSeen = false;
    std::size_t line = 1;
    CsvRecord record;
    record.line = line;
    std::string field;
    bool quoted = false;    // inside quotes
    bool wasQuoted = false; // the field began with a quote that is closed by now
    bool anything = false;  // the record has at least one byte

    const auto endField = [&] {
        record.fields.push_back(std::exchange(field, {}));
        wasQuoted = false;
    };
    const auto endRecord = [&] {
        if (anything) {
            endField();
            if (headerSeen)
                table.records.push_back(std::move(record));
            else
                table.header = std::move(record.fields);
            headerSeen = true;
        }
        record = CsvRecord{};
        record.line = line;
        field.clear();
        wasQuoted = false;
        anything = false;
    };

    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool carriageReturn =
            c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'); // the line's end by itself
        if (c == '\n' || carriageReturn)
            ++line;
        if (quoted) {
            if (c != '"') {
                field += c;
            } else if (i + 1 < text.size() && text[i + 1] == '"') {
                field += '"';
                ++i;
            } else {
                quoted = false;
                wasQuoted = true;
            }
            continue;
        }
        if (c == '\n' || carriageReturn) {
            endRecord();
        } else if (c == '\r') {
            continue; // the line feed that follows ends the line
        } else if (c == delimiter) {
            anything = true;
            endField();
        } else if (c == '"' && withoutBlanks(field).empty() && !wasQuoted) {
            anything = true;
            quoted = true;
            field.clear();
        } else if (wasQuoted && (c == ' ' || c == '\t')) {
            continue; // before the delimiter
        } else {
            anything = true;
            record.complete = record.complete && !wasQuoted;
            field += c;
        }
    }
    if (quoted)
        record.complete = false;
    endRecord();
    return table;
}

std::string csvNumber(const std::optional<double>& value) {
    if (!value)
        return {};
    std::array<char, 32> text{};
    constexpr int kDigits = 6;
    const auto [end, error] =
        std::to_chars(text.data(), text.data() + text.size(), *value, std::chars_format::general, kDigits);
    return error == std::errc() ? std::string(text.data(), end) : std::string();
}

double numberIn(std::string_view field) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    const bool whole = error == std::errc() && end == field.data() + field.size();
    return whole ? value : std::numeric_limits<double>::quiet_NaN();
}

std::string csvLine(const std::vector<std::string>& fields) {
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0)
            line += ',';
        if (fields[i].find_first_of(",;|\t\"\r\n") == std::string::npos && !(fields.size() == 1 && fields[i].empty())) {
            line += fields[i];
            continue;
        }
        line += '"';
        for (const char c : fields[i]) {
            if (c == '"')
                line += '"';
            line += c;
        }
        line += '"';
    }
    line += '\n';
    return line;
}

} // namespace sulcus
