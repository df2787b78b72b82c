// SPDX-License-Identifier: Apache-2.0
// The windows for training and evaluation on data that is there: CT slices, and made-up angiography. With
// SULCUS_PICTURES naming a folder, what the windows showed is left there.
#include "core/learning/classifier.h"
#include "core/learning/segmenter.h"
#include "core/workflow/angiography/synthetic_angiography.h"
#include "tests/app/window_desk.h"
#include "ui/viewport/vtk_widget.h"
#include "ui/widgets/evaluate_panel.h"
#include "ui/widgets/theme.h"

#include <nlohmann/json.hpp>

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QScreen>
#include <QTableWidget>
#include <fstream>

using namespace sulcus;
using namespace sulcus::session;
using namespace sulcus::widgets;
using sulcus::tests::Desk;

namespace {

constexpr int kLong = 240'000; // Qt Test ends a function after five minutes

void keepPicture(QWidget& widget, const char* name) {
    const QString folder = qEnvironmentVariable("SULCUS_PICTURES");
    if (folder.isEmpty())
        return;
    for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
        widget.resize(size);
        QTest::qWait(400);
        widget.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(name)).arg(size.width()));
    }
}

} // namespace

class TestWindowLearning : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    QString file(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    /// A shipped plan, small enough for a minute.
    void writePlan(const char* name, int side, int batch, int steps, int stepsPerEpoch) {
        std::ifstream shipped(std::string(SULCUS_SOURCE_DIR "/models/plans/") + name + ".json");
        auto plan = nlohmann::ordered_json::parse(shipped);
        plan["patch"] = plan["training"]["batch"]["patch"] = {side, side};
        plan["training"]["batch"]["size"] = batch;
        plan["training"]["steps"] = steps;
        plan["training"]["steps_per_epoch"] = stepsPerEpoch;
        std::ofstream(m_folder.filePath(QLatin1String(name) + ".json").toStdString()) << plan.dump();
    }
    TrainingRequest request(const char* plan, const QString& data) const {
        TrainingRequest made;
        made.plan = m_folder.filePath(QLatin1String(plan) + ".json").toStdString();
        made.data = data.toStdString();
        made.output = m_folder.filePath(QLatin1String(plan)).toStdString();
        made.device = learning::Device::Cpu;
        made.threads = 1;
        made.pictureEvery = 1;
        return made;
    }

private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeKind::Dark); }

    // The forerunner's lung network on the slices that it was trained on, reduced.
    void realSlicesTrainPauseAndStop() {
        const QString slices = QStringLiteral(SULCUS_SOURCE_DIR "/../shared/data/ct/lung");
        if (!QDir(slices).exists())
            QSKIP("../shared/data/ct/lung is not here");
        writePlan("lung-unet2d", 64, 4, 4000, 6);
        Desk desk(m_folder);
        desk.trigger("learn-train");
        QWidget& window = desk.learningWindows.trainingWindow();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        desk.learningWindows.trainingPanel().setRequest(request("lung-unet2d", slices));
        desk.trigger("training-start");
        QTRY_VERIFY_WITH_TIMEOUT(desk.training.points().size() >= 3 || !desk.training.running(), kLong);
        QVERIFY2(desk.training.running(), qPrintable(window.findChild<QLabel*>("trainingRemark")->text()));
        QVERIFY(desk.training.step().secondsLeft.has_value());
        QVERIFY(window.findChild<QLabel*>("trainingProgressText")->text().contains("left"));
        keepPicture(window, "training-runs");
        desk.trigger("training-pause");
        QTRY_COMPARE_WITH_TIMEOUT(desk.training.phase(), TrainingPhase::Paused, kLong);
        keepPicture(window, "training-paused");
        desk.trigger("training-stop");
        QTRY_VERIFY_WITH_TIMEOUT(!desk.training.running(), kLong);
        QVERIFY(!desk.training.failed());
        QVERIFY(desk.training.points().back().trainLoss < desk.training.points().front().trainLoss);
        desk.trigger("training-use");
        QCOMPARE(desk.bench.chosenBundle().string(), file("lung-unet2d").toStdString());
        QVERIFY(learning::Segmenter::load(file("lung-unet2d").toStdString(), learning::Device::Cpu).has_value());
        keepPicture(window, "training-stopped");
    }

    // What a classification is judged by is the area under the ROC curve, and the window says so.
    void viewsTrainAndSpeakOfAreas() {
        QVERIFY(workflow::writeSyntheticAngiography(file("angio").toStdString(),
                                                    {.patients = 30, .seed = 7, .imageSize = 112}, {}));
        writePlan("angio-aneurysm-synthetic", 48, 4, 8, 4);
        Desk desk(m_folder);
        desk.trigger("learn-train");
        QWidget& window = desk.learningWindows.trainingWindow();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        desk.learningWindows.trainingPanel().setRequest(request("angio-aneurysm-synthetic", file("angio")));
        desk.trigger("training-start");
        QTRY_VERIFY_WITH_TIMEOUT(!desk.training.running(), kLong);
        QVERIFY2(!desk.training.failed(), qPrintable(window.findChild<QLabel*>("trainingRemark")->text()));
        QCOMPARE(desk.training.outcome()->parameters.at("score"), std::string("AUC"));
        for (const char* const label : {"trainingRemark", "trainingFigures"}) {
            const QString said = window.findChild<QLabel*>(QLatin1String(label))->text();
            QVERIFY2(said.contains("AUC") && !said.contains("Dice"), qPrintable(said));
        }
        QVERIFY(learning::Classifier::load(file("angio-aneurysm-synthetic").toStdString(), learning::Device::Cpu)
                    .has_value());
        keepPicture(window, "training-classification");
    }

    // The shipped bundle on made-up patients: table, areas, and the worst patient in the angiography view.
    void viewsAreEvaluatedAndOpened() {
        Desk desk(m_folder);
        desk.learningWindows.setPathChooser(
            [this](const QString&, bool, const std::function<void(QString)>& chosen) { chosen(file("angio")); });
        desk.trigger("learn-evaluate");
        QWidget& window = desk.learningWindows.evaluateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_VERIFY(!desk.bench.bundles().empty());
        desk.learningWindows.evaluatePanel().setBundle(desk.paths.models / "angio-aneurysm-synthetic");
        desk.trigger("evaluation-add");
        desk.trigger("evaluation-run");
        QTRY_VERIFY_WITH_TIMEOUT(!desk.evaluation.running(), kLong);
        QVERIFY(desk.evaluation.classes().has_value());
        QCOMPARE(window.findChild<QTableWidget*>("evaluationTable")->rowCount(), 30);
        QVERIFY(*desk.evaluation.classes()->metrics.front().area > *desk.evaluation.classes()->baseline.area);
        keepPicture(window, "evaluation-classification");
        const auto* const worst = desk.learningWindows.evaluatePanel().chosenPatient();
        QVERIFY(worst != nullptr);
        const QString name = QString::fromStdString(worst->name);
        desk.trigger("evaluation-open");
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.angiography().isOpen() && desk.window.angiography().views().size() == 8,
                                 kLong);
        QTRY_COMPARE_WITH_TIMEOUT(desk.window.angiography().name(), name, kLong);
        QCOMPARE(desk.window.angiography().patients(), 30); // its neighbours can be turned to
        keepPicture(desk.window, "evaluation-opened");
    }
};

int main(int argc, char** argv) {
    viewport::VtkWidget::setDefaultFormat();
    QApplication application(argc, argv);
    TestWindowLearning test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_learning.moc"
