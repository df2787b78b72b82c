// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/session/ball_case.h"
#include "tests/ui/session/fake_services.h"
#include "ui/session/mask_editor.h"
#include "ui/session/measurements.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <random>

using namespace sulcus;
using namespace sulcus::session;
using namespace sulcus::test;
using imaging::LabelEra;
using imaging::LabelMap;
using imaging::WorldPoint;

namespace {

struct Bench {
    std::shared_ptr<test::FakeWorld> world = std::make_shared<test::FakeWorld>();
    JobRunner runner{JobRunner::Mode::Inline};
    std::unique_ptr<Workbench> bench;
    std::unique_ptr<MaskEditor> editor;
    std::unique_ptr<Measurements> measurements;
    int notes = 0;

    explicit Bench(std::shared_ptr<const imaging::Case> phantom = ballCase()) {
        world->phantom = std::move(phantom);
        Services services = test::fakeServices(world);
        services.segment = [](const imaging::Case& imagingCase, const workflow::SegmentOptions& options,
                              const TaskContext&) -> Result<workflow::SegmentationResult> {
            auto result = ballAnswer(imagingCase);
            if (!options.keepProbabilities)
                result.probabilities.clear();
            return result;
        };
        bench = std::make_unique<Workbench>(services, runner, std::filesystem::path{});
        editor = std::make_unique<MaskEditor>(*bench);
        measurements = std::make_unique<Measurements>(*bench);
        QObject::connect(bench.get(), &Workbench::noted, [this] { ++notes; });
        bench->start();
        bench->openCase("/ball");
        settle();
        bench->session().view().update([](ViewState& view) { view.shown = imaging::Sequence::Flair; });
    }
    void settle() { QTRY_VERIFY(runner.idle()); }
    CaseSession& session() { return bench->session(); }
    WorldPoint at(double i, double j, double k) { return session().geometry().worldFromIndex({i, j, k}); }
    EditPointer pointer(double i, double j, double k, int axis = 2) { return {at(i, j, k), axis, false, 1.0}; }
    void click(const EditPointer& where) {
        editor->press(where);
        editor->release(where);
    }
    void run(EditOperation operation, int axis = 2) {
        QVERIFY2(editor->whyNot(operation).isEmpty(), qPrintable(editor->whyNot(operation)));
        editor->apply(operation, axis);
        settle();
    }
    void takeTruth() {
        session().changeMask("truth", world->phantom->truth, {});
        settle();
    }
    std::uint8_t label(int i, int j, int k) { return session().hasMask() ? session().data()->mask->at({i, j, k}) : 0; }
    double ml(std::uint8_t value) {
        const auto found = session().data()->labelMl.find(value);
        return found == session().data()->labelMl.end() ? 0.0 : found->second;
    }
    std::vector<std::uint8_t> voxels() {
        return session().hasMask() ? session().data()->mask->voxels : std::vector<std::uint8_t>{};
    }
};

} // namespace

class TestMaskEditor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDiskIsAsLargeAsItSays() {
        Bench bench;
        bench.editor->setTool(EditTool::Brush);
        bench.editor->setLabel(2);
        bench.editor->state().update([](EditState& state) { state.brushMm = 20.0; });
        bench.click(bench.pointer(25, 20, 15));
        const double disk = kPi * 10.0 * 10.0 * kSpacing[2] / 1000.0;
        QVERIFY2(std::abs(bench.ml(2) - disk) < 2.0 * kPi * 10.0 * 1.25 * kSpacing[2] / 1000.0,
                 qPrintable(QString::number(bench.ml(2))));
        QCOMPARE(bench.label(25, 20, 16), std::uint8_t{0}); // it stays in its slice
        QVERIFY(bench.session().undoName().startsWith("Paint"));
        QVERIFY(bench.session().data()->origin.edited);
        bench.session().undo();
        QVERIFY(!bench.session().hasMask());
    }

    void aBallIsAsLargeAsItSaysAndTheEraserTakesItAway() {
        Bench bench;
        bench.editor->setTool(EditTool::Brush);
        bench.editor->setLabel(2);
        bench.editor->state().update([](EditState& state) {
            state.brushMm = 24.0;
            state.ball = true;
        });
        bench.click(bench.pointer(25, 20, 15, 0));
        QVERIFY(std::abs(bench.ml(2) - kBallMl) < voxelBoundMl(12.0));
        bench.editor->setTool(EditTool::Eraser);
        bench.click(bench.pointer(25, 20, 15, 0));
        QCOMPARE(bench.ml(2), 0.0);
        QCOMPARE(bench.session().undoStack().count(), 2);
    }

    void aStrokeIsOneStepAndShowsWhileItIsDrawn() {
        Bench bench;
        bench.takeTruth();
        const auto before = bench.voxels();
        bench.editor->setTool(EditTool::Brush);
        bench.editor->setLabel(1);
        QSignalSpy shown(bench.editor.get(), &MaskEditor::strokeChanged);
        bench.editor->press(bench.pointer(5, 5, 15));
        for (int i = 6; i < 40; ++i)
            bench.editor->drag(bench.pointer(i, 5, 15));
        QVERIFY(bench.editor->stroke() != nullptr);
        QCOMPARE(bench.editor->stroke()->at({30, 5, 15}), std::uint8_t{1});
        QCOMPARE(bench.voxels(), before); // the mask itself waits for the release
        bench.editor->release(bench.pointer(40, 5, 15));
        QVERIFY(bench.editor->stroke() == nullptr);
        QVERIFY(shown.count() > 30);
        QCOMPARE(bench.label(30, 5, 15), std::uint8_t{1});
        QCOMPARE(bench.session().undoStack().count(), 2);
        bench.session().undo();
        QCOMPARE(bench.voxels(), before);
    }

    void aStrokeIsDroppedWhenTheMaskChangesUnderIt() {
        Bench bench;
        bench.takeTruth();
        bench.editor->setTool(EditTool::Brush);
        bench.editor->press(bench.pointer(5, 5, 15));
        bench.session().undo();
        QVERIFY(bench.editor->stroke() == nullptr);
        bench.editor->release(bench.pointer(6, 5, 15));
        QVERIFY(!bench.session().hasMask());
    }

    void controlTurnsTheBrushIntoTheEraser() {
        Bench bench;
        bench.takeTruth();
        bench.editor->setTool(EditTool::Brush);
        EditPointer where = bench.pointer(25, 20, 15);
        where.control = true;
        bench.click(where);
        QCOMPARE(bench.label(25, 20, 15), std::uint8_t{0});
    }

    void paintStaysInsideTheRange() {
        Bench bench;
        bench.editor->setTool(EditTool::Brush);
        bench.editor->setLabel(2);
        bench.editor->state().update([](EditState& state) {
            state.brushMm = 60.0;
            state.ball = true;
            state.onlyInRange = true;
            state.range = {90.0F, 110.0F};
        });
        bench.click(bench.pointer(25, 20, 15));
        QVERIFY(std::abs(bench.ml(2) - kBallMl) < voxelBoundMl(12.0));
        QCOMPARE(bench.label(2, 2, 2), std::uint8_t{0});
    }

    void aFloodOfABallGivesItsVolume() {
        Bench bench;
        bench.editor->setTool(EditTool::Flood);
        bench.editor->setLabel(2);
        bench.editor->state().update([](EditState& state) {
            state.tolerance = 5.0;
            state.reachMm = 0.0;
        });
        bench.click(bench.pointer(25, 20, 15));
        bench.settle();
        QVERIFY(bench.editor->preview().has_value());
        QVERIFY(!bench.session().hasMask()); // only a preview so far
        QVERIFY(std::abs(bench.editor->preview()->ml - kBallMl) < voxelBoundMl(12.0));
        bench.editor->accept();
        QVERIFY(std::abs(bench.ml(2) - kBallMl) < voxelBoundMl(12.0));
        QVERIFY(bench.session().undoName().startsWith("Flood"));
        QVERIFY(!bench.editor->pending());
        bench.session().undo();
        QVERIFY(!bench.session().hasMask());
    }

    void aFloodCanBeDiscardedAcceptedByAClickAndKeptInItsSlice() {
        Bench bench;
        bench.editor->setTool(EditTool::Flood);
        bench.editor->state().update([](EditState& state) {
            state.tolerance = 5.0;
            state.reachMm = 0.0;
            state.floodInSlice = true;
            state.label = 2;
        });
        bench.click(bench.pointer(25, 20, 15));
        bench.settle();
        bench.editor->discard();
        QVERIFY(!bench.editor->pending());
        QVERIFY(!bench.session().hasMask());
        bench.click(bench.pointer(25, 20, 15));
        bench.settle();
        bench.click(bench.pointer(26, 21, 15)); // a click inside the preview takes it
        QVERIFY(!bench.editor->pending());
        const double disk = kPi * kBallMm * kBallMm * kSpacing[2] / 1000.0;
        QVERIFY(std::abs(bench.ml(2) - disk) < 2.0 * kPi * kBallMm * 1.25 * kSpacing[2] / 1000.0);
        QCOMPARE(bench.label(25, 20, 14), std::uint8_t{0});
    }

    void draggingWidensTheFlood() {
        Bench bench;
        bench.editor->setTool(EditTool::Flood);
        bench.editor->state().update([](EditState& state) {
            state.tolerance = 30.0; // the dark around is 80 away
            state.reachMm = 0.0;
        });
        bench.editor->press(bench.pointer(25, 20, 15));
        bench.settle();
        const double narrow = bench.editor->preview()->ml;
        bench.editor->drag(bench.pointer(49, 20, 15)); // 24 mm: 3.4 times as tolerant
        bench.settle();
        QVERIFY(bench.editor->preview()->ml > narrow * 2.0);
        bench.editor->release(bench.pointer(49, 20, 15));
        QVERIFY(bench.editor->now().tolerance > 80.0);
    }

    void aPolygonFillsWhatItSurrounds() {
        Bench bench;
        bench.editor->setTool(EditTool::Polygon);
        bench.editor->setLabel(1);
        for (const auto& [i, j] : {std::pair{9.5, 9.5}, {29.5, 9.5}, {29.5, 19.5}, {9.5, 19.5}})
            bench.click(bench.pointer(i, j, 12));
        QCOMPARE(bench.editor->corners().size(), std::size_t{4});
        QVERIFY(!bench.session().hasMask());
        bench.editor->removeCorner();
        QCOMPARE(bench.editor->corners().size(), std::size_t{3});
        bench.click(bench.pointer(9.5, 19.5, 12));
        bench.editor->accept();
        QCOMPARE(bench.ml(1), 200 * bench.session().geometry().voxelMl());
        QCOMPARE(bench.label(10, 10, 12), std::uint8_t{1});
        QCOMPARE(bench.label(10, 10, 13), std::uint8_t{0});
        // Closed by a click on its first corner, and across another axis.
        for (const auto& [j, k] : {std::pair{9.5, 9.5}, {19.5, 9.5}, {19.5, 14.5}, {9.5, 14.5}, {9.5, 9.5}})
            bench.click(bench.pointer(45, j, k, 0));
        QVERIFY(!bench.editor->pending());
        QCOMPARE(bench.ml(1), 250 * bench.session().geometry().voxelMl());
    }

    void relabelTakesThePieceUnderTheClick() {
        Bench bench;
        bench.takeTruth();
        bench.editor->setTool(EditTool::Relabel);
        bench.editor->setLabel(1);
        const double enhancing = bench.ml(4);
        bench.click(bench.pointer(25, 20, 15));
        QCOMPARE(bench.ml(4), 0.0);
        QCOMPARE(bench.ml(1), enhancing);
        bench.notes = 0;
        bench.click(bench.pointer(2, 2, 2));
        QCOMPARE(bench.notes, 1); // a sentence, no step
        QCOMPARE(bench.session().undoStack().count(), 2);
    }

    void lockedLabelsAreNeverOverwritten() {
        Bench bench;
        bench.takeTruth();
        std::vector<std::size_t> kept;
        const auto start = bench.voxels();
        for (std::size_t v = 0; v < start.size(); ++v)
            if (start[v] == 4)
                kept.push_back(v);
        bench.editor->setLocked(4, true);
        bench.editor->setLabel(1);
        bench.editor->state().update([](EditState& state) {
            state.ball = true;
            state.brushMm = 40.0;
            state.tolerance = 5.0;
            state.reachMm = 0.0;
            state.marginMm = 8.0;
            state.islandMl = 100.0;
        });
        const auto check = [&](const char* what) {
            for (const std::size_t v : kept)
                QVERIFY2(bench.voxels()[v] == 4, what);
        };
        for (const EditTool tool : {EditTool::Brush, EditTool::Eraser, EditTool::Relabel, EditTool::Flood}) {
            bench.editor->setTool(tool);
            bench.click(bench.pointer(25, 20, 15));
            bench.settle();
            bench.editor->accept();
            check("pointer");
        }
        bench.session().undo();
        for (const EditOperation operation :
             {EditOperation::Grow, EditOperation::Smooth, EditOperation::FillHoles, EditOperation::RemoveIslands,
              EditOperation::KeepLargest, EditOperation::Shrink, EditOperation::EraseLabel}) {
            bench.editor->apply(operation);
            bench.settle();
            check("operation");
        }
        LabelMap blank = *bench.world->phantom->truth;
        std::fill(blank.voxels.begin(), blank.voxels.end(), std::uint8_t{0});
        std::bitset<256> all;
        all.set();
        bench.editor->copyFrom(blank, LabelEra::Brats2021, all, "copy");
        check("copy");
    }

    void aLockedBackgroundKeepsPaintInsideTheMask() {
        Bench bench;
        bench.takeTruth();
        const auto before = bench.session().data()->targetMl.at(imaging::Target::WholeTumour);
        bench.editor->setLocked(0, true);
        bench.editor->setTool(EditTool::Brush);
        bench.editor->setLabel(1);
        bench.editor->state().update([](EditState& state) { state.brushMm = 60.0; });
        bench.click(bench.pointer(25, 20, 15));
        QCOMPARE(bench.session().data()->targetMl.at(imaging::Target::WholeTumour), before);
        QVERIFY(bench.ml(1) > 0.0);
    }

    void operationsDoWhatTheySay() {
        Bench bench;
        bench.editor->setLabel(2);
        // Range: a preview of both balls.
        bench.editor->state().update([](EditState& state) { state.range = {90.0F, 110.0F}; });
        bench.run(EditOperation::FillRange);
        QVERIFY(bench.editor->preview().has_value());
        bench.editor->accept();
        const double both = bench.ml(2);
        QVERIFY(both > kBallMl);
        // Keep the largest, islands.
        bench.run(EditOperation::KeepLargest);
        QVERIFY(std::abs(bench.ml(2) - kBallMl) < voxelBoundMl(12.0));
        bench.session().undo();
        QCOMPARE(bench.ml(2), both);
        bench.editor->state().update([](EditState& state) { state.islandMl = 1.0; });
        bench.run(EditOperation::RemoveIslands);
        const double ball = bench.ml(2);
        QVERIFY(std::abs(ball - kBallMl) < voxelBoundMl(12.0));
        // Grow and shrink by 4 mm.
        bench.editor->state().update([](EditState& state) { state.marginMm = 4.0; });
        bench.run(EditOperation::Grow);
        const double grown = 4.0 / 3.0 * kPi * 16.0 * 16.0 * 16.0 / 1000.0;
        QVERIFY2(std::abs(bench.ml(2) - grown) < voxelBoundMl(16.0), qPrintable(QString::number(bench.ml(2))));
        bench.run(EditOperation::Shrink);
        QVERIFY(std::abs(bench.ml(2) - ball) < voxelBoundMl(12.0));
        // A hole, filled.
        bench.editor->setTool(EditTool::Eraser);
        bench.editor->state().update([](EditState& state) {
            state.ball = true;
            state.brushMm = 8.0;
        });
        const double before = bench.ml(2);
        bench.click(bench.pointer(25, 20, 15));
        QVERIFY(bench.ml(2) < before);
        bench.run(EditOperation::FillHoles);
        QCOMPARE(bench.ml(2), before);
        // Smoothing a ball keeps it nearly as it is.
        bench.run(EditOperation::Smooth);
        QVERIFY(std::abs(bench.ml(2) - before) < voxelBoundMl(12.0));
        bench.run(EditOperation::EraseLabel);
        QCOMPARE(bench.ml(2), 0.0);
        QVERIFY(!bench.editor->whyNot(EditOperation::Smooth).isEmpty());
    }

    void slicesBetweenAreFilled() {
        Bench bench;
        bench.editor->setTool(EditTool::Brush);
        bench.editor->setLabel(2);
        bench.editor->state().update([](EditState& state) { state.brushMm = 16.0; });
        bench.click(bench.pointer(25, 20, 10));
        const double disk = bench.ml(2);
        bench.click(bench.pointer(25, 20, 14));
        bench.run(EditOperation::FillBetween, 2);
        QVERIFY(std::abs(bench.ml(2) - 5 * disk) < 0.1 * disk);
        QCOMPARE(bench.label(25, 20, 12), std::uint8_t{2});
        QCOMPARE(bench.label(25, 20, 15), std::uint8_t{0});
    }

    void seedsGrowToTheEdge() {
        Bench bench;
        bench.editor->setTool(EditTool::Brush);
        bench.editor->state().update([](EditState& state) {
            state.brushMm = 6.0;
            state.ball = true;
        });
        bench.editor->setLabel(2);
        bench.click(bench.pointer(25, 20, 15));
        bench.editor->setLabel(1);
        for (const auto& [i, j, k] :
             {std::array{6, 20, 15}, {44, 20, 15}, {25, 3, 15}, {25, 40, 15}, {25, 20, 5}, {25, 20, 25}})
            bench.click(bench.pointer(i, j, k));
        bench.run(EditOperation::GrowFromSeeds);
        QVERIFY2(std::abs(bench.ml(2) - kBallMl) < voxelBoundMl(12.0), qPrintable(QString::number(bench.ml(2))));
        // With one label there is no outside: a sentence, no change.
        bench.run(EditOperation::EraseLabel);
        const auto before = bench.voxels();
        bench.notes = 0;
        bench.run(EditOperation::GrowFromSeeds);
        QCOMPARE(bench.notes, 1);
        QCOMPARE(bench.voxels(), before);
    }

    void labelsAreCopiedFromTheTruthOneByOne() {
        Bench bench;
        std::bitset<256> chosen;
        chosen.set(4);
        bench.editor->copyFrom(*bench.world->phantom->truth, LabelEra::Brats2021, chosen, "Copy from truth");
        QVERIFY(bench.ml(4) > 0.0);
        QCOMPARE(bench.ml(2), 0.0);
        // From a map of the other numbering.
        const LabelMap later =
            imaging::convertEra(*bench.world->phantom->truth, LabelEra::Brats2021, LabelEra::Brats2023);
        const double before = bench.ml(4);
        bench.session().undo();
        bench.editor->copyFrom(later, LabelEra::Brats2023, chosen, "Copy");
        QCOMPARE(bench.ml(4), before);
    }

    void clicksCorrectFromTheKeptProbabilities() {
        Bench bench;
        QVERIFY(!bench.editor->whyNot(EditTool::Add).isEmpty());
        bench.bench->segment();
        bench.settle();
        QVERIFY(bench.editor->whyNot(EditTool::Add).isEmpty());
        const auto start = bench.voxels();
        bench.editor->setTool(EditTool::Add);
        bench.click(bench.pointer(5, 5, 4)); // half seen: comes in whole, as oedema
        const double small = 4.0 / 3.0 * kPi * 4.0 * 4.0 * 4.0 / 1000.0;
        QCOMPARE(bench.label(5, 5, 4), std::uint8_t{2});
        const double gained = bench.session().data()->targetMl.at(imaging::Target::WholeTumour);
        bench.editor->setTool(EditTool::Remove);
        bench.click(bench.pointer(5, 5, 4)); // a small piece goes as a whole
        QCOMPARE(bench.voxels(), start);
        QVERIFY(std::abs(gained - bench.session().data()->targetMl.at(imaging::Target::WholeTumour) - small) <
                voxelBoundMl(4.0));
        // Inside the mask a plus asks for more of the active label.
        bench.session().undo();
        bench.editor->setTool(EditTool::Add);
        bench.editor->setLabel(1);
        bench.click(bench.pointer(25, 20, 15));
        QCOMPARE(bench.label(25, 20, 15), std::uint8_t{1});
        QCOMPARE(bench.ml(4), 0.0);
        QVERIFY(bench.ml(2) > 0.0);
    }

    void aMinusCanMeanTheActiveLabelAlone() {
        Bench bench;
        bench.bench->segment();
        bench.settle();
        const auto start = bench.voxels();
        const double whole = bench.session().data()->targetMl.at(imaging::Target::WholeTumour);
        bench.editor->setTool(EditTool::Remove);
        bench.editor->state().update([](EditState& state) {
            state.removeLabelOnly = true;
            state.correctionMm = 100.0;
        });
        // Not enhancing: what the network was as sure of goes one region outwards, and the tumour stays as large.
        bench.editor->setLabel(4);
        bench.click(bench.pointer(25, 20, 15));
        QCOMPARE(bench.ml(4), 0.0);
        QVERIFY(bench.ml(1) > 0.0);
        QCOMPARE(bench.session().data()->targetMl.at(imaging::Target::WholeTumour), whole);
        QVERIFY(bench.session().undoStack().undoText().contains("not"));
        // Not core either: it becomes oedema.
        bench.editor->setLabel(1);
        bench.click(bench.pointer(25, 20, 15));
        QCOMPARE(bench.ml(1), 0.0);
        QCOMPARE(bench.label(25, 20, 15), std::uint8_t{2});
        QCOMPARE(bench.session().data()->targetMl.at(imaging::Target::WholeTumour), whole);
        // Outside oedema there is nothing; the part under the click goes and no other label with it.
        bench.session().undo();
        bench.session().undo();
        QCOMPARE(bench.voxels(), start);
        const double enhancing = bench.ml(4);
        bench.editor->setLabel(2);
        bench.click(bench.pointer(25 + 9, 20, 15));
        QCOMPARE(bench.label(25 + 9, 20, 15), std::uint8_t{0});
        QCOMPARE(bench.ml(2), 0.0);
        QCOMPARE(bench.ml(4), enhancing);
        bench.session().undo();
        // A click on another label changes nothing, nor does one on a locked label.
        const int steps = bench.session().undoStack().index();
        QSignalSpy noted(bench.bench.get(), &Workbench::noted);
        bench.click(bench.pointer(25, 20, 15));
        QCOMPARE(noted.count(), 1);
        bench.editor->setLocked(2, true);
        bench.click(bench.pointer(25 + 9, 20, 15));
        QCOMPARE(bench.session().undoStack().index(), steps);
        QCOMPARE(bench.voxels(), start);
    }

    void aNetworkNeverReplacesHandWorkUnasked() {
        Bench bench;
        bench.editor->setTool(EditTool::Brush);
        bench.editor->setLabel(1);
        bench.click(bench.pointer(5, 40, 25));
        const auto hand = bench.voxels();
        QSignalSpy held(bench.bench.get(), &Workbench::answerHeld);
        bench.bench->segment();
        bench.settle();
        QCOMPARE(held.count(), 1);
        QCOMPARE(bench.voxels(), hand);
        // Chosen labels only, with one locked.
        std::bitset<256> chosen;
        chosen.set(2);
        chosen.set(1);
        std::bitset<256> locked;
        locked.set(1);
        bench.bench->takeAnswer(chosen, locked);
        QVERIFY(bench.ml(2) > 0.0);
        QCOMPARE(bench.ml(4), 0.0);
        QCOMPARE(bench.label(5, 40, 25), std::uint8_t{1});
        bench.session().undo();
        QCOMPARE(bench.voxels(), hand);
        bench.bench->takeAnswer();
        QCOMPARE(bench.voxels(), bench.world->phantom->truth->voxels);
        bench.session().undo();
        QCOMPARE(bench.voxels(), hand);
    }

    void aThousandRandomEditsAndUndosReturnTheStart() {
        Bench bench;
        bench.bench->segment();
        bench.settle();
        const auto start = bench.voxels();
        std::mt19937 random(20);
        const auto pick = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
        std::vector<std::vector<std::uint8_t>> history{start};
        const EditTool tools[] = {EditTool::Brush,   EditTool::Eraser, EditTool::Polygon, EditTool::Flood,
                                  EditTool::Relabel, EditTool::Add,    EditTool::Remove};
        const EditOperation operations[] = {EditOperation::Smooth,      EditOperation::FillHoles,
                                            EditOperation::KeepLargest, EditOperation::RemoveIslands,
                                            EditOperation::Grow,        EditOperation::Shrink};
        int edits = 0;
        for (int n = 0; n < 1000; ++n) {
            if (history.size() > 1 && (pick(2) == 0 || history.size() > 90)) {
                bench.session().undo();
                history.pop_back();
            } else {
                const int index = bench.session().undoStack().index();
                const int count = bench.session().undoStack().count();
                bench.editor->setLabel(
                    static_cast<std::uint8_t>(std::array{1, 2, 4}[static_cast<std::size_t>(pick(3))]));
                bench.editor->setLocked(static_cast<std::uint8_t>(pick(5)), pick(4) == 0);
                bench.editor->state().update([&](EditState& state) { state.removeLabelOnly = pick(2) == 0; });
                if (pick(8) != 0) {
                    bench.editor->setTool(tools[pick(7)]);
                    const int axis = pick(3);
                    for (int click = 0; click < 4; ++click) {
                        bench.editor->press(bench.pointer(10 + pick(30), 10 + pick(24), 5 + pick(20), axis));
                        const EditPointer end = bench.pointer(10 + pick(30), 10 + pick(24), 5 + pick(20), axis);
                        bench.editor->drag(end);
                        bench.editor->release(end);
                        if (bench.editor->now().tool != EditTool::Polygon)
                            break;
                    }
                } else {
                    const EditOperation operation = operations[pick(6)];
                    if (bench.editor->whyNot(operation).isEmpty())
                        bench.editor->apply(operation);
                }
                while (!bench.runner.idle())
                    QCoreApplication::processEvents();
                if (bench.editor->pending())
                    bench.editor->accept();
                const bool grew =
                    bench.session().undoStack().index() != index || bench.session().undoStack().count() != count;
                if (grew) {
                    ++edits;
                    history.push_back(bench.voxels());
                    if (history.size() > 100)
                        history.erase(history.begin());
                }
            }
            QVERIFY(bench.voxels() == history.back());
        }
        QVERIFY(edits > 200);
        while (history.size() > 1) {
            bench.session().undo();
            history.pop_back();
        }
        QVERIFY(bench.voxels() == start);
    }

    void everySequenceKeepsItsOwnRange() {
        Bench bench;
        bench.editor->state().update([](EditState& state) { state.range = {1.0F, 2.0F}; });
        bench.session().view().update([](ViewState& view) { view.shown = imaging::Sequence::T1; });
        QVERIFY(bench.editor->now().range.low != 1.0F);
        bench.session().view().update([](ViewState& view) { view.shown = imaging::Sequence::Flair; });
        QCOMPARE(bench.editor->now().range.low, 1.0F);
    }

    void distanceAngleAndRegionsAreMeasured() {
        Bench bench;
        Measurements& m = *bench.measurements;
        m.press(EditTool::Distance, bench.pointer(10, 10, 10));
        m.drag(bench.pointer(13, 10, 10));
        m.release(bench.pointer(13, 10 + 4 / 1.25, 10));
        QCOMPARE(m.list().size(), std::size_t{1});
        QVERIFY(std::abs(m.list()[0].value - 5.0) < 1e-9);
        m.press(EditTool::Angle, bench.pointer(20, 10, 10));
        m.release(bench.pointer(10, 10, 10));
        QVERIFY(m.drawing().has_value());
        m.hover(bench.pointer(10, 30, 10));
        QVERIFY(std::abs(m.drawing()->value - 90.0) < 1e-9);
        m.press(EditTool::Angle, bench.pointer(20, 10 + 10 / 1.25, 10));
        QCOMPARE(m.list().size(), std::size_t{2});
        QVERIFY(std::abs(m.list()[1].value - 45.0) < 1e-9);
        // Inside the ball everything is 100.
        m.press(EditTool::Ellipse, bench.pointer(21, 16, 15));
        m.release(bench.pointer(29, 24, 15));
        QCOMPARE(m.list()[2].region.mean, 100.0);
        QCOMPARE(m.list()[2].region.standardDeviation, 0.0);
        QVERIFY(std::abs(m.list()[2].region.areaMm2 - kPi * 4.0 * 5.0) < 1e-9);
        m.press(EditTool::Rectangle, bench.pointer(0, 0, 15));
        m.release(bench.pointer(49, 43, 15));
        QCOMPARE(m.list()[3].region.voxelCount, std::size_t{50 * 44});
        QCOMPARE(m.list()[3].region.minimum, 20.0);
        QCOMPARE(m.list()[3].region.maximum, 100.0);
        // A click that goes nowhere measures nothing.
        m.press(EditTool::Distance, bench.pointer(3, 3, 3));
        m.release(bench.pointer(3, 3, 3));
        QCOMPARE(m.list().size(), std::size_t{4});
        m.removeLast();
        m.remove(0);
        QCOMPARE(m.list().size(), std::size_t{2});
        m.clear();
        QVERIFY(m.list().empty());
        QVERIFY(!bench.session().canUndo()); // measuring changes nothing
    }

    void piecesAreMeasuredAndTheCursorJumpsToThem() {
        Bench bench;
        bench.takeTruth();
        QTRY_COMPARE(bench.measurements->pieces().size(), std::size_t{1});
        const MeasuredPiece piece = bench.measurements->pieces().front();
        const double bound = std::hypot(kSpacing[0], kSpacing[1]);
        QVERIFY(std::abs(piece.diameters.longest.mm - 24.0) < bound);
        QVERIFY(std::abs(piece.diameters.perpendicular.mm - 24.0) < bound);
        QVERIFY(std::abs(piece.component.ml - kBallMl) < voxelBoundMl(12.0));
        bench.measurements->setTarget(imaging::Target::EnhancingTumour);
        QTRY_VERIFY(!bench.measurements->measuring());
        QTRY_VERIFY(std::abs(bench.measurements->pieces().front().diameters.longest.mm - 12.0) < bound);
        bench.session().view().update([](ViewState& view) { view.cursor = {0, 0, 0}; });
        bench.measurements->jumpTo(0);
        QVERIFY(imaging::distanceMm(bench.session().view()->cursor, bench.at(25, 20, 15)) < 4.0);
        QCOMPARE(*bench.measurements->chosenPiece(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestMaskEditor)
#include "tst_mask_editor.moc"
