// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/clinic/hospital.h"
#include "core/clinic/knowledge.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <vector>

/// Knowledge tables and directory as rows. Internal to core/store; throws what SQLite throws.
namespace sulcus::store {

/// True if the rows were filled from other shipped tables than the program's.
bool knowledgeIsStale(SQLite::Database& database);
/// Replaces the knowledge rows and the untouched hospitals by the shipped ones. Call inside a transaction.
void refreshKnowledge(SQLite::Database& database);

clinic::Knowledge readKnowledge(SQLite::Database& database);
std::vector<clinic::Hospital> readHospitals(SQLite::Database& database);

enum class Origin { Shipped, User };
void writeHospital(SQLite::Database& database, const clinic::Hospital& hospital, int position, Origin origin,
                   bool hidden);

} // namespace sulcus::store
