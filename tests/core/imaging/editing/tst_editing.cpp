// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/editing/correction.h"
#include "core/imaging/editing/grow.h"
#include "core/imaging/editing/label_delta.h"
#include "core/imaging/editing/shapes.h"
#include "core/imaging/editing/voxel_set.h"

#include <QTest>
#include <cmath>
#include <numbers>
#include <random>

using namespace sulcus;
using namespace sulcus::imaging;

namespace {

Geometry grid(int n, std::array<double, 3> spacing = {1.0, 1.0, 1.0}) {
    Geometry g;
    g.size = {n, n, n};
    g.spacing = spacing;
    g.origin = {-10.0, 5.0, 20.0};
    return g;
}

/// 100 inside a ball round the middle, 0 outside.
Volume ballVolume(const Geometry& g, double radiusMm) {
    Volume volume;
    volume.geometry = g;
    volume.voxels.assign(g.voxelCount(), 0.0F);
    const double c = (g.size[0] - 1) / 2.0;
    for (int k = 0; k < g.size[2]; ++k)
        for (int j = 0; j < g.size[1]; ++j)
            for (int i = 0; i < g.size[0]; ++i) {
                const double x = (i - c) * g.spacing[0];
                const double y = (j - c) * g.spacing[1];
                const double z = (k - c) * g.spacing[2];
                if (x * x + y * y + z * z <= radiusMm * radiusMm)
                    volume.voxels[g.offset({i, j, k})] = 100.0F;
            }
    return volume;
}

LabelMap emptyMap(const Geometry& g) {
    LabelMap map;
    map.geometry = g;
    map.voxels.assign(g.voxelCount(), 0);
    return map;
}

double ballMl(double radiusMm) { return 4.0 / 3.0 * std::numbers::pi * std::pow(radiusMm, 3) / 1000.0; }

/// Voxel counting errs by at most about half a voxel layer of the surface.
double surfaceBoundMl(double radiusMm, double voxelMm) {
    return 4.0 * std::numbers::pi * radiusMm * radiusMm * 0.5 * voxelMm / 1000.0;
}

} // namespace

class TestEditing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void floodOfABallGivesItsVolume() {
        const Volume ball = ballVolume(grid(41), 15.0);
        const auto set = flood(ball, {20, 20, 20}, {.tolerance = 10.0, .reachMm = 0.0, .sliceAxis = {}}, {});
        QVERIFY(set.has_value());
        const double ml = static_cast<double>(set->count()) * ball.geometry.voxelMl();
        QVERIFY(std::abs(ml - ballMl(15.0)) <= surfaceBoundMl(15.0, 1.0));
    }

    void floodStopsAtItsReachAndStaysInItsSlice() {
        const Volume ball = ballVolume(grid(41), 15.0);
        const auto reached = flood(ball, {20, 20, 20}, {.tolerance = 10.0, .reachMm = 5.0, .sliceAxis = {}}, {});
        const double ml = static_cast<double>(reached->count()) * ball.geometry.voxelMl();
        QVERIFY(std::abs(ml - ballMl(5.0)) <= surfaceBoundMl(5.0, 1.0));
        const auto slice = flood(ball, {20, 20, 20}, {.tolerance = 10.0, .reachMm = 0.0, .sliceAxis = 2}, {});
        QCOMPARE(slice->extent[2], 1);
    }

    void floodOutsideTheGridIsRefused() {
        const Volume ball = ballVolume(grid(9), 3.0);
        const auto set = flood(ball, {-1, 0, 0}, {}, {});
        QVERIFY(!set && set.error().message.id == "imaging.seed_outside");
    }

    void floodStopsWhenCancelled() {
        Volume flat;
        flat.geometry = grid(64);
        flat.voxels.assign(flat.geometry.voxelCount(), 1.0F);
        std::stop_source source;
        source.request_stop();
        const auto set = flood(flat, {0, 0, 0}, {}, TaskContext(source.get_token(), {}));
        QVERIFY(!set && set.error().code == ErrorCode::Cancelled);
    }

    void brushBallHasTheVolumeOfABall() {
        const Geometry g = grid(50, {1.0, 0.8, 1.2});
        const WorldPoint centre = g.worldFromIndex({25, 25, 25});
        const VoxelSet set = brush(g, centre, centre, 8.0, std::nullopt);
        const double ml = static_cast<double>(set.count()) * g.voxelMl();
        QVERIFY(std::abs(ml - ballMl(8.0)) <= surfaceBoundMl(8.0, 1.2));
    }

    void brushDiskStaysInItsSlice() {
        const Geometry g = grid(50);
        const VoxelSet set = brush(g, g.worldFromIndex({10, 20, 30}), g.worldFromIndex({30, 20, 33}), 4.0, 2);
        QCOMPARE(set.extent[2], 1);
        QCOMPARE(set.first.k, 30);
        const double area = 20.0 * 8.0 + std::numbers::pi * 16.0;
        QVERIFY(std::abs(static_cast<double>(set.count()) - area) < 20.0); // half a voxel along the outline
    }

    void smallestBrushPaintsTheVoxelUnderThePointer() {
        const Geometry g = grid(10);
        const VoxelSet set = brush(g, g.worldFromIndex({3.4, 3.4, 3.4}), g.worldFromIndex({3.4, 3.4, 3.4}), 0.1, 1);
        QCOMPARE(set.count(), std::size_t{1});
        QVERIFY(set.contains({3, 3, 3}));
    }

    void polygonFillsItsArea() {
        const Geometry g = grid(40);
        const VoxelSet set = polygon(g,
                                     {g.worldFromIndex({5.5, 5.5, 0}), g.worldFromIndex({25.5, 5.5, 0}),
                                      g.worldFromIndex({25.5, 15.5, 0}), g.worldFromIndex({5.5, 15.5, 0})},
                                     2, 7);
        QCOMPARE(set.count(), std::size_t{200});
        QVERIFY(set.contains({6, 6, 7}));
        QVERIFY(polygon(g, {g.worldFromIndex({1, 1, 1})}, 2, 7).empty());
    }

    void growThenShrinkOfABallIsTheBall() {
        const Geometry g = grid(61);
        const Volume ball = ballVolume(g, 12.0);
        const VoxelSet set = withinRange(ball, {50.0F, 150.0F});
        const VoxelSet grown = growBy(set, g, 5.0);
        const double ml = static_cast<double>(grown.count()) * g.voxelMl();
        QVERIFY(std::abs(ml - ballMl(17.0)) <= surfaceBoundMl(17.0, 1.0));
        const VoxelSet back = growBy(grown, g, -5.0);
        // Closing a convex shape gives it back up to the voxel grid.
        QVERIFY(std::abs(static_cast<double>(back.count()) - static_cast<double>(set.count())) <
                0.05 * static_cast<double>(set.count()));
    }

    void distanceIsExactAgainstBruteForce() {
        std::mt19937 random(7);
        const Geometry g = grid(9, {0.9, 1.7, 2.3});
        VoxelSet set = VoxelSet::box({0, 0, 0}, {8, 8, 8});
        std::vector<VoxelIndex> members;
        for (int n = 0; n < 6; ++n) {
            const VoxelIndex v{static_cast<int>(random() % 9), static_cast<int>(random() % 9),
                               static_cast<int>(random() % 9)};
            set.insert(v);
            members.push_back(v);
        }
        const std::vector<float> distance = squaredDistanceTo(set, g.spacing);
        for (int k = 0; k < 9; ++k)
            for (int j = 0; j < 9; ++j)
                for (int i = 0; i < 9; ++i) {
                    double best = 1e30;
                    for (const VoxelIndex& m : members)
                        best = std::min(best, std::pow((i - m.i) * 0.9, 2) + std::pow((j - m.j) * 1.7, 2) +
                                                  std::pow((k - m.k) * 2.3, 2));
                    QVERIFY(std::abs(static_cast<double>(distance[set.offset({i, j, k})]) - best) < 1e-3);
                }
    }

    void holesAreFilledAndOpenBaysAreNot() {
        VoxelSet shell = VoxelSet::box({0, 0, 0}, {6, 6, 6});
        for (int k = 0; k < 7; ++k)
            for (int j = 0; j < 7; ++j)
                for (int i = 0; i < 7; ++i)
                    if (i == 0 || j == 0 || k == 0 || i == 6 || j == 6 || k == 6)
                        shell.insert({i, j, k});
        QCOMPARE(fillHoles(shell).count(), std::size_t{343});
        shell.inside[shell.offset({3, 3, 0})] = 0; // a door
        QCOMPARE(fillHoles(shell).count(), shell.count());
        QCOMPARE(fillHoles(shell, 2).count(), std::size_t{343 - 1 + 1}); // slice by slice the door is itself a hole
    }

    void islandsGoAndTheLargestStays() {
        const Geometry g = grid(30);
        VoxelSet set = VoxelSet::box({0, 0, 0}, {29, 29, 29});
        for (int i = 0; i < 10; ++i)
            set.insert({i, 0, 0});
        set.insert({20, 20, 20});
        QCOMPARE(pieces(set).size(), std::size_t{2});
        QCOMPARE(keepLargest(set).count(), std::size_t{10});
        QCOMPARE(removeIslands(set, g, 0.005).count(), std::size_t{10}); // 5 voxels of 0.001 ml
    }

    void smoothingKeepsABallAndDropsASpeck() {
        const Geometry g = grid(41);
        VoxelSet set = withinRange(ballVolume(g, 10.0), {50.0F, 150.0F});
        const std::size_t ball = set.count();
        VoxelSet speck = VoxelSet::box({2, 2, 2}, {2, 2, 2});
        speck.insert({2, 2, 2});
        const VoxelSet smoothed = smooth(unite(set, speck), g, 1.0);
        QVERIFY(!smoothed.contains({2, 2, 2}));
        QVERIFY(std::abs(static_cast<double>(smoothed.count()) - static_cast<double>(ball)) <
                0.03 * static_cast<double>(ball));
    }

    void slicesBetweenTwoDisksAreBlended() {
        const Geometry g = grid(40);
        LabelMap map = emptyMap(g);
        const auto disk = [&](int k, double radius) {
            const VoxelSet set =
                brush(g, g.worldFromIndex({20, 20, double(k)}), g.worldFromIndex({20, 20, double(k)}), radius, 2);
            paint(map, set, 3, {}).apply(map);
            return set.count();
        };
        const std::size_t small = disk(10, 5.0);
        const std::size_t large = disk(20, 11.0);
        const VoxelSet filled = fillBetweenSlices(map, 3, 2);
        std::size_t middle = 0;
        forEachVoxel(filled, [&](VoxelIndex v) { middle += v.k == 15 ? 1 : 0; });
        QVERIFY(middle > small && middle < large);
        QVERIFY(std::abs(static_cast<double>(middle) - std::numbers::pi * 64.0) < 30.0); // radius 8 half way
    }

    void growFromSeedsStopsAtAnEdge() {
        const Geometry g = grid(31);
        const Volume ball = ballVolume(g, 9.0);
        LabelMap seeds = emptyMap(g);
        seeds.voxels[g.offset({15, 15, 15})] = 1;
        seeds.voxels[g.offset({15, 15, 28})] = 2;
        seeds.voxels[g.offset({2, 2, 2})] = 2;
        const auto grown = growFromSeeds(ball, seeds, {.marginMm = 20.0, .contrastWeight = 50.0}, {});
        QVERIFY(grown.has_value());
        const VoxelSet inner = voxelsOf(*grown, [](std::uint8_t label) { return label == 1; });
        const double ml = static_cast<double>(inner.count()) * g.voxelMl();
        QVERIFY(std::abs(ml - ballMl(9.0)) <= surfaceBoundMl(9.0, 1.0));
        QVERIFY(!growFromSeeds(ball, emptyMap(g), {}, {}));
    }

    void lockedLabelsAndThresholdsAreRespected() {
        const Geometry g = grid(10);
        LabelMap map = emptyMap(g);
        map.voxels[g.offset({2, 2, 2})] = 7;
        VoxelSet all = VoxelSet::box({0, 0, 0}, {9, 9, 9});
        std::fill(all.inside.begin(), all.inside.end(), std::uint8_t{1});
        const Volume ball = ballVolume(g, 3.0);
        EditRules rules;
        rules.locked.set(7);
        rules.only = IntensityRange{50.0F, 150.0F};
        rules.volume = &ball;
        paint(map, all, 1, rules).apply(map);
        QCOMPARE(map.at({2, 2, 2}), std::uint8_t{7});
        for (std::size_t v = 0; v < map.voxels.size(); ++v)
            QVERIFY(map.voxels[v] != 1 || ball.voxels[v] == 100.0F);
    }

    void copyTakesOnlyTheChosenLabels() {
        const Geometry g = grid(4);
        LabelMap mine = emptyMap(g);
        LabelMap answer = emptyMap(g);
        mine.voxels[0] = 1;
        mine.voxels[1] = 2;
        answer.voxels[1] = 4;
        answer.voxels[2] = 1;
        answer.voxels[3] = 2;
        std::bitset<256> chosen;
        chosen.set(1);
        copyLabels(mine, answer, chosen, {}).apply(mine);
        QCOMPARE(mine.voxels[0], std::uint8_t{0}); // label 1 is now what the answer says
        QCOMPARE(mine.voxels[1], std::uint8_t{2}); // hand work in another label stays
        QCOMPARE(mine.voxels[2], std::uint8_t{1});
        QCOMPARE(mine.voxels[3], std::uint8_t{0});
    }

    void clickRemovesASmallPieceAndNibblesALargeOne() {
        const Geometry g = grid(60);
        LabelMap map = emptyMap(g);
        Volume probability;
        probability.geometry = g;
        probability.voxels.assign(g.voxelCount(), 0.01F);
        const auto ball = [&](VoxelIndex c, double radius, float value) {
            const WorldPoint centre = g.worldFromIndex({double(c.i), double(c.j), double(c.k)});
            const VoxelSet set = brush(g, centre, centre, radius, std::nullopt);
            paint(map, set, 1, {}).apply(map);
            forEachVoxel(set, [&](VoxelIndex v) { probability.voxels[g.offset(v)] = value; });
            return set.count();
        };
        const std::size_t large = ball({25, 25, 25}, 14.0, 0.95F);
        const std::size_t small = ball({52, 52, 52}, 3.0, 0.6F);
        QCOMPARE(regionToRemove(probability, map, {52, 52, 52}, {}).count(), small);
        // A weak lobe of the large piece goes alone.
        ball({25, 25, 42}, 4.0, 0.55F);
        const VoxelSet lobe = regionToRemove(probability, map, {25, 25, 44}, {});
        QVERIFY(!lobe.empty() && lobe.count() < large / 10);
        // And what was nearly called tumour comes in.
        const VoxelSet again = regionToAdd(probability, {52, 52, 52}, {});
        QCOMPARE(again.count(), small);
        QVERIFY(regionToRemove(probability, map, {1, 1, 1}, {}).empty());
        // One label alone: a core inside the large piece goes whole, and the click must hit that label.
        const WorldPoint core = g.worldFromIndex({20.0, 25.0, 25.0});
        const VoxelSet inner = brush(g, core, core, 4.0, std::nullopt);
        paint(map, inner, 3, {}).apply(map);
        CorrectionOptions only;
        only.onlyLabel = 3;
        QCOMPARE(regionToRemove(probability, map, {20, 25, 25}, only).count(), inner.count());
        QVERIFY(regionToRemove(probability, map, {33, 25, 25}, only).empty());
        // Where the network sees next to nothing, a click does not take the neighbourhood with it.
        Volume quiet = probability;
        std::fill(quiet.voxels.begin(), quiet.voxels.end(), 0.03F);
        QVERIFY(regionToAdd(quiet, {30, 30, 30}, {}).empty());
        std::fill(quiet.voxels.begin(), quiet.voxels.end(), 0.07F);
        quiet.voxels[quiet.geometry.offset({30, 30, 30})] = 0.2F;
        QCOMPARE(regionToAdd(quiet, {30, 30, 30}, {}).count(), std::size_t{1});
    }

    void thousandRandomEditsAndUndosReturnTheStart() {
        std::mt19937 random(11);
        const Geometry g = grid(24);
        LabelMap map = emptyMap(g);
        for (std::uint8_t& v : map.voxels)
            v = static_cast<std::uint8_t>(random() % 3);
        const std::vector<std::uint8_t> start = map.voxels;
        std::vector<LabelDelta> done;
        for (int n = 0; n < 1000; ++n) {
            const auto coordinate = [&] { return static_cast<double>(random() % 24); };
            const WorldPoint a = g.worldFromIndex({coordinate(), coordinate(), coordinate()});
            const WorldPoint b = g.worldFromIndex({coordinate(), coordinate(), coordinate()});
            const VoxelSet set = brush(g, a, b, 1.0 + static_cast<double>(random() % 4), std::nullopt);
            LabelDelta delta = paint(map, set, static_cast<std::uint8_t>(random() % 5), {});
            delta.apply(map);
            done.push_back(std::move(delta));
        }
        const std::vector<std::uint8_t> end = map.voxels;
        for (auto it = done.rbegin(); it != done.rend(); ++it)
            it->revert(map);
        QVERIFY(map.voxels == start);
        for (const LabelDelta& delta : done)
            delta.apply(map);
        QVERIFY(map.voxels == end);
    }

    void differenceIsWhatSeparatesTwoMaps() {
        const Geometry g = grid(8);
        LabelMap before = emptyMap(g);
        LabelMap after = emptyMap(g);
        for (std::size_t v = 10; v < 20; ++v)
            after.voxels[v] = 4;
        const LabelDelta delta = difference(before, after);
        QCOMPARE(delta.runs().size(), std::size_t{1});
        QCOMPARE(delta.voxelCount(), std::size_t{10});
        delta.apply(before);
        QVERIFY(before.voxels == after.voxels);
    }
};

QTEST_GUILESS_MAIN(TestEditing)
#include "tst_editing.moc"
