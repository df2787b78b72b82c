// SPDX-License-Identifier: Apache-2.0
#include "core/base/csv.h"
#include "core/store/exchange.h"
#include "core/store/text_file.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace sulcus;
using namespace sulcus::store;
namespace fs = std::filesystem;

class TestExchange : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;

    fs::path inFolder(const char* name) const { return fs::path(m_folder->path().toStdString()) / name; }

    fs::path written(const char* name, const std::string& text) const {
        const fs::path file = inFolder(name);
        if (!writeTextFile(file, text))
            qFatal("cannot write %s", file.c_str());
        return file;
    }

    ImportReport import(Table table, const std::string& text, const ImportOptions& options = {}) {
        return importCsv(*m_store, table, written("table.csv", text), options).value();
    }

    std::int64_t addFullPatient(const char* pseudonym) {
        Patient patient;
        patient.pseudonym = pseudonym;
        patient.name = "Made, \"Up\"";
        patient.note = "two\nlines";
        patient.handedness = clinic::Handedness::Left;
        const std::int64_t id = m_store->savePatient(patient).value();
        VisitSymptom symptom;
        symptom.symptom = {"weakness_one_side", Side::Left};
        symptom.onset = "2023-12-24";
        symptom.severity = 2;
        symptom.note = "arm; leg";
        const std::int64_t visit = m_store->saveVisit({0, id, "2024-01-02", ""}, {symptom}).value();
        Study study;
        study.caseId = std::string(pseudonym) + "_case";
        study.path = "/made/up";
        study.patientId = id;
        study.visitId = visit;
        study.openedAt = "2024-01-03T00:00:00Z";
        StoredSegmentation segmentation;
        segmentation.studyId = m_store->saveStudy(study).value();
        segmentation.createdAt = "2024-01-03T00:00:01Z";
        segmentation.mlPerTarget = {{"TC", 0.1}, {"WT", 12.345678901234567}};
        m_store->saveSegmentation(segmentation).value();
        m_store->saveCrossCheck({0, segmentation.studyId, "agrees", "{\"a\":1}", "2024-01-03T00:00:02Z"}).value();
        m_store->saveReport({0, segmentation.studyId, "/made/up.png", "2024-01-03T00:00:03Z"}).value();
        return id;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = Store::openInMemory().value();
    }

    void noExportedFieldIsAFormula() {
        for (const char* text : {"=1+1", "=cmd|' /C calc'!A0", "+82 2 123", "-x", "@SUM(A1)", "'=1", "''@", "'plain",
                                 "-5", "plain", "'", "=1;2"}) {
            const std::string guarded = withGuard(text);
            QVERIFY2(std::string("=@").find(guarded[0]) == std::string::npos, text);
            QCOMPARE(withoutGuard(guarded), std::string(text));
            Patient patient;
            patient.pseudonym = text;
            patient.note = text;
            patient.name = text;
            m_store->savePatient(patient).value();
        }
        const fs::path file = inFolder("formulas.csv");
        QVERIFY(exportCsv(*m_store, Table::Patients, file).has_value());
        const CsvTable table = parseCsv(readTextFile(file).value());
        QCOMPARE(table.records.front().fields.front(), std::string("'=1+1"));
        auto other = Store::openInMemory().value();
        QCOMPARE(importCsv(*other, Table::Patients, file).value().added, m_store->patientCount().value());
        const std::vector<Patient> patients = m_store->searchPatients("", 0).value();
        for (const Patient& patient : patients) {
            const auto twin = other->findPatientByPseudonym(patient.pseudonym).value();
            QVERIFY2(twin && twin->note == patient.note && twin->name == patient.name, patient.pseudonym.c_str());
        }
    }

    void aLineThatIsTooLongIsRefusedAlone() {
        const ImportReport report =
            import(Table::Patients, "pseudonym,note\nP1," + std::string(kLongestNote + 1, 'x') + "\nP2,short\n");
        QCOMPARE(report.added, std::size_t{1});
        QCOMPARE(report.refused.size(), std::size_t{1});
        QCOMPARE(report.refused[0].reason.id, std::string("store.note_too_long"));
    }

    void exportedTablesComeBack() {
        addFullPatient("P1");
        addFullPatient("P2");
        auto other = Store::openInMemory().value();
        for (const Table table : {Table::Patients, Table::Symptoms, Table::Hospitals}) {
            const fs::path file = inFolder("out.csv");
            const fs::path again = inFolder("again.csv");
            QVERIFY(exportCsv(*m_store, table, file).has_value());
            QVERIFY(recogniseCsv(file).value() == table);
            const auto report = importCsv(*other, table, file).value();
            QVERIFY(report.refused.empty());
            QVERIFY(report.ignoredColumns.empty());
            QVERIFY(exportCsv(*other, table, again).has_value());
            QCOMPARE(readTextFile(again).value(), readTextFile(file).value());
            // A second time nothing is new.
            const auto repeated = importCsv(*other, table, file).value();
            QCOMPARE(repeated.added + repeated.updated, std::size_t{0});
            QVERIFY(repeated.unchanged > 0 && repeated.refused.empty());
        }
        QVERIFY(exportCsv(*m_store, Table::Studies, inFolder("studies.csv")).has_value());
        const auto studies = parseCsv(readTextFile(inFolder("studies.csv")).value());
        QCOMPARE(studies.records.size(), std::size_t{4});
        QCOMPARE(studies.records[1].fields.back(), std::string("12.345678901234567"));
        QVERIFY(importCsv(*other, Table::Studies, inFolder("studies.csv")).error().code == ErrorCode::Unsupported);
    }

    void tablesOfEarlierProgramsAreTakenOver() {
        const auto patients = import(Table::Patients, "Patient ID;Name;Gender;Birth Date;Symptoms;Visit Date;Ward\r\n"
                                                      "A1;Kim;F;1960-05-06;Double vision;2024/02/03;7\r\n"
                                                      "A2;Lee;남;;두통;;7\r\n");
        QCOMPARE(patients.added, std::size_t{2});
        QCOMPARE(patients.ignoredColumns, std::vector<std::string>{"Ward"});
        const Patient first = *m_store->findPatientByPseudonym("A1").value();
        QCOMPARE(first.sex, std::string("female"));
        QCOMPARE(first.birthYear, std::string("1960"));
        const auto visit = m_store->visits(first.id).value().front();
        QCOMPARE(visit.date, std::string("2024-02-03"));
        QCOMPARE(m_store->symptoms(visit.id).value().front().symptom.id, std::string("double_vision"));
        QCOMPARE(m_store->findPatientByPseudonym("A2").value()->sex, std::string("male"));

        const auto symptoms = import(Table::Symptoms, "id,patient_id,symptom,side,severity,date\n"
                                                      "1,A1,Weakness of one side,L,severe,2024-03-01\n"
                                                      "2,A1,gait;memory,,1,2024-03-01\n"
                                                      "3,A2,hemianopia:right,,,2024-03-01\n");
        QCOMPARE(symptoms.added, std::size_t{3});
        const auto visits = m_store->visits(first.id).value();
        QCOMPARE(visits.size(), std::size_t{2});
        const auto entered = m_store->symptoms(visits.back().id).value();
        QCOMPARE(entered.size(), std::size_t{3});
        QVERIFY(entered[0].symptom == (clinic::ReportedSymptom{"weakness_one_side", Side::Left}));
        QCOMPARE(entered[0].severity, 3);

        const auto hospitals = import(Table::Hospitals, "hospital_name,lat,lng,city,country,department,url\n"
                                                        "Made Up Hospital,35.5,129.25,Ulsan,kr,Neurosurgery,\n"
                                                        "가상병원,36.5,128.5,Andong,KR,NS NV,http://example.org\n");
        QCOMPARE(hospitals.added, std::size_t{2});
        const auto directory = m_store->hospitals().value();
        const auto& last = directory.back();
        QCOMPARE(last.nameEn, std::string("가상병원"));
        QCOMPARE(last.departments, (std::vector<std::string>{"NS", "NV"}));
        QVERIFY(!last.verified.at("NS"));
        QVERIFY(last.editedByUser);
        QCOMPARE(directory[directory.size() - 2].country, std::string("KR"));
        QVERIFY(last.id != directory[directory.size() - 2].id);
    }

    void refusedLinesAreNamedAndDoNotStopTheOthers() {
        const auto report = import(Table::Patients, "pseudonym,sex,birth_year,handedness\n"
                                                    "P1,f,1960,right\n"
                                                    ",f,1960,right\n"
                                                    "P2,?,1960,right\n"
                                                    "P3,f,sixty,right\n"
                                                    "P4,f,1960,foot\n"
                                                    "P5,f\n"
                                                    "\"P6,f,1960,right\n");
        QCOMPARE(report.added, std::size_t{1});
        QCOMPARE(report.refused.size(), std::size_t{6});
        const char* const columns[] = {"pseudonym", "sex", "birth_year", "handedness"};
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(report.refused[i].line, i + 3);
            QCOMPARE(report.refused[i].reason.parameters.at("column"), std::string(columns[i]));
        }
        QCOMPARE(report.refused[4].reason.id, std::string("store.line_columns"));
        QCOMPARE(report.refused[5].line, std::size_t{8});

        const auto symptoms = import(Table::Symptoms, "patient,symptom,side,severity,date\n"
                                                      "P1,gait,left,1,2024-01-01\n"
                                                      "nobody,gait,left,1,2024-01-01\n"
                                                      "P1,nonsense,left,1,2024-01-01\n"
                                                      "P1,gait,up,1,2024-01-01\n"
                                                      "P1,gait,left,9,2024-01-01\n"
                                                      "P1,gait,left,1,31.12.2024\n");
        QCOMPARE(symptoms.added, std::size_t{1});
        QCOMPARE(symptoms.refused.size(), std::size_t{5});
        QCOMPARE(symptoms.refused[0].reason.id, std::string("store.line_patient_unknown"));

        const auto hospitals = import(Table::Hospitals, "name,lat,lon,country,departments\n"
                                                        ",1,1,KR,NS\nA,91,1,KR,NS\nB,1,x,KR,NS\nC,1,1,Korea,NS\n"
                                                        "D,1,1,KR,Magic\nE,1,1,KR,NS\n");
        QCOMPARE(hospitals.added, std::size_t{1});
        QCOMPARE(hospitals.refused.size(), std::size_t{5});
    }

    void existingPatientsAreOnlyChangedWhenAsked() {
        import(Table::Patients, "pseudonym,name,note\nP1,Old,kept\n");
        const std::string changed = "pseudonym,name\nP1,New\n";
        const auto refused = import(Table::Patients, changed);
        QCOMPARE(refused.refused.size(), std::size_t{1});
        QCOMPARE(refused.refused[0].reason.id, std::string("store.line_exists"));
        QCOMPARE(m_store->findPatientByPseudonym("P1").value()->name, std::string("Old"));
        ImportOptions update;
        update.update = true;
        QCOMPARE(import(Table::Patients, changed, update).updated, std::size_t{1});
        QCOMPARE(m_store->findPatientByPseudonym("P1").value()->name, std::string("New"));
        QCOMPARE(m_store->findPatientByPseudonym("P1").value()->note, std::string("kept"));
    }

    void missingColumnsAreNamed() {
        const auto refused = importCsv(*m_store, Table::Symptoms, written("t.csv", "symptom,side\ngait,left\n"));
        QVERIFY(refused.error().code == ErrorCode::InvalidInput);
        QCOMPARE(refused.error().message.parameters.at("column"), std::string("pseudonym"));
        QVERIFY(importCsv(*m_store, Table::Patients, inFolder("absent.csv")).error().code == ErrorCode::NotFound);
        QVERIFY(importCsv(*m_store, Table::Patients, written("e.csv", "")).error().code == ErrorCode::InvalidInput);
        QVERIFY(!recogniseCsv(written("u.csv", "a,b\n1,2\n")).value().has_value());
    }

    void aCancelLeavesTheDatabaseAsItWas() {
        std::stop_source stop;
        const TaskContext task(stop.get_token(), {});
        stop.request_stop();
        const auto cancelled = importCsv(*m_store, Table::Patients, written("t.csv", "pseudonym\nP1\n"), {}, task);
        QVERIFY(cancelled.error().code == ErrorCode::Cancelled);
        QCOMPARE(m_store->patientCount().value(), std::size_t{0});
        addFullPatient("P");
        QVERIFY(exportArchive(*m_store, inFolder("a.sulcus"), task).error().code == ErrorCode::Cancelled);
        QVERIFY(!fs::exists(inFolder("a.sulcus")));
        QVERIFY(exportCsv(*m_store, Table::Patients, inFolder("a.csv"), task).error().code == ErrorCode::Cancelled);
    }

    void anArchiveHoldsEverything() {
        addFullPatient("P1");
        addFullPatient("P2");
        clinic::Hospital own;
        own.id = "own";
        own.nameEn = "Own";
        own.departments = {"NS"};
        own.verified = {{"NS", true}};
        QVERIFY(m_store->saveHospital(own).has_value());
        const fs::path file = inFolder("all.sulcus");
        QVERIFY(exportArchive(*m_store, file).has_value());
        QCOMPARE(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);

        auto other = Store::openInMemory().value();
        const auto imported = importArchive(*other, file);
        QVERIFY2(imported.has_value(),
                 imported ? "" : (imported.error().message.id + ' ' + imported.error().context).c_str());
        const ImportReport& report = *imported;
        QCOMPARE(report.added, std::size_t{2});
        QVERIFY(report.refused.empty());
        QVERIFY(other->check().has_value());
        const auto record = other->studyForCase("P1_case", "/made/up").value();
        QCOMPARE(record->patient->note, std::string("two\nlines"));
        QCOMPARE(record->study.visitId, record->latestVisit->id);
        const auto volumes = other->volumeHistory(record->patient->id).value();
        QCOMPARE(volumes[0].mlPerTarget,
                 (std::vector<std::pair<std::string, double>>{{"TC", 0.1}, {"WT", 12.345678901234567}}));
        QCOMPARE(other->crossChecks(record->study.id).value()[0].json, std::string("{\"a\":1}"));
        QCOMPARE(other->reports(record->study.id).value().size(), std::size_t{1});
        QVERIFY(other->hospitals()->back().verified.at("NS"));

        const auto repeated = importArchive(*other, file).value();
        QCOMPARE(repeated.added, std::size_t{0});
        QCOMPARE(repeated.unchanged, std::size_t{2});
        Patient changed = *record->patient;
        changed.note = "changed";
        QVERIFY(other->savePatient(changed).has_value());
        QCOMPARE(importArchive(*other, file)->refused.size(), std::size_t{1});
    }

    void whatIsNoArchiveIsRefused() {
        for (const char* text : {"", "{}", "not json", "{\"format\":\"sulcus-archive\"}",
                                 "{\"format\":\"sulcus-archive\",\"version\":1,\"patients\":[{\"name\":1}]}"})
            QCOMPARE(importArchive(*m_store, written("x.sulcus", text)).error().message.id,
                     std::string("store.not_an_archive"));
        const auto newer = importArchive(
            *m_store, written("x.sulcus", "{\"format\":\"sulcus-archive\",\"version\":2,\"patients\":[]}"));
        QVERIFY(newer.error().code == ErrorCode::StoreIncompatible);
        QVERIFY(importArchive(*m_store, inFolder("absent.sulcus")).error().code == ErrorCode::NotFound);
        QCOMPARE(m_store->patientCount().value(), std::size_t{0});
    }

    void tableNamesComeBack() {
        for (const Table table : {Table::Patients, Table::Symptoms, Table::Hospitals, Table::Studies})
            QVERIFY(tableFromString(toString(table)) == table);
        QVERIFY(!tableFromString("people"));
    }
};

QTEST_GUILESS_MAIN(TestExchange)
#include "tst_exchange.moc"
