// SPDX-License-Identifier: Apache-2.0
#include "core/base/log.h"
#include "core/store/exchange.h"
#include "core/store/store.h"
#include "core/store/text_file.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <iterator>
#include <mutex>

using namespace sulcus;
using namespace sulcus::store;
namespace fs = std::filesystem;

namespace {

/// Stands in every text that is about a patient.
const std::string kSecret = "Zyxwv비밀";

bool tells(const Error& error) {
    if (error.context.find(kSecret) != std::string::npos || error.message.id.find(kSecret) != std::string::npos)
        return true;
    for (const auto& [name, value] : error.message.parameters)
        if (value.find(kSecret) != std::string::npos)
            return true;
    return false;
}

Patient secretPatient() {
    Patient patient;
    patient.pseudonym = kSecret + "-pseudonym";
    patient.name = kSecret + " name";
    patient.note = kSecret + " note";
    return patient;
}

} // namespace

/// What is known about a patient stands in the database and nowhere else: not in the log, not in an error.
class TestPrivacy : public QObject {
    Q_OBJECT

    std::vector<std::string> m_lines;
    std::mutex m_mutex;

private Q_SLOTS:
    void init() {
        m_lines.clear();
        setLogSink([this](LogLevel, std::string_view module, std::string_view line) {
            const std::lock_guard lock(m_mutex);
            m_lines.push_back(std::string(module) + ' ' + std::string(line));
        });
    }
    void cleanup() { setLogSink({}); }

    void neitherLogNorErrorsTellOfAPatient() {
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "store.sqlite";
        OpenOptions impatient;
        impatient.busyTimeout = std::chrono::milliseconds(20);
        std::vector<Error> errors;
        const auto note = [&](const auto& result) {
            if (!result)
                errors.push_back(result.error());
            return result.has_value();
        };
        auto store = Store::open(file).value();
        auto second = Store::open(file, impatient).value();

        const std::int64_t id = store->savePatient(secretPatient()).value();
        QVERIFY(!note(store->savePatient(secretPatient())));
        Patient wrong = secretPatient();
        wrong.pseudonym += "2";
        wrong.sex = kSecret;
        QVERIFY(!note(store->savePatient(wrong)));
        wrong.sex = "";
        wrong.birthYear = kSecret;
        QVERIFY(!note(store->savePatient(wrong)));
        VisitSymptom symptom;
        symptom.symptom.id = kSecret;
        QVERIFY(!note(store->saveVisit({0, id, "2024-01-01", kSecret}, {symptom})));
        QVERIFY(!note(store->saveVisit({0, id, kSecret, kSecret}, {})));
        symptom.symptom.id = "gait";
        symptom.note = kSecret;
        symptom.onset = kSecret;
        QVERIFY(note(store->saveVisit({0, id, "2024-01-01", kSecret}, {symptom})));
        QVERIFY(note(store->searchPatients(kSecret)));
        QVERIFY(!note(store->inTransaction([&]() -> Result<void> {
            note(second->savePatient(wrong));
            return fail(ErrorCode::Internal, "store.failed");
        })));
        const auto removed = store->takePatientOut(id).value();
        QVERIFY(note(store->restoreRemovedPatient(removed)));
        QVERIFY(!note(store->restoreRemovedPatient(removed)));

        // A record that breaks the database's own rules.
        PatientRecord broken = removed;
        broken.patient.pseudonym += "3";
        broken.visits.front().symptoms.push_back(broken.visits.front().symptoms.front());
        QVERIFY(!note(store->addPatientRecord(broken)));

        const fs::path table = fs::path(folder.path().toStdString()) / "table.csv";
        QVERIFY(writeTextFile(table, "pseudonym,name,sex,birth_year\n" + kSecret + "4," + kSecret + ",f,1960\n" +
                                         kSecret + "5," + kSecret + "," + kSecret + ",1960\n" + kSecret + "6,x,f," +
                                         kSecret + "\n" + kSecret + "\n" + kSecret + "4,other,f,1960\n")
                    .has_value());
        const auto report = importCsv(*store, Table::Patients, table).value();
        QCOMPARE(report.refused.size(), std::size_t{4});
        for (const RefusedLine& line : report.refused)
            errors.push_back(Error{ErrorCode::InvalidInput, line.reason, {}});
        QVERIFY(writeTextFile(table, "patient,symptom,side\n" + kSecret + "9,gait,left\n" + kSecret + "4," + kSecret +
                                         ",left\n" + kSecret + "4,gait," + kSecret + "\n")
                    .has_value());
        const auto refused = importCsv(*store, Table::Symptoms, table).value();
        QCOMPARE(refused.refused.size(), std::size_t{3});
        for (const RefusedLine& line : refused.refused)
            errors.push_back(Error{ErrorCode::InvalidInput, line.reason, {}});
        QVERIFY(writeTextFile(table, "{\"format\":\"sulcus-archive\",\"version\":1,\"patients\":[{\"pseudonym\":\"" +
                                         kSecret + "\",\"visits\":\"" + kSecret + "\"}]}")
                    .has_value());
        QVERIFY(!note(importArchive(*store, table)));
        QVERIFY(note(exportArchive(*store, table)));
        QVERIFY(note(importArchive(*store, table)));
        QVERIFY(note(store->check()));

        QVERIFY(errors.size() >= 14);
        for (const Error& error : errors)
            QVERIFY2(!tells(error), error.message.id.c_str());
        for (const std::string& line : m_lines)
            QVERIFY2(line.find(kSecret) == std::string::npos, line.c_str());
        // The sink was live.
        QVERIFY(!m_lines.empty());
    }

    void removedTextIsGoneFromTheFile() {
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "store.sqlite";
        {
            auto store = Store::open(file).value();
            Patient patient = secretPatient();
            patient.note = std::string(4000 - kSecret.size(), ' ') + kSecret; // onto an overflow page too
            const std::int64_t id = store->savePatient(patient).value();
            QVERIFY(store->saveVisit({0, id, "2024-01-01", kSecret}, {}).has_value());
            QVERIFY(store->removePatient(id).has_value());
        }
        std::ifstream stream(file, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
        QVERIFY(bytes.find(kSecret) == std::string::npos);
        QVERIFY(!fs::exists(file.string() + "-wal"));
    }
};

QTEST_GUILESS_MAIN(TestPrivacy)
#include "tst_privacy.moc"
