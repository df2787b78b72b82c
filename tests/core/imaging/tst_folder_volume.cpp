// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/case.h"
#include "core/imaging/folder_volume.h"
#include "core/imaging/image_io.h"
#include "core/imaging/probe.h"
#include "tests/core/imaging/hand_slice.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <chrono>
#include <thread>

using namespace sulcus;
using namespace sulcus::imaging;
using sulcus::test::HandSlice;

namespace {

bool warns(const std::vector<Message>& warnings, const char* id) {
    return std::any_of(warnings.begin(), warnings.end(), [&](const Message& m) { return m.id == id; });
}

} // namespace

class FolderVolume : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_count = 0;

    QString freshFolder() {
        const QString name = m_dir.filePath(QStringLiteral("folder %1").arg(++m_count));
        QDir().mkpath(name);
        return name;
    }
    static void put(const QString& file, const QByteArray& bytes) {
        QFile f(file);
        if (!f.open(QIODevice::WriteOnly) || f.write(bytes) != bytes.size()) {
            qFatal("cannot write %s", qPrintable(file));
        }
    }
    /// Slices at the given heights, named against their order; each holds its height as value.
    QString seriesAt(const std::vector<double>& heights, double leanPerMm = 0.0) {
        const QString folder = freshFolder();
        for (std::size_t n = 0; n < heights.size(); ++n) {
            HandSlice s;
            s.position = {-10.0, -20.0 + leanPerMm * heights[n], heights[n]};
            s.instance = static_cast<int>(n) + 1;
            s.value = static_cast<int>(heights[n] * 10.0);
            put(QStringLiteral("%1/%2.dcm").arg(folder).arg(100 - static_cast<int>(n)), s.bytes());
        }
        return folder;
    }
    static std::vector<DicomSeries> listed(const QString& folder) {
        const auto found = findDicomSeries(folder.toStdString(), TaskContext());
        if (!found) {
            qFatal("%s", found.error().message.id.c_str());
        }
        return *found;
    }

private Q_SLOTS:
    void slicesAreSortedByPlaceNotByName() {
        const auto series = listed(seriesAt({30.0, 10.0, 20.0, 15.0, 25.0}));
        QCOMPARE(series.size(), std::size_t(1));
        QCOMPARE(series[0].description, std::string("HEAD"));
        QCOMPARE(series[0].modality, std::string("CT"));
        QCOMPARE(series[0].size, (std::array<int, 3>{8, 6, 5}));
        QCOMPARE(series[0].spacing, (std::array<double, 3>{0.5, 2.0, 5.0}));
        QVERIFY(!series[0].uneven);
        const auto v = readDicomSeries(series[0], TaskContext());
        QVERIFY2(v, v ? "" : v.error().context.c_str());
        for (int k = 0; k < 5; ++k) {
            QCOMPARE(v->at({0, 0, k}), static_cast<float>(10 * (10 + 5 * k) - 1000));
            QCOMPARE(v->at({2, 1, k}), static_cast<float>(10 * (10 + 5 * k) - 900));
        }
        QCOMPARE(v->geometry.origin, (std::array<double, 3>{-10.0, -20.0, 10.0}));
        QVERIFY(v->geometry.hasOrientation);
        QVERIFY(v->warnings.empty());
    }

    void unevenGapsAreFilledAndSaid() {
        const auto series = listed(seriesAt({0.0, 2.0, 4.0, 8.0, 10.0, 12.0}));
        QVERIFY(series[0].uneven);
        const auto v = readDicomSeries(series[0], TaskContext());
        QVERIFY(v);
        QCOMPARE(v->geometry.size[2], 7);
        QVERIFY(warns(v->warnings, "imaging.slices_uneven"));
        // Values grow with height, so interpolation keeps them on the line.
        for (int k = 0; k < 7; ++k) {
            QVERIFY(std::abs(v->at({0, 0, k}) - (20.0F * static_cast<float>(k) - 1000.0F)) < 1e-2F);
        }
    }

    void tiltedStackIsStraightened_data() {
        QTest::addColumn<double>("lean");
        QTest::newRow("back") << 0.5;
        QTest::newRow("front") << -0.5;
    }
    void tiltedStackIsStraightened() {
        // Each slice lies 2 mm (one row) further back or to the front for every 4 mm up: 26.6 degrees.
        QFETCH(double, lean);
        const auto series = listed(seriesAt({0.0, 4.0, 8.0}, lean));
        QVERIFY(std::abs(series[0].tiltDegrees - 26.565) < 0.01);
        const auto v = readDicomSeries(series[0], TaskContext());
        QVERIFY(v);
        QVERIFY(warns(v->warnings, "imaging.gantry_tilt"));
        // Two rows more, so that every pixel is there, and where its header says.
        QCOMPARE(v->geometry.size, (std::array<int, 3>{8, 8, 3}));
        for (int k = 0; k < 3; ++k) {
            const double z = 4.0 * k;
            const double y = -20.0 + lean * z;
            QCOMPARE(v->at(v->geometry.nearestVoxel({-10.0 + 2 * 0.5, y + 2.0, z})), static_cast<float>(40 * k - 900));
            for (int row = 0; row < 6; ++row) {
                const VoxelIndex voxel = v->geometry.nearestVoxel({-10.0, y + 2.0 * row, z});
                QVERIFY(v->geometry.contains(voxel));
                QCOMPARE(voxel.k, k);
                QCOMPARE(v->at(voxel), static_cast<float>(40 * k - 1000));
            }
        }
    }

    void senselessPositionsAreRefused() {
        const QString folder = seriesAt({0.0, 4.0});
        HandSlice far;
        far.position = {-10.0, 1e30, 8.0};
        far.instance = 9;
        put(folder + "/far.dcm", far.bytes());
        const auto v = readDicomSeries(listed(folder)[0], TaskContext());
        QVERIFY(!v);
        QCOMPARE(v.error().message.id, std::string("imaging.header_damaged"));
    }

    void seriesInNestedFoldersOpens() {
        const QString patient = freshFolder();
        int instance = 0;
        for (const char* const name : {"CT head", "CT bone"}) {
            const QString folder = QStringLiteral("%1/study/%2").arg(patient, QLatin1String(name));
            QDir().mkpath(folder);
            put(folder + "/notes.txt", "no picture");
            for (int n = 0; n < (name == std::string("CT head") ? 3 : 2); ++n) {
                HandSlice s;
                s.series = name == std::string("CT head") ? "1.2.3.4" : "1.2.3.5";
                s.position = {0.0, 0.0, 5.0 * n};
                s.instance = ++instance;
                put(QStringLiteral("%1/1-%2").arg(folder).arg(n), s.bytes());
            }
        }
        const auto files = findCase(patient.toStdString());
        QVERIFY(files);
        QVERIFY(files->kind == CaseKind::SingleVolume);
        QCOMPARE(files->id, QDir(patient).dirName().toStdString());
        const auto opened = readCase(*files, TaskContext());
        QVERIFY(opened);
        QCOMPARE(opened->geometry().size[2], 3);
        QVERIFY(warns(opened->warnings, "imaging.largest_series"));

        const QString none = freshFolder();
        QDir().mkpath(none + "/a/b");
        put(none + "/a/b/notes.txt", "no picture");
        QCOMPARE(findCase(none.toStdString()).error().message.id, std::string("imaging.no_case"));
    }

    void whatLiesBesideDicomIsNotOpenedForIt_data() {
        QTest::addColumn<QStringList>("beside");
        QTest::newRow("preview") << QStringList{"preview.png"};
        QTest::newRow("report") << QStringList{"X_report.png"};
        QTest::newRow("two pictures") << QStringList{"X_report.png", "X_views.png"};
        QTest::newRow("previews") << QStringList{"1.png", "2.png"};
        QTest::newRow("a truth's name") << QStringList{"pred_seg.nii.gz"};
    }
    void whatLiesBesideDicomIsNotOpenedForIt() {
        QFETCH(QStringList, beside);
        const QString folder = freshFolder();
        for (int n = 0; n < 3; ++n) {
            HandSlice s;
            s.position = {0.0, 0.0, 5.0 * n};
            s.instance = n + 1;
            put(QStringLiteral("%1/IM000%2").arg(folder).arg(n), s.bytes());
        }
        for (const QString& name : beside) {
            QImage image(5, 4, QImage::Format_Grayscale8);
            image.fill(1);
            QVERIFY(image.save(folder + "/" + name, "PNG"));
        }
        const auto opened = readCase(*findCase(folder.toStdString()), TaskContext());
        QVERIFY(opened);
        QCOMPARE(opened->geometry().size, (std::array<int, 3>{8, 6, 3}));
    }

    void discRootWithPreviewsOpensItsPictures() {
        const QString folder = freshFolder();
        QDir().mkpath(folder + "/DICOM");
        HandSlice s;
        put(folder + "/DICOM/IM0001", s.bytes());
        put(folder + "/DICOMDIR", s.bytes().left(400)); // DICOM by its first bytes, and no picture
        for (const char* const name : {"/preview.png", "/logo.png"}) {
            QImage image(5, 4, QImage::Format_Grayscale8);
            image.fill(1);
            QVERIFY(image.save(folder + QLatin1String(name)));
            const auto opened = readCase(*findCase(folder.toStdString()), TaskContext());
            QVERIFY(opened);
            QCOMPARE(opened->geometry().size, (std::array<int, 3>{8, 6, 1}));
        }
        // Without its pictures the directory is worth nothing, and the only picture is what there is.
        QFile::remove(folder + "/DICOM/IM0001");
        QFile::remove(folder + "/logo.png");
        QCOMPARE(findCase(folder.toStdString())->id, std::string("preview"));
        QFile::remove(folder + "/preview.png");
        const auto nothing = readCase(*findCase(folder.toStdString()), TaskContext());
        QVERIFY(!nothing);
        QCOMPARE(nothing.error().message.id, std::string("imaging.no_series"));
    }

    void mixedFolderGivesEverySeries() {
        const QString folder = seriesAt({0.0, 5.0, 10.0});
        HandSlice scout;
        scout.orientation = {0, 1, 0, 0, 0, -1};
        scout.instance = 50;
        put(folder + "/scout.dcm", scout.bytes());
        HandSlice other;
        other.series = "1.2.3.5";
        other.description = "BONE";
        other.instance = 60;
        put(folder + "/other", other.bytes());
        put(folder + "/notes.txt", "not a picture");
        const auto series = listed(folder);
        QCOMPARE(series.size(), std::size_t(3));
        QCOMPARE(series[0].size[2], 3);

        // Opened without a choice: the largest, and it says so. With a choice: that one.
        auto files = findCase(folder.toStdString());
        QVERIFY(files);
        QVERIFY(files->kind == CaseKind::SingleVolume);
        auto opened = readCase(*files, TaskContext());
        QVERIFY(opened);
        QCOMPARE(opened->geometry().size[2], 3);
        QVERIFY(warns(opened->warnings, "imaging.largest_series"));
        files->seriesUid = "1.2.3.5";
        opened = readCase(*files, TaskContext());
        QVERIFY(opened);
        QCOMPARE(opened->geometry().size[2], 1);
        QVERIFY(!warns(opened->warnings, "imaging.largest_series"));
        QVERIFY(readDicomThumbnail(series[0]));
    }

    void severalPhasesGiveTheFirst() {
        const QString folder = seriesAt({0.0, 5.0});
        for (int n = 0; n < 2; ++n) {
            HandSlice s;
            s.position = {-10.0, -20.0, 5.0 * n};
            s.instance = 10 + n;
            s.value = 700;
            put(QStringLiteral("%1/second%2.dcm").arg(folder).arg(n), s.bytes());
        }
        const auto series = listed(folder);
        QCOMPARE(series.size(), std::size_t(1));
        QCOMPARE(series[0].phases, 2);
        const auto v = readDicomSeries(series[0], TaskContext());
        QVERIFY(v);
        QCOMPARE(v->at({0, 0, 0}), -1000.0F);
        QVERIFY(warns(v->warnings, "imaging.one_of_several"));
    }

    void folderWithoutSeriesIsRefused() {
        QCOMPARE(findDicomSeries(freshFolder().toStdString(), TaskContext()).error().message.id,
                 std::string("imaging.no_series"));
        QCOMPARE(findDicomSeries("/nowhere", TaskContext()).error().message.id, std::string("imaging.folder_missing"));
    }

    void picturesStackInNaturalOrder() {
        const QString folder = freshFolder();
        for (const int n : {1, 2, 10}) {
            QImage image(5, 4, QImage::Format_Grayscale8);
            image.fill(n);
            QVERIFY(image.save(QStringLiteral("%1/slice%2.png").arg(folder).arg(n)));
        }
        const auto files = findCase(folder.toStdString());
        QVERIFY(files);
        const auto opened = readCase(*files, TaskContext());
        QVERIFY(opened);
        const Volume& v = *opened->volumes[0].volume;
        QCOMPARE(v.geometry.size, (std::array<int, 3>{5, 4, 3}));
        QCOMPARE(v.at({0, 0, 1}), 2.0F);
        QCOMPARE(v.at({0, 0, 2}), 10.0F);
        QVERIFY(!v.geometry.hasOrientation);
        // What is saved beside the slices is none of them.
        QImage report(50, 70, QImage::Format_RGB32);
        report.fill(Qt::white);
        QVERIFY(report.save(folder + "/case_report.png") && report.save(folder + "/report.png"));
        QVERIFY(report.save(folder + "/MASK_1.png"));
        put(folder + "/case_mask.nii.gz", "mask");
        put(folder + "/pred_seg.nii", "mask");
        QVERIFY(isSliceStack(folder.toStdString()));
        const auto again = readCase(*findCase(folder.toStdString()), TaskContext());
        QVERIFY(again);
        QCOMPARE(again->geometry().size[2], 3);
        QImage wide(6, 4, QImage::Format_Grayscale8);
        wide.fill(3);
        QVERIFY(wide.save(folder + "/slice3.png"));
        const auto odd = readCase(*files, TaskContext());
        QVERIFY(!odd);
        QCOMPARE(odd.error().message.id, std::string("imaging.slice_other_size"));
        QVERIFY(odd.error().message.parameters.at("file").ends_with("slice3.png"));
    }

    void deadReaderCostsOneSentence() {
        const QString folder = seriesAt({0.0, 5.0});
        const auto file = (folder + "/100.dcm").toStdString();
        const QString program = m_dir.filePath("deadly");
        put(program, "#!/bin/sh\nprintf +\nkill -SEGV $$\n");
        QFile::setPermissions(program, QFile::ReadOwner | QFile::ExeOwner);
        setProbeProgram(program.toStdString());
        const auto read = readVolume(file, TaskContext());
        QVERIFY(!read);
        QCOMPARE(read.error().message.id, std::string("imaging.reader_died"));
        const auto whole = readDicomSeries(listed(folder)[0], TaskContext());
        QVERIFY(!whole);
        // One file was answered for, so the second is the one that killed it.
        QVERIFY(whole.error().message.parameters.at("file").ends_with("99.dcm"));

        // The real program lets a good file pass.
        setProbeProgram(SULCUS_BINARY_DIR "/bin/sulcus-probe");
        QVERIFY(readVolume(file, TaskContext()));
        QVERIFY(readDicomSeries(listed(folder)[0], TaskContext()));
        setProbeProgram({});
    }

    void onlyAReaderThatComputesTooLongIsGivenUp() {
        const auto file = (seriesAt({0.0, 5.0}) + "/100.dcm").toStdString();
        const QString program = m_dir.filePath("patient");
        const auto readBy = [&](const char* script) {
            put(program, script);
            QFile::setPermissions(program, QFile::ReadOwner | QFile::ExeOwner);
            setProbeProgram(program.toStdString(), std::chrono::milliseconds(0));
            auto read = readVolume(file, TaskContext());
            setProbeProgram({});
            return read;
        };
        const auto looping = readBy("#!/bin/sh\nwhile :; do :; done\n");
        QVERIFY(!looping);
        QCOMPARE(looping.error().message.id, std::string("imaging.reader_slow"));
        QVERIFY(looping.error().message.parameters.at("file").ends_with("100.dcm"));
        // As on a slow disk, which takes longer than the half second that a file has.
        QVERIFY(readBy("#!/bin/sh\nexec sleep 1\n"));
    }

    void cancelKillsTheProbe() {
        const QString folder = seriesAt({0.0, 5.0});
        const QString program = m_dir.filePath("sleepy");
        put(program, "#!/bin/sh\nexec sleep 30\n");
        QFile::setPermissions(program, QFile::ReadOwner | QFile::ExeOwner);
        setProbeProgram(program.toStdString());
        std::stop_source stop;
        const auto start = std::chrono::steady_clock::now();
        std::jthread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(150));
            stop.request_stop();
        });
        const auto read = readVolume((folder + "/100.dcm").toStdString(), TaskContext(stop.get_token(), {}));
        setProbeProgram({});
        QVERIFY(!read && read.error().code == ErrorCode::Cancelled);
        QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
    }
};

QTEST_GUILESS_MAIN(FolderVolume)
#include "tst_folder_volume.moc"
