// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/image_io.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QDirIterator>
#include <QTest>

using namespace sulcus;
using namespace sulcus::imaging;

/// Every odd or broken file of the shared data either reads or gives one error with an id: nothing ends the process.
/// Each file is read in a forked child, so that a crash fails its own row and not the whole test.
class OddFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsOrRefuses_data() {
        QTest::addColumn<QString>("path");
        const QString root = QStringLiteral(SULCUS_SOURCE_DIR "/../shared/data");
        if (!QDir(root).exists()) {
            return;
        }
        for (const char* folder : {"/formats/nifti_odd", "/formats/dicom_odd", "/angio"}) {
            QDirIterator it(root + QLatin1String(folder), QDir::Files);
            while (it.hasNext()) {
                const QString path = it.next();
                QTest::newRow(qPrintable(QString::fromLatin1(folder + 1) + "/" + QFileInfo(path).fileName())) << path;
            }
        }
    }

    void readsOrRefuses() {
        if (!QDir(QStringLiteral(SULCUS_SOURCE_DIR "/../shared/data")).exists()) {
            QSKIP("SULCUS_SKIPPED_WHOLE_TEST ../shared/data is absent");
        }
        QFETCH(QString, path);
        std::array<int, 2> pipe{};
        QCOMPARE(::pipe(pipe.data()), 0);
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            const rlimit none{0, 0};
            ::setrlimit(RLIMIT_CORE, &none);
            ::alarm(20);
            const auto volume = readVolume(path.toStdString(), TaskContext());
            std::string line;
            if (volume) {
                line = "read " + toString(volume->geometry.size);
                for (const Message& w : volume->warnings) {
                    line += " [" + w.id + "]";
                }
            } else {
                line = "refused " + volume.error().message.id + " (" + volume.error().context + ")";
            }
            [[maybe_unused]] const auto written = ::write(pipe[1], line.data(), line.size());
            ::_exit(0);
        }
        ::close(pipe[1]);
        QByteArray answer;
        std::array<char, 512> buffer{};
        for (ssize_t got = 0; (got = ::read(pipe[0], buffer.data(), buffer.size())) > 0;) {
            answer.append(buffer.data(), static_cast<int>(got));
        }
        ::close(pipe[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY2(WIFEXITED(status) && WEXITSTATUS(status) == 0,
                 qPrintable(QStringLiteral("ended by signal %1").arg(WIFSIGNALED(status) ? WTERMSIG(status) : 0)));
        QVERIFY2(answer.startsWith("read ") || answer.startsWith("refused imaging."), answer.constData());
        qInfo("%s", answer.constData());
    }
};

QTEST_GUILESS_MAIN(OddFiles)
#include "tst_odd_files.moc"
