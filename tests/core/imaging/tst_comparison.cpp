// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/comparison.h"
#include "core/imaging/distance.h"
#include "tests/core/imaging/phantoms.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <random>

using namespace sulcus;
using namespace sulcus::imaging;

namespace {

std::vector<std::array<double, 3>> surfaceOf(const LabelMap& map) {
    std::vector<std::array<double, 3>> points;
    const Geometry& g = map.geometry;
    const auto in = [&](int i, int j, int k) { return g.contains({i, j, k}) && map.at({i, j, k}) != 0; };
    // Along an axis of one voxel there is nothing to border on.
    const auto between = [&](std::size_t axis, bool before, bool after) {
        return g.size[axis] == 1 || (before && after);
    };
    for (int k = 0; k < g.size[2]; ++k) {
        for (int j = 0; j < g.size[1]; ++j) {
            for (int i = 0; i < g.size[0]; ++i) {
                if (in(i, j, k) &&
                    !(between(0, in(i - 1, j, k), in(i + 1, j, k)) && between(1, in(i, j - 1, k), in(i, j + 1, k)) &&
                      between(2, in(i, j, k - 1), in(i, j, k + 1)))) {
                    points.push_back({i * g.spacing[0], j * g.spacing[1], k * g.spacing[2]});
                }
            }
        }
    }
    return points;
}

/// By the definition, every pair of surface voxels.
double slowHd95(const LabelMap& a, const LabelMap& b) {
    const auto directed = [](const auto& from, const auto& to) {
        std::vector<double> d;
        for (const auto& p : from) {
            double best = 1e30;
            for (const auto& q : to) {
                best = std::min(best, std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
            }
            d.push_back(best);
        }
        std::sort(d.begin(), d.end());
        const double rank = 0.95 * static_cast<double>(d.size() - 1);
        const auto low = static_cast<std::size_t>(rank);
        const std::size_t high = std::min(low + 1, d.size() - 1);
        return d[low] + (rank - static_cast<double>(low)) * (d[high] - d[low]);
    };
    const auto sa = surfaceOf(a);
    const auto sb = surfaceOf(b);
    return std::max(directed(sa, sb), directed(sb, sa));
}

RegionComparison binary(const LabelMap& a, const LabelMap& b) {
    const auto r = compareLabelMaps(a, LabelEra::Plain, b, LabelEra::Plain, ComparisonScheme::Binary, TaskContext());
    return r->regions.at(Target::Mask);
}

} // namespace

class ComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void distancesEqualBruteForce() {
        std::mt19937 random(3);
        const std::array<int, 3> size{9, 7, 8};
        const std::array<double, 3> spacing{0.7, 2.0, 1.3};
        std::vector<std::uint8_t> seeds(9 * 7 * 8, 0);
        for (int n = 0; n < 6; ++n) {
            seeds[random() % seeds.size()] = 1;
        }
        const auto fast = squaredDistances(seeds, size, spacing);
        for (int at = 0; at < 504; ++at) {
            double best = 1e30;
            for (int n = 0; n < 504; ++n) {
                if (seeds[static_cast<std::size_t>(n)] != 0) {
                    const double x = (at % 9 - n % 9) * spacing[0];
                    const double y = (at / 9 % 7 - n / 9 % 7) * spacing[1];
                    const double z = (at / 63 - n / 63) * spacing[2];
                    best = std::min(best, x * x + y * y + z * z);
                }
            }
            QVERIFY(std::abs(fast[static_cast<std::size_t>(at)] - best) < 1e-4 * (1.0 + best));
        }
    }

    void distancesWithoutSeedsAreFar() {
        const auto far = squaredDistances(std::vector<std::uint8_t>(27, 0), {3, 3, 3}, {1.0, 1.0, 1.0});
        QVERIFY(std::all_of(far.begin(), far.end(), [](float d) { return d >= 1e20F; }));
    }

    void hd95EqualsBruteForceOnRandomMaps() {
        std::mt19937 random(11);
        std::uniform_real_distribution<double> place(3.0, 12.0);
        std::uniform_real_distribution<double> radius(1.0, 6.0);
        for (int round = 0; round < 40; ++round) {
            const Geometry g = phantoms::grid({16, 15, 14}, {1.0, 0.8 + 0.1 * (round % 5), 2.0});
            LabelMap a = phantoms::emptyMap(g);
            LabelMap b = phantoms::emptyMap(g);
            for (int n = 0; n < 2; ++n) {
                phantoms::paintBall(a, 1, {place(random), place(random), place(random)}, radius(random));
                phantoms::paintBall(b, 1, {place(random), place(random), place(random)}, radius(random));
            }
            a.voxels[random() % a.voxels.size()] = 1;
            b.voxels[random() % b.voxels.size()] = 1;
            const RegionComparison r = binary(a, b);
            QVERIFY(r.hd95Mm.has_value());
            QVERIFY2(std::abs(*r.hd95Mm - slowHd95(a, b)) < 1e-4,
                     qPrintable(QStringLiteral("%1 against %2").arg(*r.hd95Mm).arg(slowHd95(a, b))));
        }
    }

    void theSurfaceOfASliceIsItsEdge_data() {
        QTest::addColumn<int>("flat");
        QTest::newRow("sagittal") << 0;
        QTest::newRow("coronal") << 1;
        QTest::newRow("axial") << 2;
    }
    void theSurfaceOfASliceIsItsEdge() {
        QFETCH(int, flat);
        std::array<int, 3> size{120, 120, 120};
        size[static_cast<std::size_t>(flat)] = 1;
        LabelMap disc = phantoms::emptyMap(phantoms::grid(size));
        LabelMap spurred = disc;
        const auto at = [flat](int i, int j, int k) {
            return flat == 0 ? std::array{j, k} : flat == 1 ? std::array{i, k} : std::array{i, j};
        };
        const auto inDisc = [&](int i, int j, int k) {
            const auto [x, y] = at(i, j, k);
            return (x - 50) * (x - 50) + (y - 60) * (y - 60) <= 40 * 40;
        };
        phantoms::paint(disc, 1, inDisc);
        phantoms::paint(spurred, 1, [&](int i, int j, int k) {
            const auto [x, y] = at(i, j, k);
            return inDisc(i, j, k) || (x > 90 && x <= 110 && y == 60);
        });
        const RegionComparison r = binary(spurred, disc);
        QVERIFY(*r.dice > 0.99);
        // The spur of 20 mm is some 8 % of the outline, so what is left out of it by the percentile is 5 %.
        QVERIFY2(*r.hd95Mm > 6.0 && *r.hd95Mm < 12.0, qPrintable(QString::number(*r.hd95Mm)));
        QVERIFY(std::abs(*r.hd95Mm - slowHd95(spurred, disc)) < 1e-4);
        QCOMPARE(*binary(disc, disc).hd95Mm, 0.0);
    }

    void aGridOfOneVoxelHasADistance() {
        LabelMap one = phantoms::emptyMap(phantoms::grid({1, 1, 1}));
        one.voxels[0] = 1;
        QCOMPARE(*binary(one, one).hd95Mm, 0.0);
    }

    void aMapAgreesWithItself() {
        LabelMap map = phantoms::emptyMap(phantoms::grid({20, 20, 20}));
        phantoms::paintBall(map, 2, {10, 10, 10}, 7);
        phantoms::paintBall(map, 1, {10, 10, 10}, 5);
        phantoms::paintBall(map, 4, {10, 10, 10}, 2);
        const auto r = compareLabelMaps(map, LabelEra::Brats2021, map, LabelEra::Brats2021, ComparisonScheme::Brats,
                                        TaskContext());
        QVERIFY(r);
        QCOMPARE(r->accuracy, 1.0);
        QCOMPARE(r->regions.size(), std::size_t(3));
        for (const auto& [target, region] : r->regions) {
            QCOMPARE(*region.dice, 1.0);
            QCOMPARE(*region.iou, 1.0);
            QCOMPARE(*region.hd95Mm, 0.0);
            QCOMPARE(*region.sensitivity, 1.0);
            QCOMPARE(*region.specificity, 1.0);
            QCOMPARE(region.mlPrediction, region.mlTruth);
        }
    }

    void shiftedBoxHasKnownFigures() {
        const Geometry g = phantoms::grid({30, 20, 20}, {2.0, 1.0, 1.0});
        LabelMap a = phantoms::emptyMap(g);
        LabelMap b = phantoms::emptyMap(g);
        phantoms::paint(a, 1,
                        [](int i, int j, int k) { return i >= 5 && i < 15 && j >= 5 && j < 15 && k >= 5 && k < 15; });
        phantoms::paint(b, 1,
                        [](int i, int j, int k) { return i >= 10 && i < 20 && j >= 5 && j < 15 && k >= 5 && k < 15; });
        const RegionComparison r = binary(a, b);
        QCOMPARE(*r.dice, 0.5);
        QCOMPARE(*r.iou, 1.0 / 3.0);
        QCOMPARE(*r.sensitivity, 0.5);
        QCOMPARE(*r.specificity, 1.0 - 500.0 / 11000.0);
        QCOMPARE(r.mlTruth, 2.0);
        QVERIFY(std::abs(*r.hd95Mm - 10.0) < 1e-4); // five voxels of 2 mm
    }

    void valuesThatDoNotExistAreEmpty() {
        const Geometry g = phantoms::grid({8, 8, 8});
        const LabelMap none = phantoms::emptyMap(g);
        LabelMap some = none;
        phantoms::paintBall(some, 1, {4, 4, 4}, 2);
        LabelMap all = none;
        phantoms::paint(all, 1, [](int, int, int) { return true; });

        const RegionComparison both = binary(none, none);
        QCOMPARE(*both.dice, 1.0);
        QCOMPARE(*both.iou, 1.0);
        QVERIFY(!both.hd95Mm && !both.sensitivity);
        QCOMPARE(*both.specificity, 1.0);

        const RegionComparison missed = binary(none, some);
        QCOMPARE(*missed.dice, 0.0);
        QVERIFY(!missed.hd95Mm);
        QCOMPARE(*missed.sensitivity, 0.0);

        const RegionComparison full = binary(all, all);
        QVERIFY(!full.specificity);
        QCOMPARE(*full.hd95Mm, 0.0);
    }

    void erasMeetInTheMiddle() {
        const Geometry g = phantoms::grid({10, 10, 10});
        LabelMap old = phantoms::emptyMap(g);
        phantoms::paintBall(old, 2, {5, 5, 5}, 4);
        phantoms::paintBall(old, 4, {5, 5, 5}, 2);
        const LabelMap recent = convertEra(old, LabelEra::Brats2021, LabelEra::Brats2023);
        const auto r = compareLabelMaps(recent, LabelEra::Brats2023, old, LabelEra::Brats2021, ComparisonScheme::Brats,
                                        TaskContext());
        QVERIFY(r);
        QCOMPARE(r->accuracy, 1.0);
        QCOMPARE(*r->regions.at(Target::EnhancingTumour).dice, 1.0);
    }

    void otherOriginIsAcceptedOtherGridIsNot() {
        const LabelMap a = phantoms::emptyMap(phantoms::grid({8, 8, 8}));
        LabelMap moved = a;
        moved.geometry.origin = {0.0, 239.0, 0.0};
        QVERIFY(compareLabelMaps(moved, LabelEra::Plain, a, LabelEra::Plain, ComparisonScheme::Binary, TaskContext()));
        const LabelMap other = phantoms::emptyMap(phantoms::grid({8, 8, 9}));
        const auto r =
            compareLabelMaps(other, LabelEra::Plain, a, LabelEra::Plain, ComparisonScheme::Binary, TaskContext());
        QVERIFY(!r);
        QVERIFY(r.error().code == ErrorCode::ShapeMismatch);
        QCOMPARE(r.error().message.parameters.at("size"), std::string("8 x 8 x 9"));
    }

    void fullSizeTakesUnderTwoSeconds() {
        const Geometry g = phantoms::grid({240, 240, 155});
        LabelMap a = phantoms::emptyMap(g);
        LabelMap b = phantoms::emptyMap(g);
        phantoms::paintBall(a, 2, {100, 120, 80}, 40);
        phantoms::paintBall(a, 4, {100, 120, 80}, 20);
        phantoms::paintBall(b, 2, {108, 118, 77}, 38);
        phantoms::paintBall(b, 1, {108, 118, 77}, 22);
        // One stray voxel in the far corner makes the box nearly the whole grid.
        b.voxels[g.offset({230, 5, 150})] = 2;
        std::clock_t start = std::clock();
        const auto r =
            compareLabelMaps(a, LabelEra::Brats2021, b, LabelEra::Brats2021, ComparisonScheme::Brats, TaskContext());
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        QVERIFY(r);
        qInfo("%.2f s of processor time", seconds);
        // Processor time, since the machine may be busy with other tests.
        QVERIFY(seconds < 2.0);
    }

    void cancelIsAnOutcome() {
        std::stop_source stop;
        stop.request_stop();
        const LabelMap a = phantoms::emptyMap(phantoms::grid({8, 8, 8}));
        const auto r = compareLabelMaps(a, LabelEra::Plain, a, LabelEra::Plain, ComparisonScheme::Binary,
                                        TaskContext(stop.get_token(), {}));
        QVERIFY(!r && r.error().code == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(ComparisonTest)
#include "tst_comparison.moc"
