// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/case.h"
#include "core/imaging/folder_volume.h"
#include "core/imaging/image_io.h"
#include "core/imaging/itk_codec.h"
#include "core/imaging/resample.h"

#include <QDir>
#include <QTest>
#include <algorithm>

using namespace sulcus;
using namespace sulcus::imaging;

namespace {
const QString kData = QStringLiteral(SULCUS_SOURCE_DIR "/../shared/data");
}

class RealFiles : public QObject {
    Q_OBJECT

    static Volume read(const QString& path) {
        auto volume = readVolume((kData + path).toStdString(), TaskContext());
        if (!volume) {
            qFatal("%s: %s", qPrintable(path), volume.error().message.id.c_str());
        }
        return *volume;
    }

private Q_SLOTS:
    void initTestCase() {
        if (!QDir(kData).exists()) {
            QSKIP("SULCUS_SKIPPED_WHOLE_TEST ../shared/data is absent");
        }
    }

    void eightOrientationsAreOnePicture() {
        const Volume reference = toLps(read("/formats/orientations/LPS.nii.gz"));
        const QStringList files = QDir(kData + "/formats/orientations").entryList(QDir::Files);
        QCOMPARE(files.size(), 8);
        for (const QString& name : files) {
            const Volume stored = read("/formats/orientations/" + name);
            for (int axis = 0; axis < 3; ++axis) {
                QCOMPARE(QLatin1Char(stored.geometry.axisLetter(axis)), name[axis]);
            }
            const Volume lps = toLps(stored);
            QVERIFY(lps.geometry.hasOrientation);
            QVERIFY2(sameGrid(lps.geometry, reference.geometry, 1e-3), qPrintable(name));
            float worst = 0.0F;
            for (std::size_t n = 0; n < lps.voxels.size(); ++n) {
                worst = std::max(worst, std::abs(lps.voxels[n] - reference.voxels[n]));
            }
            // The files were made by separate 8-bit roundings of one volume.
            QVERIFY2(worst < 0.75F, qPrintable(QStringLiteral("%1: %2").arg(name).arg(worst)));
        }
    }

    void theMarkOfAvg152LiesOnThePatientsLeft() {
        for (const char* name : {"avg152T1_LR_nifti.nii", "avg152T1_LR_nifti.nii.gz", "avg152T1_LR_nifti2.nii.gz"}) {
            const Volume v = read(QStringLiteral("/formats/nifti_odd/") + QLatin1String(name));
            // A white R and L are drawn through the skull base. The L reaches far to its side only with its foot, the R
            // with its whole stem: measure how high the letter is 30 to 40 mm from the midline on either side.
            std::array<double, 2> low{1e9, 1e9};
            std::array<double, 2> high{-1e9, -1e9};
            for (int j = 0; j < v.geometry.size[1]; ++j) {
                for (int i = 0; i < v.geometry.size[0]; ++i) {
                    if (v.at({i, j, 14}) < 254.0F) {
                        continue;
                    }
                    const WorldPoint p = v.geometry.worldFromIndex({double(i), double(j), 14.0});
                    const double x = std::abs(p.x);
                    if (x > 44.0 && x < 50.0) {
                        const std::size_t side = p.x > 0 ? 0 : 1; // LPS: positive is left
                        low[side] = std::min(low[side], p.y);
                        high[side] = std::max(high[side], p.y);
                    }
                }
            }
            QVERIFY2(high[0] - low[0] < 25.0, name);
            QVERIFY2(high[1] - low[1] > 45.0, name);
        }
    }

    void niftiTwoEqualsNiftiOne() {
        const Volume one = read("/formats/nifti_odd/avg152T1_LR_nifti.nii.gz");
        const Volume two = read("/formats/nifti_odd/avg152T1_LR_nifti2.nii.gz");
        QVERIFY(sameGrid(one.geometry, two.geometry));
        QVERIFY(one.voxels == two.voxels);
    }

    void byteOrderMakesNoDifference() {
        const Volume big = read("/formats/nifti_odd/big.nii.gz");
        const Volume little = read("/formats/nifti_odd/little.nii.gz");
        QVERIFY(sameGrid(big.geometry, little.geometry));
        QVERIFY(big.voxels == little.voxels);
    }

    void ownNiftiDecoderAgreesWithItk_data() {
        QTest::addColumn<QString>("path");
        for (const char* path :
             {"/formats/orientations/ASL.nii.gz", "/formats/orientations/IRA.nii.gz",
              "/formats/orientations/LAS.nii.gz", "/formats/orientations/LPS.nii.gz",
              "/formats/orientations/PIR.nii.gz", "/formats/orientations/RAS.nii.gz",
              "/formats/orientations/RPI.nii.gz", "/formats/orientations/SPR.nii.gz",
              "/formats/nifti_odd/avg152T1_LR_nifti.nii.gz", "/formats/nifti_odd/with_extension.nii.gz",
              "/formats/nifti_odd/big.nii.gz", "/formats/nifti_odd/little.nii.gz", "/angio/chris_MRA.nii.gz",
              "/angio/CT_AVM.nii.gz", "/brain/train/Brats17_TCIA_105_1/Brats17_TCIA_105_1_seg.nii.gz",
              "/brain/train/BraTS19_CBICA_ABM_1/BraTS19_CBICA_ABM_1_t2.nii.gz"}) {
            QTest::newRow(path + 1) << QString::fromLatin1(path);
        }
    }
    void ownNiftiDecoderAgreesWithItk() {
        QFETCH(QString, path);
        const Volume own = read(path);
        const auto itk = readItk((kData + path).toStdString(), ItkFormat::Nifti, {}, TaskContext());
        QVERIFY2(itk, itk ? "" : itk.error().context.c_str());
        QVERIFY(sameGrid(own.geometry, itk->geometry, 1e-2));
        float worst = 0.0F;
        for (std::size_t n = 0; n < own.voxels.size(); ++n) {
            worst = std::max(worst, std::abs(own.voxels[n] - itk->voxels[n]));
        }
        // Scale factors are applied in double here and in float there.
        QVERIFY2(worst < 1e-3F, qPrintable(QString::number(worst)));
    }

    void headSeriesIsOneVolume() {
        const auto series = findDicomSeries((kData + "/formats/dicom_series_ct_head").toStdString(), TaskContext());
        QVERIFY(series);
        QCOMPARE(series->size(), std::size_t(1));
        QCOMPARE(series->front().size[2], 93);
        const auto v = readDicomSeries(series->front(), TaskContext());
        QVERIFY2(v, v ? "" : v.error().message.id.c_str());
        QCOMPARE(v->geometry.size[2], 93);
        const auto opened = readCase(*findCase((kData + "/formats/dicom_series_ct_head").toStdString()), TaskContext());
        QVERIFY(opened);
        QVERIFY(opened->volumes[0].sequence == Sequence::Ct);
        QVERIFY(v->warnings.empty());
        QCOMPARE(v->geometry.axisLetter(2), 'S');
    }

    void oddFolderListsWithoutHarm() {
        const auto series = findDicomSeries((kData + "/formats/dicom_odd").toStdString(), TaskContext());
        QVERIFY(series);
        QVERIFY(series->size() > 20);
    }

    void truthWithAnotherOriginOpens() {
        const auto files = findCase((kData + "/brain/train/Brats17_TCIA_105_1").toStdString());
        QVERIFY(files);
        const auto opened = readCase(*files, TaskContext());
        QVERIFY(opened);
        QVERIFY(opened->truth != nullptr);
        QVERIFY(std::any_of(opened->warnings.begin(), opened->warnings.end(),
                            [](const Message& m) { return m.id == "imaging.other_origin"; }));
        QCOMPARE(opened->geometry().size, (std::array<int, 3>{240, 240, 155}));
        QCOMPARE(opened->geometry().origin[1], -239.0);
    }

    void referenceCasesOpenWithoutWarnings() {
        for (const QString& name : QDir(kData + "/brain/reference").entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const auto files = findCase((kData + "/brain/reference/" + name).toStdString());
            QVERIFY(files);
            QVERIFY(files->missing.empty());
            const auto opened = readCase(*files, TaskContext());
            QVERIFY(opened);
            QVERIFY(opened->truth != nullptr);
            QVERIFY(opened->files.era == LabelEra::Brats2021);
            QVERIFY2(opened->warnings.empty(), qPrintable(name));
        }
    }
};

QTEST_GUILESS_MAIN(RealFiles)
#include "tst_real_files.moc"
