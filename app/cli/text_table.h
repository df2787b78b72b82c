// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sulcus::cli {

/// Rows of cells, padded so that columns line up. The first column and those named in `left` are flush left, all others
/// flush right. Width counts UTF-8 code points.
class TextTable {
public:
    explicit TextTable(std::vector<std::string> header, std::vector<std::size_t> left = {0});
    void add(std::vector<std::string> row);
    bool empty() const { return m_rows.size() <= 1; }
    std::string text() const;

private:
    std::vector<std::vector<std::string>> m_rows;
    std::vector<std::size_t> m_left;
};

/// "12.3", "-" when there is none.
std::string decimal(double value, int digits = 1);
std::string decimal(const std::optional<double>& value, int digits = 1);
/// "12 %"
std::string percent(double share);
/// "Name        value" with the name padded to a common width.
std::string line(const std::string& name, const std::string& value);

} // namespace sulcus::cli
