// SPDX-License-Identifier: Apache-2.0
#include "app/program_paths.h"
#include "app/sulcus/window_services.h"
#include "core/imaging/components.h"
#include "core/learning/segmenter.h"
#include "ui/session/job_runner.h"
#include "ui/session/settings.h"
#include "ui/session/workbench.h"
#include "ui/viewport/vtk_widget.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/symptoms_panel.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/view_area.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <thread>

using namespace sulcus;
using namespace sulcus::session;
using namespace sulcus::widgets;

namespace {
constexpr int kLong = 240'000; // a busy machine; the demo case alone takes ten seconds of two cores to make
}

/// The main job in the real window on the real demo case with the shipped bundle: only action ids and object names.
class TestWindowDemo : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    workflow::Paths m_paths;

private Q_SLOTS:
    void initTestCase() {
        app::PathOptions options;
        options.models = SULCUS_SOURCE_DIR "/models";
        m_paths = app::findPaths(options);
        m_paths.database = m_folder.filePath("test.db").toStdString();
        m_paths.cache = m_folder.filePath("cache").toStdString();
        if (!std::filesystem::exists(m_paths.templates / "ch2bet.nii.gz")) {
            qInfo("SULCUS_SKIPPED_WHOLE_TEST");
            QSKIP("Debian's package mricron-data is not installed");
        }
        if (!std::filesystem::exists(m_paths.models / "brain-tumour" / "bundle.json")) {
            qInfo("SULCUS_SKIPPED_WHOLE_TEST");
            QSKIP("there is no bundle models/brain-tumour");
        }
        learning::setComputeThreads(static_cast<int>(std::thread::hardware_concurrency()));
        Theme::instance().apply(ThemeKind::Dark);
    }

    void openSegmentUndoCrossCheckReport() {
        JobRunner runner;
        Workbench bench(app::windowServices(m_paths, QStringLiteral("en")), runner, m_paths.database);
        Settings settings(m_folder.filePath("sulcus.ini"));
        MainWindow window(bench, settings);
        window.setDiscardAnswer([] { return true; });
        window.show();
        bench.start();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto act = [&](const char* id) {
            QAction* const action = window.actions().action(QLatin1String(id));
            QTRY_VERIFY2_WITH_TIMEOUT(action->isEnabled(), id, kLong);
            action->trigger();
        };
        CaseSession& session = bench.session();

        // Open: four sequences, said to be synthetic.
        act("case-demo");
        QTRY_VERIFY_WITH_TIMEOUT(session.hasCase(), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(runner.idle(), kLong);
        QCOMPARE(session.data()->imagingCase->volumes.size(), std::size_t{4});
        QTRY_VERIFY(window.findChild<QLabel*>("syntheticBadge")->isVisible());
        QTRY_VERIFY(window.views().slice(ViewKind::Axial)->renderCount() > 0);

        // Cancel: within a second, and nothing has changed.
        act("segment-run");
        QTRY_VERIFY_WITH_TIMEOUT(bench.segmentJob() != nullptr && bench.segmentJob()->fraction() > 0.0, kLong);
        QElapsedTimer clock;
        clock.start();
        act("job-cancel");
        QTRY_VERIFY_WITH_TIMEOUT(!bench.segmenting(), kLong);
        qInfo("cancelled after %lld ms", clock.elapsed());
        QVERIFY(!session.hasMask());

        // Segment: the window lives meanwhile.
        act("segment-run");
        QTRY_VERIFY_WITH_TIMEOUT(bench.segmenting(), kLong);
        const int slice = window.views().slice(ViewKind::Axial)->slice();
        act("slice-next");
        QTRY_VERIFY(window.views().slice(ViewKind::Axial)->slice() != slice);
        QTRY_VERIFY_WITH_TIMEOUT(session.hasMask(), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(runner.idle() && session.data()->comparison.has_value(), kLong);
        const double dice = *session.data()->comparison->regions.at(imaging::Target::WholeTumour).dice;
        qInfo("Dice of the whole tumour %.3f", dice);
        QVERIFY(dice > 0.5);
        QTRY_VERIFY(session.labelAt(session.view()->cursor) != 0); // centred on the largest component

        // Undo brings back what was there.
        const auto mask = session.data()->mask;
        act("edit-undo");
        QVERIFY(!session.hasMask());
        act("edit-redo");
        QCOMPARE(session.data()->mask->voxels, mask->voxels);
        QTRY_VERIFY_WITH_TIMEOUT(session.findings()->location.has_value() && runner.idle(), kLong);

        // Symptoms through the form.
        act("symptoms-search");
        auto* const search = window.findChild<QLineEdit*>("symptomSearch");
        auto* const tree = window.findChild<SymptomTree*>("symptomTree");
        QTest::keyClicks(search, "jerking");
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_COMPARE(session.findings()->symptoms.size(), std::size_t{1});
        const bool left = session.findings()->location->whole().leftShare > 0.5;
        QTest::keyClick(tree, left ? Qt::Key_R : Qt::Key_L); // the side that the other hemisphere moves
        act("tab-verdict");
        QTRY_VERIFY(session.findings()->crossCheck.has_value());
        QVERIFY(session.findings()->crossCheck->mainRegion.has_value());
        QTRY_VERIFY(window.findChild<QTextBrowser*>("verdictText")->toPlainText().contains("Frontal lobe"));
        QVERIFY(!window.findChild<QLabel*>("verdictTitle")->text().isEmpty());
        QVERIFY(!session.findings()->hospitals.empty());

        // Report: a picture and its twin.
        const QString file = m_folder.filePath("report.png");
        window.setFileChooser(
            [&](FileQuestion, const QString&, const std::function<void(QString)>& chosen) { chosen(file); });
        QSignalSpy written(&bench, &Workbench::reportWritten);
        act("report-export");
        QTRY_COMPARE_WITH_TIMEOUT(written.count(), 1, kLong);
        const QImage picture(file);
        QVERIFY(picture.width() > 1000 && picture.height() > 1000);
        QFile twin(m_folder.filePath("report.json"));
        QVERIFY(twin.open(QIODevice::ReadOnly));
        QVERIFY(QJsonDocument::fromJson(twin.readAll()).isObject());

        // The mask on disk has the case's own grid.
        const QString maskFile = m_folder.filePath("mask.nii.gz");
        window.setFileChooser(
            [&](FileQuestion, const QString&, const std::function<void(QString)>& chosen) { chosen(maskFile); });
        act("mask-save");
        QTRY_VERIFY_WITH_TIMEOUT(!session.storage()->unsaved, kLong);
        QVERIFY(QFile::exists(maskFile));
        QTRY_VERIFY_WITH_TIMEOUT(runner.idle(), kLong);
    }
};

int main(int argc, char** argv) {
    viewport::VtkWidget::setDefaultFormat();
    QApplication application(argc, argv);
    TestWindowDemo test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_demo.moc"
