// SPDX-License-Identifier: Apache-2.0
// Where the shipped network says it looked, against where the made-up aneurysm is: the generator knows it.
#include "core/learning/classifier.h"
#include "core/learning/view_images.h"
#include "core/workflow/angiography/synthetic_angiography.h"
#include "core/workflow/angiography/vessel_tree.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <numeric>

using namespace sulcus;
using namespace sulcus::workflow;

namespace {

constexpr int kSize = 224;
constexpr double kPixelMm = 110.0 / kSize;
/// Under this the window shows no colour.
constexpr float kVisible = 0.15F;

learning::Field pictureOf(const VesselTree& tree, std::size_t view, std::uint64_t seed) {
    const auto pixels = projectVesselTree(tree, kAngiographyAngles[view], kSize, seed * 8 + view);
    learning::Field field{1, 1, kSize, kSize, {1.0, 1.0, 1.0}, {}};
    field.values.assign(pixels.begin(), pixels.end());
    return field;
}

struct Peak {
    double column = 0.0;
    double row = 0.0;
    float value = 0.0F;
};

Peak peakOf(const learning::Field& heat) {
    const auto largest = std::max_element(heat.values.begin(), heat.values.end());
    const auto at = static_cast<int>(largest - heat.values.begin());
    return {static_cast<double>(at % heat.width), static_cast<double>(at / heat.width), *largest};
}

double medianOf(std::vector<double> values) {
    if (values.empty())
        return 0.0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

class TestHeatMaps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPointLandsWhereItsVesselIsDrawn() {
        VesselTree tree;
        tree.aneurysms.push_back({0, {7.0, -12.0, 21.0}, 4.0, 2.0}); // darker than any corner of the ground
        for (std::size_t view = 0; view < kAngiographyAngles.size(); ++view) {
            const auto picture = pictureOf(tree, view, 1);
            const auto [column, row] = projectedPoint(tree.aneurysms.front().centre, kAngiographyAngles[view], kSize);
            // The centre of what is dark: the ball and nothing else.
            double sum = 0.0;
            double x = 0.0;
            double y = 0.0;
            for (int n = 0; n < kSize * kSize; ++n) {
                const double dark =
                    std::max(0.0, 60.0 - static_cast<double>(picture.values[static_cast<std::size_t>(n)]));
                sum += dark;
                x += dark * (n % kSize);
                y += dark * (n / kSize);
            }
            QVERIFY(sum > 0.0);
            QVERIFY2(std::abs(x / sum - column) < 0.5 && std::abs(y / sum - row) < 0.5,
                     qPrintable(QString("view %1").arg(view)));
        }
    }

    // The grid that the network works on has pixels of 1.1 mm; a peak may stand one or two of them off, and no side is
    // favoured: a systematic shift would be an error of the map, not of the network. Medians, because in a few views
    // the network looks at a vein instead, centimetres away.
    void theHeatPeaksOnTheAneurysm() {
        auto network = learning::Classifier::load(
            std::filesystem::path(SULCUS_SOURCE_DIR) / "models" / "angio-aneurysm-synthetic", learning::Device::Cpu);
        QVERIFY(network);
        learning::ClassificationOptions options;
        options.heatMaps = true;
        std::vector<double> distances;
        std::vector<double> right;
        std::vector<double> down;
        for (std::uint64_t seed = 900001; seed < 900013; ++seed) {
            const auto tree = makeVesselTree(seed, true);
            std::vector<learning::Field> views;
            for (std::size_t view = 0; view < kAngiographyAngles.size(); ++view)
                views.push_back(pictureOf(tree, view, seed));
            const auto answer = network->run("made-up", views, options, {});
            QVERIFY(answer);
            QCOMPARE(answer->heatMaps.size(), views.size());
            if (answer->probabilities.front() < 0.5)
                continue; // not found: there is nothing that the map could be asked for
            for (std::size_t view = 0; view < views.size(); ++view) {
                const auto peak = peakOf(answer->heatMaps[view]);
                if (peak.value < kVisible)
                    continue;
                const auto [column, row] =
                    projectedPoint(tree.aneurysms.front().centre, kAngiographyAngles[view], kSize);
                right.push_back((peak.column - column) * kPixelMm);
                down.push_back((peak.row - row) * kPixelMm);
                distances.push_back(std::hypot(peak.column - column, peak.row - row) * kPixelMm);
            }
        }
        const auto count = static_cast<double>(distances.size());
        QVERIFY(count >= 60.0);
        const double mean = std::accumulate(distances.begin(), distances.end(), 0.0) / count;
        const double median = medianOf(distances);
        const double toTheRight = medianOf(right);
        const double downwards = medianOf(down);
        const auto said =
            QString("%1 views: distance %2 mm (median; mean %3), shift %4 mm to the right and %5 mm down (medians)")
                .arg(count)
                .arg(median, 0, 'f', 2)
                .arg(mean, 0, 'f', 2)
                .arg(toTheRight, 0, 'f', 2)
                .arg(downwards, 0, 'f', 2);
        qInfo("%s", qPrintable(said));
        QVERIFY2(median < 1.5 && mean < 3.5, qPrintable(said));
        QVERIFY2(std::abs(toTheRight) < 0.6 && std::abs(downwards) < 0.6, qPrintable(said));
    }
};

QTEST_GUILESS_MAIN(TestHeatMaps)
#include "tst_heat_maps.moc"
