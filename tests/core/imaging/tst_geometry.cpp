// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/geometry.h"
#include "tests/core/imaging/phantoms.h"

#include <QTest>
#include <random>

using namespace sulcus::imaging;

class GeometryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void indexToWorldToIndexIsIdentity() {
        std::mt19937 random(7);
        std::uniform_real_distribution<double> angle(-3.1, 3.1);
        std::uniform_real_distribution<double> mm(0.3, 5.0);
        std::uniform_real_distribution<double> place(-300.0, 300.0);
        for (int round = 0; round < 200; ++round) {
            Geometry g = phantoms::grid({20, 30, 40}, {mm(random), mm(random), mm(random)});
            g.origin = {place(random), place(random), place(random)};
            g.direction = phantoms::rotation(angle(random), angle(random), angle(random));
            const ContinuousIndex start{place(random), place(random), place(random)};
            const ContinuousIndex back = g.indexFromWorld(g.worldFromIndex(start));
            QVERIFY(std::abs(back.i - start.i) < 1e-9 * 300 && std::abs(back.j - start.j) < 1e-9 * 300 &&
                    std::abs(back.k - start.k) < 1e-9 * 300);
            const VoxelIndex v{3, 17, 29};
            QVERIFY(g.nearestVoxel(g.worldFromIndex({3.0, 17.0, 29.0})) == v);
        }
    }

    void lettersFollowTheDirection() {
        Geometry g = phantoms::grid({2, 2, 2});
        QCOMPARE(g.axisLetter(0), 'L');
        QCOMPARE(g.axisLetter(1), 'P');
        QCOMPARE(g.axisLetter(2), 'S');
        g.direction = {0, 0, -1, -1, 0, 0, 0, -1, 0};
        QCOMPARE(g.axisLetter(0), 'A');
        QCOMPARE(g.axisLetter(1), 'I');
        QCOMPARE(g.axisLetter(2), 'R');
    }

    void gridsDifferByWhatMatters() {
        const Geometry a = phantoms::grid({4, 5, 6}, {1.0, 2.0, 3.0});
        Geometry b = a;
        b.origin[1] = 100.0;
        QVERIFY(sameGridIgnoringOrigin(a, b));
        QVERIFY(!sameGrid(a, b));
        b = a;
        b.spacing[2] = 3.01;
        QVERIFY(!sameGridIgnoringOrigin(a, b));
        b = a;
        b.direction = {-1, 0, 0, 0, -1, 0, 0, 0, 1};
        QVERIFY(!sameGridIgnoringOrigin(a, b));
        b = a;
        b.size[0] = 5;
        QVERIFY(!sameGridIgnoringOrigin(a, b));
    }

    void millilitresComeFromSpacing() { QCOMPARE(phantoms::grid({1, 1, 1}, {2.0, 5.0, 10.0}).voxelMl(), 0.1); }
};

QTEST_APPLESS_MAIN(GeometryTest)
#include "tst_geometry.moc"
