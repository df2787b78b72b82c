// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/image_io.h"
#include "tests/core/imaging/phantoms.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <bit>
#include <cstring>
#include <limits>
#include <stop_token>

using namespace sulcus;
using namespace sulcus::imaging;

namespace {

void put(QByteArray& bytes, std::size_t at, const void* value, std::size_t count, bool swapped) {
    QByteArray raw(static_cast<const char*>(value), static_cast<int>(count));
    if (swapped) {
        std::reverse(raw.begin(), raw.end());
    }
    std::memcpy(bytes.data() + at, raw.constData(), count);
}

/// A NIfTI-1 file by hand: what a scanner, a script or an attacker may write.
struct HandMade {
    std::array<std::int16_t, 8> dim{3, 2, 3, 4, 1, 1, 1, 1};
    std::int16_t type = 4;
    std::int16_t bits = 16;
    std::array<float, 8> pixdim{1, 1, 1, 1, 1, 1, 1, 1};
    float offset = 352;
    float slope = 0;
    float intercept = 0;
    std::int16_t qform = 0;
    std::int16_t sform = 1;
    std::array<float, 12> rows{-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0};
    bool swapped = false;

    QByteArray header() const {
        QByteArray b(352, '\0');
        const std::int32_t size = 348;
        put(b, 0, &size, 4, swapped);
        for (std::size_t n = 0; n < 8; ++n) {
            put(b, 40 + 2 * n, &dim[n], 2, swapped);
            put(b, 76 + 4 * n, &pixdim[n], 4, swapped);
        }
        put(b, 70, &type, 2, swapped);
        put(b, 72, &bits, 2, swapped);
        put(b, 108, &offset, 4, swapped);
        put(b, 112, &slope, 4, swapped);
        put(b, 116, &intercept, 4, swapped);
        put(b, 252, &qform, 2, swapped);
        put(b, 254, &sform, 2, swapped);
        for (std::size_t n = 0; n < 12; ++n) {
            put(b, 280 + 4 * n, &rows[n], 4, swapped);
        }
        std::memcpy(b.data() + 344, "n+1", 4);
        return b;
    }
    template <typename T>
    QByteArray file(const std::vector<T>& voxels) const {
        QByteArray b = header();
        for (T v : voxels) {
            QByteArray raw(sizeof(T), '\0');
            put(raw, 0, &v, sizeof(T), swapped);
            b += raw;
        }
        return b;
    }
};

Geometry oblique() {
    Geometry g = phantoms::grid({5, 6, 7}, {0.9, 1.1, 2.5});
    g.origin = {-12.5, 33.25, -7.75};
    g.direction = phantoms::rotation(0.2, -0.15, 0.3);
    return g;
}

} // namespace

class ImageIo : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    std::string write(const QString& name, const QByteArray& bytes) {
        QFile file(m_dir.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("cannot write");
        }
        return m_dir.filePath(name).toStdString();
    }
    static QString idOf(const Error& e) { return QString::fromStdString(e.message.id); }

private Q_SLOTS:
    void labelMapsRoundTrip_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"map.nii", "map.nii.gz", "map.nrrd", "map.mha"}) {
            QTest::newRow(name) << QString::fromLatin1(name);
        }
    }
    void labelMapsRoundTrip() {
        QFETCH(QString, name);
        LabelMap map = phantoms::emptyMap(oblique());
        for (std::size_t n = 0; n < map.voxels.size(); ++n) {
            map.voxels[n] = static_cast<std::uint8_t>(n % 5);
        }
        const std::filesystem::path file = m_dir.filePath(name).toStdString();
        const auto written = writeLabelMap(map, file);
        QVERIFY2(written, written ? "" : written.error().context.c_str());
        const auto back = readLabelMap(file, TaskContext());
        QVERIFY2(back, back ? "" : back.error().context.c_str());
        QVERIFY(back->voxels == map.voxels);
        QVERIFY(sameGrid(back->geometry, map.geometry, 1e-3));
        // No half-written neighbours stay behind.
        QCOMPARE(QDir(m_dir.path()).entryList({"*part*", ".*part*"}, QDir::Files | QDir::Hidden).size(), 0);
    }

    void volumesRoundTripWithDescription() {
        for (const bool whole : {true, false}) {
            Volume volume = phantoms::countingVolume(oblique());
            volume.description = "synthetic phantom";
            if (!whole) {
                for (float& v : volume.voxels) {
                    v = v * 0.37F - 11.0F;
                }
            }
            const std::filesystem::path file = m_dir.filePath("volume.nii.gz").toStdString();
            QVERIFY(writeVolume(volume, file));
            const auto back = readVolume(file, TaskContext());
            QVERIFY(back);
            QVERIFY(back->voxels == volume.voxels);
            QCOMPARE(back->description, volume.description);
            QVERIFY(sameGrid(back->geometry, volume.geometry, 1e-3));
            QCOMPARE(readHeader(file)->pixelType, std::string(whole ? "int16" : "float32"));
        }
    }

    void labelMapsKeepTheirNumberingInEveryFormat_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"era.nii", "era.nii.gz", "era.nrrd", "era.mha"}) {
            QTest::newRow(name) << name;
        }
    }
    void labelMapsKeepTheirNumberingInEveryFormat() {
        QFETCH(QString, name);
        LabelMap map = phantoms::emptyMap(phantoms::grid({6, 5, 4}));
        map.voxels[7] = 3;
        const std::filesystem::path file = m_dir.filePath(name).toStdString();
        map.description = "Sulcus lung-ct 1.1.0, labels plain";
        QVERIFY(writeLabelMap(map, file));
        QCOMPARE(readLabelMap(file, TaskContext())->description, map.description);
        // A text that is none may not harm the header.
        for (const char* text : {"", "two\nlines = 3"}) {
            map.description = text;
            QVERIFY(writeLabelMap(map, file));
            const auto back = readLabelMap(file, TaskContext());
            QVERIFY2(back, back ? "" : back.error().context.c_str());
            QVERIFY(back->voxels == map.voxels);
        }
    }

    void namesBeyondAsciiWork() {
        QVERIFY(QDir(m_dir.path()).mkpath(QStringLiteral("서울 Zürich 北京")));
        const std::filesystem::path file =
            m_dir.filePath(QStringLiteral("서울 Zürich 北京/사례 1_flair.nii.gz")).toStdString();
        QVERIFY(writeVolume(phantoms::countingVolume(oblique()), file));
        QVERIFY(readVolume(file, TaskContext()));
        const std::filesystem::path nrrd = m_dir.filePath(QStringLiteral("서울 Zürich 北京/é.nrrd")).toStdString();
        QVERIFY(writeVolume(phantoms::countingVolume(oblique()), nrrd));
        QVERIFY(readVolume(nrrd, TaskContext()));
    }

    void eitherByteOrderAndScaleAreRead() {
        std::vector<std::int16_t> voxels(24);
        for (std::size_t n = 0; n < voxels.size(); ++n) {
            voxels[n] = static_cast<std::int16_t>(100 * static_cast<int>(n) - 700);
        }
        for (const bool swapped : {false, true}) {
            HandMade h;
            h.swapped = swapped;
            h.slope = 0.5F;
            h.intercept = 10.0F;
            const auto read = readVolume(write("order.nii", h.file(voxels)), TaskContext());
            QVERIFY(read);
            for (std::size_t n = 0; n < voxels.size(); ++n) {
                QCOMPARE(read->voxels[n], 0.5F * voxels[n] + 10.0F);
            }
            QCOMPARE(read->geometry.axisLetter(0), 'L');
            QCOMPARE(read->geometry.axisLetter(1), 'P');
        }
    }

    void fourDimensionsGiveTheChosenVolume() {
        HandMade h;
        h.dim = {4, 2, 3, 4, 3, 1, 1, 1};
        std::vector<std::int16_t> voxels(72);
        for (std::size_t n = 0; n < voxels.size(); ++n) {
            voxels[n] = static_cast<std::int16_t>(n);
        }
        const std::string file = write("four.nii", h.file(voxels));
        QCOMPARE(readHeader(file)->timePoints, 3);
        const auto first = readVolume(file, TaskContext());
        QCOMPARE(first->voxels.front(), 0.0F);
        QCOMPARE(first->warnings.front().id, std::string("imaging.one_of_several"));
        QCOMPARE(readVolume(file, {.timePoint = 2}, TaskContext())->voxels.front(), 48.0F);
        const auto beyond = readVolume(file, {.timePoint = 3}, TaskContext());
        QVERIFY(!beyond);
        QCOMPARE(idOf(beyond.error()), QStringLiteral("imaging.no_such_frame"));
    }

    void voxelsThatAreNoNumbersBecomeBackground_data() {
        QTest::addColumn<float>("lowest");
        QTest::addColumn<float>("background");
        QTest::newRow("image") << 5.0F << 0.0F;
        QTest::newRow("CT: air") << -1024.0F << -1024.0F;
    }
    void voxelsThatAreNoNumbersBecomeBackground() {
        QFETCH(float, lowest);
        QFETCH(float, background);
        HandMade h;
        h.type = 16;
        h.bits = 32;
        std::vector<float> voxels(24, 40.0F);
        voxels[3] = std::numeric_limits<float>::quiet_NaN();
        voxels[4] = std::numeric_limits<float>::infinity();
        voxels[5] = lowest;
        const auto read = readVolume(write("nan.nii", h.file(voxels)), TaskContext());
        QVERIFY(read);
        QCOMPARE(read->voxels[3], background);
        QCOMPARE(read->voxels[4], background);
        const auto& warning = read->warnings.back();
        QCOMPARE(warning.id, std::string("imaging.not_numbers"));
        QCOMPARE(warning.parameters.at("count"), std::string("2"));
        QCOMPARE(warning.parameters.at("value"), std::to_string(static_cast<int>(background)));
    }

    void noOrientationMeansNoLetters() {
        HandMade h;
        h.sform = 0;
        const auto read = readVolume(write("nowhere.nii", h.file(std::vector<std::int16_t>(24))), TaskContext());
        QVERIFY(read);
        QVERIFY(!read->geometry.hasOrientation);
        QCOMPARE(read->warnings.front().id, std::string("imaging.no_orientation"));
    }

    void unitsOfMetresAndMicrometresBecomeMillimetres() {
        HandMade h;
        h.rows = {-0.002F, 0, 0, 0.1F, 0, -0.002F, 0, 0, 0, 0, 0.003F, 0};
        QByteArray bytes = h.file(std::vector<std::int16_t>(24));
        bytes[123] = 1;
        const auto read = readVolume(write("metres.nii", bytes), TaskContext());
        QVERIFY(read);
        QVERIFY(std::abs(read->geometry.spacing[2] - 3.0) < 1e-5);
        QVERIFY(std::abs(read->geometry.origin[0] + 100.0) < 1e-4);
    }

    void shearedAxesAreStraightenedAndSaid() {
        HandMade h;
        h.rows = {-1, 0.3F, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0};
        const auto read = readVolume(write("sheared.nii", h.file(std::vector<std::int16_t>(24))), TaskContext());
        QVERIFY(read);
        QCOMPARE(read->warnings.front().id, std::string("imaging.shear_ignored"));
        const auto& d = read->geometry.direction;
        QVERIFY(std::abs(d[0] * d[1] + d[3] * d[4] + d[6] * d[7]) < 1e-9);
    }

    void pictureIsOneSliceWithoutLetters() {
        QImage image(4, 3, QImage::Format_Grayscale8);
        image.fill(10);
        image.setPixel(3, 0, qRgb(200, 200, 200));
        for (const char* name : {"slice.png", "slice.bmp", "slice.jpg"}) {
            QVERIFY(image.save(m_dir.filePath(QString::fromLatin1(name))));
            const auto read = readVolume(m_dir.filePath(QString::fromLatin1(name)).toStdString(), TaskContext());
            QVERIFY2(read, name);
            QCOMPARE(read->geometry.size, (std::array<int, 3>{4, 3, 1}));
            QVERIFY(read->geometry.isSlice);
            QVERIFY(!read->geometry.hasOrientation);
            QVERIFY(std::abs(read->at({3, 0, 0}) - 200.0F) < 25.0F); // JPEG loses a little
        }
    }

    void printResolutionIsNoSizeOfVoxels() {
        QImage image(4, 3, QImage::Format_Grayscale8);
        image.fill(10);
        image.setDotsPerMeterX(2835); // 72 dpi
        image.setDotsPerMeterY(2835);
        for (const char* name : {"printed.png", "printed.bmp", "printed.jpg"}) {
            QVERIFY(image.save(m_dir.filePath(QString::fromLatin1(name))));
        }
        // TIFF by hand: big endian, one strip of 4x3 bytes, 72 to the inch.
        QByteArray tiff("MM\0*\0\0\0\x08\0\x0B", 10);
        const auto entry = [&](char tag, char type, int value) {
            tiff += QByteArray("\x01", 1) + tag + QByteArray("\0", 1) + type + QByteArray("\0\0\0\x01", 4);
            tiff += type == 3 ? QByteArray(1, '\0') + static_cast<char>(value) + QByteArray(2, '\0')
                              : QByteArray(3, '\0') + static_cast<char>(value);
        };
        entry(0x00, 3, 4); // width
        entry(0x01, 3, 3); // height
        entry(0x02, 3, 8); // bits
        entry(0x03, 3, 1); // not packed
        entry(0x06, 3, 1); // black is zero
        entry(0x11, 4, 8 + 2 + 11 * 12 + 4 + 8);
        entry(0x16, 3, 3);  // rows of the strip
        entry(0x17, 4, 12); // its bytes
        entry(0x1A, 5, 8 + 2 + 11 * 12 + 4);
        entry(0x1B, 5, 8 + 2 + 11 * 12 + 4);
        entry(0x28, 3, 2); // inches
        tiff += QByteArray("\0\0\0\0\0\0\0\x48\0\0\0\x01", 12) + QByteArray(12, '\x0A');
        write("printed.tif", tiff);
        for (const char* name : {"printed.png", "printed.bmp", "printed.jpg", "printed.tif"}) {
            const auto read = readVolume(m_dir.filePath(QString::fromLatin1(name)).toStdString(), TaskContext());
            QVERIFY2(read, name);
            QCOMPARE(read->geometry.size, (std::array<int, 3>{4, 3, 1}));
            QCOMPARE(read->geometry.spacing, (std::array<double, 3>{1.0, 1.0, 1.0}));
            QCOMPARE(std::count_if(read->warnings.begin(), read->warnings.end(),
                                   [](const Message& m) { return m.id == "imaging.spacing_missing"; }),
                     1);
        }
    }

    void badFilesGiveOneError_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("id");
        const std::vector<std::int16_t> voxels(24);
        HandMade h;
        QTest::newRow("empty") << QByteArray() << "a.nii"
                               << "imaging.file_empty";
        QTest::newRow("text") << QByteArray("Dear radiologist,\n").repeated(60) << "a.nii.gz"
                              << "imaging.not_an_image";
        QTest::newRow("short") << h.file(voxels).left(370) << "a.nii"
                               << "imaging.file_truncated";
        QTest::newRow("half a header") << h.file(voxels).left(200) << "a.nii"
                                       << "imaging.file_truncated";
        h.dim[0] = 9;
        QTest::newRow("nine dimensions") << h.file(voxels) << "a.nii"
                                         << "imaging.header_damaged";
        h = {};
        h.dim[2] = -4;
        QTest::newRow("negative size") << h.file(voxels) << "a.nii"
                                       << "imaging.header_damaged";
        h = {};
        h.type = 1;
        QTest::newRow("bits") << h.file(voxels) << "a.nii"
                              << "imaging.pixel_type_unsupported";
        h = {};
        h.offset = std::numeric_limits<float>::quiet_NaN();
        QTest::newRow("offset") << h.file(voxels) << "a.nii"
                                << "imaging.header_damaged";
        h = {};
        h.dim = {3, 30000, 30000, 30000, 1, 1, 1, 1};
        QTest::newRow("too large") << h.file(voxels) << "a.nii"
                                   << "imaging.too_large";
        QTest::newRow("nrrd cut")
            << QByteArray("NRRD0004\ntype: short\ndimension: 3\nsizes: 9 9 9\nendian: little\nencoding: raw\n\nxx")
            << "a.nrrd"
            << "imaging.not_an_image";
        QTest::newRow("nrrd too large") << QByteArray("NRRD0004\ntype: short\ndimension: 3\nsizes: 30000 30000 "
                                                      "30000\nendian: little\nencoding: gzip\n\nxx")
                                        << "a.nrrd"
                                        << "imaging.too_large";
        QTest::newRow("mha cut") << QByteArray("ObjectType = Image\nNDims = 3\nDimSize = 9 9 9\nElementType = "
                                               "MET_SHORT\nElementDataFile = LOCAL\nxx")
                                 << "a.mha"
                                 << "imaging.file_truncated";
        QTest::newRow("mhd alone") << QByteArray("ObjectType = Image\nNDims = 3\nDimSize = 9 9 9\nElementType = "
                                                 "MET_SHORT\nElementDataFile = other.raw\n")
                                   << "a.mhd"
                                   << "imaging.pair_missing";
        QTest::newRow("dicom cut") << QByteArray(128, '\0') + "DICM\2\0\0\0UL\4\0"
                                   << "a.dcm"
                                   << "imaging.dicom_broken";
        QTest::newRow("lonely img") << QByteArray(100, 'x') << "alone.img"
                                    << "imaging.pair_missing";
    }
    void badFilesGiveOneError() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        QFETCH(QString, id);
        const auto read = readVolume(write(name, bytes), TaskContext());
        QVERIFY(!read);
        QCOMPARE(idOf(read.error()), id);
        QVERIFY(QString::fromStdString(read.error().message.parameters.at("file")).contains(name));
        if (id == "imaging.too_large") {
            QVERIFY(read.error().code == ErrorCode::OutOfMemory);
            QCOMPARE(read.error().message.parameters.at("size"), std::string("30000 x 30000 x 30000"));
        }
    }

    void absentFileAndFolderAreNamed() {
        const auto absent = readVolume("/nowhere/at/all.nii", TaskContext());
        QVERIFY(absent.error().code == ErrorCode::NotFound);
        QCOMPARE(idOf(absent.error()), QStringLiteral("imaging.file_missing"));
        QCOMPARE(idOf(readVolume(m_dir.path().toStdString(), TaskContext()).error()),
                 QStringLiteral("imaging.is_a_folder"));
    }

    void onlyWholeSmallNumbersAreLabels() {
        Volume volume = phantoms::countingVolume(phantoms::grid({3, 3, 3}));
        volume.voxels[5] = 2.5F;
        const std::filesystem::path file = m_dir.filePath("nolabels.nii.gz").toStdString();
        QVERIFY(writeVolume(volume, file));
        QCOMPARE(idOf(readLabelMap(file, TaskContext()).error()), QStringLiteral("imaging.not_a_label_map"));
        volume.voxels[5] = 300.0F;
        QVERIFY(writeVolume(volume, file));
        QCOMPARE(idOf(readLabelMap(file, TaskContext()).error()), QStringLiteral("imaging.not_a_label_map"));
    }

    void failedWritingLeavesTheOldFile() {
        const LabelMap map = phantoms::emptyMap(phantoms::grid({3, 3, 3}));
        QCOMPARE(idOf(writeLabelMap(map, m_dir.filePath("mask.xyz").toStdString()).error()),
                 QStringLiteral("imaging.write_format_unknown"));
        QCOMPARE(idOf(writeLabelMap(map, "/nowhere/mask.nii.gz").error()), QStringLiteral("imaging.folder_missing"));
        // A folder of that name cannot be replaced by a file.
        QVERIFY(QDir(m_dir.path()).mkpath("taken.nii.gz/inside"));
        QCOMPARE(idOf(writeLabelMap(map, m_dir.filePath("taken.nii.gz").toStdString()).error()),
                 QStringLiteral("imaging.write_failed"));
        QVERIFY(QDir(m_dir.filePath("taken.nii.gz")).exists());
        QCOMPARE(QDir(m_dir.path()).entryList({".*part*"}, QDir::Files | QDir::Hidden).size(), 0);
    }

    void cancelStopsReading() {
        const std::filesystem::path file = m_dir.filePath("cancel.nii.gz").toStdString();
        QVERIFY(writeVolume(phantoms::countingVolume(oblique()), file));
        std::stop_source stop;
        stop.request_stop();
        const auto read = readVolume(file, TaskContext(stop.get_token(), {}));
        QVERIFY(!read && read.error().code == ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(ImageIo)
#include "tst_image_io.moc"
