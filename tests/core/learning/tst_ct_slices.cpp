// SPDX-License-Identifier: Apache-2.0
// What 2-D networks on CT rest on: units, the slice grid, outlines that meet the air, sides, augmentation of slices.
#include "core/learning/ct_intensities.h"
#include "core/learning/flat_augment.h"
#include "core/learning/input_checks.h"
#include "core/learning/organ_shape.h"
#include "core/learning/slices.h"
#include "tests/core/learning/phantom.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <limits>

using namespace sulcus::learning;

namespace {

NetworkSpec ctSpec(int size = 32) {
    NetworkSpec spec;
    spec.task = "segmentation-2d";
    spec.inputs = {"ct"};
    spec.patch = {size, size};
    spec.normalisation.method = "ct_or_window";
    spec.normalisation.low = -1000.0;
    spec.normalisation.high = 400.0;
    OutputSpec lung;
    lung.name = "lung";
    lung.sources = {1};
    lung.value = 1;
    spec.outputs = {lung};
    spec.labels = {{1, "lung", "Lung", {}}, {2, "lung_right", "Right lung", {}}, {3, "lung_left", "Left lung", {}}};
    return spec;
}

/// A chest in HU: body 40, two lungs -850 at columns 12..25 and 38..51, air -1000, on voxels of `mm`.
struct Chest {
    Field image;
    LabelField lungs;
};
Chest chest(int depth = 8, bool joined = false, double mm = 4.0) {
    Chest made;
    made.image = Field{1, depth, 64, 64, {mm, mm, mm}, {}};
    made.lungs = LabelField{depth, 64, 64, {mm, mm, mm}, {}};
    for (int d = 0; d < depth; ++d) {
        for (int h = 0; h < 64; ++h) {
            for (int w = 0; w < 64; ++w) {
                const bool body = h >= 8 && h < 56 && w >= 4 && w < 60;
                const bool lung = h >= 16 && h < 48 && ((w >= 12 && w < 26) || (w >= 38 && w < 52));
                const bool bridge = joined && h >= 16 && h < 18 && w >= 26 && w < 38;
                made.image.values.push_back(lung || bridge ? -850.0F : body ? 40.0F : -1000.0F);
                made.lungs.values.push_back(lung || bridge ? 1 : 0);
            }
        }
    }
    return made;
}

CtUnit unitOf(const std::vector<float>& values) { return readCtUnit(values.data(), values.size()).unit; }

std::size_t voxelsOf(const LabelField& labels, unsigned char value) {
    return static_cast<std::size_t>(std::count(labels.values.begin(), labels.values.end(), value));
}

} // namespace

class CtSlicesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unitsAreToldFromValues() {
        QVERIFY(unitOf({-1024, 0, 40, 1500}) == CtUnit::Hounsfield);
        QVERIFY(unitOf({-160, 0, 40, 240}) == CtUnit::Hounsfield);
        QVERIFY(unitOf({0, 10, 120, 255}) == CtUnit::Picture);
        QVERIFY(unitOf({-3, 10, 120, 258}) == CtUnit::Picture); // the ringing of a resampled picture
        QVERIFY(unitOf({0.0F, 0.2F, 1.0F}) == CtUnit::Unit);
        QVERIFY(unitOf({0, 24, 24, 1060, 1070, 2300}) == CtUnit::RawCt);
        QVERIFY(unitOf({-2000, -2000, -2000, 24, 24, 1060, 1070, 2300}) == CtUnit::RawCt); // corners
        QVERIFY(unitOf({-5, 24, 24, 1060, 1070, 2300}) == CtUnit::RawCt);                  // noise
        QVERIFY(unitOf({-3024, -3024, -1000, -980, 40, 1100}) == CtUnit::Hounsfield);
        QVERIFY(unitOf({-1000, -1000, -700, 40, 1000, 1100}) == CtUnit::Hounsfield);
        std::vector<float> metal(200, 24.0F);
        std::fill_n(metal.begin(), 100, 1060.0F);
        metal.front() = 12000.0F;
        QVERIFY(unitOf(metal) == CtUnit::RawCt);
        QVERIFY(unitOf({0, 100, 300, 400, 600}) == CtUnit::Wide);
        QVERIFY(unitOf({0, 30000, 65535}) == CtUnit::Wide);
        QVERIFY(unitOf({std::numeric_limits<float>::quiet_NaN(), -1000, 40, 900}) == CtUnit::Hounsfield);
    }

    void theSameChestLooksTheSameInEveryUnit() {
        const auto made = chest(1);
        const auto spec = ctSpec();
        const auto seen = SliceReader(made.image, {true}, spec).slice(0);
        auto raw = made.image;
        auto picture = made.image;
        for (auto& value : raw.values)
            value += 1024.0F;
        for (auto& value : picture.values)
            value = std::clamp((value + 1000.0F) / 1400.0F, 0.0F, 1.0F) * 255.0F;
        const auto fromRaw = SliceReader(raw, {true}, spec).slice(0);
        const auto fromPicture = SliceReader(picture, {true}, spec).slice(0);
        for (std::size_t i = 0; i < seen.values.size(); ++i) {
            QVERIFY(std::abs(seen.values[i] - fromRaw.values[i]) < 1e-4F);
            QVERIFY(std::abs(seen.values[i] - fromPicture.values[i]) < 1e-2F);
        }
    }

    void notANumberCountsAsAir() {
        auto made = chest(1);
        made.image.values.front() = std::numeric_limits<float>::quiet_NaN();
        const auto seen = SliceReader(made.image, {true}, ctSpec(64)).slice(0);
        QCOMPARE(seen.values.front(), 0.0F);
    }

    void fittedSlicesLieInTheMiddle_data() {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        for (const auto& [h, w] :
             {std::pair{512, 512}, std::pair{157, 115}, std::pair{64, 64}, std::pair{40, 300}, std::pair{7, 5}})
            QTest::addRow("%dx%d", h, w) << h << w;
    }
    void fittedSlicesLieInTheMiddle() {
        QFETCH(int, height);
        QFETCH(int, width);
        const auto grid = sliceGrid(height, width, {1, 1, 1}, ctSpec(160));
        QCOMPARE(std::max(grid.contentHeight, grid.contentWidth), 160);
        QVERIFY(std::abs(grid.top * 2 + grid.contentHeight - 160) <= 1);
        QVERIFY(std::abs(grid.left * 2 + grid.contentWidth - 160) <= 1);
        // What goes there and comes back stays in its place.
        Field ramp{1, 1, height, width, {1, 1, 1}, {}};
        for (int h = 0; h < height; ++h)
            for (int w = 0; w < width; ++w)
                ramp.values.push_back(static_cast<float>(-900.0 + 1000.0 * w / width));
        const auto spec = ctSpec(160);
        const auto back = sliceBack(SliceReader(ramp, {true}, spec).slice(0), grid);
        QCOMPARE(back.height, height);
        QCOMPARE(back.width, width);
        const auto middle = static_cast<std::size_t>(height / 2 * width + width / 2);
        const double expected = (ramp.values[middle] + 1000.0) / 1400.0;
        QVERIFY(std::abs(back.values[middle] - expected) < 0.01 + 0.7 / width);
    }

    void oblongPixelsKeepTheShapeOfTheBody() {
        const auto grid = sliceGrid(100, 512, {0.7, 3.5, 1.0}, ctSpec(160));
        QCOMPARE(grid.contentWidth, 160);
        QCOMPARE(grid.contentHeight, 156); // 350 mm beside 358 mm
    }

    void aSpacingKeepsTheExtent() {
        auto spec = ctSpec();
        spec.spacingMm = {2.0, 2.0};
        const auto made = chest(1); // 64 x 64 of 4 mm
        const SliceReader reader(made.image, {true}, spec);
        QCOMPARE(reader.grid().width, 128);
        QCOMPARE(reader.slice(0).width, 128);
        QCOMPARE(labelSlice(made.lungs, 0, reader.grid(), spec).width, 128);
        QCOMPARE(sliceBack(reader.slice(0), reader.grid()).width, 64);
    }

    void aBodyFillsTheSliceWhereverItLies() {
        // The chest in a field of view twice as wide, with a table of one pixel's height below.
        const auto made = chest(2);
        auto spec = ctSpec(64);
        spec.fitBody = true;
        const int size = 128;
        for (const auto& [top, left] : {std::pair{10, 5}, std::pair{40, 60}}) {
            Field wide{1, 2, size, size, {4, 4, 4}, {}};
            LabelField labels{2, size, size, {4, 4, 4}, {}};
            wide.values.assign(static_cast<std::size_t>(2 * size * size), -1000.0F);
            labels.values.assign(wide.values.size(), 0);
            for (int d = 0; d < 2; ++d) {
                for (int h = 0; h < 64; ++h) {
                    for (int w = 0; w < 64; ++w) {
                        const auto from = static_cast<std::size_t>((d * 64 + h) * 64 + w);
                        const auto to = static_cast<std::size_t>((d * size + h + top) * size + w + left);
                        wide.values[to] = made.image.values[from];
                        labels.values[to] = made.lungs.values[from];
                    }
                }
                std::fill_n(wide.values.begin() + (d * size + 120) * size, size, 100.0F);
            }
            const SliceReader reader(wide, {true}, spec);
            const auto& crop = reader.grid().crop;
            // Body: 48 rows from 8, 56 columns from 4; a square of 56 and a margin of 3 % on either side.
            QVERIFY(std::abs(crop.left - (left + 4 - 2)) <= 2 && std::abs(crop.width - 59) <= 2);
            QVERIFY(std::abs(crop.top - (top + 4 - 2)) <= 2 && std::abs(crop.height - 59) <= 2);
            const auto seen = reader.slice(0);
            QCOMPARE(seen.width, 64);
            // Labels go there and come back to their place; the rest is what was asked for.
            const auto small = labelSlice(labels, 0, reader.grid(), spec);
            Field logits{1, 1, 64, 64, {1, 1, 1}, {}};
            for (const unsigned char value : small.values)
                logits.values.push_back(value != 0 ? 5.0F : -5.0F);
            const auto back = sliceBack(logits, reader.grid(), -30.0F);
            QCOMPARE(back.width, size);
            QCOMPARE(back.values.front(), -30.0F);
            int wrong = 0;
            for (std::size_t i = 0; i < back.values.size(); ++i)
                wrong += (back.values[i] > 0.0F) != (labels.values[i] != 0) ? 1 : 0;
            QVERIFY2(wrong < 200, qPrintable(QString::number(wrong)));
        }
    }

    void aSliceWithoutABodyIsSeenWhole() {
        Field air{1, 1, 50, 70, {1, 1, 1}, {}};
        air.values.assign(50 * 70, -1000.0F);
        air.values[1000] = 40.0F;
        auto spec = ctSpec(32);
        spec.fitBody = true;
        const SliceReader reader(air, {true}, spec);
        QCOMPARE(reader.grid().crop.height, 50);
        QCOMPARE(reader.grid().crop.width, 70);
    }

    void labelsFollowTheirImage() {
        const auto made = chest(1);
        const auto spec = ctSpec(32);
        const SliceReader reader(made.image, {true}, spec);
        const auto image = reader.slice(0);
        const auto labels = labelSlice(made.lungs, 0, reader.grid(), spec);
        for (std::size_t i = 0; i < labels.values.size(); ++i)
            QCOMPARE(labels.values[i] == 1, image.values[i] > 0.05F && image.values[i] < 0.2F);
    }

    void aCacheHoldsSlicesAndLeavesOutThoseWithTooLittle() {
        QTemporaryDir folder;
        const std::filesystem::path cache = folder.filePath("cache").toStdString();
        const auto spec = ctSpec();
        auto writer = CacheWriter::create(cache, spec);
        QVERIFY(writer);
        auto made = chest(4);
        const std::size_t plane = 64 * 64;
        std::fill_n(made.lungs.values.begin() + static_cast<std::ptrdiff_t>(plane), plane, 0);
        const auto names = writer->addSlices("p1", "p1", made.image, {true}, made.lungs, 0.01);
        QVERIFY(names);
        QCOMPARE(names->written, (std::vector<std::string>{"p1_k0000", "p1_k0002", "p1_k0003"}));
        QCOMPARE(names->leftOut, (std::vector<std::string>{"p1_k0001"}));
        QVERIFY(writer->finish());
        const auto read = readCache(cache, spec);
        QVERIFY(read);
        QCOMPARE(read->samples.size(), std::size_t{3});
        QCOMPARE(read->samples[0].image.width, 32);
        QVERIFY(std::abs(read->samples[0].image.values[0]) < 1e-6F);
        made.image.values.assign(made.image.values.size(), -1000.0F);
        QCOMPARE(writer->addSlices("flat", "p", made.image, {true}, made.lungs).error().message.id,
                 std::string("learning.image_empty"));
    }

    void outlinesMeetTheAir() {
        PostProcessing how;
        how.airBelowHu = -350.0;
        how.airReachMm = 8.0;
        const auto made = chest(2);
        auto drawn = made.lungs;
        // One voxel too small on the left lung's rows, one too wide on the right lung's columns.
        for (int d = 0; d < 2; ++d)
            for (int h = 0; h < 64; ++h)
                for (int w = 0; w < 64; ++w) {
                    auto& label = drawn.values[static_cast<std::size_t>((d * 64 + h) * 64 + w)];
                    if (w >= 38 && (h == 16 || h == 47))
                        label = 0;
                    if (h >= 16 && h < 48 && (w == 11 || w == 26))
                        label = 1;
                }
        QVERIFY(drawn.values != made.lungs.values);
        meetAir(drawn, made.image, 1, how);
        QCOMPARE(drawn.values, made.lungs.values);
    }

    void vesselsStayAndAirAroundTheBodyStaysOut() {
        PostProcessing how;
        how.airBelowHu = -350.0;
        how.airReachMm = 8.0;
        auto made = chest(1);
        const auto at = [](int h, int w) { return static_cast<std::size_t>(h * 64 + w); };
        made.image.values[at(30, 18)] = 30.0F; // a vessel, labelled lung
        auto drawn = made.lungs;
        // A false mark at the skin must not flow into the room.
        drawn.values[at(8, 30)] = 1;
        made.image.values[at(8, 30)] = -1000.0F;
        meetAir(drawn, made.image, 1, how);
        QCOMPARE(static_cast<int>(drawn.values[at(30, 18)]), 1);
        QCOMPARE(static_cast<int>(drawn.values[at(7, 30)]), 0);
        for (int w = 28; w < 36; ++w)
            drawn.values[at(52, w)] = 1; // muscle taken for lung
        meetAir(drawn, made.image, 1, how);
        QCOMPARE(static_cast<int>(drawn.values[at(52, 32)]), 0);
        // A picture has no Hounsfield units to go by.
        auto picture = made.image;
        for (auto& value : picture.values)
            value = (value + 1000.0F) / 8.0F;
        auto untouched = drawn;
        meetAir(untouched, picture, 1, how);
        QCOMPARE(untouched.values, drawn.values);
    }

    void sidesAreToldApart_data() {
        QTest::addColumn<bool>("joined");
        QTest::newRow("apart") << false;
        QTest::newRow("touching") << true;
    }
    void sidesAreToldApart() {
        QFETCH(bool, joined);
        auto labels = chest(8, joined).lungs;
        const auto all = voxelsOf(labels, 1);
        QVERIFY(nameSides(labels, 1, {2, 3}));
        QCOMPARE(voxelsOf(labels, 1), std::size_t{0});
        QCOMPARE(voxelsOf(labels, 2) + voxelsOf(labels, 3), all);
        // Columns run to the patient's left.
        QCOMPARE(static_cast<int>(labels.values[30 * 64 + 15]), 2);
        QCOMPARE(static_cast<int>(labels.values[30 * 64 + 45]), 3);
    }

    void oneLungHasNoSide() {
        auto labels = chest(8).lungs;
        for (std::size_t i = 0; i < labels.values.size(); ++i) {
            if (i % 64 >= 32)
                labels.values[i] = 0;
        }
        const auto before = labels.values;
        QVERIFY(!nameSides(labels, 1, {2, 3}));
        QCOMPARE(labels.values, before);
    }

    void windowsStayWithinRangeAndKeepTheOrder() {
        Augmentation how;
        std::vector<float> ramp;
        for (int i = 0; i < 100; ++i)
            ramp.push_back(static_cast<float>(i) / 99.0F);
        for (std::uint64_t key = 1; key < 40; ++key) {
            Random random(key);
            auto drawn = ramp;
            drawWindow(drawn, how, random);
            QVERIFY(std::is_sorted(drawn.begin(), drawn.end()));
            QVERIFY(drawn.front() >= 0.0F && drawn.back() <= 1.0F && drawn.back() > drawn.front());
        }
        std::vector<float> flat(10, 0.5F);
        Random random(1);
        drawWindow(flat, how, random);
        QCOMPARE(flat, std::vector<float>(10, 0.5F));
    }

    void aMirroredHalfHasNoOrgan() {
        CacheSample sample;
        sample.image = Field{1, 1, 32, 32, {1, 1, 1}, std::vector<float>(32 * 32, 0.0F)};
        sample.labels = LabelField{1, 32, 32, {1, 1, 1}, std::vector<unsigned char>(32 * 32, 0)};
        for (int h = 4; h < 28; ++h)
            for (int w = 4; w < 28; ++w) {
                const auto at = static_cast<std::size_t>(h * 32 + w);
                const bool organ = w >= 6 && w < 12 && h >= 10 && h < 18;
                sample.image.values[at] = organ ? 0.8F : 0.4F;
                sample.labels.values[at] = organ ? 1 : 0;
            }
        const auto mirrored = mirroredHalf(sample);
        QVERIFY(mirrored.has_value());
        QCOMPARE(voxelsOf(mirrored->labels, 1), std::size_t{0});
        QVERIFY(std::none_of(mirrored->image.values.begin(), mirrored->image.values.end(),
                             [](float value) { return value > 0.5F; }));
        for (int h = 10; h < 18; ++h)
            for (int w = 6; w < 26; ++w)
                sample.labels.values[static_cast<std::size_t>(h * 32 + w)] = 1; // across the middle
        QVERIFY(!mirroredHalf(sample).has_value());
    }

    void anMriInACtBundleIsNoticed() {
        const auto spec = ctSpec();
        const auto ids = [&](const Field& image) {
            std::vector<std::string> result;
            for (const auto& warning : checkInput(image, {true}, spec))
                result.push_back(warning.id);
            return result;
        };
        auto made = chest(8);
        QCOMPARE(ids(made.image), std::vector<std::string>{});
        auto mri = made.image;
        for (auto& value : mri.values)
            value = (value + 1000.0F) * 0.5F;
        QCOMPARE(ids(mri), std::vector<std::string>{"learning.warn_not_ct"});
        auto pictures = made.image;
        for (auto& value : pictures.values)
            value = (value + 1000.0F) / 5.0F;
        QCOMPARE(ids(pictures), std::vector<std::string>{"learning.warn_ct_window"});
        pictures.values.assign(pictures.values.size(), 7.0F);
        QCOMPARE(ids(pictures), std::vector<std::string>{"learning.warn_channel_flat"});
    }
};

QTEST_GUILESS_MAIN(CtSlicesTest)
#include "tst_ct_slices.moc"
