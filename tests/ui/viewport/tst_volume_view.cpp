// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/scene/phantom.h"
#include "ui/scene/palette.h"
#include "ui/viewport/curve_view.h"
#include "ui/viewport/volume_view.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace sulcus;
using namespace sulcus::scene;
using namespace sulcus::viewport;

namespace {

/// Pixels clearly greener than anything else.
QPointF greenCentre(VtkWidget& view, int* count = nullptr) {
    const QImage image = view.snapshot();
    double x = 0;
    double y = 0;
    int n = 0;
    for (int row = 0; row < image.height(); ++row)
        for (int column = 0; column < image.width(); ++column) {
            const QRgb p = image.pixel(column, row);
            if (qGreen(p) > 60 && qGreen(p) > 2 * qRed(p) && qGreen(p) > 2 * qBlue(p)) {
                x += column + 0.5;
                y += row + 0.5;
                ++n;
            }
        }
    if (count)
        *count = n;
    return n ? QPointF(x / n, y / n) / view.devicePixelRatioF() : QPointF(-1, -1);
}

void waitForRender(VtkWidget& view) {
    const int before = view.renderCount();
    view.update();
    QTRY_VERIFY(view.renderCount() > before);
}

} // namespace

class TestVolumeView : public QObject {
    Q_OBJECT
    imaging::VolumePtr m_volume;
    SurfaceSet m_surfaces;
    DisplaySettings m_settings;

    std::unique_ptr<VolumeView> makeView() {
        auto view = std::make_unique<VolumeView>();
        view->setVolume(m_volume);
        view->setMaskSurfaces(m_surfaces, imaging::LabelEra::Brats2021);
        view->setDisplay(m_settings);
        view->lookFrom(ViewDirection::Anterior);
        view->resize(400, 400);
        view->show();
        [&] { QVERIFY(QTest::qWaitForWindowExposed(view.get())); }();
        waitForRender(*view);
        return view;
    }

private Q_SLOTS:
    void initTestCase() {
        const auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        volume->voxels[0] = 0.0F; // the background is another value than the tissue
        m_volume = volume;
        const auto surfaces = buildSurfaces(*test::phantomMask(*volume), {}, {});
        QVERIFY(surfaces.has_value());
        m_surfaces = *surfaces;
        m_settings.windowWidth = 400;
        m_settings.windowLevel = 200;
        m_settings.crosshairVisible = false;
        m_settings.labels[2] = LabelStyle{{20, 220, 20}, 1.0, true};
    }

    void surfaceShowsOnItsSide() {
        const auto view = makeView();
        const QPointF ball = greenCentre(*view);
        QVERIFY(ball.x() > 210 && ball.y() < 190);
    }

    void clickOnTheSurfacePicksItsNearSide() {
        const auto view = makeView();
        QSignalSpy moved(view.get(), &VolumeView::cursorMoved);
        QTest::mouseClick(view.get(), Qt::LeftButton, {}, greenCentre(*view).toPoint());
        QCOMPARE(moved.count(), 1);
        const auto p = moved.last().at(0).value<imaging::WorldPoint>();
        const auto c = test::kBallCentre;
        QVERIFY(std::abs(std::hypot(p.x - c.x, p.y - c.y, p.z - c.z) - test::kBallRadius) < 1.5);
        QVERIFY(p.y < c.y - 3.0);                                     // the side that faces the viewer, in front
        QTest::mouseClick(view.get(), Qt::LeftButton, {}, {200, 20}); // nothing there
        QCOMPARE(moved.count(), 1);
    }

    void dragTurnsTheScene() {
        const auto view = makeView();
        const QPointF before = greenCentre(*view);
        QTest::mousePress(view.get(), Qt::LeftButton, {}, {100, 300});
        for (int x = 110; x <= 200; x += 30) // 40 degrees
            QTest::mouseMove(view.get(), {x, 300});
        QTest::mouseRelease(view.get(), Qt::LeftButton, {}, {200, 300});
        waitForRender(*view);
        const QPointF after = greenCentre(*view);
        QVERIFY(std::abs(after.x() - before.x()) > 10);
        view->lookFrom(ViewDirection::Anterior);
        waitForRender(*view);
        QVERIFY(std::hypot(greenCentre(*view).x() - before.x(), greenCentre(*view).y() - before.y()) < 1.0);
    }

    void hiddenLabelDisappears() {
        const auto view = makeView();
        auto settings = m_settings;
        settings.labels[2].visible = false;
        view->setDisplay(settings);
        waitForRender(*view);
        int count = 0;
        greenCentre(*view, &count);
        QCOMPARE(count, 0);
    }

    void slicePlanesHideOnlyWhatLiesBehind() {
        const auto view = makeView();
        auto settings = m_settings;
        settings.slicePlanesVisible = true;
        view->setDisplay(settings);
        view->setCursor({10.0, -44.0, 10.0}); // a coronal slice in front of the ball
        waitForRender(*view);
        int hidden = 0;
        greenCentre(*view, &hidden);
        view->setCursor({10.0, 4.0, 10.0}); // and one behind it
        waitForRender(*view);
        int shown = 0;
        greenCentre(*view, &shown);
        QVERIFY(shown > 300);
        QVERIFY(hidden < shown / 10);
    }

    void surfacesCanBeReplacedAndTakenAway() {
        const auto view = makeView();
        for (int n = 0; n < 5; ++n) {
            view->setMaskSurfaces({}, imaging::LabelEra::Brats2021);
            waitForRender(*view);
            view->setMaskSurfaces(m_surfaces, imaging::LabelEra::Brats2021);
            waitForRender(*view);
        }
        int count = 0;
        greenCentre(*view, &count);
        QVERIFY(count > 300);
    }

    void chartShowsInAWidget() {
        CurveView view;
        CurvePanel panel;
        panel.title = "Dice";
        panel.curves = {Curve{"WT", {1, 2, 3}, {0.1, 0.6, 0.9}, {0, 158, 115}, false, false, true}};
        view.setPanels({panel});
        view.resize(400, 300);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        waitForRender(view);
        const QImage image = view.snapshot();
        int green = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                green += qGreen(image.pixel(x, y)) > qRed(image.pixel(x, y)) + 50;
        QVERIFY(green > 100);
    }
};

int main(int argc, char** argv) {
    VtkWidget::setDefaultFormat();
    QApplication app(argc, argv);
    TestVolumeView test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}
#include "tst_volume_view.moc"
