// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/widgets/cut_text.h"
#include "tests/ui/widgets/window_desk.h"
#include "ui/session/job_runner.h"
#include "ui/session/settings.h"
#include "ui/session/workbench.h"
#include "ui/viewport/vtk_widget.h"
#include "ui/widgets/brain_explorer.h"
#include "ui/widgets/hospital_dialog.h"
#include "ui/widgets/hospital_map.h"
#include "ui/widgets/hospitals_panel.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/patient_dialog.h"
#include "ui/widgets/patient_form.h"
#include "ui/widgets/symptoms_panel.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTranslator>

using namespace sulcus;
using namespace sulcus::session;
using namespace sulcus::widgets;

namespace {

const std::filesystem::path kTemplates = "/usr/share/mricron/templates";

/// A desk with the real atlas: regions are painted and named.
struct Desk : test::WindowDesk {
    explicit Desk(QSize size = {1280, 800}) : Desk(std::make_shared<test::FakeWorld>(), size) {}

    static Services services(const std::shared_ptr<test::FakeWorld>& world) {
        Services made = test::fakeServices(world);
        made.atlas = [](const TaskContext& task) {
            return anatomy::Atlas::load(kTemplates, std::filesystem::path(SULCUS_BINARY_DIR) / "tests" / "atlas-cache",
                                        task);
        };
        return made;
    }

private:
    Desk(const std::shared_ptr<test::FakeWorld>& fakes, QSize size) : WindowDesk(fakes, services(fakes)) {
        window.resize(size);
    }
};

} // namespace

/// Patients, the patient's form, the brain to learn from, hospitals: driven through actions and object names.
class TestClinicWindows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeKind::Dark); }

    void aPatientIsMadeFoundEditedAndDeletedWithAWayBack() {
        Desk desk;
        desk.trigger("patient-book");
        auto* const dialog = desk.find<PatientDialog>("patientDialog");
        QTRY_VERIFY(dialog->isVisible());
        for (const char* const code : {"P-017", "P-018", "X-1"}) {
            desk.find<QPushButton>("patientNew")->click();
            desk.find<QLineEdit>("chartPseudonym")->setText(code);
            QVERIFY(desk.find<QPushButton>("chartSave")->isEnabled());
            QSignalSpy stored(&dialog->book(), &PatientBook::stored);
            desk.find<QPushButton>("chartSave")->click();
            QTRY_COMPARE(stored.count(), 1);
        }
        QTest::keyClicks(desk.find<QLineEdit>("patientSearch"), "p-0");
        QTRY_COMPARE(desk.find<QListWidget>("patientList")->count(), 2);
        QTest::keyClick(desk.find<QLineEdit>("patientSearch"), Qt::Key_Return);
        QTRY_VERIFY(dialog->book().chart().has_value() && desk.idle());
        const QString code = desk.find<QLabel>("patientHeading")->text();
        QVERIFY(code.startsWith("P-0"));
        // A year of three digits is not saved.
        desk.find<QLineEdit>("chartBirthYear")->setText("196");
        QVERIFY(!desk.find<QPushButton>("chartSave")->isEnabled());
        desk.find<QLineEdit>("chartBirthYear")->setText("1961");
        QSignalSpy stored(&dialog->book(), &PatientBook::stored);
        desk.find<QPushButton>("chartSave")->click();
        QTRY_COMPARE(stored.count(), 1);
        QTRY_VERIFY(dialog->book().chart() && dialog->book().chart()->patient.birthYear == "1961");
        // Deleting asks first, names what goes, and can be undone.
        desk.find<QPushButton>("chartRemove")->click();
        QTRY_VERIFY(desk.find<QFrame>("removalQuestion")->isVisible());
        QVERIFY(desk.find<QLabel>("removalText")->text().contains(code));
        desk.find<QPushButton>("removalConfirm")->click();
        QTRY_VERIFY(desk.find<QFrame>("undoBar")->isVisible());
        QTRY_COMPARE(desk.find<QListWidget>("patientList")->count(), 1);
        desk.find<QPushButton>("undoRemoval")->click();
        QTRY_COMPARE(desk.find<QListWidget>("patientList")->count(), 2);
        QVERIFY(!desk.find<QFrame>("undoBar")->isVisible());
    }

    void aSavedCaseShowsItsVisitAndVolume() {
        Desk desk;
        desk.trigger("case-demo");
        QTRY_VERIFY(desk.bench.session().hasCase() && desk.idle());
        desk.trigger("mask-from-truth");
        QTRY_VERIFY(desk.bench.session().findings()->crossCheck.has_value() && desk.idle());
        desk.bench.setPseudonym("P-020");
        desk.bench.setSymptoms({{"seizure_motor", Side::Right}});
        desk.bench.setSymptomDetail("seizure_motor", {"May", 3, ""});
        desk.trigger("patient-save");
        QTRY_VERIFY(desk.bench.session().findings()->patient.id != 0 && desk.idle());
        desk.trigger("patient-book"); // opens on the patient of the window
        auto* const dialog = desk.find<PatientDialog>("patientDialog");
        QTRY_VERIFY(dialog->book().chart().has_value());
        QTRY_VERIFY(desk.find<QTextBrowser>("visitList")->toPlainText().contains("severe"));
        QTRY_VERIFY(desk.find<QWidget>("volumeCurves")->isVisible());
        QCOMPARE(dialog->book().chart()->volumes.size(), std::size_t{1});
        // Deleting the window's patient leaves its words in the form, unsaved.
        desk.find<QPushButton>("chartRemove")->click();
        QVERIFY(desk.find<QLabel>("removalText")->text().contains("1"));
        desk.find<QPushButton>("removalConfirm")->click();
        QTRY_VERIFY(desk.bench.session().findings()->patient.id == 0);
        QVERIFY(desk.bench.patientUnsaved());
        QCOMPARE(desk.bench.session().findings()->symptoms.size(), std::size_t{1});
    }

    void volumesStandAtTheDatesOfTheirVisits() {
        const auto labels = [](const scene::CurvePanel& panel) {
            QStringList all;
            for (const auto& [day, label] : panel.xTicks)
                all << QString::fromStdString(label);
            return all;
        };
        const qint64 day = QDate(2026, 11, 14).toJulianDay();
        scene::CurvePanel one;
        setDays(one, {day});
        QCOMPARE(labels(one), QStringList{"2026-11-14"});
        QCOMPARE(*one.xHigh - static_cast<double>(day), static_cast<double>(day) - *one.xLow);
        scene::CurvePanel two;
        setDays(two, {day, day + 400});
        QCOMPARE(labels(two), (QStringList{"2026-11-14", "2027-12-19"}));
        // Many visits: the first and the last are named, and no two names lie on each other.
        std::set<qint64> many;
        for (int n = 0; n < 40; ++n)
            many.insert(day + 9 * n);
        scene::CurvePanel crowded;
        setDays(crowded, many);
        QCOMPARE(labels(crowded).first(), QString("2026-11-14"));
        QCOMPARE(labels(crowded).last(), QDate(2026, 11, 14).addDays(9 * 39).toString(Qt::ISODate));
        QVERIFY(crowded.xTicks.size() >= 3 && crowded.xTicks.size() <= 5);
        for (std::size_t n = 1; n < crowded.xTicks.size(); ++n)
            QVERIFY(crowded.xTicks[n].first - crowded.xTicks[n - 1].first >= 0.2 * (*crowded.xHigh - *crowded.xLow));
    }

    void theSearchNamesTheKeyThatItHasNow() {
        Desk desk;
        auto* const search = desk.find<QLineEdit>("symptomSearch");
        QVERIFY(search->toolTip().contains("Ctrl+K"));
        desk.window.actions().setKeys("symptoms-search", {QKeySequence("Ctrl+Shift+9")});
        QVERIFY(search->toolTip().contains("Ctrl+Shift+9"));
        QVERIFY(!search->toolTip().contains("Ctrl+K"));
        desk.window.actions().setKeys("symptoms-search", {});
        QVERIFY(!search->toolTip().contains("["));
    }

    void thePatientsFormIsFilledWithTheKeyboardInTwoLanguages() {
        Desk desk;
        desk.trigger("patient-form");
        auto* const form = desk.find<PatientForm>("patientForm");
        QTRY_VERIFY(form->isVisible());
        const QString english = desk.find<QLabel>("formHeading")->text();
        desk.find<QPushButton>("formKorean")->click();
        const QString korean = desk.find<QLabel>("formHeading")->text();
        QVERIFY(english != korean);
        QVERIFY(std::any_of(korean.begin(), korean.end(), [](QChar c) { return c.unicode() >= 0xAC00; }));
        desk.find<QPushButton>("formEnglish")->click();
        // Every symptom of the tables is asked somewhere, in both languages.
        std::size_t asked = 0;
        for (int page = 0; page + 1 < form->pages(); ++page) {
            form->setPage(page);
            for (const clinic::Symptom& symptom : desk.bench.knowledge()->symptoms)
                asked += form->findChild<QPushButton*>("form_" + QString::fromStdString(symptom.id)) != nullptr &&
                                 symptom.group == desk.bench.knowledge()->groups[static_cast<std::size_t>(page)].id
                             ? 1
                             : 0;
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
        QCOMPARE(asked, desk.bench.knowledge()->symptoms.size());
        for (const clinic::Symptom& symptom : desk.bench.knowledge()->symptoms)
            QVERIFY(!symptom.questionEn.empty() && !symptom.questionKo.empty());
        // Tick with Space, side with L; nothing is kept before the end.
        int page = 0;
        for (const clinic::SymptomGroup& group : desk.bench.knowledge()->groups) {
            if (group.id == desk.bench.knowledge()->symptom("weakness_one_side")->group)
                break;
            ++page;
        }
        form->setPage(page);
        auto* box = form->findChild<QPushButton*>("form_weakness_one_side");
        QVERIFY(box != nullptr);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Space);
        QCOMPARE(form->answers().size(), std::size_t{1});
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        box = form->findChild<QPushButton*>("form_weakness_one_side");
        QTest::keyClick(box, Qt::Key_L);
        QTRY_VERIFY(form->answers().front().side == Side::Left);
        QVERIFY(desk.bench.session().findings()->symptoms.empty());
        form->setPage(form->pages() - 1);
        QVERIFY(form->findChild<QLabel*>("formSummary")->text().contains("Left"));
        form->findChild<QPushButton*>("formHandRight")->click();
        QTest::keyClick(form, Qt::Key_Return);
        QTRY_COMPARE(desk.bench.session().findings()->symptoms.size(), std::size_t{1});
        QVERIFY(desk.bench.session().findings()->symptoms.front().side == Side::Left);
        QVERIFY(desk.bench.session().findings()->handedness == clinic::Handedness::Right);
    }

    void theChecklistTakesSeverityOnsetAndNote() {
        Desk desk;
        QTRY_VERIFY(desk.idle());
        // With a case open, digits and B are also keys of the views.
        desk.trigger("case-demo");
        QTRY_VERIFY(desk.bench.session().hasCase() && desk.idle());
        QTRY_VERIFY(desk.window.actions().action("preset-2")->isEnabled());
        const imaging::Sequence shown = desk.bench.session().view()->shown;
        const bool boxes = desk.bench.session().display()->boxesVisible;
        desk.trigger("symptoms-search");
        QTest::keyClicks(desk.find<QLineEdit>("symptomSearch"), "jerking");
        QTest::keyClick(desk.find<QLineEdit>("symptomSearch"), Qt::Key_Return);
        QTRY_COMPARE(desk.bench.session().findings()->symptoms.size(), std::size_t{1});
        const std::string id = desk.bench.session().findings()->symptoms.front().id;
        QTRY_VERIFY(desk.find<QWidget>("symptomDetail")->isVisible());
        QTest::keyClick(desk.find<SymptomTree>("symptomTree"), Qt::Key_2);
        QCOMPARE(desk.bench.session().findings()->details.at(id).severity, 2);
        QTest::keyClick(desk.find<SymptomTree>("symptomTree"), Qt::Key_B);
        QVERIFY(desk.bench.session().findings()->symptoms.front().side == Side::Both);
        QVERIFY(desk.bench.session().view()->shown == shown);
        QCOMPARE(desk.bench.session().display()->boxesVisible, boxes);
        QTest::keyClicks(desk.find<QLineEdit>("symptomOnset"), "May");
        QTest::keyClicks(desk.find<QLineEdit>("symptomNote"), "twice");
        QCOMPARE(desk.bench.session().findings()->details.at(id).onset, std::string("May"));
        QCOMPARE(desk.bench.session().findings()->details.at(id).note, std::string("twice"));
        QCOMPARE(desk.bench.session().findings()->details.at(id).severity, 2);
    }

    void regionsLightUpBeforeAnyCaseAndTellTheirSymptoms() {
        if (!std::filesystem::exists(kTemplates / "aal.nii.gz"))
            QSKIP("the brain templates of mricron-data are not installed");
        Desk desk;
        QTRY_VERIFY(desk.idle());
        desk.trigger("brain-explore");
        auto* const explorer = desk.find<BrainExplorer>("brainExplorer");
        QTRY_VERIFY(explorer->isVisible());
        // Cancel stops what runs, whatever it is; the brain can be asked for again then and there.
        auto* const state = desk.find<QLabel>("explorerState");
        QVERIFY(!state->text().contains("href"));
        desk.bench.runner().cancelAll();
        QTRY_VERIFY(state->text().contains("href"));
        QVERIFY(!explorer->built());
        Q_EMIT state->linkActivated("build");
        QVERIFY(!state->text().contains("href"));
        QTRY_VERIFY_WITH_TIMEOUT(explorer->built(), 120'000);
        QVERIFY(explorer->tintOf(anatomy::Region::Frontal, Side::Left) == BrainExplorer::Tint::None);
        const QImage before = explorer->view()->snapshot();
        desk.bench.setSymptoms({{"seizure_motor", Side::Right}});
        QVERIFY(explorer->tintOf(anatomy::Region::Frontal, Side::Left) == BrainExplorer::Tint::Strong);
        QVERIFY(explorer->tintOf(anatomy::Region::Frontal, Side::Right) != BrainExplorer::Tint::Strong);
        const int drawn = explorer->view()->renderCount();
        QTRY_VERIFY(explorer->view()->renderCount() > drawn);
        QVERIFY(explorer->view()->snapshot() != before);
        QTRY_VERIFY(desk.find<QLabel>("symptomBrain")->isVisible());
        // From the other end: a region names its symptoms, and a click ticks one.
        explorer->chooseRegion(anatomy::Region::Occipital);
        auto* const text = desk.find<QTextBrowser>("explorerText");
        QTRY_VERIFY(text->toHtml().contains("tick:"));
        Q_EMIT text->anchorClicked(QUrl("tick:seizure_motor")); // ticked: goes
        QVERIFY(desk.bench.session().findings()->symptoms.empty());
        // A case that is opened takes the place back.
        desk.trigger("case-demo");
        QTRY_VERIFY(desk.find<QWidget>("viewArea")->isVisible());
        QVERIFY(!explorer->isVisible());
    }

    void namesUnderThePointerNeedAnAlignment_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<bool>("named");
        QTest::newRow("by the grid") << "fixed" << true;
        QTest::newRow("registered") << "registered" << true;
        QTest::newRow("native, not registered yet") << "none" << false;
    }

    void namesUnderThePointerNeedAnAlignment() {
        if (!std::filesystem::exists(kTemplates / "aal.nii.gz"))
            QSKIP("the brain templates of mricron-data are not installed");
        QFETCH(QString, method);
        QFETCH(bool, named);
        Services services = Desk::services(std::make_shared<test::FakeWorld>());
        services.placeInAtlas = [services, method](const imaging::Case&,
                                                   const TaskContext& task) -> Result<AtlasPlacement> {
            auto atlas = services.atlas(task);
            if (!atlas)
                return fail(std::move(atlas.error()));
            AtlasPlacement placement{std::move(*atlas), {}};
            placement.alignment.method = method.toStdString();
            return placement;
        };
        JobRunner runner;
        Workbench bench(services, runner, {});
        bench.openCase("/phantom");
        QTRY_VERIFY_WITH_TIMEOUT(bench.session().hasCase() && runner.idle() && bench.atlas(), 120'000);
        // Every point of the brain has a name, gaps between labels too.
        const anatomy::Atlas& atlas = *bench.atlas();
        int unnamed = 0;
        int points = 0;
        for (int k = 0; k < 181; k += 9)
            for (int j = 0; j < 217; j += 9)
                for (int i = 0; i < 181; i += 9) {
                    if (atlas.brain()->at({i, j, k}) <= 0.0F)
                        continue;
                    ++points;
                    unnamed +=
                        bench.placeAt(atlas.geometry().worldFromIndex(
                                          {static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)}))
                                .has_value()
                            ? 0
                            : 1;
                }
        QVERIFY(points > 1000);
        QCOMPARE(unnamed, named ? 0 : points);
    }

    void hospitalsAreEditedAndReadFromAFile() {
        Desk desk;
        QTRY_VERIFY(desk.idle());
        const std::size_t shipped = desk.bench.hospitalDirectory().size();
        desk.trigger("hospital-directory");
        auto* const dialog = desk.find<HospitalDialog>("hospitalDialog");
        QTRY_COMPARE(static_cast<std::size_t>(desk.find<QListWidget>("directoryList")->count()), shipped);
        desk.find<QPushButton>("hospitalNew")->click();
        QVERIFY(!desk.find<QPushButton>("hospitalSave")->isEnabled());
        desk.find<QLineEdit>("hospitalName")->setText("Test Hospital");
        desk.find<QLineEdit>("hospitalNation")->setText("kr");
        desk.find<QAbstractButton>("department_NS")->click();
        desk.find<QPushButton>("hospitalSave")->click();
        QTRY_COMPARE(desk.bench.hospitalDirectory().size(), shipped + 1);
        QTRY_VERIFY(desk.idle());
        QTest::keyClicks(desk.find<QLineEdit>("directorySearch"), "test hosp");
        QTRY_COMPARE(desk.find<QListWidget>("directoryList")->count(), 1);
        desk.find<QLineEdit>("hospitalTown")->setText("Busan");
        desk.find<QPushButton>("hospitalSave")->click();
        QTRY_VERIFY(std::any_of(desk.bench.hospitalDirectory().begin(), desk.bench.hospitalDirectory().end(),
                                [](const auto& h) { return h.nameEn == "Test Hospital" && h.city == "Busan"; }));
        QTRY_VERIFY(desk.idle());
        desk.find<QPushButton>("hospitalRemove")->click();
        QTRY_COMPARE(desk.bench.hospitalDirectory().size(), shipped);
        QFile file(desk.folder.filePath("h.csv"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("name,latitude,longitude,country,departments\nGood,37.5,127.0,KR,NS\nBad,437.5,127.0,KR,NS\n");
        file.close();
        dialog->book().importCsv(file.fileName().toStdString());
        QTRY_VERIFY(desk.find<QPlainTextEdit>("importReport")->isVisible());
        const QString report = desk.find<QPlainTextEdit>("importReport")->toPlainText();
        QVERIFY2(report.contains("Line 3"), qPrintable(report));
    }

    void rankingFollowsFindingAndCoordinates() {
        QCOMPARE(HospitalsPanel::coordinatesFrom("37.57, 126.98"), std::optional(QPointF(37.57, 126.98)));
        QCOMPARE(HospitalsPanel::coordinatesFrom("-33.9 151.2"), std::optional(QPointF(-33.9, 151.2)));
        QVERIFY(!HospitalsPanel::coordinatesFrom("Seoul, South Korea"));
        QVERIFY(!HospitalsPanel::coordinatesFrom("97, 12"));
        Desk desk;
        QTRY_VERIFY(desk.idle());
        desk.trigger("tab-hospitals");
        auto* const finding = desk.find<QComboBox>("hospitalFinding");
        finding->setCurrentIndex(finding->findText("Lung"));
        Q_EMIT finding->activated(finding->currentIndex());
        QVERIFY(desk.bench.session().findings()->hospitalQuery.finding == clinic::Finding::LungLesion);
        for (const clinic::RankedHospital& entry : desk.bench.session().findings()->hospitals)
            QVERIFY(std::find(entry.matching.begin(), entry.matching.end(), "TH") != entry.matching.end());
        auto* const city = desk.find<QComboBox>("hospitalCity");
        city->lineEdit()->setText("35.18, 129.08");
        Q_EMIT city->lineEdit()->editingFinished();
        QCOMPARE(*desk.bench.session().findings()->hospitalQuery.latitude, 35.18);
        QVERIFY(desk.bench.session().findings()->hospitals.front().km.has_value());
        // Enter after the beginning of a city's name, without its country, chooses that city.
        const std::string& home = desk.bench.hospitalDirectory().front().city;
        city->lineEdit()->setText(QString::fromStdString(home).toLower());
        Q_EMIT city->lineEdit()->editingFinished();
        QVERIFY(city->currentText().startsWith(QString::fromStdString(home) + QLatin1Char(',')));
        QVERIFY(*desk.bench.session().findings()->hospitalQuery.latitude != 35.18);
        city->lineEdit()->setText("35.18, 129.08");
        Q_EMIT city->lineEdit()->editingFinished();
        // The map holds a dot for each entry of the list, the cross where distances start.
        desk.find<QAbstractButton>("hospitalMapButton")->click();
        auto* const map = desk.find<HospitalsPanel>("hospitalsPanel")->findChild<HospitalMap*>();
        QTRY_VERIFY(map->isVisible());
        QVERIFY(!map->dots().empty());
        const HospitalMap::Dot& best = map->dots().front();
        QTRY_VERIFY(map->rect().contains(map->positionOf(best.latitude, best.longitude).toPoint()));
        QSignalSpy chosen(map, &HospitalMap::chosen);
        QTest::mouseClick(map, Qt::LeftButton, {}, map->positionOf(best.latitude, best.longitude).toPoint());
        QCOMPARE(chosen.count(), 1);
    }

    void aFormFilledBeforeTheFirstCaseGoesWithItUnasked() {
        Desk desk;
        QTRY_VERIFY(desk.idle());
        desk.bench.setPseudonym("P-030");
        desk.bench.setSymptoms({{"seizure_motor", Side::Right}});
        int asked = 0;
        desk.window.setDiscardAnswer([&] {
            ++asked;
            return false;
        });
        desk.trigger("case-demo");
        QTRY_VERIFY(desk.bench.session().hasCase());
        QCOMPARE(asked, 0);
        QCOMPARE(desk.bench.session().findings()->symptoms.size(), std::size_t{1});
        // From here on they could be lost.
        desk.window.close();
        QCOMPARE(asked, 1);
        QVERIFY(desk.window.isVisible());
    }

    void noWordOfTheClinicWindowsIsCut_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("korean");
        QTest::addColumn<bool>("dark");
        QTest::newRow("small, English, dark") << QSize(1280, 800) << false << true;
        QTest::newRow("small, Korean, light") << QSize(1280, 800) << true << false;
        QTest::newRow("wide, English, light") << QSize(1900, 1040) << false << false;
        QTest::newRow("wide, Korean, dark") << QSize(1900, 1040) << true << true;
    }

    /// With SULCUS_PICTURES=<folder> it also leaves a picture of each window there, to be looked at.
    void noWordOfTheClinicWindowsIsCut() {
        QFETCH(QSize, size);
        QFETCH(bool, korean);
        QFETCH(bool, dark);
        QTranslator translator;
        if (korean) {
            loadResources();
            QVERIFY(translator.load(QStringLiteral(":/translations/sulcus_ko.qm")));
            QApplication::installTranslator(&translator);
        }
        setSpeaksKorean(korean);
        Theme::instance().apply(dark ? ThemeKind::Dark : ThemeKind::Light);
        {
            Desk desk(size);
            desk.trigger("case-demo");
            QTRY_VERIFY(desk.bench.session().hasCase() && desk.idle());
            desk.trigger("mask-from-truth");
            QTRY_VERIFY(desk.bench.session().findings()->crossCheck.has_value() && desk.idle());
            desk.bench.setPseudonym("P-020");
            desk.bench.setHandedness(clinic::Handedness::Right);
            desk.bench.setSymptoms({{"weakness_one_side", Side::Right}, {"headache", Side::Unknown}});
            desk.bench.setSymptomDetail("weakness_one_side", {"2026-05", 2, "worse in the morning"});
            desk.trigger("patient-save");
            QTRY_VERIFY(desk.bench.session().findings()->patient.id != 0 && desk.idle());
            const QString folder = qEnvironmentVariable("SULCUS_PICTURES");
            const auto look = [&](const QString& name, QWidget* shown) {
                QTRY_VERIFY(desk.idle());
                QTest::qWait(200);
                if (!folder.isEmpty())
                    shown->grab().save(QStringLiteral("%1/%2-%3-%4-%5.png")
                                           .arg(folder, name, korean ? "ko" : "en", dark ? "dark" : "light")
                                           .arg(size.width()));
                const QStringList cut = test::cutTexts(*shown);
                QVERIFY2(cut.isEmpty(), qPrintable(name + ": " + cut.join(QStringLiteral("; "))));
            };
            for (const char* const tab : {"tab-symptoms", "tab-verdict", "tab-hospitals"}) {
                desk.trigger(tab);
                look(QLatin1String(tab), &desk.window);
            }
            for (const auto& [action, name] :
                 {std::pair{"patient-book", "patientDialog"}, std::pair{"patient-form", "patientForm"},
                  std::pair{"hospital-directory", "hospitalDialog"}}) {
                desk.trigger(action);
                auto* const dialog = desk.find<QDialog>(name);
                if (auto* const directory = qobject_cast<HospitalDialog*>(dialog))
                    directory->findChild<QListWidget*>("directoryList")->setCurrentRow(3);
                look(QLatin1String(name), dialog);
                dialog->close();
                QTest::qWait(20);
            }
        }
        if (korean)
            QApplication::removeTranslator(&translator);
        setSpeaksKorean(false);
        Theme::instance().apply(ThemeKind::Dark);
    }

    void oneActionOpensSegmentsAndShowsTheVerdict() {
        Desk desk;
        QTRY_VERIFY(desk.idle());
        desk.window.setFileChooser(
            [](FileQuestion, const QString&, const std::function<void(QString)>& chosen) { chosen("/phantom"); });
        desk.trigger("case-open-chain");
        QTRY_VERIFY(desk.bench.session().findings()->crossCheck.has_value());
        QTRY_COMPARE(desk.find<QTabBar>("findingsTabs")->currentIndex(), static_cast<int>(FindingsTab::Verdict));
        QTRY_VERIFY(desk.find<QTextBrowser>("verdictText")->toPlainText().contains("Where to go"));
    }
};

int main(int argc, char** argv) {
    viewport::VtkWidget::setDefaultFormat();
    QApplication application(argc, argv);
    TestClinicWindows test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_clinic_windows.moc"
