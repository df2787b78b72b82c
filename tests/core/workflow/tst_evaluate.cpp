// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/evaluate.h"
#include "tests/core/imaging/hand_slice.h"

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>

using namespace sulcus;
using imaging::Target;

namespace {

workflow::EvaluationRow row(const std::string& id, std::optional<double> dice, std::optional<double> hd95 = {}) {
    workflow::EvaluationRow made;
    made.caseId = id;
    if (dice) {
        imaging::Comparison comparison;
        comparison.regions[Target::WholeTumour].dice = dice;
        comparison.regions[Target::WholeTumour].hd95Mm = hd95;
        made.comparison = comparison;
    } else {
        made.problem = Error{ErrorCode::NotFound, {"workflow.case_without_truth", {{"case", id}}}, {}};
    }
    return made;
}

} // namespace

class TestEvaluate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theIntervalHoldsTheMean() {
        const std::vector<double> values{0.9, 0.8, 0.85, 0.4, 0.95, 0.7};
        const auto interval = workflow::bootstrapMean(values);
        QVERIFY(interval);
        QCOMPARE(interval->cases, values.size());
        QVERIFY(std::abs(interval->mean - 4.6 / 6.0) < 1e-12);
        QVERIFY(interval->low < interval->mean && interval->mean < interval->high);
        QVERIFY(interval->low >= 0.4 && interval->high <= 0.95);
    }

    // For many values the percentile interval approaches mean +- 1.96 standard errors.
    void theIntervalIsAsWideAsTheoryForManyValues() {
        std::vector<double> values;
        for (int n = 0; n < 400; ++n)
            values.push_back(n % 2 == 0 ? 0.0 : 1.0);
        const auto interval = workflow::bootstrapMean(values, 4000);
        const double error = 0.5 / std::sqrt(400.0);
        QVERIFY(std::abs(interval->high - 0.5 - 1.96 * error) < 0.1 * error);
        QVERIFY(std::abs(0.5 - interval->low - 1.96 * error) < 0.1 * error);
    }

    void equalValuesHaveNoWidth() {
        const auto interval = workflow::bootstrapMean({0.5, 0.5, 0.5});
        QCOMPARE(interval->low, 0.5);
        QCOMPARE(interval->high, 0.5);
    }

    void noValuesHaveNoMean() { QVERIFY(!workflow::bootstrapMean({})); }

    void aSeedGivesOneInterval() {
        const std::vector<double> values{0.1, 0.5, 0.6, 0.9};
        QCOMPARE(workflow::bootstrapMean(values, 500, 7)->low, workflow::bootstrapMean(values, 500, 7)->low);
    }

    void foldersOfTrainingDataAreCasesWithoutTheirTruths() {
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        const auto touch = [&](const char* name) {
            std::filesystem::create_directories((root / name).parent_path());
            std::ofstream(root / name) << "x";
        };
        for (const char* name : {"pairs/2d_images/a.tif", "pairs/2d_masks/a.tif", "liver/1_orig.nii.gz",
                                 "liver/1_liver.nii.gz", "slices/x_image_u8.npy.gz", "slices/x_label_u8.npy.gz"})
            touch(name);
        const auto only = [&](const char* sub) {
            const auto cases = workflow::casesIn(root / sub);
            return cases.size() == 1 ? cases.front().filename().string() : std::to_string(cases.size()) + " cases";
        };
        QCOMPARE(only("pairs"), std::string("a.tif"));
        QCOMPARE(only("liver"), std::string("1_orig.nii.gz"));
        QCOMPARE(only("slices"), std::string("x_image_u8.npy.gz"));
    }

    void theSlicesOfADicomSeriesAreOneCase() {
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        const auto write = [](const std::filesystem::path& file, const test::HandSlice& slice) {
            std::filesystem::create_directories(file.parent_path());
            const QByteArray bytes = slice.bytes();
            std::ofstream(file, std::ios::binary).write(bytes.data(), bytes.size());
        };
        const std::array<const char*, 3> uids{"1.2.3.41", "1.2.3.42", "1.2.3.43"};
        for (int n = 0; n < 3; ++n) {
            test::HandSlice slice;
            slice.instance = n + 1;
            slice.position = {0.0, 0.0, 2.5 * n};
            const auto name = std::to_string(n) + ".dcm";
            write(root / "series" / name, slice);
            slice.series = uids.at(static_cast<std::size_t>(n));
            write(root / "pictures" / name, slice);
        }
        QCOMPARE(workflow::casesIn(root / "series"), std::vector{root / "series"});
        // Pictures of their own, each of another series, stay cases of their own.
        QCOMPARE(workflow::casesIn(root / "pictures").size(), std::size_t{3});
    }

    void worstComesFirstAndProblemsBeforeIt() {
        workflow::Evaluation evaluation;
        evaluation.rows = {row("good", 0.9, 2.0), row("broken", {}), row("bad", 0.3), row("fair", 0.7, 4.0)};
        workflow::summarise(evaluation);
        QStringList order;
        for (const auto& one : evaluation.rows)
            order << QString::fromStdString(one.caseId);
        QCOMPARE(order, (QStringList{"broken", "bad", "fair", "good"}));
        const auto& means = evaluation.means.at(Target::WholeTumour);
        QCOMPARE(means.dice->cases, std::size_t{3});
        // A distance that does not exist takes no part in the mean.
        QCOMPARE(means.hd95Mm->cases, std::size_t{2});
        QCOMPARE(means.hd95Mm->mean, 3.0);
        QVERIFY(!means.sensitivity);
    }

    void csvQuotesAndLeavesGapsEmpty() {
        workflow::Evaluation evaluation;
        evaluation.rows = {row("a, \"b\"", 0.5)};
        workflow::summarise(evaluation);
        const auto lines = QString::fromStdString(workflow::toCsv(evaluation)).split('\n');
        QCOMPARE(lines[0],
                 QString("case,region,dice,iou,hd95_mm,sensitivity,specificity,ml_prediction,ml_truth,seconds"));
        QVERIFY(lines[1].startsWith("\"a, \"\"b\"\"\",WT,0.5,,,,,"));
        QVERIFY(lines[2].startsWith("mean,WT,0.5,,"));
        QVERIFY(lines[3].startsWith("interval_low,WT,0.5,,"));
        QVERIFY(lines[4].startsWith("interval_high,WT,0.5,,"));
    }

    void noCasesIsAnError() {
        const auto outcome = workflow::evaluate({}, {}, {});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().message.id, std::string("workflow.no_cases"));
    }
};

QTEST_GUILESS_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
