// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/location.h"

#include "anatomy_support.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <numbers>

using namespace sulcus;
using namespace sulcus::anatomy;
using namespace sulcus::anatomy::testing;
using imaging::Geometry;
using imaging::LabelEra;
using imaging::LabelMap;
using imaging::Target;
using imaging::WorldPoint;

namespace {

TemplateAlignment bratsAlignment(const Geometry& grid = imaging::bratsGeometry()) { return *alignmentFromGrid(grid); }

/// The point of BraTS world that lies at a point of the books (MNI).
WorldPoint inBrats(WorldPoint templatePoint) { return bratsAlignment().toTemplate.inverse().apply(templatePoint); }

void drawBall(LabelMap& mask, WorldPoint centre, double radiusMm, std::uint8_t value) {
    const Geometry& g = mask.geometry;
    for (int k = 0; k < g.size[2]; ++k)
        for (int j = 0; j < g.size[1]; ++j) {
            const WorldPoint row = g.worldFromIndex({0, double(j), double(k)});
            if (std::hypot(row.y - centre.y, row.z - centre.z) > radiusMm)
                continue;
            for (int i = 0; i < g.size[0]; ++i) {
                const WorldPoint p = g.worldFromIndex({double(i), double(j), double(k)});
                if (std::hypot(p.x - centre.x, p.y - centre.y, p.z - centre.z) <= radiusMm)
                    mask.voxels[g.offset({i, j, k})] = value;
            }
        }
}

double ballMl(double radiusMm) { return 4.0 / 3.0 * std::numbers::pi * std::pow(radiusMm, 3) / 1000.0; }

double sumOfShares(const TargetLocation& target) {
    double sum = 0.0;
    for (const RegionShare& region : target.regions)
        sum += region.share;
    return sum;
}

Location located(const LabelMap& mask, LabelEra era = LabelEra::Brats2021) {
    const auto location = locate(mask, era, bratsAlignment(mask.geometry), *atlas(), TaskContext{});
    return location ? *location : Location{};
}

} // namespace

class LocationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!templatesInstalled())
            QSKIP("the brain templates of mricron-data are not installed");
        QVERIFY(atlas() != nullptr);
    }

    void aBallInWhiteMatterIsOfItsLobe() {
        atlas()->surfaces(); // made once; the time below is that of every later mask
        LabelMap mask = emptyBratsMask();
        const WorldPoint centre = inBrats(mni(-26, 40, 20));
        drawBall(mask, centre, 12.0, 2);
        drawBall(mask, centre, 8.0, 4);
        drawBall(mask, centre, 4.0, 1);
        QElapsedTimer timer;
        timer.start();
        const Location location = located(mask);
        qInfo("located in %lld ms", timer.elapsed());
        const TargetLocation& whole = location.whole();
        // A digital ball of this size misses the analytic volume by well under 2 %.
        QVERIFY(std::abs(whole.ml / ballMl(12.0) - 1.0) < 0.02);
        QVERIFY(std::abs(location.targets.at(Target::TumourCore).ml / ballMl(8.0) - 1.0) < 0.02);
        QVERIFY(std::abs(location.targets.at(Target::EnhancingTumour).ml / (ballMl(8.0) - ballMl(4.0)) - 1.0) < 0.04);
        QVERIFY(whole.regions.front().region == Region::Frontal);
        QVERIFY(whole.regions.front().side == Side::Left);
        QVERIFY(whole.regions.front().share > 0.7);
        QCOMPARE(whole.leftShare, 1.0);
        QVERIFY(!whole.crossesMidline);
        QVERIFY(std::abs(sumOfShares(whole) - 1.0) < 1e-9);
        QCOMPARE(location.components.size(), std::size_t{1});
        const ComponentLocation& piece = location.components.front();
        QVERIFY(std::hypot(piece.centroidWorld.x - centre.x, piece.centroidWorld.y - centre.y,
                           piece.centroidWorld.z - centre.z) < 0.5);
        QVERIFY(std::hypot(piece.centroidTemplate.x - 26, piece.centroidTemplate.y + 40,
                           piece.centroidTemplate.z - 20) < 0.6);
        QVERIFY(piece.place && piece.place->region == Region::Frontal);
        QCOMPARE(location.method, std::string("fixed"));
    }

    void theShareOfARegionIsMeasuredInTheTemplate() {
        LabelMap mask = emptyBratsMask();
        drawBall(mask, inBrats(mni(12, -18, 8)), 3.0, 1); // inside the right thalamus
        const RegionShare thalamus = located(mask).whole().regions.front();
        QVERIFY(thalamus.region == Region::Thalamus && thalamus.side == Side::Right);
        const auto& m = imaging::kSri24ToTemplate.matrix;
        const double determinant = m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
                                   m[2] * (m[3] * m[7] - m[4] * m[6]);
        const double expected = thalamus.ml * determinant / atlas()->regionMl(Region::Thalamus, Side::Right);
        QVERIFY(std::abs(thalamus.shareOfRegion - expected) < 1e-9);
    }

    void aBallOnTheMidlineIsHalfOfEachSide() {
        LabelMap mask = emptyBratsMask();
        drawBall(mask, inBrats(mni(0, 24, 10)), 15.0, 1);
        const TargetLocation whole = located(mask).whole();
        QVERIFY(std::abs(whole.leftShare - 0.5) < 0.01);
        QVERIFY(whole.crossesMidline);
        QVERIFY(std::abs(whole.leftShare + whole.rightShare - 1.0) < 1e-12);
    }

    void aMirroredMaskSwapsItsSides_data() {
        QTest::addColumn<double>("right");
        QTest::addColumn<double>("anterior");
        QTest::addColumn<double>("superior");
        QTest::newRow("frontal") << 30.0 << 34.0 << 26.0;
        QTest::newRow("across the midline") << 8.0 << 20.0 << 30.0;
        QTest::newRow("temporal") << 48.0 << -20.0 << -12.0;
        QTest::newRow("occipital") << 24.0 << -84.0 << 8.0;
    }

    void aMirroredMaskSwapsItsSides() {
        QFETCH(double, right);
        QFETCH(double, anterior);
        QFETCH(double, superior);
        LabelMap mask = emptyBratsMask();
        LabelMap mirror = emptyBratsMask();
        drawBall(mask, inBrats(mni(right, anterior, superior)), 14.0, 1);
        drawBall(mirror, inBrats(mni(-right, anterior, superior)), 14.0, 1);
        const TargetLocation a = located(mask).whole();
        const TargetLocation b = located(mirror).whole();
        QVERIFY(std::abs(a.leftShare - b.rightShare) < 0.02);
        QVERIFY(a.regions.front().region == b.regions.front().region);
    }

    void piecesAreListedLargestFirst() {
        LabelMap mask = emptyBratsMask();
        drawBall(mask, inBrats(mni(40, -60, 36)), 5.0, 2);
        drawBall(mask, inBrats(mni(-40, 30, 20)), 9.0, 2);
        const Location location = located(mask);
        QCOMPARE(location.components.size(), std::size_t{2});
        const ComponentLocation& first = location.components[0];
        const ComponentLocation& second = location.components[1];
        QVERIFY(first.component.ml > second.component.ml);
        QVERIFY(first.place->side == Side::Left && first.place->region == Region::Frontal);
        QVERIFY(second.place->side == Side::Right && second.place->region == Region::Parietal);
        // The box is given on the case's own grid and holds the piece tightly.
        for (const ComponentLocation& piece : location.components) {
            QVERIFY(mask.at(piece.component.inside) != 0);
            const double centre = (piece.component.first.i + piece.component.last.i) / 2.0;
            QVERIFY(std::abs(centre - piece.component.centroid.i) < 1.0);
        }
    }

    void distancesAreThoseOfASearchThroughAllVoxels() {
        LabelMap mask = emptyBratsMask();
        drawBall(mask, inBrats(mni(-30, -70, 30)), 8.0, 2);
        const Location location = located(mask);
        const AffineTransform toCase = bratsAlignment().toTemplate.inverse();
        std::vector<WorldPoint> voxels;
        for (int k = 0; k < 155; ++k)
            for (int j = 0; j < 240; ++j)
                for (int i = 0; i < 240; ++i)
                    if (mask.at({i, j, k}) != 0)
                        voxels.push_back(mask.geometry.worldFromIndex({double(i), double(j), double(k)}));
        int compared = 0;
        for (const AreaSurface& surface : atlas()->surfaces()) {
            const auto found =
                std::find_if(location.distances.begin(), location.distances.end(), [&](const AreaDistance& d) {
                    return d.areaId == surface.areaId && d.side == surface.side;
                });
            if (found == location.distances.end() || found->mm == 0.0 || surface.points.size() > 12000)
                continue;
            double least = 1e9;
            for (const auto& p : surface.points) {
                const WorldPoint q = toCase.apply({p[0], p[1], p[2]});
                for (const WorldPoint& v : voxels)
                    least = std::min(least, std::pow(q.x - v.x, 2) + std::pow(q.y - v.y, 2) + std::pow(q.z - v.z, 2));
            }
            QVERIFY2(std::abs(std::sqrt(least) - found->mm) < 1.0, surface.areaId.c_str());
            ++compared;
        }
        QVERIFY(compared >= 4);
        QVERIFY(std::is_sorted(location.distances.begin(), location.distances.end(),
                               [](const AreaDistance& a, const AreaDistance& b) { return a.mm < b.mm; }));
    }

    void aTouchedAreaIsAtZero() {
        LabelMap mask = emptyBratsMask();
        drawBall(mask, inBrats(mni(-36, -18, 60)), 6.0, 2);
        const Location location = located(mask);
        const AreaDistance& first = location.distances.front();
        QCOMPARE(first.areaId, std::string("motor_strip"));
        QVERIFY(first.side == Side::Left);
        QCOMPARE(first.mm, 0.0);
    }

    void thickSlicesAreCountedInParts() {
        LabelMap fine = emptyBratsMask();
        LabelMap thick = emptyBratsMask();
        thick.geometry.size[2] = 31;
        thick.geometry.spacing[2] = 5.0;
        thick.geometry.origin[2] = 2.0;
        thick.voxels.assign(thick.geometry.voxelCount(), 0);
        const WorldPoint centre = inBrats(mni(-30, -40, 20));
        drawBall(fine, centre, 16.0, 1);
        drawBall(thick, centre, 16.0, 1);
        const TargetLocation a = located(fine).whole();
        const TargetLocation b = located(thick).whole();
        QVERIFY(std::abs(a.ml / b.ml - 1.0) < 0.06);
        for (const RegionShare& region : a.regions) {
            const auto same = std::find_if(b.regions.begin(), b.regions.end(), [&](const RegionShare& r) {
                return r.region == region.region && r.side == region.side;
            });
            QVERIFY(std::abs(region.share - (same == b.regions.end() ? 0.0 : same->share)) < 0.04);
        }
    }

    void aPlainMaskIsOneTarget() {
        LabelMap mask = emptyBratsMask();
        drawBall(mask, inBrats(mni(30, -62, -40)), 8.0, 7);
        const Location location = located(mask, LabelEra::Plain);
        QCOMPARE(location.targets.size(), std::size_t{1});
        QVERIFY(location.whole().regions.front().region == Region::Cerebellum);
        QVERIFY(location.whole().regions.front().side == Side::Right);
    }

    void aBoxIsCalledApproximate() {
        LabelMap mask = emptyBratsMask();
        drawBall(mask, inBrats(mni(0, 4, -26)), 6.0, 1);
        const Location location = located(mask);
        QVERIFY(location.whole().regions.front().region == Region::Sellar);
        QVERIFY(location.whole().regions.front().approximate);
        QVERIFY(std::any_of(location.notes.begin(), location.notes.end(),
                            [](const Message& m) { return m.id == "anatomy.approximate_regions"; }));
    }

    void aMaskOutsideTheBrainSaysSo() {
        LabelMap mask = emptyBratsMask();
        drawBall(mask, {20.0, -20.0, 140.0}, 8.0, 1);
        const Location location = located(mask);
        QVERIFY(location.whole().outsideShare > 0.99);
        QVERIFY(std::any_of(location.notes.begin(), location.notes.end(),
                            [](const Message& m) { return m.id == "anatomy.mostly_outside"; }));
    }

    void refusalsAreStated() {
        const LabelMap empty = emptyBratsMask();
        const auto none = locate(empty, LabelEra::Brats2021, bratsAlignment(), *atlas(), TaskContext{});
        QVERIFY(!none && none.error().message.id == "anatomy.mask_empty");
        LabelMap cavity = empty;
        cavity.voxels[cavity.geometry.offset({120, 120, 70})] = 4; // after treatment 4 is no tumour
        const auto onlyCavity = locate(cavity, LabelEra::Brats2023, bratsAlignment(), *atlas(), TaskContext{});
        QVERIFY(!onlyCavity && onlyCavity.error().code == ErrorCode::InvalidInput);
        TemplateAlignment unaligned;
        unaligned.method = "none";
        const auto nowhere = locate(cavity, LabelEra::Brats2021, unaligned, *atlas(), TaskContext{});
        QVERIFY(!nowhere && nowhere.error().code == ErrorCode::Unsupported);
        std::stop_source stop;
        stop.request_stop();
        const auto cancelled =
            locate(cavity, LabelEra::Brats2021, bratsAlignment(), *atlas(), TaskContext(stop.get_token(), {}));
        QVERIFY(!cancelled && cancelled.error().code == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(LocationTest)
#include "tst_location.moc"
