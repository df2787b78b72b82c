// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/resample.h"
#include "tests/core/imaging/phantoms.h"

#include <QTest>
#include <algorithm>

using namespace sulcus::imaging;

namespace {

/// The 48 ways in which three axes can be permuted and flipped, each with an oblique turn of up to a few degrees.
std::vector<Geometry> allOrientations(double tilt) {
    std::vector<Geometry> all;
    std::array<std::size_t, 3> order{0, 1, 2};
    const auto turn = phantoms::rotation(tilt, -0.7 * tilt, 0.4 * tilt);
    do {
        for (unsigned flips = 0; flips < 8; ++flips) {
            Geometry g = phantoms::grid({4, 5, 6}, {1.1, 1.7, 2.9});
            g.origin = {13.0, -7.0, 41.0};
            std::array<double, 9> axes{};
            for (std::size_t column = 0; column < 3; ++column) {
                axes[order[column] * 3 + column] = (flips >> column & 1U) != 0 ? -1.0 : 1.0;
            }
            for (std::size_t row = 0; row < 3; ++row) {
                for (std::size_t column = 0; column < 3; ++column) {
                    double sum = 0.0;
                    for (std::size_t n = 0; n < 3; ++n) {
                        sum += turn[row * 3 + n] * axes[n * 3 + column];
                    }
                    g.direction[row * 3 + column] = sum;
                }
            }
            all.push_back(g);
        }
    } while (std::next_permutation(order.begin(), order.end()));
    return all;
}

} // namespace

class Resample : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOrientationKeepsWorldPositions() {
        for (const double tilt : {0.0, 0.15}) {
            const auto all = allOrientations(tilt);
            QCOMPARE(all.size(), std::size_t(48));
            for (const Geometry& g : all) {
                const Volume source = phantoms::countingVolume(g);
                const Volume lps = toLps(source);
                QCOMPARE(lps.geometry.axisLetter(0), 'L');
                QCOMPARE(lps.geometry.axisLetter(1), 'P');
                QCOMPARE(lps.geometry.axisLetter(2), 'S');
                for (int k = 0; k < g.size[2]; ++k) {
                    for (int j = 0; j < g.size[1]; ++j) {
                        for (int i = 0; i < g.size[0]; ++i) {
                            const WorldPoint p = g.worldFromIndex({double(i), double(j), double(k)});
                            const VoxelIndex there = lps.geometry.nearestVoxel(p);
                            QVERIFY(lps.geometry.contains(there));
                            QCOMPARE(lps.at(there), source.at({i, j, k}));
                        }
                    }
                }
            }
        }
    }

    void labelsComeBackToTheirOwnGrid() {
        for (const Geometry& g : allOrientations(0.1)) {
            LabelMap map = phantoms::emptyMap(g);
            for (std::size_t n = 0; n < map.voxels.size(); ++n) {
                map.voxels[n] = static_cast<std::uint8_t>(n);
            }
            const LabelMap lps = toLps(map);
            QVERIFY(sameGrid(lps.geometry, lpsGeometry(g), 1e-9));
            const LabelMap back = fromLps(lps, g);
            QVERIFY(back.voxels == map.voxels);
            QVERIFY(sameGrid(back.geometry, g, 1e-12));
        }
    }

    void aMapIsTurnedOntoTheSameBoxAlone() {
        const auto all = allOrientations(0.1);
        for (const Geometry& g : all) {
            LabelMap map = phantoms::emptyMap(g);
            for (std::size_t n = 0; n < map.voxels.size(); ++n) {
                map.voxels[n] = static_cast<std::uint8_t>(n);
            }
            const LabelMap as = map;
            const Geometry lps = lpsGeometry(g);
            QVERIFY(turnOnto(map, lps));
            QVERIFY(sameGrid(map.geometry, lps, 1e-9));
            QVERIFY(map.voxels == toLps(as).voxels);
            Geometry elsewhere = lps;
            elsewhere.origin[0] += 2.0;
            QVERIFY(!turnOnto(map, elsewhere));
            Geometry nowhere = g;
            nowhere.hasOrientation = false;
            QVERIFY(!turnOnto(map, nowhere));
            QVERIFY(map.voxels == toLps(as).voxels);
        }
    }

    void resamplingToTheSameGridChangesNothing() {
        Geometry g = phantoms::grid({7, 6, 5}, {1.0, 2.0, 1.5});
        g.direction = phantoms::rotation(0.3, 0.2, -0.5);
        const Volume source = phantoms::countingVolume(g);
        const Volume same = resampleTo(source, g);
        for (std::size_t n = 0; n < source.voxels.size(); ++n) {
            QVERIFY(std::abs(same.voxels[n] - source.voxels[n]) < 1e-3F);
        }
    }

    void linearRampStaysLinearOnAnotherGrid() {
        Volume ramp;
        ramp.geometry = phantoms::grid({20, 20, 20});
        ramp.voxels.resize(8000);
        std::size_t n = 0;
        for (int k = 0; k < 20; ++k) {
            for (int j = 0; j < 20; ++j) {
                for (int i = 0; i < 20; ++i) {
                    ramp.voxels[n++] = static_cast<float>(2 * i - 3 * j + k);
                }
            }
        }
        Geometry other = phantoms::grid({8, 8, 8}, {1.3, 1.3, 1.3});
        other.origin = {4.0, 5.0, 4.5};
        const Volume moved = resampleTo(ramp, other);
        n = 0;
        for (int k = 0; k < 8; ++k) {
            for (int j = 0; j < 8; ++j) {
                for (int i = 0; i < 8; ++i, ++n) {
                    const WorldPoint p = other.worldFromIndex({double(i), double(j), double(k)});
                    QVERIFY(std::abs(moved.voxels[n] - (2 * p.x - 3 * p.y + p.z)) < 1e-3);
                }
            }
        }
    }

    void outsideIsZero() {
        const Volume source = phantoms::countingVolume(phantoms::grid({3, 3, 3}));
        Geometry far = phantoms::grid({3, 3, 3});
        far.origin = {50.0, 0.0, 0.0};
        const Volume moved = resampleTo(source, far);
        QVERIFY(std::all_of(moved.voxels.begin(), moved.voxels.end(), [](float v) { return v == 0.0F; }));
    }
};

QTEST_APPLESS_MAIN(Resample)
#include "tst_resample.moc"
