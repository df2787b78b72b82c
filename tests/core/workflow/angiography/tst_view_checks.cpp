// SPDX-License-Identifier: Apache-2.0
// What the check of classified pictures says of made-up ones; beside the generator, which learning's own tests lack.
#include "core/learning/view_checks.h"
#include "core/workflow/angiography/synthetic_angiography.h"
#include "core/workflow/angiography/vessel_tree.h"

#include <QTest>
#include <cmath>
#include <functional>

using namespace sulcus;
using learning::Field;

namespace {

constexpr int kSize = 160;

/// A picture of `grey(x, y)`, both -1..1, with a little noise.
Field drawn(const std::function<double(double, double)>& grey, unsigned seed) {
    Field view{1, 1, kSize, kSize, {1.0, 1.0, 1.0}, {}};
    unsigned state = seed * 2654435761U + 1U;
    for (int y = 0; y < kSize; ++y)
        for (int x = 0; x < kSize; ++x) {
            state = state * 1664525U + 1013904223U;
            const double noise = static_cast<double>(state >> 24U) / 255.0 * 8.0 - 4.0;
            view.values.push_back(
                static_cast<float>(grey(2.0 * (x + 0.5) / kSize - 1.0, 2.0 * (y + 0.5) / kSize - 1.0) + noise));
        }
    return view;
}

std::vector<Field> eight(const std::function<double(double, double, int)>& grey) {
    std::vector<Field> views;
    for (int n = 0; n < 8; ++n)
        views.push_back(drawn([&](double x, double y) { return grey(x, y, n); }, static_cast<unsigned>(n)));
    return views;
}

/// 1 on three winding lines, 0 elsewhere.
double onLine(double x, double y, int view) {
    double most = 0.0;
    for (int n = -1; n <= 1; ++n) {
        const double d = (x - 0.4 * n - 0.15 * std::sin(4.0 * y + view)) / 0.025;
        most = std::max(most, std::exp(-d * d));
    }
    return most;
}

/// A slice: a head with a bright skull in dark air.
double slice(double x, double y, int view) {
    const double r = std::sqrt(x * x / 0.5 + y * y / 0.7);
    return r > 1.0 ? 0.0 : r > 0.92 ? 240.0 : 110.0 + 25.0 * std::sin(7.0 * x + view) * std::cos(6.0 * y);
}

} // namespace

class TestViewChecks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void syntheticAngiographyIsNotDoubted() {
        for (std::uint64_t seed = 1; seed <= 16; ++seed) {
            const auto tree = workflow::makeVesselTree(seed * 7919, seed % 2 == 0);
            std::vector<Field> views;
            for (std::size_t n = 0; n < workflow::kAngiographyAngles.size(); ++n) {
                const auto pixels =
                    workflow::projectVesselTree(tree, workflow::kAngiographyAngles[n], 224, seed * 8 + n);
                views.push_back({1, 1, 224, 224, {1.0, 1.0, 1.0}, {pixels.begin(), pixels.end()}});
            }
            QVERIFY2(learning::checkViews(views).empty(), qPrintable(QString::number(seed)));
        }
    }

    void darkLinesOnABrightGroundAreNotDoubtedInAnyUnit() {
        auto views = eight([](double x, double y, int n) { return 190.0 - 30.0 * x - 90.0 * onLine(x, y, n); });
        QVERIFY(learning::checkViews(views).empty());
        for (auto& view : views)
            for (auto& value : view.values)
                value = 4.0F * value + 1000.0F;
        QVERIFY(learning::checkViews(views).empty());
    }

    void aRoundFieldIsNotTakenForAir() {
        // An image intensifier leaves the corners black.
        const auto views = eight([](double x, double y, int n) {
            return x * x + y * y > 0.99 ? 0.0 : 150.0 - 20.0 * y - 80.0 * onLine(x, y, n);
        });
        QVERIFY(learning::checkViews(views).empty());
    }

    void slicesAreDoubted() {
        const auto warnings = learning::checkViews(eight(slice));
        QCOMPARE(warnings.size(), std::size_t{1});
        QCOMPARE(warnings.front().id, std::string("learning.warn_not_angiography"));
        QCOMPARE(warnings.front().parameters.at("count"), std::string("8"));
        QCOMPARE(warnings.front().parameters.at("views"), std::string("8"));
    }

    void brightVesselsAndPlainNoiseAreDoubted() {
        QVERIFY(!learning::checkViews(eight([](double x, double y, int n) {
                     return 120.0 + 90.0 * onLine(x, y, n);
                 })).empty());
        QVERIFY(!learning::checkViews(eight([](double, double, int) { return 128.0; })).empty());
    }

    void viewsThatRepeatEachOtherAreNamed() {
        auto views = eight([](double x, double y, int n) { return 190.0 - 90.0 * onLine(x, y, n); });
        QVERIFY(learning::checkViews(views).empty());
        views[5] = views[1];
        auto warnings = learning::checkViews(views);
        QCOMPARE(warnings.size(), std::size_t{1});
        QCOMPARE(warnings.front().id, std::string("learning.warn_same_views"));
        QCOMPARE(warnings.front().parameters.at("count"), std::string("2"));
        QCOMPARE(warnings.front().parameters.at("views"), std::string("8"));
        // One pixel tells two pictures apart.
        views[5].values[77] += 1.0F;
        QVERIFY(learning::checkViews(views).empty());
        views.assign(8, views.front());
        warnings = learning::checkViews(views);
        QCOMPARE(warnings.front().parameters.at("count"), std::string("8"));
    }

    void aBundleSaysThatItSawSyntheticPicturesAlone() {
        QVERIFY(learning::trainedOnSyntheticAlone("Synthetic only: 1200 made-up patients."));
        QVERIFY(learning::trainedOnSyntheticAlone("synthetic"));
        QVERIFY(!learning::trainedOnSyntheticAlone("300 patients, and synthetic ones beside them"));
        QVERIFY(!learning::trainedOnSyntheticAlone("Synth"));
        QVERIFY(!learning::trainedOnSyntheticAlone(""));
    }

    void aFewOddViewsAreNotEnough() {
        auto views = eight([](double x, double y, int n) { return 190.0 - 90.0 * onLine(x, y, n); });
        const auto odd = eight(slice);
        for (std::size_t n = 0; n < 3; ++n)
            views[n] = odd[n];
        QVERIFY(learning::checkViews(views).empty());
        views[3] = odd[3];
        QCOMPARE(learning::checkViews(views).front().parameters.at("count"), std::string("4"));
        QVERIFY(learning::checkViews({}).empty());
    }
};

QTEST_GUILESS_MAIN(TestViewChecks)
#include "tst_view_checks.moc"
