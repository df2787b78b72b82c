// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/index_table.h"

#include "core/base/csv.h"
#include "core/learning/whole_file.h"

namespace sulcus::workflow {

RowNames readIndex(const std::filesystem::path& file) {
    RowNames rows;
    const auto text = learning::readWholeFile(file);
    if (!text)
        return rows;
    const auto table = parseCsv(*text, ',');
    const auto name = table.firstColumn({"name", "patch"});
    const auto patient = table.column("patient");
    for (const auto& record : table.records) {
        rows.names.emplace_back(record.field(name));
        rows.patients.emplace_back(record.field(patient));
    }
    return rows;
}

} // namespace sulcus::workflow
