// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/components.h"
#include "tests/core/imaging/phantoms.h"

#include <QTest>
#include <numbers>

using namespace sulcus::imaging;

class Components : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ballsHaveTheirAnalyticVolume() {
        for (const double radius : {4.0, 7.5, 11.0}) {
            LabelMap map = phantoms::emptyMap(phantoms::grid({40, 36, 30}, {0.9, 1.0, 1.2}));
            phantoms::paintBall(map, 3, {20.3, 17.6, 14.9}, radius);
            const auto pieces = findComponents(map, [](std::uint8_t l) { return l == 3; });
            QCOMPARE(pieces.size(), std::size_t(1));
            const double analytic = 4.0 / 3.0 * std::numbers::pi * radius * radius * radius / 1000.0;
            // Voxels on the surface are in or out: the error is at most half a voxel layer of it.
            const double bound = 4.0 * std::numbers::pi * radius * radius * 0.6 / 1000.0;
            QVERIFY(std::abs(pieces[0].ml - analytic) < bound);
            QVERIFY(std::abs(pieces[0].centroid.i - 20.3) < 0.1);
            QVERIFY(std::abs(pieces[0].centroid.j - 17.6) < 0.1);
            QVERIFY(std::abs(pieces[0].centroid.k - 14.9) < 0.1);
        }
    }

    void largestComesFirstAndCornersConnect() {
        LabelMap map = phantoms::emptyMap(phantoms::grid({12, 12, 12}));
        map.voxels[map.geometry.offset({0, 0, 0})] = 1;
        map.voxels[map.geometry.offset({1, 1, 1})] = 2; // touches the first by a corner only
        phantoms::paint(map, 1, [](int i, int j, int k) { return i > 5 && j > 5 && k > 5; });
        map.voxels[map.geometry.offset({11, 0, 0})] = 9;
        const auto pieces = findComponents(map, [](std::uint8_t l) { return l == 1 || l == 2; });
        QCOMPARE(pieces.size(), std::size_t(2));
        QCOMPARE(pieces[0].voxelCount, std::size_t(216));
        QVERIFY(pieces[0].first == (VoxelIndex{6, 6, 6}));
        QVERIFY(pieces[0].last == (VoxelIndex{11, 11, 11}));
        QCOMPARE(pieces[1].voxelCount, std::size_t(2));
    }

    void insideOfAHorseshoeBelongsToIt() {
        LabelMap map = phantoms::emptyMap(phantoms::grid({21, 21, 3}));
        phantoms::paint(map, 1, [](int i, int j, int) {
            const int r = (i - 10) * (i - 10) + (j - 10) * (j - 10);
            return r <= 100 && r >= 64 && j < 14;
        });
        const auto pieces = findComponents(map, [](std::uint8_t l) { return l != 0; });
        QCOMPARE(pieces.size(), std::size_t(1));
        QCOMPARE(int(map.at(pieces[0].inside)), 1);
    }

    void mapTellsEveryVoxelsPiece() {
        LabelMap map = phantoms::emptyMap(phantoms::grid({9, 4, 4}));
        phantoms::paint(map, 1, [](int i, int, int) { return i < 3 || i == 8; });
        const ComponentMap found = labelComponents(map, [](std::uint8_t l) { return l != 0; });
        QCOMPARE(found.components.size(), std::size_t(2));
        QCOMPARE(found.ids[map.geometry.offset({1, 1, 1})], 0);
        QCOMPARE(found.ids[map.geometry.offset({8, 1, 1})], 1);
        QCOMPARE(found.ids[map.geometry.offset({5, 1, 1})], -1);
    }

    void emptyMapHasNone() {
        const LabelMap map = phantoms::emptyMap(phantoms::grid({5, 5, 5}));
        QVERIFY(findComponents(map, [](std::uint8_t l) { return l != 0; }).empty());
    }
};

QTEST_APPLESS_MAIN(Components)
#include "tst_components.moc"
