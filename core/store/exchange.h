// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/store/store.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Tables in and out of the database: CSV one table at a time, and everything about patients as one archive. Runs in
/// the thread that owns the Store.
namespace sulcus::store {

enum class Table { Patients, Symptoms, Hospitals, Studies };
std::string toString(Table table); ///< "patients", "symptoms", "hospitals", "studies"
std::optional<Table> tableFromString(std::string_view text);

/// A line of the file that was not taken over, and why. The reason names the column, never what stands in it.
struct RefusedLine {
    std::size_t line = 0; ///< of the file, from 1; for an archive the patient's number in it
    Message reason;
};

struct ImportReport {
    Table table = Table::Patients;
    std::size_t added = 0;
    std::size_t updated = 0;
    std::size_t unchanged = 0; ///< already there as the line says
    std::vector<RefusedLine> refused;
    std::vector<std::string> ignoredColumns;
};

struct ImportOptions {
    bool update = false; ///< a patient or hospital that exists with other values is changed; else the line is refused
    std::string today;   ///< ISO day for symptoms without a date; empty: today
};

/// Which table a CSV file holds, by its header; empty when it fits none.
Result<std::optional<Table>> recogniseCsv(const std::filesystem::path& file);

/// Takes a CSV file over, line by line: a refused line does not stop the others; an error or a cancel leaves the
/// database as it was. Delimiter (comma, semicolon, tab, bar) and byte order mark are recognised; UTF-8. Column names
/// are compared without regard to case, blanks, `_` and `-`. An apostrophe that guards a formula is taken off.
///
/// Patients   pseudonym (or patient_id, patient, id, code), name, birth_year (or birth_date, dob: its year), sex (or
///            gender; f, m, female, male, other, 여, 남), handedness (r, l, right, left), note; symptoms and
///            visit_date, as the tables of earlier programs had them, make a visit.
/// Symptoms   patient (or pseudonym, patient_id), symptom (id, English or Korean name; several separated by `;`), side,
///            onset, severity (0-3 or mild, moderate, severe), note, date (or visit_date). Lines of one patient and day
///            make one visit.
/// Hospitals  name (or name_en, hospital), latitude (lat), longitude (lon, lng), and where there is: id, name_local,
/// city,
///            region, country (two letters), departments (codes or names, separated by `;` or blanks), verified (codes
///            seen on a page), website, tertiary, children_only.
///
/// Errors: NotFound, Unreadable (not a text table), InvalidInput (a needed column is missing: names it), Cancelled, and
/// those of Store.
Result<ImportReport> importCsv(Store& store, Table table, const std::filesystem::path& file,
                               const ImportOptions& options = {}, const TaskContext& task = {});

/// Writes a table with its header. A field that a spreadsheet would run as a formula is guarded by an apostrophe, which
/// importCsv takes off again (csv.h). Symptoms, patients and hospitals come back through importCsv; studies (with their
/// volumes in ml) are for reading. Hospitals are those of the directory, shipped and own. Mode 0600.
Result<void> exportCsv(Store& store, Table table, const std::filesystem::path& file, const TaskContext& task = {});

/// All patients with visits, symptoms, studies, segmentations, cross-checks and reports, and the hospitals that a
/// person added or changed, as one JSON file (format "sulcus-archive", version 1; ending .sulcus by custom). Image and
/// mask files are named, not held. Mode 0600.
Result<void> exportArchive(Store& store, const std::filesystem::path& file, const TaskContext& task = {});

/// Adds the patients of an archive under new ids. One whose pseudonym exists is left alone: counted as unchanged when
/// the same, else refused. Errors: NotFound, Unreadable (not an archive), StoreIncompatible (a newer archive version),
/// Cancelled.
Result<ImportReport> importArchive(Store& store, const std::filesystem::path& file, const TaskContext& task = {});

} // namespace sulcus::store
