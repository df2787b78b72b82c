// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/scene/phantom.h"
#include "ui/viewport/montage_view.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace sulcus;
using namespace sulcus::viewport;

class TestMontageView : public QObject {
    Q_OBJECT
    imaging::VolumePtr m_volume;

    std::unique_ptr<MontageView> view(scene::Plane plane = scene::Plane::Axial) {
        auto made = std::make_unique<MontageView>();
        made->resize(500, 400);
        made->setTiles(4, 3);
        made->setPlane(plane);
        made->setStep(1.0);
        made->setVolume(m_volume);
        scene::DisplaySettings display;
        display.windowWidth = 400;
        display.windowLevel = 200;
        made->setDisplay(display);
        made->setCursor(test::kBallCentre);
        made->show();
        if (!QTest::qWaitForWindowExposed(made.get()))
            qFatal("no window");
        return made;
    }

private Q_SLOTS:
    void initTestCase() { m_volume = test::phantomVolume(test::phantomGeometry({1, 0, 0, 0, 1, 0, 0, 0, 1})); }

    void tilesShowSlicesAtEqualSteps() {
        const auto montage = view();
        QTRY_VERIFY(montage->renderCount() > 0);
        for (int n = 1; n < 12; ++n)
            QCOMPARE(montage->sliceOfTile(n) - montage->sliceOfTile(n - 1), 1);
        montage->setStep(3.0 * m_volume->geometry.spacing[2]);
        for (int n = 1; n < 12 && montage->sliceOfTile(n) >= 0; ++n)
            QCOMPARE(montage->sliceOfTile(n) - montage->sliceOfTile(n - 1), 3);
    }

    void theSliceOfTheCursorIsAlwaysOnShow() {
        for (const scene::Plane plane : {scene::Plane::Axial, scene::Plane::Sagittal, scene::Plane::Coronal}) {
            const auto montage = view(plane);
            const auto frame = scene::sliceFrame(m_volume->geometry, plane, false);
            const auto holds = [&](int slice) {
                for (int n = 0; n < 12; ++n)
                    if (montage->sliceOfTile(n) == slice)
                        return true;
                return false;
            };
            QVERIFY(holds(frame.sliceOf(test::kBallCentre)));
            for (const int steps : {1000, -1000, 7}) {
                const auto point = frame.stepped(test::kBallCentre, steps);
                montage->setCursor(point);
                QVERIFY(holds(frame.sliceOf(point)));
            }
        }
    }

    void aClickPutsTheCursorOntoItsTile() {
        const auto montage = view();
        QSignalSpy moved(montage.get(), &MontageView::cursorMoved);
        const int tile = 5;
        QTest::mouseClick(montage.get(), Qt::LeftButton, {}, montage->tileRect(tile).center().toPoint());
        QCOMPARE(moved.count(), 1);
        const auto point = moved.front().front().value<imaging::WorldPoint>();
        const auto frame = scene::sliceFrame(m_volume->geometry, scene::Plane::Axial, false);
        QCOMPARE(frame.sliceOf(point), montage->sliceOfTile(tile));
    }

    void rowsAreTurnedAndStopAtTheEnds() {
        const auto montage = view();
        montage->stepRows(-1000);
        QCOMPARE(montage->sliceOfTile(0), 0);
        montage->stepRows(1);
        QCOMPARE(montage->sliceOfTile(0), 4);
        montage->stepRows(1000);
        QCOMPARE(montage->sliceOfTile(11), m_volume->geometry.size[2] - 1);
    }

    void otherTilesAndOtherSizesAreDrawn() {
        const auto montage = view();
        QTRY_VERIFY(montage->renderCount() > 0);
        montage->setTiles(2, 2);
        QCOMPARE(montage->columns(), 2);
        const int before = montage->renderCount();
        montage->update();
        QTRY_VERIFY(montage->renderCount() > before);
        const QImage picture = montage->snapshot();
        // Something of the phantom is in each quarter.
        for (int n = 0; n < 4; ++n) {
            const QRect part = montage->tileRect(n).toRect().adjusted(10, 10, -10, -10);
            int bright = 0;
            for (int y = part.top(); y < part.bottom(); y += 3)
                for (int x = part.left(); x < part.right(); x += 3)
                    bright += qGray(picture.pixel(x, y)) > 40 ? 1 : 0;
            QVERIFY2(bright > 20, qPrintable(QString::number(n)));
        }
    }
};

int main(int argc, char** argv) {
    viewport::VtkWidget::setDefaultFormat();
    QApplication application(argc, argv);
    TestMontageView test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_montage_view.moc"
