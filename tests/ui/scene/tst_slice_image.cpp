// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/scene/phantom.h"
#include "ui/scene/slice_image.h"

#include <QTest>
#include <limits>
#include <map>
#include <set>

using namespace sulcus;
using namespace sulcus::scene;

namespace {

constexpr std::array<Plane, 3> kPlanes{Plane::Axial, Plane::Sagittal, Plane::Coronal};

SliceImage sliceThroughBall(const imaging::Volume& volume, Plane plane, bool neurological) {
    const auto frame = sliceFrame(volume.geometry, plane, neurological);
    SliceImage image;
    paintVolume(volume, frame, frame.sliceOf(test::kBallCentre), 400.0, 200.0, false, colourTable(ColourMap::Grey),
                image);
    return image;
}

} // namespace

class TestSliceImage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStorageOrderGivesTheSamePicture() {
        const auto reference = test::phantomVolume(test::phantomGeometry(test::kLps));
        for (const Plane plane : kPlanes)
            for (const bool neurological : {false, true}) {
                const auto expected = sliceThroughBall(*reference, plane, neurological);
                for (const auto& order : test::storageOrders()) {
                    const auto volume = test::phantomVolume(test::phantomGeometry(order));
                    QVERIFY(sliceThroughBall(*volume, plane, neurological).rgba == expected.rgba);
                }
            }
    }

    void ballLiesWhereTheConventionPutsIt() {
        const auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        const auto centroid = [&](Plane plane, bool neurological) {
            const auto image = sliceThroughBall(*volume, plane, neurological);
            double x = 0;
            double y = 0;
            int count = 0;
            for (int row = 0; row < image.rows; ++row)
                for (int column = 0; column < image.columns; ++column)
                    if (image.pixel(column, row)[0] > 150) {
                        x += column;
                        y += row;
                        ++count;
                    }
            return PlanePoint{x / count - 20.0, y / count - 20.0};
        };
        QVERIFY(centroid(Plane::Axial, false).x > 5.0); // the patient's left, on the right
        QVERIFY(centroid(Plane::Axial, false).y > 5.0); // anterior, up
        QVERIFY(centroid(Plane::Axial, true).x < -5.0);
        QVERIFY(centroid(Plane::Coronal, false).x > 5.0);
        QVERIFY(centroid(Plane::Coronal, false).y > 5.0);
        QVERIFY(centroid(Plane::Coronal, true).x < -5.0);
        QVERIFY(centroid(Plane::Sagittal, false).x < -5.0); // anterior, on the left
        QVERIFY(centroid(Plane::Sagittal, true).x < -5.0);
    }

    void windowAndLevelMapLinearlyAndClamp() {
        imaging::Volume volume;
        volume.geometry.size = {5, 1, 1};
        volume.voxels = {-50.0F, 0.0F, 50.0F, 100.0F, std::numeric_limits<float>::quiet_NaN()};
        const auto frame = sliceFrame(volume.geometry, Plane::Axial, false);
        SliceImage image;
        paintVolume(volume, frame, 0, 100.0, 50.0, false, colourTable(ColourMap::Grey), image);
        const std::array<int, 5> expected{0, 0, 128, 255, 0};
        for (int column = 0; column < 5; ++column)
            QCOMPARE(int(image.pixel(column, 0)[0]), expected[static_cast<std::size_t>(column)]);
        paintVolume(volume, frame, 0, 100.0, 50.0, true, colourTable(ColourMap::Grey), image);
        QCOMPARE(int(image.pixel(3, 0)[0]), 0);
        QCOMPARE(int(image.pixel(1, 0)[0]), 255);
    }

    void maskOnAnotherGridLiesWhereTheWorldPutsIt() {
        const auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        // The same mask, stored in another order and cut down to a smaller box: every label must land on its voxel.
        const auto other = test::phantomVolume(test::phantomGeometry({0, -1, 0, 0, 0, 1, -1, 0, 0}));
        const auto same = test::phantomMask(*volume);
        const auto turned = test::phantomMask(*other);
        for (const Plane plane : kPlanes) {
            const auto frame = sliceFrame(volume->geometry, plane, false);
            SliceLabels a;
            SliceLabels b;
            cutLabels(*same, frame, frame.sliceOf(test::kBallCentre), a);
            cutLabels(*turned, frame, frame.sliceOf(test::kBallCentre), b);
            QVERIFY(a == b);
            QVERIFY(std::count(a.begin(), a.end(), 2) > 20);
        }
    }

    void outsideOfASmallerMaskIsBackground() {
        const auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        imaging::LabelMap small;
        small.geometry = volume->geometry;
        small.geometry.size = {1, 1, 1};
        small.geometry.origin = {10.0, -20.0, 30.0};
        small.voxels = {7};
        const auto frame = sliceFrame(volume->geometry, Plane::Axial, false);
        SliceLabels labels;
        cutLabels(small, frame, frame.sliceOf({10.0, -20.0, 30.0}), labels);
        QCOMPARE(std::count(labels.begin(), labels.end(), 7), 1);
        QCOMPARE(std::count(labels.begin(), labels.end(), 0), std::ptrdiff_t(labels.size()) - 1);
    }

    void outlinesAreClosedAndStayInsideTheirLabel() {
        imaging::LabelMap map;
        map.geometry.size = {12, 9, 1};
        map.voxels.assign(12 * 9, 0);
        unsigned seed = 17; // any scattered pattern: a property, not an example
        for (auto& voxel : map.voxels) {
            seed = seed * 1664525u + 1013904223u;
            voxel = static_cast<std::uint8_t>((seed >> 28) % 3);
        }
        const auto frame = sliceFrame(map.geometry, Plane::Axial, false);
        SliceLabels labels;
        cutLabels(map, frame, 0, labels);
        std::array<LabelStyle, 256> styles{};
        styles[0].visible = false;
        std::vector<OutlinePiece> pieces;
        traceOutlines(labels, frame, styles, pieces);
        QVERIFY(!pieces.empty());
        std::map<std::array<long, 3>, int> ends;
        for (const auto& piece : pieces) {
            ++ends[{piece.label, std::lround(piece.x0 * 1000), std::lround(piece.y0 * 1000)}];
            ++ends[{piece.label, std::lround(piece.x1 * 1000), std::lround(piece.y1 * 1000)}];
            // Both ends are nearest to a voxel of the label.
            for (const auto& [x, y] : {std::pair{piece.x0, piece.y0}, std::pair{piece.x1, piece.y1}}) {
                const auto pixel = static_cast<std::size_t>(std::lround(y) * 12 + std::lround(x));
                QCOMPARE(int(labels[pixel]), int(piece.label));
            }
        }
        for (const auto& [point, count] : ends)
            QCOMPARE(count % 2, 0);
    }

    void hiddenLabelsLeaveNoTrace() {
        const SliceLabels labels{1, 2, 1, 0};
        imaging::Geometry grid;
        grid.size = {4, 1, 1};
        const auto frame = sliceFrame(grid, Plane::Axial, false);
        DisplaySettings settings;
        settings.labels[2] = LabelStyle{{1, 2, 3}, 1.0, false};
        settings.labels[1] = LabelStyle{{10, 20, 30}, 0.5, true};
        const auto styles = resolvedStyles(settings, imaging::LabelEra::Brats2021);
        SliceImage image;
        paintLabels(labels, frame, styles, 0.5, image);
        QCOMPARE(int(image.pixel(0, 0)[3]), 64); // a quarter of 255, rounded
        QCOMPARE(int(image.pixel(0, 0)[1]), 20);
        QCOMPARE(int(image.pixel(1, 0)[3]), 0);
        QCOMPARE(int(image.pixel(3, 0)[3]), 0);
        std::vector<OutlinePiece> pieces;
        traceOutlines(labels, frame, styles, pieces);
        for (const auto& piece : pieces)
            QCOMPARE(int(piece.label), 1);
    }

    void unknownLabelsGetColoursOfTheirOwn() {
        std::set<Rgb> seen;
        for (int label = 1; label <= 28; ++label)
            QVERIFY(seen.insert(anyLabelColour(static_cast<std::uint8_t>(label))).second);
    }

    void colourTablesRunFromDarkToLight() {
        for (const ColourMap map : {ColourMap::Grey, ColourMap::Hot, ColourMap::Viridis, ColourMap::Bone}) {
            const auto table = colourTable(map);
            const auto light = [](const Rgb& c) { return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2]; };
            for (std::size_t n = 1; n < table.size(); ++n)
                QVERIFY(light(table[n]) >= light(table[n - 1]) - 1.0);
            QVERIFY(light(table[255]) > light(table[0]) + 150.0);
        }
    }
};

QTEST_APPLESS_MAIN(TestSliceImage)
#include "tst_slice_image.moc"
