// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace sulcus::store {

/// One step of the schema. After it the database has version `number`.
struct Migration {
    int number = 0;
    std::string name; ///< "0001_initial"
    std::string sql;
};

/// The program's migrations, 1, 2, 3, ... without a gap.
const std::vector<Migration>& shippedMigrations();

} // namespace sulcus::store
