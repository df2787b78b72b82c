// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/ct_units.h"

#include <QTest>
#include <limits>

using namespace sulcus::imaging;

namespace {

/// Air outside, a body of soft tissue with some bone, and a share of lung in it; `zero` is added to all.
Volume chest(double lung, float zero) {
    Volume volume;
    volume.geometry.size = {40, 40, 40};
    for (std::size_t n = 0; n < volume.geometry.voxelCount(); ++n) {
        const double place = static_cast<double>(n % 1000) / 1000.0;
        const float hounsfield = place < 0.4                ? -1000.0F
                                 : place < 0.4 + 0.6 * lung ? -800.0F
                                 : place < 0.98             ? 40.0F
                                                            : 900.0F;
        volume.voxels.push_back(hounsfield + zero);
    }
    return volume;
}

} // namespace

class TestCtUnits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hounsfieldUnitsHaveWaterAtZero() { QCOMPARE(waterOf(chest(0.1, 0.0F)), 0.0F); }

    void rawNumbersHaveWaterAt1024() { QCOMPARE(waterOf(chest(0.1, 1024.0F)), 1024.0F); }

    void paddingAndMetalDoNotHideTheUnit() {
        for (const float padding : {-2000.0F, -3024.0F}) {
            Volume raw = chest(0.1, 1024.0F);
            Volume hounsfield = chest(0.1, 0.0F);
            for (std::size_t n = 0; n < raw.voxels.size(); n += 4)
                raw.voxels[n] = hounsfield.voxels[n] = padding;
            raw.voxels[1] = 12000.0F;
            raw.voxels[2] = -40.0F;
            QCOMPARE(waterOf(raw), 1024.0F);
            QCOMPARE(waterOf(hounsfield), 0.0F);
        }
    }

    void picturesAndEmptyVolumesHaveNoRawNumbers() {
        QCOMPARE(waterOf({}), 0.0F);
        Volume picture = chest(0.2, 1024.0F);
        for (float& value : picture.voxels)
            value = value / 2000.0F * 255.0F;
        QCOMPARE(waterOf(picture), 0.0F);
    }

    void whatIsNoNumberDoesNotCount() {
        Volume volume = chest(0.1, 1024.0F);
        volume.voxels[3] = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(waterOf(volume), 1024.0F);
    }
};

QTEST_APPLESS_MAIN(TestCtUnits)
#include "tst_ct_units.moc"
