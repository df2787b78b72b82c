// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/scene/phantom.h"
#include "ui/scene/slice_frame.h"

#include <QTest>

using namespace sulcus;
using namespace sulcus::scene;
using imaging::WorldPoint;

namespace {
constexpr std::array<Plane, 3> kPlanes{Plane::Axial, Plane::Sagittal, Plane::Coronal};
} // namespace

class TestSliceFrame : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStorageOrderGivesTheSameLetters() {
        for (const auto& order : test::storageOrders()) {
            const auto grid = test::phantomGeometry(order);
            const auto axial = sliceFrame(grid, Plane::Axial, false).letters();
            QCOMPARE(axial.left + axial.right + axial.top + axial.bottom, std::string("RLAP"));
            const auto coronal = sliceFrame(grid, Plane::Coronal, false).letters();
            QCOMPARE(coronal.left + coronal.right + coronal.top + coronal.bottom, std::string("RLSI"));
            const auto sagittal = sliceFrame(grid, Plane::Sagittal, false).letters();
            QCOMPARE(sagittal.left + sagittal.right + sagittal.top + sagittal.bottom, std::string("APSI"));
            const auto mirrored = sliceFrame(grid, Plane::Axial, true).letters();
            QCOMPARE(mirrored.left + mirrored.right + mirrored.top + mirrored.bottom, std::string("LRAP"));
            const auto same = sliceFrame(grid, Plane::Sagittal, true).letters();
            QCOMPARE(same.left + same.right, std::string("AP"));
        }
    }

    void letterPointsWhereTheWorldDoes() {
        // A millimetre to the right of an axial slice is a millimetre towards the patient's left (+x); up is -y.
        for (const auto& order : test::storageOrders()) {
            const auto frame = sliceFrame(test::phantomGeometry(order), Plane::Axial, false);
            const auto a = frame.worldFromPlane({3, 4}, 7);
            const auto b = frame.worldFromPlane({4, 6}, 7);
            QVERIFY(std::abs(b.x - a.x - 1.0) < 1e-9);
            QVERIFY(std::abs(b.y - a.y + 2.0) < 1e-9);
            QVERIFY(std::abs(b.z - a.z) < 1e-9);
        }
    }

    void planeToWorldAndBackIsTheIdentity() {
        for (const auto& order : test::storageOrders())
            for (const Plane plane : kPlanes)
                for (const bool neurological : {false, true}) {
                    const auto frame = sliceFrame(test::phantomGeometry(order), plane, neurological);
                    for (const PlanePoint point : {PlanePoint{0, 0}, PlanePoint{12.3, 4.5}, PlanePoint{-3, 55}}) {
                        const auto world = frame.worldFromPlane(point, 11);
                        const auto back = frame.planeFromWorld(world);
                        QVERIFY(std::abs(back.x - point.x) < 1e-9 && std::abs(back.y - point.y) < 1e-9);
                        QCOMPARE(frame.sliceOf(world), 11);
                    }
                }
    }

    void stepGoesToLeftAnteriorSuperiorAndStopsAtTheEnd() {
        for (const auto& order : test::storageOrders()) {
            const auto grid = test::phantomGeometry(order);
            const WorldPoint start{10.0, -20.0, 30.0};
            QVERIFY(std::abs(sliceFrame(grid, Plane::Axial, false).stepped(start, 2).z - 33.0) < 1e-9);
            QVERIFY(std::abs(sliceFrame(grid, Plane::Sagittal, false).stepped(start, 1).x - 11.0) < 1e-9);
            QVERIFY(std::abs(sliceFrame(grid, Plane::Coronal, false).stepped(start, 1).y + 21.25) < 1e-9);
            QVERIFY(std::abs(sliceFrame(grid, Plane::Axial, false).stepped(start, 1000).z - 60.0) < 1e-9);
        }
    }

    void gridWithoutOrientationHasNoLettersAndNoMirror() {
        auto grid = test::phantomGeometry(test::kLps);
        grid.hasOrientation = false;
        const auto frame = sliceFrame(grid, Plane::Axial, true);
        const auto letters = frame.letters();
        QCOMPARE(letters.left + letters.right + letters.top + letters.bottom, std::string());
        QCOMPARE(frame.signRight, 1);
        QCOMPARE(frame.signUp, -1); // the first row of a picture is its top
    }

    void obliqueGridKeepsItsAxesAndSaysSo() {
        // Turned 30 degrees about the long axis of the body.
        const double c = std::cos(0.5235987755982988);
        const double s = 0.5;
        auto grid = test::phantomGeometry(test::kLps);
        grid.direction = {c, -s, 0, s, c, 0, 0, 0, 1};
        const auto frame = sliceFrame(grid, Plane::Axial, false);
        QCOMPARE(frame.axisRight, 0);
        QCOMPARE(frame.axisUp, 1);
        const auto letters = frame.letters();
        QCOMPARE(letters.right, std::string("LP"));
        QCOMPARE(letters.left, std::string("RA"));
        QCOMPARE(letters.top, std::string("AL"));
        const auto few = [&] {
            auto slight = grid;
            slight.direction = {0.9848, -0.1736, 0, 0.1736, 0.9848, 0, 0, 0, 1};
            return sliceFrame(slight, Plane::Axial, false).letters();
        }();
        QCOMPARE(few.right, std::string("L"));
    }

    void axesThatAreEquallyNearServeOnlyOnce() {
        // 45 degrees: both in-plane axes are as near to x as to y.
        const double h = std::sqrt(0.5);
        auto grid = test::phantomGeometry(test::kLps);
        grid.direction = {h, -h, 0, h, h, 0, 0, 0, 1};
        for (const Plane plane : kPlanes) {
            const auto frame = sliceFrame(grid, plane, false);
            QVERIFY(frame.axisRight != frame.axisUp && frame.axisUp != frame.axisNormal &&
                    frame.axisRight != frame.axisNormal);
        }
    }
};

QTEST_APPLESS_MAIN(TestSliceFrame)
#include "tst_slice_frame.moc"
