// SPDX-License-Identifier: Apache-2.0
// What the check of classified pictures says of real ones: a cerebral angiography, and slices of CT and MRI.
#include "core/imaging/folder_volume.h"
#include "core/imaging/image_io.h"
#include "core/learning/view_checks.h"
#include "core/workflow/view_sets.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sulcus;
namespace fs = std::filesystem;

namespace {

const fs::path kData = SULCUS_SOURCE_DIR "/../shared/data";

/// Eight neighbouring axial slices from a third of the way up.
std::vector<learning::Field> eightSlices(const imaging::Volume& volume) {
    const auto& size = volume.geometry.size;
    const auto area = static_cast<std::ptrdiff_t>(size[0]) * size[1];
    std::vector<learning::Field> views;
    for (std::ptrdiff_t k = size[2] / 3; views.size() < 8; ++k)
        views.push_back({1,
                         1,
                         size[1],
                         size[0],
                         {1.0, 1.0, 1.0},
                         {volume.voxels.begin() + k * area, volume.voxels.begin() + (k + 1) * area}});
    return views;
}

} // namespace

class TestViewKinds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!fs::is_directory(kData / "angio"))
            QSKIP("../shared/data is not there");
    }

    void aRealAngiographyIsNotDoubtedAndNotSaidToBeSynthetic() {
        for (const char* const file : {"XA1_J2KR.dcm", "XA1_JPLL.dcm"}) {
            const QTemporaryDir folder;
            for (int n = 1; n <= 8; ++n)
                fs::create_symlink(kData / "angio" / file,
                                   fs::path(folder.path().toStdString()) / (std::to_string(n) + ".dcm"));
            const auto found = workflow::findViewSets(folder.path().toStdString());
            QVERIFY(found.has_value());
            QVERIFY(!found->synthetic);
            const auto views = workflow::readViews(found->sets.front(), TaskContext());
            QVERIFY(views.has_value());
            // Eight times the same frame: angiography, but no eight views.
            const auto warnings = learning::checkViews(*views);
            QCOMPARE(warnings.size(), std::size_t{1});
            QCOMPARE(warnings.front().id, std::string("learning.warn_same_views"));
        }
    }

    void slicesAreDoubted_data() {
        QTest::addColumn<QString>("file");
        QTest::newRow("CT of a head") << "formats/dicom_series_ct_head";
        QTest::newRow("CT of a lung") << "ct/volumes/elastix_lung_baseline_ct.nii.gz";
        QTest::newRow("vessels in CT") << "angio/CT_AVM.nii.gz";
        QTest::newRow("T1") << "brain/reference/BraTS2021_00000/BraTS2021_00000_t1.nii.gz";
        QTest::newRow("FLAIR") << "brain/reference/BraTS2021_00014/BraTS2021_00014_flair.nii.gz";
    }
    void slicesAreDoubted() {
        QFETCH(QString, file);
        const auto path = kData / file.toStdString();
        Result<imaging::Volume> volume = failCancelled();
        if (fs::is_directory(path)) {
            const auto series = imaging::findDicomSeries(path, TaskContext());
            QVERIFY(series.has_value());
            volume = imaging::readDicomSeries(series->front(), TaskContext());
        } else {
            volume = imaging::readVolume(path, TaskContext());
        }
        QVERIFY(volume.has_value());
        const auto warnings = learning::checkViews(eightSlices(*volume));
        QCOMPARE(warnings.size(), std::size_t{1});
        QCOMPARE(warnings.front().id, std::string("learning.warn_not_angiography"));
    }
};

QTEST_GUILESS_MAIN(TestViewKinds)
#include "tst_view_kinds.moc"
