// SPDX-License-Identifier: Apache-2.0
// The main job on the demo case, verb by verb: each answer against the schema.
#include "core/imaging/image_io.h"
#include "core/imaging/resample.h"
#include "tests/app/cli_runner.h"

#include <QDir>
#include <csignal>

using sulcus::tests::CliRunner;
using sulcus::tests::schemaProblems;

namespace {
const QString kCase = QStringLiteral(SULCUS_BINARY_DIR "/tests/demo/SulcusDemo_0001");
const QString kTruth = kCase + "/SulcusDemo_0001_seg.nii.gz";
const QString kTemplates = QStringLiteral("/usr/share/mricron/templates/ch2bet.nii.gz");
bool hasBundle() { return QFile::exists(QStringLiteral(SULCUS_SOURCE_DIR "/models/brain-tumour/bundle.json")); }
} // namespace

class TestCliChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Made once per build folder: the same seed gives the same voxels.
    void initTestCase() {
        if (!QFile::exists(kTemplates))
            QSKIP("SULCUS_SKIPPED_WHOLE_TEST: mricron-data is not installed");
        if (QFile::exists(kTruth))
            return;
        QDir().mkpath(QFileInfo(kCase).absolutePath());
        const auto answer = m_cli.run({"demo", kCase, "--seed", "1", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("demo", answer), QString());
        QVERIFY(answer.json()["synthetic"].get<bool>());
    }

    void infoKnowsTheCase() {
        const auto answer = m_cli.run({"info", kCase, "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("info", answer), QString());
        const auto json = answer.json();
        QCOMPARE(json["grid"]["size"], nlohmann::json({240, 240, 155}));
        QCOMPARE(json["grid"]["orientation"].get<std::string>(), std::string("LPS"));
        QCOMPARE(json["space"].get<std::string>(), std::string("sri24"));
        QCOMPARE(json["sequences"].size(), std::size_t{4});
        QVERIFY(json["missing"].empty());
        QVERIFY(json["synthetic"].get<bool>());
        QVERIFY(m_cli.run({"info", kCase}).out.contains("synthetic"));
    }

    // Other programs store the axes in an order of their own: the box is the same.
    void aMaskInAnotherOrderOfAxesIsTurned() {
        const sulcus::TaskContext task;
        const auto truth = sulcus::imaging::readLabelMap(kTruth.toStdString(), task);
        QVERIFY(truth);
        // i from left to right, j from top to bottom, k from back to front.
        const auto& given = truth->geometry;
        auto grid = given;
        grid.size = {given.size[0], given.size[2], given.size[1]};
        grid.spacing = {given.spacing[0], given.spacing[2], given.spacing[1]};
        grid.direction = {-1.0, 0.0, 0.0, 0.0, 0.0, -1.0, 0.0, -1.0, 0.0};
        const auto corner = given.worldFromIndex({given.size[0] - 1.0, given.size[1] - 1.0, given.size[2] - 1.0});
        grid.origin = {corner.x, corner.y, corner.z};
        auto turned = *truth;
        QVERIFY(sulcus::imaging::turnOnto(turned, grid));
        QVERIFY(turned.geometry.size != given.size);
        const auto file = m_cli.file("turned.nii.gz");
        QVERIFY(sulcus::imaging::writeLabelMap(turned, file.toStdString()));
        for (const auto& [mask, other] : {std::pair(file, kTruth), std::pair(kTruth, file)}) {
            const auto answer = m_cli.run({"compare", mask, other, "--json"});
            QVERIFY2(answer.status == 0, qPrintable(answer.err));
            QCOMPARE(answer.json()["regions"]["WT"]["dice"].get<double>(), 1.0);
        }
        const auto placed = m_cli.run({"locate", kCase, "--mask", file, "--json"});
        QVERIFY2(placed.status == 0, qPrintable(placed.err));
        const auto straight = m_cli.run({"locate", kCase, "--mask", kTruth, "--json"});
        QCOMPARE(placed.json().dump(), straight.json().dump());
    }

    void aMaskComparedWithItselfIsOne() {
        const auto answer = m_cli.run({"compare", kTruth, kTruth, "--scheme", "brats", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("compare", answer), QString());
        const auto json = answer.json();
        QCOMPARE(json["accuracy"].get<double>(), 1.0);
        for (const char* region : {"WT", "TC", "ET"}) {
            QCOMPARE(json["regions"][region]["dice"].get<double>(), 1.0);
            QCOMPARE(json["regions"][region]["hd95_mm"].get<double>(), 0.0);
        }
        const auto binary = m_cli.run({"compare", kTruth, kTruth, "--scheme", "binary", "--json"});
        QCOMPARE(schemaProblems("compare", binary), QString());
        QCOMPARE(binary.json()["regions"].size(), std::size_t{1});
        QCOMPARE(binary.json()["regions"]["mask"]["iou"].get<double>(), 1.0);
    }

    void locateGivesSharesThatAddUp() {
        const auto answer = m_cli.run({"locate", kCase, "--mask", kTruth, "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("locate", answer), QString());
        const auto json = answer.json();
        QVERIFY(std::abs(json["side"]["left"].get<double>() + json["side"]["right"].get<double>() - 1.0) < 1e-6);
        double sum = 0.0;
        double before = 1.0;
        for (const auto& region : json["regions"]) {
            sum += region["share"].get<double>();
            QVERIFY(region["share"].get<double>() <= before);
            before = region["share"].get<double>();
        }
        // What lies just outside the atlas counts for the nearest region; what lies far outside counts for none.
        QVERIFY2(sum < 1.0 + 1e-6 && sum > 0.99 - json["outside_share"].get<double>(),
                 qPrintable(QString::number(sum)));
        QVERIFY(!json["components"].empty());
    }

    void crossCheckGivesAVerdict() {
        const auto answer = m_cli.run({"cross-check", kCase, "--mask", kTruth, "--symptoms",
                                       "weakness_one_side:right,headache", "--handedness", "right", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("cross-check", answer), QString());
        QCOMPARE(answer.json()["symptoms"][0]["side"].get<std::string>(), std::string("right"));
        QVERIFY(!answer.json()["reasons"].empty());
    }

    void aMisspeltSymptomNamesTheNearest() {
        const auto answer = m_cli.run({"cross-check", kCase, "--mask", kTruth, "--symptoms", "hedache"});
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.contains("headache"), qPrintable(answer.err));
    }

    void reportIsAPictureWithATwin() {
        const auto picture = m_cli.file("out/report.png");
        const auto answer = m_cli.run({"report", kCase, "--mask", kTruth, "--truth", kTruth, "--symptoms", "headache",
                                       "--patient", "Student-7", "-o", picture, "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("report", answer), QString());
        QFile file(picture);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.read(8) == QByteArray("\x89PNG\r\n\x1a\n", 8));
        QFile twin(m_cli.file("out/report.json"));
        QVERIFY(twin.open(QIODevice::ReadOnly));
        const auto content = nlohmann::json::parse(twin.readAll().toStdString());
        QCOMPARE(content["patient"].get<std::string>(), std::string("Student-7"));
        QCOMPARE(content["comparison"]["regions"]["WT"]["dice"].get<double>(), 1.0);
    }

    void segmentWritesAMaskOnTheCasesGrid() {
        if (!hasBundle())
            QSKIP("no trained bundle in models/brain-tumour");
        const auto mask = m_cli.file("mask.nii.gz");
        const auto answer = m_cli.run({"segment", kCase, "--bundle", "brain-tumour", "-o", mask, "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("segment", answer), QString());
        QVERIFY(answer.json()["seconds"]["total"].get<double>() > 0.0);
        const auto compared = m_cli.run({"compare", mask, kTruth, "--json"});
        QCOMPARE(compared.status, 0);
    }

    void evaluateSortsAndSummarises() {
        if (!hasBundle())
            QSKIP("no trained bundle in models/brain-tumour");
        const auto file = m_cli.file("evaluation.json");
        const auto answer = m_cli.run(
            {"evaluate", kCase, m_cli.file("no-such-case"), "--json", file, "--csv", m_cli.file("evaluation.csv")});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QFile json(file);
        QVERIFY(json.open(QIODevice::ReadOnly));
        const sulcus::tests::CliAnswer written{0, QString::fromUtf8(json.readAll()), {}};
        QCOMPARE(schemaProblems("evaluate", written), QString());
        const auto rows = written.json()["cases"];
        QCOMPARE(rows.size(), std::size_t{2});
        QVERIFY(rows[0]["problem"].is_object());
        QVERIFY(rows[1]["problem"].is_null());
        QVERIFY(QFile::exists(m_cli.file("evaluation.csv")));
    }

    void runDoesTheWholeChainAndRecordsIt() {
        if (!hasBundle())
            QSKIP("no trained bundle in models/brain-tumour");
        const auto folder = m_cli.file("whole");
        const auto answer = m_cli.run({"run", kCase, "-o", folder, "--symptoms", "headache", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("run", answer), QString());
        QVERIFY(QFile::exists(folder + "/SulcusDemo_0001_mask.nii.gz"));
        QVERIFY(QFile::exists(folder + "/SulcusDemo_0001_report.png"));
        const auto checked = m_cli.run({"db", "check", "--json"});
        QCOMPARE(checked.status, 0);
        QCOMPARE(schemaProblems("db check", checked), QString());
    }

    void anInterruptEndsWithinASecondAndLeavesNothing() {
        if (!hasBundle())
            QSKIP("no trained bundle in models/brain-tumour");
        const auto folder = m_cli.file("interrupted");
        const auto process = m_cli.start({"segment", kCase, "-o", folder + "/mask.nii.gz", "--progress"});
        // The first line of progress says that the work has begun.
        QVERIFY(process->waitForStarted());
        process->setReadChannel(QProcess::StandardError);
        QVERIFY(process->waitForReadyRead(20000));
        QElapsedTimer clock;
        clock.start();
        kill(static_cast<pid_t>(process->processId()), SIGINT);
        QVERIFY(process->waitForFinished(10000));
        // A second for the program, and room for a machine that does other things too.
        QVERIFY2(clock.elapsed() < 2500, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(process->exitCode(), 130);
        QVERIFY(QDir(folder).entryList(QDir::Files | QDir::Hidden).isEmpty());
    }

private:
    CliRunner m_cli;
};

QTEST_GUILESS_MAIN(TestCliChain)
#include "tst_cli_chain.moc"
