// SPDX-License-Identifier: Apache-2.0
#include "app/cli/text_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace sulcus::cli {

namespace {

std::size_t widthOf(const std::string& text) {
    // Continuation bytes of UTF-8 are 10xxxxxx and take no place of their own.
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t width, bool left) {
    const auto gap = width > widthOf(text) ? width - widthOf(text) : 0;
    return left ? text + std::string(gap, ' ') : std::string(gap, ' ') + text;
}

} // namespace

TextTable::TextTable(std::vector<std::string> header, std::vector<std::size_t> left)
    : m_rows{std::move(header)}, m_left(std::move(left)) {}

void TextTable::add(std::vector<std::string> row) { m_rows.push_back(std::move(row)); }

std::string TextTable::text() const {
    std::vector<std::size_t> widths;
    for (const auto& row : m_rows) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t c = 0; c < row.size(); ++c)
            widths[c] = std::max(widths[c], widthOf(row[c]));
    }
    std::string text;
    for (const auto& row : m_rows) {
        std::string out;
        for (std::size_t c = 0; c < row.size(); ++c) {
            const bool left = c == 0 || std::find(m_left.begin(), m_left.end(), c) != m_left.end();
            out += (c == 0 ? "" : "  ") + padded(row[c], widths[c], left);
        }
        out.erase(out.find_last_not_of(' ') + 1);
        text += out + "\n";
    }
    return text;
}

std::string decimal(double value, int digits) {
    if (!std::isfinite(value))
        return "-";
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

std::string decimal(const std::optional<double>& value, int digits) {
    return value ? decimal(*value, digits) : std::string("-");
}

std::string percent(double share) { return decimal(share * 100.0, 0) + " %"; }

std::string line(const std::string& name, const std::string& value) { return padded(name, 14, true) + value + "\n"; }

} // namespace sulcus::cli
