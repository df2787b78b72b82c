// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/scene/phantom.h"
#include "ui/scene/offscreen.h"
#include "ui/scene/palette.h"
#include "ui/viewport/slice_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QOpenGLContext>
#include <QScreen>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <QWindow>
#include <ctime>

using namespace sulcus;
using namespace sulcus::scene;
using namespace sulcus::viewport;
using imaging::WorldPoint;

namespace {

constexpr std::array<Plane, 3> kPlanes{Plane::Axial, Plane::Sagittal, Plane::Coronal};

DisplaySettings window400() {
    DisplaySettings settings;
    settings.windowWidth = 400.0;
    settings.windowLevel = 200.0; // tissue 64, ball 191
    settings.interpolate = false;
    return settings;
}

void show(QWidget& widget, int width, int height) {
    widget.resize(width, height);
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
}

void waitForRender(VtkWidget& view) {
    const int before = view.renderCount();
    view.update();
    QTRY_VERIFY(view.renderCount() > before);
}

/// Mean position of the pixels that the ball has, logical pixels.
QPointF brightCentre(VtkWidget& view) {
    const QImage image = view.snapshot();
    double x = 0;
    double y = 0;
    int count = 0;
    for (int row = 0; row < image.height(); ++row)
        for (int column = 0; column < image.width(); ++column) {
            const QRgb p = image.pixel(column, row);
            if (std::abs(qRed(p) - 191) < 6 && qRed(p) == qGreen(p) && qRed(p) == qBlue(p)) {
                x += column + 0.5;
                y += row + 0.5;
                ++count;
            }
        }
    return count ? QPointF(x / count, y / count) / view.devicePixelRatioF() : QPointF(-1, -1);
}

void turnWheel(QWidget& view, QPointF at, int angle, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QWheelEvent event(at, view.mapToGlobal(at), {}, {0, angle}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&view, &event);
}

WorldPoint lastPoint(const QSignalSpy& spy) { return spy.last().at(0).value<WorldPoint>(); }

double apart(const WorldPoint& a, const WorldPoint& b) { return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z); }

} // namespace

class TestSliceView : public QObject {
    Q_OBJECT
    imaging::VolumePtr m_volume;
    imaging::LabelMapPtr m_mask;

    std::unique_ptr<SliceView> makeView(Plane plane, int width = 400, int height = 360) {
        auto view = std::make_unique<SliceView>(plane);
        auto settings = window400();
        settings.crosshairVisible = false;
        view->setVolume(m_volume);
        view->setDisplay(settings);
        view->setCursor(test::kBallCentre);
        show(*view, width, height);
        waitForRender(*view);
        return view;
    }

private Q_SLOTS:
    void initTestCase() {
        const auto volume = test::phantomVolume(test::phantomGeometry({0, -1, 0, 0, 0, 1, -1, 0, 0}));
        m_mask = test::phantomMask(*volume);
        m_volume = volume;
    }

    void widgetIsNotBlankOnTheScreen() {
        const auto view = makeView(Plane::Axial);
        // The real screen, past everything that could draw the widget for us.
        QScreen* screen = view->screen();
        const auto tissue = [&] {
            const QImage shot = screen->grabWindow(view->winId()).toImage();
            int count = 0;
            for (int y = 0; y < shot.height(); ++y)
                for (int x = 0; x < shot.width(); ++x)
                    count += std::abs(qRed(shot.pixel(x, y)) - 64) < 6;
            return count;
        };
        QTRY_VERIFY(tissue() > 20'000);
    }

    void windowColourDoesNotShineThrough() {
        QWidget window;
        window.setStyleSheet("background: #ff00ff");
        auto* layout = new QHBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        auto* view = new SliceView(Plane::Axial);
        layout->addWidget(view);
        show(window, 300, 200);
        waitForRender(*view);
        QCOMPARE(window.grab().toImage().pixelColor(150, 150), QColor(Qt::black));
        QCOMPARE(view->screen()->grabWindow(window.winId()).toImage().pixelColor(150, 150), QColor(Qt::black));
    }

    void clickPicksThePointUnderIt() {
        for (const Plane plane : kPlanes) {
            const auto view = makeView(plane);
            const QPointF ball = brightCentre(*view);
            QVERIFY(ball.x() > 0);
            QSignalSpy moved(view.get(), &SliceView::cursorMoved);
            QTest::mouseClick(view.get(), Qt::LeftButton, {}, ball.toPoint());
            QCOMPARE(moved.count(), 1);
            // The mean of the ball's pixels is its centre to within half a voxel; a pixel is 0.15 to 0.2 mm.
            QVERIFY2(apart(lastPoint(moved), test::kBallCentre) < 1.2,
                     qPrintable(QString::number(apart(lastPoint(moved), test::kBallCentre))));
        }
    }

    void pointToPositionAndBackIsTheIdentity() {
        for (const Plane plane : kPlanes) {
            const auto view = makeView(plane);
            for (const QPoint at : {QPoint(120, 100), QPoint(200, 180), QPoint(260, 250)}) {
                QSignalSpy moved(view.get(), &SliceView::cursorMoved);
                QTest::mouseClick(view.get(), Qt::LeftButton, {}, at);
                QCOMPARE(moved.count(), 1);
                const QPointF back = view->positionOf(lastPoint(moved));
                QVERIFY(std::hypot(back.x() - at.x(), back.y() - at.y()) < 1e-6);
            }
        }
    }

    void radiologicalPutsThePatientsLeftOnTheRight() {
        for (const Plane plane : {Plane::Axial, Plane::Coronal}) {
            const auto view = makeView(plane);
            QVERIFY(brightCentre(*view).x() > view->width() / 2.0 + 20);
            QVERIFY(brightCentre(*view).y() < view->height() / 2.0 - 20);
            QCOMPARE(view->frame().letters().right, std::string("L"));
            auto settings = window400();
            settings.crosshairVisible = false;
            settings.neurological = true;
            view->setDisplay(settings);
            waitForRender(*view);
            QVERIFY(brightCentre(*view).x() < view->width() / 2.0 - 20);
            QCOMPARE(view->frame().letters().right, std::string("R"));
        }
        const auto sagittal = makeView(Plane::Sagittal);
        QVERIFY(brightCentre(*sagittal).x() < sagittal->width() / 2.0 - 20);
        QCOMPARE(sagittal->frame().letters().left, std::string("A"));
    }

    void maskColourShowsWhereTheMaskIs() {
        const auto view = makeView(Plane::Axial);
        auto settings = window400();
        settings.crosshairVisible = false;
        settings.maskOpacity = 1.0;
        settings.labels[2] = LabelStyle{{0, 200, 100}, 1.0, true};
        view->setDisplay(settings);
        view->setMask(m_mask, imaging::LabelEra::Brats2021);
        waitForRender(*view);
        const QImage image = view->snapshot();
        const QPoint ball = (view->positionOf(test::kBallCentre) * view->devicePixelRatioF()).toPoint();
        QCOMPARE(image.pixelColor(ball), QColor(0, 200, 100));
        const QPoint tissue = (view->positionOf({10, -20, 45}) * view->devicePixelRatioF()).toPoint();
        QVERIFY(std::abs(image.pixelColor(tissue).red() - 64) < 3);
        view->setMask(nullptr, imaging::LabelEra::Brats2021);
        waitForRender(*view);
        QVERIFY(std::abs(view->snapshot().pixelColor(ball).red() - 191) < 3);
    }

    void strokeInPlaceShowsAfterItWasTold() {
        const auto view = makeView(Plane::Axial);
        auto mask = std::make_shared<imaging::LabelMap>(*m_mask);
        auto settings = window400();
        settings.maskOpacity = 1.0;
        settings.crosshairVisible = false;
        settings.labels[9] = LabelStyle{{250, 0, 250}, 1.0, true};
        view->setDisplay(settings);
        view->setMask(mask, imaging::LabelEra::Plain);
        waitForRender(*view);
        const imaging::WorldPoint point{5.0, -20.0, 45.0};
        const QPoint at = (view->positionOf(point) * view->devicePixelRatioF()).toPoint();
        mask->voxels[mask->geometry.offset(mask->geometry.nearestVoxel(point))] = 9;
        view->maskEdited();
        waitForRender(*view);
        QCOMPARE(view->snapshot().pixelColor(at), QColor(250, 0, 250));
    }

    void viewThatWasNeverShownGoesQuietly() {
        SliceView view(Plane::Axial);
        view.setVolume(m_volume);
        view.setMask(m_mask, imaging::LabelEra::Plain);
        view.stepSlice(1);
        QVERIFY(view.sliceCount() > 0);
    }

    void wheelStepsOneSliceTowardsLeftAnteriorSuperior() {
        for (const Plane plane : kPlanes) {
            const auto view = makeView(plane);
            QSignalSpy moved(view.get(), &SliceView::cursorMoved);
            turnWheel(*view, {200, 180}, 120);
            QCOMPARE(moved.count(), 1);
            const WorldPoint now = lastPoint(moved);
            const WorldPoint was = test::kBallCentre;
            if (plane == Plane::Axial)
                QVERIFY(std::abs(now.z - was.z - 1.5) < 1e-6);
            if (plane == Plane::Sagittal)
                QVERIFY(std::abs(now.x - was.x - 1.0) < 1e-6);
            if (plane == Plane::Coronal)
                QVERIFY(std::abs(now.y - was.y + 1.25) < 1e-6);
            turnWheel(*view, {200, 180}, -60); // half a notch of a touchpad, twice
            QCOMPARE(moved.count(), 1);
            turnWheel(*view, {200, 180}, -60);
            QCOMPARE(moved.count(), 2);
            QVERIFY(apart(lastPoint(moved), was) < 1e-6);
            QTest::keyClick(view.get(), Qt::Key_PageUp);
            QCOMPARE(moved.count(), 3);
            QTest::keyClick(view.get(), Qt::Key_End);
            QTest::keyClick(view.get(), Qt::Key_Up); // nothing further on: nothing told
            QCOMPARE(moved.count(), 4);
        }
    }

    void zoomHoldsThePointUnderThePointer() {
        const auto view = makeView(Plane::Coronal);
        const QPointF at(260, 120);
        const WorldPoint before = view->worldAt(at);
        QSignalSpy framed(view.get(), &SliceView::framingChanged);
        for (int n = 0; n < 5; ++n)
            turnWheel(*view, at, 120, Qt::ControlModifier);
        QCOMPARE(framed.count(), 5);
        QVERIFY(view->framing().zoom > 2.0);
        QVERIFY(apart(view->worldAt(at), before) < 1e-6);
        view->fit();
        QCOMPARE(view->framing().zoom, 1.0);
        QVERIFY(!view->framing().centre.has_value());
    }

    void middleDragMovesTheImageWithThePointer() {
        const auto view = makeView(Plane::Axial);
        turnWheel(*view, {200, 180}, 240, Qt::ControlModifier);
        const WorldPoint held = view->worldAt({200, 180});
        QTest::mousePress(view.get(), Qt::MiddleButton, {}, {200, 180});
        QTest::mouseMove(view.get(), {215, 170});
        QTest::mouseMove(view.get(), {230, 160});
        QTest::mouseRelease(view.get(), Qt::MiddleButton, {}, {230, 160});
        QVERIFY(apart(view->worldAt({230, 160}), held) < 1e-6);
    }

    void rightDragZoomsAndRightClickAsksForAMenu() {
        const auto view = makeView(Plane::Axial);
        QSignalSpy menu(view.get(), &SliceView::contextMenuRequested);
        QTest::mousePress(view.get(), Qt::RightButton, {}, {200, 180});
        QTest::mouseMove(view.get(), {200, 140});
        QTest::mouseMove(view.get(), {200, 100});
        QTest::mouseRelease(view.get(), Qt::RightButton, {}, {200, 100});
        QVERIFY(view->framing().zoom > 1.2);
        QCOMPARE(menu.count(), 0);
        QTest::mouseClick(view.get(), Qt::RightButton, {}, {100, 100});
        QCOMPARE(menu.count(), 1);
    }

    void windowLevelFollowsTheDrag() {
        const auto view = makeView(Plane::Axial);
        QSignalSpy changed(view.get(), &SliceView::windowLevelChanged);
        QSignalSpy moved(view.get(), &SliceView::cursorMoved);
        const auto drag = [&](Qt::KeyboardModifiers modifiers) {
            QTest::mousePress(view.get(), Qt::LeftButton, modifiers, {200, 180});
            QTest::mouseMove(view.get(), {260, 140});
            QTest::mouseRelease(view.get(), Qt::LeftButton, modifiers, {260, 140});
        };
        drag(Qt::ControlModifier);
        QVERIFY(changed.count() >= 1);
        QCOMPARE(moved.count(), 0);
        QVERIFY(changed.last().at(0).toDouble() > 400.0); // to the right: wider
        QVERIFY(changed.last().at(1).toDouble() < 200.0); // upwards: a lower level, brighter
        changed.clear();
        view->setTool(Tool::WindowLevel);
        drag({});
        QVERIFY(changed.count() >= 1);
        QCOMPARE(moved.count(), 0);
    }

    void editToolHandsTheLeftButtonOver() {
        const auto view = makeView(Plane::Axial);
        view->setTool(Tool::Edit);
        QSignalSpy pressed(view.get(), &SliceView::pressed);
        QSignalSpy moved(view.get(), &SliceView::moved);
        QSignalSpy released(view.get(), &SliceView::released);
        QSignalSpy cursor(view.get(), &SliceView::cursorMoved);
        QSignalSpy maximise(view.get(), &SliceView::maximiseRequested);
        QSignalSpy size(view.get(), &SliceView::shiftWheelTurned);
        const QPoint at = view->positionOf(test::kBallCentre).toPoint();
        QTest::mousePress(view.get(), Qt::LeftButton, Qt::ShiftModifier, at);
        QTest::mouseMove(view.get(), at + QPoint(10, 0));
        QTest::mouseRelease(view.get(), Qt::LeftButton, {}, at + QPoint(10, 0));
        QCOMPARE(pressed.count(), 1);
        QVERIFY(moved.count() >= 1);
        QCOMPARE(released.count(), 1);
        QCOMPARE(cursor.count(), 0);
        QVERIFY(apart(lastPoint(pressed), test::kBallCentre) < 0.3);
        QCOMPARE(pressed.last().at(2).value<Qt::KeyboardModifiers>(), Qt::KeyboardModifiers(Qt::ShiftModifier));
        QTest::mouseDClick(view.get(), Qt::LeftButton, {}, at);
        QCOMPARE(maximise.count(), 0);
        turnWheel(*view, at, 120, Qt::ShiftModifier);
        QCOMPARE(size.count(), 1);
        view->setTool(Tool::Crosshair);
        QTest::mouseDClick(view.get(), Qt::LeftButton, {}, at);
        QCOMPARE(maximise.count(), 1);
    }

    void clickOutsideTheVolumeMovesNothing() {
        const auto view = makeView(Plane::Axial);
        QSignalSpy moved(view.get(), &SliceView::cursorMoved);
        QTest::mouseClick(view.get(), Qt::LeftButton, {}, {3, 3});
        QCOMPARE(moved.count(), 0);
    }

    void emptyViewTakesTheMouseWithoutHarm() {
        SliceView view(Plane::Axial);
        show(view, 300, 200);
        waitForRender(view);
        QTest::mouseClick(&view, Qt::LeftButton, {}, {100, 100});
        QTest::mouseMove(&view, {120, 100});
        turnWheel(view, {100, 100}, 120);
        QTest::keyClick(&view, Qt::Key_Up);
        view.fit();
        waitForRender(view);
        QCOMPARE(view.sliceCount(), 0);
    }

    void manyChangesCostOneRender() {
        const auto view = makeView(Plane::Axial);
        QTest::qWait(50); // let what the window system still sends come in
        const int before = view->renderCount();
        for (int n = 0; n < 20; ++n) {
            view->setCursor({10.0 + n * 0.5, -20.0, 30.0});
            view->stepSlice(1);
        }
        QTRY_VERIFY(view->renderCount() > before);
        QVERIFY(view->renderCount() - before <= 3);
    }

    void viewSurvivesAnotherWindow() {
        auto view = makeView(Plane::Axial);
        QWidget other;
        auto* layout = new QHBoxLayout(&other);
        layout->addWidget(view.get());
        show(other, 420, 380);
        waitForRender(*view);
        QVERIFY(brightCentre(*view).x() > 0);
        layout->removeWidget(view.get());
        view->setParent(nullptr);
        show(*view, 400, 360);
        waitForRender(*view);
        QVERIFY(brightCentre(*view).x() > 0);
        other.close();
    }

    void offscreenPictureIsWhatTheWidgetShows() {
        // In a process with a window system and a current context of its own.
        for (const Plane plane : kPlanes) {
            const auto view = makeView(plane);
            auto settings = window400();
            settings.maskStyle = plane == Plane::Axial ? MaskStyle::Outline : MaskStyle::Fill;
            view->setDisplay(settings);
            view->setMask(m_mask, imaging::LabelEra::Brats2021);
            view->clearFocus();
            waitForRender(*view);
            const QImage shot = view->snapshot();
            view->makeCurrent();
            SlicePictureOptions options;
            options.supersampling = 1;
            options.pixelRatio = view->devicePixelRatioF();
            const auto picture = renderSlicePicture(m_volume, m_mask, imaging::LabelEra::Brats2021, plane,
                                                    m_volume->geometry.nearestVoxel(test::kBallCentre), settings,
                                                    shot.width(), shot.height(), options);
            QVERIFY(picture.has_value());
            QCOMPARE(QOpenGLContext::currentContext(), view->context());
            view->doneCurrent();
            const QImage copy = shot.convertToFormat(QImage::Format_RGBA8888);
            Picture shown{shot.width(), shot.height(), {}};
            for (int y = 0; y < copy.height(); ++y)
                shown.rgba.insert(shown.rgba.end(), copy.constScanLine(y), copy.constScanLine(y) + 4 * copy.width());
            const double difference = pictureDifference(*picture, shown);
            // The cursor lies on a voxel's centre in one and up to half a voxel off in the other: a crosshair apart.
            QVERIFY2(difference < 1.5, qPrintable(QString::number(difference)));
            waitForRender(*view); // and the widget goes on undisturbed
        }
    }

    void threeViewsStepSmoothly() {
        auto volume = std::make_shared<imaging::Volume>();
        volume->geometry.size = {240, 240, 155};
        volume->voxels.resize(volume->geometry.voxelCount());
        auto mask = std::make_shared<imaging::LabelMap>();
        mask->geometry = volume->geometry;
        mask->voxels.assign(volume->voxels.size(), 0);
        for (std::size_t n = 0; n < volume->voxels.size(); ++n)
            volume->voxels[n] = static_cast<float>((n * 2654435761u >> 20) & 1023);
        for (int k = 50; k < 100; ++k)
            for (int j = 80; j < 150; ++j)
                for (int i = 90; i < 160; ++i)
                    mask->voxels[mask->geometry.offset({i, j, k})] = static_cast<std::uint8_t>(1 + (i / 20) % 2);
        for (const MaskStyle style : {MaskStyle::Fill, MaskStyle::Outline}) {
            QWidget window;
            auto* layout = new QHBoxLayout(&window);
            layout->setContentsMargins(0, 0, 0, 0);
            std::vector<SliceView*> views;
            auto settings = window400();
            settings.windowWidth = 1024;
            settings.windowLevel = 512;
            settings.interpolate = true;
            settings.maskStyle = style;
            for (const Plane plane : kPlanes) {
                auto* view = new SliceView(plane);
                view->setVolume(volume);
                view->setMask(mask, imaging::LabelEra::Brats2021);
                view->setDisplay(settings);
                layout->addWidget(view);
                views.push_back(view);
            }
            show(window, 1800, 500);
            for (auto* view : views)
                waitForRender(*view);
            constexpr int kSteps = 60;
            QElapsedTimer timer;
            timer.start();
            const std::clock_t cpu = std::clock();
            for (int n = 0; n < kSteps; ++n) {
                const WorldPoint point{60.0 + n, 60.0 + n, 40.0 + n};
                const int before = views.back()->renderCount();
                for (auto* view : views)
                    view->setCursor(point);
                while (views.back()->renderCount() == before)
                    QCoreApplication::processEvents(QEventLoop::AllEvents, 100);
            }
            const double perSecond = kSteps * 1000.0 / static_cast<double>(timer.elapsed());
            const double busyMs = 1000.0 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC / kSteps;
            qInfo("three 600x500 views of 240x240x155 with %s: %.0f steps a second, %.1f ms of processor time each",
                  style == MaskStyle::Fill ? "filled mask" : "outlines", perSecond, busyMs);
            // Processor time, because other programs share the machine. A guard against a change of kind, such as a
            // view that uploads its whole volume: 40 ms are usual, half of them Qt's.
            QVERIFY(busyMs < 200.0);
        }
    }
};

int main(int argc, char** argv) {
    VtkWidget::setDefaultFormat();
    QApplication app(argc, argv);
    TestSliceView test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}
#include "tst_slice_view.moc"
