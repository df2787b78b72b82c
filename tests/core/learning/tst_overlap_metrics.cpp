// SPDX-License-Identifier: Apache-2.0
#include "core/learning/components.h"
#include "core/learning/half.h"
#include "core/learning/overlap_metrics.h"
#include "core/learning/random.h"
#include "core/learning/sha256.h"

#include <QtTest>
#include <cmath>

using namespace sulcus::learning;

class OverlapMetricsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void handCountedValues();
    void mapWithItselfIsPerfect();
    void twoEmptyMapsAgree();
    void emptyTruthHasNoSensitivity();
    void unknownTruthIsLeftOut();
    void areaUnderCurveOfKnownRankings();
    void areaNeedsBothClasses();
    void intervalHoldsTheMeanAndShrinks();
    void smallPiecesVanishAndTheLargestStays();
    void looseOedemaWithoutCoreVanishes();
    void holesAreFilledOnlyWhenClosed();
    void aHoleAsLargeAsAnOrganStays();
    void littleEnhancementIsFoldedIntoTheCore();
    void hashOfKnownTexts();
    void halvesRoundTrip();
};

void OverlapMetricsTest::handCountedValues() {
    // tp 2, fp 1, fn 1, tn 2
    const Confusion c = confusion({1, 4, 2, 0, 0, 0}, {1, 1, 0, 4, 0, 0}, {1, 2, 4});
    QCOMPARE(c.truePositive, 2U);
    QCOMPARE(c.falsePositive, 1U);
    QCOMPARE(c.falseNegative, 1U);
    QCOMPARE(c.trueNegative, 2U);
    QCOMPARE(dice(c), 4.0 / 6.0);
    QCOMPARE(iou(c), 0.5);
    QCOMPARE(sensitivity(c).value(), 2.0 / 3.0);
    QCOMPARE(specificity(c).value(), 2.0 / 3.0);
    QCOMPARE(accuracy(c).value(), 4.0 / 6.0);
}

void OverlapMetricsTest::mapWithItselfIsPerfect() {
    const std::vector<unsigned char> map{0, 1, 2, 4, 0, 2};
    const Confusion c = confusion(map, map, {2, 4});
    QCOMPARE(dice(c), 1.0);
    QCOMPARE(iou(c), 1.0);
    QCOMPARE(accuracy(c).value(), 1.0);
}

void OverlapMetricsTest::twoEmptyMapsAgree() {
    const Confusion c = confusion({0, 0}, {0, 0}, {1});
    QCOMPARE(dice(c), 1.0);
    QCOMPARE(iou(c), 1.0);
    QCOMPARE(dice(confusion({1, 0}, {0, 0}, {1})), 0.0);
}

void OverlapMetricsTest::emptyTruthHasNoSensitivity() {
    QVERIFY(!sensitivity(confusion({1, 0}, {0, 0}, {1})).has_value());
    QVERIFY(!specificity(confusion({1, 1}, {1, 1}, {1})).has_value());
    QVERIFY(!accuracy(confusion({}, {}, {1})).has_value());
}

void OverlapMetricsTest::unknownTruthIsLeftOut() {
    const Confusion c = confusion({1, 1, 0}, {255, 1, 255}, {1});
    QCOMPARE(c.truePositive, 1U);
    QCOMPARE(c.falsePositive + c.falseNegative + c.trueNegative, 0U);
}

void OverlapMetricsTest::areaUnderCurveOfKnownRankings() {
    QCOMPARE(areaUnderCurve({0.1, 0.2, 0.8, 0.9}, {false, false, true, true}).value(), 1.0);
    QCOMPARE(areaUnderCurve({0.9, 0.8, 0.2, 0.1}, {false, false, true, true}).value(), 0.0);
    QCOMPARE(areaUnderCurve({0.5, 0.5, 0.5, 0.5}, {false, true, false, true}).value(), 0.5);
    // Of the four pairs three are in order.
    QCOMPARE(areaUnderCurve({0.1, 0.4, 0.35, 0.8}, {false, false, true, true}).value(), 0.75);
}

void OverlapMetricsTest::areaNeedsBothClasses() {
    QVERIFY(!areaUnderCurve({0.1, 0.2}, {true, true}).has_value());
    QVERIFY(!areaUnderCurve({0.1, std::nan("")}, {true, false}).has_value());
    QVERIFY(!areaInterval({0.1, 0.2}, {true, true}).has_value());
}

void OverlapMetricsTest::intervalHoldsTheMeanAndShrinks() {
    Random random(5);
    std::vector<double> few;
    std::vector<double> many;
    for (int i = 0; i < 400; ++i) {
        many.push_back(0.5 + 0.1 * random.normal());
        if (i < 20) {
            few.push_back(many.back());
        }
    }
    const auto wide = meanInterval(few).value();
    const auto narrow = meanInterval(many).value();
    QVERIFY(narrow.low < 0.51 && narrow.high > 0.49);
    QVERIFY(wide.high - wide.low > narrow.high - narrow.low);
    // Five deviations of the mean (0.1 / sqrt(400)) bound the width.
    QVERIFY(narrow.high - narrow.low < 5.0 * 0.1 / std::sqrt(400.0));
}

void OverlapMetricsTest::smallPiecesVanishAndTheLargestStays() {
    NetworkSpec spec;
    spec.task = "segmentation-3d";
    spec.outputs = {{"WT", {2}, 2, 0.5}};
    LabelField labels{1, 3, 9, {1.0, 1.0, 1.0}, {2, 2, 0, 0, 2, 0, 0, 0, 2, //
                                                 2, 2, 0, 0, 0, 0, 0, 2, 0, //
                                                 0, 0, 0, 0, 0, 0, 0, 0, 0}};
    auto found = components(labels.values, 1, 3, 9);
    QCOMPARE(found.voxels.size(), 3U); // diagonal neighbours belong together
    spec.postProcessing.smallestComponentMl = 0.002;
    auto cleaned = labels;
    postProcess(cleaned, spec);
    QCOMPARE(std::count(cleaned.values.begin(), cleaned.values.end(), 2), 6);
    spec.postProcessing.smallestComponentMl = 1.0;
    postProcess(cleaned, spec);
    QCOMPARE(std::count(cleaned.values.begin(), cleaned.values.end(), 2), 4);
    cleaned = labels;
    spec.postProcessing.smallestComponentMl = 0.0;
    spec.postProcessing.keepLargest = 2;
    postProcess(cleaned, spec);
    QCOMPARE(std::count(cleaned.values.begin(), cleaned.values.end(), 2), 6);
}

void OverlapMetricsTest::looseOedemaWithoutCoreVanishes() {
    NetworkSpec spec;
    spec.task = "segmentation-3d";
    spec.outputs = {{"WT", {1, 2, 4}, 2, 0.5}, {"TC", {1, 4}, 1, 0.5}, {"ET", {4}, 4, 0.5}};
    spec.postProcessing.corelessShare = 0.5;
    LabelField labels{1, 1, 12, {1.0, 1.0, 1.0}, {2, 1, 4, 2, 0, 2, 0, 1, 0, 2, 2, 0}};
    postProcess(labels, spec);
    // A single voxel of oedema goes; a single voxel of core and a piece of half the largest one's size stay.
    QCOMPARE(labels.values, (std::vector<unsigned char>{2, 1, 4, 2, 0, 0, 0, 1, 0, 2, 2, 0}));
}

void OverlapMetricsTest::holesAreFilledOnlyWhenClosed() {
    LabelField block{1, 7, 7, {1.0, 1.0, 1.0}, std::vector<unsigned char>(49, 0)};
    for (int h = 1; h < 6; ++h) {
        for (int w = 1; w < 6; ++w) {
            block.values[static_cast<std::size_t>(7 * h + w)] = 1;
        }
    }
    block.values[24] = 0;
    auto open = block;
    open.values[17] = open.values[10] = 0; // a way from the hole to the border
    fillHoles(block, 1, true);
    QCOMPARE(std::count(block.values.begin(), block.values.end(), 1), 25);
    fillHoles(open, 1, true);
    QCOMPARE(std::count(open.values.begin(), open.values.end(), 1), 22);
}

void OverlapMetricsTest::aHoleAsLargeAsAnOrganStays() {
    LabelField ring{1, 5, 5, {1.0, 1.0, 1.0}, {0, 0, 0, 0, 0, //
                                               0, 1, 1, 1, 0, //
                                               0, 1, 0, 1, 0, //
                                               0, 1, 1, 1, 0, //
                                               0, 0, 0, 0, 0}};
    fillHoles(ring, 1, true);
    QCOMPARE(std::count(ring.values.begin(), ring.values.end(), 1), 8); // an eighth of the ring is over a tenth
}

void OverlapMetricsTest::littleEnhancementIsFoldedIntoTheCore() {
    NetworkSpec spec;
    spec.outputs = {{"WT", {1, 2, 4}, 2, 0.5}, {"TC", {1, 4}, 1, 0.5}, {"ET", {4}, 4, 0.5}};
    spec.postProcessing.smallestInnerMl = 0.003;
    LabelField labels{1, 1, 5, {1.0, 1.0, 1.0}, {2, 1, 4, 4, 0}};
    postProcess(labels, spec);
    QCOMPARE(labels.values, (std::vector<unsigned char>{2, 1, 1, 1, 0}));
}

void OverlapMetricsTest::hashOfKnownTexts() {
    // FIPS 180-4 examples.
    QCOMPARE(sha256("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(sha256(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QCOMPARE(sha256(std::string(1000000, 'a')),
             std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
}

void OverlapMetricsTest::halvesRoundTrip() {
    for (std::uint32_t bits = 0; bits < 0x7c00; ++bits) {
        const auto half = static_cast<std::uint16_t>(bits);
        QCOMPARE(toHalf(fromHalf(half)), half);
        QCOMPARE(toHalf(-fromHalf(half)), static_cast<std::uint16_t>(half | 0x8000));
    }
    QCOMPARE(fromHalf(toHalf(1.0F)), 1.0F);
    QCOMPARE(toHalf(1e9F), std::uint16_t{0x7c00});
    QVERIFY(std::isnan(fromHalf(toHalf(std::nanf("")))));
    // Half-way cases go to the even neighbour.
    QCOMPARE(fromHalf(toHalf(2049.0F)), 2048.0F);
    QCOMPARE(fromHalf(toHalf(2051.0F)), 2052.0F);
}

QTEST_GUILESS_MAIN(OverlapMetricsTest)
#include "tst_overlap_metrics.moc"
