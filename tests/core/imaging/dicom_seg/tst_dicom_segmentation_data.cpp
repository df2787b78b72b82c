// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/dicom_seg/dicom_segmentation.h"
#include "core/imaging/folder_volume.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace sulcus;
using namespace sulcus::imaging;

class TestDicomSegmentationData : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBoneOfARealSeriesComesBackVoxelForVoxel() {
        const QString folder = QStringLiteral(SULCUS_SOURCE_DIR "/../shared/data/formats/dicom_series_ct_head");
        if (!QDir(folder).exists())
            QSKIP("../shared/data is absent");
        const auto series = findDicomSeries(folder.toStdString(), TaskContext());
        QVERIFY(series.has_value());
        const auto volume = readDicomSeries(series->front(), TaskContext());
        QVERIFY(volume.has_value());
        LabelMap map;
        map.geometry = volume->geometry;
        for (const float value : volume->voxels)
            map.voxels.push_back(value > 300.0F ? 1 : 0);
        QTemporaryDir out;
        const std::filesystem::path file = out.filePath("seg.dcm").toStdString();
        const auto written =
            writeDicomSegmentation(map, series->front().files, {{1, "Bone", {230, 230, 200}}}, file, TaskContext());
        QVERIFY2(written.has_value(), written ? "" : written.error().context.c_str());
        const auto read = readDicomSegmentation(file, volume->geometry);
        QVERIFY(read.has_value());
        QCOMPARE(read->segments.front().label, std::string("Bone"));
        QVERIFY(read->map.voxels == map.voxels);
    }
};

QTEST_APPLESS_MAIN(TestDicomSegmentationData)
#include "tst_dicom_segmentation_data.moc"
