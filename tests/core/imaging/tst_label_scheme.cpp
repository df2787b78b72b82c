// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/label_scheme.h"
#include "tests/core/imaging/phantoms.h"

#include <QTest>

using namespace sulcus::imaging;

class LabelScheme : public QObject {
    Q_OBJECT

    static LabelMap mapOf(std::vector<std::uint8_t> voxels) {
        LabelMap map = phantoms::emptyMap(phantoms::grid({static_cast<int>(voxels.size()), 1, 1}));
        map.voxels = std::move(voxels);
        return map;
    }

private Q_SLOTS:
    void regionsAreNested() {
        for (const LabelEra era : {LabelEra::Brats2021, LabelEra::Brats2023}) {
            for (int value = 0; value < 256; ++value) {
                const auto v = static_cast<std::uint8_t>(value);
                QVERIFY(!belongsTo(v, Target::EnhancingTumour, era) || belongsTo(v, Target::TumourCore, era));
                QVERIFY(!belongsTo(v, Target::TumourCore, era) || belongsTo(v, Target::WholeTumour, era));
            }
        }
    }

    void fourIsTumourBeforeAndCavityAfter2023() {
        QVERIFY(belongsTo(4, Target::EnhancingTumour, LabelEra::Brats2021));
        QVERIFY(!belongsTo(4, Target::WholeTumour, LabelEra::Brats2023));
        QVERIFY(belongsTo(3, Target::EnhancingTumour, LabelEra::Brats2023));
        QVERIFY(belongsTo(4, Target::Mask, LabelEra::Brats2023));
        QVERIFY(!belongsTo(0, Target::Mask, LabelEra::Plain));
    }

    void convertingThereAndBackIsIdentity() {
        const LabelMap map = mapOf({0, 1, 2, 3, 4, 1, 4});
        const LabelMap there = convertEra(map, LabelEra::Brats2023, LabelEra::Brats2021);
        QVERIFY(there.voxels == (std::vector<std::uint8_t>{0, 1, 2, 4, 3, 1, 3}));
        QVERIFY(convertEra(there, LabelEra::Brats2021, LabelEra::Brats2023).voxels == map.voxels);
    }

    void eraIsDetectedFromValues() {
        QVERIFY(detectEra(mapOf({0, 1, 2})) == std::nullopt);
        QVERIFY(detectEra(mapOf({0, 1, 4})) == LabelEra::Brats2021);
        QVERIFY(detectEra(mapOf({0, 1, 3})) == LabelEra::Brats2023);
        QVERIFY(detectEra(mapOf({0, 3, 4})) == LabelEra::Brats2023);
        QVERIFY(detectEra(mapOf({0, 9})) == LabelEra::Plain);
    }

    void namesRoundTrip() {
        for (const LabelEra era : {LabelEra::Brats2021, LabelEra::Brats2023, LabelEra::Plain}) {
            QVERIFY(eraFromString(sulcus::imaging::toString(era)) == era);
            for (const LabelDefinition& d : labelDefinitions(era)) {
                QVERIFY(d.messageId.starts_with("label."));
                QVERIFY(d.value != 0);
            }
        }
        for (const Target t : {Target::WholeTumour, Target::TumourCore, Target::EnhancingTumour, Target::Mask}) {
            QVERIFY(targetFromString(sulcus::imaging::toString(t)) == t);
        }
    }
};

QTEST_APPLESS_MAIN(LabelScheme)
#include "tst_label_scheme.moc"
