// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/widgets/window_desk.h"
#include "ui/session/symptom_words.h"
#include "ui/widgets/hospitals_panel.h"
#include "ui/widgets/key_sheet.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/symptoms_panel.h"

#include <QApplication>
#include <QComboBox>
#include <QDateEdit>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>
#include <optional>
#include <set>

using namespace sulcus;
using namespace sulcus::session;
using namespace sulcus::widgets;

namespace {

using Desk = test::WindowDesk;

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
    static void open(Desk& desk) { desk.openDemo(); }

private Q_SLOTS:
    void theStartPageShowsTheWaysIn() {
        Desk desk;
        QVERIFY(QTest::qWaitForWindowExposed(&desk.window));
        QVERIFY(desk.isShown("startPage"));
        QVERIFY(desk.find<QPushButton>("startOpen")->isEnabled());
        QVERIFY(desk.find<QPushButton>("startDemo")->isEnabled());
        QVERIFY(!desk.window.actions().action("segment-run")->isEnabled());
        QVERIFY(desk.window.actions().action("segment-run")->toolTip().contains("Open a case first."));
    }

    void anOpenCaseFitsAScreenOf1280Pixels() {
        Desk desk;
        open(desk);
        QVERIFY2(desk.window.minimumSizeHint().width() <= 1280,
                 qPrintable(QString::number(desk.window.minimumSizeHint().width())));
    }

    void openSegmentUndoSymptomsVerdictReport() {
        Desk desk;
        open(desk);
        // Open: views, sequences, no mask.
        QVERIFY(desk.find<QToolButton>("sequence_flair")->isChecked());
        QVERIFY(desk.find<QPushButton>("segmentButton")->isEnabled());
        QVERIFY(!desk.window.actions().action("edit-undo")->isEnabled());
        // Segment.
        QSignalSpy segmented(&desk.bench, &Workbench::segmented);
        desk.find<QPushButton>("segmentButton")->click();
        QTRY_COMPARE(segmented.count(), 1);
        QTRY_VERIFY(desk.idle());
        QVERIFY(desk.bench.session().hasMask());
        QTRY_VERIFY(desk.find<QLabel>("labelMl_2")->text().contains("ml"));
        QTRY_VERIFY(desk.find<QLabel>("targetTable")->text().contains("1.000")); // Dice with the truth
        QTRY_VERIFY(desk.window.isWindowModified());
        // Undo and redo carry their names.
        QTRY_VERIFY(desk.window.actions().action("edit-undo")->text().contains("Segment with brain-tumour"));
        desk.trigger("edit-undo");
        QVERIFY(!desk.bench.session().hasMask());
        QTRY_VERIFY(desk.window.actions().action("edit-redo")->isEnabled());
        desk.trigger("edit-redo");
        QVERIFY(desk.bench.session().hasMask());
        QTRY_VERIFY(desk.bench.session().findings()->crossCheck.has_value());
        // Symptoms by keyboard: search, tick, side.
        desk.trigger("symptoms-search");
        auto* const search = desk.find<QLineEdit>("symptomSearch");
        QVERIFY(desk.isShown("symptomsPanel"));
        QTest::keyClicks(search, "jerking");
        auto* const tree = desk.find<SymptomTree>("symptomTree");
        QVERIFY(tree->currentItem() != nullptr);
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_COMPARE(desk.bench.session().findings()->symptoms.size(), std::size_t{1});
        QTest::keyClick(tree, Qt::Key_R);
        QTRY_VERIFY(desk.bench.session().findings()->symptoms.front().side == Side::Right);
        // Verdict.
        desk.trigger("tab-verdict");
        QTRY_COMPARE(desk.find<QLabel>("verdictTitle")->text(), QString("Symptoms and place agree"));
        QTRY_VERIFY(desk.find<QTextBrowser>("verdictText")->toPlainText().contains("Frontal lobe"));
        // Hospitals.
        desk.trigger("tab-hospitals");
        QTRY_VERIFY(desk.find<QListView>("hospitalList")->model()->rowCount() > 3);
        // Report.
        const QString file = desk.folder.filePath("report.png");
        desk.window.setFileChooser(
            [&](FileQuestion, const QString&, const std::function<void(QString)>& chosen) { chosen(file); });
        QSignalSpy written(&desk.bench, &Workbench::reportWritten);
        desk.trigger("report-export");
        QTRY_COMPARE(written.count(), 1);
        QVERIFY(QFile::exists(file));
        QTRY_VERIFY(desk.window.statusBar()->currentMessage().contains("report.png"));
    }

    void symptomsAreFoundByMedicalWords() {
        Desk desk;
        QTRY_VERIFY(desk.bench.knowledge() != nullptr);
        for (const clinic::Symptom& symptom : desk.bench.knowledge()->symptoms)
            QVERIFY2(!session::symptomSearchWords(symptom.id).isEmpty(), symptom.id.c_str());
        desk.trigger("symptoms-search");
        auto* const search = desk.find<QLineEdit>("symptomSearch");
        auto* const tree = desk.find<SymptomTree>("symptomTree");
        search->setText("Hemiparesis");
        QVERIFY(tree->currentItem() != nullptr && !tree->currentItem()->isHidden());
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_COMPARE(desk.bench.session().findings()->symptoms.size(), std::size_t{1});
        QCOMPARE(desk.bench.session().findings()->symptoms.front().id, std::string("weakness_one_side"));
        QVERIFY(desk.find<QLabel>("symptomNotFound")->isHidden());
        search->setText("xyzzy");
        QVERIFY(!desk.find<QLabel>("symptomNotFound")->isHidden());
    }

    void symptomsWithoutANameAreAskedForToo() {
        Desk desk;
        desk.trigger("case-demo");
        QTRY_VERIFY(desk.bench.session().hasCase() && desk.idle());
        desk.bench.setSymptoms({{"headache", Side::Unknown}});
        int asked = 0;
        desk.window.setDiscardAnswer([&] {
            ++asked;
            return true;
        });
        desk.trigger("case-demo");
        QCOMPARE(asked, 1);
        QTRY_VERIFY(desk.bench.session().findings()->symptoms.empty());
    }

    void theViewsShowTheCaseAndFollowTheCursor() {
        Desk desk;
        open(desk);
        auto* const axial = desk.window.views().slice(ViewKind::Axial);
        QTRY_VERIFY(axial->renderCount() > 0);
        QTRY_COMPARE(axial->sliceCount(), 40);
        const int before = axial->slice();
        axial->setFocus();
        QTest::keyClick(axial, Qt::Key_Up);
        QTRY_VERIFY(axial->slice() != before);
        const imaging::WorldPoint cursor = desk.bench.session().view()->cursor;
        QTRY_VERIFY(std::abs(desk.window.views().slice(ViewKind::Coronal)->cursor().z - cursor.z) < 1e-6);
        QTRY_VERIFY(!desk.find<QLabel>("statusValues")->text().isEmpty());
        // Something of the brain is on the screen.
        const QImage picture = axial->snapshot();
        int bright = 0;
        for (int y = 0; y < picture.height(); y += 4)
            for (int x = 0; x < picture.width(); x += 4)
                bright += qGray(picture.pixel(x, y)) > 40 ? 1 : 0;
        QVERIFY(bright > 100);
    }

    void tenChangesCostOneRender() {
        Desk desk;
        open(desk);
        auto* const axial = desk.window.views().slice(ViewKind::Axial);
        QTRY_VERIFY(axial->renderCount() > 0);
        QSignalSpy display(&desk.bench.session().display(), &StateNotifier::changed);
        const int before = axial->renderCount();
        for (int n = 0; n < 10; ++n)
            desk.trigger(n % 2 == 0 ? "display-invert" : "display-opacity-up");
        QVERIFY(display.count() >= 10);
        QTRY_VERIFY(axial->renderCount() > before);
        QVERIFY2(axial->renderCount() - before <= 3, qPrintable(QString::number(axial->renderCount() - before)));
    }

    void layoutsShowWhatTheyPromise() {
        Desk desk;
        open(desk);
        auto* const area = &desk.window.views();
        desk.trigger("layout-single");
        QTRY_VERIFY(!area->slice(ViewKind::Coronal)->isVisible());
        QVERIFY(area->slice(ViewKind::Axial)->isVisible());
        desk.trigger("large-sagittal");
        QTRY_VERIFY(area->slice(ViewKind::Sagittal)->isVisible());
        QVERIFY(!area->slice(ViewKind::Axial)->isVisible());
        desk.trigger("layout-three");
        QTRY_VERIFY(area->slice(ViewKind::Axial)->isVisible());
        QTRY_VERIFY(area->slice(ViewKind::Sagittal)->width() > area->slice(ViewKind::Axial)->width());
        desk.trigger("layout-four");
        QTRY_VERIFY(std::abs(area->slice(ViewKind::Sagittal)->width() - area->slice(ViewKind::Axial)->width()) <= 2);
        QVERIFY(area->slice(ViewKind::Axial)->geometry().topLeft().x() <
                area->slice(ViewKind::Sagittal)->geometry().x());
        QVERIFY(area->slice(ViewKind::Coronal)->y() > area->slice(ViewKind::Axial)->y());
        QVERIFY(area->volume()->y() > area->slice(ViewKind::Sagittal)->y());
        // Double-click and back.
        QTest::mouseDClick(area->slice(ViewKind::Coronal), Qt::LeftButton);
        QTRY_VERIFY(desk.bench.session().view()->layout == ViewLayout::Single);
        QTest::mouseDClick(area->slice(ViewKind::Coronal), Qt::LeftButton);
        QTRY_VERIFY(desk.bench.session().view()->layout == ViewLayout::Four);
    }

    void displayActionsAndButtonsAgree() {
        Desk desk;
        open(desk);
        desk.trigger("mask-from-truth");
        QTRY_VERIFY(desk.idle());
        desk.trigger("display-mask");
        QVERIFY(!desk.bench.session().display()->maskVisible);
        QTRY_VERIFY(!desk.window.actions().action("display-mask")->isChecked());
        desk.find<QToolButton>("labelEye_2")->click();
        QVERIFY(!desk.bench.session().display()->labels.at(2).visible);
        desk.find<QSlider>("maskOpacity")->setValue(20);
        QCOMPARE(desk.bench.session().display()->maskOpacity, 0.2);
        desk.trigger("preset-2");
        QVERIFY(desk.bench.session().view()->shown == imaging::Sequence::T1);
        QTRY_VERIFY(desk.find<QToolButton>("sequence_t1")->isChecked());
    }

    void unsavedWorkIsAskedFor() {
        Desk desk;
        open(desk);
        desk.trigger("mask-from-truth");
        QTRY_VERIFY(desk.idle());
        int asked = 0;
        desk.window.setDiscardAnswer([&] {
            ++asked;
            return false;
        });
        desk.window.close();
        QCOMPARE(asked, 1);
        QVERIFY(desk.window.isVisible());
        desk.trigger("case-close");
        QCOMPARE(asked, 2);
        QVERIFY(desk.bench.session().hasCase());
        // Saving makes the question go.
        const QString file = desk.folder.filePath("mask.nii.gz");
        desk.window.setFileChooser(
            [&](FileQuestion, const QString&, const std::function<void(QString)>& chosen) { chosen(file); });
        desk.trigger("mask-save");
        QTRY_VERIFY(!desk.bench.session().storage()->unsaved);
        desk.trigger("case-close");
        QCOMPARE(asked, 2);
        QTRY_VERIFY(desk.isShown("startPage"));
    }

    void theUnsavedQuestionIsADialogWithAWayBack() {
        Desk desk;
        open(desk);
        desk.trigger("mask-from-truth");
        QTRY_VERIFY(desk.idle());
        desk.trigger("case-close");
        QTRY_VERIFY(desk.window.findChild<QMessageBox*>("unsavedBox") != nullptr);
        auto* const box = desk.window.findChild<QMessageBox*>("unsavedBox");
        QTest::keyClick(box, Qt::Key_Escape);
        QTRY_VERIFY(desk.window.findChild<QMessageBox*>("unsavedBox") == nullptr);
        QVERIFY(desk.bench.session().hasCase());
    }

    void aFolderDroppedOnTheWindowOpens() {
        Desk desk;
        QVERIFY(QTest::qWaitForWindowExposed(&desk.window));
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile("/phantom")});
        QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&desk.window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&desk.window, &drop);
        QTRY_VERIFY(desk.bench.session().hasCase());
    }

    void aFailureIsASentenceInTheBar() {
        Desk desk;
        QVERIFY(QTest::qWaitForWindowExposed(&desk.window));
        desk.world->failOpen = true;
        desk.trigger("case-demo");
        auto* const bar = desk.find<MessageBar>("messageBar");
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(bar->text().contains("nowhere"));
        desk.find<QToolButton>("messageClose")->click();
        QVERIFY(!bar->isVisible());
    }

    void problemsWaitForEachOtherAndASuccessSettlesItsOwn() {
        MessageBar bar;
        QSignalSpy said(&bar, &MessageBar::said);
        bar.show(NoteKind::Problem, "cannot write mask.foo", NoteTopic::Write);
        bar.show(NoteKind::Problem, "no such folder", NoteTopic::Open);
        QCOMPARE(bar.text(), QString("no such folder"));
        QCOMPARE(bar.count(), 2);
        QVERIFY(bar.findChild<QLabel*>("messageCount")->text().contains("2"));
        bar.findChild<QToolButton*>("messageClose")->click();
        QCOMPARE(bar.text(), QString("cannot write mask.foo")); // not lost
        bar.show(NoteKind::Info, "Mask saved", NoteTopic::Write);
        QCOMPARE(bar.count(), 0);
        QVERIFY(bar.isHidden());
        QCOMPARE(said.count(), 1);
        QCOMPARE(said.front().front().toString(), QString("Mask saved"));
        // A success of another kind leaves the problem where it is.
        bar.show(NoteKind::Problem, "cannot write mask.foo", NoteTopic::Write);
        bar.show(NoteKind::Info, "Patient saved", NoteTopic::Patient);
        QCOMPARE(bar.text(), QString("cannot write mask.foo"));
        // A question is neither lost nor answered by a problem.
        int taken = 0;
        bar.clear();
        bar.ask(
            "Patient A is known", "Take", [&] { ++taken; }, nullptr);
        bar.show(NoteKind::Problem, "trouble", NoteTopic::Segment);
        bar.settle(NoteTopic::Segment);
        QCOMPARE(bar.text(), QString("Patient A is known"));
        bar.findChild<QPushButton*>("messageButton")->click();
        QCOMPARE(taken, 1);
        QCOMPARE(bar.count(), 0);
    }

    void aLongQuestionHasItsWidth() {
        MessageBar bar;
        bar.resize(600, 40);
        bar.ask(QString("A patient with a very long pseudonym is in the database. ").repeated(3),
                "Take patient and symptoms", nullptr, nullptr);
        QTRY_VERIFY(bar.isVisible());
        bar.resize(600, bar.sizeHint().height());
        auto* const text = bar.findChild<QLabel*>("messageText");
        QTRY_VERIFY2(text->width() > 450, qPrintable(QString::number(text->width())));
        QVERIFY(text->height() >= text->heightForWidth(text->width()));
    }

    void writtenFilesRemoveTheProblemOfWriting() {
        Desk desk;
        open(desk);
        desk.trigger("mask-from-truth");
        QTRY_VERIFY(desk.idle());
        auto* const bar = desk.find<MessageBar>("messageBar");
        Q_EMIT desk.bench.noted(NoteKind::Problem, Message{"imaging.write_format_unknown", {{"file", "mask.foo"}}},
                                NoteTopic::Write);
        QTRY_VERIFY(bar->text().contains("mask.foo"));
        desk.window.setFileChooser([&](FileQuestion, const QString&, const std::function<void(QString)>& chosen) {
            chosen(desk.folder.filePath("report.png"));
        });
        desk.trigger("report-export");
        QTRY_VERIFY(desk.window.statusBar()->currentMessage().contains("report.png"));
        QVERIFY(!bar->isVisible());
    }

    void aQuietEndKeepsSymptomsForTheNextStart() {
        QTemporaryDir folder;
        const std::string database = folder.filePath("s.db").toStdString();
        {
            Desk desk(std::make_shared<test::FakeWorld>(), database);
            QTRY_VERIFY(desk.bench.knowledge() != nullptr);
            desk.bench.setPseudonym("P-017");
            desk.bench.setVisitDate("2026-05-01");
            desk.bench.setSymptoms({{desk.bench.knowledge()->symptoms.front().id, Side::Right}});
            desk.window.endQuietly();
            QTRY_VERIFY(!desk.window.isVisible());
            QVERIFY(desk.window.findChild<QMessageBox*>("unsavedBox") == nullptr);
            QVERIFY(!desk.settings.windowGeometry().isEmpty());
        }
        {
            Desk desk(std::make_shared<test::FakeWorld>(), database);
            QTRY_VERIFY(desk.window.findChild<QMessageBox*>("restoreFindingsBox") != nullptr);
            auto* const box = desk.window.findChild<QMessageBox*>("restoreFindingsBox");
            QVERIFY(box->text().contains("P-017"));
            QTest::keyClick(box, Qt::Key_Escape); // later
            QTRY_VERIFY(desk.window.findChild<QMessageBox*>("restoreFindingsBox") == nullptr);
            QVERIFY(desk.session().findings()->symptoms.empty());
        }
        {
            Desk desk(std::make_shared<test::FakeWorld>(), database);
            QTRY_VERIFY(desk.window.findChild<QMessageBox*>("restoreFindingsBox") != nullptr);
            desk.window.findChild<QMessageBox*>("restoreFindingsBox")->findChild<QPushButton*>("restoreEdits")->click();
            QCOMPARE(desk.session().findings()->symptoms.size(), std::size_t{1});
            QVERIFY(desk.session().findings()->symptoms.front().side == Side::Right);
            QCOMPARE(desk.bench.visitDate(), std::string("2026-05-01"));
            QTRY_COMPARE(desk.find<QDateEdit>("visitDate")->date(), QDate(2026, 5, 1));
            QVERIFY(desk.bench.patientUnsaved());
            desk.window.setDiscardAnswer([] { return true; });
            desk.window.close(); // given up: nothing to offer next time
            QTRY_VERIFY(!desk.window.isVisible());
        }
        Desk desk(std::make_shared<test::FakeWorld>(), database);
        QTRY_VERIFY(desk.bench.knowledge() != nullptr);
        QVERIFY(desk.window.findChild<QMessageBox*>("restoreFindingsBox") == nullptr);
    }

    void aQuietEndKeepsEditsAndLaterKeepsThemAgain() {
        QTemporaryDir folder;
        const std::string database = folder.filePath("s.db").toStdString();
        {
            Desk desk(std::make_shared<test::FakeWorld>(), database);
            open(desk);
            desk.trigger("mask-from-truth");
            QTRY_VERIFY(desk.idle());
            desk.window.endQuietly();
            QTRY_VERIFY(!desk.window.isVisible());
        }
        for (int start = 0; start < 2; ++start) {
            Desk desk(std::make_shared<test::FakeWorld>(), database);
            open(desk);
            QTRY_VERIFY(desk.window.findChild<QMessageBox*>("restoreBox") != nullptr);
            auto* const box = desk.window.findChild<QMessageBox*>("restoreBox");
            if (start == 0)
                QTest::keyClick(box, Qt::Key_Escape);
            else
                box->findChild<QPushButton*>("keepEdits")->click();
            QTRY_VERIFY(desk.window.findChild<QMessageBox*>("restoreBox") == nullptr);
            QVERIFY(!desk.session().hasMask());
            desk.window.close();
        }
        Desk desk(std::make_shared<test::FakeWorld>(), database);
        open(desk);
        QTRY_VERIFY(desk.window.findChild<QMessageBox*>("restoreBox") != nullptr);
        desk.window.findChild<QMessageBox*>("restoreBox")->findChild<QPushButton*>("restoreEdits")->click();
        QTRY_VERIFY(desk.session().hasMask());
        desk.window.setDiscardAnswer([] { return true; });
        desk.window.close();
    }

    void twoDatedVisitsGiveTwoVolumes() {
        Desk desk;
        open(desk);
        desk.trigger("mask-from-truth");
        QTRY_VERIFY(desk.idle());
        desk.trigger("tab-symptoms");
        desk.bench.setPseudonym("P-018");
        desk.find<QDateEdit>("visitDate")->setDate(QDate(2026, 1, 5));
        QVERIFY(!desk.window.actions().action("visit-new")->isEnabled());
        desk.trigger("patient-save");
        QTRY_VERIFY(desk.session().findings()->patient.id != 0 && !desk.bench.patientUnsaved());
        // A wrong day is corrected, not doubled.
        desk.find<QDateEdit>("visitDate")->setDate(QDate(2026, 1, 6));
        desk.trigger("patient-save");
        QTRY_VERIFY(!desk.bench.patientUnsaved());
        // The follow-up scan, some months later.
        const store::Patient patient = desk.session().findings()->patient;
        auto later = std::make_shared<imaging::Case>(*desk.world->phantom);
        later->files.id = "follow-up";
        desk.world->phantom = later;
        desk.window.setDiscardAnswer([] { return true; });
        desk.bench.openCase("/follow-up");
        QTRY_COMPARE(desk.session().storage()->caseId, std::string("follow-up"));
        desk.bench.takePatient(patient);
        desk.trigger("mask-from-truth");
        QTRY_VERIFY(desk.idle());
        desk.trigger("visit-new");
        QTRY_VERIFY(desk.find<QLabel>("patientNote")->text().contains("new visit"));
        QCOMPARE(desk.find<QDateEdit>("visitDate")->date(), QDate::currentDate());
        desk.find<QDateEdit>("visitDate")->setDate(QDate(2026, 5, 1));
        desk.trigger("patient-save");
        QTRY_VERIFY(!desk.bench.patientUnsaved() && desk.bench.visitStored());
        std::optional<std::vector<store::VolumePoint>> points;
        desk.bench.store().ask<std::vector<store::VolumePoint>>(
            "volumes", [id = patient.id](store::Store& store) { return store.volumeHistory(id); }, &desk.window,
            [&](Result<std::vector<store::VolumePoint>> found) { points = found.value(); });
        QTRY_VERIFY(points.has_value());
        std::set<std::string> days;
        for (const store::VolumePoint& point : *points)
            days.insert(point.date);
        QCOMPARE(days, (std::set<std::string>{"2026-01-06", "2026-05-01"}));
    }

    void theSuggestedRegionNamesItsSide() {
        Desk desk;
        QTRY_VERIFY(desk.bench.knowledge() != nullptr);
        desk.bench.setSymptoms({{"weakness_one_side", Side::Right}});
        QTRY_VERIFY2(desk.find<QLabel>("suggestedRegions")->text().contains("left"),
                     qPrintable(desk.find<QLabel>("suggestedRegions")->text()));
    }

    void aCtIsToldInOneSentence() {
        Desk desk;
        auto ct = std::make_shared<imaging::Case>(*desk.world->phantom);
        ct->volumes.front().sequence = imaging::Sequence::Ct;
        desk.world->phantom = ct;
        open(desk);
        desk.trigger("tab-verdict");
        QTRY_COMPARE(desk.find<QLabel>("verdictTitle")->text(),
                     QString("Place and symptoms are compared for brain cases only"));
        desk.trigger("mask-from-truth");
        QTRY_VERIFY(desk.idle());
        QTRY_VERIFY(desk.find<QPushButton>("placeRefine")->isHidden());
        QVERIFY(!desk.find<QTextBrowser>("verdictText")->toPlainText().contains("Register"));
        QVERIFY(desk.find<QPushButton>("placeRefine")->isHidden());
        QVERIFY(desk.find<QPushButton>("placeBend")->isHidden());
        QTRY_VERIFY(!desk.window.actions().action("place-refine")->isEnabled());
    }

    void theKeySheetFindsAndRunsActions() {
        Desk desk;
        open(desk);
        desk.trigger("help-keys");
        QTRY_VERIFY(desk.window.findChild<KeySheet*>() != nullptr);
        auto* const sheet = desk.window.findChild<KeySheet*>();
        QTRY_VERIFY(sheet->isVisible());
        auto* const search = sheet->findChild<QLineEdit*>("keySearch");
        QTest::keyClicks(search, "invert");
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_VERIFY(desk.bench.session().display()->invert);
    }

    void everyControlHasANameAndEveryKeyIsUsedOnce() {
        Desk desk;
        open(desk);
        std::map<QString, QString> keys;
        for (const QString& id : desk.window.actions().ids()) {
            QAction* const action = desk.window.actions().action(id);
            QVERIFY2(!action->text().isEmpty(), qPrintable(id));
            QVERIFY2(!action->toolTip().isEmpty(), qPrintable(id));
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(!keys.contains(key.toString()),
                         qPrintable(id + " and " + keys[key.toString()] + " share " + key.toString()));
                keys[key.toString()] = id;
            }
        }
        for (QWidget* const widget : desk.window.findChildren<QWidget*>()) {
            const bool control =
                qobject_cast<QPushButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
                qobject_cast<QSlider*>(widget) ||
                (qobject_cast<QLineEdit*>(widget) && !qobject_cast<QComboBox*>(widget->parentWidget()));
            if (!control)
                continue;
            QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }

    void habitsAreRemembered() {
        QTemporaryDir folder;
        const QString file = folder.filePath("s.ini");
        {
            Settings settings(file);
            DisplayState display;
            ViewState view;
            display.maskOpacity = 0.7;
            display.outline = true;
            display.palette = Palette::ClassicBrats;
            view.layout = ViewLayout::OneAndThree;
            settings.write(display, view);
        }
        Settings settings(file);
        DisplayState display;
        ViewState view;
        settings.read(display, view);
        QCOMPARE(display.maskOpacity, 0.7);
        QVERIFY(display.outline);
        QVERIFY(display.palette == Palette::ClassicBrats);
        QVERIFY(view.layout == ViewLayout::OneAndThree);
    }
};

int main(int argc, char** argv) { return test::runWindowTest<TestMainWindow>(argc, argv); }
#include "tst_main_window.moc"
