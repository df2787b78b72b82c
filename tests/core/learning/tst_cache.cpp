// SPDX-License-Identifier: Apache-2.0
#include "core/learning/cache.h"
#include "core/learning/npy.h"
#include "tests/core/learning/phantom.h"

#include <sys/stat.h>
#include <zlib.h>

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <set>

using namespace sulcus;
using namespace sulcus::learning;

namespace {

NetworkSpec spec() { return parsePlan(phantom::plan(1, 1), "plan")->spec; }

std::string npy(const std::string& descr, const std::string& shape, const std::string& data) {
    std::string header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
    header.append(63 - (10 + header.size()) % 64, ' ');
    header += '\n';
    std::string bytes = "\x93NUMPY";
    bytes += '\1';
    bytes += '\0';
    bytes += static_cast<char>(header.size() & 0xff);
    bytes += static_cast<char>(header.size() >> 8);
    return bytes + header + data;
}

} // namespace

class CacheTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writtenCaseIsReadBack();
    void secondCacheInOneFolderIsRefused();
    void emptyCaseIsRefused();
    void caseOfAnotherShapeIsRefused();
    void cutShortFileIsNamed();
    void cacheOfAnotherPlanIsRefused();
    void slicesFittedOtherwiseAreRefused();
    void anOldCacheStaysUntilTheNewOneIsFinished();
    void anUnfinishedCacheLeavesNoFolder();
    void namesThatAreNotUtf8StayApart();
    void anIndexThatIsNoFileIsRefused();
    void unfinishedCacheIsNoCache();
    void leftOutCasesKeepTheirReason();
    void aListOfNothingIsRefused();
    void numpyArraysOfAllTypesAreRead();
    void damagedNumpyFilesAreRefused();
    void wrongPlanFieldsAreNamed_data();
    void wrongPlanFieldsAreNamed();
    void planSurvivesWritingItsSpec();
};

void CacheTest::writtenCaseIsReadBack() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "cache";
    const auto written = phantom::writeCache(path, spec(), 2, 20);
    QVERIFY2(written.has_value(), written ? "" : qPrintable(phantom::text(written.error())));
    const auto cache = readCache(path, spec());
    QVERIFY2(cache.has_value(), cache ? "" : qPrintable(phantom::text(cache.error())));
    QCOMPARE(cache->samples.size(), 2U);
    const auto& sample = cache->samples[1];
    QCOMPARE(sample.name, std::string("case1"));
    QCOMPARE(sample.patient, std::string("patient1"));
    // 0.45 of 20 voxels around the middle is a ball of 18 voxels: the rest was cropped away.
    QCOMPARE(sample.image.width, 18);
    const auto made = phantom::make(20, 2);
    QCOMPARE(std::count(sample.labels.values.begin(), sample.labels.values.end(), 1),
             std::count(made.labels.values.begin(), made.labels.values.end(), 1));
    double sum = 0.0;
    for (const float value : sample.image.values) {
        sum += value;
    }
    QVERIFY(std::abs(sum / static_cast<double>(sample.image.values.size())) < 1e-2);
}

void CacheTest::secondCacheInOneFolderIsRefused() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString());
    QVERIFY(phantom::writeCache(path, spec(), 1, 16).has_value());
    const auto again = CacheWriter::create(path, spec());
    QVERIFY(!again);
    QCOMPARE(again.error().message.id, std::string("learning.cache_exists"));
    QVERIFY(CacheWriter::create(path, spec(), true).has_value());
}

void CacheTest::emptyCaseIsRefused() {
    QTemporaryDir folder;
    auto writer = CacheWriter::create(folder.path().toStdString(), spec());
    Field image{2, 4, 4, 4, {1, 1, 1}, std::vector<float>(128, 0.0F)};
    LabelField labels{4, 4, 4, {1, 1, 1}, std::vector<unsigned char>(64, 0)};
    const auto added = writer->addCase("empty", "p", image, {}, labels);
    QVERIFY(!added);
    QCOMPARE(added.error().message.id, std::string("learning.image_empty"));
}

void CacheTest::caseOfAnotherShapeIsRefused() {
    QTemporaryDir folder;
    auto writer = CacheWriter::create(folder.path().toStdString(), spec());
    auto made = phantom::make(8, 1);
    made.labels.width = 7;
    const auto added = writer->addCase("odd", "p", made.image, {}, made.labels);
    QVERIFY(!added);
    QVERIFY(added.error().code == ErrorCode::ShapeMismatch);
}

void CacheTest::cutShortFileIsNamed() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString());
    QVERIFY(phantom::writeCache(path, spec(), 1, 16).has_value());
    std::filesystem::resize_file(path / "0.image", 100);
    const auto cache = readCache(path, spec());
    QVERIFY(!cache);
    QCOMPARE(cache.error().message.id, std::string("learning.cache_file_size"));
    QVERIFY(cache.error().message.parameters.at("file").find("0.image") != std::string::npos);
}

void CacheTest::cacheOfAnotherPlanIsRefused() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString());
    QVERIFY(phantom::writeCache(path, spec(), 1, 16).has_value());
    auto other = spec();
    other.inputs = {"second", "first"};
    QCOMPARE(readCache(path, other).error().message.id, std::string("learning.cache_inputs"));
    other = spec();
    other.spacingMm = {2.0, 2.0, 2.0};
    QCOMPARE(readCache(path, other).error().message.id, std::string("learning.cache_spacing"));
    other = spec();
    other.normalisation.clampHigh = 3.0;
    QCOMPARE(readCache(path, other).error().message.id, std::string("learning.cache_normalisation"));
    // What only the training differs in may share a cache.
    other = spec();
    other.architecture = "encoder-decoder";
    other.patch = {32, 32, 32};
    QVERIFY(readCache(path, other).has_value());
}

void CacheTest::slicesFittedOtherwiseAreRefused() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString());
    auto flat = spec();
    flat.task = "segmentation-2d";
    flat.spacingMm.clear();
    flat.patch = {16, 16};
    QVERIFY(phantom::writeCache(path, flat, 1, 16).has_value());
    QVERIFY(readCache(path, flat).has_value());
    auto other = flat;
    other.patch = {32, 32};
    QCOMPARE(readCache(path, other).error().message.id, std::string("learning.cache_slices"));
    other = flat;
    other.fitBody = true;
    QCOMPARE(readCache(path, other).error().message.id, std::string("learning.cache_slices"));
    // Earlier versions did not write the fields.
    auto index = nlohmann::json::parse(phantom::readText(path / "index.json"));
    for (const char* const field : {"patch", "fit_body", "normalisation"}) {
        QVERIFY(index.erase(field) == 1);
    }
    phantom::writeText(path / "index.json", index.dump());
    QVERIFY(readCache(path, other).has_value());
}

void CacheTest::anOldCacheStaysUntilTheNewOneIsFinished() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString());
    QVERIFY(phantom::writeCache(path, spec(), 2, 16).has_value());
    phantom::writeText(path / "notes.txt", "the person's own");
    const auto files = [&path] {
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(path)) {
            names.insert(entry.path().filename().string());
        }
        return names;
    };
    const auto before = files();
    auto made = phantom::make(16, 7);
    {
        auto writer = CacheWriter::create(path, spec(), true);
        QVERIFY(writer->addCase("new", "p", made.image, {}, made.labels).has_value());
        const auto cache = readCache(path, spec());
        QVERIFY(cache.has_value());
        QCOMPARE(cache->samples.front().name, std::string("case0"));
    }
    QVERIFY(files() == before);
    QCOMPARE(readCache(path, spec())->samples.size(), 2U);
    auto writer = CacheWriter::create(path, spec(), true);
    QVERIFY(writer->addCase("new", "p", made.image, {}, made.labels).has_value());
    QVERIFY(writer->finish().has_value());
    const auto cache = readCache(path, spec());
    QCOMPARE(cache->samples.size(), 1U);
    QCOMPARE(cache->samples.front().name, std::string("new"));
    QVERIFY(files() == (std::set<std::string>{"0.image", "0.label", "index.json", "notes.txt"}));
}

void CacheTest::anUnfinishedCacheLeavesNoFolder() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "run" / "cache";
    {
        auto writer = CacheWriter::create(path, spec());
        auto made = phantom::make(16, 1);
        QVERIFY(writer->addCase("one", "p", made.image, {}, made.labels).has_value());
        QVERIFY(writer->mb() > 0.0);
    }
    QVERIFY(!std::filesystem::exists(path.parent_path()));
}

void CacheTest::namesThatAreNotUtf8StayApart() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString());
    auto writer = CacheWriter::create(path, spec());
    auto made = phantom::make(16, 1);
    // Two syllables of EUC-KR, and one in UTF-8 as most people have it.
    for (const char* const patient : {"\xb1\xe8", "\xc0\xcc", "\xea\xb9\x80"}) {
        QVERIFY(writer->addCase(patient, patient, made.image, {}, made.labels).has_value());
    }
    writer->leaveOut("\xb9\xda", "reason");
    QVERIFY(writer->finish().has_value());
    const auto cache = readCache(path, spec());
    QVERIFY2(cache.has_value(), cache ? "" : qPrintable(phantom::text(cache.error())));
    QCOMPARE(cache->samples[0].patient, std::string("%B1%E8"));
    QCOMPARE(cache->samples[1].patient, std::string("%C0%CC"));
    QCOMPARE(cache->samples[2].patient, std::string("\xea\xb9\x80"));
}

void CacheTest::anIndexThatIsNoFileIsRefused() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString());
    std::filesystem::create_directories(path / "folder" / "index.json");
    QCOMPARE(readCache(path / "folder", spec()).error().message.id, std::string("learning.no_file"));
    std::filesystem::create_directories(path / "pipe");
    QCOMPARE(::mkfifo((path / "pipe" / "index.json").c_str(), 0600), 0);
    QCOMPARE(readCache(path / "pipe", spec()).error().message.id, std::string("learning.no_file"));
}

void CacheTest::unfinishedCacheIsNoCache() {
    QTemporaryDir folder;
    auto writer = CacheWriter::create(folder.path().toStdString(), spec());
    auto made = phantom::make(16, 1);
    QVERIFY(writer->addCase("one", "p", made.image, {}, made.labels).has_value());
    const auto cache = readCache(folder.path().toStdString(), spec());
    QVERIFY(!cache);
    QVERIFY(cache.error().code == ErrorCode::NotFound);
}

void CacheTest::leftOutCasesKeepTheirReason() {
    QTemporaryDir folder;
    auto writer = CacheWriter::create(folder.path().toStdString(), spec());
    auto made = phantom::make(16, 1);
    QVERIFY(writer->addCase("one", "p", made.image, {}, made.labels).has_value());
    writer->leaveOut("two", "0.4 % of its voxels are labelled, the plan asks for 1 %");
    QVERIFY(writer->finish().has_value());
    const auto cache = readCache(folder.path().toStdString(), spec());
    QCOMPARE(cache->leftOut.size(), 1U);
    QCOMPARE(cache->leftOut[0].first, std::string("two"));
}

void CacheTest::aListOfNothingIsRefused() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString());
    phantom::writeText(path / "list.json", R"({"case": []})");
    const auto prepared = prepareFromArrays(path / "list.json", spec(), path / "cache", false);
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().message.parameters.at("field"), std::string("cases"));
    QVERIFY(!std::filesystem::exists(path / "cache"));
}

void CacheTest::numpyArraysOfAllTypesAreRead() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString());
    phantom::writeText(path / "u1.npy", npy("|u1", "(2, 3)", std::string("\0\1\2\3\4\xff", 6)));
    auto array = readNpy(path / "u1.npy");
    QVERIFY(array.has_value());
    QCOMPARE(array->shape, (std::vector<std::size_t>{2, 3}));
    QCOMPARE(array->values, (std::vector<float>{0, 1, 2, 3, 4, 255}));
    phantom::writeText(path / "i2.npy", npy("<i2", "(2,)", std::string("\xff\xff\x00\x01", 4)));
    QCOMPARE(readNpy(path / "i2.npy")->values, (std::vector<float>{-1, 256}));
    const float numbers[] = {1.5F, -2.0F};
    phantom::writeText(path / "f4.npy", npy("<f4", "(1, 2)", std::string(reinterpret_cast<const char*>(numbers), 8)));
    QCOMPARE(readNpy(path / "f4.npy")->values, (std::vector<float>{1.5F, -2.0F}));
    const std::string plain = npy("<f4", "(1, 2)", std::string(reinterpret_cast<const char*>(numbers), 8));
    const gzFile zipped = gzopen((path / "f4.npy.gz").c_str(), "wb");
    gzwrite(zipped, plain.data(), static_cast<unsigned>(plain.size()));
    gzclose(zipped);
    QCOMPARE(readNpy(path / "f4.npy.gz")->values, (std::vector<float>{1.5F, -2.0F}));
}

void CacheTest::damagedNumpyFilesAreRefused() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString());
    QVERIFY(readNpy(path / "none.npy").error().code == ErrorCode::NotFound);
    phantom::writeText(path / "text.npy", "this is not an array at all");
    QVERIFY(readNpy(path / "text.npy").error().code == ErrorCode::Unreadable);
    phantom::writeText(path / "short.npy", npy("<f8", "(100,)", "few"));
    QVERIFY(readNpy(path / "short.npy").error().code == ErrorCode::Unreadable);
    phantom::writeText(path / "big.npy", npy(">f4", "(1,)", "1234"));
    QVERIFY(readNpy(path / "big.npy").error().code == ErrorCode::Unsupported);
    phantom::writeText(path / "complex.npy", npy("<c8", "(1,)", "12345678"));
    QVERIFY(readNpy(path / "complex.npy").error().code == ErrorCode::Unsupported);
}

void CacheTest::wrongPlanFieldsAreNamed_data() {
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("field");
    QTest::newRow("type") << "/inputs"
                          << "3"
                          << "inputs";
    QTest::newRow("unknown task") << "/task"
                                  << "\"drawing\""
                                  << "task";
    QTest::newRow("range") << "/outputs/1/threshold"
                           << "1.5"
                           << "outputs[1].threshold";
    QTest::newRow("label without entry") << "/outputs/0/value"
                                         << "9"
                                         << "outputs";
    QTest::newRow("nested object") << "/training/optimiser/learning_rate"
                                   << "-1"
                                   << "training.optimiser.learning_rate";
    QTest::newRow("loss") << "/training/losses/0/name"
                          << "\"magic\""
                          << "training.losses[0].name";
    QTest::newRow("patch") << "/patch"
                           << "[16, 16]"
                           << "patch";
    QTest::newRow("newer") << "/schema_version"
                           << "2"
                           << "schema_version";
}

void CacheTest::wrongPlanFieldsAreNamed() {
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    QFETCH(QString, field);
    auto document = phantom::plan(10, 5);
    document[nlohmann::json::json_pointer(pointer.toStdString())] = nlohmann::json::parse(value.toStdString());
    const auto plan = parsePlan(document, "plan.json");
    QVERIFY(!plan);
    QCOMPARE(QString::fromStdString(plan.error().message.parameters.at("field")), field);
}

void CacheTest::planSurvivesWritingItsSpec() {
    const NetworkSpec first = spec();
    const nlohmann::json written = toJson(first);
    const NetworkSpec second = parseSpec(JsonFields(written, ""));
    QCOMPARE(toJson(second).dump(), toJson(first).dump());
}

QTEST_GUILESS_MAIN(CacheTest)
#include "tst_cache.moc"
