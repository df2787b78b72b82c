// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/session/fake_services.h"
#include "ui/session/evaluation_session.h"
#include "ui/session/settings.h"
#include "ui/session/training_session.h"
#include "ui/session/workbench.h"
#include "ui/viewport/vtk_widget.h"
#include "ui/widgets/evaluate_panel.h"
#include "ui/widgets/learning_windows.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace sulcus;
using namespace sulcus::session;
using namespace sulcus::widgets;

namespace {

/// Three cases: one good, one bad, one without truth.
EvaluationServices fakeEvaluation(const std::shared_ptr<test::FakeWorld>& world) {
    EvaluationServices services;
    services.casesIn = [](const std::filesystem::path& folder) {
        return std::vector<std::filesystem::path>{folder / "bad", folder / "good", folder / "none"};
    };
    services.evaluate = [world](const std::vector<std::filesystem::path>& cases, const workflow::SegmentOptions&,
                                const TaskContext&,
                                const EvaluationServices::RowDone& rowDone) -> Result<workflow::Evaluation> {
        workflow::Evaluation evaluation;
        evaluation.bundleName = "brain-tumour";
        evaluation.device = "cpu";
        for (const auto& path : cases) {
            workflow::EvaluationRow row;
            row.path = path;
            row.caseId = path.filename().string();
            row.seconds = 1.5;
            if (row.caseId == "none") {
                row.problem =
                    Error{ErrorCode::NotFound, Message{"workflow.case_without_truth", {{"case", row.caseId}}}, {}};
            } else {
                const bool good = row.caseId == "good";
                row.comparison.emplace();
                auto& region = row.comparison->regions[imaging::Target::WholeTumour];
                region.dice = good ? 0.9 : 0.4;
                region.hd95Mm = good ? 9.0 : 3.0; // the other way round, so that the order has to turn
                row.mask = world->phantom->truth;
            }
            rowDone(row);
            row.mask.reset();
            evaluation.rows.push_back(row);
        }
        auto& means = evaluation.means[imaging::Target::WholeTumour];
        means.dice = workflow::MeanInterval{0.65, 0.4, 0.9, 2};
        means.hd95Mm = workflow::MeanInterval{6.0, 3.0, 9.0, 2};
        return evaluation;
    };
    services.holdsViews = [](const std::filesystem::path& folder) { return folder.filename() == "angio"; };
    services.evaluateClasses = [](const std::vector<std::filesystem::path>& folders, const workflow::ClassifyOptions&,
                                  const TaskContext&) -> Result<workflow::ClassEvaluation> {
        workflow::ClassEvaluation evaluation;
        evaluation.bundleName = "angio-test";
        evaluation.synthetic = true;
        for (const bool right : {false, true}) { // worst first, as the workflow sorts them
            workflow::ClassEvaluationRow row;
            row.name = right ? "p1" : "p2";
            row.answer.emplace();
            row.answer->name = row.name;
            row.answer->folder = folders.front() / row.name;
            row.answer->outputs = {{"Aneurysm", 0.25, 0.5}, {"MCA", 0.125, 0.5}};
            row.answer->truth = {{"Aneurysm", !right}, {"MCA", !right}};
            evaluation.rows.push_back(std::move(row));
        }
        learning::ClassMetrics metrics;
        metrics.output = "Aneurysm";
        metrics.area = 0.9;
        metrics.areaInterval = learning::Interval{0.8, 0.95};
        evaluation.metrics = {metrics, metrics};
        evaluation.metrics[1].output = "MCA";
        evaluation.metrics[1].area.reset();
        evaluation.baseline.area = 0.55;
        return evaluation;
    };
    services.classesToCsv = [](const workflow::ClassEvaluation&) { return std::string("patient\n"); };
    services.summarise = [](workflow::Evaluation&) {};
    services.toCsv = [](const workflow::Evaluation& evaluation) {
        return "case\n" + std::to_string(evaluation.rows.size()) + "\n";
    };
    services.writeMask = [](const imaging::LabelMap&, const std::filesystem::path& file) -> Result<void> {
        std::ofstream(file) << "mask";
        return {};
    };
    return services;
}

struct Desk {
    QTemporaryDir folder;
    std::shared_ptr<test::FakeWorld> world = std::make_shared<test::FakeWorld>();
    JobRunner runner;
    Workbench bench{services(world), runner, {}};
    Settings settings{folder.filePath("sulcus.ini")};
    TrainingSession training{TrainingServices{}};
    EvaluationSession evaluation{fakeEvaluation(world), runner};
    MainWindow window{bench, settings};
    LearningWindows learningWindows{window, bench, training, evaluation, settings};

    /// The phantom under whatever path was asked for.
    static Services services(const std::shared_ptr<test::FakeWorld>& world) {
        auto made = test::fakeServices(world);
        made.bundles = [inner = made.bundles] {
            auto bundles = inner();
            learning::Bundle classifier;
            classifier.name = "angio-test";
            classifier.task = "classification";
            classifier.folder = "/models/angio-test";
            bundles.push_back(classifier);
            return bundles;
        };
        made.openCase = [world](const std::filesystem::path& path,
                                const TaskContext&) -> Result<std::shared_ptr<const imaging::Case>> {
            auto copy = std::make_shared<imaging::Case>(*world->phantom);
            copy->files.folder = path;
            return copy;
        };
        return made;
    }
    Desk() {
        window.show();
        bench.start();
    }
    void trigger(const char* id) {
        QAction* const action = window.actions().action(QLatin1String(id));
        QTRY_VERIFY2(action->isEnabled(), qPrintable(action->toolTip()));
        action->trigger();
    }
    template <typename T>
    T* find(const char* name) {
        T* const found = learningWindows.evaluateWindow().findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("no widget %s", name);
        return found;
    }
};

} // namespace

class TestEvaluatePanel : public QObject {
    Q_OBJECT

    static void evaluate(Desk& desk) {
        desk.learningWindows.setPathChooser(
            [&desk](const QString&, bool folder, const std::function<void(QString)>& chosen) {
                chosen(folder ? QStringLiteral("/cases") : desk.folder.filePath("table.csv"));
            });
        desk.trigger("learn-evaluate");
        QVERIFY(QTest::qWaitForWindowExposed(&desk.learningWindows.evaluateWindow()));
        desk.trigger("evaluation-add");
        desk.trigger("evaluation-add"); // the same cases are not listed twice
        QCOMPARE(desk.evaluation.cases().size(), 3U);
        desk.trigger("evaluation-run");
        QTRY_VERIFY(!desk.evaluation.running() && desk.evaluation.evaluation().rows.size() == 3);
    }

private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeKind::Dark); }

    void reasonsStandInTheTooltips() {
        Desk desk;
        const auto& actions = desk.window.actions();
        QVERIFY(actions.reason("evaluation-run").contains("cases"));
        QVERIFY(!actions.reason("evaluation-open").isEmpty());
        QVERIFY(!actions.reason("evaluation-csv").isEmpty());
        QVERIFY(!actions.reason("training-start").isEmpty());
    }

    void tableIsWorstFirstForEachMeasure() {
        Desk desk;
        evaluate(desk);
        auto* const table = desk.find<QTableWidget>("evaluationTable");
        QCOMPARE(table->rowCount(), 3);
        QCOMPARE(table->item(0, 0)->text(), QString("none"));
        QVERIFY(table->item(0, 1)->text().contains("none")); // the sentence names the case
        QCOMPARE(table->item(1, 0)->text(), QString("bad"));
        QCOMPARE(table->item(1, 1)->text(), QString("0.400"));
        QCOMPARE(table->item(2, 0)->text(), QString("good"));
        auto* const means = desk.find<QTableWidget>("evaluationMeans");
        QCOMPARE(means->item(0, 1)->text(), QString("0.650 (0.400 – 0.900)"));
        desk.find<QPushButton>("evaluationMeasure2")->click(); // HD95: large is bad
        QCOMPARE(table->item(1, 0)->text(), QString("good"));
        QCOMPARE(table->item(1, 1)->text(), QString("9.0"));
        QCOMPARE(means->item(0, 1)->text(), QString("6.0 (3.0 – 9.0)"));
    }

    void caseOpensWithItsDifferences() {
        Desk desk;
        evaluate(desk);
        desk.learningWindows.evaluatePanel().chooseRow(0);
        QVERIFY(!desk.window.actions().action("evaluation-open")->isEnabled()); // it was not compared
        desk.learningWindows.evaluatePanel().chooseRow(1);
        desk.trigger("evaluation-open");
        QTRY_VERIFY(desk.bench.session().hasMask());
        QCOMPARE(desk.bench.session().display()->compare, CompareMode::Difference);
        QVERIFY(!desk.bench.session().storage()->unsaved);
        // A case opened afterwards by hand is looked at as usual.
        desk.bench.openCase("/elsewhere");
        QTRY_VERIFY(!desk.bench.session().hasMask());
        QCOMPARE(desk.bench.session().display()->compare, CompareMode::Mask);
    }

    void theNetworkThatSegmentsIsChosenFirst() {
        Desk desk;
        // Known before the list of bundles has been read.
        learning::Bundle classifier;
        classifier.name = "angio-first";
        classifier.task = "classification";
        classifier.folder = "/models/angio-first";
        desk.learningWindows.evaluatePanel().setClassifiers({classifier});
        QTRY_VERIFY(!desk.bench.chosenBundle().empty());
        QTRY_COMPARE(desk.learningWindows.evaluatePanel().bundle(), desk.bench.chosenBundle());
    }

    void aBundleThatClassifiesHasATableOfPatients() {
        Desk desk;
        AngiographyServices angiography;
        angiography.recognises = [](const std::filesystem::path& path) { return path.filename() == "angio"; };
        angiography.find = [](const std::filesystem::path&, const TaskContext&) -> Result<workflow::ViewSets> {
            workflow::ViewSets sets;
            for (const char* const name : {"p1", "p2"}) {
                sets.sets.emplace_back();
                sets.sets.back().name = name;
            }
            return sets;
        };
        angiography.views = [](const workflow::ViewSet&, const TaskContext&) -> Result<std::vector<QImage>> {
            return std::vector<QImage>{};
        };
        angiography.classify = [](const workflow::ViewSet&, const TaskContext&) -> Result<workflow::ClassifiedViews> {
            return workflow::ClassifiedViews{};
        };
        desk.window.angiography().setServices(angiography);
        desk.learningWindows.setPathChooser(
            [&desk](const QString&, bool folder, const std::function<void(QString)>& chosen) {
                chosen(folder ? QStringLiteral("/data/angio") : desk.folder.filePath("classes.csv"));
            });
        desk.trigger("learn-evaluate");
        QVERIFY(QTest::qWaitForWindowExposed(&desk.learningWindows.evaluateWindow()));
        desk.trigger("evaluation-add");
        QCOMPARE(desk.evaluation.cases().size(), 1U); // the folder itself, not what casesIn would find in it
        // A bundle that segments has nothing to do with views, and says so.
        QTRY_VERIFY(desk.window.actions().reason("evaluation-run").contains("segments"));
        desk.learningWindows.evaluatePanel().setBundle("/models/angio-test");
        desk.trigger("evaluation-run");
        QTRY_VERIFY(!desk.evaluation.running() && desk.evaluation.classes().has_value());
        auto* const table = desk.find<QTableWidget>("evaluationTable");
        QTRY_COMPARE(table->rowCount(), 2);
        QCOMPARE(table->item(0, 0)->text(), QString("p2"));
        QCOMPARE(table->item(0, 1)->text(), QString("0.250"));
        QCOMPARE(table->item(0, 3)->text(), QString("yes (MCA)"));
        QCOMPARE(table->item(1, 3)->text(), QString("no"));
        auto* const means = desk.find<QTableWidget>("evaluationMeans");
        QCOMPARE(means->item(0, 1)->text(), QString("0.900 (0.800 – 0.950)"));
        QCOMPARE(means->item(0, 2)->text(), QString("–"));
        QVERIFY(desk.find<QLabel>("evaluationStatus")->text().contains("0.550")); // what the darkest spot alone scores
        QVERIFY(desk.find<QLabel>("evaluationStatus")->text().contains("Synthetic"));
        QVERIFY(!desk.find<QWidget>("evaluationMeasure")->isVisible()); // Dice and distances are of masks
        desk.trigger("evaluation-csv");
        QFile file(desk.folder.filePath("classes.csv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("patient\n"));
        // The worst is marked; opening it shows that patient in the angiography view.
        desk.trigger("evaluation-open");
        QTRY_VERIFY(desk.window.angiography().isOpen());
        QTRY_COMPARE(desk.window.angiography().name(), QString("p2"));
    }

    void tableIsWritten() {
        Desk desk;
        evaluate(desk);
        desk.trigger("evaluation-csv");
        QFile file(desk.folder.filePath("table.csv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("case\n3\n"));
    }
};

int main(int argc, char** argv) {
    viewport::VtkWidget::setDefaultFormat();
    QApplication application(argc, argv);
    TestEvaluatePanel test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_evaluate_panel.moc"
