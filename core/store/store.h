// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/clinic/cross_check.h"
#include "core/clinic/hospital.h"
#include "core/clinic/knowledge.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::store {

/// A patient as the database knows them. `pseudonym` is shown; a name is optional and never leaves the database by
/// itself.
struct Patient {
    std::int64_t id = 0; ///< 0 = not stored yet
    std::string pseudonym;
    std::string name;
    std::string birthYear; ///< "" or four digits
    std::string sex;       ///< "", "female", "male", "other"
    clinic::Handedness handedness = clinic::Handedness::Unknown;
    std::string note;
};

struct Visit {
    std::int64_t id = 0;
    std::int64_t patientId = 0;
    std::string date; ///< ISO 8601 day
    std::string note;
};

struct VisitSymptom {
    clinic::ReportedSymptom symptom;
    std::string onset; ///< ISO day or free words
    int severity = 0;  ///< 0 unknown, 1 mild, 2 moderate, 3 severe
    std::string note;
};

/// One examination: a case on disk that belongs to a patient.
struct Study {
    std::int64_t id = 0;
    std::int64_t patientId = 0;
    std::string caseId; ///< CaseFiles::id
    std::string path;
    std::string openedAt; ///< ISO 8601 UTC
    bool synthetic = false;
};

struct StoredSegmentation {
    std::int64_t id = 0;
    std::int64_t studyId = 0;
    std::string path; ///< of the mask file, may be empty
    std::string bundle;
    std::string bundleVersion;
    std::string weightsSha256;
    bool edited = false;
    std::string createdAt;
    std::vector<std::pair<std::string, double>> mlPerTarget; ///< "WT" -> ml
};

struct StoredCrossCheck {
    std::int64_t id = 0;
    std::int64_t studyId = 0;
    std::string verdict;
    std::string json; ///< the whole answer
    std::string createdAt;
};

struct StoredReport {
    std::int64_t id = 0;
    std::int64_t studyId = 0;
    std::string path;
    std::string createdAt;
};

struct RecentCase {
    std::string caseId;
    std::string path;
    std::string openedAt;
    bool synthetic = false;
};

/// The database. One object per connection; not thread-safe: the Store lane owns it (the command line uses one in its
/// thread).
///
/// Opening creates and migrates (with a backup beside the file before an upgrade); WAL, foreign keys on, file mode
/// 0600, every value bound. Errors: StoreLocked, StoreIncompatible (a newer schema: names both versions), Unreadable
/// (not a database), NotFound.
class Store {
public:
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path& file);
    static Result<std::unique_ptr<Store>> openInMemory();
    ~Store();

    std::filesystem::path path() const;
    int schemaVersion() const;

    Result<clinic::Knowledge> knowledge();
    Result<std::vector<clinic::Hospital>> hospitals();
    Result<void> saveHospital(const clinic::Hospital& hospital);

    /// Inserts (id 0) or updates; gives the row's id. A pseudonym already taken is InvalidInput.
    Result<std::int64_t> savePatient(const Patient& patient);
    Result<Patient> patient(std::int64_t id);
    Result<std::optional<Patient>> findPatientByPseudonym(const std::string& pseudonym);
    /// Prefix search over pseudonym and name, newest first.
    Result<std::vector<Patient>> searchPatients(const std::string& text, int limit = 50);
    Result<void> removePatient(std::int64_t id);

    Result<std::int64_t> saveVisit(const Visit& visit, const std::vector<VisitSymptom>& symptoms);
    Result<std::vector<Visit>> visits(std::int64_t patientId);
    Result<std::vector<VisitSymptom>> symptoms(std::int64_t visitId);

    Result<std::int64_t> saveStudy(const Study& study); ///< same caseId and path: updates
    Result<std::optional<Study>> findStudyByCase(const std::string& caseId);
    Result<std::vector<RecentCase>> recentCases(int limit = 10);
    Result<std::int64_t> saveSegmentation(const StoredSegmentation& segmentation);
    Result<std::int64_t> saveCrossCheck(const StoredCrossCheck& crossCheck);
    Result<std::int64_t> saveReport(const StoredReport& report);

    Result<void> check();                                   ///< integrity and foreign keys
    Result<void> backup(const std::filesystem::path& file); ///< SQLite's online backup
    static Result<void> restore(const std::filesystem::path& backup, const std::filesystem::path& file);

private:
    struct Impl;
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sulcus::store
