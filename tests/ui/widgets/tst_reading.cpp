// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/widgets/window_desk.h"
#include "ui/session/case_browser.h"
#include "ui/session/window_presets.h"
#include "ui/widgets/case_browser_page.h"
#include "ui/widgets/choice_dialog.h"
#include "ui/widgets/display_panel.h"
#include "ui/widgets/help_window.h"
#include "ui/widgets/key_choices.h"
#include "ui/widgets/key_sheet.h"
#include "ui/widgets/wording.h"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QFile>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTextDocumentFragment>
#include <QToolButton>

using namespace sulcus;
using namespace sulcus::session;
using namespace sulcus::widgets;

namespace {

constexpr int kCases = 300;

/// What the services were asked for, told by themselves.
struct Asked {
    std::shared_ptr<int> thumbnails = std::make_shared<int>(0);
    std::shared_ptr<std::vector<std::string>> opened = std::make_shared<std::vector<std::string>>();

    Services services(const std::shared_ptr<test::FakeWorld>& fakes) {
        Services services = test::fakeServices(fakes);
        services.openCase = [world = fakes, opened = opened](const std::filesystem::path& path,
                                                             const TaskContext&) -> Result<Services::CasePtr> {
            opened->push_back(path.string());
            auto copy = std::make_shared<imaging::Case>(*world->phantom);
            copy->files.id = path.filename().string();
            copy->files.folder = path;
            return Services::CasePtr(std::move(copy));
        };
        services.listCases = [](const std::filesystem::path& root,
                                const TaskContext&) -> Result<std::vector<imaging::ListedCase>> {
            if (root == "/empty")
                return fail(ErrorCode::NotFound, "imaging.no_cases_below", {{"folder", root.string()}});
            std::vector<imaging::ListedCase> cases;
            for (int n = 0; n < kCases; ++n) {
                imaging::ListedCase one;
                one.id = "Case_" + std::to_string(n);
                one.path = root / one.id;
                one.hasTruth = n % 2 == 0;
                one.hasMask = n % 10 == 0;
                one.hasReport = n == 7;
                cases.push_back(one);
            }
            return cases;
        };
        services.caseThumbnail = [thumbnails = thumbnails](const std::filesystem::path&,
                                                           const TaskContext&) -> Result<QImage> {
            ++*thumbnails;
            QImage picture(96, 96, QImage::Format_Grayscale8);
            picture.fill(128);
            return picture;
        };
        return services;
    }
};

/// A window with a dataset of 300 cases that exist in name only.
struct Desk : Asked, test::WindowDesk {
    Desk() : Desk(std::make_shared<test::FakeWorld>()) {}
    explicit Desk(const std::shared_ptr<test::FakeWorld>& fakes) : WindowDesk(fakes, services(fakes)) {}
};

} // namespace

class TestReading : public QObject {
    Q_OBJECT
    static void open(Desk& desk) { desk.openDemo(); }

private Q_SLOTS:
    void everyLayoutShowsItsViews() {
        Desk desk;
        open(desk);
        ViewArea& area = desk.window.views();
        const auto tile = [&](std::size_t n) { return area.sliceViews().at(3 + n); };
        desk.trigger("layout-row");
        QTRY_VERIFY(tile(0)->isVisible());
        for (std::size_t n = 0; n < 4; ++n)
            QVERIFY(tile(n)->isVisible());
        QVERIFY(!area.slice(ViewKind::Axial)->isVisible());
        QVERIFY(tile(0)->geometry() != tile(1)->geometry());
        // One plane for all; another one on demand.
        desk.trigger("large-sagittal");
        QTRY_VERIFY(tile(2)->plane() == scene::Plane::Sagittal);
        QVERIFY(desk.session().view()->layout == ViewLayout::Row);
        // Each has the grey window of its own sequence.
        QTRY_VERIFY(tile(0)->renderCount() > 0);
        // The cursor and the zoom go together.
        auto framing = tile(0)->framing();
        framing.zoom = 2.0;
        tile(0)->setFraming(framing);
        Q_EMIT tile(0)->framingChanged(framing);
        QCOMPARE(tile(3)->framing().zoom, 2.0);
        desk.trigger("layout-side");
        QTRY_VERIFY(tile(1)->isVisible() && !tile(2)->isVisible());
        desk.trigger("layout-montage");
        QTRY_VERIFY(area.montage()->isVisible());
        QVERIFY(!tile(0)->isVisible());
        desk.trigger("montage-4x3");
        QTRY_COMPARE(area.montage()->columns(), 4);
        QCOMPARE(area.montage()->rows(), 3);
        desk.trigger("montage-step-2");
        QTRY_COMPARE(desk.session().view()->montageStepMm, 2.0);
        QTRY_VERIFY(area.montage()->sliceOfTile(1) - area.montage()->sliceOfTile(0) == 2);
        // Double-click in a tile: that slice alone; again: back to the light box.
        const QPoint at = area.montage()->tileRect(5).center().toPoint();
        const int wanted = area.montage()->sliceOfTile(5);
        QTest::mouseDClick(area.montage(), Qt::LeftButton, {}, at);
        QTRY_VERIFY(desk.session().view()->layout == ViewLayout::Single);
        QTRY_COMPARE(area.slice(ViewKind::Sagittal)->slice(), wanted);
        QTest::mouseDClick(area.slice(ViewKind::Sagittal), Qt::LeftButton);
        QTRY_VERIFY(desk.session().view()->layout == ViewLayout::Montage);
        desk.trigger("layout-four");
        QTRY_VERIFY(area.slice(ViewKind::Axial)->isVisible());
    }

    void theLayoutIsKeptForThePerson() {
        QTemporaryDir folder;
        const QString file = folder.filePath("s.ini");
        {
            Settings settings(file);
            ViewState view;
            view.layout = ViewLayout::Montage;
            view.montageColumns = 6;
            view.cursorLinked = false;
            settings.write({}, view);
        }
        Settings settings(file);
        DisplayState display;
        ViewState view;
        settings.read(display, view);
        QVERIFY(view.layout == ViewLayout::Montage);
        QCOMPARE(view.montageColumns, 6);
        QVERIFY(!view.cursorLinked);
    }

    void freeCrosshairsMoveOneView() {
        Desk desk;
        open(desk);
        ViewArea& area = desk.window.views();
        auto* const axial = area.slice(ViewKind::Axial);
        auto* const coronal = area.slice(ViewKind::Coronal);
        desk.trigger("view-link-cursor");
        const auto before = coronal->cursor();
        axial->stepSlice(3);
        QTRY_VERIFY(axial->cursor().z != before.z);
        QTest::qWait(0);
        QCOMPARE(coronal->cursor().z, before.z);
        // What no view did goes for all of them.
        auto point = before;
        point.z += 5.0;
        desk.session().view().update([&](ViewState& view) { view.cursor = point; });
        QTRY_COMPARE(coronal->cursor().z, point.z);
        desk.trigger("view-link-cursor");
        axial->stepSlice(-2);
        QTRY_VERIFY(std::abs(coronal->cursor().z - axial->cursor().z) < 1e-9);
    }

    void linkedZoomGoesForThePlanes() {
        Desk desk;
        open(desk);
        ViewArea& area = desk.window.views();
        const double whole = area.slice(ViewKind::Coronal)->framing().zoom;
        scene::Framing framing;
        framing.zoom = 3.0;
        area.slice(ViewKind::Axial)->setFraming(framing);
        Q_EMIT area.slice(ViewKind::Axial)->framingChanged(framing);
        QCOMPARE(area.slice(ViewKind::Coronal)->framing().zoom, whole);
        desk.trigger("view-link-zoom");
        Q_EMIT area.slice(ViewKind::Axial)->framingChanged(framing);
        QCOMPARE(area.slice(ViewKind::Coronal)->framing().zoom, 3.0);
        desk.trigger("view-fit");
        QTRY_COMPARE(area.slice(ViewKind::Coronal)->framing().zoom, whole);
    }

    void digitsAndTheDisplayPanelSetTheGreyWindow() {
        Desk desk;
        open(desk);
        const Window automatic = desk.session().display()->windows.at(imaging::Sequence::Flair);
        desk.trigger("preset-2");
        QVERIFY(desk.session().view()->shown == imaging::Sequence::T1);
        desk.trigger("preset-1");
        desk.trigger("preset-7");
        const auto volume = desk.session().data()->imagingCase->find(imaging::Sequence::Flair);
        const Window bright = percentileWindow(*volume, mriPresets().at(2));
        QVERIFY(desk.session().display()->windows.at(imaging::Sequence::Flair) == bright);
        QVERIFY(!(bright == automatic));
        desk.trigger("display-auto");
        QVERIFY(desk.session().display()->windows.at(imaging::Sequence::Flair) == automatic);
        auto* const panel = desk.find<DisplayPanel>("displayPanel");
        QVERIFY(!panel->isOpen());
        desk.find<QToolButton>("displayHeader")->click();
        QVERIFY(panel->isOpen());
        auto* const width = desk.find<QDoubleSpinBox>("windowWidth");
        QTRY_VERIFY(std::abs(width->value() - automatic.width) < 1.0);
        width->setValue(123.0);
        QCOMPARE(desk.session().display()->windows.at(imaging::Sequence::Flair).width, 123.0);
        auto* const colours = desk.find<QComboBox>("colourMap");
        desk.trigger("colours-next");
        QTRY_COMPARE(colours->currentIndex(), 1);
        // Probabilities are there only after a network kept them, and the control says so.
        QVERIFY(!desk.find<QComboBox>("probabilityChoice")->isEnabled());
        QVERIFY(desk.find<QComboBox>("probabilityChoice")->toolTip().contains("segment the case first"));
        desk.trigger("display-reset");
        QVERIFY(desk.session().display()->colourMap == ColourMap::Grey);
    }

    void anOverlayOfAnyGridIsShownAndTakenAway() {
        Desk desk;
        open(desk);
        QVERIFY(!desk.window.actions().action("display-overlay")->isEnabled());
        desk.window.setFileChooser(
            [&](FileQuestion question, const QString&, const std::function<void(QString)>& chosen) {
                QVERIFY(question == FileQuestion::OpenOverlay);
                chosen("/masks/second.nii.gz");
            });
        desk.trigger("overlay-open");
        QTRY_VERIFY(desk.session().data()->overlay != nullptr);
        QCOMPARE(desk.session().data()->overlayName, std::string("second.nii.gz"));
        QVERIFY(!desk.session().hasMask()); // it is no mask of the case
        desk.trigger("display-overlay");
        QVERIFY(!desk.session().display()->overlayVisible);
        desk.trigger("overlay-remove");
        QTRY_VERIFY(desk.session().data()->overlay == nullptr);
    }

    void theCloudFollowsTheSequence() {
        Desk desk;
        open(desk);
        desk.trigger("rendering-toggle");
        QVERIFY(desk.session().display()->rendering == VolumeRendering::MriBrain);
        QTRY_VERIFY(desk.runner.idle());
        const int before = desk.window.views().volume()->renderCount();
        desk.trigger("preset-3");
        QTRY_VERIFY(desk.window.views().volume()->renderCount() > before);
        desk.trigger("rendering-toggle");
        QVERIFY(desk.session().display()->rendering == VolumeRendering::Off);
    }

    void threeHundredCasesAreListedFilteredAndRead() {
        Desk desk;
        QVERIFY(QTest::qWaitForWindowExposed(&desk.window));
        QVERIFY(!desk.window.actions().action("case-next")->isEnabled());
        QVERIFY(desk.window.actions().action("case-next")->toolTip().contains("Browse a dataset folder first."));
        QElapsedTimer clock;
        clock.start();
        desk.window.browse("/data");
        auto* const page = desk.find<CaseBrowserPage>("caseBrowser");
        QTRY_VERIFY(page->isVisible());
        auto* const list = desk.find<QListView>("datasetList");
        QTRY_COMPARE(list->model()->rowCount(), kCases);
        QVERIFY2(clock.elapsed() < 3000, qPrintable(QString::number(clock.elapsed())));
        // Pictures of what is on the screen, not of all three hundred.
        QTRY_VERIFY(*desk.thumbnails > 8);
        QTRY_VERIFY(desk.runner.idle());
        QVERIFY2(*desk.thumbnails < kCases / 2, qPrintable(QString::number(*desk.thumbnails)));
        // Filters.
        auto* const filter = desk.find<QLineEdit>("datasetFilter");
        filter->setText("case_29");
        QCOMPARE(list->model()->rowCount(), 11); // 29 and 290 to 299
        filter->clear();
        const auto count = [&](CaseFilter which) {
            return static_cast<int>(desk.window.browser().find({}, which).size());
        };
        QCOMPARE(count(CaseFilter::Segmented), 30);
        QCOMPARE(count(CaseFilter::NotSegmented), 270);
        QCOMPARE(count(CaseFilter::WithTruth), 150);
        QCOMPARE(count(CaseFilter::WithReport), 1);
        // Open one; the next is read ahead, and N takes it without reading again.
        Q_EMIT page->caseChosen(5);
        QTRY_VERIFY(desk.session().hasCase());
        QTRY_COMPARE(QString::fromStdString(desk.session().storage()->caseId), QString("Case_5"));
        QTRY_VERIFY(!page->isVisible());
        QTRY_VERIFY(desk.bench.hasReadAhead("/data/Case_6"));
        QTRY_VERIFY(desk.runner.idle());
        const auto reads = desk.opened->size();
        desk.trigger("case-next");
        QTRY_COMPARE(QString::fromStdString(desk.session().storage()->caseId), QString("Case_6"));
        QTRY_VERIFY(desk.bench.hasReadAhead("/data/Case_7"));
        QCOMPARE(desk.opened->size(), reads + 1); // only the one ahead
        QTRY_VERIFY(desk.runner.idle());
        desk.trigger("case-previous");
        QTRY_COMPARE(QString::fromStdString(desk.session().storage()->caseId), QString("Case_5"));
        QTRY_VERIFY(desk.runner.idle());
    }

    void aFolderWithoutCasesIsASentence() {
        Desk desk;
        QVERIFY(QTest::qWaitForWindowExposed(&desk.window));
        QSignalSpy failed(&desk.window.browser(), &CaseBrowser::failed);
        desk.window.browse("/empty");
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(!desk.find<CaseBrowserPage>("caseBrowser")->isVisible());
    }

    void severalSeriesAreAskedFor() {
        std::vector<OpenChoice> choices(2);
        choices[0].files.seriesUid = "1.2";
        choices[0].title = "Head";
        choices[0].modality = "CT";
        choices[0].number = 2;
        choices[0].size = {512, 512, 93};
        choices[0].uneven = true;
        choices[1].files.seriesUid = "1.3";
        choices[1].number = 3;
        auto* const dialog = new ChoiceDialog(choices);
        QSignalSpy chosen(dialog, &ChoiceDialog::chosen);
        dialog->show();
        auto* const list = dialog->findChild<QListWidget*>("choiceList");
        QCOMPARE(list->count(), 2);
        QVERIFY(list->item(0)->text().contains("512 × 512 × 93"));
        QVERIFY(list->item(0)->text().contains("uneven"));
        list->setCurrentRow(1);
        dialog->findChild<QPushButton*>("choiceOpen")->click();
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(*chosen.front().front().value<OpenChoice>().files.seriesUid, std::string("1.3"));
    }

    void keysCanBeChangedAndConflictsAreNamed() {
        Desk desk;
        open(desk);
        auto& actions = desk.window.actions();
        const QKeySequence undo = actions.action("edit-undo")->shortcut();
        desk.trigger("help-keys");
        QTRY_VERIFY(desk.window.findChild<KeySheet*>() != nullptr);
        auto* const sheet = desk.window.findChild<KeySheet*>();
        sheet->search("invert grey");
        auto* const edit = sheet->findChild<QKeySequenceEdit*>("keyEdit");
        QTRY_VERIFY(edit->isEnabled());
        QCOMPARE(edit->keySequence(), actions.action("display-invert")->shortcut());
        edit->setKeySequence(undo);
        auto* const conflict = sheet->findChild<QLabel*>("keyConflict");
        QVERIFY(conflict->isVisible());
        QVERIFY2(conflict->text().contains("Undo"), qPrintable(conflict->text()));
        sheet->findChild<QPushButton*>("keySet")->click();
        QCOMPARE(actions.action("display-invert")->shortcut(), undo);
        QVERIFY(!actions.action("edit-undo")->shortcuts().contains(undo));
        QVERIFY(actions.action("display-invert")->toolTip().contains(undo.toString(QKeySequence::NativeText)));
        // Kept in the settings, and put in place at the next start.
        QVERIFY(desk.settings.keys().contains("display-invert"));
        {
            JobRunner runner;
            Workbench bench(desk.services(desk.world), runner, {});
            MainWindow again(bench, desk.settings);
            QCOMPARE(again.actions().action("display-invert")->shortcut(), undo);
        }
        sheet->findChild<QPushButton*>("keyResetAll")->click();
        QCOMPARE(actions.action("edit-undo")->shortcut(), undo);
        QVERIFY(chosenKeys(actions).empty());
        QVERIFY(desk.settings.keys().empty());
        // Another key alone, then back by itself.
        giveKey(actions, "display-invert", QKeySequence("Ctrl+Alt+F12"));
        QCOMPARE(chosenKeys(actions).size(), std::size_t{1});
        resetKey(actions, "display-invert");
        QVERIFY(chosenKeys(actions).empty());
    }

    void everyHelpPageIsWholeInBothLanguages() {
        Desk desk;
        const auto& actions = desk.window.actions();
        static const QRegularExpression place(QStringLiteral("\\{(key|action):([^}]*)\\}"));
        static const QRegularExpression link(QStringLiteral("href=\"([^\"]*)\""));
        for (const char* const language : {"en", "ko"})
            for (const QString& page : helpPages()) {
                QFile file(QStringLiteral(":/help/%1/%2.html").arg(QLatin1String(language), page));
                QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
                const QString html = QString::fromUtf8(file.readAll());
                QVERIFY(html.contains("<h1>"));
                for (auto it = place.globalMatch(html); it.hasNext();) {
                    const QString id = it.next().captured(2);
                    QVERIFY2(actions.find(id) != nullptr, qPrintable(file.fileName() + ": " + id));
                }
                for (auto it = link.globalMatch(html); it.hasNext();) {
                    const QString target = it.next().captured(1);
                    QVERIFY2(helpPages().contains(target), qPrintable(file.fileName() + ": " + target));
                }
            }
        // Both languages name the same actions.
        for (const QString& page : helpPages()) {
            QSet<QString> named[2];
            int n = 0;
            for (const char* const language : {"en", "ko"}) {
                QFile file(QStringLiteral(":/help/%1/%2.html").arg(QLatin1String(language), page));
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QString html = QString::fromUtf8(file.readAll());
                for (auto it = place.globalMatch(html); it.hasNext();)
                    named[n].insert(it.next().captured(2));
                ++n;
            }
            QVERIFY2(named[0] == named[1], qPrintable(page));
        }
        QVERIFY(helpPage("limits", actions).contains("education and research only"));
    }

    void helpNamesThePresentKeysAndIsSearched() {
        Desk desk;
        open(desk);
        giveKey(desk.window.actions(), "segment-run", QKeySequence("Ctrl+Alt+F11"));
        desk.trigger("help-open");
        QTRY_VERIFY(desk.window.findChild<HelpWindow*>() != nullptr);
        auto* const help = desk.window.findChild<HelpWindow*>();
        QTRY_VERIFY(help->isVisible());
        QVERIFY(help->findChild<QTextBrowser*>("helpText")->toPlainText().contains("Ctrl+Alt+F11"));
        help->findChild<QLineEdit*>("helpSearch")->setText("pseudonym");
        QTRY_COMPARE(help->page(), QString("verdict"));
        Q_EMIT help->findChild<QTextBrowser*>("helpText")->anchorClicked(QUrl("limits"));
        QCOMPARE(help->page(), QString("limits"));
    }

    void everyDisabledActionSaysWhy() {
        Desk desk;
        QVERIFY(QTest::qWaitForWindowExposed(&desk.window));
        for (const QString& id : desk.window.actions().ids())
            if (!desk.window.actions().action(id)->isEnabled()) {
                const QString reason = desk.window.actions().reason(id);
                QVERIFY2(!reason.isEmpty(), qPrintable(id));
                QVERIFY2(desk.window.actions().action(id)->toolTip().contains(reason.toHtmlEscaped()), qPrintable(id));
            }
    }
};

int main(int argc, char** argv) { return test::runWindowTest<TestReading>(argc, argv); }

#include "tst_reading.moc"
