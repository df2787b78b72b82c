// SPDX-License-Identifier: Apache-2.0
#include "core/base/log.h"
#include "tests/ui/session/fake_services.h"
#include "ui/session/patient_book.h"
#include "ui/session/workbench.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <mutex>

using namespace sulcus;
using namespace sulcus::session;

namespace {

/// A workbench over fakes with a database in memory.
struct Bench {
    std::shared_ptr<test::FakeWorld> world = std::make_shared<test::FakeWorld>();
    JobRunner runner;
    Workbench bench{test::fakeServices(world), runner, {}};
    std::vector<std::pair<NoteKind, std::string>> notes;

    Bench() {
        QObject::connect(&bench, &Workbench::noted, &bench,
                         [this](NoteKind kind, const Message& message) { notes.emplace_back(kind, message.id); });
        bench.start();
    }
    bool ready() const { return runner.idle() && bench.knowledge() != nullptr; }
    bool noted(const std::string& id) const {
        return std::any_of(notes.begin(), notes.end(), [&](const auto& note) { return note.second == id; });
    }
};

} // namespace

/// Open, segment, place, check, report: the window's logic without a window.
class TestWorkbench : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void openingACaseFillsTheSession() {
        Bench b;
        QTRY_VERIFY(b.ready());
        QVERIFY(!b.bench.whyNotSegment().isEmpty()); // no case: says so
        QSignalSpy opened(&b.bench, &Workbench::opened);
        b.bench.openCase("/phantom");
        QTRY_COMPARE(opened.count(), 1);
        QTRY_VERIFY(b.runner.idle());
        QVERIFY(b.bench.session().hasCase());
        QVERIFY(b.bench.whyNotSegment().isEmpty());
        QCOMPARE(b.bench.thumbnails().size(), std::size_t{4});
        QTRY_COMPARE(b.bench.recentCases().size(), std::size_t{1});
        QCOMPARE(b.bench.recentCases().front().caseId, std::string("phantom"));
    }

    void aFailedOpenIsASentenceAndChangesNothing() {
        Bench b;
        b.world->failOpen = true;
        b.bench.openCase("/nowhere");
        QTRY_VERIFY(b.noted("imaging.file_missing"));
        QVERIFY(!b.bench.session().hasCase());
    }

    void segmentingPlacesMeasuresAndCanBeUndone() {
        Bench b;
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        QSignalSpy segmented(&b.bench, &Workbench::segmented);
        QSignalSpy located(&b.bench, &Workbench::located);
        b.bench.segment();
        QVERIFY(b.bench.segmenting());
        QVERIFY(!b.bench.whyNotSegment().isEmpty());
        QTRY_COMPARE(segmented.count(), 1);
        QTRY_VERIFY(located.count() >= 1);
        QTRY_VERIFY(b.runner.idle());
        CaseSession& session = b.bench.session();
        QVERIFY(session.hasMask());
        QCOMPARE(session.data()->components.size(), std::size_t{1});
        QCOMPARE(*session.data()->comparison->regions.at(imaging::Target::WholeTumour).dice, 1.0);
        QVERIFY(session.findings()->location.has_value());
        QVERIFY(session.findings()->crossCheck.has_value());
        // The views stand on the tumour.
        QVERIFY(session.labelAt(session.view()->cursor) != 0);
        session.undo();
        QVERIFY(!session.hasMask());
        QTRY_VERIFY(!session.findings()->location.has_value());
        QVERIFY(!session.findings()->crossCheck.has_value());
    }

    void aFailedNetworkLeavesTheMaskAlone() {
        Bench b;
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        b.world->failSegment = true;
        b.bench.segment();
        QTRY_VERIFY(b.noted("session.out_of_memory"));
        QVERIFY(!b.bench.session().hasMask());
        QVERIFY(b.bench.whyNotSegment().isEmpty()); // may be tried again
    }

    void aPlaceThatCannotBeFoundIsALineNotAFailure() {
        Bench b;
        b.world->failLocate = true;
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        b.bench.copyTruthToMask();
        QTRY_VERIFY(b.bench.session().findings()->locationProblem.has_value());
        QCOMPARE(b.bench.session().findings()->locationProblem->id, std::string("anatomy.mask_empty"));
        QVERIFY(b.notes.empty());
    }

    void symptomsChangeTheVerdictAtOnce() {
        Bench b;
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        b.bench.copyTruthToMask();
        QTRY_VERIFY(b.bench.session().findings()->crossCheck.has_value());
        QVERIFY(b.bench.session().findings()->crossCheck->verdict == clinic::Verdict::NothingAboutPlace);
        // Jerking of the right side: the left motor strip, and the mask lies left frontal.
        b.bench.setSymptoms({{"seizure_motor", Side::Right}});
        QVERIFY(b.bench.session().findings()->crossCheck->verdict == clinic::Verdict::Agrees);
        b.bench.setSymptoms({{"seizure_motor", Side::Left}});
        QVERIFY(b.bench.session().findings()->crossCheck->verdict == clinic::Verdict::AgreesWrongSide);
        QVERIFY(!b.bench.session().findings()->hospitals.empty());
    }

    void symptomsSuggestRegionsBeforeAnyCase() {
        Bench b;
        QTRY_VERIFY(b.ready());
        b.bench.setSymptoms({{"seizure_motor", Side::Right}});
        const auto regions = b.bench.suggestedRegions();
        QVERIFY(!regions.empty());
        QVERIFY(regions.front().region == anatomy::Region::Frontal);
    }

    void aSavedPatientIsOfferedWhenTheCaseComesAgain() {
        Bench b;
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        b.bench.setPseudonym("P-001");
        b.bench.setHandedness(clinic::Handedness::Left);
        b.bench.setSymptoms({{"seizure_motor", Side::Right}});
        QVERIFY(b.bench.patientUnsaved());
        b.bench.savePatient();
        QTRY_VERIFY(b.noted("session.patient_saved"));
        QVERIFY(!b.bench.patientUnsaved());
        b.bench.closeCase();
        QVERIFY(b.bench.session().findings()->symptoms.empty());
        QSignalSpy offered(&b.bench, &Workbench::patientOffered);
        b.bench.openCase("/phantom");
        QTRY_COMPARE(offered.count(), 1);
        QCOMPARE(b.bench.offeredPatient()->pseudonym, std::string("P-001"));
        QVERIFY(b.bench.session().findings()->symptoms.empty()); // offered, not taken
        b.bench.takeOfferedPatient();
        QTRY_COMPARE(b.bench.session().findings()->symptoms.size(), std::size_t{1});
        QVERIFY(b.bench.session().findings()->handedness == clinic::Handedness::Left);
        QVERIFY(!b.bench.patientUnsaved());
    }

    void aKnownPseudonymIsOfferedAndNothingStoredIsLost() {
        Bench b;
        QTRY_VERIFY(b.ready());
        b.bench.setPseudonym("P-007");
        b.bench.setHandedness(clinic::Handedness::Left);
        b.bench.setSymptoms({{"seizure_motor", Side::Right}});
        b.bench.savePatient();
        QTRY_VERIFY(b.noted("session.patient_saved"));
        b.bench.clearPatient();
        // Saved under the same name without having been taken over: today's visit keeps what it had.
        b.bench.setPseudonym("P-007");
        b.bench.setSymptoms({{"headache", Side::Unknown}});
        b.bench.savePatient();
        QTRY_VERIFY(!b.bench.patientUnsaved());
        b.bench.clearPatient();
        // Recognised by the name, and taken: what was ticked meanwhile stays too.
        QSignalSpy offered(&b.bench, &Workbench::patientOffered);
        b.bench.setPseudonym("P-007");
        b.bench.setSymptoms({{"vertigo", Side::Unknown}});
        b.bench.lookForPseudonym();
        QTRY_COMPARE(offered.count(), 1);
        b.bench.takeOfferedPatient();
        QTRY_COMPARE(b.bench.session().findings()->symptoms.size(), std::size_t{3});
        QVERIFY(b.bench.session().findings()->handedness == clinic::Handedness::Left);
        QVERIFY(b.bench.patientUnsaved());
    }

    void labelsOfAPlainMaskAreNamedByItsNetwork() {
        Bench b;
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        QCOMPARE(b.bench.labelName(0), QString("background"));
        QCOMPARE(b.bench.labelName(2), QString("Oedema"));
        learning::Bundle organ;
        organ.name = "organs";
        organ.folder = "/organs";
        organ.labels = {{2, "lung_right", "Right lung", {1, 2, 3}}, {3, "spleen", "Spleen", {4, 5, 6}}};
        b.bench.addBundle(organ);
        MaskOrigin origin;
        origin.bundleName = "organs";
        auto mask = std::make_shared<imaging::LabelMap>(*b.bench.session().data()->imagingCase->truth);
        b.bench.session().changeMask("Organs", mask, origin, imaging::LabelEra::Plain);
        QCOMPARE(b.bench.labelName(2), QString("Right lung"));
        QCOMPARE(b.bench.labelName(3), QString("Spleen"));
        QCOMPARE(b.bench.labelName(9), QString("label 9"));
    }

    void theWindowFollowsTheOrganUnlessAPersonChoseIt() {
        Bench b;
        // A chest in Hounsfield units.
        auto chest = std::make_shared<imaging::Case>(*b.world->phantom);
        auto ct = std::make_shared<imaging::Volume>(*chest->volumes.front().volume);
        for (std::size_t n = 0; n < ct->voxels.size(); ++n)
            ct->voxels[n] = n % 10 < 4 ? -1000.0F : n % 10 < 7 ? 40.0F : -850.0F;
        chest->volumes = {{imaging::Sequence::Ct, ct}};
        chest->files.kind = imaging::CaseKind::SingleVolume;
        chest->files.era = imaging::LabelEra::Plain;
        b.world->phantom = chest;
        b.world->network = "organ";
        learning::Bundle organ;
        organ.name = "organ";
        organ.folder = "/organ";
        organ.task = "segmentation-2d";
        organ.inputs = {"ct"};
        organ.labels = {{1, "liver", "Liver", {1, 2, 3}}};
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        b.bench.addBundle(organ);
        b.bench.chooseBundle("/organ");
        const auto window = [&] { return b.bench.session().display()->windows.at(imaging::Sequence::Ct); };
        QCOMPARE(window(), (Window{1500.0, -600.0}));
        b.bench.segment();
        QTRY_VERIFY(b.runner.idle() && b.bench.session().hasMask());
        QCOMPARE(window(), (Window{400.0, 40.0}));
        b.bench.session().display().update([](DisplayState& display) {
            display.windows[imaging::Sequence::Ct] = {2500.0, 480.0};
        });
        b.bench.segment();
        QTRY_VERIFY(b.runner.idle());
        QCOMPARE(window(), (Window{2500.0, 480.0}));
    }

    void savingWithoutAPseudonymAsksForOne() {
        Bench b;
        b.bench.savePatient();
        QVERIFY(b.noted("session.pseudonym_missing"));
    }

    void aReportNeedsAMaskAndIsWrittenWhereAsked() {
        Bench b;
        QTemporaryDir folder;
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        QVERIFY(!b.bench.whyNoReport().isEmpty());
        b.bench.copyTruthToMask();
        QVERIFY(b.bench.whyNoReport().isEmpty());
        QSignalSpy written(&b.bench, &Workbench::reportWritten);
        const QString file = folder.filePath("report.png");
        b.bench.exportReport(file.toStdString());
        QTRY_COMPARE(written.count(), 1);
        QVERIFY(QFile::exists(file));
        b.bench.previewReport();
        QTRY_VERIFY(!b.bench.reportPreview().isNull());
    }

    void aMaskIsReadAndSavedWithTheUnsavedMarkRight() {
        Bench b;
        QTemporaryDir folder;
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        b.bench.segment();
        QTRY_VERIFY(b.bench.session().hasMask());
        QVERIFY(b.bench.session().storage()->unsaved);
        b.bench.saveMask(folder.filePath("m.nii.gz").toStdString());
        QTRY_VERIFY(!b.bench.session().storage()->unsaved);
        QVERIFY(b.noted("session.mask_saved"));
    }

    void theChainOpensSegmentsTakesTheStoredSymptomsAndEndsWithTheVerdict() {
        Bench b;
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        b.bench.setPseudonym("P-001");
        b.bench.setSymptoms({{"seizure_motor", Side::Right}});
        b.bench.savePatient();
        QTRY_VERIFY(b.noted("session.patient_saved"));
        b.bench.closeCase();
        QSignalSpy finished(&b.bench, &Workbench::chainFinished);
        QSignalSpy offered(&b.bench, &Workbench::patientOffered);
        b.bench.runChain("/phantom");
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!b.bench.chaining());
        QCOMPARE(offered.count(), 0); // one action: nobody is asked
        const FindingData& findings = b.bench.session().findings().value();
        QCOMPARE(findings.patient.pseudonym, std::string("P-001"));
        QCOMPARE(findings.symptoms.size(), std::size_t{1});
        QVERIFY(findings.crossCheck && findings.crossCheck->verdict == clinic::Verdict::Agrees);
        QVERIFY(!findings.hospitals.empty());
        // The same answer again ends the chain too.
        b.bench.runChain({});
        QTRY_COMPARE(finished.count(), 2);
    }

    void aChainWhoseNetworkFailsStopsAndSaysWhy() {
        Bench b;
        QTRY_VERIFY(b.ready());
        b.world->failSegment = true;
        b.bench.runChain("/phantom");
        QTRY_VERIFY(b.noted("session.out_of_memory"));
        QVERIFY(!b.bench.chaining());
        b.world->failOpen = true;
        b.bench.runChain("/nowhere");
        QTRY_VERIFY(b.noted("imaging.file_missing"));
        b.world->failOpen = false;
        b.world->failSegment = false;
        // Opening by hand afterwards is only opening.
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.runner.idle());
        QVERIFY(!b.bench.session().hasMask());
    }

    // Two folders may have one name: the person is told of the namesake, and nobody is taken or offered.
    void aCaseNamedAsAPatientIsOnlyToldOf() {
        Bench b;
        QTRY_VERIFY(b.ready());
        b.bench.setPseudonym("phantom");
        b.bench.savePatient();
        QTRY_VERIFY(b.noted("session.patient_saved"));
        b.bench.clearPatient();
        QSignalSpy offered(&b.bench, &Workbench::patientOffered);
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.noted("session.patient_of_same_name"));
        QTRY_VERIFY(b.runner.idle());
        QCOMPARE(offered.count(), 0);
        QVERIFY(!b.bench.offeredPatient());
    }

    void whatWasEnteredBeforeTheFirstCaseStaysWithIt() {
        Bench b;
        QTRY_VERIFY(b.ready());
        b.bench.setPseudonym("P-002");
        b.bench.setSymptoms({{"seizure_motor", Side::Right}});
        b.bench.setSymptomDetail("seizure_motor", {"2024-05", 2, "twice"});
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        QCOMPARE(b.bench.session().findings()->symptoms.size(), std::size_t{1});
        QCOMPARE(b.bench.session().findings()->details.at("seizure_motor").severity, 2);
        QVERIFY(b.bench.patientUnsaved());
        // Another case is another patient.
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.runner.idle());
        QVERIFY(b.bench.session().findings()->symptoms.empty());
        QVERIFY(b.bench.session().findings()->details.empty());
    }

    void detailsGoIntoTheDatabaseAndComeBack() {
        Bench b;
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        b.bench.setPseudonym("P-003");
        b.bench.setSymptoms({{"seizure_motor", Side::Right}, {"headache", Side::Unknown}});
        b.bench.setSymptomDetail("seizure_motor", {"2024-05", 3, "at night"});
        b.bench.setSymptomDetail("gait", {"1999", 1, ""}); // not chosen: not kept
        QCOMPARE(b.bench.session().findings()->details.size(), std::size_t{1});
        b.bench.copyTruthToMask();
        QTRY_VERIFY(b.bench.session().findings()->crossCheck.has_value() && b.runner.idle());
        b.bench.savePatient();
        QTRY_VERIFY(b.noted("session.patient_saved"));
        const store::Patient patient = b.bench.session().findings()->patient;
        b.bench.setSymptoms({});
        QVERIFY(b.bench.session().findings()->details.empty());
        b.bench.takePatient(patient);
        QTRY_COMPARE(b.bench.session().findings()->symptoms.size(), std::size_t{2});
        const SymptomDetail detail = b.bench.session().findings()->details.at("seizure_motor");
        QCOMPARE(detail.onset, std::string("2024-05"));
        QCOMPARE(detail.severity, 3);
        QCOMPARE(detail.note, std::string("at night"));
        // The mask was measured for the history; saving again adds nothing.
        b.bench.savePatient();
        QTRY_COMPARE(std::count_if(b.notes.begin(), b.notes.end(),
                                   [](const auto& note) { return note.second == "session.patient_saved"; }),
                     2);
        std::vector<store::VolumePoint> volumes;
        b.bench.store().ask<std::vector<store::VolumePoint>>(
            "volumes", [id = patient.id](store::Store& store) { return store.volumeHistory(id); }, &b.bench,
            [&](Result<std::vector<store::VolumePoint>> found) { volumes = found.value(); });
        QTRY_COMPARE(volumes.size(), std::size_t{1});
        QVERIFY(!volumes.front().mlPerTarget.empty());
    }

    void aRefinedPlaceKeepsTheFirstToShowTheChange() {
        Bench b;
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        b.bench.copyTruthToMask();
        QTRY_VERIFY(b.bench.session().findings()->location.has_value() && b.runner.idle());
        QVERIFY(!b.bench.session().findings()->before.has_value());
        b.bench.refinePlace();
        QVERIFY(b.bench.locating());
        QTRY_VERIFY(b.bench.session().findings()->before.has_value());
        QCOMPARE(b.bench.session().findings()->location->method, std::string("registered"));
        QCOMPARE(b.bench.session().findings()->before->method, std::string("fixed"));
        QVERIFY(!b.bench.locating());
        b.bench.refinePlace(workflow::Alignment::Deformable);
        QTRY_VERIFY(b.bench.session().findings()->before->method == "registered");
        QCOMPARE(b.bench.session().findings()->location->method, std::string("deformable"));
        // A registration that is refused leaves the answer and says so.
        b.world->failLocate = true;
        b.bench.refinePlace();
        QTRY_VERIFY(b.noted("anatomy.mask_empty"));
        QVERIFY(b.bench.session().findings()->location.has_value());
    }

    void nothingAboutThePatientReachesTheLog() {
        const std::string secret = "Zyxwv비밀";
        std::vector<std::string> lines;
        std::mutex mutex;
        setLogSink([&](LogLevel, std::string_view module, std::string_view line) {
            const std::lock_guard lock(mutex);
            lines.push_back(std::string(module) + ' ' + std::string(line));
        });
        {
            Bench b;
            b.bench.openCase("/phantom");
            QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
            b.bench.setPseudonym(secret);
            b.bench.setSymptoms({{"seizure_motor", Side::Right}});
            b.bench.setSymptomDetail("seizure_motor", {secret, 1, secret});
            b.bench.savePatient();
            QTRY_VERIFY(b.noted("session.patient_saved"));
            // Failures are what gets logged.
            b.world->failSegment = true;
            b.bench.segment();
            QTRY_VERIFY(b.noted("session.out_of_memory"));
            PatientBook book(b.bench.store());
            QSignalSpy failed(&book, &PatientBook::failed);
            store::Patient twin;
            twin.pseudonym = secret;
            twin.name = secret;
            book.save(twin); // the pseudonym is taken
            QTRY_COMPARE(failed.count(), 1);
            b.bench.patientRemoved(b.bench.session().findings()->patient.id);
            QTRY_VERIFY(b.runner.idle());
        }
        setLogSink({});
        QVERIFY(!lines.empty());
        for (const std::string& line : lines)
            QVERIFY2(line.find(secret) == std::string::npos, line.c_str());
    }

    void openingAnotherCaseCancelsWhatRuns() {
        Bench b;
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.ready() && b.bench.session().hasCase());
        b.bench.segment();
        b.bench.openCase("/phantom");
        QTRY_VERIFY(b.runner.idle());
        QVERIFY(b.bench.session().hasCase());
    }
};

QTEST_GUILESS_MAIN(TestWorkbench)
#include "tst_workbench.moc"
