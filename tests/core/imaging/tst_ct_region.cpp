// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/case.h"
#include "core/imaging/ct_region.h"
#include "core/imaging/image_io.h"
#include "tests/core/imaging/phantoms.h"

#include <QFileInfo>
#include <QTest>
#include <cmath>
#include <limits>

using namespace sulcus;
using namespace sulcus::imaging;

namespace {

/// Air with a block of tissue, of which `lung` and `fat` (0..1) are aerated lung and fat, the rest muscle.
Volume body(double lung, double fat) {
    Volume volume = phantoms::countingVolume(phantoms::grid({40, 40, 20}));
    for (std::size_t i = 0; i < volume.voxels.size(); ++i) {
        const double at = static_cast<double>((i * 7919) % 1000) / 1000.0;
        const bool inside = i % 40 > 5 && i % 40 < 35;
        volume.voxels[i] = !inside ? -1000.0F : at < lung ? -800.0F : at < lung + fat ? -90.0F : 50.0F;
    }
    return volume;
}

/// Pictures of a grey body in black air, with two dark areas as wide as `lung` pixels in it.
Volume picture(int lung, int slices = 3) {
    Volume volume = phantoms::countingVolume(phantoms::grid({40, 30, slices}));
    for (std::size_t i = 0; i < volume.voxels.size(); ++i) {
        const int x = static_cast<int>(i % 40);
        const int y = static_cast<int>(i / 40 % 30);
        const bool inside = x >= 4 && x < 36 && y >= 5 && y < 25;
        const bool dark = y >= 9 && y < 21 && ((x >= 8 && x < 8 + lung) || (x >= 22 && x < 22 + lung));
        volume.voxels[i] = !inside ? 0.0F : dark ? 30.0F : 130.0F + static_cast<float>(i % 7);
    }
    return volume;
}

} // namespace

class CtRegionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tissueSharesTellTheRegion() {
        QCOMPARE(guessCtRegion(body(0.4, 0.1)), CtRegion::Chest);
        QCOMPARE(guessCtRegion(body(0.02, 0.4)), CtRegion::Abdomen);
        QCOMPARE(guessCtRegion(body(0.02, 0.05)), CtRegion::Head);
    }

    void boneTellsAHead() {
        const auto bony = [](double share) {
            Volume volume = body(0.0, 0.1);
            for (std::size_t i = 0; i < volume.voxels.size(); ++i)
                if (volume.voxels[i] > 0.0F && static_cast<double>((i * 104729) % 1000) / 1000.0 < share)
                    volume.voxels[i] = 800.0F;
            return volume;
        };
        QVERIFY(std::abs(boneShare(bony(0.25)) - 0.25 * 0.9) < 0.08);
        QCOMPARE(boneShare(bony(0.0)), 0.0);
        Volume raw = bony(0.25);
        for (float& value : raw.voxels)
            value += 1024.0F;
        QCOMPARE(boneShare(raw), boneShare(bony(0.25)));
        Volume thin = bony(0.25);
        thin.geometry.size[2] = 4;
        thin.voxels.resize(40 * 40 * 4);
        QCOMPARE(boneShare(thin), 0.0);
    }

    void whatIsNotHounsfieldIsUnknown() {
        Volume picture = body(0.4, 0.1);
        for (float& value : picture.voxels)
            value = (value + 1000.0F) / 10.0F;
        QCOMPARE(guessCtRegion(picture), CtRegion::Unknown);
        Volume air = picture;
        std::fill(air.voxels.begin(), air.voxels.end(), -1000.0F);
        QCOMPARE(guessCtRegion(air), CtRegion::Unknown);
        QCOMPARE(guessCtRegion(Volume{}), CtRegion::Unknown);
    }

    void picturesOfAChestEncloseTwoLungs() {
        QCOMPARE(guessPictureRegion(picture(10)), CtRegion::Chest);
        QCOMPARE(guessPictureRegion(picture(10, 1)), CtRegion::Chest);
        QCOMPARE(guessPictureRegion(picture(1)), CtRegion::Unknown);
        QCOMPARE(guessPictureRegion(picture(0)), CtRegion::Unknown);
        // Air around the body is none of it, however dark.
        Volume open = picture(10);
        for (std::size_t i = 0; i < open.voxels.size(); ++i)
            if (i / 40 % 30 >= 21)
                open.voxels[i] = 0.0F;
        QCOMPARE(guessPictureRegion(open), CtRegion::Unknown);
    }

    void picturesOfNothingAreUnknown() {
        QCOMPARE(guessPictureRegion(Volume{}), CtRegion::Unknown);
        Volume flat = picture(10);
        std::fill(flat.voxels.begin(), flat.voxels.end(), 7.0F);
        QCOMPARE(guessPictureRegion(flat), CtRegion::Unknown);
        Volume broken = picture(10);
        std::fill(broken.voxels.begin(), broken.voxels.end(), std::numeric_limits<float>::quiet_NaN());
        QCOMPARE(guessPictureRegion(broken), CtRegion::Unknown);
    }

    void realScansAreRecognised() {
        const QString root = QStringLiteral(SULCUS_SOURCE_DIR "/../shared/data/");
        if (!QFileInfo::exists(root))
            QSKIP("../shared/data is not there");
        for (const char* const name : {"baseline", "followup"}) {
            const QString file = root + QStringLiteral("ct/volumes/elastix_lung_%1_ct.nii.gz").arg(name);
            const auto chest = readVolume(file.toStdString(), TaskContext());
            QVERIFY(chest.has_value());
            QCOMPARE(guessCtRegion(*chest), CtRegion::Chest);
            QVERIFY(boneShare(*chest) < 0.05);
        }
        const auto files = findCase((root + QStringLiteral("formats/dicom_series_ct_head")).toStdString());
        QVERIFY(files.has_value());
        const auto head = readCase(*files, TaskContext());
        QVERIFY(head.has_value());
        // Its values are HU + 1024, without a rescale intercept that says so.
        QCOMPARE(guessCtRegion(*head->volumes.front().volume), CtRegion::Unknown);
        QVERIFY(std::abs(boneShare(*head->volumes.front().volume) - 0.184) < 0.01);
    }
};

QTEST_APPLESS_MAIN(CtRegionTest)
#include "tst_ct_region.moc"
