// SPDX-License-Identifier: Apache-2.0
// The main job on a real case of ../shared/data.
#include "core/imaging/image_io.h"
#include "tests/app/cli_runner.h"

#include <array>
#include <set>

using sulcus::tests::CliRunner;
using sulcus::tests::schemaProblems;

namespace {
const QString kCase = QStringLiteral(SULCUS_SOURCE_DIR "/../shared/data/brain/reference/BraTS2021_00000");
const QString kTruth = kCase + "/BraTS2021_00000_seg.nii.gz";
} // namespace

class TestCliData : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!QFile::exists(kTruth))
            QSKIP("SULCUS_SKIPPED_WHOLE_TEST: ../shared/data/brain/reference is not there");
    }

    void aTruthComparedWithItselfIsOne() {
        const auto json = m_cli.run({"compare", kTruth, kTruth, "--json"}).json();
        for (const char* region : {"WT", "TC", "ET"})
            QCOMPARE(json["regions"][region]["dice"].get<double>(), 1.0);
    }

    void theMaskKeepsGridAndLabels() {
        if (!QFile::exists(QStringLiteral(SULCUS_SOURCE_DIR "/models/brain-tumour/bundle.json")))
            QSKIP("no trained bundle in models/brain-tumour");
        const auto mask = m_cli.file("mask.nii.gz");
        const auto answer = m_cli.run({"segment", kCase, "--bundle", "brain-tumour", "-o", mask, "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("segment", answer), QString());
        checkMask(mask, {0, 1, 2, 4});
        // The weakest bundle that may be shipped reaches 0.79 on average over the reference cases.
        QVERIFY(answer.json()["comparison"]["regions"]["WT"]["dice"].get<double>() > 0.7);
    }

    void anEraIsAnotherNumbering() {
        if (!QFile::exists(QStringLiteral(SULCUS_SOURCE_DIR "/models/brain-tumour/bundle.json")))
            QSKIP("no trained bundle in models/brain-tumour");
        const auto mask = m_cli.file("mask2023.nii.gz");
        const auto answer = m_cli.run({"segment", kCase, "-o", mask, "--labels", "2023", "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        checkMask(mask, {0, 1, 2, 3});
        // Read back in its own numbering it is compared like any other.
        const auto compared = m_cli.run({"compare", mask, kTruth, "--json"}).json();
        QCOMPARE(compared["mask_labels"].get<std::string>(), std::string("brats2023"));
        QCOMPARE(compared["truth_labels"].get<std::string>(), std::string("brats2021"));
        const auto inAnswer = answer.json()["comparison"]["regions"]["ET"]["dice"].get<double>();
        QVERIFY(std::abs(compared["regions"]["ET"]["dice"].get<double>() - inAnswer) < 1e-9);
    }

    void theTruthHasAPlace() {
        const auto answer = m_cli.run({"locate", kCase, "--mask", kTruth, "--json"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QCOMPARE(schemaProblems("locate", answer), QString());
        QCOMPARE(answer.json()["space"].get<std::string>(), std::string("sri24"));
    }

private:
    void checkMask(const QString& file, const std::set<int>& allowed) {
        using namespace sulcus;
        const auto mask = imaging::readLabelMap(file.toStdString(), TaskContext());
        const auto truth = imaging::readLabelMap(kTruth.toStdString(), TaskContext());
        QVERIFY(mask && truth);
        QVERIFY(imaging::sameGrid(mask->geometry, truth->geometry));
        std::array<bool, 256> present{};
        for (const auto value : mask->voxels)
            present[value] = true;
        std::set<int> seen;
        for (int value = 0; value < 256; ++value)
            if (present[static_cast<std::size_t>(value)])
                seen.insert(value);
        for (const int value : seen)
            QVERIFY2(allowed.contains(value), qPrintable(QString::number(value)));
        QVERIFY(seen.size() > 2);
    }

    CliRunner m_cli;
};

QTEST_GUILESS_MAIN(TestCliData)
#include "tst_cli_data.moc"
