// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/registration.h"

#include "anatomy_support.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <cmath>

using namespace sulcus;
using namespace sulcus::anatomy;
using namespace sulcus::anatomy::testing;
using imaging::Geometry;
using imaging::VoxelIndex;
using imaging::WorldPoint;

namespace {

double distance(WorldPoint a, WorldPoint b) { return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z); }

bool hasNote(const TemplateAlignment& alignment, const char* id) {
    return std::any_of(alignment.notes.begin(), alignment.notes.end(), [&](const Message& m) { return m.id == id; });
}

imaging::Case caseOf(imaging::Volume volume) {
    imaging::Case made;
    made.volumes.push_back({imaging::Sequence::T1, std::make_shared<const imaging::Volume>(std::move(volume))});
    return made;
}

/// The template's brain as it would look on `grid`, whose world goes to the template through `toTemplate`.
imaging::Volume templateOn(const Geometry& grid, const AffineTransform& toTemplate) {
    imaging::Volume volume;
    volume.geometry = grid;
    volume.voxels.resize(grid.voxelCount());
    const imaging::Volume& brain = *atlas()->brain();
    for (int k = 0; k < grid.size[2]; ++k)
        for (int j = 0; j < grid.size[1]; ++j)
            for (int i = 0; i < grid.size[0]; ++i) {
                const VoxelIndex v = brain.geometry.nearestVoxel(
                    toTemplate.apply(grid.worldFromIndex({double(i), double(j), double(k)})));
                if (brain.geometry.contains(v))
                    volume.voxels[grid.offset({i, j, k})] = brain.at(v);
            }
    return volume;
}

AffineTransform sri24() { return {imaging::kSri24ToTemplate.matrix, imaging::kSri24ToTemplate.offset}; }

/// The BraTS box at 2 mm: as good for a test as the real one, and an eighth of its size.
Geometry coarseBrats() {
    Geometry g;
    g.size = {120, 120, 78};
    g.spacing = {2.0, 2.0, 155.0 / 78.0};
    g.origin = {0.5, -238.5, 155.0 / 156.0 - 0.5};
    return g;
}

} // namespace

class AlignmentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!templatesInstalled())
            QSKIP("the brain templates of mricron-data are not installed");
        QVERIFY(atlas() != nullptr);
    }

    void spacesHaveNames() {
        QCOMPARE(toString(Space::Sri24), std::string("sri24"));
        QCOMPARE(toString(Space::Mni), std::string("mni"));
        QCOMPARE(toString(Space::Native), std::string("native"));
        QCOMPARE(toString(Space::Unknown), std::string("unknown"));
    }

    void inverseUndoesATransform() {
        const AffineTransform back = sri24().inverse();
        for (const WorldPoint p : {WorldPoint{0, 0, 0}, {119, -120, 70}, {-30, 50, 200}})
            QVERIFY(distance(back.apply(sri24().apply(p)), p) < 1e-9);
    }

    void theMidlineOfBratsLiesWhereItIsKnownToLie() {
        // Expert sources put it near column 118 to 121 of 240 across the brain.
        for (const double j : {60.0, 120.0, 190.0}) {
            const double atLow = sri24().apply({115.0, j - 239.0, 70.0}).x;
            const double atHigh = sri24().apply({123.0, j - 239.0, 70.0}).x;
            QVERIFY(atLow < 0.0 && atHigh > 0.0); // i grows to the left
        }
    }

    void anyStorageOrderOfTheGridGivesTheSamePlace_data() {
        QTest::addColumn<QList<double>>("direction");
        QTest::newRow("LPS") << QList<double>{1, 0, 0, 0, 1, 0, 0, 0, 1};
        QTest::newRow("RAS") << QList<double>{-1, 0, 0, 0, -1, 0, 0, 0, 1};
        QTest::newRow("permuted") << QList<double>{0, 0, -1, 1, 0, 0, 0, -1, 0};
    }

    void anyStorageOrderOfTheGridGivesTheSamePlace() {
        QFETCH(QList<double>, direction);
        // The same box in world space, stored from another corner.
        Geometry g;
        for (int n = 0; n < 9; ++n)
            g.direction[static_cast<std::size_t>(n)] = direction[n];
        const std::array<int, 3> world{240, 240, 155};
        const std::array<double, 3> low{0.0, -239.0, 0.0};
        for (std::size_t row = 0; row < 3; ++row)
            for (std::size_t column = 0; column < 3; ++column) {
                if (g.direction[3 * row + column] == 0.0)
                    continue;
                g.size[column] = world[row];
                g.origin[row] = g.direction[3 * row + column] > 0 ? low[row] : low[row] + world[row] - 1;
            }
        const auto alignment = alignmentFromGrid(g);
        QVERIFY(alignment.has_value());
        QVERIFY(alignment->space == Space::Sri24);
        QVERIFY(distance(alignment->toTemplate.apply({100, -90, 60}), sri24().apply({100, -90, 60})) < 1e-6);
    }

    void aLostOriginIsMadeUpFor() {
        Geometry g = imaging::bratsGeometry();
        g.origin = {-119.5, 0.0, 17.0};
        const auto alignment = alignmentFromGrid(g);
        QVERIFY(alignment.has_value());
        const WorldPoint middle = g.worldFromIndex({120, 110, 70});
        QVERIFY(distance(alignment->toTemplate.apply(middle), sri24().apply({120, -129, 70})) < 1e-6);
    }

    void theBoxAtAnotherResolutionIsTheSameSpace() {
        Geometry g;
        g.size = {128, 128, 128};
        g.spacing = {1.875, 1.875, 155.0 / 128.0};
        const auto alignment = alignmentFromGrid(g);
        QVERIFY(alignment.has_value());
        // The middle of either box is the same point.
        QVERIFY(distance(alignment->toTemplate.apply(g.worldFromIndex({63.5, 63.5, 63.5})),
                         sri24().apply({119.5, -119.5, 77.0})) < 1e-6);
    }

    void mniGridsGoThroughUnchanged() {
        Geometry g;
        g.size = {182, 218, 182};
        g.origin = {-90.0, -91.0, -72.0};
        const auto alignment = alignmentFromGrid(g);
        QVERIFY(alignment.has_value());
        QVERIFY(alignment->space == Space::Mni);
        QVERIFY(distance(alignment->toTemplate.apply({10, 20, 30}), {10, 20, 30}) < 1e-9);
    }

    void otherGridsAreNotGuessed() {
        Geometry g;
        g.size = {256, 256, 180};
        QVERIFY(!alignmentFromGrid(g));
        g = imaging::bratsGeometry();
        g.hasOrientation = false;
        QVERIFY(!alignmentFromGrid(g));
    }

    void aBrainInBratsSpaceIsReliable() {
        const imaging::Case made = caseOf(templateOn(coarseBrats(), sri24()));
        QElapsedTimer timer;
        timer.start();
        const TemplateAlignment alignment = fixedAlignment(made, *atlas());
        qInfo("recognised in %lld ms", timer.elapsed());
        QVERIFY(alignment.space == Space::Sri24);
        QCOMPARE(alignment.method, std::string("fixed"));
        QVERIFY2(alignment.brainDice > 0.96, std::to_string(alignment.brainDice).c_str());
        QVERIFY(alignment.reliable);
        QVERIFY(alignment.notes.empty());
    }

    void aBrainTurnedOverIsDoubted_data() {
        QTest::addColumn<int>("axis");
        QTest::newRow("front to back") << 1;
        QTest::newRow("upside down") << 2;
    }

    void aBrainTurnedOverIsDoubted() {
        QFETCH(int, axis);
        const imaging::Volume straight = templateOn(coarseBrats(), sri24());
        imaging::Volume turned = straight;
        const Geometry& g = straight.geometry;
        for (int k = 0; k < g.size[2]; ++k)
            for (int j = 0; j < g.size[1]; ++j)
                for (int i = 0; i < g.size[0]; ++i)
                    turned.voxels[g.offset({i, j, k})] =
                        axis == 1 ? straight.at({i, g.size[1] - 1 - j, k}) : straight.at({i, j, g.size[2] - 1 - k});
        const TemplateAlignment alignment = fixedAlignment(caseOf(std::move(turned)), *atlas());
        QVERIFY(!alignment.reliable);
        QVERIFY(hasNote(alignment, "anatomy.orientation_doubtful") || alignment.method == "none");
    }

    void aBrainElsewhereInTheGridIsNative() {
        AffineTransform far = sri24();
        far.offset[1] += 45.0;
        const TemplateAlignment alignment = fixedAlignment(caseOf(templateOn(coarseBrats(), far)), *atlas());
        QVERIFY(!alignment.reliable);
        QVERIFY(alignment.method == "none" || hasNote(alignment, "anatomy.overlap_poor"));
    }

    void aHeadWithItsSkullIsNotCalledReliable() {
        imaging::Volume head = templateOn(coarseBrats(), sri24());
        for (int k = 0; k < head.geometry.size[2]; ++k)
            for (int j = 15; j < 110; ++j)
                for (int i = 18; i < 102; ++i)
                    head.voxels[head.geometry.offset({i, j, k})] += 10.0F;
        const imaging::Case made = caseOf(std::move(head));
        QVERIFY(!isSkullStripped(made));
        const TemplateAlignment alignment = fixedAlignment(made, *atlas());
        QVERIFY(!alignment.reliable);
        QVERIFY(hasNote(alignment, "anatomy.skull_not_stripped"));
    }

    void withoutOrientationNoPlaceIsGiven() {
        imaging::Volume volume = templateOn(coarseBrats(), sri24());
        volume.geometry.hasOrientation = false;
        const TemplateAlignment alignment = fixedAlignment(caseOf(std::move(volume)), *atlas());
        QVERIFY(alignment.space == Space::Unknown);
        QCOMPARE(alignment.method, std::string("none"));
        QVERIFY(hasNote(alignment, "anatomy.no_orientation"));
    }

    void aPointOfTheCaseHasAPlace() {
        const TemplateAlignment alignment = *alignmentFromGrid(imaging::bratsGeometry());
        const WorldPoint pons = sri24().inverse().apply(mni(-6, -24, -32));
        const auto place = placeAt(pons, alignment, *atlas());
        QVERIFY(place && place->region == Region::Brainstem && place->side == Side::Left);
        QVERIFY(!placeAt({0, 0, 0}, alignment, *atlas()));
        TemplateAlignment none = alignment;
        none.method = "none";
        QVERIFY(!placeAt(pons, none, *atlas()));
    }

    void anEmptyCaseGivesNothing() { QCOMPARE(fixedAlignment(imaging::Case{}, *atlas()).method, std::string("none")); }
};

QTEST_APPLESS_MAIN(AlignmentTest)
#include "tst_alignment.moc"
