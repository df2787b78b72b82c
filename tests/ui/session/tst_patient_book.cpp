// SPDX-License-Identifier: Apache-2.0
#include "ui/session/hospital_book.h"
#include "ui/session/patient_book.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sulcus;
using namespace sulcus::session;

namespace {

struct Book {
    JobRunner runner;
    StoreService store{runner, {}};
    PatientBook book{store};

    std::int64_t add(const char* pseudonym, const char* name = "") {
        QSignalSpy stored(&book, &PatientBook::stored);
        store::Patient patient;
        patient.pseudonym = pseudonym;
        patient.name = name;
        book.save(patient);
        if (!stored.wait())
            return 0;
        return stored.front().front().value<store::Patient>().id;
    }
    /// A visit with one symptom, and an examination with a volume.
    void addHistory(std::int64_t patient, const char* day, double ml) {
        bool done = false;
        store.ask<void>(
            "history",
            [=](store::Store& database) -> Result<void> {
                store::VisitSymptom symptom;
                symptom.symptom.id = "gait";
                symptom.onset = "May";
                symptom.severity = 2;
                const auto visit = database.saveVisit({0, patient, day, ""}, {symptom}).value();
                store::Study study{0, patient, std::string("case-") + day, std::string("/case-") + day,
                                   std::string(day) + "T08:00:00Z"};
                study.examinedOn = day;
                study.visitId = visit;
                store::StoredSegmentation segmentation;
                segmentation.studyId = database.saveStudy(study).value();
                segmentation.createdAt = std::string(day) + "T08:00:00Z";
                segmentation.mlPerTarget = {{"WT", ml}};
                (void)database.saveSegmentation(segmentation).value();
                return {};
            },
            &book, [&](Result<void>) { done = true; });
        QTRY_VERIFY(done);
    }
};

} // namespace

/// Leafing through patients: search as one types, charts, removal with its while to take it back.
class TestPatientBook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<store::Patient>("sulcus::store::Patient"); }

    void searchFindsByTheBeginningOfPseudonymOrName() {
        Book b;
        QVERIFY(b.add("P-001", "Kim") != 0);
        QVERIFY(b.add("P-002") != 0);
        QVERIFY(b.add("Q-001") != 0);
        b.book.search("p-");
        QTRY_COMPARE(b.book.total(), std::size_t{3});
        QCOMPARE(b.book.results().size(), std::size_t{2});
        b.book.search("ki");
        QTRY_COMPARE(b.book.results().size(), std::size_t{1});
        QCOMPARE(b.book.results().front().pseudonym, std::string("P-001"));
        // Only the last of several questions is answered.
        QSignalSpy answers(&b.book, &PatientBook::resultsChanged);
        for (const char* const text : {"q", "p", ""})
            b.book.search(text);
        QTRY_COMPARE(b.book.results().size(), std::size_t{3});
        QTRY_VERIFY(b.runner.idle());
        QCOMPARE(answers.count(), 1);
    }

    void aChartHoldsVisitsAndVolumesOverTime() {
        Book b;
        const std::int64_t id = b.add("P-001");
        b.addHistory(id, "2024-01-10", 30.0);
        b.addHistory(id, "2024-06-10", 20.0);
        b.book.open(id);
        QTRY_VERIFY(b.book.chart().has_value() && b.book.chart()->visits.size() == 2);
        const PatientChart& chart = *b.book.chart();
        QCOMPARE(chart.visits.front().visit.date, std::string("2024-06-10")); // newest first
        QCOMPARE(chart.visits.front().symptoms.front().severity, 2);
        QCOMPARE(chart.volumes.size(), std::size_t{2});
        QCOMPARE(chart.volumes.front().mlPerTarget.front().second, 30.0); // oldest first
        QCOMPARE(chart.goesWith.visits, std::size_t{2});
        QCOMPARE(chart.goesWith.segmentations, std::size_t{2});
        b.book.removeVisit(chart.visits.front().visit.id);
        QTRY_COMPARE(b.book.chart()->visits.size(), std::size_t{1});
    }

    void aRemovalCanBeTakenBackForAWhile() {
        Book b;
        const std::int64_t id = b.add("P-001");
        b.addHistory(id, "2024-01-10", 30.0);
        b.book.setUndoMilliseconds(60'000);
        QSignalSpy removed(&b.book, &PatientBook::removed);
        b.book.remove(id);
        QTRY_COMPARE(removed.count(), 1);
        QVERIFY(b.book.canUndoRemoval());
        QCOMPARE(b.book.removedPseudonym(), QString("P-001"));
        QTRY_VERIFY(b.book.results().empty());
        b.book.undoRemoval();
        QVERIFY(!b.book.canUndoRemoval());
        QTRY_VERIFY(b.book.chart().has_value());
        QCOMPARE(b.book.chart()->patient.id, id);
        QCOMPARE(b.book.chart()->visits.size(), std::size_t{1});
        QCOMPARE(b.book.chart()->volumes.size(), std::size_t{1});
    }

    void afterTheWhileTheRemovalIsFinal() {
        Book b;
        const std::int64_t id = b.add("P-001");
        b.book.setUndoMilliseconds(1);
        QSignalSpy changed(&b.book, &PatientBook::removalChanged);
        b.book.remove(id);
        QTRY_COMPARE(changed.count(), 2); // may be undone; may not any more
        QVERIFY(!b.book.canUndoRemoval());
        b.book.undoRemoval();
        QTRY_VERIFY(b.runner.idle());
        QCOMPARE(b.book.total(), std::size_t{0});
    }

    void aPseudonymThatIsTakenIsASentence() {
        Book b;
        QVERIFY(b.add("P-001") != 0);
        QSignalSpy failed(&b.book, &PatientBook::failed);
        store::Patient twin;
        twin.pseudonym = "p-001";
        b.book.save(twin);
        QTRY_COMPARE(failed.count(), 1);
    }

    void hospitalsAreAddedChangedRemovedAndBroughtBack() {
        Book b;
        HospitalBook book(b.store);
        QSignalSpy changed(&book, &HospitalBook::changed);
        const auto directory = [&] {
            std::vector<clinic::Hospital> hospitals;
            bool done = false;
            b.store.ask<std::vector<clinic::Hospital>>(
                "all", [](store::Store& store) { return store.hospitals(); }, &b.book,
                [&](Result<std::vector<clinic::Hospital>> all) {
                    hospitals = all.value();
                    done = true;
                });
            (void)QTest::qWaitFor([&] { return done; });
            return hospitals;
        };
        const auto shipped = directory();
        QVERIFY(shipped.size() > 90);
        clinic::Hospital mine;
        mine.nameEn = "Hôpital Test";
        mine.id = HospitalBook::freshId(mine.nameEn, shipped);
        QCOMPARE(mine.id, std::string("hopital-test"));
        mine.country = "FR";
        mine.latitude = 48.8;
        mine.longitude = 2.3;
        mine.departments = {"NS"};
        book.save(mine);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(directory().size(), shipped.size() + 1);
        QCOMPARE(HospitalBook::freshId(mine.nameEn, directory()), std::string("hopital-test-2"));
        book.remove(shipped.front().id);
        QTRY_COMPARE(changed.count(), 2);
        QCOMPARE(directory().size(), shipped.size());
        book.reset(shipped.front().id);
        QTRY_COMPARE(changed.count(), 3);
        QCOMPARE(directory().size(), shipped.size() + 1);
        QSignalSpy failed(&book, &HospitalBook::failed);
        mine.latitude = 123.0;
        book.save(mine);
        QTRY_COMPARE(failed.count(), 1);
    }

    void aFileOfHospitalsNamesItsRefusedLines() {
        Book b;
        HospitalBook book(b.store);
        QTemporaryDir folder;
        QFile file(folder.filePath("h.csv"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("name,latitude,longitude,country,departments\n"
                   "One,37.5,127.0,KR,NS\n"
                   "Two,437.5,127.0,KR,NS\n"
                   "Three,37.6,127.1,KR,NOPE\n");
        file.close();
        QSignalSpy imported(&book, &HospitalBook::imported);
        book.importCsv(file.fileName().toStdString());
        QTRY_COMPARE(imported.count(), 1);
        QCOMPARE(book.lastImport()->added, std::size_t{1});
        QCOMPARE(book.lastImport()->refused.size(), std::size_t{2});
        QCOMPARE(book.lastImport()->refused.front().line, std::size_t{3});
        QSignalSpy exported(&book, &HospitalBook::exported);
        book.exportCsv(folder.filePath("out.csv").toStdString());
        QTRY_COMPARE(exported.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestPatientBook)
#include "tst_patient_book.moc"
