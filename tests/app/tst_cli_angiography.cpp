// SPDX-License-Identifier: Apache-2.0
// Made-up angiography through the program: classified and evaluated with the bundle that ships.
#include "tests/app/cli_runner.h"

#include <QFile>

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
