// SPDX-License-Identifier: Apache-2.0
#include "core/learning/class_metrics.h"
#include "core/learning/random.h"
#include "core/learning/spec.h"
#include "core/learning/view_images.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace sulcus;
using namespace sulcus::learning;

namespace {

Field picture(int height, int width, float (*value)(int y, int x)) {
    Field field{1, 1, height, width, {1.0, 1.0, 1.0}, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            field.values.push_back(value(y, x));
        }
    }
    return field;
}

NetworkSpec spec(std::size_t views, int side) {
    NetworkSpec result;
    result.task = "classification";
    for (std::size_t n = 0; n < views; ++n) {
        result.inputs.push_back("view" + std::to_string(n + 1));
    }
    result.patch = {side, side};
    result.normalisation.method = "window";
    result.normalisation.low = 0.0;
    result.normalisation.high = 255.0;
    result.outputs.resize(1);
    return result;
}

} // namespace

/// From pictures to what a classification network sees, and from its answers to figures.
class ViewImagesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalisingSpreadsTheGreys() {
        // 4 pixels of 10, 2 of 20, 2 of 200: n = 4, 6, 8; (n - 4) / (8 - 4) * 255.
        std::vector<float> values{10, 10, 20, 200, 10, 20, 200, 10};
        equaliseHistogram(values);
        QCOMPARE(values, (std::vector<float>{0, 0, 128, 255, 0, 128, 255, 0}));
    }

    void equalisingKeepsTheOrderOfAnyGreys() {
        Random random(3);
        std::vector<float> values;
        for (int n = 0; n < 500; ++n) {
            values.push_back(static_cast<float>(random.uniform(-900.0, 3000.0))); // a 12-bit frame
        }
        auto equal = values;
        equaliseHistogram(equal);
        QCOMPARE(*std::min_element(equal.begin(), equal.end()), 0.0F);
        QCOMPARE(*std::max_element(equal.begin(), equal.end()), 255.0F);
        for (std::size_t n = 1; n < values.size(); ++n) {
            QVERIFY(values[n] < values[n - 1] ? equal[n] <= equal[n - 1] : equal[n] >= equal[n - 1]);
        }
    }

    void aFlatPictureStaysFlat() {
        std::vector<float> values(9, 7.0F);
        equaliseHistogram(values);
        QCOMPARE(values, std::vector<float>(9, 7.0F));
    }

    void resizingKeepsStraightLinesStraight() {
        // Cubic convolution reproduces a linear ramp exactly where its kernel lies inside the picture.
        const auto ramp = picture(12, 20, [](int y, int x) { return static_cast<float>(3 * x + 5 * y); });
        for (const auto& [height, width] : {std::pair{24, 40}, std::pair{6, 10}, std::pair{18, 30}}) {
            const auto other = resizedCubic(ramp, height, width);
            QCOMPARE(other.values.size(), static_cast<std::size_t>(height * width));
            for (int y = height / 2 - 1; y <= height / 2; ++y) {
                for (int x = width / 3; x < 2 * width / 3; ++x) {
                    const double expected =
                        3.0 * ((x + 0.5) * 20.0 / width - 0.5) + 5.0 * ((y + 0.5) * 12.0 / height - 0.5);
                    QVERIFY(std::abs(static_cast<double>(other.values[static_cast<std::size_t>(y * width + x)]) -
                                     expected) < 1e-3);
                }
            }
        }
    }

    void shrinkingKeepsAThinVessel() {
        // A line one pixel wide keeps its share of darkness wherever it lies.
        for (int column = 20; column < 26; ++column) {
            auto line = picture(64, 64, [](int, int) { return 0.0F; });
            for (int y = 0; y < 64; ++y) {
                line.values[static_cast<std::size_t>(y * 64 + column)] = 100.0F;
            }
            const auto small = resizedCubic(line, 16, 16);
            float sum = 0.0F;
            for (int x = 0; x < 16; ++x) {
                sum += small.values[static_cast<std::size_t>(8 * 16 + x)];
            }
            QVERIFY(std::abs(sum - 25.0F) < 1.5F);
        }
    }

    void theSameSizeIsTheSamePicture() {
        const auto one = picture(9, 7, [](int y, int x) { return static_cast<float>(x * y); });
        QCOMPARE(resizedCubic(one, 9, 7).values, one.values);
    }

    void viewsBecomeChannels() {
        const auto dark = picture(20, 30, [](int, int x) { return x < 15 ? 0.0F : 51.0F; });
        const auto bright = picture(40, 40, [](int y, int) { return y < 20 ? 255.0F : 102.0F; });
        const auto made = prepareViews("p", {dark, bright}, spec(2, 10));
        QVERIFY(made.has_value());
        QCOMPARE(made->channels, 2);
        QCOMPARE(made->height, 10);
        QCOMPARE(made->width, 10);
        QVERIFY(std::abs(made->values[0]) < 1e-3F);
        QVERIFY(std::abs(made->values[9] - 0.2F) < 1e-3F);
        QVERIFY(std::abs(made->values[100] - 1.0F) < 1e-3F);
        QVERIFY(std::abs(made->values[199] - 0.4F) < 1e-3F);
        auto equalised = spec(2, 10);
        equalised.normalisation.equaliseHistogram = true;
        const auto spread = prepareViews("p", {dark, bright}, equalised);
        QVERIFY(spread.has_value());
        QVERIFY(std::abs(spread->values[9] - 1.0F) < 1e-3F);
    }

    void wrongViewsAreRefused() {
        const auto view = picture(8, 8, [](int, int x) { return static_cast<float>(x); });
        const auto few = prepareViews("p", {view}, spec(2, 8));
        QVERIFY(!few && few.error().message.id == "learning.view_count");
        const auto flat = picture(8, 8, [](int, int) { return 3.0F; });
        const auto empty = prepareViews("p", {view, flat}, spec(2, 8));
        QVERIFY(!empty && empty.error().message.id == "learning.image_empty");
        QVERIFY(!prepareViews("p", {view, Field{}}, spec(2, 8)));
    }

    void figuresOfKnownAnswers() {
        std::vector<OutputSpec> outputs(2);
        outputs[0].name = "Aneurysm";
        outputs[1].name = "MCA";
        ClassScores scores(2);
        // Said 0.9, 0.6, 0.4, 0.2 of yes, no, yes, no: one of each kind; of the four pairs three are in order.
        scores.score[0] = {0.9, 0.6, 0.4, 0.2};
        scores.truth[0] = {1, 0, 1, 0};
        scores.score[1] = {0.9, 0.1, 0.8, 0.3};
        scores.truth[1] = {1, 255, 1, 255};
        const auto all = classMetrics(scores, outputs, 200);
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all[0].accuracy.value(), 0.5);
        QCOMPARE(all[0].sensitivity.value(), 0.5);
        QCOMPARE(all[0].specificity.value(), 0.5);
        QCOMPARE(all[0].area.value(), 0.75);
        QCOMPARE(all[0].positives, std::size_t{2});
        QVERIFY(all[0].areaInterval->low <= 0.75 && all[0].areaInterval->high >= 0.75);
        // What is not known is not counted; with one class only there is no area, and no specificity.
        QCOMPARE(all[1].positives, std::size_t{2});
        QCOMPARE(all[1].negatives, std::size_t{0});
        QVERIFY(!all[1].area && !all[1].specificity && !all[1].areaInterval);
        QVERIFY(!classMetrics(scores, outputs, 0)[0].areaInterval);
    }

    void theIntervalIsThatOfTheResamples() {
        // Scores no 0.2, yes 0.5, no 0.8. A resample's area is 0 or 1 when it lacks one of the negatives (6 of 18
        // each), 0.5 or another fraction when it has both: the percentiles are 0 and 1 exactly.
        const auto wide = areaInterval({0.2, 0.5, 0.8}, {false, true, false}, 2000, 7);
        QVERIFY(wide.has_value());
        QCOMPARE(wide->low, 0.0);
        QCOMPARE(wide->high, 1.0);
        // A perfect ranking stays perfect in every resample, and equal scores tell nothing in any.
        const auto perfect = areaInterval({0.1, 0.2, 0.8, 0.9}, {false, false, true, true}, 500, 7);
        QCOMPARE(perfect->low, 1.0);
        QCOMPARE(perfect->high, 1.0);
        const auto equal = areaInterval({0.5, 0.5, 0.5}, {false, true, true}, 500, 7);
        QCOMPARE(equal->low, 0.5);
        QCOMPARE(equal->high, 0.5);
        // Hanley and McNeil's standard error for an area of 0.8 of 50 against 50 is about 0.044: the interval is near
        // 1.96 of it to both sides.
        Random random(11);
        std::vector<double> scores;
        std::vector<bool> positive;
        for (int n = 0; n < 100; ++n) {
            positive.push_back(n % 2 == 0);
            scores.push_back(random.normal() + (n % 2 == 0 ? 1.19 : 0.0));
        }
        const auto interval = areaInterval(scores, positive, 1000, 7);
        const double width = interval->high - interval->low;
        QVERIFY2(width > 0.10 && width < 0.24, qPrintable(QString::number(width)));
    }
};

QTEST_GUILESS_MAIN(ViewImagesTest)
#include "tst_view_images.moc"
