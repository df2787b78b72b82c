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

    void nothingLeftIsAnErrorAndLeavesNoCache() {
        writePair("0001", 8, 1, false);
        auto asked = options();
        asked.smallestShare = 0.5;
        const auto summary = workflow::prepare(asked, {});
        QVERIFY(!summary);
        QCOMPARE(summary.error().message.id, std::string("workflow.prepare_nothing"));
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
    void writePlan(const QString& task, const QString& patch) {
        QFile plan(file("plan.json"));
        QVERIFY(plan.open(QIODevice::WriteOnly));
        plan.write(QString(tests::kTinyPlan).arg(task, patch).toUtf8());
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
