// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/image_io.h"

#include "anatomy_support.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>

using namespace sulcus;
using namespace sulcus::anatomy;
using namespace sulcus::anatomy::testing;
using imaging::Volume;
using imaging::WorldPoint;

namespace {

imaging::Case caseOf(Volume volume) {
    imaging::Case made;
    made.volumes.push_back({imaging::Sequence::T1, std::make_shared<const Volume>(std::move(volume))});
    return made;
}

/// `volume` seen from a scanner in which the patient lay as `plant` says, on a roomy 2 mm grid.
Volume movedBy(const AffineTransform& plant, const Volume& volume) {
    Volume moved;
    moved.geometry.size = {140, 150, 140};
    moved.geometry.spacing = {2, 2, 2};
    moved.geometry.origin = {-140, -130, -130};
    moved.voxels.assign(moved.geometry.voxelCount(), 0.0F);
    const AffineTransform back = plant.inverse();
    for (int k = 0; k < 140; ++k)
        for (int j = 0; j < 150; ++j)
            for (int i = 0; i < 140; ++i) {
                const auto from = volume.geometry.nearestVoxel(
                    back.apply(moved.geometry.worldFromIndex({double(i), double(j), double(k)})));
                if (volume.geometry.contains(from))
                    moved.voxels[moved.geometry.offset({i, j, k})] = volume.at(from);
            }
    return moved;
}

/// Largest error over the template's brain, mm, when `found` should undo `plant`.
double largestError(const AffineTransform& found, const AffineTransform& plant) {
    double worst = 0.0;
    const Volume& brain = *atlas()->brain();
    for (int k = 0; k < brain.geometry.size[2]; k += 8)
        for (int j = 0; j < brain.geometry.size[1]; j += 8)
            for (int i = 0; i < brain.geometry.size[0]; i += 8) {
                if (brain.at({i, j, k}) <= 0.0F)
                    continue;
                const WorldPoint p = brain.geometry.worldFromIndex({double(i), double(j), double(k)});
                const WorldPoint q = found.apply(plant.apply(p));
                worst = std::max(worst, std::hypot(p.x - q.x, p.y - q.y, p.z - q.z));
            }
    return worst;
}

} // namespace

class RegistrationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!templatesInstalled())
            QSKIP("the brain templates of mricron-data are not installed");
        QVERIFY(atlas() != nullptr);
    }

    void aTurnedBrainIsBroughtBack() {
        const AffineTransform plant = planted({0, 17, 8}, 15.0, 2, 20.0, 0.9);
        const imaging::Case made = caseOf(movedBy(plant, *atlas()->brain()));
        QVERIFY(!fixedAlignment(made, *atlas()).reliable);
        const auto found = registerToTemplate(made, nullptr, *atlas(), TaskContext{});
        QVERIFY(found.has_value());
        QCOMPARE(found->method, std::string("registered"));
        QVERIFY(found->reliable);
        QVERIFY(found->space == Space::Native);
        const double worst = largestError(found->toTemplate, plant);
        qInfo("overlap %.3f, largest error %.2f mm", found->brainDice, worst);
        QVERIFY(worst < 2.0);
    }

    void aHeadWithItsSkullIsBroughtBack() {
        const auto head = imaging::readVolume(kTemplates / "ch2.nii.gz", TaskContext{});
        QVERIFY(head.has_value());
        const AffineTransform plant = planted({0, 17, 8}, 8.0, 0, 15.0, 1.05);
        const imaging::Case made = caseOf(movedBy(plant, *head));
        QVERIFY(!isSkullStripped(made));
        const auto found = registerToTemplate(made, nullptr, *atlas(), TaskContext{});
        QVERIFY(found.has_value());
        QVERIFY(found->reliable);
        QCOMPARE(found->brainDice, 0.0);
        const double worst = largestError(found->toTemplate, plant);
        qInfo("%.2f bits, largest error %.2f mm", found->mutualInformation, worst);
        // Only the brain's inside guides here, and its far ends are the least certain.
        QVERIFY(worst < 3.0);
    }

    void cancelEndsARegistrationWithinASecond() {
        const imaging::Case made = caseOf(movedBy(planted({0, 17, 8}, 10.0, 1, 5.0, 1.0), *atlas()->brain()));
        std::stop_source stop;
        QElapsedTimer sinceStop;
        // Asked for in the middle of the work, from the work's own progress.
        const TaskContext task(stop.get_token(), [&](double fraction, std::string_view) {
            if (fraction > 0.3 && !stop.stop_requested()) {
                stop.request_stop();
                sinceStop.start();
            }
        });
        const auto registered = registerToTemplate(made, nullptr, *atlas(), task);
        QVERIFY(!registered);
        QVERIFY(registered.error().code == ErrorCode::Cancelled);
        QVERIFY(sinceStop.elapsed() < 1000);
    }

    void whatIsNoBrainIsRefused() {
        // A brick in the middle of the grid: skull-stripped by its looks, and no brain.
        Volume brick;
        brick.geometry = imaging::bratsGeometry();
        brick.voxels.assign(brick.geometry.voxelCount(), 0.0F);
        for (int k = 20; k < 120; ++k)
            for (int j = 40; j < 120; ++j)
                for (int i = 60; i < 220; ++i)
                    brick.voxels[brick.geometry.offset({i, j, k})] = 100.0F + static_cast<float>(i % 7);
        const auto registered = registerToTemplate(caseOf(std::move(brick)), nullptr, *atlas(), TaskContext{});
        QVERIFY(!registered);
        QCOMPARE(registered.error().message.id, std::string("anatomy.registration_refused"));
    }

    void wrongInputsAreRefused() {
        const auto nothing = registerToTemplate(imaging::Case{}, nullptr, *atlas(), TaskContext{});
        QVERIFY(!nothing && nothing.error().message.id == "anatomy.registration_no_volume");
        Volume volume = *atlas()->brain();
        imaging::LabelMap mask = emptyBratsMask();
        const auto otherGrid = registerToTemplate(caseOf(volume), &mask, *atlas(), TaskContext{});
        QVERIFY(!otherGrid && otherGrid.error().code == ErrorCode::ShapeMismatch);
        volume.geometry.hasOrientation = false;
        const auto sideless = registerToTemplate(caseOf(volume), nullptr, *atlas(), TaskContext{});
        QVERIFY(!sideless && sideless.error().message.id == "anatomy.no_orientation");
        volume.geometry.hasOrientation = true;
        volume.geometry.isSlice = true;
        const auto slice = registerToTemplate(caseOf(volume), nullptr, *atlas(), TaskContext{});
        QVERIFY(!slice && slice.error().message.id == "anatomy.single_slice");
    }
};

QTEST_APPLESS_MAIN(RegistrationTest)
#include "tst_registration.moc"
