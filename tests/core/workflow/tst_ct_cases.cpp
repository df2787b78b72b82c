// SPDX-License-Identifier: Apache-2.0
// CT on its way in and out: masks beside images, sets of slices, areas, warnings for images of another kind.
#include "core/imaging/image_io.h"
#include "core/learning/bundle.h"
#include "core/learning/input_checks.h"
#include "core/workflow/array_cases.h"
#include "core/workflow/evaluate.h"
#include "core/workflow/network_input.h"
#include "core/workflow/slice_areas.h"
#include "core/workflow/workflow.h"
#include "tests/core/workflow/tiny_training.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <fstream>

using namespace sulcus;

namespace {

/// NumPy's .npy, version 1.0.
void writeNpy(const std::filesystem::path& file, const std::vector<int>& shape,
              const std::vector<unsigned char>& values) {
    std::string head = "{'descr': '|u1', 'fortran_order': False, 'shape': (";
    for (const int n : shape)
        head += std::to_string(n) + ",";
    head += "), }";
    head.resize((head.size() + 10 + 64) / 64 * 64 - 11, ' ');
    head += '\n';
    std::ofstream out(file, std::ios::binary);
    out << "\x93NUMPY" << '\x01' << '\0' << static_cast<char>(head.size() & 255U)
        << static_cast<char>(head.size() >> 8U) << head;
    out.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size()));
}

} // namespace

class TestCtCases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMaskBesideAnImageIsItsTruth() {
        QTemporaryDir folder;
        const std::filesystem::path base = folder.path().toStdString();
        QVERIFY(tests::writeTinyPair(base, "7", 8, 1, true));
        const auto opened = workflow::openCase(base / "IMG_7.nii.gz", {});
        QVERIFY(opened);
        QVERIFY((*opened)->truth);
        const std::vector<std::pair<const char*, const char*>> names{{"p1_orig.nii.gz", "p1_liver.nii.gz"},
                                                                     {"p2_ct.nii.gz", "p2_lungmask.nii.gz"}};
        for (const auto& [image, mask] : names) {
            std::filesystem::copy_file(base / "IMG_7.nii.gz", base / image);
            QVERIFY(!imaging::findCase(base / image)->truth);
            std::filesystem::copy_file(base / "MASK_7.nii.gz", base / mask);
            QCOMPARE(imaging::findCase(base / image)->truth.value(), base / mask);
        }
    }

    void aSetOfSlicesIsHandedOverRowByRow() {
        QTemporaryDir folder;
        const std::filesystem::path base = folder.path().toStdString();
        std::vector<unsigned char> image(3 * 4 * 5);
        std::vector<unsigned char> label(image.size(), 0);
        for (std::size_t n = 0; n < image.size(); ++n)
            image[n] = static_cast<unsigned char>(n);
        label[2 * 20 + 7] = 1;
        writeNpy(base / "set_image_u8.npy", {3, 4, 5}, image);
        QVERIFY(!workflow::isArraySet(base / "set_image_u8.npy"));
        writeNpy(base / "set_label_u8.npy", {3, 4, 5}, label);
        QVERIFY(workflow::isArraySet(base / "set_image_u8.npy"));
        std::ofstream(base / "set_index.csv") << "row,patient,name\n0,A,a.png\n1,B,b.png\n2,B,c.png\n";
        std::vector<std::string> seen;
        std::shared_ptr<const imaging::Case> last;
        const auto visit = [&](std::shared_ptr<const imaging::Case> one) -> Result<void> {
            seen.push_back(one->files.id);
            last = std::move(one);
            return {};
        };
        QVERIFY(workflow::forEachArraySlice(base / "set_image_u8.npy", {"B"}, visit, {}));
        QCOMPARE(seen, (std::vector<std::string>{"1_b.png", "2_c.png"}));
        QCOMPARE(last->geometry().size, (std::array<int, 3>{5, 4, 1}));
        QVERIFY(!last->geometry().hasOrientation);
        QCOMPARE(last->volumes.front().volume->at({2, 1, 0}), 47.0F);
        QCOMPARE(static_cast<int>(last->truth->voxels[7]), 1);
        // A bundle of one input takes a file that does not say its modality, one of four does not.
        QVERIFY(workflow::fitsCase({"ct"}, *last));
        QVERIFY(!workflow::fitsCase({"flair", "t1", "t1ce", "t2"}, *last));
        writeNpy(base / "set_label_u8.npy", {3, 5, 4}, label);
        QCOMPARE(workflow::forEachArraySlice(base / "set_image_u8.npy", {}, visit, {}).error().message.id,
                 std::string("workflow.prepare_array_shapes"));
    }

    void slicesWithoutNamesAreCalledAfterTheirSet() {
        QCOMPARE(workflow::arraySetName("/d/kmader64_test_image_u8.npy.gz"), std::string("kmader64_test"));
        QCOMPARE(workflow::arraySetName("/d/set/image_u8.npy"), std::string("set"));
        QTemporaryDir folder;
        const std::filesystem::path base = folder.path().toStdString();
        for (const char* const set : {"first", "second", "known"})
            for (const char* const half : {"image", "label"})
                writeNpy(base / (std::string(set) + "_" + half + "_u8.npy"), {2, 4, 4},
                         std::vector<unsigned char>(32, 1));
        std::ofstream(base / "known_index.csv") << "row,patient,name\n0,A,a.png\n1,B,b.png\n";
        // A bundle without its weights: every slice is a row with a problem, and has its name all the same.
        const auto bundle = base / "bundle";
        std::filesystem::create_directory(bundle);
        std::filesystem::copy_file(SULCUS_SOURCE_DIR "/models/lung-ct/bundle.json", bundle / "bundle.json");
        std::vector<double> fractions;
        const TaskContext task({}, [&](double fraction, std::string_view) { fractions.push_back(fraction); });
        workflow::SegmentOptions options;
        options.bundle = bundle;
        const auto evaluation = workflow::evaluate(
            {base / "first_image_u8.npy", base / "second_image_u8.npy", base / "known_image_u8.npy"}, options, task);
        QVERIFY(evaluation);
        std::vector<std::string> ids;
        for (const auto& row : evaluation->rows) {
            ids.push_back(row.caseId);
            QVERIFY(row.slice);
        }
        QCOMPARE(ids, (std::vector<std::string>{"first_0", "first_1", "second_0", "second_1", "0_a.png", "1_b.png"}));
        // Each slice moves the bar.
        QVERIFY(fractions.size() >= 6);
        QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
        QVERIFY(fractions.back() > 0.8 && fractions.back() < 1.0);
    }

    void aTruthThatDoesNotFitIsTheReasonGiven() {
        QTemporaryDir folder;
        const std::filesystem::path base = folder.path().toStdString();
        QVERIFY(tests::writeTinyPair(base, "7", 8, 1, true));
        QVERIFY(tests::writeTinyPair(base, "8", 6, 1, true));
        std::filesystem::rename(base / "MASK_8.nii.gz", base / "MASK_7.nii.gz");
        workflow::SegmentOptions options;
        options.bundle = SULCUS_SOURCE_DIR "/models/lung-ct";
        const auto evaluation = workflow::evaluate({base / "IMG_7.nii.gz", base / "IMG_8.nii.gz"}, options, {});
        QVERIFY(evaluation);
        QCOMPARE(evaluation->rows.size(), std::size_t{2});
        for (const auto& row : evaluation->rows) {
            QVERIFY(row.problem);
            const bool there = row.caseId == "IMG_7";
            QCOMPARE(row.problem->message.id,
                     std::string(there ? "imaging.truth_other_grid" : "workflow.case_without_truth"));
            // Said once.
            QVERIFY(std::none_of(row.warnings.begin(), row.warnings.end(),
                                 [](const Message& warning) { return warning.id.starts_with("imaging.truth_"); }));
        }
    }

    void aBundleSealedAnewIsLoadedAnew() {
        QTemporaryDir folder;
        const std::filesystem::path base = folder.path().toStdString();
        QVERIFY(tests::writeTinyPair(base, "7", 2, 1, false));
        const auto opened = workflow::openCase(base / "IMG_7.nii.gz", {});
        QVERIFY(opened);
        std::filesystem::copy(SULCUS_SOURCE_DIR "/models/lung-ct", base / "bundle");
        workflow::SegmentOptions options;
        options.bundle = base / "bundle";
        options.device = workflow::DeviceChoice::Cpu;
        const auto change = [&](const QByteArray& from, const QByteArray& to) {
            QFile file(QString::fromStdString((base / "bundle/bundle.json").string()));
            if (!file.open(QIODevice::ReadWrite))
                return false;
            auto text = file.readAll();
            const auto found = text.contains(from);
            text.replace(from, to);
            file.resize(0);
            return file.seek(0) && file.write(text) == text.size() && found;
        };
        const auto first = workflow::segment(**opened, options, {});
        QVERIFY(first);
        const auto version = QByteArray::fromStdString(first->bundleVersion);
        QVERIFY(change("\"version\": \"" + version, "\"version\": \"99.0.0"));
        // Changed by hand and not sealed: the network in memory is no answer.
        const auto unsealed = workflow::segment(**opened, options, {});
        QVERIFY(!unsealed);
        QVERIFY(learning::sealBundle(base / "bundle"));
        const auto second = workflow::segment(**opened, options, {});
        QVERIFY(second);
        QCOMPARE(second->bundleVersion, std::string("99.0.0"));
    }

    void aLoneSliceMustBeAxial() {
        const auto gathered = [](std::array<int, 3> size, const std::array<double, 9>& direction) {
            auto volume = std::make_shared<imaging::Volume>();
            volume->geometry.size = size;
            volume->geometry.direction = direction;
            volume->voxels.assign(volume->geometry.voxelCount(), 40.0F);
            imaging::Case one;
            one.files.id = "scout";
            one.files.kind = imaging::CaseKind::SingleVolume;
            one.volumes.push_back({imaging::Sequence::Other, volume});
            return workflow::gatherInput(one, {"ct"}, "liver-ct", {});
        };
        const std::array<double, 9> axial{1, 0, 0, 0, 1, 0, 0, 0, 1};
        const std::array<double, 9> coronal{1, 0, 0, 0, 0, 1, 0, -1, 0};
        const std::array<double, 9> sagittal{0, 0, 1, 1, 0, 0, 0, -1, 0};
        QVERIFY(gathered({6, 5, 1}, axial));
        for (const auto& direction : {coronal, sagittal}) {
            QVERIFY(gathered({6, 5, 4}, direction));
            const auto refused = gathered({6, 5, 1}, direction);
            QVERIFY(!refused);
            QCOMPARE(refused.error().message.id, std::string("workflow.slice_not_axial"));
            QCOMPARE(refused.error().message.parameters.at("case"), std::string("scout"));
        }
    }

    void areasFollowTheHeadAxisOfTheHeader() {
        imaging::LabelMap mask;
        mask.geometry.size = {4, 5, 6};
        mask.geometry.spacing = {2.0, 5.0, 10.0};
        mask.geometry.origin = {0.0, 0.0, 100.0};
        mask.voxels.assign(mask.geometry.voxelCount(), 0);
        mask.voxels[mask.geometry.offset({0, 0, 3})] = 2;
        mask.voxels[mask.geometry.offset({1, 0, 3})] = 2;
        mask.voxels[mask.geometry.offset({1, 0, 4})] = 3;
        auto areas = workflow::sliceAreas(mask);
        QCOMPARE(areas.size(), std::size_t{2});
        QCOMPARE(areas[0].slice, 3);
        QVERIFY(std::abs(areas[0].zMm - 130.0) < 1e-9);
        QVERIFY(std::abs(areas[0].cm2[2] - 0.2) < 1e-9);
        QVERIFY(std::abs(areas[1].cm2[3] - 0.1) < 1e-9);
        // The same array with j along the head: slices are counted along j.
        mask.geometry.direction = {1, 0, 0, 0, 0, 1, 0, 1, 0};
        areas = workflow::sliceAreas(mask);
        QCOMPARE(areas.size(), std::size_t{1});
        QCOMPARE(areas[0].slice, 0);
        QVERIFY(std::abs(areas[0].cm2[2] - 0.4) < 1e-9);
    }
};

QTEST_GUILESS_MAIN(TestCtCases)
#include "tst_ct_cases.moc"
