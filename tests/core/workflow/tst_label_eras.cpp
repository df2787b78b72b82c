// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/label_eras.h"
#include "tests/core/workflow/phantom.h"

#include <QtTest>

using namespace sulcus;
using imaging::LabelEra;
using tests::Phantom;

class TestLabelEras : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theValuesDecideBeforeNames_data() {
        QTest::addColumn<QByteArray>("values");
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("around");
        QTest::addColumn<int>("era");
        const auto era = [](LabelEra e) { return static_cast<int>(e); };
        constexpr int kNone = -1;
        QTest::newRow("2021 values") << QByteArray("\0\1\2\4", 4) << "m.nii.gz" << kNone << era(LabelEra::Brats2021);
        QTest::newRow("2023 values") << QByteArray("\0\1\2\3", 4) << "m.nii.gz" << kNone << era(LabelEra::Brats2023);
        QTest::newRow("3 in a 2021 case")
            << QByteArray("\0\2\3", 3) << "m.nii.gz" << era(LabelEra::Brats2021) << era(LabelEra::Brats2023);
        QTest::newRow("4 in a 2023 case is a cavity")
            << QByteArray("\0\2\4", 3) << "m.nii.gz" << era(LabelEra::Brats2023) << era(LabelEra::Brats2023);
        QTest::newRow("3 and 4") << QByteArray("\0\3\4", 3) << "m.nii.gz" << kNone << era(LabelEra::Brats2023);
        QTest::newRow("named 2023") << QByteArray("\0\2", 2) << "BraTS-GLI-00001-000-seg.nii.gz" << kNone
                                    << era(LabelEra::Brats2023);
        QTest::newRow("named 2021") << QByteArray("\0\2", 2) << "x_seg.nii.gz" << kNone << era(LabelEra::Brats2021);
        QTest::newRow("organs") << QByteArray("\0\1\7", 3) << "ct.nii.gz" << kNone << era(LabelEra::Plain);
        QTest::newRow("ones alone") << QByteArray("\0\1", 2) << "liver_seg.nii.gz" << kNone << era(LabelEra::Plain);
        QTest::newRow("ones alone, 2021 by name")
            << QByteArray("\0\1", 2) << "BraTS20_Training_001_seg.nii.gz" << kNone << era(LabelEra::Brats2021);
        QTest::newRow("ones alone, 2023 by name")
            << QByteArray("\0\1", 2) << "BraTS-GLI-00001-000-seg.nii.gz" << kNone << era(LabelEra::Brats2023);
        QTest::newRow("ones alone in a 2023 case")
            << QByteArray("\0\1", 2) << "m.nii.gz" << era(LabelEra::Brats2023) << era(LabelEra::Brats2023);
        QTest::newRow("nothing marked") << QByteArray("\0\0", 2) << "m.nii.gz" << kNone << era(LabelEra::Brats2021);
        QTest::newRow("plain case") << QByteArray("\0\1\3", 3) << "ct.nii.gz" << era(LabelEra::Plain)
                                    << era(LabelEra::Plain);
    }
    void theValuesDecideBeforeNames() {
        QFETCH(QByteArray, values);
        QFETCH(QString, file);
        QFETCH(int, around);
        QFETCH(int, era);
        imaging::LabelMap map;
        map.geometry.size = {static_cast<int>(values.size()), 1, 1};
        map.voxels.assign(values.begin(), values.end());
        const auto given = around < 0 ? std::optional<LabelEra>() : std::optional(static_cast<LabelEra>(around));
        QCOMPARE(static_cast<int>(workflow::detectEra(map, file.toStdString(), given)), era);
    }

    void ourOwnHeaderTextDecidesFirst() {
        auto map = Phantom::mask();
        map.description = "Sulcus brain-tumour 1.0, labels brats2023";
        QVERIFY(workflow::detectEra(map, "x_seg.nii.gz", LabelEra::Brats2021) == LabelEra::Brats2023);
    }

    void aHeaderTextThatSaysBratsKeepsOnesBrats() {
        imaging::LabelMap map;
        map.geometry.size = {2, 1, 1};
        map.voxels = {0, 1};
        map.description = "BraTS 2020";
        QVERIFY(workflow::detectEra(map, "m.nii.gz") == LabelEra::Brats2021);
    }

    void aCaseSaysWhichNumbersItsMasksHave() {
        auto imagingCase = *Phantom::makeCase();
        imagingCase.files.era = LabelEra::Brats2023;
        QVERIFY(workflow::eraAround(imagingCase) == LabelEra::Brats2023);
        imagingCase.files.kind = imaging::CaseKind::SingleVolume;
        QVERIFY(!workflow::eraAround(imagingCase)); // one FLAIR alone
        for (const auto sequence : {imaging::Sequence::Ct, imaging::Sequence::Other}) {
            imagingCase.volumes = {{sequence, imagingCase.volumes.front().volume}};
            QVERIFY(workflow::eraAround(imagingCase) == LabelEra::Plain);
        }
    }

    void targetsAddUp() {
        const auto map = Phantom::mask();
        const auto counts = workflow::countLabels(map);
        const auto ml = [&](imaging::Target target) {
            return workflow::targetMl(counts, target, LabelEra::Brats2021, map.geometry);
        };
        constexpr double kVoxelMl = 0.008;
        QCOMPARE(ml(imaging::Target::WholeTumour), 8 * 8 * 6 * kVoxelMl);
        QCOMPARE(ml(imaging::Target::TumourCore), 4 * 4 * 2 * kVoxelMl);
        QCOMPARE(ml(imaging::Target::EnhancingTumour), (4 * 4 * 2 - 2 * 2 * 2) * kVoxelMl);
    }

    void aBundleSpeaksBratsByItsOutputsOrLabels() {
        learning::Bundle bundle;
        bundle.outputs = {{"lung", 0.5}};
        QVERIFY(!workflow::isBratsBundle(bundle));
        bundle.outputs = {{"WT", 0.5}, {"TC", 0.5}};
        QVERIFY(workflow::isBratsBundle(bundle));
        bundle.outputs = {{"background", 0.5}};
        bundle.labels = {{4, "ET", "Enhancing", {}}};
        QVERIFY(workflow::isBratsBundle(bundle));
    }

    void eraNamesReadBothWays() {
        for (const auto era : {LabelEra::Brats2021, LabelEra::Brats2023, LabelEra::Plain})
            QVERIFY(workflow::eraFromString(imaging::toString(era)) == era);
        QVERIFY(workflow::eraFromString("2021") == LabelEra::Brats2021);
        QVERIFY(!workflow::eraFromString("2022"));
        QVERIFY(!workflow::eraFromString(""));
    }
};

QTEST_GUILESS_MAIN(TestLabelEras)
#include "tst_label_eras.moc"
