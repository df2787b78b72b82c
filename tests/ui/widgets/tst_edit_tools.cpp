// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/session/ball_case.h"
#include "tests/ui/widgets/window_desk.h"
#include "ui/widgets/edit_panel.h"
#include "ui/widgets/edit_tools.h"
#include "ui/widgets/label_choice.h"
#include "ui/widgets/measure_panel.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QWheelEvent>

using namespace sulcus;
using namespace sulcus::session;
using namespace sulcus::test;
using namespace sulcus::widgets;

namespace {

/// The window over a bright ball; the mouse and the actions do all the work.
struct Desk : WindowDesk {
    explicit Desk(const QString& database = {}) : Desk(balls(), database) {}
    static std::shared_ptr<FakeWorld> balls() {
        auto world = std::make_shared<FakeWorld>();
        world->phantom = ballCase();
        return world;
    }
    static Services answering(const std::shared_ptr<FakeWorld>& world) {
        Services services = fakeServices(world);
        services.segment = [](const imaging::Case& imagingCase, const workflow::SegmentOptions&,
                              const TaskContext&) -> Result<workflow::SegmentationResult> {
            return ballAnswer(imagingCase);
        };
        return services;
    }
    Desk(const std::shared_ptr<FakeWorld>& world, const QString& database)
        : WindowDesk(world, answering(world), database.toStdString()) {
        open();
    }
    /// The next file that is asked for.
    void answerWith(const QString& path) {
        window.setFileChooser(
            [path](FileQuestion, const QString&, const std::function<void(QString)>& chosen) { chosen(path); });
    }
    void open() {
        openDemo();
        QTRY_VERIFY(axial()->renderCount() > 0);
        // The middle slice of the ball is on view in all planes.
        session().view().update([&](ViewState& view) {
            view.cursor =
                session().geometry().worldFromIndex({double(kMiddle.i), double(kMiddle.j), double(kMiddle.k)});
        });
        QTRY_COMPARE(axial()->slice(), kMiddle.k);
    }
    MaskEditor& editor() { return window.editTools().editor(); }
    viewport::SliceView* axial() { return window.views().slice(ViewKind::Axial); }
    /// Runs an operation and waits for its step.
    void operate(const char* id) {
        trigger(id);
        settle();
        QCoreApplication::processEvents();
    }
    QPoint at(double i, double j) {
        return axial()->positionOf(session().geometry().worldFromIndex({i, j, double(kMiddle.k)})).toPoint();
    }
    void click(double i, double j, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(axial(), Qt::LeftButton, modifiers, at(i, j));
        settle();
    }
    double ml(std::uint8_t value) {
        const auto found = session().data()->labelMl.find(value);
        return found == session().data()->labelMl.end() ? 0.0 : found->second;
    }
    std::vector<std::uint8_t> voxels() {
        return session().hasMask() ? session().data()->mask->voxels
                                   : std::vector<std::uint8_t>(session().geometry().voxelCount(), 0);
    }
};

} // namespace

class TestEditTools : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBrushPaintsAndTheEraserTakesAway() {
        Desk desk;
        const auto start = desk.voxels();
        desk.trigger("tool-brush");
        QTRY_VERIFY(desk.axial()->tool() == viewport::Tool::Edit);
        desk.editor().setLabel(2);
        desk.find<QDoubleSpinBox>("brushSize")->setValue(20.0);
        desk.click(25, 20);
        const double disk = kPi * 100.0 * kSpacing[2] / 1000.0;
        const double bound = 2.0 * kPi * 10.0 * 1.25 * kSpacing[2] / 1000.0;
        QVERIFY2(std::abs(desk.ml(2) - disk) < bound, qPrintable(QString::number(desk.ml(2))));
        const auto painted = desk.voxels();
        // A drag is one step.
        QTest::mousePress(desk.axial(), Qt::LeftButton, {}, desk.at(10, 10));
        QTest::mouseMove(desk.axial(), desk.at(12, 10));
        QTest::mouseMove(desk.axial(), desk.at(16, 10));
        QTest::mouseRelease(desk.axial(), Qt::LeftButton, {}, desk.at(16, 10));
        QCOMPARE(desk.session().undoStack().count(), 2);
        QVERIFY(desk.session().data()->mask->at({13, 10, kMiddle.k}) == 2);
        desk.trigger("edit-undo");
        QCOMPARE(desk.voxels(), painted);
        desk.trigger("tool-eraser");
        desk.click(25, 20);
        QCOMPARE(desk.ml(2), 0.0);
        desk.trigger("edit-undo");
        QCOMPARE(desk.voxels(), painted);
        desk.trigger("edit-undo");
        QCOMPARE(desk.voxels(), start);
        // Choosing the tool again gives the crosshair back.
        desk.trigger("tool-eraser");
        QTRY_VERIFY(desk.axial()->tool() == viewport::Tool::Crosshair);
        QVERIFY(desk.window.actions().action("tool-navigate")->isChecked());
    }

    void shiftAndTheWheelSizeTheBrush() {
        Desk desk;
        desk.trigger("tool-brush");
        QTRY_VERIFY(desk.axial()->tool() == viewport::Tool::Edit);
        const double before = desk.editor().now().brushMm;
        const QPointF middle = desk.at(25, 20);
        QWheelEvent wheel(middle, desk.axial()->mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, Qt::ShiftModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(desk.axial(), &wheel);
        QVERIFY(desk.editor().now().brushMm > before);
        desk.trigger("brush-smaller");
        QVERIFY(std::abs(desk.editor().now().brushMm - before) < 1e-9);
        QTRY_VERIFY(std::abs(desk.find<QDoubleSpinBox>("brushSize")->value() - before) < 0.06);
    }

    void aFloodOfABallGivesItsVolume() {
        Desk desk;
        desk.trigger("tool-flood");
        desk.editor().setLabel(2);
        QTRY_VERIFY(desk.axial()->tool() == viewport::Tool::Edit);
        desk.find<QDoubleSpinBox>("floodTolerance")->setValue(5.0);
        desk.find<QDoubleSpinBox>("floodReach")->setValue(0.0);
        desk.click(25, 20);
        QTRY_VERIFY(desk.editor().preview().has_value());
        QTRY_VERIFY(desk.find<QLabel>("previewText")->text().contains("ml"));
        // Return in the view takes it.
        desk.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&desk.window));
        desk.axial()->setFocus();
        QTRY_VERIFY(desk.window.actions().action("edit-accept")->isEnabled());
        QTest::keyClick(desk.axial(), Qt::Key_Return);
        QTRY_VERIFY(desk.session().hasMask());
        QVERIFY(std::abs(desk.ml(2) - kBallMl) < voxelBoundMl(kBallMm));
        QTRY_VERIFY(desk.window.actions().action("edit-undo")->text().contains("Flood"));
        // Esc gives a preview up.
        desk.click(2, 2);
        QTRY_VERIFY(desk.editor().pending());
        QTest::keyClick(desk.axial(), Qt::Key_Escape);
        QVERIFY(!desk.editor().pending());
        desk.trigger("edit-undo");
        QVERIFY(!desk.session().hasMask());
    }

    void aPolygonFillsItsArea() {
        Desk desk;
        desk.trigger("tool-polygon");
        desk.editor().setLabel(1);
        QTRY_VERIFY(desk.axial()->tool() == viewport::Tool::Edit);
        for (const auto& [i, j] : {std::pair{10.0, 10.0}, {30.0, 10.0}, {30.0, 26.0}, {10.0, 26.0}})
            desk.click(i, j);
        QCOMPARE(desk.editor().corners().size(), std::size_t{4});
        desk.trigger("edit-accept");
        const double area = 20.0 * 16.0 * 1.25 * kSpacing[2] / 1000.0;
        const double edge = 2.0 * (20.0 + 16.0 * 1.25) * 1.25 * kSpacing[2] / 1000.0;
        QVERIFY(std::abs(desk.ml(1) - area) < edge);
        desk.trigger("edit-undo");
        QVERIFY(!desk.session().hasMask());
    }

    void relabelAndCorrectionsFollowTheClick() {
        Desk desk;
        desk.trigger("segment-run");
        QTRY_VERIFY(desk.session().hasMask());
        desk.settle();
        const auto start = desk.voxels();
        desk.trigger("tool-relabel");
        QTRY_VERIFY(desk.axial()->tool() == viewport::Tool::Edit);
        desk.editor().setLabel(1);
        const double enhancing = desk.ml(4);
        desk.click(25, 20);
        QCOMPARE(desk.ml(1), enhancing);
        desk.trigger("edit-undo");
        QCOMPARE(desk.voxels(), start);
        desk.trigger("tool-remove");
        desk.click(25, 20); // the only piece never goes as a whole for a click in its middle, but something does
        QVERIFY(desk.voxels() != start);
        desk.trigger("edit-undo");
        QCOMPARE(desk.voxels(), start);
        // Only the active label: the tumour stays as large.
        desk.trigger("correct-label-only");
        QTRY_VERIFY(desk.find<QCheckBox>("correctLabelOnly")->isVisibleTo(desk.find<QWidget>("editPanel")));
        QVERIFY(desk.find<QCheckBox>("correctLabelOnly")->isChecked());
        desk.editor().setLabel(4);
        const double whole = desk.session().data()->targetMl.at(imaging::Target::WholeTumour);
        desk.click(25, 20);
        QVERIFY(desk.ml(4) < enhancing);
        QCOMPARE(desk.session().data()->targetMl.at(imaging::Target::WholeTumour), whole);
        desk.trigger("edit-undo");
        desk.trigger("correct-label-only");
        QVERIFY(!desk.editor().now().removeLabelOnly);
        desk.editor().setLabel(1);
        QCOMPARE(desk.voxels(), start);
        desk.trigger("tool-add");
        desk.click(25, 20);
        QCOMPARE(desk.ml(4), 0.0);
        desk.trigger("edit-undo");
        QCOMPARE(desk.voxels(), start);
    }

    void everyOperationIsAStepThatUndoTakesBack() {
        Desk desk;
        desk.editor().setLabel(2);
        desk.find<QDoubleSpinBox>("rangeHigh")->setValue(110.0);
        desk.find<QDoubleSpinBox>("rangeLow")->setValue(90.0);
        desk.operate("op-range");
        QTRY_VERIFY(desk.editor().preview().has_value());
        desk.trigger("edit-accept");
        const double both = desk.ml(2);
        const double small = 4.0 / 3.0 * kPi * 64.0 / 1000.0;
        QVERIFY(std::abs(both - kBallMl - small) < voxelBoundMl(kBallMm) + voxelBoundMl(4.0));
        const auto start = desk.voxels();
        struct Expected {
            const char* id;
            double ml;
            double bound;
        };
        desk.find<QDoubleSpinBox>("marginMm")->setValue(4.0);
        desk.find<QDoubleSpinBox>("islandMl")->setValue(1.0);
        const auto ball = [](double radius) { return 4.0 / 3.0 * kPi * radius * radius * radius / 1000.0; };
        for (const Expected& expected :
             {Expected{"op-largest", ball(12.0), voxelBoundMl(12.0)},
              Expected{"op-islands", ball(12.0), voxelBoundMl(12.0)},
              Expected{"op-grow", ball(16.0) + ball(8.0), voxelBoundMl(16.0) + voxelBoundMl(8.0)},
              Expected{"op-shrink", ball(8.0), voxelBoundMl(8.0)}, Expected{"op-erase", 0.0, 1e-9}}) {
            const int steps = desk.session().undoStack().index();
            desk.operate(expected.id);
            QTRY_COMPARE(desk.session().undoStack().index(), steps + 1);
            QVERIFY2(std::abs(desk.ml(2) - expected.ml) < expected.bound,
                     qPrintable(QString("%1 %2").arg(expected.id).arg(desk.ml(2))));
            desk.trigger("edit-undo");
            QCOMPARE(desk.voxels(), start);
        }
        desk.operate("op-smooth");
        QTRY_VERIFY(std::abs(desk.ml(2) - both) < voxelBoundMl(12.0) + voxelBoundMl(4.0));
    }

    void lockedLabelsShowTheirLockAndStay() {
        Desk desk;
        desk.trigger("mask-from-truth");
        desk.settle();
        const double before = desk.ml(4);
        desk.trigger("panel-edit");
        QTRY_VERIFY(desk.find<QToolButton>("labelLock_4")->isVisible());
        desk.find<QToolButton>("labelLock_4")->click();
        QVERIFY(desk.editor().now().locked.test(4));
        desk.trigger("tool-eraser");
        QTRY_VERIFY(desk.axial()->tool() == viewport::Tool::Edit);
        desk.click(25, 20);
        QCOMPARE(desk.ml(4), before);
        desk.find<QToolButton>("activeLabel_1")->click();
        QCOMPARE(desk.editor().now().label, std::uint8_t{1});
        desk.trigger("label-next");
        QVERIFY(desk.editor().now().label != 1);
    }

    void aToolThatCannotBeUsedSaysWhy() {
        Desk desk;
        QAction* const add = desk.window.actions().action("tool-add");
        QTRY_VERIFY(!add->isEnabled());
        QVERIFY(add->toolTip().contains("Segment the case first"));
        QVERIFY(add->toolTip().contains("Y"));
        QVERIFY(!desk.window.actions().action("op-smooth")->isEnabled());
        QVERIFY(desk.window.actions().action("op-smooth")->toolTip().contains("There is no mask yet"));
    }

    void aNetworkAsksBeforeItTouchesHandWork() {
        Desk desk;
        desk.trigger("tool-brush");
        QTRY_VERIFY(desk.axial()->tool() == viewport::Tool::Edit);
        desk.editor().setLabel(1);
        desk.click(5, 38);
        const auto hand = desk.voxels();
        desk.trigger("segment-run");
        QTRY_VERIFY(desk.window.findChild<LabelChoice*>() != nullptr);
        desk.settle();
        QCOMPARE(desk.voxels(), hand);
        auto* const dialog = desk.window.findChild<LabelChoice*>();
        dialog->findChild<QCheckBox*>("takeLabel_1")->setChecked(false);
        dialog->findChild<QPushButton*>("takeLabels")->click();
        QVERIFY(desk.ml(4) > 0.0);
        QVERIFY(desk.session().data()->mask->at({5, 38, kMiddle.k}) == 1);
        desk.trigger("edit-undo");
        QCOMPARE(desk.voxels(), hand);
        // The truth's labels can be had by the same dialog.
        QTRY_VERIFY(desk.window.findChild<LabelChoice*>() == nullptr);
        desk.trigger("mask-copy-labels");
        QTRY_VERIFY(desk.window.findChild<LabelChoice*>() != nullptr);
        desk.window.findChild<LabelChoice*>()->findChild<QPushButton*>("keepMask")->click();
        QCOMPARE(desk.voxels(), hand);
    }

    void measuringDrawsAndLists() {
        Desk desk;
        desk.trigger("measure-distance");
        QTRY_VERIFY(desk.axial()->tool() == viewport::Tool::Edit);
        QTest::mousePress(desk.axial(), Qt::LeftButton, {}, desk.at(15, 20));
        QTest::mouseMove(desk.axial(), desk.at(25, 20));
        QTest::mouseRelease(desk.axial(), Qt::LeftButton, {}, desk.at(35, 20));
        auto& measurements = desk.window.editTools().measurements();
        QCOMPARE(measurements.list().size(), std::size_t{1});
        // A pixel of the view is the bound.
        const double pixel = imaging::distanceMm(desk.axial()->worldAt({0, 0}), desk.axial()->worldAt({1, 0}));
        QVERIFY(std::abs(measurements.list()[0].value - 20.0) < 2.0 * pixel);
        QTRY_COMPARE(desk.find<QTreeWidget>("measurementList")->topLevelItemCount(), 1);
        desk.trigger("measure-angle");
        QTest::mousePress(desk.axial(), Qt::LeftButton, {}, desk.at(35, 20));
        QTest::mouseRelease(desk.axial(), Qt::LeftButton, {}, desk.at(15, 20));
        QTest::mouseClick(desk.axial(), Qt::LeftButton, {}, desk.at(15, 36));
        QCOMPARE(measurements.list().size(), std::size_t{2});
        QVERIFY(std::abs(measurements.list()[1].value - 90.0) < 3.0);
        desk.trigger("measure-ellipse");
        QTest::mousePress(desk.axial(), Qt::LeftButton, {}, desk.at(21, 17));
        QTest::mouseRelease(desk.axial(), Qt::LeftButton, {}, desk.at(29, 23));
        QCOMPARE(measurements.list()[2].region.mean, 100.0);
        desk.trigger("measure-rectangle");
        QTest::mousePress(desk.axial(), Qt::LeftButton, {}, desk.at(21, 17));
        QTest::mouseRelease(desk.axial(), Qt::LeftButton, {}, desk.at(29, 23));
        QVERIFY(measurements.list()[3].region.areaMm2 > measurements.list()[2].region.areaMm2);
        // What is drawn is seen: some pixels of the measuring colour.
        desk.trigger("tool-navigate");
        QTRY_VERIFY([&] {
            const QImage picture = desk.axial()->snapshot();
            int drawn = 0;
            for (int y = 0; y < picture.height(); ++y)
                for (int x = 0; x < picture.width(); ++x) {
                    const QColor c = picture.pixelColor(x, y);
                    drawn += c.green() > 220 && c.red() > 90 && c.red() < 170 && c.blue() < 210 ? 1 : 0;
                }
            return drawn > 60;
        }());
        desk.trigger("measure-clear");
        QVERIFY(measurements.list().empty());
        QVERIFY(!desk.session().canUndo());
    }

    void thePieceListJumps() {
        Desk desk;
        desk.trigger("mask-from-truth");
        desk.settle();
        auto* const list = desk.find<QTreeWidget>("pieceList");
        QTRY_COMPARE(list->topLevelItemCount(), 1);
        QVERIFY(list->topLevelItem(0)->text(2).contains("24"));
        desk.session().view().update([](ViewState& view) { view.cursor = {1, 1, 1}; });
        QTRY_VERIFY(desk.axial()->slice() != kMiddle.k);
        desk.trigger("piece-next");
        QTRY_COMPARE(desk.axial()->slice(), kMiddle.k);
        QCOMPARE(*desk.window.editTools().measurements().chosenPiece(), std::size_t{0});
    }

    void aCrashIsFollowedByAQuestion() {
        QTemporaryDir folder;
        std::vector<std::uint8_t> edited;
        {
            Desk desk(folder.filePath("sulcus.db"));
            desk.trigger("tool-brush");
            QTRY_VERIFY(desk.axial()->tool() == viewport::Tool::Edit);
            desk.click(25, 20);
            edited = desk.voxels();
            desk.window.autosave().saveNow();
            desk.settle();
        } // the window goes without being closed
        Desk desk(folder.filePath("sulcus.db"));
        QTRY_VERIFY(desk.window.findChild<QPushButton*>("restoreEdits") != nullptr);
        QVERIFY(!desk.session().hasMask());
        desk.find<QPushButton>("restoreEdits")->click();
        QTRY_VERIFY(desk.session().hasMask());
        QCOMPARE(desk.voxels(), edited);
        QTRY_VERIFY(desk.window.isWindowModified());
        // Given up by an answer: the copy goes.
        desk.window.setDiscardAnswer([] { return true; });
        desk.window.close();
        QTRY_VERIFY(!desk.window.isVisible());
        QVERIFY(QDir(folder.filePath("sulcus.db.unsaved")).entryList({"*.nii.gz"}).isEmpty());
    }

    void theQuestionAboutUnsavedWorkCanSave() {
        Desk desk;
        desk.trigger("mask-from-truth");
        desk.settle();
        const QString file = desk.folder.filePath("mask.nii.gz");
        desk.answerWith(file);
        desk.trigger("case-close");
        QTRY_VERIFY(desk.window.findChild<QPushButton*>("saveAndGoOn") != nullptr);
        QVERIFY(desk.session().hasCase());
        desk.find<QPushButton>("saveAndGoOn")->click();
        QTRY_VERIFY(!desk.session().hasCase());
        QVERIFY(QFile::exists(file));
    }

    void surfacesAndPicturesAreExported() {
        Desk desk;
        QAction* const dicom = desk.window.actions().action("export-segmentation");
        QTRY_VERIFY(dicom->toolTip().contains("did not come from DICOM"));
        QVERIFY(!dicom->isEnabled());
        desk.trigger("mask-from-truth");
        desk.settle();
        for (const char* const name : {"ball.stl", "ball.ply"}) {
            const QString file = desk.folder.filePath(name);
            desk.answerWith(file);
            desk.operate("export-surfaces");
            QTRY_VERIFY(QFileInfo(file).size() > 1000);
        }
        const QString view = desk.folder.filePath("view.png");
        desk.answerWith(view);
        desk.axial()->setFocus();
        desk.trigger("view-snapshot-active");
        QVERIFY(!QImage(view).isNull());
        QDir(desk.folder.path()).mkdir("slices");
        desk.answerWith(desk.folder.filePath("slices"));
        desk.operate("export-slices");
        const QDir slices(desk.folder.filePath("slices"));
        QTRY_COMPARE_WITH_TIMEOUT(slices.entryList({"*.png"}).size(), desk.session().geometry().size[2], 60000);
        const QImage middle(slices.filePath("ball_axial_016.png"));
        QVERIFY(!middle.isNull());
        QVERIFY(std::max(middle.width(), middle.height()) >= 799);
    }

    void surfacesFollowAStroke() {
        Desk desk;
        desk.trigger("tool-brush");
        QTRY_VERIFY(desk.axial()->tool() == viewport::Tool::Edit);
        QSignalSpy built(&desk.window.views(), &ViewArea::surfacesBuilt);
        desk.click(25, 20);
        QTRY_VERIFY(built.count() > 0);
    }
};

int main(int argc, char** argv) { return test::runWindowTest<TestEditTools>(argc, argv); }
#include "tst_edit_tools.moc"
