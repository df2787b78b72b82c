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
};

QTEST_APPLESS_MAIN(Measure)
#include "tst_measure.moc"
