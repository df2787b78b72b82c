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
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <thread>

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
                if (!good)
                    row.comparison->regions[imaging::Target::EnhancingTumour].dice = 0.3;
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
        evaluation.device = "cpu";
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

/// Slices of one set with these values, as `evaluate` makes them: one path, and means over them.
workflow::Evaluation slicesOf(const std::filesystem::path& set, const std::vector<std::pair<const char*, double>>& dice,
                              const imaging::LabelMapPtr& mask, const EvaluationServices::RowDone& rowDone) {
    workflow::Evaluation evaluation;
    evaluation.bundleName = "lung-test";
    evaluation.device = "cpu";
    for (const auto& [name, value] : dice) {
        workflow::EvaluationRow row;
        row.path = set;
        row.caseId = name;
        row.comparison.emplace();
        row.comparison->regions[imaging::Target::Mask].dice = value;
        row.mask = mask;
        rowDone(row);
        row.mask.reset();
        evaluation.rows.push_back(row);
    }
    evaluation.means[imaging::Target::Mask].dice = workflow::MeanInterval{0.5, 0.25, 0.75, dice.size()};
    return evaluation;
}

struct Desk {
    using Change = std::function<void(EvaluationServices&)>;
    QTemporaryDir folder;
    std::shared_ptr<test::FakeWorld> world = std::make_shared<test::FakeWorld>();
    JobRunner runner;
    Workbench bench{services(world), runner, {}};
    Settings settings{folder.filePath("sulcus.ini")};
    TrainingSession training{TrainingServices{}};
    EvaluationSession evaluation;
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
            classifier.outputs = {{"Aneurysm", 0.5}, {"MCA", 0.5}};
            bundles.front().outputs = {{"WT", 0.5}, {"TC", 0.5}, {"ET", 0.5}};
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
    static EvaluationServices changed(EvaluationServices services, const Change& change) {
        if (change)
            change(services);
        return services;
    }
    explicit Desk(const Change& change = {}) : evaluation(changed(fakeEvaluation(world), change), runner) {
        window.show();
        bench.start();
    }
    /// Adds this folder, as the person would choose it.
    void add(const QString& cases) {
        learningWindows.setPathChooser(
            [cases](const QString&, bool, const std::function<void(QString)>& chosen) { chosen(cases); });
        trigger("evaluation-add");
    }
    void run() {
        trigger("evaluation-run");
        QTRY_VERIFY(!evaluation.running());
    }
    QString status() { return find<QLabel>("evaluationStatus")->text(); }
    QStringList heads(const char* table) {
        QStringList words;
        auto* const found = find<QTableWidget>(table);
        for (int n = 0; n < found->columnCount(); ++n)
            words << found->horizontalHeaderItem(n)->text();
        return words;
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
        // The region that it did worst on.
        QVERIFY(desk.bench.session().display()->compareTarget == imaging::Target::EnhancingTumour);
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

    void aSecondRunForgetsTheMark() {
        Desk desk;
        evaluate(desk);
        auto& panel = desk.learningWindows.evaluatePanel();
        panel.chooseRow(2);
        QCOMPARE(panel.chosenRow()->caseId, std::string("good"));
        const workflow::EvaluationRow* afterStart = nullptr;
        connect(&desk.evaluation, &EvaluationSession::cleared, this, [&] { afterStart = panel.chosenRow(); });
        desk.run();
        QVERIFY(afterStart == nullptr);
        QTRY_COMPARE(desk.find<QTableWidget>("evaluationTable")->rowCount(), 3);
        QCOMPARE(panel.chosenRow()->caseId, std::string("bad")); // the worst that was compared
    }

    void aShorterTableMayFollowALongerOne() {
        const auto runs = std::make_shared<std::atomic<int>>(0);
        Desk desk([runs](EvaluationServices& services) {
            services.evaluate = [runs](const auto& cases, const auto&, const auto&, const auto& rowDone) {
                std::vector<std::pair<const char*, double>> values(40, {"later", 0.9});
                values.front() = {"first", 0.1};
                if (++*runs > 1)
                    values = {{"only", 0.5}};
                return Result<workflow::Evaluation>(slicesOf(cases.front(), values, nullptr, rowDone));
            };
        });
        desk.add("/cases");
        desk.run();
        auto& panel = desk.learningWindows.evaluatePanel();
        QCOMPARE(panel.chosenRow()->caseId, std::string("first"));
        panel.chooseRow(39);
        desk.run();
        QCOMPARE(desk.find<QTableWidget>("evaluationTable")->rowCount(), 1);
        QCOMPARE(panel.chosenRow()->caseId, std::string("only"));
    }

    void rowsOfOnePathKeepTheirOwnMarkAndMask() {
        const auto runs = std::make_shared<std::atomic<int>>(0);
        Desk desk([runs](EvaluationServices& services) {
            services.evaluate = [runs](const auto& cases, const auto&, const auto&, const auto& rowDone) {
                const auto mask = std::make_shared<const imaging::LabelMap>();
                return Result<workflow::Evaluation>(
                    ++*runs == 1 ? slicesOf(cases.front(), {{"1", 0.5}, {"2", 0.25}, {"3", 0.75}}, mask, rowDone)
                                 : slicesOf(cases.front(), {{"4", 0.5}, {"5", 0.25}}, mask, rowDone));
            };
        });
        desk.add("/cases");
        desk.run();
        auto& panel = desk.learningWindows.evaluatePanel();
        auto* const table = desk.find<QTableWidget>("evaluationTable");
        panel.chooseRow(1);
        QCOMPARE(panel.chosenRow()->caseId, std::string("1"));
        desk.find<QPushButton>("evaluationMeasure1")->click(); // filled anew; nothing has an IoU, so as it came
        desk.find<QPushButton>("evaluationMeasure0")->click();
        QCOMPARE(panel.chosenRow()->caseId, std::string("1"));
        QCOMPARE(table->selectionModel()->selectedRows().size(), 1);
        QCOMPARE(table->item(table->selectionModel()->selectedRows().front().row(), 0)->text(), QString("1"));
        std::set<std::filesystem::path> masks;
        for (const auto& row : desk.evaluation.evaluation().rows)
            masks.insert(desk.evaluation.maskOf(row));
        QCOMPARE(masks.size(), std::size_t{3});
        QVERIFY(!masks.contains({}));
        // Another table of the same path: none of its rows is the one that was marked.
        desk.run();
        QCOMPARE(panel.chosenRow()->caseId, std::string("5"));
        QCOMPARE(table->selectionModel()->selectedRows().front().row(), 0);
    }

    void aSliceOfASetIsNotOpened() {
        Desk desk([](EvaluationServices& services) {
            services.evaluate = [](const auto& cases, const auto&, const auto&, const auto& rowDone) {
                const auto asSlice = [&](workflow::EvaluationRow row) {
                    row.slice = true;
                    rowDone(row);
                };
                auto evaluation = slicesOf(cases.front(), {{"set_0", 0.5}, {"set_1", 0.25}},
                                           std::make_shared<const imaging::LabelMap>(), asSlice);
                for (auto& row : evaluation.rows)
                    row.slice = true;
                return Result<workflow::Evaluation>(std::move(evaluation));
            };
        });
        desk.add("/cases");
        desk.run();
        const auto* const row = desk.learningWindows.evaluatePanel().chosenRow();
        QVERIFY(row != nullptr);
        QVERIFY(desk.evaluation.maskOf(*row).empty());
        QVERIFY(!desk.window.actions().action("evaluation-open")->isEnabled());
        QVERIFY(desk.window.actions().reason("evaluation-open").contains("slice"));
    }

    void whatRunsIsShownAndCanBeCancelled() {
        Desk desk([](EvaluationServices& services) {
            services.casesIn = [](const std::filesystem::path& folder) { return std::vector{folder / "set"}; };
            services.evaluate = [](const auto& cases, const auto&, const TaskContext& task,
                                   const auto& rowDone) -> Result<workflow::Evaluation> {
                (void)slicesOf(cases.front(), {{"0", 0.5}, {"1", 0.25}, {"2", 0.75}}, nullptr, rowDone);
                task.report(0.5);
                while (!task.cancelled())
                    std::this_thread::sleep_for(std::chrono::milliseconds(2));
                return failCancelled();
            };
        });
        desk.trigger("learn-evaluate");
        QVERIFY(QTest::qWaitForWindowExposed(&desk.learningWindows.evaluateWindow()));
        desk.add("/cases");
        auto* const bar = desk.find<QProgressBar>("evaluationBar");
        auto* const cancel = desk.find<QPushButton>("evaluationCancel");
        QVERIFY(!bar->isVisible() && !cancel->isVisible());
        desk.trigger("evaluation-run");
        QVERIFY(bar->isVisible() && cancel->isVisible());
        // Three rows of one path: what is counted is not what was listed.
        QTRY_VERIFY2(desk.status().contains("50 %") && desk.status().contains("so far: 3"), qPrintable(desk.status()));
        QVERIFY(!desk.status().contains("of 1"));
        QCOMPARE(desk.find<QLabel>("evaluationCases")->text(), QString("Files and folders to evaluate: 1"));
        QTRY_COMPARE(bar->value(), 500);
        cancel->click();
        QTRY_VERIFY(!desk.evaluation.running());
        QVERIFY(!bar->isVisible() && !cancel->isVisible());
        QVERIFY2(desk.status().contains("stopped"), qPrintable(desk.status()));
        QCOMPARE(desk.find<QTableWidget>("evaluationTable")->rowCount(), 3);
    }

    void anEmptyListHasNoTable() {
        Desk desk;
        evaluate(desk);
        desk.trigger("evaluation-clear");
        QVERIFY(!desk.evaluation.hasTable());
        QCOMPARE(desk.find<QTableWidget>("evaluationTable")->rowCount(), 0);
        QCOMPARE(desk.find<QTableWidget>("evaluationMeans")->rowCount(), 0);
        QVERIFY(desk.learningWindows.evaluatePanel().chosenRow() == nullptr);
        QVERIFY(!desk.window.actions().action("evaluation-open")->isEnabled());
        QVERIFY(!desk.window.actions().action("evaluation-csv")->isEnabled());
        QVERIFY(desk.status().contains("truth"));
    }

    void aProblemGoesWithTheList() {
        Desk desk([](EvaluationServices& services) {
            services.evaluate = [](const auto&, const auto&, const auto&, const auto&) -> Result<workflow::Evaluation> {
                return fail(ErrorCode::OutOfMemory, "session.out_of_memory");
            };
        });
        desk.add("/cases");
        desk.run();
        QVERIFY(desk.status().contains("memory"));
        desk.trigger("evaluation-clear");
        QVERIFY(!desk.evaluation.problem().has_value());
        QVERIFY(!desk.status().contains("memory"));
    }

    void foldersThatAddNothingAreNamed() {
        Desk desk([](EvaluationServices& services) {
            services.casesIn = [inner = services.casesIn](const std::filesystem::path& folder) {
                return folder.filename() == "empty" ? std::vector<std::filesystem::path>{} : inner(folder);
            };
        });
        desk.add("/data/empty");
        QCOMPARE(desk.status(), QString("No case with images was found in “empty”."));
        desk.add("/data/cases");
        QVERIFY(desk.status().contains("truth"));
        desk.add("/data/cases");
        QCOMPARE(desk.status(), QString("The cases of “cases” are in the list already."));
        desk.run();
        QVERIFY(desk.status().contains("Intervals"));
    }

    void anEmptyTableFitsWhatIsChosen() {
        Desk desk;
        QTRY_COMPARE(desk.heads("evaluationTable"),
                     (QStringList{"Case", "Whole tumour", "Tumour core", "Enhancing tumour", "Mean", "Seconds"}));
        QCOMPARE(desk.find<QTableWidget>("evaluationMeans")->rowCount(), 0); // no "Mean of 0"
        desk.learningWindows.evaluatePanel().setBundle("/models/angio-test");
        QCOMPARE(desk.heads("evaluationTable"), (QStringList{"Patient", "Aneurysm", "MCA", "Truth"}));
        QCOMPARE(desk.heads("evaluationMeans"), (QStringList{"", "Aneurysm", "MCA", ""}));
        QCOMPARE(desk.find<QTableWidget>("evaluationMeans")->rowCount(), 0);
        QCOMPARE(desk.find<QTableWidget>("evaluationTable")->rowCount(), 0);
    }

    void meansStandAboveTheirColumns() {
        const auto runs = std::make_shared<std::atomic<int>>(0);
        Desk desk([runs](EvaluationServices& services) {
            services.evaluate = [runs](const auto& cases, const auto&, const auto&, const auto& rowDone) {
                const std::vector<std::pair<const char*, double>> many(60, {"case", 0.5});
                auto evaluation = slicesOf(cases.front(), many, nullptr, rowDone);
                if (++*runs > 1)
                    for (const auto target : {imaging::Target::WholeTumour, imaging::Target::TumourCore})
                        evaluation.means[target] = evaluation.means[imaging::Target::Mask];
                return Result<workflow::Evaluation>(std::move(evaluation));
            };
        });
        desk.trigger("learn-evaluate");
        QWidget& window = desk.learningWindows.evaluateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        auto* const means = desk.find<QTableWidget>("evaluationMeans");
        auto* const table = desk.find<QTableWidget>("evaluationTable");
        const auto aligned = [&] {
            for (const int width : {1280, 1920}) {
                window.resize(width, 800);
                QTRY_COMPARE(table->width(), width - 32);
                QTRY_VERIFY(table->viewport()->width() < table->width()); // room for the scroll bar
                QCOMPARE(table->horizontalHeader()->length(), table->viewport()->width());
                QCOMPARE(means->columnCount(), table->columnCount());
                for (int n = 0; n < table->columnCount(); ++n) {
                    QCOMPARE(means->columnWidth(n), table->columnWidth(n));
                    QCOMPARE(means->columnViewportPosition(n), table->columnViewportPosition(n));
                    const QAbstractItemView* const view = means;
                    QVERIFY(view->sizeHintForColumn(n) <= means->columnWidth(n)); // no interval is cut
                }
                for (int n = 2; n + 1 < table->columnCount(); ++n)
                    QCOMPARE(table->columnWidth(n), table->columnWidth(1));
            }
        };
        desk.add("/cases");
        desk.run();
        // Of one region the mean over the regions would say the same again.
        QCOMPARE(desk.heads("evaluationTable"), (QStringList{"Case", "Mask", "Seconds"}));
        aligned();
        desk.run();
        QCOMPARE(desk.heads("evaluationTable"),
                 (QStringList{"Case", "Whole tumour", "Tumour core", "Mask", "Mean", "Seconds"}));
        QCOMPARE(desk.heads("evaluationMeans"), (QStringList{"", "Whole tumour", "Tumour core", "Mask", "", ""}));
        aligned();
    }

    void theButtonThatOpensStaysSmallWithoutTheLegend() {
        Desk desk;
        desk.trigger("learn-evaluate");
        QVERIFY(QTest::qWaitForWindowExposed(&desk.learningWindows.evaluateWindow()));
        auto* const open = desk.find<QPushButton>("evaluationOpen");
        const int width = open->width();
        QTRY_VERIFY(!desk.bench.bundles().empty());
        desk.learningWindows.evaluatePanel().setBundle("/models/angio-test");
        QTest::qWait(50);
        QCOMPARE(open->width(), width);
    }

    void deviceAndRivalAreInPlainWords() {
        Desk desk;
        evaluate(desk);
        QVERIFY2(desk.status().contains("on the processor"), qPrintable(desk.status()));
        desk.trigger("evaluation-clear");
        desk.add("/data/angio");
        desk.learningWindows.evaluatePanel().setBundle("/models/angio-test");
        desk.run();
        QVERIFY2(desk.status().contains("on the processor"), qPrintable(desk.status()));
        QVERIFY2(desk.status().contains("darkest spot of the views has an area of 0.550"), qPrintable(desk.status()));
    }

    void eitherWindowOpensTheOther() {
        Desk desk;
        QWidget& training = desk.learningWindows.trainingWindow();
        QWidget& evaluation = desk.learningWindows.evaluateWindow();
        desk.trigger("learn-train");
        QVERIFY(QTest::qWaitForWindowExposed(&training));
        QApplication::setActiveWindow(&training); // a display without a window manager gives no focus
        QTest::keyClick(&training, Qt::Key_E, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(evaluation.isVisible());
        training.hide();
        QApplication::setActiveWindow(&evaluation);
        QTest::keyClick(&evaluation, Qt::Key_T, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(training.isVisible());
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
