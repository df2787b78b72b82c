// SPDX-License-Identifier: Apache-2.0
// What the program does before any image is read: usage, help, missing files, an empty bundle folder.
#include "tests/app/cli_runner.h"

using sulcus::tests::CliRunner;

class TestCliUsage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wrongUsageEndsWithTwo_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no verb") << QStringList{};
        QTest::newRow("unknown verb") << QStringList{"frobnicate"};
        QTest::newRow("unknown option") << QStringList{"info", "case", "--frobnicate"};
        QTest::newRow("missing argument") << QStringList{"compare", "one.nii.gz"};
        QTest::newRow("unknown era") << QStringList{"locate", "a", "--mask", "b", "--labels", "1999"};
        QTest::newRow("bad side") << QStringList{"cross-check", "a", "--mask", "b", "--symptoms", "headache:up"};
        QTest::newRow("bad place") << QStringList{"hospitals", "--near", "91,0"};
        QTest::newRow("bad mask name") << QStringList{"segment", "case", "-o", "mask.txt"};
    }
    void wrongUsageEndsWithTwo() {
        QFETCH(QStringList, arguments);
        const auto answer = m_cli.run(arguments);
        QCOMPARE(answer.status, 2);
        QVERIFY(answer.out.isEmpty());
        QVERIFY(!answer.err.isEmpty());
    }

    void anUnknownVerbIsNamed() {
        const auto answer = m_cli.run({"segmant", "case"});
        QCOMPARE(answer.status, 2);
        QVERIFY2(answer.err.contains("segmant"), qPrintable(answer.err));
    }

    void everyVerbHasHelp() {
        const auto answer = m_cli.run({"--help-all"});
        QCOMPARE(answer.status, 0);
        const auto text = '\n' + answer.out;
        for (const char* verb : {"info", "demo", "segment", "compare", "locate", "cross-check", "hospitals", "report",
                                 "evaluate", "run", "bundles", "prepare", "train", "predict"}) {
            // A verb's own part begins with its name at the start of a line and lasts until the next one.
            const auto from = text.indexOf(QStringLiteral("\n%1\n").arg(verb));
            QVERIFY2(from >= 0, verb);
            QVERIFY2(text.mid(from).contains("--json"), verb);
        }
        const auto database = m_cli.run({"db", "--help-all"});
        for (const char* verb : {"path", "check", "backup", "restore", "import", "export"})
            QVERIFY2(('\n' + database.out).contains(QStringLiteral("\n%1\n").arg(verb)), verb);
    }

    void oneVerbHasHelp_data() {
        QTest::addColumn<QStringList>("verb");
        QTest::newRow("segment") << QStringList{"segment"};
        QTest::newRow("db import") << QStringList{"db", "import"};
    }
    void oneVerbHasHelp() {
        QFETCH(QStringList, verb);
        const auto answer = m_cli.run(verb + QStringList{"--help"});
        QCOMPARE(answer.status, 0);
        QVERIFY(answer.out.contains("Usage:"));
        QVERIFY(answer.out.contains("--json"));
    }

    void aMissingFileIsOneSentence_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("info") << QStringList{"info", "no-such-case"};
        QTest::newRow("compare") << QStringList{"compare", "no-such-case.nii.gz", "other.nii.gz"};
        QTest::newRow("locate") << QStringList{"locate", "case", "--mask", "no-such-case.nii.gz"};
    }
    void aMissingFileIsOneSentence() {
        QFETCH(QStringList, arguments);
        const auto answer = m_cli.run(arguments);
        QCOMPARE(answer.status, 1);
        QVERIFY(answer.out.isEmpty());
        QVERIFY(answer.err.startsWith("sulcus-cli: "));
        QVERIFY2(answer.err.contains("no-such-case"), qPrintable(answer.err));
        QCOMPARE(answer.err.count('\n'), 1);
        QVERIFY(answer.err.trimmed().endsWith('.'));
    }

    void anUnknownBundleNamesTheKnownOnes() {
        const auto answer =
            m_cli.run({"segment", "case", "-o", m_cli.file("mask.nii.gz"), "--bundle", "nothing-of-the-kind"});
        QCOMPARE(answer.status, 1);
        QVERIFY(answer.err.contains("nothing-of-the-kind"));
        QVERIFY(!QFile::exists(m_cli.file("mask.nii.gz")));
    }

    void anOutputThatCannotBeWrittenIsSaidFirst() {
        QFile(m_cli.file("plain")).open(QIODevice::WriteOnly);
        const auto answer = m_cli.run({"report", "case", "--mask", "m", "-o", m_cli.file("plain") + "/sub/report.png"});
        QCOMPARE(answer.status, 1);
    }

    void anEmptyBundleFolderIsAnEmptyList() {
        QDir().mkpath(m_cli.file("none"));
        const auto answer = m_cli.run({"bundles", "--json", "--models", m_cli.file("none")});
        QCOMPARE(answer.status, 0);
        QCOMPARE(sulcus::tests::schemaProblems("bundles", answer), QString());
        QVERIFY(answer.json()["bundles"].empty());
    }

    void hospitalsNearACityComeWithDistances() {
        const auto answer = m_cli.run({"hospitals", "--region", "SEL", "--city", "Seoul", "--limit", "5", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(sulcus::tests::schemaProblems("hospitals", answer), QString());
        const auto json = answer.json();
        QCOMPARE(json["hospitals"].size(), std::size_t{5});
        QVERIFY(json["hospitals"][0]["km"].get<double>() < 50.0);
    }

    void askingForHospitalsMakesNoDatabase() {
        CliRunner fresh;
        QCOMPARE(fresh.run({"hospitals", "--json"}).status, 0);
        QVERIFY(!QFile::exists(fresh.file("data")));
    }

    void theSchemaCheckSeesViolations() {
        const auto schema = sulcus::tests::cliSchema();
        const auto& verb = schema["properties"]["demo"];
        nlohmann::json good{{"case", "a"},       {"folder", "f"},       {"seed", 1},
                            {"synthetic", true}, {"files", {"x", "y"}}, {"truth", nullptr}};
        QVERIFY(sulcus::tests::schemaViolations(good, verb, schema).empty());
        auto lacking = good;
        lacking.erase("seed");
        QCOMPARE(sulcus::tests::schemaViolations(lacking, verb, schema).size(), std::size_t{1});
        auto wrongType = good;
        wrongType["files"][1] = 3;
        QCOMPARE(sulcus::tests::schemaViolations(wrongType, verb, schema).size(), std::size_t{1});
        auto more = good;
        more["extra"] = 1;
        QCOMPARE(sulcus::tests::schemaViolations(more, verb, schema).size(), std::size_t{1});
    }

    void numbersAndSymptomsOutOfPlaceAreSaidPlainly() {
        const auto limit = m_cli.run({"hospitals", "--limit", "-1"});
        QCOMPARE(limit.status, 2);
        QVERIFY2(limit.err.contains("whole number") && limit.err.size() < 300, qPrintable(limit.err));
        const auto twice = m_cli.run({"cross-check", "case", "--mask", "mask.nii.gz", "--symptoms",
                                      "weakness_one_side:left,weakness_one_side:right"});
        QCOMPARE(twice.status, 2);
        QVERIFY2(twice.err.contains("named twice"), qPrintable(twice.err));
        const auto none = m_cli.run({"cross-check", "case", "--mask", "mask.nii.gz", "--symptoms", ""});
        QCOMPARE(none.status, 2);
        QVERIFY2(none.err.contains("no symptom is named"), qPrintable(none.err));
        const auto seed = m_cli.run({"demo", m_cli.file("d"), "--seed", "-1"});
        QCOMPARE(seed.status, 2);
        QVERIFY2(seed.err.contains("whole number"), qPrintable(seed.err));
        const auto nowhere = m_cli.run({"hospitals", "--country", "ZZ"});
        QCOMPARE(nowhere.status, 1);
        QVERIFY2(nowhere.err.contains("ZZ") && nowhere.err.contains("KR"), qPrintable(nowhere.err));
        const auto bogus = m_cli.run({"info", "--bogus"});
        QCOMPARE(bogus.status, 2);
        QVERIFY2(bogus.err.contains("--bogus"), qPrintable(bogus.err));
    }

    void symptomsAreListed() {
        const auto answer = m_cli.run({"symptoms", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(sulcus::tests::schemaProblems("symptoms", answer), QString());
        QVERIFY(answer.json()["symptoms"].size() > 20);
    }

    void aCheckMakesNoDatabase() {
        QFile empty(m_cli.file("zero.db"));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        empty.close();
        const auto answer = m_cli.run({"db", "check", "--db", m_cli.file("zero.db")});
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.contains("empty"), qPrintable(answer.err));
        QCOMPARE(empty.size(), 0);
    }

    void aNameThatNoDiskTakesIsSaidPlainly() {
        const auto answer = m_cli.run({"segment", "case", "-o", m_cli.file(QString(300, 'x') + ".nii.gz")});
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.contains("too long") && !answer.err.contains("unexpected"), qPrintable(answer.err));
    }

    void aFolderMadeForNothingGoesAgain() {
        const auto answer = m_cli.run({"segment", "no-such-case", "-o", m_cli.file("new/folder/mask.nii.gz")});
        QCOMPARE(answer.status, 1);
        QVERIFY(!QFile::exists(m_cli.file("new")));
    }

    void aBundleWhoseWeightsAreCutShortIsMarked() {
        const QString shipped = QStringLiteral(SULCUS_SOURCE_DIR "/models/lung-ct");
        QDir().mkpath(m_cli.file("models/cut"));
        const auto files = QDir(shipped).entryList(QDir::Files);
        for (const QString& name : files) {
            QFile in(shipped + '/' + name);
            QFile out(m_cli.file("models/cut/" + name));
            QVERIFY(in.open(QIODevice::ReadOnly) && out.open(QIODevice::WriteOnly));
            const QByteArray bytes = in.readAll();
            out.write(name.endsWith(".json") ? bytes : bytes.left(1000));
        }
        const auto answer = m_cli.run({"bundles", "--json", "--models", m_cli.file("models")});
        QCOMPARE(answer.status, 0);
        QCOMPARE(sulcus::tests::schemaProblems("bundles", answer), QString());
        QVERIFY(!answer.json()["bundles"][0]["loads"].get<bool>());
        const auto table = m_cli.run({"bundles", "--models", m_cli.file("models")});
        QVERIFY2(table.out.contains("cut (does not load)"), qPrintable(table.out));
    }

    void angiographyIsMadeUpOnRequest() {
        const auto answer = m_cli.run({"demo", m_cli.file("angiography"), "--angiography", "-n", "1", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QVERIFY(answer.json()["synthetic"].get<bool>());
        QVERIFY(QFile::exists(m_cli.file("angiography") + "/patient_0001/view_8.png"));
        QCOMPARE(m_cli.run({"demo", m_cli.file("other"), "-n", "1"}).status, 2); // -n belongs to --angiography
        // What lies in a folder is not written over unless that is asked for.
        const auto again = m_cli.run({"demo", m_cli.file("angiography"), "--angiography", "-n", "1"});
        QCOMPARE(again.status, 1);
        QVERIFY2(again.err.contains("not empty"), qPrintable(again.err));
        QCOMPARE(m_cli.run({"demo", m_cli.file("angiography"), "--angiography", "-n", "1", "--replace"}).status, 0);
        QCOMPARE(m_cli.run({"demo", ""}).status, 1);
    }

private:
    CliRunner m_cli;
};

QTEST_GUILESS_MAIN(TestCliUsage)
#include "tst_cli_usage.moc"
