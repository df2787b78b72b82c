// SPDX-License-Identifier: Apache-2.0
// The built window program is told to end as a logout or a terminal tells it, and ends by its own way.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

namespace {

constexpr int kPatience = 100'000; // start-up under a loaded machine

} // namespace

class TestWindowSignals : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSignalEndsTheProgramInOrder_data() {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGHUP") << SIGHUP;
    }

    void aSignalEndsTheProgramInOrder() {
        QFETCH(int, number);
        QTemporaryDir home;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("HOME", home.path());
        environment.insert("XDG_CONFIG_HOME", home.filePath("config"));
        environment.insert("XDG_DATA_HOME", home.filePath("data"));
        environment.insert("OMP_WAIT_POLICY", "passive");
        QProcess program;
        program.setProcessEnvironment(environment);
        const QString database = home.filePath("s.db");
        program.start(QStringLiteral(SULCUS_BINARY_DIR "/bin/sulcus"), {"--db", database, "--language", "en"});
        QVERIFY(program.waitForStarted());
        // The database is opened once the window is up.
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(database) || program.state() == QProcess::NotRunning, kPatience);
        QVERIFY2(program.state() == QProcess::Running, program.readAllStandardError().constData());
        QCOMPARE(::kill(static_cast<pid_t>(program.processId()), number), 0);
        QVERIFY(program.waitForFinished(kPatience));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
        const QSettings settings(home.filePath("config/sulcus/sulcus.ini"), QSettings::IniFormat);
        QVERIFY(!settings.value("window/geometry").toByteArray().isEmpty());
        QFile log(home.filePath("sulcus.log"));
        QVERIFY(log.open(QIODevice::ReadOnly));
        const QByteArray said = log.readAll();
        QVERIFY2(said.contains("signal " + QByteArray::number(number)), said.constData());
        QVERIFY(said.contains("Sulcus ends"));
    }
};

QTEST_GUILESS_MAIN(TestWindowSignals)
#include "tst_window_signals.moc"
