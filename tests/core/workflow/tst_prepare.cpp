// SPDX-License-Identifier: Apache-2.0
// From folders in the layouts that people have to a cache that the trainer reads.
#include "core/imaging/image_io.h"
#include "core/learning/cache.h"
#include "core/learning/plan.h"
#include "core/workflow/dataset_layouts.h"
#include "core/workflow/prepare.h"
#include "tests/core/workflow/tiny_training.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <set>

using namespace sulcus;

class TestPrepare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        writePlan("segmentation-3d", "[8, 8, 8]");
    }

    void layoutsAreToldByNames() {
        touch("data/3d_images/IMG_0001.nii.gz");
        touch("data/3d_images/MASK_0001.nii.gz");
        touch("data/3d_images/IMG_0002.nii.gz"); // has no mask
        touch("data/2d_images/ID_0003_Z_0142.tif");
        touch("data/2d_masks/ID_0003_Z_0142.tif");
        touch("data/p7_orig.nii.gz");
        touch("data/p7_liver.nii.gz");
        touch("data/set_image_u8.npy.gz");
        touch("data/set_label_u8.npy.gz");
        touch("data/set_index.csv");
        const auto items = workflow::findDataset(path("data"));
        QVERIFY(items);
        std::set<std::string> names;
        for (const auto& item : *items)
            names.insert(item.layout + " " + item.name + " " + item.patient);
        QCOMPARE(names, (std::set<std::string>{"image-mask-pairs 0001 0001", "image-mask-pairs ID_0003_Z_0142 ID_0003",
                                               "orig-liver p7 p7", "numpy set set_"}));
    }

    void aFolderWithNothingToLearnFromIsRefused() {
        QDir().mkpath(file("empty"));
        QCOMPARE(workflow::findDataset(path("empty")).error().message.id, std::string("workflow.data_folder_empty"));
        QCOMPARE(workflow::findDataset(path("nowhere")).error().message.id,
                 std::string("workflow.data_folder_missing"));
    }

    void pairsBecomeACache() {
        writePair("0001", 8, 1, true);
        writePair("0002", 8, 2, true);
        const auto summary = workflow::prepare(options(), {});
        QVERIFY2(summary, summary ? "" : summary.error().message.id.c_str());
        QCOMPARE(summary->samples.size(), std::size_t{2});
        const auto plan = learning::readPlan(path("plan.json"));
        QVERIFY(plan);
        const auto cache = learning::readCache(path("cache"), plan->spec);
        QVERIFY(cache);
        QCOMPARE(cache->samples.size(), std::size_t{2});
        const auto& labels = cache->samples.front().labels;
        // The box of 4 x 4 x 4 voxels keeps its size and its place: width is i, depth is k.
        QCOMPARE(std::count(labels.values.begin(), labels.values.end(), static_cast<unsigned char>(1)), 64L);
        const auto at = [&](int k, int j, int i) {
            return labels.values[static_cast<std::size_t>((k * labels.height + j) * labels.width + i)];
        };
        QCOMPARE(static_cast<int>(at(2, 3, 5)), 1);
        QCOMPARE(static_cast<int>(at(2, 3, 9)), 0);
    }

    void whatIsLeftOutSaysWhy() {
        writePair("0001", 8, 1, true);
        writePair("0002", 8, 1, true);  // the very same image
        writePair("0003", 8, 3, false); // nothing labelled
        auto asked = options();
        asked.smallestShare = 0.01;
        const auto summary = workflow::prepare(asked, {});
        QVERIFY(summary);
        QCOMPARE(summary->samples.size(), std::size_t{1});
        QCOMPARE(summary->leftOut.size(), std::size_t{2});
        QCOMPARE(summary->leftOut[0].reason.id, std::string("workflow.prepare_duplicate"));
        QCOMPARE(summary->leftOut[1].reason.id, std::string("workflow.prepare_too_little"));
    }

    // The 2-D layouts: a volume of any orientation becomes its axial slices, fitted to the plan's size.
    void volumesBecomeSlicesOfAFlatPlan() {
        writePlan("segmentation-2d", "[16, 16]");
        writePair("0001", 8, 1, true);
        auto asked = options();
        asked.smallestShare = 0.01;
        const auto summary = workflow::prepare(asked, {});
        QVERIFY2(summary, summary ? "" : summary.error().message.id.c_str());
        QCOMPARE(summary->samples.size(), std::size_t{4}); // the box lies in slices 2 to 5
        QCOMPARE(summary->samples.front().name, std::string("0001_k0002"));
        QCOMPARE(summary->samples.front().patient, std::string("0001"));
        QCOMPARE(summary->leftOut.size(), std::size_t{4});
        const auto plan = learning::readPlan(path("plan.json"));
        const auto cache = learning::readCache(path("cache"), plan->spec);
        QVERIFY(cache);
        const auto& labels = cache->samples.front().labels;
        QCOMPARE(labels.width, 16);
        QCOMPARE(labels.height, 16); // 12 rows with two of air above and below
        QCOMPARE(std::count(labels.values.begin(), labels.values.end(), static_cast<unsigned char>(1)), 16L);
        QCOMPARE(static_cast<int>(labels.values[(3 + 2) * 16 + 5]), 1);
    }

    void anotherOrientationGivesTheSameSlices() {
        writePlan("segmentation-2d", "[16, 16]");
        writePair("0001", 8, 1, true);
        QVERIFY(workflow::prepare(options(), {}));
        // The same body stored with i to the head and k to the right.
        const auto stored = imaging::readVolume(path("data/3d_images/IMG_0001.nii.gz"), {});
        const auto mask = imaging::readLabelMap(path("data/3d_images/MASK_0001.nii.gz"), {});
        QVERIFY(stored && mask);
        imaging::Volume turned;
        turned.geometry = stored->geometry;
        turned.geometry.size = {8, 12, 16};
        turned.geometry.direction = {0, 0, -1, 0, 1, 0, 1, 0, 0};
        turned.geometry.origin[0] += 15 * 2.0;
        imaging::LabelMap turnedMask;
        turnedMask.geometry = turned.geometry;
        for (int k = 0; k < 16; ++k)
            for (int j = 0; j < 12; ++j)
                for (int i = 0; i < 8; ++i) {
                    turned.voxels.push_back(stored->at({15 - k, j, i}));
                    turnedMask.voxels.push_back(mask->voxels[mask->geometry.offset({15 - k, j, i})]);
                }
        QDir().mkpath(file("turned"));
        QVERIFY(imaging::writeVolume(turned, path("turned/IMG_0001.nii.gz")));
        QVERIFY(imaging::writeLabelMap(turnedMask, path("turned/MASK_0001.nii.gz")));
        auto asked = options();
        asked.data = {path("turned")};
        asked.cache = path("turned-cache");
        QVERIFY(workflow::prepare(asked, {}));
        const auto plan = learning::readPlan(path("plan.json"));
        const auto a = learning::readCache(path("cache"), plan->spec);
        const auto b = learning::readCache(path("turned-cache"), plan->spec);
        QVERIFY(a && b);
        QCOMPARE(a->samples.size(), b->samples.size());
        for (std::size_t n = 0; n < a->samples.size(); ++n) {
            QCOMPARE(a->samples[n].labels.values, b->samples[n].labels.values);
            QCOMPARE(a->samples[n].image.values, b->samples[n].image.values);
        }
    }

    void tiffPairsAndArraysBecomeSlices() {
        writePlan("segmentation-2d", "[16, 16]");
        QByteArray picture;
        QByteArray mask;
        for (int n = 0; n < 100; ++n) {
            picture.append(static_cast<char>(n));
            mask.append(static_cast<char>(n < 30 ? 0 : 255));
        }
        writeTiff("data/2d_images/ID_0001_Z_0007.tif", picture, 10);
        writeTiff("data/2d_masks/ID_0001_Z_0007.tif", mask, 10);
        auto asked = options();
        writePair("0002", 8, 1, true);
        asked.empty = {path("data/3d_images/IMG_0002.nii.gz")};
        QFile::remove(file("data/3d_images/MASK_0002.nii.gz"));
        asked.smallestShare = 0.5;
        const auto summary = workflow::prepare(asked, {});
        QVERIFY2(summary, summary ? "" : summary.error().message.id.c_str());
        QCOMPARE(summary->samples.size(), std::size_t{9});
        QCOMPARE(summary->samples.front().patient, std::string("ID_0001"));
        QCOMPARE(summary->samples.back().layout, std::string("empty"));
        QVERIFY(summary->samples.back().name.starts_with("empty_IMG_0002"));
    }

    // What was a private script: sets renamed, kept aside, thinned out, and copied into Hounsfield units.
    void aPlanSaysHowEachSourceIsPrepared() {
        writePlan("segmentation-2d", "[16, 16]", R"({"sources": [{"set": "test", "skip": true},
            {"set": "train", "as": "k", "patient": "one", "every": 2, "largest_border_share": 0.5,
             "hounsfield": {"prefix": "khu", "lines": [{"low": [0, -1000], "high": [200, 1000]}],
                            "checks": [{"above_hu": -900, "least_share": 0.5}]}}]})");
        for (const char* const set : {"test", "train"}) {
            // Six slices of 8 x 8, the first masked all over, the fifth nearly black.
            std::vector<unsigned char> image;
            std::vector<unsigned char> label;
            for (int n = 0; n < 6 * 64; ++n) {
                image.push_back(static_cast<unsigned char>(n / 64 == 4 ? (n % 64 == 9 ? 90 : 0) : 20 + (n * 7) % 180));
                label.push_back(n / 64 == 0 || n % 64 == 27 ? 1 : 0);
            }
            writeNpy(QString("data/%1_image_u8.npy").arg(set), image, "(6, 8, 8)");
            writeNpy(QString("data/%1_label_u8.npy").arg(set), label, "(6, 8, 8)");
        }
        const auto summary = workflow::prepare(options(), {});
        QVERIFY2(summary, summary ? "" : summary.error().message.id.c_str());
        QStringList names;
        for (const auto& sample : summary->samples) {
            names << QString::fromStdString(sample.name);
            QCOMPARE(sample.patient, std::string("one"));
        }
        QCOMPARE(names, (QStringList{"k_2", "khu_2", "k_4"}));
        QStringList reasons;
        for (const auto& one : summary->leftOut)
            reasons << QString::fromStdString(one.name + " " + one.reason.id);
        QCOMPARE(reasons, (QStringList{"test workflow.prepare_set_aside", "k_0 workflow.prepare_mask_at_border",
                                       "khu_4 workflow.prepare_no_hounsfield"}));
    }

    // BraTS patches hold four sequences; a plan takes those that it knows, in its own order.
    void aPlanTakesItsSequencesFromPatches() {
        std::vector<unsigned char> image;
        for (int n = 0; n < 2 * 4 * 512; ++n)
            image.push_back(static_cast<unsigned char>(50 * (1 + n / 512 % 4) + n / 2048));
        const std::vector<unsigned char> label(2 * 512, 1);
        writeNpy("data/image_u8.npy", image, "(2, 4, 8, 8, 8)");
        writeNpy("data/label_u8.npy", label, "(2, 8, 8, 8)");
        writePlan("segmentation-3d", "[8, 8, 8]");
        QCOMPARE(reasonOfNothing(), std::string("workflow.prepare_nothing_dimension")); // "ct" is none of the four
        changePlan("[\"ct\"]", "[\"t1ce\", \"flair\"]");
        QCOMPARE(reasonOfNothing(), std::string("workflow.prepare_nothing"));
        changePlan("\"zscore\"", "\"zscore_nonzero\"");
        const auto summary = workflow::prepare(options(), {});
        QVERIFY2(summary, summary ? "" : summary.error().message.id.c_str());
        QCOMPARE(summary->samples.size(), std::size_t{2});
        const auto cache = learning::readCache(path("cache"), learning::readPlan(path("plan.json"))->spec);
        QVERIFY(cache.has_value());
        const auto& field = cache->samples.front().image;
        QCOMPARE(field.channels, 2);
        QVERIFY(std::abs(field.values.front() - (150.0F * 20.0F / 255.0F - 5.0F)) < 0.01F); // t1ce
        QVERIFY(std::abs(field.values.back() - (50.0F * 20.0F / 255.0F - 5.0F)) < 0.01F);   // flair
    }

    void aPlansLeastShareCountsUnlessThePersonNamesOne() {
        writePlan("segmentation-2d", "[16, 16]", R"({"slices_with_label_only": true})");
        writePair("0001", 8, 1, true);
        QCOMPARE(workflow::prepare(options(), {})->samples.size(), std::size_t{4});
        auto asked = options();
        asked.cache = path("all");
        asked.smallestShare = 0.0;
        QCOMPARE(workflow::prepare(asked, {})->samples.size(), std::size_t{8});
    }

    void aTableNamesThePatients() {
        writePair("0001", 8, 1, true);
        QFile table(file("patients.csv"));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("name,patient\n0001,Anna\n");
        table.close();
        const auto patients = workflow::readPatients(path("patients.csv"));
        QVERIFY(patients);
        auto asked = options();
        asked.patients = *patients;
        QCOMPARE(workflow::prepare(asked, {})->samples.front().patient, std::string("Anna"));
    }

    void aTableOfPatientsIsReadByItsHeading_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("plain") << QByteArray("name,patient\n0001,Anna\n");
        QTest::newRow("other order") << QByteArray("patient,name\nAnna,0001\n");
        QTest::newRow("more columns") << QByteArray("row,Patient_ID,Age,Name\n7,Anna,50,0001\n");
        QTest::newRow("one known word") << QByteArray("patient,case\nAnna,0001\n");
        QTest::newRow("spreadsheet") << QByteArray("\xEF\xBB\xBF\"name\",\"patient\"\r\n\"0001\", \"Anna\" \r\n\r\n");
        QTest::newRow("no heading") << QByteArray("0001,Anna\n");
    }
    void aTableOfPatientsIsReadByItsHeading() {
        QFETCH(QByteArray, text);
        writeText("patients.csv", text);
        const auto patients = workflow::readPatients(path("patients.csv"));
        QVERIFY2(patients, patients ? "" : patients.error().message.id.c_str());
        QVERIFY(*patients == (std::map<std::string, std::string>{{"0001", "Anna"}}));
    }

    void aLineWithoutAPatientIsNamed() {
        writeText("patients.csv", "name,patient\n0001,Anna\n0002, \n");
        const auto patients = workflow::readPatients(path("patients.csv"));
        QVERIFY(!patients);
        QCOMPARE(patients.error().message.id, std::string("workflow.patients_line_empty"));
        QCOMPARE(patients.error().message.parameters.at("line"), std::string("3"));
    }

    void aTableThatNamesNoImageIsRefused() {
        writePair("0001", 8, 1, true);
        auto asked = options();
        asked.patients = {{"IMG_0001.nii.gz", "Anna"}};
        const auto summary = workflow::prepare(asked, {});
        QVERIFY(!summary);
        QCOMPARE(summary.error().message.id, std::string("workflow.patients_match_nothing"));
        QCOMPARE(summary.error().message.parameters.at("image"), std::string("0001"));
        // One that names some of them is a table as people have it.
        asked.patients["0001"] = "Anna";
        QVERIFY(workflow::prepare(asked, {}));
    }

    void aFailedReplacementKeepsTheOldCache() {
        writePair("0001", 8, 1, true);
        QVERIFY(workflow::prepare(options(), {}));
        const auto plan = learning::readPlan(path("plan.json"));
        const auto samples = [&] {
            const auto cache = learning::readCache(path("cache"), plan->spec);
            return cache ? cache->samples.size() : std::size_t{0};
        };
        auto asked = options();
        asked.replace = true;
        asked.mostMb = 1e-9;
        asked.smallestShare = 0.9;
        QVERIFY(!workflow::prepare(asked, {}));
        QCOMPARE(samples(), std::size_t{1});
        std::stop_source stop;
        stop.request_stop();
        asked = options();
        asked.replace = true;
        QVERIFY(!workflow::prepare(asked, TaskContext(stop.get_token(), {})));
        QCOMPARE(samples(), std::size_t{1});
        writePair("0002", 8, 2, true);
        QVERIFY(workflow::prepare(asked, {}));
        QCOMPARE(samples(), std::size_t{2});
        QCOMPARE(QDir(file("cache")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 5);
    }

    void aFileIsNoFolder() {
        touch("plain");
        QCOMPARE(workflow::checkReadable(path("plain")).error().message.id, std::string("workflow.not_a_folder"));
        QVERIFY(workflow::checkReadable(m_folder->path().toStdString()));
    }

    void nothingLeftIsAnErrorAndLeavesNoCache() {
        writePair("0001", 8, 1, false);
        auto asked = options();
        asked.smallestShare = 0.5;
        const auto summary = workflow::prepare(asked, {});
        QVERIFY(!summary);
        QCOMPARE(summary.error().message.id, std::string("workflow.prepare_nothing_labelled"));
        QVERIFY(!summary.error().message.parameters.at("name").empty());
        QVERIFY(!QFile::exists(file("cache")));
    }

    void cancelLeavesNoCache() {
        writePair("0001", 8, 1, true);
        std::stop_source stop;
        stop.request_stop();
        const auto summary = workflow::prepare(options(), TaskContext(stop.get_token(), {}));
        QVERIFY(!summary);
        QVERIFY(summary.error().code == ErrorCode::Cancelled);
        QVERIFY(!QFile::exists(file("cache")));
    }

private:
    QString file(const QString& name) const { return m_folder->filePath(name); }
    std::filesystem::path path(const QString& name) const { return file(name).toStdString(); }
    void touch(const QString& name) {
        QDir().mkpath(QFileInfo(file(name)).absolutePath());
        QFile made(file(name));
        QVERIFY(made.open(QIODevice::WriteOnly));
    }
    void writeText(const QString& name, const QByteArray& text) {
        QFile made(file(name));
        QVERIFY(made.open(QIODevice::WriteOnly));
        made.write(text);
    }
    // The plainest TIFF there is: one strip of 8-bit grey values.
    void writeTiff(const QString& name, const QByteArray& pixels, int width) {
        QDir().mkpath(QFileInfo(file(name)).absolutePath());
        QByteArray bytes;
        const auto number = [&bytes](unsigned value, int size) {
            for (int n = 0; n < size; ++n)
                bytes.append(static_cast<char>(value >> (8 * n) & 255U));
        };
        bytes.append("II");
        number(42, 2);
        number(8, 4);
        constexpr unsigned kShort = 3;
        constexpr unsigned kLong = 4;
        const unsigned rows = static_cast<unsigned>(pixels.size()) / static_cast<unsigned>(width);
        const unsigned start = 8 + 2 + 9 * 12 + 4;
        const unsigned tags[9][3] = {{256, kLong, static_cast<unsigned>(width)},
                                     {257, kLong, rows},
                                     {258, kShort, 8},
                                     {259, kShort, 1},
                                     {262, kShort, 1},
                                     {273, kLong, start},
                                     {277, kShort, 1},
                                     {278, kLong, rows},
                                     {279, kLong, static_cast<unsigned>(pixels.size())}};
        number(9, 2);
        for (const auto& tag : tags) {
            number(tag[0], 2);
            number(tag[1], 2);
            number(1, 4);
            number(tag[2], 4);
        }
        number(0, 4);
        bytes.append(pixels);
        QFile made(file(name));
        QVERIFY(made.open(QIODevice::WriteOnly));
        made.write(bytes);
    }
    void writeNpy(const QString& name, const std::vector<unsigned char>& values, const char* shape) {
        QDir().mkpath(QFileInfo(file(name)).absolutePath());
        QByteArray head = QByteArray("{'descr': '|u1', 'fortran_order': False, 'shape': ") + shape + ", }";
        head = head.leftJustified(118 - 1, ' ') + '\n';
        QFile made(file(name));
        QVERIFY(made.open(QIODevice::WriteOnly));
        made.write(QByteArray("\x93NUMPY\x01\x00\x76\x00", 10) + head);
        made.write(reinterpret_cast<const char*>(values.data()), static_cast<qint64>(values.size()));
    }
    void writePlan(const QString& task, const QString& patch, const QString& preparation = {}) {
        QFile plan(file("plan.json"));
        QVERIFY(plan.open(QIODevice::WriteOnly));
        auto text = QString(tests::kTinyPlan).arg(task, patch);
        if (task == "segmentation-2d")
            text.replace("[2.0, 2.0, 2.0]", "[]");
        if (!preparation.isEmpty())
            text.insert(text.indexOf('{') + 1, "\"preparation\": " + preparation + ", ");
        plan.write(text.toUtf8());
    }
    void changePlan(const QString& from, const QString& to) {
        QFile plan(file("plan.json"));
        QVERIFY(plan.open(QIODevice::ReadOnly));
        const auto text = QString::fromUtf8(plan.readAll()).replace(from, to);
        plan.close();
        QVERIFY(plan.open(QIODevice::WriteOnly | QIODevice::Truncate));
        plan.write(text.toUtf8());
    }
    /// Of data of which nothing can be used; empty when something could.
    std::string reasonOfNothing() const {
        const auto summary = workflow::prepare(options(), {});
        return summary ? std::string() : summary.error().message.id;
    }
    workflow::PrepareOptions options() const {
        workflow::PrepareOptions asked;
        asked.plan = path("plan.json");
        asked.data = {path("data")};
        asked.cache = path("cache");
        return asked;
    }
    void writePair(const QString& name, int depth, int seed, bool labelled) {
        QDir().mkpath(file("data/3d_images"));
        QVERIFY(tests::writeTinyPair(path("data/3d_images"), name.toStdString(), depth, seed, labelled));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestPrepare)
#include "tst_prepare.moc"
