// SPDX-License-Identifier: Apache-2.0
// From folders in the layouts that people have to a cache that the trainer reads.
#include "core/imaging/image_io.h"
#include "core/learning/cache.h"
#include "core/learning/plan.h"
#include "core/workflow/dataset_layouts.h"
#include "core/workflow/prepare.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <set>

using namespace sulcus;

namespace {

// A small plan of one CT input and one output.
const char* const kPlan = R"({
  "schema_version": 1, "name": "tiny", "version": "0.1.0", "intended_use": "test", "training_data": "phantoms",
  "licence": "none", "task": "%1", "architecture": "unet",
  "architecture_options": { "channels": [4, 8], "convolutions": 1, "norm": "instance", "activation": "leaky_relu",
    "deep_supervision": false, "upsampling": "transposed", "downsampling": "strided", "residual": false,
    "output_bias": 0.0 },
  "inputs": ["ct"], "spacing_mm": [2.0, 2.0, 2.0], "patch": %2, "overlap": 0.5, "missing_input": "refuse",
  "normalisation": { "method": "zscore", "low_percentile": 0.1, "high_percentile": 99.9, "clamp_low": -5.0,
    "clamp_high": 15.0 },
  "nested": true,
  "outputs": [ { "name": "lung", "sources": [1], "value": 1, "threshold": 0.5 } ],
  "labels": [ { "value": 1, "code": "lung", "name": "Lung", "colour": [0, 114, 178] } ],
  "post_processing": { "smallest_component_ml": 0.0, "smallest_inner_ml": 0.0, "keep_largest": 0, "fill_holes": false },
  "training": { "steps": 4, "steps_per_epoch": 2,
    "batch": { "size": 1, "patch": %2, "foreground_share": 0.5 },
    "losses": [ { "name": "dice", "weight": 1.0 } ],
    "optimiser": { "name": "adam", "learning_rate": 0.001, "weight_decay": 0.0, "gradient_clip": 0.0,
      "average_decay": 0.0 },
    "schedule": { "name": "constant", "power": 0.9, "warm_up_steps": 0 }, "seed": 1,
    "augmentation": {}, "validation": { "patients": [] } }
})";

imaging::Geometry grid(int depth) {
    imaging::Geometry geometry;
    geometry.size = {16, 12, depth};
    geometry.spacing = {2.0, 2.0, 2.0};
    return geometry;
}

} // namespace

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
        plan.write(QString(kPlan).arg(task, patch).toUtf8());
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
        imaging::Volume image;
        image.geometry = grid(depth);
        imaging::LabelMap mask;
        mask.geometry = image.geometry;
        mask.voxels.assign(mask.geometry.voxelCount(), 0);
        for (std::size_t n = 0; n < image.geometry.voxelCount(); ++n)
            image.voxels.push_back(static_cast<float>((n * 7 + static_cast<std::size_t>(seed) * 13) % 101) + 1.0F);
        if (labelled) {
            for (int k = 2; k < 6; ++k)
                for (int j = 3; j < 7; ++j)
                    for (int i = 5; i < 9; ++i)
                        mask.voxels[mask.geometry.offset({i, j, k})] = 1;
        }
        QVERIFY(imaging::writeVolume(image, path("data/3d_images/IMG_" + name + ".nii.gz")));
        QVERIFY(imaging::writeLabelMap(mask, path("data/3d_images/MASK_" + name + ".nii.gz")));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestPrepare)
#include "tst_prepare.moc"
