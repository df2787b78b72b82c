// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/threshold.h"
#include "tests/core/imaging/phantoms.h"

#include <QTest>
#include <algorithm>
#include <numeric>
#include <random>

using namespace sulcus::imaging;

class Threshold : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void otsuPartsTwoHeaps() {
        std::mt19937 random(5);
        std::normal_distribution<float> low(100.0F, 8.0F);
        std::normal_distribution<float> high(200.0F, 8.0F);
        std::vector<float> values;
        for (int n = 0; n < 4000; ++n) {
            values.push_back(n % 4 == 0 ? high(random) : low(random));
        }
        const float cut = otsuThreshold(values);
        QVERIFY(cut > 120.0F && cut < 180.0F);
    }

    void otsuOfNothingAndOfOneValue() {
        QCOMPARE(otsuThreshold({}), 0.0F);
        const std::vector<float> same(10, 7.0F);
        QCOMPARE(otsuThreshold(same), 7.0F);
    }

    void strippedBackgroundIsExactlyWhatIsZero() {
        Volume v = phantoms::countingVolume(phantoms::grid({10, 10, 10}));
        std::fill(v.voxels.begin(), v.voxels.begin() + 400, 0.0F);
        v.voxels[500] = -3.0F; // interpolation leaves such voxels, and they are brain
        const LabelMap mask = foregroundMask(v);
        QCOMPARE(std::accumulate(mask.voxels.begin(), mask.voxels.end(), 0), 600);
        QCOMPARE(int(mask.voxels[500]), 1);
    }

    void noisyBackgroundIsCutByOtsu() {
        std::mt19937 random(5);
        std::uniform_real_distribution<float> noise(1.0F, 20.0F);
        Volume v = phantoms::countingVolume(phantoms::grid({12, 12, 12}));
        LabelMap ball = phantoms::emptyMap(v.geometry);
        phantoms::paintBall(ball, 1, {6, 6, 6}, 4);
        for (std::size_t n = 0; n < v.voxels.size(); ++n) {
            v.voxels[n] = noise(random) + (ball.voxels[n] != 0 ? 200.0F : 0.0F);
        }
        QVERIFY(foregroundMask(v).voxels == ball.voxels);
    }
};

QTEST_APPLESS_MAIN(Threshold)
#include "tst_threshold.moc"
