// SPDX-License-Identifier: Apache-2.0
#include "core/report/brain_views.h"
#include "tests/core/report/report_fixture.h"

#include <QTest>

using namespace sulcus;
using anatomy::Region;

namespace {

/// One voxel of each place in an otherwise empty grid whose axes run as `direction` says; world positions are fixed.
struct Marked {
    imaging::LabelMap map;
    std::vector<anatomy::Place> places;
};

Marked marked(std::array<double, 9> direction, std::array<double, 3> origin) {
    Marked m;
    m.map.geometry.size = {21, 21, 21};
    m.map.geometry.direction = direction;
    m.map.geometry.origin = origin;
    m.map.voxels.assign(m.map.geometry.voxelCount(), 0);
    m.places = {{Region::Temporal, Side::Left, {}, false},
                {Region::Occipital, Side::Right, {}, false},
                {Region::Brainstem, Side::Both, {}, false}};
    const auto put = [&](imaging::WorldPoint p, std::uint8_t value) {
        const imaging::VoxelIndex v = m.map.geometry.nearestVoxel(p);
        m.map.voxels[m.map.geometry.offset(v)] = value;
    };
    put({8, -5, 3}, 1);
    put({-6, 7, -4}, 2);
    put({0, 2, -9}, 3);
    return m;
}

} // namespace

class TestBrainViews : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leftIsOnTheRight();
    void sagittalPicturesShowOneHalf();
    void axisOrderOfTheGridDoesNotMatter();
    void unknownSideMeansEither();
    void midlinePlacesAnswerToBothSides();
    void nearestRegionIsTheViewers();
};

void TestBrainViews::leftIsOnTheRight() {
    const Marked m = marked({1, 0, 0, 0, 1, 0, 0, 0, 1}, {-10, -10, -10});
    const report::BrainViews views = report::brainViews(m.map, m.places);
    QCOMPARE(views.size(), std::size_t{4});
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}}) { // axial, coronal
        const auto left = views[n].positionOf({8, -5, 3});
        const auto right = views[n].positionOf({-6, 7, -4});
        QVERIFY(left.column > right.column);
        QVERIFY(
            views[n].shows(static_cast<int>(left.column), static_cast<int>(left.row), Region::Temporal, Side::Left));
        QVERIFY(
            !views[n].shows(static_cast<int>(left.column), static_cast<int>(left.row), Region::Temporal, Side::Right));
        QVERIFY(views[n].shows(static_cast<int>(right.column), static_cast<int>(right.row), Region::Occipital,
                               Side::Right));
    }
    // Axial: anterior (low y) above; coronal: superior above.
    QVERIFY(views[0].positionOf({0, -5, 0}).row < views[0].positionOf({0, 7, 0}).row);
    QVERIFY(views[1].positionOf({0, 0, 5}).row < views[1].positionOf({0, 0, -5}).row);
    // Sagittal: anterior on the left.
    QVERIFY(views[2].positionOf({0, -5, 0}).column < views[2].positionOf({0, 7, 0}).column);
}

void TestBrainViews::sagittalPicturesShowOneHalf() {
    const Marked m = marked({1, 0, 0, 0, 1, 0, 0, 0, 1}, {-10, -10, -10});
    const report::BrainViews views = report::brainViews(m.map, m.places);
    const auto at = [](const report::BrainView& view, imaging::WorldPoint p, Region region) {
        const auto position = view.positionOf(p);
        return view.shows(static_cast<int>(position.column), static_cast<int>(position.row), region, Side::Unknown);
    };
    QVERIFY(at(views[2], {8, -5, 3}, Region::Temporal));
    QVERIFY(!at(views[2], {-6, 7, -4}, Region::Occipital));
    QVERIFY(!at(views[3], {8, -5, 3}, Region::Temporal));
    QVERIFY(at(views[3], {-6, 7, -4}, Region::Occipital));
    QVERIFY(at(views[2], {0, 2, -9}, Region::Brainstem));
    QVERIFY(at(views[3], {0, 2, -9}, Region::Brainstem));
}

void TestBrainViews::axisOrderOfTheGridDoesNotMatter() {
    const Marked plain = marked({1, 0, 0, 0, 1, 0, 0, 0, 1}, {-10, -10, -10});
    const Marked flipped = marked({-1, 0, 0, 0, -1, 0, 0, 0, 1}, {10, 10, -10});
    const Marked permuted = marked({0, 0, 1, -1, 0, 0, 0, 1, 0}, {-10, 10, -10});
    const report::BrainViews a = report::brainViews(plain.map, plain.places);
    for (const Marked* const other : {&flipped, &permuted}) {
        const report::BrainViews b = report::brainViews(other->map, other->places);
        for (std::size_t n = 0; n < a.size(); ++n) {
            QCOMPARE(b[n].places, a[n].places);
            QCOMPARE(b[n].acrossMm, a[n].acrossMm);
            QCOMPARE(b[n].downMm, a[n].downMm);
        }
    }
}

void TestBrainViews::unknownSideMeansEither() {
    const auto left = report::placeBits(Region::Insula, Side::Left);
    const auto right = report::placeBits(Region::Insula, Side::Right);
    QVERIFY((left & right) == 0);
    QCOMPARE(report::placeBits(Region::Insula, Side::Unknown), left | right);
    std::uint64_t all = 0;
    for (const Region region : anatomy::allRegions()) {
        QVERIFY((all & report::placeBits(region, Side::Both)) == 0);
        all |= report::placeBits(region, Side::Both);
    }
}

void TestBrainViews::midlinePlacesAnswerToBothSides() {
    const Marked m = marked({1, 0, 0, 0, 1, 0, 0, 0, 1}, {-10, -10, -10});
    const report::BrainView view = report::brainViews(m.map, m.places).front();
    const auto p = view.positionOf({0, 2, -9});
    for (const Side side : {Side::Left, Side::Right, Side::Both})
        QVERIFY(view.shows(static_cast<int>(p.column), static_cast<int>(p.row), Region::Brainstem, side));
}

void TestBrainViews::nearestRegionIsTheViewers() {
    Marked m = marked({1, 0, 0, 0, 1, 0, 0, 0, 1}, {-10, -10, -10});
    // Below the temporal voxel on the same vertical ray: hidden from above.
    m.map.voxels[m.map.geometry.offset(m.map.geometry.nearestVoxel({8, -5, -8}))] = 3;
    const report::BrainView view = report::brainViews(m.map, m.places).front();
    const auto p = view.positionOf({8, -5, 3});
    const auto pixel =
        static_cast<std::size_t>(p.row) * static_cast<std::size_t>(view.width) + static_cast<std::size_t>(p.column);
    QVERIFY(view.regionSeen[pixel] == Region::Temporal);
    QVERIFY(view.shows(static_cast<int>(p.column), static_cast<int>(p.row), Region::Brainstem, Side::Both));
}

QTEST_GUILESS_MAIN(TestBrainViews)
#include "tst_brain_views.moc"
