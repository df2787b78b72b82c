// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/nearest_source.h"

#include <QTest>
#include <cmath>
#include <random>

using namespace sulcus::anatomy;

class NearestSourceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithASearchThroughAllSources_data() {
        QTest::addColumn<int>("seed");
        QTest::addColumn<int>("oneIn");
        QTest::newRow("sparse") << 1 << 200;
        QTest::newRow("half") << 2 << 2;
        QTest::newRow("single rows") << 3 << 700;
        QTest::newRow("dense") << 4 << 10;
    }

    void agreesWithASearchThroughAllSources() {
        QFETCH(int, seed);
        QFETCH(int, oneIn);
        const std::array<int, 3> size{13, 9, 11};
        const std::array<double, 3> spacing{1.0, 0.7, 2.5};
        std::mt19937 random(static_cast<unsigned>(seed));
        std::vector<bool> source(13 * 9 * 11);
        for (std::size_t n = 0; n < source.size(); ++n)
            source[n] = random() % static_cast<unsigned>(oneIn) == 0;
        source[5] = true;
        const NearestSource field = nearestSource(size, spacing, [&](std::size_t n) { return source[n]; });
        const auto squared = [&](std::size_t a, std::size_t b) {
            const auto at = [&](std::size_t n, int axis) {
                return axis == 0 ? double(n % 13) : axis == 1 ? double(n / 13 % 9) : double(n / 117);
            };
            double sum = 0.0;
            for (int axis = 0; axis < 3; ++axis)
                sum += std::pow((at(a, axis) - at(b, axis)) * spacing[static_cast<std::size_t>(axis)], 2);
            return sum;
        };
        for (std::size_t n = 0; n < source.size(); ++n) {
            double least = 1e9;
            for (std::size_t s = 0; s < source.size(); ++s)
                if (source[s])
                    least = std::min(least, squared(n, s));
            QVERIFY(std::abs(field.distanceSquared[n] - least) < 1e-3);
            QVERIFY(field.source[n] >= 0 && source[static_cast<std::size_t>(field.source[n])]);
            // Float steps add up to less than a hundredth of a millimetre squared here.
            QVERIFY(std::abs(squared(n, static_cast<std::size_t>(field.source[n])) - least) < 1e-2);
        }
    }

    void withoutSourcesNothingIsNear() {
        const NearestSource field = nearestSource({3, 3, 3}, {1, 1, 1}, [](std::size_t) { return false; });
        QCOMPARE(field.source[13], -1);
        QVERIFY(std::isinf(field.distanceSquared[13]));
    }

    void cancelledGivesNothing() {
        const NearestSource field = nearestSource(
            {3, 3, 3}, {1, 1, 1}, [](std::size_t) { return true; }, [] { return true; });
        QVERIFY(field.source.empty());
    }
};

QTEST_APPLESS_MAIN(NearestSourceTest)
#include "tst_nearest_source.moc"
