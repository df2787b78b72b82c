// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/clinic/cross_check.h"
#include "core/clinic/hospital.h"
#include "core/clinic/knowledge.h"
#include "core/store/migrations.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::store {

constexpr std::size_t kLongestName = 200;  ///< characters of a pseudonym, a name or an onset
constexpr std::size_t kLongestNote = 4000; ///< characters of a note

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
    std::string caseId;   ///< CaseFiles::id
    std::string path;     ///< as `placeOnDisk` gives it; rows of earlier versions may hold a relative one
    std::string openedAt; ///< ISO 8601 UTC
    bool synthetic = false;
    std::string examinedOn = {}; ///< ISO 8601 day of the examination, empty when unknown
    std::int64_t visitId = 0;    ///< the visit that it belongs to, 0 for none
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

/// A study with all that was made from it.
struct StudyRecord {
    Study study;
    std::vector<StoredSegmentation> segmentations;
    std::vector<StoredCrossCheck> crossChecks;
    std::vector<StoredReport> reports;
};

struct VisitRecord {
    Visit visit;
    std::vector<VisitSymptom> symptoms;
};

/// A patient with everything that hangs on them: what a removal takes away and its undo brings back.
struct PatientRecord {
    Patient patient;
    std::vector<VisitRecord> visits;
    std::vector<StudyRecord> studies;
};

/// What goes with a patient, to be named before the removal.
struct RemovalSummary {
    std::size_t visits = 0;
    std::size_t symptoms = 0;
    std::size_t studies = 0;
    std::size_t segmentations = 0;
    std::size_t crossChecks = 0;
    std::size_t reports = 0;
    std::vector<std::string> filesThatStay; ///< images, masks and reports on disk: the database never deletes files
};

/// One measured segmentation of a patient, for the plot of volumes over time.
struct VolumePoint {
    std::string date; ///< ISO day: of the examination, else of its visit, else when the case was first opened
    std::int64_t studyId = 0;
    std::string caseId;
    std::int64_t segmentationId = 0;
    bool edited = false;
    bool latestOfStudy = false; ///< a plot shows these; the others are earlier attempts on the same images
    std::vector<std::pair<std::string, double>> mlPerTarget;
};

/// To whom a case belongs.
struct CaseOwner {
    std::optional<Study> study;     ///< of this very place on disk
    std::optional<Patient> patient; ///< of that study
    /// Only without `patient`: somebody who has a case of the same name at another place (or at a relative path, which
    /// says no place), or whose pseudonym is that name. Names repeat between folders, so this is a question to ask a
    /// person and never an answer.
    std::optional<Patient> namesake;
};

/// A path by which a case is known: absolute, with symbolic links resolved as far as the path exists.
std::filesystem::path placeOnDisk(const std::filesystem::path& path);

/// What the database knows about a case: the chain from its place to the symptoms of the latest visit.
struct CaseRecord {
    Study study;
    std::optional<Patient> patient;
    std::optional<Visit> latestVisit;
    std::vector<VisitSymptom> symptoms; ///< of that visit
};

struct OpenOptions {
    std::chrono::milliseconds busyTimeout{3000};      ///< how long to wait for another process
    std::optional<std::vector<Migration>> migrations; ///< empty: those of the program
    /// For who only asks. IfNeeded: a file that cannot be written is read all the same, through a copy in memory that
    /// is brought to this program's version; the file stays as it is, and whatever would write gives `store.read_only`.
    enum class ReadOnly { Never, IfNeeded, Always } readOnly = ReadOnly::Never;
};

/// The database. One object per connection; not thread-safe: the Store lane owns it (the command line uses one in its
/// thread).
///
/// Opening creates and migrates (with a backup beside the file before an upgrade); WAL, foreign keys on, file mode
/// 0600, every value bound, deleted text overwritten. Each function is one transaction. Errors of `open`: StoreLocked
/// (another process holds it), StoreIncompatible (a newer schema: names both versions), Unreadable (not a database, not
/// one of this program's, damaged, or in a folder that cannot be written), Internal (a migration failed: the file is as
/// before it). Any other function may fail with StoreLocked, Unreadable or Internal. Names and notes have a length
/// limit (`kLongestName`, `kLongestNote`, in characters): what is longer is InvalidInput. No error and no log line
/// holds what is known about a patient.
class Store {
public:
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path& file);
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path& file, const OpenOptions& options);
    static Result<std::unique_ptr<Store>> openInMemory();
    /// Looks a file over without changing it, and gives its schema version. Errors: NotFound, Unreadable (empty, not a
    /// database, not one of this program's, damaged: says how many faults), StoreIncompatible, StoreLocked.
    static Result<int> inspect(const std::filesystem::path& file);
    ~Store();

    std::filesystem::path path() const; ///< ":memory:" for one in memory
    int schemaVersion() const;
    bool isReadOnly() const; ///< see OpenOptions::readOnly
    /// Copy that was written before this opening upgraded the schema.
    std::optional<std::filesystem::path> upgradeBackup() const;

    /// Runs `work` as one transaction: all of it, or nothing if it gives an error. May be nested.
    Result<void> inTransaction(const std::function<Result<void>()>& work);

    // Knowledge and hospitals. Refilled from the shipped tables when those changed; rows of a person are kept.
    Result<clinic::Knowledge> knowledge();
    Result<std::vector<clinic::Hospital>> hospitals();
    /// Adds or changes; from then on the row is the person's and outlives a refresh. Errors: InvalidInput (no id or
    /// name, a degree out of range, a country that is not two letters or empty, an unknown department).
    Result<void> saveHospital(const clinic::Hospital& hospital);
    /// Also for shipped ones, which then stay away. Errors: NotFound.
    Result<void> removeHospital(const std::string& id);
    /// Undoes every change to a shipped hospital. Errors: NotFound (not a shipped one).
    Result<void> resetHospital(const std::string& id);

    /// Inserts (id 0) or updates; gives the row's id. A pseudonym already taken (compared without regard to case) is
    /// InvalidInput, as are an empty pseudonym, a birth year that is not four digits and an unknown sex.
    Result<std::int64_t> savePatient(const Patient& patient);
    Result<Patient> patient(std::int64_t id);
    Result<std::optional<Patient>> findPatientByPseudonym(const std::string& pseudonym);
    /// Prefix search over pseudonym and name without regard to case, newest first. An empty text gives the newest;
    /// `limit` 0 gives all.
    Result<std::vector<Patient>> searchPatients(const std::string& text, int limit = 50);
    Result<std::size_t> patientCount();

    /// What a removal would take along. Errors: NotFound.
    Result<RemovalSummary> whatGoesWith(std::int64_t patientId);
    Result<PatientRecord> patientRecord(std::int64_t patientId);
    /// Removes a patient with visits, studies and all that was made from them. Errors: NotFound.
    Result<void> removePatient(std::int64_t id);
    /// The same, and gives what was removed, for an undo. It lives in memory alone: when it is dropped, the patient is
    /// gone for good.
    Result<PatientRecord> takePatientOut(std::int64_t id);
    /// Brings a removed patient back under the same ids. Errors: InvalidInput (the pseudonym was given to another
    /// patient meanwhile, or one of the cases was opened again for somebody else).
    Result<std::int64_t> restoreRemovedPatient(const PatientRecord& removed);
    /// Adds a record as a new patient with new ids. Errors as savePatient.
    Result<std::int64_t> addPatientRecord(const PatientRecord& record);

    /// Inserts (id 0) or updates a visit together with its symptoms, which replace those of before. Errors: NotFound
    /// (patient, visit), InvalidInput (date, severity, a symptom that the tables lack or that is given twice).
    Result<std::int64_t> saveVisit(const Visit& visit, const std::vector<VisitSymptom>& symptoms);
    Result<std::vector<Visit>> visits(std::int64_t patientId); ///< oldest first
    Result<std::vector<VisitSymptom>> symptoms(std::int64_t visitId);
    Result<void> removeVisit(std::int64_t id);

    /// The path is stored as `placeOnDisk` gives it. Same caseId and place: updates. A patientId, visitId or examinedOn
    /// of nothing then keeps what was there; see assignStudy to take a study from its patient. Errors: InvalidInput,
    /// NotFound (patient, visit).
    Result<std::int64_t> saveStudy(const Study& study);
    Result<void> assignStudy(std::int64_t studyId, std::int64_t patientId); ///< 0: to nobody
    /// By name and place: see CaseOwner.
    Result<CaseOwner> ownerOfCase(const std::string& caseId, const std::filesystem::path& path);
    Result<std::vector<Study>> studies(std::int64_t patientId);
    Result<std::vector<RecentCase>> recentCases(int limit = 10);                 ///< newest first
    Result<void> forgetCase(const std::string& caseId, const std::string& path); ///< only if it has no patient
    Result<std::int64_t> saveSegmentation(const StoredSegmentation& segmentation);
    Result<std::int64_t> saveCrossCheck(const StoredCrossCheck& crossCheck);
    Result<std::int64_t> saveReport(const StoredReport& report);
    Result<std::vector<StoredSegmentation>> segmentations(std::int64_t studyId); ///< oldest first, as the next two
    Result<std::vector<StoredCrossCheck>> crossChecks(std::int64_t studyId);
    Result<std::vector<StoredReport>> reports(std::int64_t studyId);

    /// From a case to its patient and the symptoms of the latest visit; empty for an unknown case.
    Result<std::optional<CaseRecord>> studyForCase(const std::string& caseId, const std::filesystem::path& path);
    /// Volumes of a patient over time, oldest first.
    Result<std::vector<VolumePoint>> volumeHistory(std::int64_t patientId);

    Result<void> check(); ///< integrity and foreign keys; Errors: Unreadable (says how many faults)
    /// SQLite's online backup into one file, whole or absent, mode 0600.
    Result<void> backup(const std::filesystem::path& file);
    /// Puts a backup in the place of `file`. What was there is kept beside it: as `<file>.before-restore`, or as
    /// `<file>.damaged` when it cannot be read. Errors: NotFound, Unreadable, StoreIncompatible (the backup is newer),
    /// StoreLocked.
    static Result<void> restore(const std::filesystem::path& backup, const std::filesystem::path& file,
                                std::chrono::milliseconds busyTimeout = std::chrono::milliseconds(3000));

private:
    struct Impl;
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sulcus::store
