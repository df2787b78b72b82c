// SPDX-License-Identifier: Apache-2.0
#include "core/store/store.h"
#include "core/store/text_keys.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <set>

using namespace sulcus;
using namespace sulcus::store;

namespace {

Patient patientOf(const std::string& pseudonym, const std::string& name = {}) {
    Patient patient;
    patient.pseudonym = pseudonym;
    patient.name = name;
    return patient;
}

VisitSymptom entered(const char* id, Side side = Side::Unknown, int severity = 0) {
    VisitSymptom symptom;
    symptom.symptom = {id, side};
    symptom.severity = severity;
    return symptom;
}

Study studyOf(const char* caseId, std::int64_t patientId = 0, const char* openedAt = "2024-05-01T10:00:00Z") {
    Study study;
    study.caseId = caseId;
    study.path = std::string("/made/up/") + caseId;
    study.patientId = patientId;
    study.openedAt = openedAt;
    return study;
}

std::vector<std::string> pseudonyms(const std::vector<Patient>& patients) {
    std::vector<std::string> result;
    for (const Patient& patient : patients)
        result.push_back(patient.pseudonym);
    return result;
}

bool same(const PatientRecord& a, const PatientRecord& b) {
    const auto samePatient = a.patient.id == b.patient.id && a.patient.pseudonym == b.patient.pseudonym &&
                             a.patient.name == b.patient.name && a.patient.birthYear == b.patient.birthYear &&
                             a.patient.sex == b.patient.sex && a.patient.handedness == b.patient.handedness &&
                             a.patient.note == b.patient.note;
    if (!samePatient || a.visits.size() != b.visits.size() || a.studies.size() != b.studies.size())
        return false;
    for (std::size_t i = 0; i < a.visits.size(); ++i) {
        const VisitRecord &x = a.visits[i], &y = b.visits[i];
        if (x.visit.id != y.visit.id || x.visit.date != y.visit.date || x.visit.note != y.visit.note ||
            x.symptoms.size() != y.symptoms.size())
            return false;
        for (std::size_t j = 0; j < x.symptoms.size(); ++j)
            if (!(x.symptoms[j].symptom == y.symptoms[j].symptom) || x.symptoms[j].onset != y.symptoms[j].onset ||
                x.symptoms[j].severity != y.symptoms[j].severity || x.symptoms[j].note != y.symptoms[j].note)
                return false;
    }
    for (std::size_t i = 0; i < a.studies.size(); ++i) {
        const StudyRecord &x = a.studies[i], &y = b.studies[i];
        if (x.study.id != y.study.id || x.study.caseId != y.study.caseId || x.study.visitId != y.study.visitId ||
            x.study.examinedOn != y.study.examinedOn || x.segmentations.size() != y.segmentations.size() ||
            x.crossChecks.size() != y.crossChecks.size() || x.reports.size() != y.reports.size())
            return false;
        for (std::size_t j = 0; j < x.segmentations.size(); ++j)
            if (x.segmentations[j].id != y.segmentations[j].id ||
                x.segmentations[j].mlPerTarget != y.segmentations[j].mlPerTarget)
                return false;
    }
    return true;
}

} // namespace

class TestStore : public QObject {
    Q_OBJECT

    std::unique_ptr<Store> m_store;

    std::int64_t save(const Patient& patient) { return m_store->savePatient(patient).value(); }

    /// A patient with one of everything.
    std::int64_t fullPatient(const char* pseudonym) {
        Patient patient = patientOf(pseudonym, "Made Up");
        patient.birthYear = "1970";
        patient.sex = "female";
        patient.handedness = clinic::Handedness::Left;
        patient.note = "note";
        const std::int64_t id = save(patient);
        m_store->saveVisit({0, id, "2024-01-02", "first"}, {entered("headache", Side::Unknown, 1)}).value();
        const std::int64_t visit =
            m_store->saveVisit({0, id, "2024-03-04", ""}, {entered("gait", Side::Left, 2), entered("memory")}).value();
        Study study = studyOf((std::string(pseudonym) + "_case").c_str(), id);
        study.visitId = visit;
        study.examinedOn = "2024-03-05";
        const std::int64_t studyId = m_store->saveStudy(study).value();
        StoredSegmentation segmentation;
        segmentation.studyId = studyId;
        segmentation.path = "/made/up/mask.nii.gz";
        segmentation.bundle = "brain-tumour";
        segmentation.createdAt = "2024-05-01T10:01:00Z";
        segmentation.mlPerTarget = {{"ET", 1.5}, {"TC", 2.5}, {"WT", 10.25}};
        m_store->saveSegmentation(segmentation).value();
        m_store->saveCrossCheck({0, studyId, "agrees", "{}", ""}).value();
        m_store->saveReport({0, studyId, "/made/up/report.png", ""}).value();
        return id;
    }

private Q_SLOTS:
    void init() { m_store = Store::openInMemory().value(); }

    void patientsComeBackAsSaved() {
        Patient patient = patientOf("P-1", "김 가상");
        patient.birthYear = "1961";
        patient.sex = "other";
        patient.handedness = clinic::Handedness::Left;
        patient.note = "'); DROP TABLE patient; --";
        const std::int64_t id = save(patient);
        const Patient back = m_store->patient(id).value();
        QCOMPARE(back.pseudonym, patient.pseudonym);
        QCOMPARE(back.name, patient.name);
        QCOMPARE(back.birthYear, patient.birthYear);
        QCOMPARE(back.sex, patient.sex);
        QVERIFY(back.handedness == patient.handedness);
        QCOMPARE(back.note, patient.note);

        Patient changed = back;
        changed.name = "Other";
        QCOMPARE(save(changed), id);
        QCOMPARE(m_store->patient(id)->name, std::string("Other"));
        QCOMPARE(m_store->patientCount().value(), std::size_t{1});
    }

    void patientsThatMakeNoSenseAreRefused() {
        save(patientOf("P-1"));
        QCOMPARE(m_store->savePatient(patientOf("p-1 ")).error().message.id, std::string("store.pseudonym_taken"));
        QCOMPARE(m_store->savePatient(patientOf("  ")).error().message.id, std::string("store.pseudonym_empty"));
        Patient patient = patientOf("P-2");
        patient.birthYear = "61";
        QVERIFY(m_store->savePatient(patient).error().code == ErrorCode::InvalidInput);
        patient.birthYear = "";
        patient.sex = "?";
        QVERIFY(m_store->savePatient(patient).error().code == ErrorCode::InvalidInput);
        patient.sex = "";
        patient.id = 4711;
        QVERIFY(m_store->savePatient(patient).error().code == ErrorCode::NotFound);
        QVERIFY(m_store->patient(4711).error().code == ErrorCode::NotFound);
        QVERIFY(m_store->removePatient(4711).error().code == ErrorCode::NotFound);
        QVERIFY(!m_store->findPatientByPseudonym("P-2").value().has_value());
    }

    void searchFindsPrefixesOfPseudonymAndNameNewestFirst() {
        save(patientOf("KR-001", "Anna Müller"));
        save(patientOf("KR-002", "김민수"));
        save(patientOf("DE-001", "ÄNNE KR"));
        save(patientOf("XX-100%", "김_수"));
        QCOMPARE(pseudonyms(m_store->searchPatients("kr").value()), (std::vector<std::string>{"KR-002", "KR-001"}));
        QCOMPARE(pseudonyms(m_store->searchPatients("김").value()), (std::vector<std::string>{"XX-100%", "KR-002"}));
        QCOMPARE(pseudonyms(m_store->searchPatients("änne").value()), std::vector<std::string>{"DE-001"});
        QCOMPARE(pseudonyms(m_store->searchPatients("XX-100%").value()), std::vector<std::string>{"XX-100%"});
        QVERIFY(m_store->searchPatients("%").value().empty());
        QVERIFY(m_store->searchPatients("_").value().empty());
        QVERIFY(m_store->searchPatients("' OR 1=1 --").value().empty());
        QCOMPARE(m_store->searchPatients("").value().size(), std::size_t{4});
        QCOMPARE(pseudonyms(m_store->searchPatients("", 1).value()), std::vector<std::string>{"XX-100%"});
    }

    void searchAgreesWithALinearScan() {
        // Past the limit from which the search reads newest first instead of asking the index.
        QVERIFY(m_store
                    ->inTransaction([&]() -> Result<void> {
                        for (int i = 0; i < 5000; ++i)
                            save(patientOf("S" + std::to_string(i * 7919 % 5000),
                                           i % 3 == 0 ? "Sam " + std::to_string(i) : ""));
                        return {};
                    })
                    .has_value());
        const auto all = m_store->searchPatients("", 0).value();
        for (const char* text : {"s", "S1", "s12", "s123", "s1234", "sam", "sam 3", "t", "s9999x"})
            for (const int limit : {1, 50, 0}) {
                std::vector<std::string> expected;
                for (const Patient& patient : all)
                    if ((limit == 0 || expected.size() < static_cast<std::size_t>(limit)) &&
                        (searchKey(patient.pseudonym).starts_with(searchKey(text)) ||
                         searchKey(patient.name).starts_with(searchKey(text))))
                        expected.push_back(patient.pseudonym);
                QCOMPARE(pseudonyms(m_store->searchPatients(text, limit).value()), expected);
            }
    }

    void removalNamesWhatGoesAndUndoBringsItBack() {
        const std::int64_t kept = fullPatient("KEPT");
        const std::int64_t id = fullPatient("GONE");
        const RemovalSummary summary = m_store->whatGoesWith(id).value();
        QCOMPARE(summary.visits, std::size_t{2});
        QCOMPARE(summary.symptoms, std::size_t{3});
        QCOMPARE(summary.studies, std::size_t{1});
        QCOMPARE(summary.segmentations, std::size_t{1});
        QCOMPARE(summary.crossChecks, std::size_t{1});
        QCOMPARE(summary.reports, std::size_t{1});
        QCOMPARE(summary.filesThatStay,
                 (std::vector<std::string>{"/made/up/GONE_case", "/made/up/mask.nii.gz", "/made/up/report.png"}));

        const PatientRecord before = m_store->patientRecord(id).value();
        const PatientRecord removed = m_store->takePatientOut(id).value();
        QVERIFY(same(before, removed));
        QVERIFY(m_store->patient(id).error().code == ErrorCode::NotFound);
        QVERIFY(!m_store->ownerOfCase("GONE_case", "/made/up/GONE_case").value().study.has_value());
        QCOMPARE(m_store->recentCases().value().size(), std::size_t{1});
        QVERIFY(m_store->check().has_value());

        // Ids are not given again meanwhile.
        const std::int64_t other = save(patientOf("OTHER"));
        QVERIFY(other != id);
        QCOMPARE(m_store->restoreRemovedPatient(removed).value(), id);
        QVERIFY(same(before, m_store->patientRecord(id).value()));
        QVERIFY(m_store->restoreRemovedPatient(removed).error().code == ErrorCode::InvalidInput);
        QCOMPARE(m_store->patientRecord(kept)->studies.size(), std::size_t{1});
        QVERIFY(m_store->check().has_value());
    }

    void undoRefusesWhatWasGivenAway() {
        const std::int64_t id = fullPatient("GONE");
        const PatientRecord removed = m_store->takePatientOut(id).value();
        // Opened again without a patient: gives way. For another patient: stays theirs.
        m_store->saveStudy(studyOf("GONE_case")).value();
        const std::int64_t other = save(patientOf("OTHER"));
        const std::int64_t studyId = m_store->ownerOfCase("GONE_case", "/made/up/GONE_case").value().study->id;
        QVERIFY(m_store->assignStudy(studyId, other).has_value());
        QCOMPARE(m_store->restoreRemovedPatient(removed).error().message.id, std::string("store.study_taken"));
        QCOMPARE(m_store->patientCount().value(), std::size_t{1});
        QVERIFY(m_store->assignStudy(studyId, 0).has_value());
        QVERIFY(m_store->restoreRemovedPatient(removed).has_value());
        QCOMPARE(m_store->ownerOfCase("GONE_case", "/made/up/GONE_case").value().study->patientId, id);

        const PatientRecord again = m_store->takePatientOut(id).value();
        save(patientOf("gone"));
        QCOMPARE(m_store->restoreRemovedPatient(again).error().message.id, std::string("store.pseudonym_taken"));
    }

    void visitsReplaceTheirSymptoms() {
        const std::int64_t patient = save(patientOf("P"));
        const std::int64_t late = m_store->saveVisit({0, patient, "2024-06-01", ""}, {entered("gait")}).value();
        const std::int64_t early = m_store->saveVisit({0, patient, "2024-01-01", "x"}, {}).value();
        const auto visits = m_store->visits(patient).value();
        QCOMPARE(visits.front().id, early);
        QCOMPARE(visits.back().id, late);
        QCOMPARE(m_store
                     ->saveVisit({late, patient, "2024-06-02", "moved"},
                                 {entered("memory", Side::Unknown, 3), entered("gait", Side::Both)})
                     .value(),
                 late);
        const auto symptoms = m_store->symptoms(late).value();
        QCOMPARE(symptoms.size(), std::size_t{2});
        QVERIFY(symptoms[0].symptom == (clinic::ReportedSymptom{"memory", Side::Unknown}));
        QCOMPARE(symptoms[0].severity, 3);
        QVERIFY(symptoms[1].symptom.side == Side::Both);
        QVERIFY(m_store->removeVisit(late).has_value());
        QVERIFY(m_store->symptoms(late).value().empty());
        QVERIFY(m_store->removeVisit(late).error().code == ErrorCode::NotFound);
    }

    void visitsThatMakeNoSenseAreRefused() {
        const std::int64_t patient = save(patientOf("P"));
        const auto refused = [&](const Visit& visit, const std::vector<VisitSymptom>& symptoms) {
            return m_store->saveVisit(visit, symptoms).error().message.id;
        };
        QCOMPARE(refused({0, patient, "2024-02-30", ""}, {}), std::string("store.date_invalid"));
        QCOMPARE(refused({0, patient, "yesterday", ""}, {}), std::string("store.date_invalid"));
        QCOMPARE(refused({0, 99, "2024-02-01", ""}, {}), std::string("store.patient_missing"));
        QCOMPARE(refused({99, patient, "2024-02-01", ""}, {}), std::string("store.visit_missing"));
        QCOMPARE(refused({0, patient, "2024-02-01", ""}, {entered("nonsense")}), std::string("store.symptom_unknown"));
        QCOMPARE(refused({0, patient, "2024-02-01", ""}, {entered("gait"), entered("gait")}),
                 std::string("store.symptom_twice"));
        QCOMPARE(refused({0, patient, "2024-02-01", ""}, {entered("gait", Side::Left, 4)}),
                 std::string("store.severity_invalid"));
        QVERIFY(m_store->visits(patient).value().empty());
    }

    void openingACaseAgainKeepsItsPatient() {
        const std::int64_t patient = save(patientOf("P"));
        const std::int64_t first = m_store->saveStudy(studyOf("case_a", patient)).value();
        const std::int64_t again = m_store->saveStudy(studyOf("case_a", 0, "2024-06-01T00:00:00Z")).value();
        QCOMPARE(first, again);
        const Study study = *m_store->ownerOfCase("case_a", "/made/up/case_a").value().study;
        QCOMPARE(study.patientId, patient);
        QCOMPARE(study.openedAt, std::string("2024-06-01T00:00:00Z"));
        QVERIFY(m_store->saveStudy(studyOf("case_a", 99)).error().code == ErrorCode::NotFound);
        QVERIFY(m_store->saveStudy(Study{}).error().code == ErrorCode::InvalidInput);
        QVERIFY(!m_store->ownerOfCase("case_b", "/made/up/case_b").value().study.has_value());
    }

    void aCaseIsKnownByItsPlaceAndNotByItsName() {
        QTemporaryDir folder;
        const std::filesystem::path root = std::filesystem::canonical(folder.path().toStdString());
        std::filesystem::create_directories(root / "demo" / "A");
        std::filesystem::create_directories(root / "other" / "A");
        std::filesystem::create_directory_symlink(root / "demo", root / "link");
        const std::int64_t patient = save(patientOf("P-001"));
        Study study = studyOf("A", patient);
        study.path = (root / "demo" / "." / "A/").string();
        const std::int64_t id = m_store->saveStudy(study).value();
        for (const std::filesystem::path& path : {root / "demo/A", root / "other/../demo/A/", root / "link/A"}) {
            const CaseOwner owner = m_store->ownerOfCase("A", path).value();
            QVERIFY2(owner.study && owner.study->id == id, path.c_str());
            QCOMPARE(owner.study->path, (root / "demo/A").string());
            QVERIFY(owner.patient && owner.patient->id == patient && !owner.namesake);
        }
        CaseOwner other = m_store->ownerOfCase("A", root / "other/A").value();
        QVERIFY(!other.study && !other.patient);
        QCOMPARE(other.namesake.value().id, patient);
        // Opened, it is nobody's, and the question remains.
        study.path = (root / "other/A").string();
        study.patientId = 0;
        QVERIFY(m_store->saveStudy(study).value() != id);
        other = m_store->ownerOfCase("A", root / "other/A").value();
        QVERIFY(other.study && !other.patient && other.namesake);
        QVERIFY(!m_store->ownerOfCase("B", root / "other/B").value().namesake);
    }

    void aRelativePathOfAnEarlierVersionIsAQuestion() {
        PatientRecord record; // a record keeps its paths as they are
        record.patient = patientOf("OLD");
        StudyRecord row;
        row.study = studyOf("A");
        row.study.path = "demo/A";
        record.studies.push_back(row);
        QVERIFY(m_store->addPatientRecord(record).has_value());
        const CaseOwner owner = m_store->ownerOfCase("A", std::filesystem::absolute("demo/A")).value();
        QVERIFY(!owner.study && !owner.patient && owner.namesake);
        // Nor does the same relative path, typed again, lead to that row.
        row.study.patientId = 0;
        const std::int64_t typed = m_store->saveStudy(row.study).value();
        QVERIFY(typed != 1);
        QCOMPARE(m_store->recentCases().value().size(), std::size_t{2});
        QVERIFY(!m_store->ownerOfCase("A", "demo/A").value().patient);
        QCOMPARE(m_store->saveReport({0, 1, "page.png", ""}).value(), std::int64_t{1});
        QCOMPARE(m_store->reports(1).value().at(0).path, std::filesystem::absolute("page.png").string());
    }

    void textsOfAnyLengthAreNotTaken() {
        Patient patient = patientOf("P");
        patient.note = std::string(kLongestNote - 1, 'x') + "\xed\x99\x98"; // a Korean letter is one character
        const std::int64_t id = save(patient);
        patient.note += 'x';
        QCOMPARE(m_store->savePatient(patient).error().message.id, std::string("store.note_too_long"));
        QCOMPARE(m_store->savePatient(patientOf(std::string(kLongestName + 1, 'p'))).error().message.id,
                 std::string("store.name_too_long"));
        QCOMPARE(m_store->saveVisit({0, id, "2024-02-01", patient.note}, {}).error().message.id,
                 std::string("store.note_too_long"));
    }

    void recentCasesAreNewestFirst() {
        m_store->saveStudy(studyOf("a", 0, "2024-01-01T00:00:00Z")).value();
        m_store->saveStudy(studyOf("b", 0, "2024-03-01T00:00:00Z")).value();
        m_store->saveStudy(studyOf("c", 0, "2024-02-01T00:00:00Z")).value();
        const auto cases = m_store->recentCases(2).value();
        QCOMPARE(cases.size(), std::size_t{2});
        QCOMPARE(cases[0].caseId, std::string("b"));
        QCOMPARE(cases[1].caseId, std::string("c"));
        QVERIFY(m_store->forgetCase("b", "/made/up/b").has_value());
        QCOMPARE(m_store->recentCases().value().front().caseId, std::string("c"));
        QVERIFY(m_store->forgetCase("b", "/made/up/b").error().code == ErrorCode::NotFound);
        m_store->saveStudy(studyOf("a", save(patientOf("P")))).value();
        QVERIFY(m_store->forgetCase("a", "/made/up/a").error().code == ErrorCode::InvalidInput);
    }

    void resultsNeedTheirStudy() {
        StoredSegmentation segmentation;
        segmentation.studyId = 99;
        QVERIFY(m_store->saveSegmentation(segmentation).error().code == ErrorCode::NotFound);
        QVERIFY(m_store->saveCrossCheck({0, 99, "agrees", "{}", ""}).error().code == ErrorCode::NotFound);
        QVERIFY(m_store->saveReport({0, 99, "/x", ""}).error().code == ErrorCode::NotFound);
        const std::int64_t studyId = m_store->saveStudy(studyOf("a")).value();
        segmentation.studyId = studyId;
        segmentation.id = 77;
        QVERIFY(m_store->saveSegmentation(segmentation).error().code == ErrorCode::NotFound);
        segmentation.id = 0;
        segmentation.edited = true;
        segmentation.weightsSha256 = "ff";
        segmentation.mlPerTarget = {{"WT", 3.0}};
        segmentation.id = m_store->saveSegmentation(segmentation).value();
        segmentation.mlPerTarget = {{"WT", 4.0}};
        QCOMPARE(m_store->saveSegmentation(segmentation).value(), segmentation.id);
        const auto stored = m_store->segmentations(studyId).value();
        QCOMPARE(stored.size(), std::size_t{1});
        QVERIFY(stored[0].edited);
        QCOMPARE(stored[0].mlPerTarget[0].second, 4.0);
        QCOMPARE(m_store->crossChecks(studyId).value().size(), std::size_t{0});
        QCOMPARE(m_store->reports(studyId).value().size(), std::size_t{0});
        // The other two are replaced by their id in the same way.
        QCOMPARE(m_store->saveCrossCheck({5, studyId, "agrees", "{}", ""}).error().message.id,
                 std::string("store.row_missing"));
        const std::int64_t check = m_store->saveCrossCheck({0, studyId, "agrees", "{}", ""}).value();
        QCOMPARE(m_store->saveCrossCheck({check, studyId, "weak", "{}", ""}).value(), check);
        QCOMPARE(m_store->crossChecks(studyId).value().at(0).verdict, std::string("weak"));
        QCOMPARE(m_store->saveReport({5, studyId, "/x", ""}).error().message.id, std::string("store.row_missing"));
        const std::int64_t report = m_store->saveReport({0, studyId, "/x", ""}).value();
        QCOMPARE(m_store->saveReport({report, studyId, "/y", ""}).value(), report);
        QCOMPARE(m_store->reports(studyId).value().size(), std::size_t{1});
        QCOMPARE(m_store->reports(studyId).value().at(0).path, std::string("/y"));
    }

    void aCaseLeadsToItsPatientsLatestSymptoms() {
        fullPatient("P");
        const auto record = m_store->studyForCase("P_case", "/made/up/P_case").value();
        QVERIFY(record.has_value());
        QCOMPARE(record->patient->pseudonym, std::string("P"));
        QCOMPARE(record->latestVisit->date, std::string("2024-03-04"));
        QCOMPARE(record->symptoms.size(), std::size_t{2});
        QVERIFY(!m_store->studyForCase("unknown", "/made/up/unknown").value().has_value());
        m_store->saveStudy(studyOf("nobody")).value();
        QVERIFY(!m_store->studyForCase("nobody", "/made/up/nobody").value()->patient.has_value());
    }

    void volumesAreOrderedByTheDayOfTheExamination() {
        const std::int64_t patient = save(patientOf("P"));
        const std::int64_t visit = m_store->saveVisit({0, patient, "2023-05-05", ""}, {}).value();
        const auto add = [&](const char* caseId, const char* examined, std::int64_t visitId, std::vector<double> mls) {
            Study study = studyOf(caseId, patient);
            study.examinedOn = examined;
            study.visitId = visitId;
            const std::int64_t id = m_store->saveStudy(study).value();
            for (const double ml : mls) {
                StoredSegmentation segmentation;
                segmentation.studyId = id;
                segmentation.createdAt = "2024-05-01T10:00:00Z";
                segmentation.mlPerTarget = {{"WT", ml}};
                m_store->saveSegmentation(segmentation).value();
            }
        };
        add("undated", "", 0, {5.0});
        add("dated", "2022-01-01", visit, {1.0, 2.0});
        add("by_visit", "", visit, {3.0});
        const auto points = m_store->volumeHistory(patient).value();
        QCOMPARE(points.size(), std::size_t{4});
        QCOMPARE(points[0].date, std::string("2022-01-01"));
        QVERIFY(!points[0].latestOfStudy && points[1].latestOfStudy);
        QCOMPARE(points[1].mlPerTarget[0].second, 2.0);
        QCOMPARE(points[2].date, std::string("2023-05-05"));
        QCOMPARE(points[3].date, std::string("2024-05-01"));
    }

    void hospitalsAreEditedRemovedAndReset() {
        auto hospitals = m_store->hospitals().value();
        const std::size_t count = hospitals.size();
        clinic::Hospital changed = hospitals.front();
        changed.nameEn = "Renamed";
        changed.departments = {"NS"};
        QVERIFY(m_store->saveHospital(changed).has_value());
        hospitals = m_store->hospitals().value();
        QCOMPARE(hospitals.front().nameEn, std::string("Renamed"));
        QVERIFY(hospitals.front().editedByUser);
        QCOMPARE(hospitals.size(), count);

        QVERIFY(m_store->removeHospital(changed.id).has_value());
        QCOMPARE(m_store->hospitals()->size(), count - 1);
        QVERIFY(m_store->removeHospital(changed.id).error().code == ErrorCode::NotFound);
        QVERIFY(m_store->resetHospital(changed.id).has_value());
        QVERIFY(m_store->hospitals()->front().nameEn != "Renamed");
        QVERIFY(!m_store->hospitals()->front().editedByUser);

        clinic::Hospital own;
        own.id = "own";
        own.nameEn = "Own";
        own.country = "KR";
        own.departments = {"RT"};
        QVERIFY(m_store->saveHospital(own).has_value());
        QCOMPARE(m_store->hospitals()->back().id, std::string("own"));
        QVERIFY(m_store->resetHospital("own").error().code == ErrorCode::NotFound);
        QVERIFY(m_store->removeHospital("own").has_value());
        QCOMPARE(m_store->hospitals()->size(), count);
    }

    void hospitalsThatMakeNoSenseAreRefused() {
        clinic::Hospital good;
        good.id = "x";
        good.nameEn = "X";
        const auto field = [&](auto change) {
            clinic::Hospital hospital = good;
            change(hospital);
            const auto saved = m_store->saveHospital(hospital);
            return saved ? std::string("saved") : saved.error().message.parameters.at("field");
        };
        QCOMPARE(field([](auto& h) { h.id = ""; }), std::string("id"));
        QCOMPARE(field([](auto& h) { h.nameEn = " "; }), std::string("name"));
        QCOMPARE(field([](auto& h) { h.latitude = 91; }), std::string("latitude"));
        QCOMPARE(field([](auto& h) { h.longitude = std::nan(""); }), std::string("longitude"));
        QCOMPARE(field([](auto& h) { h.country = "Korea"; }), std::string("country"));
        QCOMPARE(field([](auto& h) { h.departments = {"ZZ"}; }), std::string("departments"));
        QCOMPARE(field([](auto& h) { h.departments = {"NS", "NS"}; }), std::string("departments"));
        QCOMPARE(field([](auto&) {}), std::string("saved"));
    }

    void aFailedTransactionLeavesNothing() {
        const auto failed = m_store->inTransaction([&]() -> Result<void> {
            save(patientOf("A"));
            // An inner failure that is handled does not spoil the outer work.
            const auto inner = m_store->inTransaction([&]() -> Result<void> {
                save(patientOf("B"));
                return fail(ErrorCode::Internal, "store.failed");
            });
            if (inner || m_store->patientCount().value() != 1)
                return fail(ErrorCode::NotFound, "store.failed");
            return fail(ErrorCode::Internal, "store.failed");
        });
        QVERIFY(failed.error().code == ErrorCode::Internal);
        QCOMPARE(m_store->patientCount().value(), std::size_t{0});
        QVERIFY(m_store
                    ->inTransaction([&]() -> Result<void> {
                        save(patientOf("C"));
                        return {};
                    })
                    .has_value());
        QCOMPARE(m_store->patientCount().value(), std::size_t{1});
    }

    void keysFoldTheLettersTheyPromise() {
        QCOMPARE(searchKey("  AbC "), std::string("abc"));
        QCOMPARE(searchKey("ÀÉÖØÞß×"), std::string("àéöøþß×"));
        QCOMPARE(searchKey("ŁŚŹŻĞŞ"), std::string("łśźżğş"));
        QCOMPARE(searchKey("ΑΩ ЖЁЯ"), std::string("αω жёя"));
        QCOMPARE(searchKey("김İı漢"), std::string("김İı漢"));
        QCOMPARE(searchKey(""), std::string());
        for (const char* text : {"ÀÉ", "김민수", "Łódź", "x"})
            QCOMPARE(searchKey(searchKey(text)), searchKey(text));
    }

    void onlyRealDaysAreDays() {
        QVERIFY(isIsoDay("2024-02-29"));
        QVERIFY(!isIsoDay("2023-02-29"));
        QVERIFY(!isIsoDay("2024-13-01"));
        QVERIFY(!isIsoDay("2024-1-1"));
        QVERIFY(!isIsoDay("2024-01-01T"));
        QVERIFY(!isIsoDay("2024-0a-01"));
        QVERIFY(isIsoDay(utcNow().substr(0, 10)));
    }
};

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
