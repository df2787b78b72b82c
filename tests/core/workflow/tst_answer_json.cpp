// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/answer_json.h"

#include <QtTest>
#include <limits>

using namespace sulcus;

class TestAnswerJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatDoesNotExistIsNull() {
        workflow::SegmentationResult result;
        result.peakMb = std::numeric_limits<double>::quiet_NaN();
        result.seconds.total = std::numeric_limits<double>::infinity();
        const auto text = QString::fromStdString(workflow::toJson(result));
        QVERIFY(text.contains("\"peak_mb\": null"));
        QVERIFY(text.contains("\"total\": null"));
        QVERIFY(!text.contains("nan", Qt::CaseInsensitive));
    }

    void aWarningCarriesIdAndSentence() {
        workflow::SegmentationResult result;
        result.warnings = {{"workflow.nothing_found", {{"bundle", "b"}}}};
        const auto text =
            QString::fromStdString(workflow::toJson(result, [](const Message& m) { return "said: " + m.id; }));
        QVERIFY(text.contains("\"id\": \"workflow.nothing_found\""));
        QVERIFY(text.contains("\"text\": \"said: workflow.nothing_found\""));
        QVERIFY(QString::fromStdString(workflow::toJson(result)).contains("\"text\": null"));
    }

    void aRowWithAProblemHasNoNumbers() {
        workflow::Evaluation evaluation;
        workflow::EvaluationRow row;
        row.caseId = "x";
        row.problem = Error{ErrorCode::NotFound, {"workflow.case_without_truth", {}}, {}};
        evaluation.rows.push_back(row);
        const auto text = QString::fromStdString(workflow::toJson(evaluation));
        QVERIFY(text.contains("\"accuracy\": null"));
        QVERIFY(text.contains("workflow.case_without_truth"));
    }

    void bytesThatAreNoTextDoNotBreakIt() {
        clinic::RankedHospital ranked;
        ranked.hospital.nameEn = "caf\xE9";
        const auto text = workflow::toJson(std::vector{ranked});
        QVERIFY(QString::fromStdString(text).contains("caf"));
    }

    void aDepartmentWithoutEvidenceIsUnverified() {
        clinic::RankedHospital ranked;
        ranked.hospital.departments = {"NS", "NO"};
        ranked.hospital.verified = {{"NS", true}};
        const auto text = QString::fromStdString(workflow::toJson(std::vector{ranked})).simplified();
        QVERIFY(text.contains("\"code\": \"NS\", \"verified\": true"));
        QVERIFY(text.contains("\"code\": \"NO\", \"verified\": false"));
        QVERIFY(text.contains("\"km\": null"));
    }
};

QTEST_GUILESS_MAIN(TestAnswerJson)
#include "tst_answer_json.moc"
