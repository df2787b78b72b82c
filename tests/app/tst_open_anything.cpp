// SPDX-License-Identifier: Apache-2.0
#include "app/program_paths.h"
#include "app/sulcus/open_choices.h"
#include "app/sulcus/window_services.h"
#include "core/imaging/image_io.h"
#include "core/imaging/probe.h"
#include "ui/session/case_state.h"
#include "ui/session/message_catalogue.h"

#include <fcntl.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <fstream>
#include <set>

using namespace sulcus;
namespace fs = std::filesystem;

namespace {

const fs::path kFormats = fs::path(SULCUS_SOURCE_DIR) / ".." / "shared" / "data" / "formats";

/// What libraries write to the terminal while this object lives.
class Terminal {
public:
    Terminal() {
        m_kept = ::dup(STDERR_FILENO);
        const int file = ::open(m_file.toUtf8().constData(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
        ::dup2(file, STDERR_FILENO);
        ::close(file);
    }
    ~Terminal() {
        ::dup2(m_kept, STDERR_FILENO);
        ::close(m_kept);
    }
    QByteArray text() const {
        QFile file(m_file);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
    }

private:
    QTemporaryDir m_folder;
    QString m_file = m_folder.filePath("terminal");
    int m_kept = -1;
};

} // namespace

/// The way that the window takes from a path to a case, over every odd file at hand, and over what it asks and shows
/// before: series, volumes of a 4-D file, pictures.
class TestOpenAnything : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    session::Services m_services;

    /// "opened 256 x 256 x 12" or the one sentence that a person gets.
    QString outcome(const fs::path& path) {
        const auto choices = m_services.choices(path, {});
        const auto opened = choices && choices->size() > 1 ? m_services.openFiles(choices->front().files, {})
                                                           : m_services.openCase(path, {});
        if (!opened)
            return session::sentence(opened.error().message);
        const auto& size = (*opened)->geometry().size;
        if (session::lookAt(**opened).thumbnails.empty())
            return QStringLiteral("no picture");
        return QStringLiteral("opened %1 x %2 x %3").arg(size[0]).arg(size[1]).arg(size[2]);
    }

private Q_SLOTS:
    void initTestCase() {
        imaging::setProbeProgram(fs::path(SULCUS_BINARY_DIR) / "bin" / "sulcus-probe");
        workflow::Paths paths = app::findPaths({});
        paths.cache = m_folder.filePath("cache").toStdString();
        m_services = app::windowServices(paths, QStringLiteral("en"));
    }

    void everyOddFileOpensOrCostsOneSentence_data() {
        QTest::addColumn<QString>("path");
        for (const char* const folder : {"nifti_odd", "dicom_odd", "orientations"})
            for (const QFileInfo& file :
                 QDir(QString::fromStdString((kFormats / folder).string())).entryInfoList(QDir::Files, QDir::Name))
                QTest::newRow(qPrintable(QLatin1String(folder) + "/" + file.fileName())) << file.absoluteFilePath();
    }
    void everyOddFileOpensOrCostsOneSentence() {
        if (!fs::exists(kFormats))
            QSKIP("../shared/data/formats is not there");
        QFETCH(QString, path);
        QString said;
        QByteArray noise;
        {
            const Terminal terminal;
            said = outcome(path.toStdString());
            noise = terminal.text();
        }
        qInfo("%s", qPrintable(said));
        QVERIFY2(noise.isEmpty(), noise.left(400).constData());
        if (said.startsWith(QLatin1String("opened ")))
            return;
        // A sentence for a person: about this file, with an end, and no id of the program's.
        QVERIFY2(said.contains(QFileInfo(path).fileName()) || said.contains(QFileInfo(path).completeBaseName()),
                 qPrintable(said));
        QVERIFY2(said.endsWith(QLatin1Char('.')) && !said.startsWith(QLatin1String("imaging.")) &&
                     !said.contains(QLatin1Char('\n')),
                 qPrintable(said));
    }

    void everySeriesOfAMixedFolderOpensOrCostsOneSentence() {
        if (!fs::exists(kFormats))
            QSKIP("../shared/data/formats is not there");
        const Terminal terminal;
        const auto choices = m_services.choices(kFormats / "dicom_odd", {});
        QVERIFY(choices.has_value());
        QVERIFY2(choices->size() > 3, qPrintable(QString::number(choices->size())));
        std::set<std::pair<std::string, int>> distinct;
        int pictures = 0;
        int opened = 0;
        for (const session::OpenChoice& choice : *choices) {
            QVERIFY(choice.files.seriesUid.has_value());
            QVERIFY(choice.size[0] > 0 && choice.size[1] > 0 && choice.size[2] > 0);
            distinct.emplace(*choice.files.seriesUid, choice.files.seriesPart);
            pictures += choice.thumbnail.isNull() ? 0 : 1;
            const auto volume = m_services.openFiles(choice.files, {});
            if (volume) {
                ++opened;
                // What is chosen is what is read; gaps of an uneven series are filled, so that it may grow.
                QCOMPARE((*volume)->geometry().size[0], choice.size[0]);
                QCOMPARE((*volume)->geometry().size[1], choice.size[1]);
                QVERIFY((*volume)->geometry().size[2] >= 1);
            } else {
                QVERIFY(session::sentence(volume.error().message).endsWith(QLatin1Char('.')));
            }
        }
        QCOMPARE(distinct.size(), choices->size());
        qInfo("%zu series, %d with a picture, %d opened", choices->size(), pictures, opened);
        QVERIFY(pictures > 2);
        QVERIFY(opened > 3);
        QVERIFY2(terminal.text().isEmpty(), terminal.text().left(400).constData());
    }

    void oneSeriesNeedsNoQuestion() {
        if (!fs::exists(kFormats))
            QSKIP("../shared/data/formats is not there");
        const auto choices = app::openChoices(kFormats / "dicom_series_ct_head", {});
        QVERIFY(choices.has_value());
        QVERIFY(choices->size() < 2);
    }

    void volumesOfAFourDimensionalFileAreTold() {
        if (!fs::exists(kFormats))
            QSKIP("../shared/data/formats is not there");
        const auto choices = app::openChoices(kFormats / "nifti_odd" / "5D_zeros.nii.gz", {});
        QVERIFY(choices.has_value());
        const auto header = imaging::readHeader(kFormats / "nifti_odd" / "5D_zeros.nii.gz");
        QVERIFY(header.has_value());
        QCOMPARE(choices->size(), header->timePoints > 1 ? static_cast<std::size_t>(header->timePoints) : 0U);
        for (std::size_t n = 0; n < choices->size(); ++n)
            QCOMPARE((*choices)[n].files.timePoint, static_cast<int>(n));
    }

    void thumbnailsComeFromTheCacheUntilTheFileChanges() {
        const fs::path folder = fs::path(m_folder.path().toStdString()) / "case";
        const fs::path cache = fs::path(m_folder.path().toStdString()) / "cache";
        fs::create_directories(folder);
        const fs::path file = folder / "case_flair.nii.gz";
        imaging::Volume volume;
        volume.geometry.size = {20, 24, 10};
        volume.voxels.assign(volume.geometry.voxelCount(), 0.0F);
        for (std::size_t n = 0; n < volume.voxels.size(); ++n)
            volume.voxels[n] = n % 20 > 5 ? 100.0F + static_cast<float>(n % 7) : 0.0F;
        QVERIFY(imaging::writeVolume(volume, file).has_value());
        const auto first = app::caseThumbnail(folder, cache, {});
        QVERIFY(first.has_value() && !first->isNull());
        const auto count = [&] {
            return std::distance(fs::directory_iterator(cache / "thumbnails"), fs::directory_iterator());
        };
        QCOMPARE(count(), std::ptrdiff_t{1});
        // The second listing reads no volume: there is none left to read, only a file of the same size and age.
        const auto size = fs::file_size(file);
        const auto time = fs::last_write_time(file);
        std::ofstream(file, std::ios::binary | std::ios::trunc) << std::string(size, 'x');
        fs::last_write_time(file, time);
        QVERIFY(!imaging::readVolume(file, TaskContext()).has_value());
        const auto again = app::caseThumbnail(folder, cache, {});
        QVERIFY(again.has_value());
        QCOMPARE(again->convertToFormat(QImage::Format_Grayscale8), first->convertToFormat(QImage::Format_Grayscale8));
        QCOMPARE(count(), std::ptrdiff_t{1});
        // Another image under the same name: another picture.
        volume.geometry.size = {20, 24, 12};
        volume.voxels.assign(volume.geometry.voxelCount(), 50.0F);
        QVERIFY(imaging::writeVolume(volume, file).has_value());
        fs::last_write_time(file, time + std::chrono::seconds(2));
        QVERIFY(app::caseThumbnail(folder, cache, {}).has_value());
        QCOMPARE(count(), std::ptrdiff_t{2});
    }
};

QTEST_MAIN(TestOpenAnything)
#include "tst_open_anything.moc"
