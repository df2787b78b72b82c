// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/dicom_seg/dicom_segmentation.h"
#include "core/imaging/folder_volume.h"
#include "tests/core/imaging/hand_slice.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <random>

using namespace sulcus;
using namespace sulcus::imaging;
using sulcus::test::HandSlice;

namespace {

/// Six slices 2.5 mm apart, stored in any orientation.
DicomSeries writeSeries(const QTemporaryDir& folder, const std::array<double, 6>& orientation) {
    const std::array<double, 3> normal{orientation[1] * orientation[5] - orientation[2] * orientation[4],
                                       orientation[2] * orientation[3] - orientation[0] * orientation[5],
                                       orientation[0] * orientation[4] - orientation[1] * orientation[3]};
    for (int n = 0; n < 6; ++n) {
        HandSlice slice;
        slice.instance = n + 1;
        slice.orientation = orientation;
        for (std::size_t axis = 0; axis < 3; ++axis)
            slice.position[axis] = -20.0 + normal[axis] * 2.5 * n;
        QFile file(folder.filePath(QString("slice%1.dcm").arg(n)));
        if (file.open(QIODevice::WriteOnly))
            file.write(slice.bytes());
    }
    return findDicomSeries(folder.path().toStdString(), TaskContext())->front();
}

LabelMap randomMap(const Geometry& grid, unsigned seed) {
    LabelMap map;
    map.geometry = grid;
    std::mt19937 random(seed);
    for (std::size_t n = 0; n < grid.voxelCount(); ++n)
        map.voxels.push_back(static_cast<std::uint8_t>(std::array{0, 0, 1, 2, 4}[random() % 5]));
    return map;
}

const std::vector<SegmentDescription> kSegments{{1, "Core", {213, 94, 0}},
                                                {2, "Oedema", {86, 180, 233}},
                                                {3, "Not there", {0, 0, 0}},
                                                {4, "Enhancing", {240, 228, 66}}};

/// Segment numbers back to label values, by their names.
LabelMap toValues(const DicomSegmentation& read) {
    LabelMap map = read.map;
    for (std::uint8_t& voxel : map.voxels)
        if (voxel != 0)
            for (const SegmentDescription& segment : kSegments)
                if (segment.label == read.segments[voxel - 1u].label) {
                    voxel = segment.value;
                    break;
                }
    return map;
}

} // namespace

class TestDicomSegmentation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsReadBackInEveryOrientation() {
        const double c = std::cos(0.3);
        const double s = std::sin(0.3);
        unsigned seed = 1;
        for (const std::array<double, 6>& orientation :
             {std::array<double, 6>{1, 0, 0, 0, 1, 0}, std::array<double, 6>{0, 1, 0, 0, 0, -1},
              std::array<double, 6>{1, 0, 0, 0, 0, -1}, std::array<double, 6>{c, s, 0, -s, c, 0}}) {
            QTemporaryDir folder;
            const DicomSeries series = writeSeries(folder, orientation);
            const auto volume = readDicomSeries(series, TaskContext());
            QVERIFY(volume.has_value());
            const LabelMap map = randomMap(volume->geometry, seed++);
            const std::filesystem::path file = folder.filePath("seg.dcm").toStdString();
            const auto written = writeDicomSegmentation(map, series.files, kSegments, file, TaskContext());
            QVERIFY2(written.has_value(), written ? "" : written.error().message.id.c_str());
            QVERIFY(!std::filesystem::exists(file.string() + ".part"));
            const auto read = readDicomSegmentation(file, volume->geometry);
            QVERIFY2(read.has_value(), read ? "" : read.error().context.c_str());
            QCOMPARE(read->segments.size(), std::size_t{3}); // the one that is not in the map was left out
            QCOMPARE(toValues(*read).voxels, map.voxels);
            QCOMPARE(read->pictureUids.size(), std::size_t{6});
            QCOMPARE(read->pictureUids.front(), std::string("1.2.9.1"));
        }
    }

    void theMaskComesBackWithItsValues() {
        const double c = std::cos(0.3);
        const double s = std::sin(0.3);
        unsigned seed = 11;
        for (const std::array<double, 6>& orientation :
             {std::array<double, 6>{1, 0, 0, 0, 1, 0}, std::array<double, 6>{0, 1, 0, 0, 0, -1},
              std::array<double, 6>{c, s, 0, -s, c, 0}}) {
            QTemporaryDir folder;
            const DicomSeries series = writeSeries(folder, orientation);
            const auto volume = readDicomSeries(series, TaskContext());
            LabelMap map = randomMap(volume->geometry, seed++);
            // The first slice and one in the middle hold no label, so they have no frame.
            const std::size_t slice = static_cast<std::size_t>(map.geometry.size[0]) * map.geometry.size[1];
            std::fill_n(map.voxels.begin(), slice, std::uint8_t{0});
            std::fill_n(map.voxels.begin() + static_cast<std::ptrdiff_t>(slice * 3), slice, std::uint8_t{0});
            const std::filesystem::path file = folder.filePath("seg.dcm").toStdString();
            QVERIFY(writeDicomSegmentation(map, series.files, kSegments, file, TaskContext()).has_value());
            QVERIFY(isDicomSegmentation(file));
            QVERIFY(!isDicomSegmentation(series.files.front()));
            const auto onImages = readSegmentationMask(file, volume->geometry, TaskContext());
            QVERIFY2(onImages.has_value(), onImages ? "" : onImages.error().context.c_str());
            QCOMPARE(onImages->voxels, map.voxels);
            // By itself it lies on its own grid, which says the same of the same places.
            const auto alone = readSegmentationMask(file, std::nullopt, TaskContext());
            QVERIFY2(alone.has_value(), alone ? "" : alone.error().context.c_str());
            QCOMPARE(alone->geometry.size[2], map.geometry.size[2] - 1);
            std::size_t labelled = 0;
            for (int k = 0; k < alone->geometry.size[2]; ++k)
                for (int j = 0; j < alone->geometry.size[1]; ++j)
                    for (int i = 0; i < alone->geometry.size[0]; ++i) {
                        const WorldPoint place = alone->geometry.worldFromIndex(
                            {static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)});
                        const std::uint8_t value = alone->at({i, j, k});
                        QCOMPARE(value, map.at(map.geometry.nearestVoxel(place)));
                        labelled += value != 0 ? 1U : 0U;
                    }
            QCOMPARE(labelled, static_cast<std::size_t>(std::count_if(map.voxels.begin(), map.voxels.end(),
                                                                      [](std::uint8_t v) { return v != 0; })));
        }
    }

    void aMaskOfOtherImagesIsRefused() {
        QTemporaryDir folder;
        const DicomSeries series = writeSeries(folder, {1, 0, 0, 0, 1, 0});
        const auto volume = readDicomSeries(series, TaskContext());
        const LabelMap map = randomMap(volume->geometry, 3);
        const std::filesystem::path file = folder.filePath("seg.dcm").toStdString();
        QVERIFY(writeDicomSegmentation(map, series.files, kSegments, file, TaskContext()).has_value());
        Geometry elsewhere = volume->geometry;
        elsewhere.origin[0] += 500.0;
        QCOMPARE(readSegmentationMask(file, elsewhere, TaskContext()).error().message.id,
                 std::string("imaging.seg_other_grid"));
        Geometry coarse = volume->geometry;
        coarse.spacing[0] *= 2.0;
        QCOMPARE(readSegmentationMask(file, coarse, TaskContext()).error().message.id,
                 std::string("imaging.seg_other_grid"));
    }

    void whatCannotBeWrittenSaysWhyAndLeavesNothing() {
        QTemporaryDir folder;
        const DicomSeries series = writeSeries(folder, {1, 0, 0, 0, 1, 0});
        const auto volume = readDicomSeries(series, TaskContext());
        LabelMap map = randomMap(volume->geometry, 5);
        const std::filesystem::path file = folder.filePath("seg.dcm").toStdString();
        QCOMPARE(writeDicomSegmentation(map, {}, kSegments, file, TaskContext()).error().message.id,
                 std::string("imaging.seg_no_pictures"));
        QCOMPARE(writeDicomSegmentation(map, series.files, kSegments, "/nowhere/at/all.dcm", TaskContext())
                     .error()
                     .message.id,
                 std::string("imaging.seg_not_written"));
        std::fill(map.voxels.begin(), map.voxels.end(), std::uint8_t{0});
        QCOMPARE(writeDicomSegmentation(map, series.files, kSegments, file, TaskContext()).error().message.id,
                 std::string("imaging.seg_empty"));
        QVERIFY(!std::filesystem::exists(file));
        std::stop_source stop;
        stop.request_stop();
        const auto stopped =
            writeDicomSegmentation(map, series.files, kSegments, file, TaskContext(stop.get_token(), nullptr));
        QVERIFY(!stopped && stopped.error().code == ErrorCode::Cancelled);
    }

    void otherFilesAreRefused() {
        QTemporaryDir folder;
        const DicomSeries series = writeSeries(folder, {1, 0, 0, 0, 1, 0});
        const auto volume = readDicomSeries(series, TaskContext());
        QCOMPARE(readDicomSegmentation(series.files.front(), volume->geometry).error().message.id,
                 std::string("imaging.seg_not_read"));
        QCOMPARE(readDicomSegmentation("/nowhere.dcm", volume->geometry).error().message.id,
                 std::string("imaging.file_missing"));
    }
};

QTEST_APPLESS_MAIN(TestDicomSegmentation)
#include "tst_dicom_segmentation.moc"
