// SPDX-License-Identifier: Apache-2.0
#include "core/learning/preprocess.h"
#include "tests/core/learning/phantom.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace sulcus::learning;

class PreprocessTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void zScoreLeavesBackgroundAndHasUnitSpread();
    void outliersDoNotMoveTheScale();
    void missingChannelBecomesZero();
    void windowTellsHounsfieldFromPicture();
    void foregroundBoxIsTight();
    void emptyImageHasNoForeground();
    void halvingAveragesBlocks();
    void resamplingThereAndBackKeepsALinearRamp();
    void resamplingKeepsTheGridForAnySpacing_data();
    void resamplingKeepsTheGridForAnySpacing();
    void labelsTakeTheInnermostRegionThatCoversHalf();
    void ignoredVoxelsStayIgnored();
};

void PreprocessTest::zScoreLeavesBackgroundAndHasUnitSpread() {
    auto made = phantom::make(24, 1);
    normalise(made.image, Normalisation{}, {});
    const std::size_t count = made.image.voxelsPerChannel();
    for (std::size_t c = 0; c < 2; ++c) {
        double sum = 0.0;
        double squares = 0.0;
        double n = 0.0;
        for (std::size_t i = c * count; i < (c + 1) * count; ++i) {
            const double value = made.image.values[i];
            if (value != 0.0) {
                sum += value;
                squares += value * value;
                n += 1.0;
            }
        }
        QVERIFY(n > 1000.0 && n < static_cast<double>(count));
        QVERIFY(std::abs(sum / n) < 1e-4);
        QVERIFY(std::abs(squares / n - 1.0) < 1e-3);
    }
}

void PreprocessTest::outliersDoNotMoveTheScale() {
    auto plain = phantom::make(24, 1).image;
    auto wild = plain;
    const auto brightest =
        std::max_element(plain.values.begin(), plain.values.begin() + 24 * 24 * 24) - plain.values.begin();
    wild.values[static_cast<std::size_t>(brightest)] = 32767.0F;
    normalise(plain, Normalisation{}, {});
    normalise(wild, Normalisation{}, {});
    const std::size_t centre = 12 * 24 * 24 + 12 * 24 + 12;
    QVERIFY(std::abs(plain.values[centre] - wild.values[centre]) < 1e-3);
}

void PreprocessTest::missingChannelBecomesZero() {
    auto image = phantom::make(16, 1).image;
    normalise(image, Normalisation{}, {true, false});
    const auto half = image.values.begin() + 16 * 16 * 16;
    QVERIFY(std::any_of(image.values.begin(), half, [](float v) { return v != 0.0F; }));
    QVERIFY(std::all_of(half, image.values.end(), [](float v) { return v == 0.0F; }));
}

void PreprocessTest::windowTellsHounsfieldFromPicture() {
    Normalisation how;
    how.method = "ct_or_window";
    how.low = -1000.0;
    how.high = 400.0;
    Field hounsfield{1, 1, 1, 3, {1, 1, 1}, {-1000.0F, -300.0F, 3000.0F}};
    normalise(hounsfield, how, {});
    QCOMPARE(hounsfield.values, (std::vector<float>{0.0F, 0.5F, 1.0F}));
    Field picture{1, 1, 1, 3, {1, 1, 1}, {0.0F, 51.0F, 255.0F}};
    normalise(picture, how, {});
    QCOMPARE(picture.values, (std::vector<float>{0.0F, 0.2F, 1.0F}));
}

void PreprocessTest::foregroundBoxIsTight() {
    Field image{2, 5, 6, 7, {1, 1, 1}, std::vector<float>(2 * 5 * 6 * 7, 0.0F)};
    image.values[(1 * 6 + 2) * 7 + 3] = 1.0F;
    image.values[5 * 6 * 7 + (3 * 6 + 4) * 7 + 5] = -1.0F;
    const auto box = foregroundBox(image).value();
    QCOMPARE(box.first, (std::array<int, 3>{1, 2, 3}));
    QCOMPARE(box.last, (std::array<int, 3>{4, 5, 6}));
    const Field part = cropped(image, box);
    QCOMPARE(part.values.front(), 1.0F);
    QCOMPARE(part.values.back(), -1.0F);
}

void PreprocessTest::emptyImageHasNoForeground() {
    Field image{1, 2, 2, 2, {1, 1, 1}, std::vector<float>(8, 0.0F)};
    QVERIFY(!foregroundBox(image).has_value());
    NetworkSpec spec;
    QVERIFY(!prepareImage(image, {}, spec).has_value());
}

void PreprocessTest::halvingAveragesBlocks() {
    Field image{1, 2, 2, 4, {1, 1, 1}, {0, 2, 4, 6, 2, 4, 6, 8, 0, 2, 4, 6, 2, 4, 6, 8}};
    const Field half = resampled(image, {2, 2, 2});
    QCOMPARE(half.width, 2);
    QCOMPARE(half.depth, 1);
    QCOMPARE(half.values, (std::vector<float>{2.0F, 6.0F}));
}

void PreprocessTest::resamplingThereAndBackKeepsALinearRamp() {
    // Averaging whole voxels and interpolating both keep a ramp, so any shift of the grids would show; the borders
    // alone are clamped.
    Field ramp{1, 20, 20, 20, {1, 1, 1}, {}};
    for (int d = 0; d < 20; ++d) {
        for (int h = 0; h < 20; ++h) {
            for (int w = 0; w < 20; ++w) {
                ramp.values.push_back(static_cast<float>(d + 2 * h - 3 * w));
            }
        }
    }
    const Field back = resampledTo(resampled(ramp, {2, 4, 2}), {1, 1, 1}, 20, 20, 20);
    for (int d = 3; d < 17; ++d) {
        for (int h = 3; h < 17; ++h) {
            for (int w = 3; w < 17; ++w) {
                const auto i = static_cast<std::size_t>((d * 20 + h) * 20 + w);
                QVERIFY(std::abs(back.values[i] - ramp.values[i]) < 1e-3F);
            }
        }
    }
}

void PreprocessTest::resamplingKeepsTheGridForAnySpacing_data() {
    QTest::addColumn<double>("spacing");
    QTest::addColumn<int>("expected");
    QTest::newRow("same") << 1.0 << 13;
    QTest::newRow("finer") << 0.5 << 26;
    QTest::newRow("coarser, does not divide") << 2.0 << 7;
    QTest::newRow("one voxel") << 100.0 << 1;
}

void PreprocessTest::resamplingKeepsTheGridForAnySpacing() {
    QFETCH(double, spacing);
    QFETCH(int, expected);
    Field image{2, 13, 13, 13, {1, 1, 1}, std::vector<float>(2 * 13 * 13 * 13, 3.0F)};
    const Field result = resampled(image, {spacing, spacing, spacing});
    QCOMPARE(result.depth, expected);
    QCOMPARE(result.width, expected);
    // A constant stays constant wherever the new grid reaches.
    for (const float value : result.values) {
        QVERIFY(std::abs(value - 3.0F) < 1e-5F);
    }
}

void PreprocessTest::labelsTakeTheInnermostRegionThatCoversHalf() {
    NetworkSpec spec;
    spec.nested = true;
    spec.outputs = {{"WT", {1, 2, 4}, 2, 0.5}, {"TC", {1, 4}, 1, 0.5}, {"ET", {4}, 4, 0.5}};
    // Two new voxels: {4, 4, 1, 2, 2, 0, 0, 0} has WT 5/8, TC 3/8; {4, 4, 4, 4, 0...} has ET 1/2.
    LabelField labels{2, 2, 4, {1, 1, 1}, {4, 4, 4, 4, 1, 2, 4, 4, 2, 0, 0, 0, 0, 0, 0, 0}};
    const auto half = resampledLabels(labels, {2, 2, 2}, spec);
    QCOMPARE(half.values, (std::vector<unsigned char>{2, 4}));
}

void PreprocessTest::ignoredVoxelsStayIgnored() {
    NetworkSpec spec;
    spec.outputs = {{"WT", {1}, 1, 0.5}};
    LabelField labels{1, 1, 4, {1, 1, 1}, {255, 255, 1, 255}};
    const auto half = resampledLabels(labels, {2, 1, 1}, spec);
    QCOMPARE(half.values, (std::vector<unsigned char>{255, 255}));
}

QTEST_GUILESS_MAIN(PreprocessTest)
#include "tst_preprocess.moc"
