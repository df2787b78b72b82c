// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/deformable_registration.h"
#include "core/anatomy/location.h"

#include "anatomy_support.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <numbers>

using namespace sulcus;
using namespace sulcus::anatomy;
using namespace sulcus::anatomy::testing;
using imaging::Geometry;
using imaging::LabelMap;
using imaging::Volume;
using imaging::WorldPoint;

namespace {

double distance(WorldPoint a, WorldPoint b) { return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z); }

/// Control points `mm` apart from `low` to `high`, moved by waves of `amplitude` mm.
Deformation waves(WorldPoint low, WorldPoint high, double mm, double amplitude) {
    Deformation d;
    d.spacing = {mm, mm, mm};
    d.origin = {low.x - mm, low.y - mm, low.z - mm};
    d.size = {static_cast<int>((high.x - low.x) / mm) + 4, static_cast<int>((high.y - low.y) / mm) + 4,
              static_cast<int>((high.z - low.z) / mm) + 4};
    for (int k = 0; k < d.size[2]; ++k)
        for (int j = 0; j < d.size[1]; ++j)
            for (int i = 0; i < d.size[0]; ++i)
                d.u.push_back({amplitude * std::sin(0.9 * j + 0.4), amplitude * std::sin(0.8 * k + 1.0),
                               amplitude * std::cos(0.7 * i)});
    return d;
}

/// Over the whole template with room around it.
Deformation overTheBrain(double mm, double amplitude) {
    return waves({-110, -120, -100}, {110, 150, 130}, mm, amplitude);
}

bool hasNote(const TemplateAlignment& alignment, const char* id) {
    return std::any_of(alignment.notes.begin(), alignment.notes.end(), [&](const Message& m) { return m.id == id; });
}

/// The template seen through `bend`, every 4 mm: what lies at x in the template lies at bend(x) here.
imaging::Case bentTemplate(const Deformation& bend) {
    const Volume& brain = *atlas()->brain();
    Volume bent;
    bent.geometry.size = {51, 60, 51};
    bent.geometry.spacing = {4, 4, 4};
    bent.geometry.origin = {-100, -105, -85};
    bent.voxels.assign(bent.geometry.voxelCount(), 0.0F);
    WorldPoint shift;
    std::size_t n = 0;
    for (int k = 0; k < bent.geometry.size[2]; ++k)
        for (int j = 0; j < bent.geometry.size[1]; ++j)
            for (int i = 0; i < bent.geometry.size[0]; ++i, ++n) {
                const WorldPoint y = bent.geometry.worldFromIndex({double(i), double(j), double(k)});
                const auto x = bend.undo(y, WorldPoint{y.x + shift.x, y.y + shift.y, y.z + shift.z});
                if (!x)
                    continue;
                shift = {x->x - y.x, x->y - y.y, x->z - y.z};
                const auto from = brain.geometry.nearestVoxel(*x);
                if (brain.geometry.contains(from))
                    bent.voxels[n] = brain.at(from);
            }
    imaging::Case made;
    made.volumes.push_back({imaging::Sequence::T1, std::make_shared<const Volume>(std::move(bent))});
    return made;
}

TemplateAlignment asItLies(const imaging::Case& made) {
    TemplateAlignment alignment;
    alignment.space = Space::Native;
    alignment.method = "registered";
    alignment.brainDice = brainOverlap(made, *atlas(), alignment.toTemplate);
    return alignment;
}

/// A ball with folds and layers, so that every part of it can be told from its neighbours; 5 mm voxels.
template <typename Place>
Volume phantom(Place placeOf) {
    Volume volume;
    volume.geometry.size = {32, 32, 32};
    volume.geometry.spacing = {5, 5, 5};
    volume.geometry.origin = {-77.5, -77.5, -77.5};
    for (int k = 0; k < 32; ++k)
        for (int j = 0; j < 32; ++j)
            for (int i = 0; i < 32; ++i) {
                const WorldPoint p = placeOf(volume.geometry.worldFromIndex({double(i), double(j), double(k)}));
                const double r = std::hypot(p.x, p.y, p.z);
                const double pattern = std::sin(p.x / 7.0) + std::sin(p.y / 8.0 + 1.0) + std::sin(p.z / 9.0 + 2.0);
                volume.voxels.push_back(r > 62.0 ? 0.0F : static_cast<float>(100.0 + 18.0 * pattern + r * 0.3));
            }
    return volume;
}

} // namespace

class DeformationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void undoingABendLeadsBack() {
        const Deformation bend = waves({-60, -60, -60}, {60, 60, 60}, 24.0, 7.0);
        for (int n = 0; n < 400; ++n) {
            const WorldPoint x{-58.0 + (n * 37) % 116, -58.0 + (n * 53) % 116, -58.0 + (n * 71) % 116};
            const auto back = bend.undo(bend.apply(x));
            QVERIFY(back.has_value());
            QVERIFY(distance(*back, x) < 0.02);
            QVERIFY(distance(*bend.undo(bend.apply(x), WorldPoint{x.x + 4.0, x.y, x.z - 3.0}), x) < 0.02);
        }
    }

    void theJacobianIsTheSlope() {
        const Deformation bend = waves({-60, -60, -60}, {60, 60, 60}, 20.0, 6.0);
        constexpr double kStep = 1e-4;
        for (const WorldPoint x : {WorldPoint{0, 0, 0}, WorldPoint{-31, 22.5, 40}, WorldPoint{55, -59, 13}}) {
            const auto m = bend.jacobian(x);
            const std::array<WorldPoint, 3> units{{{kStep, 0, 0}, {0, kStep, 0}, {0, 0, kStep}}};
            for (std::size_t column = 0; column < 3; ++column) {
                const WorldPoint& d = units[column];
                const WorldPoint a = bend.apply({x.x - d.x, x.y - d.y, x.z - d.z});
                const WorldPoint b = bend.apply({x.x + d.x, x.y + d.y, x.z + d.z});
                QVERIFY(std::abs((b.x - a.x) / (2 * kStep) - m[column]) < 1e-6);
                QVERIFY(std::abs((b.y - a.y) / (2 * kStep) - m[3 + column]) < 1e-6);
                QVERIFY(std::abs((b.z - a.z) / (2 * kStep) - m[6 + column]) < 1e-6);
            }
        }
        QVERIFY(std::abs(determinant({2, 0, 0, 0, 3, 0, 0, 0, 4}) - 24.0) < 1e-12);
    }

    void beyondItsGridABendStaysAsAtItsEdge() {
        const Deformation bend = waves({-60, -60, -60}, {60, 60, 60}, 20.0, 6.0);
        // Four control points reach every place up to the last but one.
        const double edge = bend.origin[0] + (bend.size[0] - 2) * bend.spacing[0];
        const WorldPoint at = bend.apply({edge, 10, -20});
        const WorldPoint far = bend.apply({edge + 100.0, 10, -20});
        QVERIFY(distance({far.x - 100.0, far.y, far.z}, at) < 1e-9);
        const auto back = bend.undo(far);
        QVERIFY(back && distance(*back, {edge + 100.0, 10, -20}) < 0.02);
    }

    void aPhantomsBendComesBack() {
        const auto planted = [](WorldPoint p) {
            return WorldPoint{p.x + 6.0 * std::sin(p.y / 28.0), p.y + 5.0 * std::sin(p.z / 30.0 + 1.0),
                              p.z - 5.0 * std::sin(p.x / 26.0)};
        };
        const Volume brain = phantom([](WorldPoint p) { return p; });
        // What lies at x in `brain` lies at y = planted(x): each y is traced back.
        const Volume seen = phantom([&](WorldPoint y) {
            WorldPoint x = y;
            for (int n = 0; n < 30; ++n) {
                const WorldPoint at = planted(x);
                x = {x.x + y.x - at.x, x.y + y.y - at.y, x.z + y.z - at.z};
            }
            return x;
        });
        QElapsedTimer timer;
        timer.start();
        const auto found = bendTowards(seen, nullptr, true, AffineTransform{}, brain, TaskContext{});
        QVERIFY(found.has_value());
        double before = 0.0;
        double after = 0.0;
        double count = 0.0;
        double least = 1e9;
        for (int k = -45; k <= 45; k += 9)
            for (int j = -45; j <= 45; j += 9)
                for (int i = -45; i <= 45; i += 9) {
                    const WorldPoint x{double(i), double(j), double(k)};
                    if (std::hypot(x.x, x.y, x.z) > 55.0)
                        continue;
                    before += distance(x, planted(x));
                    after += distance(found->apply(x), planted(x));
                    least = std::min(least, determinant(found->jacobian(x)));
                    count += 1.0;
                }
        qInfo("mean error %.2f mm to %.2f mm, least stretch %.2f, %lld ms", before / count, after / count, least,
              timer.elapsed());
        QVERIFY(after < before / 3.0);
        QVERIFY(least > 0.0);
    }

    void cancelEndsABendWithinASecond() {
        const Volume brain = phantom([](WorldPoint p) { return p; });
        const Volume seen = phantom([](WorldPoint p) {
            return WorldPoint{p.x, p.y + 4.0 * std::sin(p.x / 20.0), p.z};
        });
        for (const double when : {0.05, 0.6}) {
            std::stop_source stop;
            QElapsedTimer sinceStop;
            const TaskContext task(stop.get_token(), [&](double fraction, std::string_view) {
                if (fraction > when && !stop.stop_requested()) {
                    stop.request_stop();
                    sinceStop.start();
                }
            });
            const auto found = bendTowards(seen, nullptr, true, AffineTransform{}, brain, task);
            QVERIFY(!found && found.error().code == ErrorCode::Cancelled);
            QVERIFY(sinceStop.elapsed() < 1000);
        }
    }

    void aSoundBendIsTakenAndItsPlacesAreThoseOfTheTemplate() {
        if (!atlas())
            QSKIP("the brain templates of mricron-data are not installed");
        const Deformation bend = overTheBrain(40.0, 6.0);
        const imaging::Case made = bentTemplate(bend);
        const TemplateAlignment affine = asItLies(made);
        const TemplateAlignment bent = withDeformation(made, nullptr, affine, bend, *atlas());
        QCOMPARE(bent.method, std::string("deformable"));
        QVERIFY(bent.brainDice > affine.brainDice);
        QVERIFY(bent.reliable);
        QVERIFY(std::abs(brainOverlap(made, *atlas(), bent) - bent.brainDice) < 1e-9);

        // The hand area of the left motor strip: it lies here at bend(x), and its place is told as x.
        const WorldPoint x = mni(-38, -24, 56);
        const WorldPoint here = bent.casePoint(x);
        QVERIFY(distance(here, bend.apply(x)) < 1e-9);
        QVERIFY(distance(here, x) > 3.0);
        QVERIFY(distance(bent.templatePoint(here), x) < 0.02);
        const auto place = placeAt(here, bent, *atlas());
        const auto expected = atlas()->at(x);
        QVERIFY(place && expected && place->structure == expected->structure);

        LabelMap mask;
        mask.geometry = made.geometry();
        mask.voxels.assign(mask.geometry.voxelCount(), 0);
        std::size_t n = 0;
        for (int k = 0; k < mask.geometry.size[2]; ++k)
            for (int j = 0; j < mask.geometry.size[1]; ++j)
                for (int i = 0; i < mask.geometry.size[0]; ++i, ++n)
                    if (distance(mask.geometry.worldFromIndex({double(i), double(j), double(k)}), here) < 9.0)
                        mask.voxels[n] = 1;
        const auto found = locate(mask, imaging::LabelEra::Plain, bent, *atlas(), TaskContext{});
        QVERIFY(found.has_value());
        QCOMPARE(found->method, std::string("deformable"));
        QVERIFY(distance(found->components.front().centroidTemplate, x) < 2.0); // half a voxel of 4 mm
        const auto motor = std::find_if(found->distances.begin(), found->distances.end(), [](const AreaDistance& area) {
            return area.areaId == "motor_strip" && area.side == Side::Left;
        });
        QVERIFY(motor != found->distances.end());
        QCOMPARE(motor->mm, 0.0);
        // Volumes are those of the case, whatever the bend; shares are of what there is.
        QVERIFY(std::abs(found->whole().ml -
                         static_cast<double>(std::count(mask.voxels.begin(), mask.voxels.end(), 1)) * 0.064) < 1e-6);
        QVERIFY(found->whole().leftShare > 0.99);
    }

    void aFoldIsRefusedAndTheAffineStays() {
        if (!atlas())
            QSKIP("the brain templates of mricron-data are not installed");
        Deformation fold = overTheBrain(20.0, 0.0);
        // One control point in the middle of the brain thrown past its neighbour.
        const auto at = [&](int i, int j, int k) {
            return static_cast<std::size_t>((k * fold.size[1] + j) * fold.size[0] + i);
        };
        fold.u[at(fold.size[0] / 2, fold.size[1] / 2, fold.size[2] / 2)] = {70, 0, 0};
        QVERIFY(smallestStretch(fold, *atlas()) <= 0.0);
        QVERIFY(smallestStretch(overTheBrain(40.0, 6.0), *atlas()) > 0.2);
        const imaging::Case made = bentTemplate(overTheBrain(40.0, 0.0));
        const TemplateAlignment affine = asItLies(made);
        const TemplateAlignment kept = withDeformation(made, nullptr, affine, fold, *atlas());
        QCOMPARE(kept.method, std::string("registered"));
        QVERIFY(kept.deformation == nullptr);
        QVERIFY(hasNote(kept, "anatomy.deformation_folds"));
        QCOMPARE(kept.brainDice, affine.brainDice);
        QVERIFY(distance(kept.templatePoint({1, 2, 3}), {1, 2, 3}) < 1e-12);
    }

    void aBendThatFitsWorseIsRefused() {
        if (!atlas())
            QSKIP("the brain templates of mricron-data are not installed");
        const imaging::Case made = bentTemplate(overTheBrain(40.0, 0.0));
        const TemplateAlignment affine = asItLies(made);
        const TemplateAlignment kept = withDeformation(made, nullptr, affine, overTheBrain(40.0, 8.0), *atlas());
        QCOMPARE(kept.method, std::string("registered"));
        QVERIFY(hasNote(kept, "anatomy.deformation_no_better"));
    }
};

QTEST_APPLESS_MAIN(DeformationTest)
#include "tst_deformation.moc"
