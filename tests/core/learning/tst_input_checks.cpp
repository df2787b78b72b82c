// SPDX-License-Identifier: Apache-2.0
#include "core/learning/input_checks.h"
#include "core/learning/random.h"

#include <QtTest>
#include <cmath>

using namespace sulcus;
using namespace sulcus::learning;

namespace {

NetworkSpec brainSpec() {
    NetworkSpec spec;
    spec.task = "segmentation-3d";
    spec.inputs = {"flair", "t1", "t1ce", "t2"};
    return spec;
}

/// Tissue by depth in a ball, with the usual contrasts: T1 dark to bright from fluid to white matter, T2 the other way
/// round; specks of oedema are bright in FLAIR and T2 and dark in T1.
Field head(bool stripped) {
    constexpr int kSize = 60;
    Field image{4, kSize, kSize, kSize, {1, 1, 1}, {}};
    const std::size_t count = image.voxelsPerChannel();
    image.values.assign(4 * count, 0.0F);
    Random random(3);
    std::size_t i = 0;
    for (int d = 0; d < kSize; ++d) {
        for (int h = 0; h < kSize; ++h) {
            for (int w = 0; w < kSize; ++w, ++i) {
                const double r = std::hypot(d - 29.5, h - 29.5, w - 29.5);
                if (r > 24.0 && stripped) {
                    continue;
                }
                const double white = r > 12.0 ? 1.0 : r > 6.0 ? 0.6 : 0.0;
                const bool vessel = random.chance(0.01);
                const double oedema = random.chance(0.04) ? 1.0 : 0.0;
                image.values[i] = static_cast<float>(100 + 60 * white + 150 * oedema + 8 * random.normal());
                image.values[count + i] = static_cast<float>(100 + 150 * white - 40 * oedema + 8 * random.normal());
                image.values[2 * count + i] =
                    static_cast<float>(100 + 150 * white - 40 * oedema + (vessel ? 400 : 0) + 8 * random.normal());
                image.values[3 * count + i] =
                    static_cast<float>(400 - 250 * white + 120 * oedema + 8 * random.normal());
            }
        }
    }
    return image;
}

Field swapped(Field image, std::size_t a, std::size_t b) {
    const auto count = static_cast<std::ptrdiff_t>(image.voxelsPerChannel());
    const auto first = image.values.begin() + static_cast<std::ptrdiff_t>(a) * count;
    std::swap_ranges(first, first + count, image.values.begin() + static_cast<std::ptrdiff_t>(b) * count);
    return image;
}

std::vector<std::string> ids(const Field& image, const std::vector<bool>& present = {true, true, true, true}) {
    std::vector<std::string> result;
    for (const auto& warning : checkInput(image, present, brainSpec())) {
        result.push_back(warning.id);
    }
    return result;
}

} // namespace

class InputChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void usualInputGivesNoWarning() { QCOMPARE(ids(head(true)), std::vector<std::string>{}); }
    void skullIsNoticed() { QCOMPARE(ids(head(false)), std::vector<std::string>{"learning.warn_not_skull_stripped"}); }
    void exchangedSequencesAreNoticed() {
        const std::vector<std::string> expected{"learning.warn_sequence_order"};
        QCOMPARE(ids(swapped(head(true), 1, 3)), expected);
        QCOMPARE(ids(swapped(head(true), 2, 3)), expected);
        QCOMPARE(ids(swapped(head(true), 0, 3)), expected);
        QCOMPARE(ids(swapped(head(true), 1, 2)), expected);
        QCOMPARE(ids(swapped(head(true), 0, 1)), expected);
    }
    void hounsfieldUnitsAreNoticed() {
        auto image = head(true);
        image.values[5] = -1000.0F;
        QCOMPARE(ids(image), std::vector<std::string>{"learning.warn_looks_like_ct"});
    }
    void flatChannelIsNoticedAndMissingOneIsNot() {
        auto image = head(true);
        std::fill_n(image.values.begin(), image.voxelsPerChannel(), 0.0F);
        QCOMPARE(ids(image).front(), std::string("learning.warn_channel_flat"));
        QCOMPARE(ids(image, {false, true, true, true}), std::vector<std::string>{});
    }
};

QTEST_GUILESS_MAIN(InputChecksTest)
#include "tst_input_checks.moc"
