// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/difference.h"
#include "ui/scene/palette.h"

#include <QTest>
#include <set>

using namespace sulcus;
using namespace sulcus::scene;
using imaging::LabelEra;
using imaging::Target;

class TestDifference : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyVoxelFallsIntoOneOfFourKinds() {
        imaging::LabelMap mask;
        mask.geometry.size = {4, 1, 1};
        mask.voxels = {0, 2, 4, 1};
        imaging::LabelMap truth = mask;
        truth.voxels = {2, 0, 1, 0};
        const auto whole = Difference(Target::WholeTumour, LabelEra::Brats2021, LabelEra::Brats2021).of(mask, truth);
        QVERIFY(imaging::sameGrid(whole.geometry, mask.geometry));
        const std::vector<std::uint8_t> expected{Difference::kFalseNegative, Difference::kFalsePositive,
                                                 Difference::kAgree, Difference::kFalsePositive};
        QCOMPARE(whole.voxels, expected);
        // Oedema is no part of the core.
        const auto core = Difference(Target::TumourCore, LabelEra::Brats2021, LabelEra::Brats2021).of(mask, truth);
        const std::vector<std::uint8_t> inCore{Difference::kNeither, Difference::kNeither, Difference::kAgree,
                                               Difference::kFalsePositive};
        QCOMPARE(core.voxels, inCore);
    }

    void erasOfMaskAndTruthMayDiffer() {
        const Difference enhancing(Target::EnhancingTumour, LabelEra::Brats2021, LabelEra::Brats2023);
        QCOMPARE(enhancing.of(4, 3), Difference::kAgree);
        QCOMPARE(enhancing.of(4, 4), Difference::kFalsePositive); // a cavity in the truth
        QCOMPARE(enhancing.of(2, 3), Difference::kFalseNegative);
    }

    void theThreeKindsHaveColoursOfTheirOwn() {
        std::set<Rgb> colours;
        for (const auto& [value, style] : Difference::styles()) {
            QVERIFY(value != Difference::kNeither && style.visible);
            colours.insert(style.colour);
        }
        QCOMPARE(colours.size(), std::size_t{3});
        for (const auto& [value, style] : defaultLabelStyles(LabelEra::Brats2021))
            QVERIFY2(value == 0 || colours.count(style.colour) == 0, qPrintable(QString::number(value)));
    }
};

QTEST_GUILESS_MAIN(TestDifference)
#include "tst_difference.moc"
