// SPDX-License-Identifier: Apache-2.0
// Prepare, train, predict and use the bundle that came out of it, on phantoms that a network learns in seconds.
#include "core/imaging/image_io.h"
#include "tests/app/cli_runner.h"
#include "tests/core/imaging/hand_slice.h"
#include "tests/core/workflow/phantom.h"
#include "tests/core/workflow/tiny_training.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <filesystem>

using sulcus::tests::CliRunner;
using sulcus::tests::schemaProblems;

class TestCliLearning : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QDir().mkpath(m_cli.file("data"));
        for (int n = 1; n <= 6; ++n)
            QVERIFY(
                sulcus::tests::writeTinyPair(m_cli.file("data").toStdString(), "000" + std::to_string(n), 8, n, true));
        QFile plan(m_cli.file("plan.json"));
        QVERIFY(plan.open(QIODevice::WriteOnly));
        plan.write(QString(sulcus::tests::kTinyPlan).arg("segmentation-3d", "[8, 8, 8]").toUtf8());
    }

    void prepareFillsACache() {
        const auto answer = m_cli.run(
            {"prepare", m_cli.file("plan.json"), "--data", m_cli.file("data"), "-o", m_cli.file("cache"), "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("prepare", answer), QString());
        QCOMPARE(answer.json()["samples"].size(), std::size_t{6});
        // A cache is not overwritten by a slip of the hand.
        QCOMPARE(
            m_cli.run({"prepare", m_cli.file("plan.json"), "--data", m_cli.file("data"), "-o", m_cli.file("cache")})
                .status,
            1);
    }

    void trainWritesABundleThatPredicts() {
        const auto bundle = m_cli.file("tiny");
        const auto answer = m_cli.run({"train", m_cli.file("plan.json"), "--cache", m_cli.file("cache"), "-o", bundle,
                                       "--steps", "40", "--rate", "0.02", "--device", "cpu", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("train", answer), QString());
        QVERIFY(QFile::exists(bundle + "/bundle.json"));
        QVERIFY(QFile::exists(bundle + "-run/metrics.csv"));
        QVERIFY(QFile::exists(bundle + "-run/samples/epoch_0001_prediction.pgm"));
        QVERIFY(QFileInfo(bundle + "-run/samples/epoch_0001.png").size() > 500);

        const auto predicted =
            m_cli.run({"predict", bundle, m_cli.file("data"), "-o", m_cli.file("out"), "--device", "cpu", "--json"});
        QVERIFY2(predicted.status == 0, qPrintable(predicted.err));
        QCOMPARE(schemaProblems("predict", predicted), QString());
        QVERIFY(QFile::exists(m_cli.file("out/IMG_0001_mask.nii.gz")));
        QVERIFY(QFile::exists(m_cli.file("out/IMG_0001_boundaries.png")));

        // A single volume goes through the same door as a BraTS case, in the bundle's own labels.
        const auto segmented = m_cli.run({"segment", m_cli.file("data/IMG_0002.nii.gz"), "--bundle", bundle, "-o",
                                          m_cli.file("one.nii.gz"), "--device", "cpu", "--json"});
        QVERIFY2(segmented.status == 0, qPrintable(segmented.err));
        QCOMPARE(schemaProblems("segment", segmented), QString());
        QCOMPARE(segmented.json()["era"].get<std::string>(), std::string("plain"));
        // Forty steps give a rough mask: the door counts here, not the network.
        const auto compared = m_cli.run(
            {"compare", m_cli.file("one.nii.gz"), m_cli.file("data/MASK_0002.nii.gz"), "--scheme", "binary", "--json"});
        QVERIFY2(compared.json()["regions"]["mask"]["dice"].get<double>() > 0.1, qPrintable(compared.out));
    }

    void allFoldsAreTrainedInTurn() {
        const auto bundle = m_cli.file("folds");
        const auto answer = m_cli.run({"train", m_cli.file("plan.json"), "--cache", m_cli.file("cache"), "-o", bundle,
                                       "--all-folds", "--steps", "2", "--device", "cpu", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("train_folds", answer), QString());
        QCOMPARE(answer.json()["folds"].size(), std::size_t{5});
        QVERIFY(QFile::exists(bundle + "/bundle.json"));
        QVERIFY(QFile::exists(bundle + "-run/folds.csv"));
        QVERIFY(QFile::exists(bundle + "-run/fold-4/samples/epoch_0001.png"));
    }

    void trainingWithoutDataSaysSo() {
        const auto answer = m_cli.run({"train", m_cli.file("plan.json"), "-o", m_cli.file("other")});
        QCOMPARE(answer.status, 1);
        QVERIFY(answer.err.contains("--data"));
    }

    void theRunFolderStandsBesideTheBundle_data() {
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("run");
        QTest::newRow("slash") << "slash/"
                               << "slash-run";
        QTest::newRow("dot") << "dot/."
                             << "dot-run";
    }
    void theRunFolderStandsBesideTheBundle() {
        QFETCH(QString, output);
        QFETCH(QString, run);
        const auto answer = m_cli.run({"train", m_cli.file("plan.json"), "--cache", m_cli.file("cache"), "-o",
                                       m_cli.file(output), "--steps", "2", "--device", "cpu"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QVERIFY(QFile::exists(m_cli.file(run + "/metrics.csv")));
        QVERIFY(QFile::exists(m_cli.file(output + "/bundle.json")));
        QVERIFY(!QFile::exists(m_cli.file(output + "/-run")));
    }

    void anOutputWithoutANameIsWrongUsage() {
        for (const char* const verb : {"prepare", "train"}) {
            const auto answer = m_cli.run({verb, m_cli.file("plan.json"), "--data", m_cli.file("data"), "-o", ""});
            QCOMPARE(answer.status, 2);
            QVERIFY2(answer.err.contains("--output"), qPrintable(answer.err));
        }
    }

    void replacingATrainingTakesTheDataThatIsNamed() {
        QVERIFY(QDir().mkpath(m_cli.file("fewer")));
        for (int n = 7; n <= 9; ++n)
            QVERIFY(
                sulcus::tests::writeTinyPair(m_cli.file("fewer").toStdString(), "000" + std::to_string(n), 8, n, true));
        const auto train = [&](const QString& data, const QStringList& more) {
            return m_cli.run(QStringList{"train", m_cli.file("plan.json"), "--data", m_cli.file(data), "-o",
                                         m_cli.file("replaced"), "--steps", "2", "--device", "cpu"} +
                             more);
        };
        const auto samples = [&] {
            QFile index(m_cli.file("replaced-run/cache/index.json"));
            return index.open(QIODevice::ReadOnly)
                       ? nlohmann::json::parse(index.readAll().toStdString())["samples"].size()
                       : std::size_t{0};
        };
        QCOMPARE(train("data", {}).status, 0);
        QCOMPARE(samples(), std::size_t{6});
        // Without --replace the run is somebody's work.
        QCOMPARE(train("fewer", {}).status, 1);
        QCOMPARE(samples(), std::size_t{6});
        const auto again = train("fewer", {"--replace"});
        QVERIFY2(again.status == 0, qPrintable(again.err));
        QCOMPARE(samples(), std::size_t{3});
        // Data that will not do leave the old cache where it is.
        QVERIFY(QDir().mkpath(m_cli.file("bare")));
        QCOMPARE(train("bare", {"--replace"}).status, 1);
        QCOMPARE(samples(), std::size_t{3});
    }

    void aCacheAndDataContradictEachOther() {
        const auto answer = m_cli.run({"train", m_cli.file("plan.json"), "--cache", m_cli.file("cache"), "--data",
                                       m_cli.file("data"), "-o", m_cli.file("both")});
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.contains("--data") && answer.err.contains("--cache"), qPrintable(answer.err));
        QVERIFY(!QFile::exists(m_cli.file("both-run")));
    }

    void aBundleThatCannotBeWrittenIsSaidBeforeTheTraining() {
        QFile plain(m_cli.file("plain"));
        QVERIFY(plain.open(QIODevice::WriteOnly));
        const auto answer =
            m_cli.run({"train", m_cli.file("plan.json"), "--cache", m_cli.file("cache"), "-o", m_cli.file("plain")});
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.contains("cannot be written"), qPrintable(answer.err));
        QVERIFY(!QFile::exists(m_cli.file("plain-run")));
    }

    void aTrainingThatNeverBeganLeavesNoFolder() {
        QVERIFY(QDir().mkpath(m_cli.file("odd-cache/index.json")));
        const auto answer = m_cli.run({"train", m_cli.file("plan.json"), "--cache", m_cli.file("odd-cache"), "-o",
                                       m_cli.file("never"), "--device", "cpu"});
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.contains("is a folder"), qPrintable(answer.err));
        QVERIFY(!QFile::exists(m_cli.file("never")));
        QVERIFY(!QFile::exists(m_cli.file("never-run")));
        QVERIFY(QDir().mkpath(m_cli.file("bare")));
        QCOMPARE(m_cli.run({"train", m_cli.file("plan.json"), "--data", m_cli.file("bare"), "-o", m_cli.file("never")})
                     .status,
                 1);
        QVERIFY(!QFile::exists(m_cli.file("never-run")));
    }

    void namesOfAnotherAlphabetAreTaken() {
        QVERIFY(QDir().mkpath(m_cli.file("euc-kr")));
        QVERIFY(sulcus::tests::writeTinyPair(m_cli.file("euc-kr").toStdString(), "\xb1\xe8", 8, 1, true));
        QVERIFY(sulcus::tests::writeTinyPair(m_cli.file("euc-kr").toStdString(), "\xc0\xcc", 8, 2, true));
        const auto answer = m_cli.run({"prepare", m_cli.file("plan.json"), "--data", m_cli.file("euc-kr"), "-o",
                                       m_cli.file("euc-kr-cache"), "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("prepare", answer), QString());
        QFile index(m_cli.file("euc-kr-cache/index.json"));
        QVERIFY(index.open(QIODevice::ReadOnly));
        const auto text = index.readAll();
        QVERIFY(text.contains("%B1%E8") && text.contains("%C0%CC"));
        // Qt does not remove files that it cannot name.
        QVERIFY(std::filesystem::remove_all(m_cli.file("euc-kr").toStdString()) > 0);
    }

    void masksOfEqualNamesAreKeptApart() {
        QVERIFY(QDir().mkpath(m_cli.file("twins")));
        const auto image = sulcus::imaging::readVolume(m_cli.file("data/IMG_0001.nii.gz").toStdString(), {});
        QVERIFY(image);
        for (const char* const name : {"twins/s.nii", "twins/s.nii.gz"})
            QVERIFY(sulcus::imaging::writeVolume(*image, m_cli.file(name).toStdString()));
        const auto answer = m_cli.run({"predict", m_cli.file("tiny"), m_cli.file("twins"), "-o",
                                       m_cli.file("twins-out"), "--device", "cpu", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("predict", answer), QString());
        QVERIFY(QFile::exists(m_cli.file("twins-out/s_mask.nii.gz")));
        QVERIFY(QFile::exists(m_cli.file("twins-out/s.nii.gz_mask.nii.gz")));
    }

    void theSlicesOfASeriesGetOneMask() {
        QVERIFY(QDir().mkpath(m_cli.file("series")));
        for (int n = 0; n < 8; ++n) {
            sulcus::test::HandSlice slice;
            slice.instance = n + 1;
            slice.position = {0.0, 0.0, 2.0 * n};
            slice.value = 10 * n;
            QFile file(m_cli.file(QStringLiteral("series/%1.dcm").arg(n)));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(slice.bytes()) > 0);
        }
        const auto answer = m_cli.run({"predict", m_cli.file("tiny"), m_cli.file("series"), "-o",
                                       m_cli.file("series-out"), "--device", "cpu", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(answer.json()["files"].size(), std::size_t{1});
        const auto mask = sulcus::imaging::readLabelMap(m_cli.file("series-out/series_mask.nii.gz").toStdString(), {});
        QVERIFY(mask);
        QCOMPARE(mask->geometry.size, (std::array<int, 3>{8, 6, 8}));
    }

    void evaluatingSaysOnceWhatIsOddAboutACase() {
        QVERIFY(QDir().mkpath(m_cli.file("odd")));
        const auto folder = std::filesystem::path(m_cli.file("odd").toStdString());
        QVERIFY(sulcus::tests::writeTinyPair(folder, "1", 8, 1, true));
        QVERIFY(sulcus::tests::writeTinyPair(folder, "2", 6, 1, true));
        QVERIFY(sulcus::tests::writeTinyPair(folder, "3", 8, 1, true));
        // The truth of the first fits no more, that of the third lies elsewhere.
        std::filesystem::rename(folder / "MASK_2.nii.gz", folder / "MASK_1.nii.gz");
        std::filesystem::remove(folder / "IMG_2.nii.gz");
        auto moved = sulcus::imaging::readLabelMap(folder / "MASK_3.nii.gz", {});
        QVERIFY(moved);
        moved->geometry.origin = {0.0, 50.0, 0.0};
        QVERIFY(sulcus::imaging::writeLabelMap(*moved, folder / "MASK_3.nii.gz"));
        const auto answer =
            m_cli.run({"evaluate", m_cli.file("odd"), "--bundle", m_cli.file("tiny"), "--device", "cpu"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(answer.out.count("MASK_1.nii.gz"), 1);
        QVERIFY2(answer.out.contains("IMG_1: The truth file"), qPrintable(answer.out));
        QCOMPARE(answer.out.count("MASK_3.nii.gz"), 1);
    }

    // Pictures of one size in a folder are a stack, unless masks beside them say that each is a case of its own.
    void aFolderOfPicturesWithMasksIsManyCases() {
        QVERIFY(QDir().mkpath(m_cli.file("pictures")));
        for (int n = 1; n <= 3; ++n) {
            QImage body(64, 48, QImage::Format_Grayscale8);
            body.fill(0);
            QImage mask = body;
            for (int y = 8; y < 40; ++y)
                for (int x = 8; x < 56; ++x) {
                    const bool lung = y > 12 && y < 36 && x > 12 + n && x < 52 && (x < 28 || x > 36);
                    body.scanLine(y)[x] = lung ? 30 : 150;
                    mask.scanLine(y)[x] = lung ? 255 : 0;
                }
            QVERIFY(body.save(m_cli.file(QStringLiteral("pictures/IMG_%1.png").arg(n))));
            QVERIFY(mask.save(m_cli.file(QStringLiteral("pictures/MASK_%1.png").arg(n))));
        }
        const auto answer =
            m_cli.run({"evaluate", m_cli.file("pictures"), "--bundle", "lung-ct", "--device", "cpu", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        const auto cases = answer.json()["cases"];
        QCOMPARE(cases.size(), std::size_t{3});
        for (const auto& one : cases)
            QVERIFY2(one["problem"].is_null(), qPrintable(answer.out));
    }

    void masksOfOnesAreComparedAsOneRegion() {
        const auto first = m_cli.file("data/MASK_0001.nii.gz");
        const auto plain = m_cli.run({"compare", first, m_cli.file("data/MASK_0002.nii.gz"), "--json"});
        QVERIFY2(plain.status == 0, qPrintable(plain.err));
        QCOMPARE(plain.json()["scheme"].get<std::string>(), std::string("binary"));
        QCOMPARE(plain.json()["regions"].size(), std::size_t{1});
        const auto asked = m_cli.run({"compare", first, first, "--scheme", "brats", "--json"});
        QCOMPARE(asked.json()["regions"].size(), std::size_t{3});
    }

    void otsuCountsEachTruthInItsOwnNumbers() {
        QString plan = QString(sulcus::tests::kTinyPlan).arg("segmentation-3d", "[8, 8, 8]");
        plan.replace(R"("inputs": ["ct"])", R"("inputs": ["flair"])");
        plan.replace(R"({ "name": "lung", "sources": [1], "value": 1, "threshold": 0.5 })",
                     R"({ "name": "WT", "sources": [1, 2, 4], "value": 2, "threshold": 0.5 },
                        { "name": "ET", "sources": [4], "value": 4, "threshold": 0.5 })");
        plan.replace(R"({ "value": 1, "code": "lung", "name": "Lung", "colour": [0, 114, 178] })",
                     R"({ "value": 2, "code": "ED", "name": "Oedema", "colour": [86, 180, 233] },
                        { "value": 4, "code": "ET", "name": "Enhancing", "colour": [240, 228, 66] })");
        QFile file(m_cli.file("brats.json"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(plan.toUtf8()) > 0);
        file.close();
        // One patient twice: in the numbers of 2021 and in those of 2023.
        using sulcus::tests::Phantom;
        for (const bool recent : {false, true}) {
            const auto name = QStringLiteral("brats/%1").arg(recent ? "P-2" : "P_1");
            QVERIFY(QDir().mkpath(m_cli.file(name)));
            const auto path = (m_cli.file(name) + (recent ? "/P-2" : "/P_1")).toStdString();
            auto image = *Phantom::makeCase()->volumes.front().volume;
            const auto truth = Phantom::mask(recent ? 3 : 4);
            for (std::size_t n = 0; n < image.voxels.size(); ++n)
                image.voxels[n] += static_cast<float>(n % 17) + (truth.voxels[n] > 2 ? 200.0F : 0.0F);
            QVERIFY(sulcus::imaging::writeVolume(image, path + (recent ? "-t2f.nii.gz" : "_flair.nii.gz")));
            QVERIFY(sulcus::imaging::writeLabelMap(truth, path + (recent ? "-seg.nii.gz" : "_seg.nii.gz")));
        }
        const auto trained = m_cli.run({"train", m_cli.file("brats.json"), "--data", m_cli.file("brats"), "-o",
                                        m_cli.file("brats-bundle"), "--steps", "2", "--fold", "-1", "--device", "cpu"});
        QVERIFY2(trained.status == 0, qPrintable(trained.err));
        const auto otsuOf = [&](const QStringList& cases) {
            return m_cli
                .run(QStringList{"evaluate"} + cases +
                     QStringList{"--bundle", m_cli.file("brats-bundle"), "--device", "cpu", "--json"})
                .json()["otsu"];
        };
        const auto old = otsuOf({m_cli.file("brats/P_1")});
        QCOMPARE(old.size(), std::size_t{3});
        QCOMPARE(old[2]["dice"].get<double>(), 1.0); // the bright shell is the enhancing tumour
        QVERIFY(otsuOf({m_cli.file("brats/P_1"), m_cli.file("brats/P-2")}) == old);
        QVERIFY(otsuOf({m_cli.file("brats/P-2"), m_cli.file("brats/P_1")}) == old);
    }

    void predictSaysWhatItCannotTake() {
        const auto file =
            m_cli.run({"predict", m_cli.file("tiny"), m_cli.file("data/IMG_0001.nii.gz"), "-o", m_cli.file("o")});
        QCOMPARE(file.status, 1);
        QVERIFY2(file.err.contains("is no folder"), qPrintable(file.err));
        const auto classifier =
            m_cli.run({"predict", "angio-aneurysm-synthetic", m_cli.file("data"), "-o", m_cli.file("o")});
        QCOMPARE(classifier.status, 1);
        QVERIFY2(classifier.err.contains("sulcus-cli classify"), qPrintable(classifier.err));
        QVERIFY(!QFile::exists(m_cli.file("o")));
    }

    void anUnknownFoldIsSaidBeforeAnythingIsRead() {
        const auto answer = m_cli.run(
            {"train", m_cli.file("plan.json"), "--data", m_cli.file("data"), "-o", m_cli.file("fold"), "--fold", "77"});
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.contains("77"), qPrintable(answer.err));
        QVERIFY(!QDir(m_cli.file("fold-run")).exists());
    }

    void numbersOutOfPlaceAreSaidPlainly_data() {
        QTest::addColumn<QStringList>("option");
        QTest::addColumn<QString>("words");
        QTest::newRow("no step") << QStringList{"--steps", "0"} << "whole number of at least 1";
        QTest::newRow("half a step") << QStringList{"--steps", "1.5"} << "whole number of at least 1";
        QTest::newRow("seed") << QStringList{"--seed", "-1"} << "whole number of at least 0";
        QTest::newRow("fold") << QStringList{"--fold", "-2"} << "whole number of at least -1";
        QTest::newRow("rate") << QStringList{"--rate", "0"} << "number above 0";
        QTest::newRow("rate in words") << QStringList{"--rate", "fast"} << "number above 0";
        QTest::newRow("endless rate") << QStringList{"--rate", "inf"} << "number above 0";
    }
    void numbersOutOfPlaceAreSaidPlainly() {
        QFETCH(QStringList, option);
        QFETCH(QString, words);
        const auto answer = m_cli.run(QStringList{"train", "plan", "-o", "bundle"} + option);
        QCOMPARE(answer.status, 2);
        QVERIFY2(answer.err.contains(words) && answer.err.size() < 300, qPrintable(answer.err));
    }

    void anUnknownPlanNamesTheKnownOnes() {
        const auto answer = m_cli.run({"prepare", "no-such-plan", "--data", m_cli.file("data"), "-o", m_cli.file("c")});
        QCOMPARE(answer.status, 1);
        QVERIFY(answer.err.contains("brain-tumour"));
    }

    void tablesComeBackThroughTheDatabase() {
        QFile table(m_cli.file("people.csv"));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("pseudonym,sex,handedness\nA-1,f,right\nA-2,m,left\n,x,\n");
        table.close();
        const auto taken = m_cli.run({"db", "import", m_cli.file("people.csv"), "--json"});
        QCOMPARE(taken.status, 1); // a line was refused
        QVERIFY2(taken.err.contains("line 4") && taken.err.contains("refused: 1"), qPrintable(taken.err));
        QCOMPARE(schemaProblems("db import", taken), QString());
        QCOMPARE(taken.json()["files"][0]["added"].get<int>(), 2);
        QCOMPARE(taken.json()["files"][0]["refused"].size(), std::size_t{1});
        const auto written = m_cli.run({"db", "export", m_cli.file("tables"), "--json"});
        QVERIFY2(written.status == 0, qPrintable(written.err));
        QCOMPARE(schemaProblems("db export", written), QString());
        QFile patients(m_cli.file("tables/patients.csv"));
        QVERIFY(patients.open(QIODevice::ReadOnly));
        QVERIFY(patients.readAll().contains("A-2"));
        const auto backup = m_cli.run({"db", "backup", m_cli.file("copy.db"), "--json"});
        QCOMPARE(schemaProblems("db backup", backup), QString());
        const auto restored = m_cli.run({"db", "restore", m_cli.file("copy.db"), "--json"});
        QCOMPARE(schemaProblems("db restore", restored), QString());
        QCOMPARE(schemaProblems("db path", m_cli.run({"db", "path", "--json"})), QString());
    }

private:
    CliRunner m_cli;
};

QTEST_GUILESS_MAIN(TestCliLearning)
#include "tst_cli_learning.moc"
