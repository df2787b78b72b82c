// SPDX-License-Identifier: Apache-2.0
// Made-up angiography through the program: classified and evaluated with the bundle that ships.
#include "core/imaging/grey_image.h"
#include "tests/app/cli_runner.h"

#include <QDir>
#include <QFile>
#include <cmath>
#include <filesystem>

using sulcus::tests::CliRunner;
using sulcus::tests::schemaProblems;

class TestCliAngiography : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        // A seed of which the network saw nothing.
        const auto made =
            m_cli.run({"demo", m_cli.file("set"), "--angiography", "-n", "24", "--seed", "777", "--json"});
        QVERIFY2(made.status == 0, qPrintable(made.err));
    }

    void onePatientIsClassifiedAndShown() {
        const auto answer = m_cli.run(
            {"classify", m_cli.file("set/patient_0001"), "--device", "cpu", "--heat", m_cli.file("heat"), "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("classify", answer), QString());
        const auto json = answer.json();
        QVERIFY(json["synthetic"].get<bool>());
        QCOMPARE(json["patients"].size(), std::size_t{1});
        QCOMPARE(json["patients"][0]["outputs"].size(), std::size_t{6});
        QCOMPARE(json["bundle"]["name"].get<std::string>(), std::string("angio-aneurysm-synthetic"));
        for (int view = 1; view <= 8; ++view)
            QVERIFY(QFile::exists(m_cli.file(QString("heat/heat_%1.png").arg(view))));
        // The same for a person, who is told what the pictures are.
        const auto text = m_cli.run({"classify", m_cli.file("set/patient_0001"), "--device", "cpu"});
        QCOMPARE(text.status, 0);
        QVERIFY(text.out.contains("synthetic"));
        QVERIFY(text.out.contains("Education and research only"));
    }

    void aCopiedPatientIsStillSaidToBeSynthetic() {
        std::filesystem::copy(m_cli.file("set/patient_0003").toStdString(), m_cli.file("copy").toStdString());
        const auto answer = m_cli.run({"classify", m_cli.file("copy"), "--device", "cpu", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("classify", answer), QString());
        QVERIFY(answer.json()["synthetic"].get<bool>());
        QVERIFY(answer.json()["patients"][0]["synthetic"].get<bool>());
        QVERIFY(answer.json()["patients"][0]["warnings"].empty());
        const auto text = m_cli.run({"classify", m_cli.file("copy"), "--device", "cpu"});
        QVERIFY(text.out.contains("copy (synthetic)"));
        QVERIFY(text.out.contains("synthetic; no patient is shown"));
    }

    void picturesThatAreNoAngiographyGetAWarning() {
        // A bright disc in black air, eight times a little larger: like slices of a head. They carry no mark.
        QVERIFY(QDir().mkpath(m_cli.file("slices")));
        for (int n = 1; n <= 8; ++n) {
            std::vector<std::uint8_t> slice;
            for (int y = 0; y < 128; ++y)
                for (int x = 0; x < 128; ++x)
                    slice.push_back(static_cast<std::uint8_t>(
                        std::hypot(x - 64, y - 64) < 38 + n ? 120 + (x * 7 + y * 13) % 30 : 0));
            const auto file = m_cli.file(QString("slices/%1.png").arg(n)).toStdString();
            QVERIFY(sulcus::imaging::writeGreyImage(128, 128, slice, file).has_value());
        }
        const auto answer = m_cli.run({"classify", m_cli.file("slices"), "--device", "cpu", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("classify", answer), QString());
        const auto patient = answer.json()["patients"][0];
        QVERIFY(!answer.json()["synthetic"].get<bool>());
        QVERIFY(!patient["synthetic"].get<bool>());
        QCOMPARE(patient["warnings"][0]["id"].get<std::string>(), std::string("learning.warn_not_angiography"));
        QCOMPARE(patient["warnings"][1]["id"].get<std::string>(), std::string("learning.warn_synthetic_training"));
        QCOMPARE(patient["warnings"].size(), std::size_t{2});
        const auto text = m_cli.run({"classify", m_cli.file("slices"), "--device", "cpu"});
        QVERIFY(text.out.contains("8 of 8 pictures do not look like angiography"));
        QVERIFY(text.out.contains("has learned from synthetic pictures alone"));
        QVERIFY(!text.out.contains("synthetic; no patient"));
    }

    void eightCopiesOfARealFrameGetTwoWarnings() {
        const auto frame = std::filesystem::path(SULCUS_SOURCE_DIR) / "../shared/data/angio/XA1_JPLL.dcm";
        if (!std::filesystem::exists(frame))
            QSKIP("../shared/data is not there");
        QVERIFY(QDir().mkpath(m_cli.file("real")));
        for (int n = 1; n <= 8; ++n)
            std::filesystem::copy(frame, m_cli.file(QString("real/IM%1").arg(n)).toStdString());
        const auto answer = m_cli.run({"classify", m_cli.file("real"), "--device", "cpu", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("classify", answer), QString());
        const auto warnings = answer.json()["patients"][0]["warnings"];
        QCOMPARE(warnings.size(), std::size_t{2});
        QCOMPARE(warnings[0]["id"].get<std::string>(), std::string("learning.warn_same_views"));
        QCOMPARE(warnings[1]["id"].get<std::string>(), std::string("learning.warn_synthetic_training"));
        const auto text = m_cli.run({"classify", m_cli.file("real"), "--device", "cpu"});
        QVERIFY(text.out.contains("8 of the 8 views are copies of one another"));
        QVERIFY(text.out.contains("“angio-aneurysm-synthetic” has learned from synthetic pictures alone"));
    }

    void aTrainingPrintsItsSimplestRival() {
        const QStringList train{"train",    "angio-aneurysm-synthetic",
                                "--data",   m_cli.file("set"),
                                "-o",       m_cli.file("trained"),
                                "--steps",  "2",
                                "--fold",   "0",
                                "--device", "cpu"};
        const auto answer = m_cli.run(train + QStringList{"--json"}, 300000);
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("train", answer), QString());
        const auto spot = answer.json()["darkest_spot"];
        QCOMPARE(spot["output"].get<std::string>(), std::string("Aneurysm"));
        const double area = spot["area"]["auc"].get<double>();
        QVERIFY(area >= 0.0 && area <= 1.0);
        QFile log(m_cli.file("trained-run/run.log"));
        QVERIFY(log.open(QIODevice::ReadOnly));
        QVERIFY(log.readAll().contains("the darkest spot alone on the held-out patients: Aneurysm AUC"));
        const auto text = m_cli.run(train + QStringList{"--replace"}, 300000);
        QCOMPARE(text.status, 0);
        QVERIFY2(text.out.contains("Darkest spot  Aneurysm AUC"), qPrintable(text.out));
        QVERIFY(text.out.contains("Aneurysm AUC " + QString::number(area, 'f', 3)));
    }

    void heatMapsStayInTheFolderThatWasNamed() {
        // Two patients of one name, and a table whose names look like paths.
        const auto copy = [&](const char* from, const char* to) {
            QVERIFY(QDir().mkpath(m_cli.file(to)));
            std::filesystem::copy(m_cli.file(from).toStdString(), m_cli.file(to).toStdString(),
                                  std::filesystem::copy_options::recursive);
        };
        copy("set/patient_0004", "a/p");
        copy("set/patient_0005", "b/p");
        const auto twins = m_cli.run(
            {"classify", m_cli.file("a/p"), m_cli.file("b/p"), "--device", "cpu", "--heat", m_cli.file("twins")});
        QVERIFY2(twins.status == 0, qPrintable(twins.err));
        QVERIFY(QFile::exists(m_cli.file("twins/p/heat_1.png")));
        QVERIFY(QFile::exists(m_cli.file("twins/p-2/heat_1.png")));
        copy("set/patient_0004", "odd/4");
        copy("set/patient_0005", "odd/5");
        QFile table(m_cli.file("odd/table.csv"));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("Index,Aneurysm\n../../evil4,1\n../../evil5,0\n");
        table.close();
        const auto paths =
            m_cli.run({"classify", m_cli.file("odd"), "--device", "cpu", "--heat", m_cli.file("far/below/heat")});
        QVERIFY2(paths.status == 0, qPrintable(paths.err));
        QVERIFY(QFile::exists(m_cli.file("far/below/heat/.._.._evil4/heat_1.png")));
        QVERIFY(!QFile::exists(m_cli.file("far/evil4")));
    }

    void nothingLeftOfThePatientsSaysWhy() {
        const auto answer = m_cli.run({"prepare", "angio-aneurysm-synthetic", "--data", m_cli.file("set"), "-o",
                                       m_cli.file("no-room"), "--max-mb", "0.0001"});
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.contains("“patient_0001” was left out: the cache has reached its largest size"),
                 qPrintable(answer.err));
        QVERIFY(!QFile::exists(m_cli.file("no-room")));
    }

    void theShippedNetworkBeatsTheDarkestSpot() {
        const auto answer = m_cli.run({"evaluate", m_cli.file("set"), "--bundle", "angio-aneurysm-synthetic",
                                       "--device", "cpu", "--csv", m_cli.file("table.csv"), "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("evaluate classes", answer), QString());
        const auto json = answer.json();
        QCOMPARE(json["patients"].size(), std::size_t{24});
        // Two dozen patients leave a wide interval: the floor keeps the network from rotting, the card has the figure.
        QVERIFY2(json["metrics"]["Aneurysm"]["area"]["auc"].get<double>() > 0.8, qPrintable(answer.out.right(1500)));
        QVERIFY(QFile::exists(m_cli.file("table.csv")));
    }

    void aFolderOfOtherThingsIsRefused() {
        QVERIFY(QFile::remove(m_cli.file("set/patient_0002/view_8.png")));
        const auto seven = m_cli.run({"classify", m_cli.file("set/patient_0002"), "--device", "cpu"});
        QCOMPARE(seven.status, 1);
        QVERIFY(seven.err.contains("eight-view"));
        const auto mask = m_cli.run({"classify", m_cli.file("set/patient_0001"), "--bundle", "brain-tumour"});
        QCOMPARE(mask.status, 1);
        QVERIFY(mask.err.contains("draws masks"));
    }

private:
    CliRunner m_cli;
};

QTEST_GUILESS_MAIN(TestCliAngiography)
#include "tst_cli_angiography.moc"
