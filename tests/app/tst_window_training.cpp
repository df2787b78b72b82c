// SPDX-License-Identifier: Apache-2.0
// A network is trained in the real window through action ids: paused, stopped, and the bundle that came out is loaded.
#include "core/learning/segmenter.h"
#include "tests/app/window_desk.h"
#include "tests/core/workflow/tiny_training.h"
#include "ui/viewport/vtk_widget.h"
#include "ui/widgets/evaluate_panel.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

using namespace sulcus;
using namespace sulcus::session;
using namespace sulcus::widgets;
using sulcus::tests::Desk;

namespace {

constexpr int kLong = 120'000;

} // namespace

class TestWindowTraining : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    QString file(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    /// Lines of a run's curve file without the seconds that it took.
    QStringList curve(const char* output) const {
        QFile metrics(m_folder.filePath(QLatin1String(output) + "-run/metrics.csv"));
        if (!metrics.open(QIODevice::ReadOnly))
            return {};
        QStringList lines = QString::fromUtf8(metrics.readAll()).split('\n', Qt::SkipEmptyParts);
        for (QString& line : lines) {
            QStringList cells = line.split(',');
            cells.removeAt(cells.size() - 2);
            line = cells.join(',');
        }
        return lines;
    }

private Q_SLOTS:
    void initTestCase() {
        Theme::instance().apply(ThemeKind::Dark);
        QVERIFY(QDir().mkpath(file("data")));
        for (int n = 1; n <= 4; ++n)
            QVERIFY(tests::writeTinyPair(file("data").toStdString(), "000" + std::to_string(n), 8, n, true));
        QFile plan(file("plan.json"));
        QVERIFY(plan.open(QIODevice::WriteOnly));
        plan.write(QString(tests::kTinyPlan).arg("segmentation-3d", "[8, 8, 8]").toUtf8());
    }

    void trainsPausesStopsAndLoadsTheBundle() {
        Desk desk(m_folder);
        desk.trigger("learn-train");
        QVERIFY(QTest::qWaitForWindowExposed(&desk.learningWindows.trainingWindow()));
        // The shipped plans stand in the list.
        QVERIFY(desk.find<QComboBox>("trainingPlan")->findText("brain-tumour") >= 0);
        QVERIFY(!desk.window.actions().action("training-start")->isEnabled());

        // A plan from a file, as the person would choose it.
        desk.learningWindows.setPathChooser(
            [this](const QString&, bool, const std::function<void(QString)>& chosen) { chosen(file("plan.json")); });
        auto* const plans = desk.find<QComboBox>("trainingPlan");
        const int other = plans->count() - 1;
        plans->setCurrentIndex(other);
        Q_EMIT plans->activated(other);
        QCOMPARE(plans->currentText(), QString("tiny"));
        desk.find<QLineEdit>("trainingData")->setText(file("data"));
        desk.find<QLineEdit>("trainingOutput")->setText(file("bundle"));
        desk.find<QSpinBox>("trainingSteps")->setValue(100'000);
        desk.find<QSpinBox>("trainingThreads")->setValue(1);

        desk.trigger("training-start");
        QVERIFY(desk.training.running());
        QVERIFY(!plans->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(desk.training.points().size() >= 2 || !desk.training.running(), kLong);
        QVERIFY2(desk.training.running(), qPrintable(desk.find<QLabel>("trainingRemark")->text()));
        // The viewer says why its own networks wait.
        QVERIFY(desk.training.whyNotSegment().contains("pause"));
        QVERIFY(desk.window.findChild<QToolButton*>("trainingIndicator")->isVisible());

        desk.trigger("training-pause");
        QTRY_COMPARE_WITH_TIMEOUT(desk.training.phase(), TrainingPhase::Paused, kLong);
        QVERIFY(QFile::exists(file("bundle-run/last.checkpoint")));
        const auto held = desk.training.step().step;
        QTest::qWait(300);
        QCOMPARE(desk.training.step().step, held);
        QVERIFY(desk.training.whyNotSegment().isEmpty());
        QVERIFY(desk.training.stepLosses().size() > 2);
        QVERIFY(desk.training.picture().has_value());
        QVERIFY(!desk.find<QLabel>("trainingPicture")->pixmap().isNull());
        QVERIFY(desk.find<QLabel>("trainingFigures")->text().contains("lung"));

        desk.trigger("training-pause"); // now reads "Go on"
        QTRY_VERIFY_WITH_TIMEOUT(desk.training.step().step > held, kLong);
        desk.trigger("training-stop");
        QTRY_VERIFY_WITH_TIMEOUT(!desk.training.running(), kLong);
        QVERIFY(!desk.training.failed());
        QCOMPARE(desk.training.outcome()->id, std::string("session.training_stopped"));

        // The bundle that was written is loaded, listed and chosen.
        const auto loaded = learning::Segmenter::load(file("bundle").toStdString(), learning::Device::Cpu);
        QVERIFY(loaded.has_value());
        QCOMPARE(loaded->bundle().name, std::string("tiny"));
        std::string said;
        const auto heard = connect(&desk.bench, &Workbench::noted, this,
                                   [&said](NoteKind, const Message& message, NoteTopic) { said = message.id; });
        desk.trigger("training-use");
        disconnect(heard);
        QCOMPARE(said, std::string("session.bundle_used"));
        QCOMPARE(desk.bench.chosenBundle().string(), file("bundle").toStdString());
        QVERIFY(std::any_of(desk.bench.bundles().begin(), desk.bench.bundles().end(),
                            [](const learning::Bundle& bundle) { return bundle.name == "tiny"; }));
    }

    void closingAsksAndLeavesACheckpoint() {
        Desk desk(m_folder);
        TrainingRequest request;
        request.plan = file("plan.json").toStdString();
        request.data = file("bundle-run/cache").toStdString(); // a prepared cache
        request.output = file("second").toStdString();
        request.device = learning::Device::Cpu;
        request.threads = 1;
        request.steps = 100'000;
        desk.learningWindows.trainingPanel().setRequest(request);
        desk.trigger("training-start");
        QTRY_VERIFY_WITH_TIMEOUT(desk.training.step().step > 3, kLong);

        // The person changes their mind first.
        desk.window.close();
        auto* const box = desk.window.findChild<QMessageBox*>("trainingCloseBox");
        QVERIFY(box != nullptr && box->isVisible());
        QVERIFY(box->informativeText().contains("checkpoint"));
        box->reject();
        QVERIFY(desk.window.isVisible() && desk.training.running());

        int asked = 0;
        desk.learningWindows.setCloseAnswer([&asked] { return ++asked > 1; });
        desk.window.close();
        QCOMPARE(asked, 1);
        QVERIFY(desk.window.isVisible());
        QVERIFY(desk.training.running());
        desk.window.close();
        QCOMPARE(asked, 2);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.window.isVisible(), kLong);
        QVERIFY(!desk.training.running());
        QVERIFY(QFile::exists(file("second-run/last.checkpoint")));
        QVERIFY(learning::Segmenter::load(file("second").toStdString(), learning::Device::Cpu).has_value());
    }

    void checkpointIsOfferedAndGoneOnFrom() {
        Desk desk(m_folder);
        TrainingRequest request;
        request.plan = file("plan.json").toStdString();
        request.data = file("bundle-run/cache").toStdString();
        request.output = file("second").toStdString();
        request.threads = 1;
        request.resume = true;
        QVERIFY(TrainingSession::canResume(request));
        const auto before = learning::readTrainingPoints(file("second-run/metrics.csv").toStdString());
        QVERIFY(before.has_value() && !before->empty());
        // Ends where the plan's own number of steps, long passed, says.
        desk.learningWindows.trainingPanel().setRequest(request);
        desk.trigger("training-start");
        QTRY_VERIFY_WITH_TIMEOUT(!desk.training.running(), kLong);
        // Stopped in the midst of an epoch, it still validates that one; at the end of one, nothing is left to do.
        const std::string outcome = desk.training.outcome()->id;
        QVERIFY2(outcome == "session.training_done" || outcome == "session.training_nothing_left", outcome.c_str());
        QVERIFY(desk.training.points().size() >= before->size());
    }

    // Two epochs in one go, and the same two with a stop between them: one curve.
    void resumingByTheWindowGivesTheUnbrokenCurve() {
        Desk desk(m_folder);
        QFile longer(file("two-epochs.json"));
        QVERIFY(longer.open(QIODevice::WriteOnly));
        longer.write(QString(tests::kTinyPlan)
                         .arg("segmentation-3d", "[8, 8, 8]")
                         .replace("\"steps\": 4, \"steps_per_epoch\": 2", "\"steps\": 800, \"steps_per_epoch\": 400")
                         .toUtf8());
        longer.close();
        TrainingRequest request;
        request.plan = file("two-epochs.json").toStdString();
        request.data = file("bundle-run/cache").toStdString();
        request.output = file("unbroken").toStdString();
        request.device = learning::Device::Cpu;
        request.threads = 1;
        auto& panel = desk.learningWindows.trainingPanel();
        desk.trigger("learn-train");
        panel.setRequest(request);
        QVERIFY(!desk.window.actions().action("training-resume")->isEnabled()); // nothing to go on from
        QVERIFY(desk.find<QCheckBox>("trainingResume")->isHidden());
        desk.trigger("training-start");
        QTRY_VERIFY_WITH_TIMEOUT(!desk.training.running(), kLong);
        QCOMPARE(desk.training.outcome()->id, std::string("session.training_done"));
        const QStringList unbroken = curve("unbroken");
        QCOMPARE(unbroken.size(), 3); // head and two epochs

        request.output = file("broken").toStdString();
        panel.setRequest(request);
        desk.trigger("training-start");
        QTRY_VERIFY_WITH_TIMEOUT(desk.training.step().step > 3, kLong);
        desk.trigger("training-stop");
        QTRY_VERIFY_WITH_TIMEOUT(!desk.training.running(), kLong);
        QVERIFY2(desk.training.outcome()->id.starts_with("session.training_stopped"),
                 desk.training.outcome()->id.c_str());
        QVERIFY(curve("broken").size() < 3);
        // The fields are as the person left them; the panel offers to go on.
        QTRY_VERIFY(!desk.find<QCheckBox>("trainingResume")->isHidden());
        desk.trigger("training-resume");
        QVERIFY(desk.find<QCheckBox>("trainingResume")->isChecked());
        QTRY_VERIFY_WITH_TIMEOUT(!desk.training.running(), kLong);
        QCOMPARE(desk.training.outcome()->id, std::string("session.training_done"));
        QCOMPARE(curve("broken"), unbroken);
        QCOMPARE(desk.training.points().size(), std::size_t{2});
    }

    void startingFromABundleBeginsWithItsWeights() {
        Desk desk(m_folder);
        TrainingRequest request;
        request.plan = file("two-epochs.json").toStdString();
        request.data = file("bundle-run/cache").toStdString();
        request.output = file("further").toStdString();
        request.device = learning::Device::Cpu;
        request.threads = 1;
        request.steps = 1;
        auto& panel = desk.learningWindows.trainingPanel();
        panel.setRequest(request);
        desk.learningWindows.setPathChooser([this](const QString&, bool folder, const auto& chosen) {
            QVERIFY(folder);
            chosen(file("unbroken"));
        });
        desk.trigger("training-from");
        QVERIFY(desk.learningWindows.trainingWindow().isVisible());
        QCOMPARE(desk.find<QComboBox>("trainingFrom")->currentData().toString(), file("unbroken"));
        QCOMPARE(panel.request().from.string(), file("unbroken").toStdString());
        desk.trigger("training-start");
        QTRY_VERIFY_WITH_TIMEOUT(!desk.training.running(), kLong);
        QVERIFY2(!desk.training.failed(), qPrintable(desk.find<QLabel>("trainingRemark")->text()));
        const double further = desk.training.points().front().trainLoss;

        desk.find<QComboBox>("trainingFrom")->setCurrentIndex(0);
        desk.find<QLineEdit>("trainingOutput")->setText(file("fresh"));
        QVERIFY(panel.request().from.empty());
        desk.trigger("training-start");
        QTRY_VERIFY_WITH_TIMEOUT(!desk.training.running(), kLong);
        const double fresh = desk.training.points().front().trainLoss;
        QVERIFY2(further < fresh, qPrintable(QString("%1 against %2").arg(further).arg(fresh)));
    }

    void escapeClosesTheWindowAndAsksWhileARunIsOn() {
        Desk desk(m_folder);
        desk.trigger("learn-train");
        QWidget& window = desk.learningWindows.trainingWindow();
        QApplication::setActiveWindow(&window); // a display without a window manager gives no focus
        QTest::keyClick(&window, Qt::Key_Escape);
        QTRY_VERIFY(!window.isVisible());
        TrainingRequest request;
        request.plan = file("plan.json").toStdString();
        request.data = file("bundle-run/cache").toStdString();
        request.output = file("escaped").toStdString();
        request.threads = 1;
        request.steps = 100'000;
        desk.learningWindows.trainingPanel().setRequest(request);
        desk.trigger("learn-train");
        desk.trigger("training-start");
        QApplication::setActiveWindow(&window); // a display without a window manager gives no focus
        QTest::keyClick(&window, Qt::Key_Escape);
        QTRY_VERIFY(window.findChild<QMessageBox*>("trainingHideBox") != nullptr);
        QVERIFY(window.isVisible());
        window.findChild<QMessageBox*>("trainingHideBox")->defaultButton()->click();
        QTRY_VERIFY(!window.isVisible());
        QVERIFY(desk.training.running()); // it goes on
        // Told to end by a signal, nobody is asked, and a checkpoint stays.
        desk.window.endQuietly();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.window.isVisible(), kLong);
        QVERIFY(desk.window.findChild<QMessageBox*>("trainingCloseBox") == nullptr);
        QVERIFY(QFile::exists(file("escaped-run/last.checkpoint")));
    }

    void theCrossAsksAsEscapeDoes() {
        Desk desk(m_folder);
        QWidget& window = desk.learningWindows.trainingWindow();
        desk.trigger("learn-train");
        window.close(); // nothing runs: nobody is asked
        QVERIFY(!window.isVisible());
        TrainingRequest request;
        request.plan = file("plan.json").toStdString();
        request.data = file("bundle-run/cache").toStdString();
        request.output = file("crossed").toStdString();
        request.threads = 1;
        request.steps = 100'000;
        desk.learningWindows.trainingPanel().setRequest(request);
        desk.trigger("learn-train");
        desk.trigger("training-start");
        const auto asked = [&window]() -> QMessageBox* {
            for (auto* const box : window.findChildren<QMessageBox*>("trainingHideBox"))
                if (box->isVisible())
                    return box;
            return nullptr;
        };
        QVERIFY(!window.close());
        QVERIFY(!window.close()); // one question is enough
        QCOMPARE(window.findChildren<QMessageBox*>("trainingHideBox").size(), 1);
        QVERIFY(asked() != nullptr && window.isVisible());
        QVERIFY(asked()->text().contains("goes on"));
        asked()->reject();
        QVERIFY(window.isVisible());
        desk.trigger("training-pause");
        QTRY_COMPARE_WITH_TIMEOUT(desk.training.phase(), TrainingPhase::Paused, kLong);
        QVERIFY(!window.close());
        QVERIFY(asked() != nullptr && asked()->text().contains("paused"));
        asked()->defaultButton()->click();
        QTRY_VERIFY(!window.isVisible());
        QCOMPARE(desk.training.phase(), TrainingPhase::Paused);
        // What closes the program hides the window without that question.
        desk.trigger("learn-train");
        desk.window.endQuietly();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.window.isVisible() && !window.isVisible(), kLong);
        QVERIFY(asked() == nullptr);
    }

    void problemIsASentence() {
        Desk desk(m_folder);
        QVERIFY(QDir().mkpath(file("empty")));
        TrainingRequest request;
        request.plan = file("plan.json").toStdString();
        request.data = file("empty").toStdString();
        request.output = file("third").toStdString();
        desk.learningWindows.trainingPanel().setRequest(request);
        desk.trigger("training-start");
        QTRY_VERIFY_WITH_TIMEOUT(!desk.training.running() && desk.training.failed(), kLong);
        QVERIFY(desk.find<QLabel>("trainingRemark")->text().contains("empty"));
    }
};

int main(int argc, char** argv) {
    viewport::VtkWidget::setDefaultFormat();
    QApplication application(argc, argv);
    TestWindowTraining test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_training.moc"
