// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/dicom_seg/dicom_segmentation.h"
#include "core/imaging/folder_volume.h"
#include "tests/core/imaging/hand_slice.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
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
