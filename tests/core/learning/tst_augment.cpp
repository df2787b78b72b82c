// SPDX-License-Identifier: Apache-2.0
#include "core/learning/augment.h"
#include "core/learning/preprocess.h"
#include "tests/core/learning/phantom.h"

#include <QtTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

using namespace sulcus::learning;

namespace {

/// A sample whose image says what its labels are, so that any misalignment shows: value = 10 where the label is 1,
/// else 1.
CacheSample markedSample() {
    auto made = phantom::make(24, 2);
    CacheSample sample;
    sample.labels = made.labels;
    sample.image = Field{1, 24, 24, 24, {1.0, 1.0, 1.0}, {}};
    for (const auto label : made.labels.values) {
        sample.image.values.push_back(label == 1 ? 10.0F : 1.0F);
    }
    return sample;
}

Augmentation nothing() {
    Augmentation a;
    a.flip = a.rotate = a.scale = a.contrast = a.gamma = a.noise = a.blur = a.lowResolution = a.dropOne = a.dropTwo =
        0.0;
    return a;
}

} // namespace

class AugmentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void plainCropIsTheSampleItself();
    void imageAndLabelStayAligned_data();
    void imageAndLabelStayAligned();
    void sameKeyGivesTheSamePiece();
    void outsideIsBackgroundOrUnknown();
    void centresFallOnEveryRegion();
    void droppedInputIsZeroEverywhere();
    void dropWeightsSayWhichInputGoes();
    void recolouringLeavesBackgroundAlone();
    void randomNumbersAreSpread();
    void curveKeepsTheOrderOfValues();
    void shadingIsSmoothAndBounded();
    void mixingIsOneMatrixForAllVoxels();
    void transplantBringsImageAndLabelsTogether();
    void transplantLeavesBackgroundAndUnknownAlone();
    void fadedLesionsDifferLessAndKeepTheirLabels();
};

void AugmentTest::plainCropIsTheSampleItself() {
    const auto sample = markedSample();
    Random random(1);
    const auto piece = drawPiece(sample, {11.5, 11.5, 11.5}, {24, 24, 24}, nothing(), random);
    QCOMPARE(piece.image, sample.image.values);
    QCOMPARE(piece.labels, sample.labels.values);
}

void AugmentTest::imageAndLabelStayAligned_data() {
    QTest::addColumn<double>("flip");
    QTest::addColumn<double>("rotate");
    QTest::addColumn<double>("scale");
    QTest::newRow("flips") << 1.0 << 0.0 << 0.0;
    QTest::newRow("rotation") << 0.0 << 1.0 << 0.0;
    QTest::newRow("scaling") << 0.0 << 0.0 << 1.0;
    QTest::newRow("all") << 1.0 << 1.0 << 1.0;
}

void AugmentTest::imageAndLabelStayAligned() {
    QFETCH(double, flip);
    QFETCH(double, rotate);
    QFETCH(double, scale);
    const auto sample = markedSample();
    Augmentation how = nothing();
    how.flip = flip;
    how.flipAxes = {0, 1, 2};
    how.rotate = rotate;
    how.rotateDegrees = 40.0;
    how.scale = scale;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        Random random(seed);
        const auto piece = drawPiece(sample, {11.5, 11.5, 11.5}, {20, 20, 20}, how, random);
        int wrong = 0;
        int core = 0;
        for (std::size_t i = 0; i < piece.labels.size(); ++i) {
            // Linear and nearest interpolation differ at the surface only; well inside they must agree.
            core += piece.labels[i] == 1 ? 1 : 0;
            wrong += (piece.image[i] > 9.5F && piece.labels[i] != 1) || (piece.image[i] < 1.5F && piece.labels[i] == 1)
                         ? 1
                         : 0;
        }
        QVERIFY(core > 10);
        QCOMPARE(wrong, 0);
    }
}

void AugmentTest::sameKeyGivesTheSamePiece() {
    const auto sample = markedSample();
    const Augmentation how;
    const auto draw = [&](std::uint64_t step) {
        Random random(Random::key(1, step, 0));
        return drawPiece(sample, {12, 12, 12}, {16, 16, 16}, how, random);
    };
    QCOMPARE(draw(4).image, draw(4).image);
    QVERIFY(draw(4).image != draw(5).image);
}

void AugmentTest::outsideIsBackgroundOrUnknown() {
    auto sample = markedSample();
    Random random(1);
    const std::array<int, 3> shape{32, 32, 32};
    auto piece = drawPiece(sample, {11.5, 11.5, 11.5}, shape, nothing(), random);
    QCOMPARE(piece.labels.front(), static_cast<unsigned char>(0));
    sample.wholeImage = false;
    piece = drawPiece(sample, {11.5, 11.5, 11.5}, shape, nothing(), random);
    QCOMPARE(piece.labels.front(), static_cast<unsigned char>(255));
    QCOMPARE(piece.image.front(), 0.0F);
}

void AugmentTest::centresFallOnEveryRegion() {
    const auto sample = markedSample();
    const std::vector<OutputSpec> outputs{{"WT", {1, 2}, 2, 0.5}, {"TC", {1}, 1, 0.5}, {"ET", {4}, 4, 0.5}};
    const auto index = foregroundIndex(sample.labels, outputs);
    QVERIFY(index.voxels[0].size() > index.voxels[1].size());
    QVERIFY(index.voxels[2].empty());
    std::set<double> centres;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Random random(seed);
        const auto centre = drawCentre(sample, index, 0.5, {8, 8, 8}, random);
        for (const double at : centre) {
            // The piece stays inside the sample.
            QVERIFY(at >= 3.4 && at <= 19.6);
        }
        centres.insert(centre[0]);
    }
    QVERIFY(centres.size() > 20);
}

void AugmentTest::droppedInputIsZeroEverywhere() {
    CacheSample sample;
    auto made = phantom::make(16, 3);
    sample.image = made.image;
    sample.labels = made.labels;
    Augmentation how = nothing();
    how.dropOne = 1.0;
    std::set<int> dropped;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Random random(seed);
        const auto piece = drawPiece(sample, {8, 8, 8}, {12, 12, 12}, how, random);
        const std::size_t count = 12 * 12 * 12;
        int zeros = 0;
        for (std::size_t c = 0; c < 2; ++c) {
            const auto first = piece.image.begin() + static_cast<std::ptrdiff_t>(c * count);
            if (std::all_of(first, first + static_cast<std::ptrdiff_t>(count), [](float v) { return v == 0.0F; })) {
                ++zeros;
                dropped.insert(static_cast<int>(c));
            }
        }
        QCOMPARE(zeros, 1);
    }
    QCOMPARE(dropped.size(), 2U);
}

void AugmentTest::dropWeightsSayWhichInputGoes() {
    Augmentation how = nothing();
    how.dropOne = 1.0;
    how.dropWeights = {3.0, 0.0, 1.0, 0.0};
    std::array<int, 4> times{};
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        Random random(seed);
        const auto dropped = drawDropped(how, 4, random);
        QCOMPARE(dropped.size(), std::size_t{1});
        ++times[static_cast<std::size_t>(dropped.front())];
    }
    QCOMPARE(times[1] + times[3], 0);
    QVERIFY(times[0] > 260 && times[0] < 340);
    // Two drops are two different inputs, and never more than have a weight.
    how.dropTwo = 1.0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Random random(seed);
        const auto dropped = drawDropped(how, 4, random);
        QCOMPARE(std::set<int>(dropped.begin(), dropped.end()), (std::set<int>{0, 2}));
    }
    how.dropWeights = {0.0, 0.0, 1.0, 0.0};
    Random random(1);
    QCOMPARE(drawDropped(how, 4, random), std::vector<int>{2});
}

void AugmentTest::recolouringLeavesBackgroundAlone() {
    CacheSample sample;
    auto made = phantom::make(16, 3);
    sample.image = made.image;
    normalise(sample.image, Normalisation{}, {});
    sample.labels = made.labels;
    Augmentation how = nothing();
    how.contrast = how.noise = how.gamma = how.blur = how.lowResolution = 1.0;
    Random random(4);
    const auto piece = drawPiece(sample, {7.5, 7.5, 7.5}, {16, 16, 16}, how, random);
    const std::size_t count = 16 * 16 * 16;
    for (std::size_t i = 0; i < count; ++i) {
        if (made.image.values[i] == 0.0F && made.image.values[count + i] == 0.0F) {
            QCOMPARE(piece.image[i], 0.0F);
            QCOMPARE(piece.image[count + i], 0.0F);
        }
    }
    QCOMPARE(piece.labels, made.labels.values);
}

void AugmentTest::randomNumbersAreSpread() {
    Random random(9);
    double sum = 0.0;
    double squares = 0.0;
    constexpr int kDraws = 20000;
    for (int i = 0; i < kDraws; ++i) {
        const double value = random.normal();
        sum += value;
        squares += value * value;
        QVERIFY(random.below(7) < 7);
    }
    // Four standard errors.
    QVERIFY(std::abs(sum / kDraws) < 4.0 / std::sqrt(kDraws));
    QVERIFY(std::abs(squares / kDraws - 1.0) < 4.0 * std::sqrt(2.0 / kDraws));
    QCOMPARE(random.below(0), std::uint64_t{0});
}

void AugmentTest::curveKeepsTheOrderOfValues() {
    auto sample = markedSample();
    for (std::size_t i = 0; i < sample.image.values.size(); ++i) {
        // -7.1 to 9.6 in steps of 0.25: inside the curve's pieces and beyond both of its ends; never exactly 0.
        sample.image.values[i] = -7.1F + 0.25F * static_cast<float>(i % 68);
    }
    Augmentation how = nothing();
    how.curve = 1.0;
    how.curveSlope = 3.0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Random random(seed);
        const auto piece = drawPiece(sample, {11.5, 11.5, 11.5}, {24, 24, 24}, how, random);
        for (std::size_t i = 1; i < 68; ++i) {
            const float step = piece.image[i] - piece.image[i - 1];
            QVERIFY2(step > 0.25F / 3.0F - 1e-4F && step < 0.25F * 3.0F + 1e-4F, qPrintable(QString::number(step)));
        }
    }
}

void AugmentTest::shadingIsSmoothAndBounded() {
    const auto sample = markedSample();
    Augmentation how = nothing();
    how.bias = 1.0;
    how.biasRange = 0.5;
    bool changed = false;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        Random random(seed);
        const auto piece = drawPiece(sample, {11.5, 11.5, 11.5}, {24, 24, 24}, how, random);
        float before = 0.0F;
        for (std::size_t i = 0; i < piece.image.size(); ++i) {
            const float added = piece.image[i] - sample.image.values[i];
            QVERIFY(std::abs(added) <= 0.5F + 1e-4F);
            if (i % 24 > 0) {
                QVERIFY(std::abs(added - before) < 0.15F);
            }
            before = added;
            changed = changed || std::abs(added) > 0.01F;
        }
    }
    QVERIFY(changed);
}

void AugmentTest::mixingIsOneMatrixForAllVoxels() {
    auto sample = markedSample();
    const std::size_t count = sample.labels.values.size();
    sample.image.channels = 2;
    sample.image.values.assign(2 * count, 0.0F);
    for (std::size_t i = 1; i < count; ++i) {
        sample.image.values[i] = i % 2 == 0 ? 1.0F : 0.0F;
        sample.image.values[count + i] = i % 2 == 0 ? 0.0F : 1.0F;
    }
    Augmentation how = nothing();
    how.mix = 1.0;
    how.mixRange = 0.3;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        Random random(seed);
        const auto piece = drawPiece(sample, {11.5, 11.5, 11.5}, {24, 24, 24}, how, random);
        QCOMPARE(piece.labels, sample.labels.values);
        QCOMPARE(piece.image[0], 0.0F);
        QCOMPARE(piece.image[count], 0.0F);
        const float second = piece.image[1];
        const float first = piece.image[count + 2];
        QVERIFY(std::abs(first) <= 0.3F && std::abs(second) <= 0.3F && first != second);
        for (std::size_t i = 1; i < count; ++i) {
            QCOMPARE(piece.image[i], i % 2 == 0 ? 1.0F : second);
            QCOMPARE(piece.image[count + i], i % 2 == 0 ? first : 1.0F);
        }
    }
}

void AugmentTest::transplantBringsImageAndLabelsTogether() {
    auto host = markedSample();
    std::fill(host.labels.values.begin(), host.labels.values.end(), static_cast<unsigned char>(0));
    std::fill(host.image.values.begin(), host.image.values.end(), 1.0F);
    const auto donor = markedSample();
    const auto inDonor = std::count_if(donor.labels.values.begin(), donor.labels.values.end(),
                                       [](unsigned char label) { return label != 0; });
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        Random random(seed);
        const auto piece =
            drawPiece(host, {11.5, 11.5, 11.5}, {24, 24, 24}, nothing(), random, Donor{&donor, {11.5, 11.5, 11.5}});
        std::ptrdiff_t labelled = 0;
        for (std::size_t i = 0; i < piece.labels.size(); ++i) {
            if (piece.labels[i] == 0) {
                continue;
            }
            ++labelled;
            QCOMPARE(piece.labels[i], donor.labels.values[i]);
            // The soft edge mixes at most half of the host into what is labelled as the donor's.
            if (piece.labels[i] == 1) {
                QVERIFY(piece.image[i] >= 5.5F - 1e-4F);
            }
        }
        QVERIFY2(labelled > 0.8 * static_cast<double>(inDonor), qPrintable(QString::number(labelled)));
        QVERIFY(labelled <= inDonor);
    }
}

void AugmentTest::transplantLeavesBackgroundAndUnknownAlone() {
    auto host = markedSample();
    for (std::size_t i = 0; i < host.labels.values.size(); ++i) {
        host.labels.values[i] = i % 2 == 0 ? 255 : 0;
        host.image.values[i] = i % 3 == 0 ? 0.0F : 1.0F;
    }
    const auto donor = markedSample();
    Random random(3);
    const auto piece =
        drawPiece(host, {11.5, 11.5, 11.5}, {24, 24, 24}, nothing(), random, Donor{&donor, {11.5, 11.5, 11.5}});
    for (std::size_t i = 0; i < piece.labels.size(); ++i) {
        if (host.image.values[i] == 0.0F || host.labels.values[i] == 255) {
            QCOMPARE(piece.image[i], host.image.values[i]);
            QCOMPARE(piece.labels[i], host.labels.values[i]);
        }
    }
}

void AugmentTest::fadedLesionsDifferLessAndKeepTheirLabels() {
    auto sample = markedSample();
    const auto& labels = sample.labels.values;
    // A second channel with dark lesions, and a corner of background.
    for (const auto label : labels) {
        sample.image.values.push_back(label != 0 ? -2.0F : 1.0F);
    }
    sample.image.channels = 2;
    const std::size_t count = labels.size();
    sample.image.values[0] = sample.image.values[count] = 0.0F;
    Augmentation how = nothing();
    how.fade = 1.0;
    how.fadeLeast = 0.3;
    const std::size_t middle = (12 * 24 + 12) * 24 + 12;
    QVERIFY(labels[middle] != 0);
    std::set<float> seen;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        Random random(seed);
        const auto piece = drawPiece(sample, {11.5, 11.5, 11.5}, {24, 24, 24}, how, random);
        QCOMPARE(piece.labels, labels);
        QCOMPARE(piece.image[0], 0.0F);
        QCOMPARE(piece.image[count], 0.0F);
        QCOMPARE(piece.image[1], 1.0F);
        // From 30 % to all of the difference of -3 is left.
        const float dark = piece.image[count + middle];
        QVERIFY2(dark >= -2.0F - 1e-4F && dark <= 0.1F + 1e-4F, qPrintable(QString::number(dark)));
        seen.insert(dark);
    }
    QCOMPARE(seen.size(), std::size_t{10});
    how.fadeLeast = 1.0;
    Random random(1);
    QCOMPARE(drawPiece(sample, {11.5, 11.5, 11.5}, {24, 24, 24}, how, random).image, sample.image.values);
}

QTEST_GUILESS_MAIN(AugmentTest)
#include "tst_augment.moc"
