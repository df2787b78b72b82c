// SPDX-License-Identifier: Apache-2.0
#include "core/learning/otsu.h"

#include <QtTest>
#include <limits>

using namespace sulcus::learning;

class TestOtsu : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theThresholdLiesBetweenTwoHeaps() {
        std::vector<float> values;
        for (int n = 0; n < 300; ++n)
            values.push_back(10.0F + static_cast<float>(n % 5));
        for (int n = 0; n < 40; ++n)
            values.push_back(200.0F + static_cast<float>(n % 9));
        values.push_back(std::numeric_limits<float>::quiet_NaN());
        const float threshold = otsuThreshold(values);
        QVERIFY(threshold > 14.0F && threshold < 200.0F);
    }

    void equalValuesAndNothingHaveAThreshold() {
        QCOMPARE(otsuThreshold({3.0F, 3.0F}), 3.0F);
        QCOMPARE(otsuThreshold({}), 0.0F);
    }

    // Two inputs: the first says nothing, the second shows what is looked for dark on bright.
    void theBestInputAndSideAreFound() {
        OtsuRival rival({"noise", "ct"}, {OutputSpec{"lung", {1}}, OutputSpec{"all", {1, 2}}});
        std::vector<float> image{5, 6, 5, 6, 5, 6, 5, 6, /* ct */ 1, 1, 1, 90, 91, 90, 92, 90};
        const std::vector<unsigned char> labels{1, 1, 1, 0, 0, 0, 0, 255};
        rival.add(image.data(), labels.data(), 8, false);
        const auto scores = rival.scores();
        QCOMPARE(scores.size(), std::size_t{2});
        QCOMPARE(scores[0].output, std::string("lung"));
        QCOMPARE(scores[0].input, std::string("ct"));
        QVERIFY(!scores[0].bright);
        QCOMPARE(scores[0].dice, 1.0);
    }

    // By hand: of the non-zero voxels 1 1 9 9 the two bright ones are marked, one of them truly; truth has two: Dice
    // 1/2.
    void backgroundOfZerosTakesNoPart() {
        OtsuRival rival({"flair"}, {OutputSpec{"WT", {2}}});
        const std::vector<float> image{0, 0, 0, 0, 0, 0, 1, 1, 9, 9};
        const std::vector<unsigned char> labels{0, 0, 0, 2, 0, 0, 0, 0, 2, 0};
        rival.add(image.data(), labels.data(), image.size(), true);
        QCOMPARE(rival.scores().front().dice, 0.5);
        QVERIFY(rival.scores().front().bright);
    }

    void scoresAreMeansOverCases() {
        OtsuRival rival({"ct"}, {OutputSpec{"lung", {1}}});
        const std::vector<float> image{1, 1, 9, 9};
        const std::vector<unsigned char> right{0, 0, 1, 1};
        const std::vector<unsigned char> half{0, 1, 1, 0}; // 2 * 1 / (2 + 2)
        QVERIFY(rival.scores().empty());
        rival.add(image.data(), right.data(), 4, false);
        rival.add(image.data(), half.data(), 4, false);
        QCOMPARE(rival.scores().front().dice, 0.75);
    }
};

QTEST_GUILESS_MAIN(TestOtsu)
#include "tst_otsu.moc"
