// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/measure.h"
#include "tests/core/imaging/phantoms.h"

#include <QTest>
#include <algorithm>

using namespace sulcus::imaging;

class Measure : public QObject {
    Q_OBJECT

    static Diameters measured(const LabelMap& map) {
        const ComponentMap found = labelComponents(map, [](std::uint8_t l) { return l != 0; });
        return measureComponent(map.geometry, found.ids, found.components.front(), 0);
    }

private Q_SLOTS:
    void ellipsoidHasItsAxes() {
        struct Shape {
            std::array<double, 3> half; ///< mm
            std::array<double, 3> spacing;
            double turn; ///< in the plane, radians
        };
        for (const Shape& s : {Shape{{20, 12, 9}, {1, 1, 1}, 0.0}, Shape{{20, 12, 9}, {1, 1, 1}, 0.6},
                               Shape{{22, 10, 14}, {0.8, 1.2, 2.0}, 0.3}}) {
            LabelMap map = phantoms::emptyMap(phantoms::grid({70, 50, 40}, s.spacing));
            phantoms::paint(map, 1, [&](int i, int j, int k) {
                const double x = (i - 35) * s.spacing[0];
                const double y = (j - 25) * s.spacing[1];
                const double z = (k - 20) * s.spacing[2];
                const double u = (std::cos(s.turn) * x + std::sin(s.turn) * y) / s.half[0];
                const double v = (-std::sin(s.turn) * x + std::cos(s.turn) * y) / s.half[1];
                return u * u + v * v + z * z / (s.half[2] * s.half[2]) <= 1.0;
            });
            const Diameters d = measured(map);
            // Each end may be off by half a voxel diagonal.
            const double bound = std::hypot(s.spacing[0], s.spacing[1]);
            QVERIFY2(std::abs(d.longest.mm - 2 * s.half[0]) < bound, qPrintable(QString::number(d.longest.mm)));
            QVERIFY2(std::abs(d.perpendicular.mm - 2 * s.half[1]) < bound,
                     qPrintable(QString::number(d.perpendicular.mm)));
            QVERIFY(std::abs(d.longest3dMm - 2 * s.half[0]) < bound + 0.02 * 40);
            QCOMPARE(d.productMm2, d.longest.mm * d.perpendicular.mm);
            const double dot = (d.longest.to.x - d.longest.from.x) * (d.perpendicular.to.x - d.perpendicular.from.x) +
                               (d.longest.to.y - d.longest.from.y) * (d.perpendicular.to.y - d.perpendicular.from.y);
            QVERIFY(std::abs(dot) < 1e-6 * d.productMm2);
        }
    }

    void rowOfVoxelsIsAsLongAsItsVoxels() {
        LabelMap map = phantoms::emptyMap(phantoms::grid({20, 5, 5}));
        phantoms::paint(map, 1, [](int i, int j, int k) { return j == 2 && k == 2 && i >= 3 && i < 13; });
        const Diameters d = measured(map);
        QVERIFY(std::abs(d.longest.mm - 10.0) < 1e-9);
        QVERIFY(std::abs(d.perpendicular.mm - 1.0) < 1e-9);
        QCOMPARE(d.slice, 2);
    }

    void slicesLieAcrossTheSuperiorAxis() {
        // Stored with its first axis to Superior: slices run along i.
        Geometry g = phantoms::grid({10, 30, 30});
        g.direction = {0, 1, 0, 0, 0, 1, 1, 0, 0};
        LabelMap map = phantoms::emptyMap(g);
        phantoms::paint(map, 1,
                        [](int i, int j, int k) { return i >= 2 && i < 9 && j >= 5 && j < 25 && k >= 10 && k < 14; });
        const Diameters d = measured(map);
        QVERIFY(std::abs(d.longest.from.z - d.longest.to.z) < 1e-9);
        QVERIFY(d.longest.mm > 19.9 && d.longest.mm < 20.5);
    }

    void regionsHoldTheVoxelsInsideThem() {
        // Intensity is i: a rectangle's mean is the middle of its columns.
        Volume volume;
        volume.geometry = phantoms::grid({20, 16, 8}, {0.5, 2.0, 3.0});
        for (int k = 0; k < 8; ++k)
            for (int j = 0; j < 16; ++j)
                for (int i = 0; i < 20; ++i)
                    volume.voxels.push_back(static_cast<float>(i + 100 * k));
        const auto at = [&](double i, double j, double k) { return volume.geometry.worldFromIndex({i, j, k}); };
        const RegionStatistics box = regionStatistics(volume, at(12, 9, 3), at(4, 3, 3), 2, false);
        QCOMPARE(box.voxelCount, std::size_t{9 * 7});
        QCOMPARE(box.mean, 308.0);
        QCOMPARE(box.minimum, 304.0);
        QCOMPARE(box.maximum, 312.0);
        QVERIFY(std::abs(box.standardDeviation - std::sqrt(60.0 / 9.0)) < 1e-9);
        QVERIFY(std::abs(box.areaMm2 - 8 * 0.5 * 6 * 2.0) < 1e-9);
        const RegionStatistics round = regionStatistics(volume, at(4, 3, 3), at(12, 9, 3), 2, true);
        QVERIFY(std::abs(round.areaMm2 / box.areaMm2 - std::acos(-1.0) / 4.0) < 1e-9);
        QCOMPARE(round.mean, 308.0);
        QVERIFY(round.voxelCount < box.voxelCount);
        // Across another axis; partly and wholly outside.
        const RegionStatistics side = regionStatistics(volume, at(5, 2, 1), at(5, 6, 4), 0, false);
        QCOMPARE(side.voxelCount, std::size_t{5 * 4});
        QCOMPARE(side.mean, 255.0);
        QCOMPARE(regionStatistics(volume, at(-9, -9, 3), at(0, 0, 3), 2, false).voxelCount, std::size_t{1});
        QCOMPARE(regionStatistics(volume, at(0, 0, 30), at(5, 5, 30), 2, false).voxelCount, std::size_t{0});
    }

    void anglesAreThoseOfSpace() {
        QVERIFY(std::abs(angleDegrees({1, 0, 0}, {0, 0, 0}, {0, 0, 5}) - 90.0) < 1e-9);
        QVERIFY(std::abs(angleDegrees({1, 0, 0}, {0, 0, 0}, {-2, 0, 0}) - 180.0) < 1e-6);
        QVERIFY(std::abs(angleDegrees({1, 0, 0}, {0, 0, 0}, {1, 1, 0}) - 45.0) < 1e-9);
        QCOMPARE(angleDegrees({1, 0, 0}, {1, 0, 0}, {1, 1, 0}), 0.0);
        QVERIFY(std::abs(distanceMm({1, 2, 3}, {3, 5, 9}) - 7.0) < 1e-12);
    }
};

QTEST_APPLESS_MAIN(Measure)
#include "tst_measure.moc"
