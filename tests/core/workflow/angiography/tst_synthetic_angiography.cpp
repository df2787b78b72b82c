// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/grey_image.h"
#include "core/workflow/angiography/synthetic_angiography.h"
#include "core/workflow/angiography/vessel_tree.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <numeric>

using namespace sulcus;
using namespace sulcus::workflow;

namespace {

/// The forerunner's simplest rival: how dark the darkest 7 x 7 patch of any view is.
double darkestPatch(const VesselTree& tree, std::uint64_t noiseSeed) {
    constexpr int kSize = 112;
    double darkest = 255.0;
    for (std::size_t view = 0; view < kAngiographyAngles.size(); view += 2) {
        const auto pixels = projectVesselTree(tree, kAngiographyAngles[view], kSize, noiseSeed + view);
        for (int y = 2; y < kSize - 2; ++y)
            for (int x = 2; x < kSize - 2; ++x) {
                double sum = 0.0;
                for (int dy = -2; dy <= 2; ++dy)
                    for (int dx = -2; dx <= 2; ++dx)
                        sum += pixels[static_cast<std::size_t>((y + dy) * kSize + x + dx)];
                darkest = std::min(darkest, sum / 25.0);
            }
    }
    return darkest;
}

} // namespace

class TestSyntheticAngiography : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameSeedGivesTheSamePicture() {
        const VesselTree a = makeVesselTree(5, true);
        const VesselTree b = makeVesselTree(5, true);
        QVERIFY(projectVesselTree(a, 22.5, 96, 3) == projectVesselTree(b, 22.5, 96, 3));
        QVERIFY(projectVesselTree(a, 22.5, 96, 3) != projectVesselTree(makeVesselTree(6, true), 22.5, 96, 3));
    }

    void anAneurysmChangesNothingElse() {
        const VesselTree with = makeVesselTree(9, true);
        const VesselTree without = makeVesselTree(9, false);
        QCOMPARE(with.segments.size(), without.segments.size());
        for (std::size_t n = 0; n < with.segments.size(); ++n)
            QVERIFY(with.segments[n].line == without.segments[n].line);
        QCOMPARE(with.aneurysms.size(), std::size_t{1});
        QVERIFY(without.aneurysms.empty());
    }

    void vesselsAreDarkOnABrightGround() {
        const auto pixels = projectVesselTree(makeVesselTree(3, false), 0.0, 224, 1);
        const double mean = std::accumulate(pixels.begin(), pixels.end(), 0.0) / static_cast<double>(pixels.size());
        const auto dark = std::count_if(pixels.begin(), pixels.end(), [](std::uint8_t v) { return v < 120; });
        QVERIFY(mean > 120.0);
        QVERIFY(dark > 300 && dark < 15000);
    }

    void theDarkestBlobIsAWeakRival() {
        // A task that a threshold solves would teach nothing: its AUC stays well under a network's.
        std::vector<double> with;
        std::vector<double> without;
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            with.push_back(darkestPatch(makeVesselTree(seed, true), seed * 8));
            without.push_back(darkestPatch(makeVesselTree(100 + seed, false), seed * 8));
        }
        double auc = 0.0;
        for (const double a : with)
            for (const double b : without)
                auc += a < b ? 1.0 : a == b ? 0.5 : 0.0;
        auc /= static_cast<double>(with.size() * without.size());
        QVERIFY2(auc < 0.75, qPrintable(QString::number(auc)));
    }

    void aLevelVeinIsRoundAndDarkInOneViewOnly() {
        // The last three vessels of a tree are the last level vein and its two thin ends.
        const VesselTree all = makeVesselTree(12, false);
        VesselTree vein;
        vein.segments.assign(all.segments.end() - 3, all.segments.end());
        std::vector<double> darkest;
        for (std::size_t view = 0; view < kAngiographyAngles.size(); ++view) {
            const auto pixels = projectVesselTree(vein, kAngiographyAngles[view], 112, 1);
            darkest.push_back(*std::min_element(pixels.begin(), pixels.end()));
        }
        std::sort(darkest.begin(), darkest.end());
        QVERIFY(darkest[0] + 20.0 < darkest[4]);
    }

    void folderHasTheForerunnersLayout() {
        const QTemporaryDir folder;
        const auto written =
            writeSyntheticAngiography(folder.path().toStdString(), {.patients = 3, .seed = 2, .imageSize = 96}, {});
        QVERIFY(written.has_value());
        QCOMPARE(QDir(folder.path()).entryList({"patient_*"}, QDir::Dirs).size(), 3);
        QCOMPARE(QDir(folder.filePath("patient_0002")).entryList({"view_*.png"}).size(), 8);
        const QImage view(folder.filePath("patient_0001/view_8.png"));
        QCOMPARE(view.size(), QSize(96, 96));
        QVERIFY(view.isGrayscale());
        // Another reader finds the mark, and the pixels are those that were projected: the mark changes none.
        QVERIFY(view.text("Source").startsWith("synthetic"));
        const std::uint64_t seed = 2 * 1000003ULL + 1;
        const auto pixels = projectVesselTree(makeVesselTree(seed, ((seed * 0x9E3779B97F4A7C15ULL) >> 63) != 0), 90.0,
                                              96, seed * 8 + 7);
        for (int y = 0; y < 96; ++y)
            for (int x = 0; x < 96; ++x)
                QCOMPARE(qGray(view.pixel(x, y)), static_cast<int>(pixels[static_cast<std::size_t>(y * 96 + x)]));
        QVERIFY(imaging::pictureSource(folder.filePath("patient_0003/view_1.png").toStdString())
                    .value_or("")
                    .starts_with("synthetic"));
        QFile table(folder.filePath("labels.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        QCOMPARE(table.readLine().trimmed(), QByteArray("Index,Aneurysm,ICA,ACom,ACA,MCA,PCom"));
        QCOMPARE(table.readAll().count('\n'), 3);
        QVERIFY(QFile::exists(folder.filePath("README.txt")));
    }

    void aPictureWithoutAMarkHasNone() {
        const QTemporaryDir folder;
        const auto plain = folder.filePath("plain.png").toStdString();
        QVERIFY(imaging::writeGreyImage(4, 3, std::vector<std::uint8_t>(12, 7), plain).has_value());
        QVERIFY(!imaging::pictureSource(plain));
        QVERIFY(!imaging::pictureSource(folder.filePath("nowhere.png").toStdString()));
        // Cut off in its mark, and no PNG at all.
        const auto marked = folder.filePath("marked.png");
        QVERIFY(imaging::writeGreyImage(4, 3, std::vector<std::uint8_t>(12, 7), marked.toStdString(), "synthetic")
                    .has_value());
        QCOMPARE(imaging::pictureSource(marked.toStdString()), std::optional<std::string>("synthetic"));
        QFile file(marked);
        QVERIFY(file.resize(45));
        QVERIFY(!imaging::pictureSource(marked.toStdString()));
        QFile text(folder.filePath("text.png"));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("Source: synthetic");
        text.close();
        QVERIFY(!imaging::pictureSource(text.fileName().toStdString()));
    }

    // /dev/full takes the place of the file that a picture is first written to.
    void aFullDiskIsASentence() {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir("patient_0001"));
        QVERIFY(QFile::link("/dev/full", folder.filePath("patient_0001/.view_1.png.part.png")));
        const auto written =
            writeSyntheticAngiography(folder.path().toStdString(), {.patients = 1, .seed = 2, .imageSize = 96}, {});
        QVERIFY(!written);
        QCOMPARE(written.error().message.id, std::string("imaging.write_failed"));
    }

    void cancelStopsBetweenPictures() {
        const QTemporaryDir folder;
        std::stop_source source;
        source.request_stop();
        const auto written =
            writeSyntheticAngiography(folder.path().toStdString(), {}, TaskContext(source.get_token(), {}));
        QVERIFY(!written && written.error().code == ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestSyntheticAngiography)
#include "tst_synthetic_angiography.moc"
