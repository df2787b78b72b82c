// SPDX-License-Identifier: Apache-2.0
#include "app/program_paths.h"
#include "app/sulcus/window_services.h"
#include "core/imaging/dicom_seg/dicom_segmentation.h"
#include "core/imaging/probe.h"
#include "ui/session/job_runner.h"
#include "ui/session/settings.h"
#include "ui/session/workbench.h"
#include "ui/viewport/vtk_widget.h"
#include "ui/widgets/choice_dialog.h"
#include "ui/widgets/edit_tools.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/view_area.h"

#include <QAction>
#include <QApplication>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace sulcus;
using namespace sulcus::session;
using namespace sulcus::widgets;
namespace fs = std::filesystem;

namespace {

constexpr int kLong = 240'000; // a busy machine
const fs::path kFormats = fs::path(SULCUS_SOURCE_DIR) / ".." / "shared" / "data" / "formats";

/// The real window with the real services.
struct Desk {
    QTemporaryDir folder;
    workflow::Paths paths;
    JobRunner runner;
    Settings settings{folder.filePath("sulcus.ini")};
    std::unique_ptr<Workbench> bench;
    std::unique_ptr<MainWindow> window;

    Desk() {
        imaging::setProbeProgram(fs::path(SULCUS_BINARY_DIR) / "bin" / "sulcus-probe");
        paths = app::findPaths({});
        paths.cache = folder.filePath("cache").toStdString();
        paths.database = folder.filePath("test.db").toStdString();
        bench = std::make_unique<Workbench>(app::windowServices(paths, QStringLiteral("en")), runner, paths.database);
        window = std::make_unique<MainWindow>(*bench, settings);
        window->setDiscardAnswer([] { return true; });
        window->resize(1280, 800);
        window->show();
        bench->start();
    }
    void open(const fs::path& path) {
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
        window->openCase(QString::fromStdString(path.string()));
        QTRY_VERIFY_WITH_TIMEOUT(runner.idle() && bench->knowledge() != nullptr, kLong);
    }
    void act(const char* id) {
        QAction* const action = window->actions().action(QLatin1String(id));
        QTRY_VERIFY2_WITH_TIMEOUT(action->isEnabled(), id, kLong);
        action->trigger();
    }
};

} // namespace

/// A real DICOM case in the real window: what is drawn on it leaves as a segmentation object and comes back.
class TestWindowDicom : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (!fs::exists(kFormats)) {
            qInfo("SULCUS_SKIPPED_WHOLE_TEST");
            QSKIP("../shared/data/formats is not there");
        }
        Theme::instance().apply(ThemeKind::Dark);
    }

    void whatIsDrawnOnASeriesComesBackVoxelForVoxel() {
        Desk desk;
        desk.open(kFormats / "dicom_series_ct_head");
        CaseSession& session = desk.bench->session();
        QVERIFY(session.hasCase());
        QVERIFY(session.view()->shown == imaging::Sequence::Ct);
        desk.act("tool-brush");
        auto* const axial = desk.window->views().slice(ViewKind::Axial);
        QTRY_VERIFY(axial->tool() == viewport::Tool::Edit);
        MaskEditor& editor = desk.window->editTools().editor();
        editor.state().update([](EditState& state) {
            state.brushMm = 20.0;
            state.ball = true;
        });
        const auto stroke = [&](std::uint8_t label, double share) {
            editor.setLabel(label);
            const QPoint middle(static_cast<int>(axial->width() * share), axial->height() / 2);
            QTest::mousePress(axial, Qt::LeftButton, {}, middle);
            QTest::mouseMove(axial, middle + QPoint(0, 20));
            QTest::mouseRelease(axial, Qt::LeftButton, {}, middle + QPoint(0, 20));
            QTRY_VERIFY_WITH_TIMEOUT(desk.runner.idle(), kLong);
        };
        stroke(1, 0.4);
        stroke(2, 0.6);
        QVERIFY(session.hasMask());
        QCOMPARE(session.data()->labelMl.size(), std::size_t{2});
        const QString file = desk.folder.filePath("drawn.dcm");
        desk.window->setFileChooser(
            [file](FileQuestion, const QString&, const std::function<void(QString)>& chosen) { chosen(file); });
        QSignalSpy noted(desk.bench.get(), &Workbench::noted);
        desk.act("export-segmentation");
        // The window looked itself, and so does the test.
        QTRY_VERIFY_WITH_TIMEOUT(std::any_of(noted.begin(), noted.end(),
                                             [](const QList<QVariant>& arguments) {
                                                 return arguments.at(1).value<Message>().id ==
                                                        "widgets.segmentation_saved";
                                             }),
                                 kLong);
        const auto read = imaging::readDicomSegmentation(file.toStdString(), session.geometry());
        QVERIFY(read.has_value());
        QVERIFY(read->map.voxels == session.data()->mask->voxels);
        QCOMPARE(read->segments.size(), std::size_t{2});
    }

    void aMixedFolderAsksAndOpensWhatWasChosen() {
        Desk desk;
        QSignalSpy asked(desk.bench.get(), &Workbench::choiceNeeded);
        desk.open(kFormats / "dicom_odd");
        QTRY_VERIFY_WITH_TIMEOUT(asked.count() > 0, kLong);
        QVERIFY(!desk.bench->session().hasCase());
        auto* const dialog = desk.window->findChild<ChoiceDialog*>();
        QVERIFY(dialog != nullptr);
        auto* const list = dialog->findChild<QListWidget*>();
        QVERIFY(list != nullptr && list->count() > 20);
        for (int row = 0; row < list->count(); ++row)
            QVERIFY2(!list->item(row)->text().trimmed().isEmpty(), qPrintable(QString::number(row)));
        list->setCurrentRow(0);
        dialog->findChild<QPushButton*>("choiceOpen")->click();
        QTRY_VERIFY_WITH_TIMEOUT(desk.runner.idle() && desk.bench->session().hasCase(), kLong);
    }
};

int main(int argc, char** argv) {
    viewport::VtkWidget::setDefaultFormat();
    QApplication application(argc, argv);
    TestWindowDicom test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_dicom.moc"
