// SPDX-License-Identifier: Apache-2.0
#include "core/store/store.h"

#include "core/store/database.h"
#include "core/store/seed.h"
#include "core/store/shipped_tables.h"
#include "core/store/text_keys.h"

#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace sulcus::store {

namespace {

// Up to here the index is asked for every match; beyond it matches are so dense that reading from the newest on finds
// enough soon.
constexpr int kSparseMatches = 2000;

std::string text(SQLite::Statement& row, int column) { return row.getColumn(column).getString(); }
std::int64_t number(SQLite::Statement& row, int column) { return row.getColumn(column).getInt64(); }
bool flag(SQLite::Statement& row, int column) { return row.getColumn(column).getInt() != 0; }

template <typename... Values>
SQLite::Statement prepared(SQLite::Database& database, const char* sql, const Values&... values) {
    SQLite::Statement statement(database, sql);
    SQLite::bind(statement, values...);
    return statement;
}

/// Binds in order, 0 as NULL where the column refers to another table.
void bindReference(SQLite::Statement& statement, int index, std::int64_t id) {
    if (id == 0)
        statement.bind(index);
    else
        statement.bind(index, id);
}

constexpr const char* kPatientColumns = "id, pseudonym, name, birth_year, sex, handedness, note";

Patient patientOf(SQLite::Statement& row) {
    return {number(row, 0), text(row, 1),
            text(row, 2),   text(row, 3),
            text(row, 4),   clinic::handednessFromString(text(row, 5)).value_or(clinic::Handedness::Unknown),
            text(row, 6)};
}

constexpr const char* kStudyColumns =
    "id, ifnull(patient_id, 0), case_id, path, opened_at, synthetic, examined_on, ifnull(visit_id, 0)";

Study studyOf(SQLite::Statement& row) {
    return {number(row, 0), number(row, 1), text(row, 2), text(row, 3),
            text(row, 4),   flag(row, 5),   text(row, 6), number(row, 7)};
}

bool isYear(const std::string& year) {
    return year.size() == 4 && std::all_of(year.begin(), year.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Characters of UTF-8 text: continuation bytes are 10xxxxxx.
bool isLongerThan(const std::string& text, std::size_t limit) {
    return text.size() > limit && static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
                                      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
                                  })) > limit;
}

Result<void> validName(const std::string& text) {
    if (isLongerThan(text, kLongestName))
        return fail(ErrorCode::InvalidInput, "store.name_too_long", {{"limit", std::to_string(kLongestName)}});
    return {};
}

Result<void> validNote(const std::string& text) {
    if (isLongerThan(text, kLongestNote))
        return fail(ErrorCode::InvalidInput, "store.note_too_long", {{"limit", std::to_string(kLongestNote)}});
    return {};
}

Result<void> validPatient(const Patient& patient) {
    if (searchKey(patient.pseudonym).empty())
        return fail(ErrorCode::InvalidInput, "store.pseudonym_empty");
    for (const std::string* text : {&patient.pseudonym, &patient.name})
        if (Result<void> valid = validName(*text); !valid)
            return valid;
    if (Result<void> valid = validNote(patient.note); !valid)
        return valid;
    if (!patient.birthYear.empty() && !isYear(patient.birthYear))
        return fail(ErrorCode::InvalidInput, "store.birth_year_invalid");
    if (patient.sex != "" && patient.sex != "female" && patient.sex != "male" && patient.sex != "other")
        return fail(ErrorCode::InvalidInput, "store.sex_invalid");
    return {};
}

/// The same place, for a stored path that says one.
bool isPlace(const std::string& stored, const std::filesystem::path& place) {
    const std::filesystem::path path = stored;
    return path.is_absolute() && (path == place || placeOnDisk(path) == place);
}

/// Results lie where they were written, whatever the working folder of the next command is.
std::string absolutePath(const std::string& path) {
    std::error_code failure;
    const std::filesystem::path absolute =
        path.empty() ? std::filesystem::path() : std::filesystem::absolute(path, failure);
    return failure || path.empty() ? path : absolute.lexically_normal().string();
}

auto failPatientMissing() { return fail(ErrorCode::NotFound, "store.patient_missing"); }

} // namespace

struct Store::Impl {
    std::filesystem::path file;
    OpenedDatabase opened;
    int depth = 0;
    bool readOnly = false;

    SQLite::Database& db() { return *opened.database; }

    template <typename Work>
    auto read(const char* step, Work&& work) -> decltype(work()) {
        return guarded(step, file, std::forward<Work>(work));
    }

    /// One transaction: committed when `work` gives a value.
    template <typename Work>
    auto write(const char* step, Work&& work) -> decltype(work()) {
        return guarded(step, file, [&]() -> decltype(work()) {
            if (readOnly)
                return fail(ErrorCode::Unreadable, "store.read_only", {{"file", file.string()}}, step);
            Scope scope(db(), depth);
            auto result = work();
            if (result)
                scope.commit();
            return result;
        });
    }

    bool exists(const char* sql, std::int64_t id) {
        SQLite::Statement query = prepared(db(), sql, id);
        return query.executeStep();
    }
    bool hasPatient(std::int64_t id) { return exists("SELECT 1 FROM patient WHERE id = ?", id); }
    bool hasVisit(std::int64_t id) { return exists("SELECT 1 FROM visit WHERE id = ?", id); }
    bool hasStudy(std::int64_t id) { return exists("SELECT 1 FROM study WHERE id = ?", id); }

    /// Inserts with the id that the patient carries (0: the next).
    std::int64_t insertPatient(const Patient& patient) {
        SQLite::Statement insert(db(), "INSERT INTO patient (id, pseudonym, pseudonym_key, name, name_key, birth_year, "
                                       "sex, handedness, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        bindReference(insert, 1, patient.id);
        insert.bind(2, patient.pseudonym);
        insert.bind(3, searchKey(patient.pseudonym));
        insert.bind(4, patient.name);
        insert.bind(5, searchKey(patient.name));
        insert.bind(6, patient.birthYear);
        insert.bind(7, patient.sex);
        insert.bind(8, clinic::toString(patient.handedness));
        insert.bind(9, patient.note);
        insert.exec();
        return db().getLastInsertRowid();
    }

    bool pseudonymTaken(const std::string& pseudonym, std::int64_t exceptId) {
        SQLite::Statement query =
            prepared(db(), "SELECT 1 FROM patient WHERE pseudonym_key = ? AND id <> ?", searchKey(pseudonym), exceptId);
        return query.executeStep();
    }

    std::int64_t insertVisit(const Visit& visit) {
        SQLite::Statement insert(db(), "INSERT INTO visit (id, patient_id, date, note) VALUES (?, ?, ?, ?)");
        bindReference(insert, 1, visit.id);
        insert.bind(2, visit.patientId);
        insert.bind(3, visit.date);
        insert.bind(4, visit.note);
        insert.exec();
        return db().getLastInsertRowid();
    }

    void insertSymptoms(std::int64_t visitId, const std::vector<VisitSymptom>& symptoms) {
        SQLite::Statement insert(db(),
                                 "INSERT INTO visit_symptom (visit_id, position, symptom_id, side, onset, severity, "
                                 "note) VALUES (?, ?, ?, ?, ?, ?, ?)");
        for (std::size_t i = 0; i < symptoms.size(); ++i) {
            insert.reset();
            SQLite::bind(insert, visitId, static_cast<int>(i), symptoms[i].symptom.id,
                         toString(symptoms[i].symptom.side), symptoms[i].onset, symptoms[i].severity, symptoms[i].note);
            insert.exec();
        }
    }

    std::int64_t insertStudy(const Study& study) {
        SQLite::Statement insert(db(), "INSERT INTO study (id, patient_id, case_id, path, opened_at, synthetic, "
                                       "examined_on, visit_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        bindReference(insert, 1, study.id);
        bindReference(insert, 2, study.patientId);
        insert.bind(3, study.caseId);
        insert.bind(4, study.path);
        insert.bind(5, study.openedAt.empty() ? utcNow() : study.openedAt);
        insert.bind(6, study.synthetic ? 1 : 0);
        insert.bind(7, study.examinedOn);
        bindReference(insert, 8, study.visitId);
        insert.exec();
        return db().getLastInsertRowid();
    }

    std::int64_t insertSegmentation(const StoredSegmentation& segmentation) {
        SQLite::Statement insert(db(), "INSERT INTO segmentation (id, study_id, path, bundle, bundle_version, "
                                       "weights_sha256, edited, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        bindReference(insert, 1, segmentation.id);
        insert.bind(2, segmentation.studyId);
        insert.bind(3, segmentation.path);
        insert.bind(4, segmentation.bundle);
        insert.bind(5, segmentation.bundleVersion);
        insert.bind(6, segmentation.weightsSha256);
        insert.bind(7, segmentation.edited ? 1 : 0);
        insert.bind(8, segmentation.createdAt.empty() ? utcNow() : segmentation.createdAt);
        insert.exec();
        const std::int64_t id = db().getLastInsertRowid();
        SQLite::Statement volume(db(), "INSERT INTO segmentation_volume (segmentation_id, target, ml) VALUES (?, ?, ?) "
                                       "ON CONFLICT DO UPDATE SET ml = excluded.ml");
        for (const auto& [target, ml] : segmentation.mlPerTarget) {
            volume.reset();
            SQLite::bind(volume, id, target, ml);
            volume.exec();
        }
        return id;
    }

    std::int64_t insertCrossCheck(const StoredCrossCheck& check) {
        SQLite::Statement insert(
            db(), "INSERT INTO cross_check (id, study_id, verdict, json, created_at) VALUES (?, ?, ?, ?, ?)");
        bindReference(insert, 1, check.id);
        insert.bind(2, check.studyId);
        insert.bind(3, check.verdict);
        insert.bind(4, check.json);
        insert.bind(5, check.createdAt.empty() ? utcNow() : check.createdAt);
        insert.exec();
        return db().getLastInsertRowid();
    }

    std::int64_t insertReport(const StoredReport& report) {
        SQLite::Statement insert(db(), "INSERT INTO report (id, study_id, path, created_at) VALUES (?, ?, ?, ?)");
        bindReference(insert, 1, report.id);
        insert.bind(2, report.studyId);
        insert.bind(3, report.path);
        insert.bind(4, report.createdAt.empty() ? utcNow() : report.createdAt);
        insert.exec();
        return db().getLastInsertRowid();
    }

    /// A row that is made from a study: a new one (id 0), or one in place of the row with that id, which `removal`
    /// takes away first. One transaction.
    template <typename Row>
    Result<std::int64_t> saveOfStudy(const char* step, const char* removal, const Row& row,
                                     std::int64_t (Impl::*insert)(const Row&)) {
        return write(step, [&]() -> Result<std::int64_t> {
            if (!hasStudy(row.studyId))
                return fail(ErrorCode::NotFound, "store.study_missing");
            if (row.id != 0 && prepared(db(), removal, row.id).exec() == 0)
                return fail(ErrorCode::NotFound, "store.row_missing");
            return (this->*insert)(row);
        });
    }

    std::optional<Patient> patient(std::int64_t id) {
        SQLite::Statement query(db(), std::string("SELECT ") + kPatientColumns + " FROM patient WHERE id = ?");
        query.bind(1, id);
        if (!query.executeStep())
            return std::nullopt;
        return patientOf(query);
    }

    std::vector<Visit> visits(std::int64_t patientId) {
        std::vector<Visit> result;
        SQLite::Statement query = prepared(
            db(), "SELECT id, patient_id, date, note FROM visit WHERE patient_id = ? ORDER BY date, id", patientId);
        while (query.executeStep())
            result.push_back({number(query, 0), number(query, 1), text(query, 2), text(query, 3)});
        return result;
    }

    std::vector<VisitSymptom> symptoms(std::int64_t visitId) {
        std::vector<VisitSymptom> result;
        SQLite::Statement query = prepared(
            db(),
            "SELECT symptom_id, side, onset, severity, note FROM visit_symptom WHERE visit_id = ? ORDER BY position",
            visitId);
        while (query.executeStep())
            result.push_back({{text(query, 0), sideFromString(text(query, 1)).value_or(Side::Unknown)},
                              text(query, 2),
                              query.getColumn(3).getInt(),
                              text(query, 4)});
        return result;
    }

    std::vector<Study> studies(std::int64_t patientId) {
        std::vector<Study> result;
        SQLite::Statement query(db(), std::string("SELECT ") + kStudyColumns +
                                          " FROM study WHERE patient_id = ? ORDER BY opened_at, id");
        query.bind(1, patientId);
        while (query.executeStep())
            result.push_back(studyOf(query));
        return result;
    }

    std::vector<StoredSegmentation> segmentations(std::int64_t studyId) {
        std::vector<StoredSegmentation> result;
        SQLite::Statement query =
            prepared(db(),
                     "SELECT id, study_id, path, bundle, bundle_version, weights_sha256, edited, created_at "
                     "FROM segmentation WHERE study_id = ? ORDER BY created_at, id",
                     studyId);
        while (query.executeStep())
            result.push_back({number(query, 0),
                              number(query, 1),
                              text(query, 2),
                              text(query, 3),
                              text(query, 4),
                              text(query, 5),
                              flag(query, 6),
                              text(query, 7),
                              {}});
        for (StoredSegmentation& segmentation : result) {
            SQLite::Statement volume =
                prepared(db(), "SELECT target, ml FROM segmentation_volume WHERE segmentation_id = ? ORDER BY target",
                         segmentation.id);
            while (volume.executeStep())
                segmentation.mlPerTarget.emplace_back(text(volume, 0), volume.getColumn(1).getDouble());
        }
        return result;
    }

    std::vector<StoredCrossCheck> crossChecks(std::int64_t studyId) {
        std::vector<StoredCrossCheck> result;
        SQLite::Statement query = prepared(db(),
                                           "SELECT id, study_id, verdict, json, created_at FROM cross_check "
                                           "WHERE study_id = ? ORDER BY created_at, id",
                                           studyId);
        while (query.executeStep())
            result.push_back({number(query, 0), number(query, 1), text(query, 2), text(query, 3), text(query, 4)});
        return result;
    }

    std::vector<StoredReport> reports(std::int64_t studyId) {
        std::vector<StoredReport> result;
        SQLite::Statement query = prepared(
            db(), "SELECT id, study_id, path, created_at FROM report WHERE study_id = ? ORDER BY created_at, id",
            studyId);
        while (query.executeStep())
            result.push_back({number(query, 0), number(query, 1), text(query, 2), text(query, 3)});
        return result;
    }

    std::optional<PatientRecord> record(std::int64_t patientId) {
        std::optional<Patient> found = patient(patientId);
        if (!found)
            return std::nullopt;
        PatientRecord record;
        record.patient = std::move(*found);
        for (Visit& visit : visits(patientId)) {
            std::vector<VisitSymptom> entered = symptoms(visit.id);
            record.visits.push_back({std::move(visit), std::move(entered)});
        }
        for (Study& study : studies(patientId)) {
            StudyRecord row;
            row.segmentations = segmentations(study.id);
            row.crossChecks = crossChecks(study.id);
            row.reports = reports(study.id);
            row.study = std::move(study);
            record.studies.push_back(std::move(row));
        }
        return record;
    }

    /// Studies of a case's name, those with a patient first, then newest.
    std::vector<Study> studiesNamed(const std::string& caseId) {
        std::vector<Study> result;
        SQLite::Statement query(db(), std::string("SELECT ") + kStudyColumns +
                                          " FROM study WHERE case_id = ? ORDER BY patient_id IS NULL, "
                                          "opened_at DESC, id DESC");
        query.bind(1, caseId);
        while (query.executeStep())
            result.push_back(studyOf(query));
        return result;
    }

    /// By the path as it is stored, or else by the place that it means.
    std::optional<Study> findStudy(const std::string& caseId, const std::string& path) {
        const std::filesystem::path place = placeOnDisk(path);
        std::optional<Study> found;
        for (Study& study : studiesNamed(caseId)) {
            if (study.path == path)
                return std::move(study);
            if (!found && isPlace(study.path, place))
                found = std::move(study);
        }
        return found;
    }

    /// `keepIds`: rows come back under the ids that they had.
    Result<std::int64_t> insertRecord(const PatientRecord& record, bool keepIds) {
        if (Result<void> valid = validPatient(record.patient); !valid)
            return fail(std::move(valid.error()));
        if (pseudonymTaken(record.patient.pseudonym, 0))
            return fail(ErrorCode::InvalidInput, "store.pseudonym_taken");
        const auto idOf = [keepIds](std::int64_t id) { return keepIds ? id : 0; };
        Patient patient = record.patient;
        patient.id = idOf(patient.id);
        if (patient.id != 0 && hasPatient(patient.id))
            return fail(ErrorCode::InvalidInput, "store.patient_is_back");
        const std::int64_t patientId = insertPatient(patient);

        std::map<std::int64_t, std::int64_t> newVisitIds;
        for (const VisitRecord& row : record.visits) {
            Visit visit = row.visit;
            visit.id = idOf(visit.id);
            visit.patientId = patientId;
            const std::int64_t visitId = insertVisit(visit);
            newVisitIds[row.visit.id] = visitId;
            insertSymptoms(visitId, row.symptoms);
        }
        for (const StudyRecord& row : record.studies) {
            Study study = row.study;
            // The case may have been opened again since; an entry that nobody owns gives way.
            if (const std::optional<Study> present = findStudy(study.caseId, study.path)) {
                if (present->patientId != 0)
                    return fail(ErrorCode::InvalidInput, "store.study_taken");
                prepared(db(), "DELETE FROM study WHERE id = ?", present->id).exec();
            }
            study.id = idOf(study.id);
            study.patientId = patientId;
            const auto visit = newVisitIds.find(row.study.visitId);
            study.visitId = visit == newVisitIds.end() ? 0 : visit->second;
            const std::int64_t studyId = insertStudy(study);
            const auto copy = [&](const auto& made, auto insert) {
                for (auto one : made) {
                    one.id = idOf(one.id);
                    one.studyId = studyId;
                    (this->*insert)(one);
                }
            };
            copy(row.segmentations, &Impl::insertSegmentation);
            copy(row.crossChecks, &Impl::insertCrossCheck);
            copy(row.reports, &Impl::insertReport);
        }
        return patientId;
    }
};

std::filesystem::path placeOnDisk(const std::filesystem::path& path) {
    std::error_code failure;
    const std::filesystem::path absolute = std::filesystem::absolute(path, failure);
    if (failure)
        return path;
    std::filesystem::path place = std::filesystem::weakly_canonical(absolute, failure);
    if (failure)
        place = absolute.lexically_normal();
    // "folder/" and "folder" are one place.
    return place.has_filename() || !place.has_relative_path() ? place : place.parent_path();
}

Store::Store(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& file) { return open(file, OpenOptions{}); }

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& file, const OpenOptions& options) {
    const bool inMemory = options.readOnly == OpenOptions::ReadOnly::Always ||
                          (options.readOnly == OpenOptions::ReadOnly::IfNeeded && !isWritable(file));
    Result<OpenedDatabase> opened = inMemory ? openCopyInMemory(file, options) : openDatabase(file, options);
    if (!opened)
        return fail(std::move(opened.error()));
    auto impl = std::make_unique<Impl>();
    impl->file = file;
    impl->opened = std::move(*opened);
    // A test may open with migrations of its own, which have no knowledge tables.
    if (!options.migrations) {
        const Result<bool> stale =
            impl->read("knowledge", [&]() -> Result<bool> { return knowledgeIsStale(impl->db()); });
        if (!stale)
            return fail(stale.error());
        if (*stale) {
            const Result<void> done = impl->write("knowledge", [&]() -> Result<void> {
                refreshKnowledge(impl->db());
                return {};
            });
            if (!done)
                return fail(done.error());
        }
    }
    impl->readOnly = inMemory;
    return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Result<int> Store::inspect(const std::filesystem::path& file) { return inspectDatabase(file); }

Result<std::unique_ptr<Store>> Store::openInMemory() {
    Result<OpenedDatabase> opened = openMemoryDatabase();
    if (!opened)
        return fail(std::move(opened.error()));
    auto impl = std::make_unique<Impl>();
    impl->file = ":memory:";
    impl->opened = std::move(*opened);
    const Result<void> done = impl->write("knowledge", [&]() -> Result<void> {
        refreshKnowledge(impl->db());
        return {};
    });
    if (!done)
        return fail(done.error());
    return std::unique_ptr<Store>(new Store(std::move(impl)));
}

std::filesystem::path Store::path() const { return m_impl->file; }
int Store::schemaVersion() const { return m_impl->opened.schemaVersion; }
bool Store::isReadOnly() const { return m_impl->readOnly; }
std::optional<std::filesystem::path> Store::upgradeBackup() const { return m_impl->opened.upgradeBackup; }

Result<void> Store::inTransaction(const std::function<Result<void>()>& work) {
    return m_impl->write("transaction", [&]() -> Result<void> { return work(); });
}

// ---- knowledge and hospitals

Result<clinic::Knowledge> Store::knowledge() {
    return m_impl->read("knowledge", [&]() -> Result<clinic::Knowledge> { return readKnowledge(m_impl->db()); });
}

Result<std::vector<clinic::Hospital>> Store::hospitals() {
    return m_impl->read("hospitals",
                        [&]() -> Result<std::vector<clinic::Hospital>> { return readHospitals(m_impl->db()); });
}

Result<void> Store::saveHospital(const clinic::Hospital& hospital) {
    const auto refuse = [](const char* field) {
        return fail(ErrorCode::InvalidInput, "store.hospital_invalid", {{"field", field}});
    };
    if (searchKey(hospital.id).empty())
        return refuse("id");
    if (searchKey(hospital.nameEn).empty())
        return refuse("name");
    if (!(hospital.latitude >= -90.0 && hospital.latitude <= 90.0))
        return refuse("latitude");
    if (!(hospital.longitude >= -180.0 && hospital.longitude <= 180.0))
        return refuse("longitude");
    const bool letters =
        std::all_of(hospital.country.begin(), hospital.country.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!hospital.country.empty() && (hospital.country.size() != 2 || !letters))
        return refuse("country");
    std::set<std::string> seen;
    for (const std::string& code : hospital.departments)
        if (shippedKnowledge().department(code) == nullptr || !seen.insert(code).second)
            return refuse("departments");
    return m_impl->write("hospital", [&]() -> Result<void> {
        SQLite::Statement known = prepared(m_impl->db(), "SELECT position FROM hospital WHERE id = ?", hospital.id);
        int position = 0;
        if (known.executeStep())
            position = known.getColumn(0).getInt();
        else
            position = m_impl->db().execAndGet("SELECT ifnull(max(position), 0) + 1 FROM hospital").getInt();
        writeHospital(m_impl->db(), hospital, position, Origin::User, false);
        return {};
    });
}

Result<void> Store::removeHospital(const std::string& id) {
    return m_impl->write("hospital", [&]() -> Result<void> {
        const auto& shipped = shippedHospitals();
        const bool isShipped =
            std::any_of(shipped.begin(), shipped.end(), [&](const clinic::Hospital& row) { return row.id == id; });
        SQLite::Statement change =
            prepared(m_impl->db(),
                     isShipped ? "UPDATE hospital SET origin = 'user', hidden = 1 WHERE id = ? AND hidden = 0"
                               : "DELETE FROM hospital WHERE id = ?",
                     id);
        if (change.exec() == 0)
            return fail(ErrorCode::NotFound, "store.hospital_missing", {{"id", id}});
        return {};
    });
}

Result<void> Store::resetHospital(const std::string& id) {
    return m_impl->write("hospital", [&]() -> Result<void> {
        const auto& shipped = shippedHospitals();
        const auto found =
            std::find_if(shipped.begin(), shipped.end(), [&](const clinic::Hospital& row) { return row.id == id; });
        if (found == shipped.end())
            return fail(ErrorCode::NotFound, "store.hospital_missing", {{"id", id}});
        writeHospital(m_impl->db(), *found, static_cast<int>(found - shipped.begin()), Origin::Shipped, false);
        return {};
    });
}

// ---- patients

Result<std::int64_t> Store::savePatient(const Patient& patient) {
    if (Result<void> valid = validPatient(patient); !valid)
        return fail(std::move(valid.error()));
    return m_impl->write("patient", [&]() -> Result<std::int64_t> {
        if (m_impl->pseudonymTaken(patient.pseudonym, patient.id))
            return fail(ErrorCode::InvalidInput, "store.pseudonym_taken");
        if (patient.id == 0)
            return m_impl->insertPatient(patient);
        SQLite::Statement update =
            prepared(m_impl->db(),
                     "UPDATE patient SET pseudonym = ?, pseudonym_key = ?, name = ?, name_key = ?, birth_year = ?, "
                     "sex = ?, handedness = ?, note = ? WHERE id = ?",
                     patient.pseudonym, searchKey(patient.pseudonym), patient.name, searchKey(patient.name),
                     patient.birthYear, patient.sex, clinic::toString(patient.handedness), patient.note, patient.id);
        if (update.exec() == 0)
            return failPatientMissing();
        return patient.id;
    });
}

Result<Patient> Store::patient(std::int64_t id) {
    return m_impl->read("patient", [&]() -> Result<Patient> {
        std::optional<Patient> found = m_impl->patient(id);
        if (!found)
            return failPatientMissing();
        return std::move(*found);
    });
}

Result<std::optional<Patient>> Store::findPatientByPseudonym(const std::string& pseudonym) {
    return m_impl->read("patient", [&]() -> Result<std::optional<Patient>> {
        SQLite::Statement query(m_impl->db(),
                                std::string("SELECT ") + kPatientColumns + " FROM patient WHERE pseudonym_key = ?");
        query.bind(1, searchKey(pseudonym));
        if (!query.executeStep())
            return std::optional<Patient>();
        return std::optional(patientOf(query));
    });
}

Result<std::vector<Patient>> Store::searchPatients(const std::string& text, int limit) {
    return m_impl->read("search", [&]() -> Result<std::vector<Patient>> {
        const std::string from = searchKey(text);
        // Every text that begins with `from` sorts below `from` followed by the last code point.
        const std::string to = from + "\xF4\x8F\xBF\xBF";
        const int wanted = limit > 0 ? limit : -1;
        const std::string columns = std::string("SELECT ") + kPatientColumns + " FROM patient ";
        std::vector<Patient> result;
        const auto collect = [&](SQLite::Statement& query) {
            while (query.executeStep())
                result.push_back(patientOf(query));
        };
        if (from.empty()) {
            SQLite::Statement query(m_impl->db(), columns + "ORDER BY id DESC LIMIT ?");
            query.bind(1, wanted);
            collect(query);
            return result;
        }

        std::set<std::int64_t, std::greater<>> ids;
        bool sparse = true;
        for (const char* sql :
             {"SELECT id FROM patient WHERE pseudonym_key >= ? AND pseudonym_key < ? LIMIT ?",
              "SELECT id FROM patient WHERE name_key >= ? AND name_key < ? AND name_key <> '' LIMIT ?"}) {
            SQLite::Statement query = prepared(m_impl->db(), sql, from, to, kSparseMatches + 1);
            int found = 0;
            while (query.executeStep()) {
                ids.insert(number(query, 0));
                ++found;
            }
            sparse = sparse && found <= kSparseMatches;
        }
        if (sparse) {
            SQLite::Statement query(m_impl->db(), columns + "WHERE id = ?");
            for (const std::int64_t id : ids) {
                if (limit > 0 && result.size() >= static_cast<std::size_t>(limit))
                    break;
                query.reset();
                query.bind(1, id);
                collect(query);
            }
            return result;
        }
        // `+` keeps the planner from the indices: rows come newest first, and the reading stops when there are enough.
        SQLite::Statement query(m_impl->db(), columns +
                                                  "WHERE (+pseudonym_key >= ?1 AND +pseudonym_key < ?2) OR "
                                                  "(+name_key >= ?1 AND +name_key < ?2) ORDER BY id DESC LIMIT ?3");
        SQLite::bind(query, from, to, wanted);
        collect(query);
        return result;
    });
}

Result<std::size_t> Store::patientCount() {
    return m_impl->read("count", [&]() -> Result<std::size_t> {
        return static_cast<std::size_t>(m_impl->db().execAndGet("SELECT count(*) FROM patient").getInt64());
    });
}

Result<PatientRecord> Store::patientRecord(std::int64_t patientId) {
    return m_impl->read("record", [&]() -> Result<PatientRecord> {
        std::optional<PatientRecord> record = m_impl->record(patientId);
        if (!record)
            return failPatientMissing();
        return std::move(*record);
    });
}

Result<RemovalSummary> Store::whatGoesWith(std::int64_t patientId) {
    const Result<PatientRecord> record = patientRecord(patientId);
    if (!record)
        return fail(record.error());
    RemovalSummary summary;
    summary.visits = record->visits.size();
    for (const VisitRecord& visit : record->visits)
        summary.symptoms += visit.symptoms.size();
    summary.studies = record->studies.size();
    for (const StudyRecord& study : record->studies) {
        summary.segmentations += study.segmentations.size();
        summary.crossChecks += study.crossChecks.size();
        summary.reports += study.reports.size();
        summary.filesThatStay.push_back(study.study.path);
        for (const StoredSegmentation& segmentation : study.segmentations)
            if (!segmentation.path.empty())
                summary.filesThatStay.push_back(segmentation.path);
        for (const StoredReport& report : study.reports)
            if (!report.path.empty())
                summary.filesThatStay.push_back(report.path);
    }
    return summary;
}

Result<void> Store::removePatient(std::int64_t id) {
    return m_impl->write("remove", [&]() -> Result<void> {
        if (prepared(m_impl->db(), "DELETE FROM patient WHERE id = ?", id).exec() == 0)
            return failPatientMissing();
        return {};
    });
}

Result<PatientRecord> Store::takePatientOut(std::int64_t id) {
    return m_impl->write("remove", [&]() -> Result<PatientRecord> {
        std::optional<PatientRecord> record = m_impl->record(id);
        if (!record)
            return failPatientMissing();
        prepared(m_impl->db(), "DELETE FROM patient WHERE id = ?", id).exec();
        return std::move(*record);
    });
}

Result<std::int64_t> Store::restoreRemovedPatient(const PatientRecord& removed) {
    return m_impl->write("bring back", [&]() -> Result<std::int64_t> { return m_impl->insertRecord(removed, true); });
}

Result<std::int64_t> Store::addPatientRecord(const PatientRecord& record) {
    for (const VisitRecord& row : record.visits)
        if (!isIsoDay(row.visit.date))
            return fail(ErrorCode::InvalidInput, "store.date_invalid");
    return m_impl->write("add record", [&]() -> Result<std::int64_t> { return m_impl->insertRecord(record, false); });
}

// ---- visits

Result<std::int64_t> Store::saveVisit(const Visit& visit, const std::vector<VisitSymptom>& symptoms) {
    if (!isIsoDay(visit.date))
        return fail(ErrorCode::InvalidInput, "store.date_invalid");
    std::set<std::string> seen;
    for (const VisitSymptom& entered : symptoms) {
        if (shippedKnowledge().symptom(entered.symptom.id) == nullptr)
            return fail(ErrorCode::InvalidInput, "store.symptom_unknown");
        if (!seen.insert(entered.symptom.id).second)
            return fail(ErrorCode::InvalidInput, "store.symptom_twice");
        if (entered.severity < 0 || entered.severity > 3)
            return fail(ErrorCode::InvalidInput, "store.severity_invalid");
        if (Result<void> valid = validName(entered.onset); !valid)
            return fail(std::move(valid.error()));
        if (Result<void> valid = validNote(entered.note); !valid)
            return fail(std::move(valid.error()));
    }
    if (Result<void> valid = validNote(visit.note); !valid)
        return fail(std::move(valid.error()));
    return m_impl->write("visit", [&]() -> Result<std::int64_t> {
        if (!m_impl->hasPatient(visit.patientId))
            return failPatientMissing();
        std::int64_t id = visit.id;
        if (id == 0) {
            id = m_impl->insertVisit(visit);
        } else {
            SQLite::Statement update =
                prepared(m_impl->db(), "UPDATE visit SET date = ?, note = ? WHERE id = ? AND patient_id = ?",
                         visit.date, visit.note, id, visit.patientId);
            if (update.exec() == 0)
                return fail(ErrorCode::NotFound, "store.visit_missing");
            prepared(m_impl->db(), "DELETE FROM visit_symptom WHERE visit_id = ?", id).exec();
        }
        m_impl->insertSymptoms(id, symptoms);
        return id;
    });
}

Result<std::vector<Visit>> Store::visits(std::int64_t patientId) {
    return m_impl->read("visits", [&]() -> Result<std::vector<Visit>> { return m_impl->visits(patientId); });
}

Result<std::vector<VisitSymptom>> Store::symptoms(std::int64_t visitId) {
    return m_impl->read("symptoms", [&]() -> Result<std::vector<VisitSymptom>> { return m_impl->symptoms(visitId); });
}

Result<void> Store::removeVisit(std::int64_t id) {
    return m_impl->write("visit", [&]() -> Result<void> {
        if (prepared(m_impl->db(), "DELETE FROM visit WHERE id = ?", id).exec() == 0)
            return fail(ErrorCode::NotFound, "store.visit_missing");
        return {};
    });
}

// ---- studies and what is made from them

Result<std::int64_t> Store::saveStudy(const Study& study) {
    if (study.caseId.empty() || study.path.empty())
        return fail(ErrorCode::InvalidInput, "store.study_incomplete");
    if (!study.examinedOn.empty() && !isIsoDay(study.examinedOn))
        return fail(ErrorCode::InvalidInput, "store.date_invalid");
    return m_impl->write("study", [&]() -> Result<std::int64_t> {
        if (study.patientId != 0 && !m_impl->hasPatient(study.patientId))
            return failPatientMissing();
        if (study.visitId != 0 && !m_impl->hasVisit(study.visitId))
            return fail(ErrorCode::NotFound, "store.visit_missing");
        // Looked for by its place: the same relative path typed in another folder is another case.
        const std::string place = placeOnDisk(study.path).string();
        const std::optional<Study> present = m_impl->findStudy(study.caseId, place);
        if (!present) {
            Study fresh = study;
            fresh.id = 0;
            fresh.path = place;
            return m_impl->insertStudy(fresh);
        }
        const std::int64_t patientId = study.patientId != 0 ? study.patientId : present->patientId;
        // A visit of somebody else's cannot stay.
        const std::int64_t visitId =
            study.visitId != 0 ? study.visitId : (patientId == present->patientId ? present->visitId : 0);
        SQLite::Statement update(m_impl->db(), "UPDATE study SET patient_id = ?, opened_at = ?, synthetic = ?, "
                                               "examined_on = ?, visit_id = ? WHERE id = ?");
        bindReference(update, 1, patientId);
        update.bind(2, study.openedAt.empty() ? utcNow() : study.openedAt);
        update.bind(3, study.synthetic ? 1 : 0);
        update.bind(4, study.examinedOn.empty() ? present->examinedOn : study.examinedOn);
        bindReference(update, 5, visitId);
        update.bind(6, present->id);
        update.exec();
        return present->id;
    });
}

Result<void> Store::assignStudy(std::int64_t studyId, std::int64_t patientId) {
    return m_impl->write("study", [&]() -> Result<void> {
        if (patientId != 0 && !m_impl->hasPatient(patientId))
            return failPatientMissing();
        SQLite::Statement update(m_impl->db(),
                                 "UPDATE study SET visit_id = CASE WHEN patient_id IS ?1 THEN visit_id END, "
                                 "patient_id = ?1 WHERE id = ?2");
        bindReference(update, 1, patientId);
        update.bind(2, studyId);
        if (update.exec() == 0)
            return fail(ErrorCode::NotFound, "store.study_missing");
        return {};
    });
}

Result<CaseOwner> Store::ownerOfCase(const std::string& caseId, const std::filesystem::path& path) {
    return m_impl->read("study", [&]() -> Result<CaseOwner> {
        const std::filesystem::path place = placeOnDisk(path);
        CaseOwner owner;
        std::int64_t namesake = 0;
        for (Study& study : m_impl->studiesNamed(caseId)) {
            if (isPlace(study.path, place)) {
                if (!owner.study)
                    owner.study = std::move(study);
            } else if (namesake == 0) {
                namesake = study.patientId;
            }
        }
        if (owner.study && owner.study->patientId != 0)
            owner.patient = m_impl->patient(owner.study->patientId);
        if (owner.patient)
            return owner;
        if (namesake != 0) {
            owner.namesake = m_impl->patient(namesake);
            return owner;
        }
        SQLite::Statement query(m_impl->db(),
                                std::string("SELECT ") + kPatientColumns + " FROM patient WHERE pseudonym_key = ?");
        query.bind(1, searchKey(caseId));
        if (query.executeStep())
            owner.namesake = patientOf(query);
        return owner;
    });
}

Result<std::vector<Study>> Store::studies(std::int64_t patientId) {
    return m_impl->read("studies", [&]() -> Result<std::vector<Study>> { return m_impl->studies(patientId); });
}

Result<std::vector<RecentCase>> Store::recentCases(int limit) {
    return m_impl->read("recent cases", [&]() -> Result<std::vector<RecentCase>> {
        std::vector<RecentCase> result;
        SQLite::Statement query = prepared(m_impl->db(),
                                           "SELECT case_id, path, opened_at, synthetic FROM study "
                                           "ORDER BY opened_at DESC, id DESC LIMIT ?",
                                           limit > 0 ? limit : -1);
        while (query.executeStep())
            result.push_back({text(query, 0), text(query, 1), text(query, 2), flag(query, 3)});
        return result;
    });
}

Result<void> Store::forgetCase(const std::string& caseId, const std::string& path) {
    return m_impl->write("study", [&]() -> Result<void> {
        const std::optional<Study> present = m_impl->findStudy(caseId, path);
        if (!present)
            return fail(ErrorCode::NotFound, "store.study_missing");
        if (present->patientId != 0)
            return fail(ErrorCode::InvalidInput, "store.study_has_patient");
        prepared(m_impl->db(), "DELETE FROM study WHERE id = ?", present->id).exec();
        return {};
    });
}

Result<std::int64_t> Store::saveSegmentation(const StoredSegmentation& segmentation) {
    StoredSegmentation row = segmentation;
    row.path = absolutePath(row.path);
    return m_impl->saveOfStudy("segmentation", "DELETE FROM segmentation WHERE id = ?", row, &Impl::insertSegmentation);
}

Result<std::int64_t> Store::saveCrossCheck(const StoredCrossCheck& crossCheck) {
    return m_impl->saveOfStudy("cross-check", "DELETE FROM cross_check WHERE id = ?", crossCheck,
                               &Impl::insertCrossCheck);
}

Result<std::int64_t> Store::saveReport(const StoredReport& report) {
    StoredReport row = report;
    row.path = absolutePath(row.path);
    return m_impl->saveOfStudy("report", "DELETE FROM report WHERE id = ?", row, &Impl::insertReport);
}

Result<std::vector<StoredSegmentation>> Store::segmentations(std::int64_t studyId) {
    return m_impl->read("segmentations",
                        [&]() -> Result<std::vector<StoredSegmentation>> { return m_impl->segmentations(studyId); });
}

Result<std::vector<StoredCrossCheck>> Store::crossChecks(std::int64_t studyId) {
    return m_impl->read("cross-checks",
                        [&]() -> Result<std::vector<StoredCrossCheck>> { return m_impl->crossChecks(studyId); });
}

Result<std::vector<StoredReport>> Store::reports(std::int64_t studyId) {
    return m_impl->read("reports", [&]() -> Result<std::vector<StoredReport>> { return m_impl->reports(studyId); });
}

Result<std::optional<CaseRecord>> Store::studyForCase(const std::string& caseId, const std::filesystem::path& path) {
    Result<CaseOwner> owner = ownerOfCase(caseId, path);
    if (!owner)
        return fail(std::move(owner.error()));
    if (!owner->study)
        return std::optional<CaseRecord>();
    return m_impl->read("case", [&]() -> Result<std::optional<CaseRecord>> {
        CaseRecord record;
        record.study = std::move(*owner->study);
        record.patient = std::move(owner->patient);
        if (record.patient) {
            std::vector<Visit> visits = m_impl->visits(record.patient->id);
            if (!visits.empty()) {
                record.symptoms = m_impl->symptoms(visits.back().id);
                record.latestVisit = std::move(visits.back());
            }
        }
        return std::optional(std::move(record));
    });
}

Result<std::vector<VolumePoint>> Store::volumeHistory(std::int64_t patientId) {
    return m_impl->read("volumes", [&]() -> Result<std::vector<VolumePoint>> {
        std::map<std::int64_t, std::string> visitDates;
        for (const Visit& visit : m_impl->visits(patientId))
            visitDates[visit.id] = visit.date;
        std::vector<VolumePoint> points;
        for (const Study& study : m_impl->studies(patientId)) {
            std::string date = study.examinedOn;
            if (date.empty() && visitDates.contains(study.visitId))
                date = visitDates.at(study.visitId);
            if (date.empty())
                date = study.openedAt.substr(0, 10);
            std::vector<StoredSegmentation> made = m_impl->segmentations(study.id);
            for (std::size_t i = 0; i < made.size(); ++i)
                points.push_back({date, study.id, study.caseId, made[i].id, made[i].edited, i + 1 == made.size(),
                                  std::move(made[i].mlPerTarget)});
        }
        std::stable_sort(points.begin(), points.end(),
                         [](const VolumePoint& a, const VolumePoint& b) { return a.date < b.date; });
        return points;
    });
}

// ---- the file

Result<void> Store::check() {
    return m_impl->read("check", [&]() -> Result<void> {
        if (const std::size_t faults = countFaults(m_impl->db()); faults > 0)
            return fail(ErrorCode::Unreadable, "store.damaged",
                        {{"file", m_impl->file.string()}, {"faults", std::to_string(faults)}});
        return {};
    });
}

Result<void> Store::backup(const std::filesystem::path& file) {
    std::error_code failure;
    if (std::filesystem::equivalent(file, m_impl->file, failure) && !failure)
        return fail(ErrorCode::InvalidInput, "store.backup_onto_itself", {{"file", file.string()}});
    return m_impl->read("backup", [&]() -> Result<void> { return copyDatabase(m_impl->db(), file); });
}

Result<void> Store::restore(const std::filesystem::path& backup, const std::filesystem::path& file,
                            std::chrono::milliseconds busyTimeout) {
    return restoreDatabase(backup, file, busyTimeout);
}

} // namespace sulcus::store
