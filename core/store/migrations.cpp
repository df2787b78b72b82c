// SPDX-License-Identifier: Apache-2.0
#include "core/store/migrations.h"

#include "migrations_embedded.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace sulcus::store {

const std::vector<Migration>& shippedMigrations() {
    static const std::vector<Migration> migrations = [] {
        std::vector<Migration> list;
        for (const EmbeddedFile& file : migrationsFiles()) {
            Migration migration;
            const std::string_view digits = file.name.substr(0, 4);
            std::from_chars(digits.data(), digits.data() + digits.size(), migration.number);
            migration.name = std::string(file.name.substr(0, file.name.rfind('.')));
            migration.sql = std::string(file.bytes);
            list.push_back(std::move(migration));
        }
        std::sort(list.begin(), list.end(), [](const Migration& a, const Migration& b) { return a.number < b.number; });
        for (std::size_t i = 0; i < list.size(); ++i)
            if (list[i].number != static_cast<int>(i) + 1)
                throw std::logic_error("migrations must be numbered from 0001 without a gap");
        return list;
    }();
    return migrations;
}

} // namespace sulcus::store
