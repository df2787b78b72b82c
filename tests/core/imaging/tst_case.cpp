// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/case.h"
#include "core/imaging/image_io.h"
#include "core/imaging/resample.h"
#include "tests/core/imaging/phantoms.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <mutex>
#include <stop_token>

using namespace sulcus;
using namespace sulcus::imaging;

class CaseTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_count = 0;

    Geometry m_grid = [] {
        Geometry g = phantoms::grid({6, 5, 4});
        g.origin = {0.0, -239.0, 0.0};
        return g;
    }();

    std::filesystem::path freshFolder() {
        const QString name = m_dir.filePath(QStringLiteral("case%1").arg(++m_count));
        QDir().mkpath(name);
        return name.toStdString();
    }
    void volume(const std::filesystem::path& file, const Geometry& g) const {
        QVERIFY(writeVolume(phantoms::countingVolume(g), file));
    }
    void truth(const std::filesystem::path& file, const Geometry& g, std::uint8_t value = 4) const {
        LabelMap map = phantoms::emptyMap(g);
        map.voxels[7] = value;
        QVERIFY(writeLabelMap(map, file));
    }
    std::filesystem::path fullCase(const std::vector<std::string>& names) {
        const auto folder = freshFolder();
        for (const std::string& name : names) {
            if (name.find("seg") != std::string::npos) {
                truth(folder / name, m_grid);
            } else {
                volume(folder / name, m_grid);
            }
        }
        return folder;
    }
    static bool warns(const Case& c, const char* id) {
        return std::any_of(c.warnings.begin(), c.warnings.end(), [&](const Message& m) { return m.id == id; });
    }

private Q_SLOTS:
    void everyNamingIsRecognised_data() {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<bool>("recent");
        QTest::addColumn<bool>("withTruth");
        QTest::newRow("2017") << QStringList{"B_1_flair.nii.gz", "B_1_t1.nii.gz", "B_1_t1ce.nii.gz", "B_1_t2.nii.gz",
                                             "B_1_seg.nii.gz"}
                              << false << true;
        QTest::newRow("unpacked") << QStringList{"B_flair.nii", "B_t1.nii", "B_t1ce.nii", "B_t2.nii"} << false << false;
        QTest::newRow("capitals") << QStringList{"B_FLAIR.nii.gz", "B_T1.nii.gz", "B_T1CE.nii.gz", "B_T2.nii.gz"}
                                  << false << false;
        QTest::newRow("gadolinium") << QStringList{"B_flair.nii.gz", "B_t1.nii.gz", "B_t1Gd.nii.gz", "B_t2.nii.gz"}
                                    << false << false;
        QTest::newRow("UCSF-PDGM") << QStringList{"U-4_FLAIR.nii.gz", "U-4_T1.nii.gz", "U-4_T1c.nii.gz",
                                                  "U-4_T2.nii.gz", "U-4_tumor_segmentation.nii.gz"}
                                   << false << true;
        QTest::newRow("UPENN-GBM") << QStringList{"U_11_FLAIR.nii.gz", "U_11_T1.nii.gz", "U_11_T1GD.nii.gz",
                                                  "U_11_T2.nii.gz", "U_11_segm.nii.gz"}
                                   << false << true;
        QTest::newRow("2023 underscored")
            << QStringList{"B_t2f.nii.gz", "B_t1n.nii.gz", "B_t1c.nii.gz", "B_t2w.nii.gz", "B_seg.nii.gz"} << true
            << true;
        QTest::newRow("2023") << QStringList{"BraTS-GLI-00000-000-t2f.nii.gz", "BraTS-GLI-00000-000-t1n.nii.gz",
                                             "BraTS-GLI-00000-000-t1c.nii.gz", "BraTS-GLI-00000-000-t2w.nii.gz",
                                             "BraTS-GLI-00000-000-seg.nii.gz"}
                              << true << true;
    }
    void everyNamingIsRecognised() {
        QFETCH(QStringList, names);
        QFETCH(bool, recent);
        QFETCH(bool, withTruth);
        std::vector<std::string> plain;
        for (const QString& n : names) {
            plain.push_back(n.toStdString());
        }
        const auto folder = fullCase(plain);
        const auto found = findCase(folder);
        QVERIFY(found);
        QVERIFY(found->kind == CaseKind::BratsMri);
        QVERIFY(found->missing.empty());
        QCOMPARE(found->id, folder.filename().string());
        QVERIFY(found->era == (recent ? LabelEra::Brats2023 : LabelEra::Brats2021));
        QCOMPARE(found->truth.has_value(), withTruth);
        const auto read = readCase(*found, TaskContext());
        QVERIFY(read);
        QCOMPARE(read->volumes.size(), std::size_t(4));
        QVERIFY(read->volumes[0].sequence == Sequence::Flair && read->volumes[1].sequence == Sequence::T1 &&
                read->volumes[2].sequence == Sequence::T1ce && read->volumes[3].sequence == Sequence::T2);
        QCOMPARE(read->truth != nullptr, withTruth);
    }

    void onlySequencesTellHowManyCasesThereAre() {
        const std::vector<std::string> four{"B_flair.nii.gz", "B_t1.nii.gz", "B_t1ce.nii.gz", "B_t2.nii.gz"};
        const auto folder = fullCase(four);
        truth(folder / "pred_seg.nii.gz", m_grid);
        auto found = findCase(folder);
        QVERIFY(found);
        QVERIFY(!found->truth); // somebody's prediction
        truth(folder / "B_seg.nii.gz", m_grid);
        found = findCase(folder);
        QVERIFY(found);
        QCOMPARE(found->truth.value_or("").filename().string(), std::string("B_seg.nii.gz"));
        volume(folder / "C_t1.nii.gz", m_grid);
        QCOMPARE(findCase(folder).error().message.id, std::string("imaging.several_cases"));
    }

    void truthOfAnotherNameIsFoundWhenItIsTheOnlyOne() {
        const auto folder = fullCase({"B_355_flair.nii", "B_355_t1.nii", "B_355_t1ce.nii", "B_355_t2.nii"});
        truth(folder / "W39_1998.09.19_Segm.nii", m_grid);
        truth(folder / "pred_seg.nii", m_grid);
        QCOMPARE(findCase(folder)->truth.value_or("").filename().string(), std::string("W39_1998.09.19_Segm.nii"));
        QVERIFY(readCase(*findCase(folder), TaskContext())->truth != nullptr);
        truth(folder / "W40_Segm.nii", m_grid);
        QVERIFY(!findCase(folder)->truth);
        truth(folder / "B_355_seg.nii", m_grid);
        QCOMPARE(findCase(folder)->truth.value_or("").filename().string(), std::string("B_355_seg.nii"));
    }

    void whatWasSavedBesideAnImageIsNoImage() {
        const auto folder =
            fullCase({"scan.nii.gz", "scan_mask.nii.gz", "second_mask.nrrd", "pred_seg.nii.gz", "mask.nii.gz"});
        for (const char* name :
             {"report.png", "scan_report.png", "scan_views.png", "scan_3d.png", "scan_view.png", "scan_seg.dcm"}) {
            QFile file(QString::fromStdString((folder / name).string()));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        const auto found = findCase(folder);
        QVERIFY(found);
        QCOMPARE(found->id, std::string("scan"));
        QVERIFY(readCase(*found, TaskContext()));
        // A volume's name may say that it is three-dimensional.
        volume(folder / "tof_3d.nii.gz", m_grid);
        QCOMPARE(findCase(folder).error().message.id, std::string("imaging.several_images"));
        // Where there is nothing else, a mask is looked at like any image.
        QCOMPARE(findCase(fullCase({"X_mask.nii.gz"}))->id, std::string("X_mask"));
        QCOMPARE(findCase(fullCase({"X_mask.nii.gz", "Y_mask.nii.gz"})).error().message.id,
                 std::string("imaging.several_images"));
    }

    void trailingSlashKeepsTheName() {
        const auto folder = fullCase({"B_flair.nii", "B_t1.nii", "B_t1ce.nii", "B_t2.nii"});
        QCOMPARE(findCase(folder / "")->id, folder.filename().string());
    }

    void missingSequenceIsAWarningThatNamesIt() {
        const auto folder = fullCase({"B_flair.nii.gz", "B_t1.nii.gz", "B_t2.nii.gz"});
        const auto found = findCase(folder);
        QVERIFY(found);
        QVERIFY(found->missing == std::vector<Sequence>{Sequence::T1ce});
        const auto read = readCase(*found, TaskContext());
        QVERIFY(read);
        QCOMPARE(read->warnings.size(), std::size_t(1));
        QCOMPARE(read->warnings[0].id, std::string("imaging.sequence_missing"));
        QCOMPARE(read->warnings[0].parameters.at("sequence"), std::string("T1ce"));
        QVERIFY(read->find(Sequence::T1ce) == nullptr);
        QVERIFY(read->find(Sequence::T2) != nullptr);
    }

    void otherSizeNamesBothFilesAndSizes() {
        const auto folder = fullCase({"B_flair.nii.gz", "B_t1.nii.gz", "B_t1ce.nii.gz"});
        volume(folder / "B_t2.nii.gz", phantoms::grid({6, 5, 3}));
        const auto read = readCase(*findCase(folder), TaskContext());
        QVERIFY(!read);
        QVERIFY(read.error().code == ErrorCode::ShapeMismatch);
        const auto& p = read.error().message.parameters;
        QCOMPARE(p.at("file"), std::string("B_t2.nii.gz"));
        QCOMPARE(p.at("size"), std::string("6 x 5 x 3"));
        QCOMPARE(p.at("other"), std::string("B_flair.nii.gz"));
        QCOMPARE(p.at("otherSize"), std::string("6 x 5 x 4"));
    }

    void otherSpacingIsAMismatchToo() {
        const auto folder = fullCase({"B_flair.nii.gz", "B_t1.nii.gz", "B_t1ce.nii.gz"});
        volume(folder / "B_t2.nii.gz", phantoms::grid({6, 5, 4}, {1.0, 1.0, 2.0}));
        const auto read = readCase(*findCase(folder), TaskContext());
        QVERIFY(!read);
        QCOMPARE(read.error().message.id, std::string("imaging.other_grid"));
    }

    void truthElsewhereIsLaidOnWithAWarning() {
        const auto folder = fullCase({"B_flair.nii.gz", "B_t1.nii.gz", "B_t1ce.nii.gz", "B_t2.nii.gz"});
        Geometry moved = m_grid;
        moved.origin = {0.0, 0.0, 0.0};
        truth(folder / "B_seg.nii.gz", moved);
        const auto read = readCase(*findCase(folder), TaskContext());
        QVERIFY(read);
        QVERIFY(read->truth != nullptr);
        QVERIFY(sameGrid(read->truth->geometry, read->geometry()));
        QVERIFY(warns(*read, "imaging.other_origin"));
    }

    void truthOfAnotherGridOrKindIsLeftOut() {
        const auto folder = fullCase({"B_flair.nii.gz", "B_t1.nii.gz", "B_t1ce.nii.gz", "B_t2.nii.gz"});
        truth(folder / "B_seg.nii.gz", phantoms::grid({3, 3, 3}));
        auto read = readCase(*findCase(folder), TaskContext());
        QVERIFY(read && read->truth == nullptr && warns(*read, "imaging.truth_other_grid"));
        QFile::remove(QString::fromStdString((folder / "B_seg.nii.gz").string()));
        QFile file(QString::fromStdString((folder / "B_seg.nii").string()));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("no image") > 0);
        file.close();
        read = readCase(*findCase(folder), TaskContext());
        QVERIFY(read && read->truth == nullptr && warns(*read, "imaging.truth_unreadable"));
    }

    void truthInAnotherOrderOfAxesIsTurned_data() {
        QTest::addColumn<QList<int>>("size");
        QTest::addColumn<QList<double>>("direction");
        QTest::addColumn<QList<double>>("origin");
        QTest::newRow("RAS") << QList<int>{6, 5, 4} << QList<double>{-1, 0, 0, 0, -1, 0, 0, 0, 1}
                             << QList<double>{5, -235, 0};
        QTest::newRow("SLP") << QList<int>{4, 6, 5} << QList<double>{0, 1, 0, 0, 0, 1, 1, 0, 0}
                             << QList<double>{0, -239, 0};
        QTest::newRow("rounded") << QList<int>{6, 5, 4} << QList<double>{1, 0, 0, 0, 1, 0, 0, 0, -1}
                                 << QList<double>{0.3, -239.2, 3};
    }
    void truthInAnotherOrderOfAxesIsTurned() {
        QFETCH(QList<int>, size);
        QFETCH(QList<double>, direction);
        QFETCH(QList<double>, origin);
        const auto folder = fullCase({"B_flair.nii.gz", "B_t1.nii.gz", "B_t1ce.nii.gz", "B_t2.nii.gz"});
        LabelMap drawn = phantoms::emptyMap(m_grid);
        drawn.voxels[drawn.geometry.offset({1, 0, 0})] = 1;
        drawn.voxels[drawn.geometry.offset({5, 3, 0})] = 2;
        drawn.voxels[drawn.geometry.offset({2, 4, 3})] = 4;
        Geometry other = m_grid;
        std::copy(size.begin(), size.end(), other.size.begin());
        std::copy(direction.begin(), direction.end(), other.direction.begin());
        std::copy(origin.begin(), origin.end(), other.origin.begin());
        QVERIFY(writeLabelMap(fromLps(drawn, other), folder / "B_seg.nii.gz"));
        const auto read = readCase(*findCase(folder), TaskContext());
        QVERIFY(read);
        QVERIFY(read->warnings.empty());
        QVERIFY(read->truth != nullptr);
        QVERIFY(sameGrid(read->truth->geometry, read->geometry()));
        QVERIFY(read->truth->voxels == drawn.voxels);
    }

    void truthThatDoesNotFitSaysWhy_data() {
        QTest::addColumn<QList<double>>("spacing");
        QTest::addColumn<QList<double>>("direction");
        QTest::addColumn<QString>("id");
        const QList<double> straight{1, 0, 0, 0, 1, 0, 0, 0, 1};
        QTest::newRow("spacing") << QList<double>{1, 1, 2} << straight << "imaging.truth_other_spacing";
        QTest::newRow("direction") << QList<double>{1, 1, 1} << QList<double>{0.8, -0.6, 0, 0.6, 0.8, 0, 0, 0, 1}
                                   << "imaging.truth_other_direction";
        // The size as stored is that of the images, so it is not the size that is wrong.
        QTest::newRow("axes changed over")
            << QList<double>{1, 1, 1} << QList<double>{0, 1, 0, -1, 0, 0, 0, 0, 1} << "imaging.truth_other_direction";
        // NIfTI's identity: the same voxels perhaps, but by the header they lie mirrored about the corner.
        QTest::newRow("identity") << QList<double>{1, 1, 1} << QList<double>{-1, 0, 0, 0, -1, 0, 0, 0, 1}
                                  << "imaging.truth_other_place";
    }
    void truthThatDoesNotFitSaysWhy() {
        QFETCH(QList<double>, spacing);
        QFETCH(QList<double>, direction);
        QFETCH(QString, id);
        const auto folder = fullCase({"B_flair.nii.gz", "B_t1.nii.gz", "B_t1ce.nii.gz", "B_t2.nii.gz"});
        Geometry other = phantoms::grid({6, 5, 4});
        std::copy(spacing.begin(), spacing.end(), other.spacing.begin());
        std::copy(direction.begin(), direction.end(), other.direction.begin());
        truth(folder / "B_seg.nii.gz", other);
        const auto read = readCase(*findCase(folder), TaskContext());
        QVERIFY(read);
        QVERIFY(read->truth == nullptr);
        QCOMPARE(read->warnings.size(), std::size_t(1));
        QCOMPARE(read->warnings[0].id, id.toStdString());
        const auto& p = read->warnings[0].parameters;
        if (id == "imaging.truth_other_spacing") {
            QCOMPARE(p.at("spacing"), std::string("1 x 1 x 2"));
            QCOMPARE(p.at("otherSpacing"), std::string("1 x 1 x 1"));
        } else if (id == "imaging.truth_other_place") {
            QCOMPARE(p.at("axes"), std::string("RAS"));
            QCOMPARE(p.at("otherAxes"), std::string("LPS"));
        }
    }

    void labelsDecideTheEra() {
        const auto folder = fullCase({"B_flair.nii.gz", "B_t1.nii.gz", "B_t1ce.nii.gz", "B_t2.nii.gz"});
        truth(folder / "B_seg.nii.gz", m_grid, 3);
        const auto read = readCase(*findCase(folder), TaskContext());
        QVERIFY(read);
        QVERIFY(read->files.era == LabelEra::Brats2023);
        QVERIFY(warns(*read, "imaging.era_by_labels"));
    }

    void aFourUnderRecentNamesMayBeEither() {
        const auto folder = fullCase({"B-t2f.nii.gz", "B-t1n.nii.gz", "B-t1c.nii.gz", "B-t2w.nii.gz"});
        for (const auto& [value, doubtful] : {std::pair(4, true), std::pair(3, false), std::pair(2, false)}) {
            truth(folder / "B-seg.nii.gz", m_grid, static_cast<std::uint8_t>(value));
            const auto read = readCase(*findCase(folder), TaskContext());
            QVERIFY(read && read->truth);
            QVERIFY(read->files.era == LabelEra::Brats2023);
            QCOMPARE(warns(*read, "imaging.cavity_or_enhancing"), doubtful);
        }
    }

    void aThirdLabelOfACtIsNoTumour() {
        const auto folder = freshFolder();
        volume(folder / "IMG_1.nii.gz", m_grid);
        truth(folder / "MASK_1.nii.gz", m_grid, 3);
        const auto read = readCase(*findCase(folder / "IMG_1.nii.gz"), TaskContext());
        QVERIFY(read && read->truth);
        QVERIFY(read->files.era == LabelEra::Plain);
        QVERIFY(!warns(*read, "imaging.era_by_labels"));
    }

    void fileThatIsNoImageIsNamed() {
        const auto folder = fullCase({"B_flair.nii.gz", "B_t1.nii.gz", "B_t1ce.nii.gz"});
        QFile file(QString::fromStdString((folder / "B_t2.nii.gz").string()));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray("<html>").repeated(100)) > 0);
        file.close();
        const auto read = readCase(*findCase(folder), TaskContext());
        QVERIFY(!read);
        QCOMPARE(read.error().message.id, std::string("imaging.not_an_image"));
        QVERIFY(read.error().message.parameters.at("file").ends_with("B_t2.nii.gz"));
    }

    void foldersThatAreNoCaseSayWhatTheyAre() {
        const auto id = [](const std::filesystem::path& p) {
            return QString::fromStdString(findCase(p).error().message.id);
        };
        QCOMPARE(id("/nowhere"), QStringLiteral("imaging.path_missing"));
        QCOMPARE(id(freshFolder()), QStringLiteral("imaging.no_case"));
        QCOMPARE(id(fullCase({"B_seg.nii.gz"})), QStringLiteral("imaging.only_truth"));
        QCOMPARE(id(fullCase({"A_flair.nii.gz", "B_flair.nii.gz"})), QStringLiteral("imaging.several_cases"));
        QCOMPARE(id(fullCase({"one.nii.gz", "two.nii.gz"})), QStringLiteral("imaging.several_images"));
        const auto parent = freshFolder();
        std::filesystem::create_directories(parent / "A");
        volume(parent / "A" / "A_flair.nii.gz", m_grid);
        QCOMPARE(id(parent), QStringLiteral("imaging.cases_below"));
    }

    void oneFileIsASingleVolume() {
        const auto folder = fullCase({"scan.nii.gz"});
        for (const auto& path : {folder, folder / "scan.nii.gz"}) {
            const auto found = findCase(path);
            QVERIFY(found);
            QVERIFY(found->kind == CaseKind::SingleVolume);
            QVERIFY(found->missing.empty());
            const auto read = readCase(*found, TaskContext());
            QVERIFY(read);
            QVERIFY(read->volumes[0].sequence == Sequence::Other);
            QVERIFY(read->warnings.empty());
        }
        // One file of a BraTS case keeps its sequence.
        const auto flair = fullCase({"B_flair.nii.gz"}) / "B_flair.nii.gz";
        QVERIFY(findCase(flair)->volumes.contains(Sequence::Flair));
    }

    void hounsfieldValuesMakeACt() {
        const auto folder = freshFolder();
        Volume ct = phantoms::countingVolume(m_grid);
        for (std::size_t n = 0; n < ct.voxels.size(); ++n) {
            ct.voxels[n] = n % 3 == 0 ? -1000.0F : 40.0F;
        }
        QVERIFY(writeVolume(ct, folder / "body.nii.gz"));
        QVERIFY(readCase(*findCase(folder), TaskContext())->volumes[0].sequence == Sequence::Ct);
    }

    void syntheticHeadersMarkTheCase() {
        const auto folder = fullCase({"B_t1.nii.gz", "B_t1ce.nii.gz", "B_t2.nii.gz"});
        Volume flair = phantoms::countingVolume(m_grid);
        flair.description = "Synthetic phantom";
        QVERIFY(writeVolume(flair, folder / "B_flair.nii.gz"));
        QVERIFY(readCase(*findCase(folder), TaskContext())->synthetic);
    }

    void progressRisesToOneAndCancelIsAnOutcome() {
        const auto folder = fullCase({"B_flair.nii.gz", "B_t1.nii.gz", "B_t1ce.nii.gz", "B_t2.nii.gz", "B_seg.nii.gz"});
        std::mutex lock;
        double last = -1.0;
        const TaskContext watched({}, [&](double fraction, std::string_view) {
            const std::scoped_lock held(lock);
            last = std::max(last, fraction);
        });
        QVERIFY(readCase(*findCase(folder), watched));
        QCOMPARE(last, 1.0);
        std::stop_source stop;
        stop.request_stop();
        const auto cancelled = readCase(*findCase(folder), TaskContext(stop.get_token(), {}));
        QVERIFY(!cancelled && cancelled.error().code == ErrorCode::Cancelled);
    }

    void sequenceNamesRoundTrip() {
        for (const Sequence s :
             {Sequence::Flair, Sequence::T1, Sequence::T1ce, Sequence::T2, Sequence::Ct, Sequence::Other}) {
            QVERIFY(sequenceFromString(sulcus::imaging::toString(s)) == s);
        }
        QVERIFY(!sequenceFromString("pet"));
    }
};

QTEST_GUILESS_MAIN(CaseTest)
#include "tst_case.moc"
