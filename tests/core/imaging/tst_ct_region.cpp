// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/case.h"
#include "core/imaging/ct_region.h"
#include "core/imaging/image_io.h"
#include "tests/core/imaging/phantoms.h"

#include <QFileInfo>
#include <QTest>

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

} // namespace

class CtRegionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tissueSharesTellTheRegion() {
        QCOMPARE(guessCtRegion(body(0.4, 0.1)), CtRegion::Chest);
        QCOMPARE(guessCtRegion(body(0.02, 0.4)), CtRegion::Abdomen);
        QCOMPARE(guessCtRegion(body(0.02, 0.05)), CtRegion::Head);
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

    void realScansAreRecognised() {
        const QString root = QStringLiteral(SULCUS_SOURCE_DIR "/../shared/data/");
        if (!QFileInfo::exists(root))
            QSKIP("../shared/data is not there");
        for (const char* const name : {"baseline", "followup"}) {
            const QString file = root + QStringLiteral("ct/volumes/elastix_lung_%1_ct.nii.gz").arg(name);
            const auto chest = readVolume(file.toStdString(), TaskContext());
            QVERIFY(chest.has_value());
            QCOMPARE(guessCtRegion(*chest), CtRegion::Chest);
        }
        const auto files = findCase((root + QStringLiteral("formats/dicom_series_ct_head")).toStdString());
        QVERIFY(files.has_value());
        const auto head = readCase(*files, TaskContext());
        QVERIFY(head.has_value());
        // Its values are HU + 1024, without a rescale intercept that says so.
        QCOMPARE(guessCtRegion(*head->volumes.front().volume), CtRegion::Unknown);
    }
};

QTEST_APPLESS_MAIN(CtRegionTest)
#include "tst_ct_region.moc"
