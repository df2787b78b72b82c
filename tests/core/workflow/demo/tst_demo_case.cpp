// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/case.h"
#include "core/imaging/comparison.h"
#include "core/imaging/components.h"
#include "core/imaging/threshold.h"
#include "core/workflow/demo/demo_case.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <array>
#include <stop_token>

using namespace sulcus;
using namespace sulcus::imaging;
using namespace sulcus::workflow;

namespace {

bool templateInstalled() { return QDir(QString::fromLatin1(kTemplateFolder)).exists(); }

Case opened(const std::filesystem::path& folder) {
    auto files = findCase(folder);
    if (!files) {
        qFatal("%s", files.error().message.id.c_str());
    }
    auto read = readCase(*files, TaskContext());
    if (!read) {
        qFatal("%s", read.error().message.id.c_str());
    }
    return *read;
}

} // namespace

class DemoCase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!templateInstalled()) {
            QSKIP("SULCUS_SKIPPED_WHOLE_TEST the package mricron-data is not installed");
        }
        QVERIFY(m_folder.isValid());
        QElapsedTimer timer;
        timer.start();
        const auto written = writeDemoCase(caseFolder(), 1, kTemplateFolder, TaskContext());
        QVERIFY2(written, written ? "" : written.error().message.id.c_str());
        qInfo("written in %.1f s", static_cast<double>(timer.elapsed()) / 1000.0);
        m_case = opened(caseFolder());
    }

    void readsAsCompleteBratsCase() {
        QCOMPARE(m_case.volumes.size(), std::size_t(4));
        QVERIFY(m_case.files.missing.empty());
        QVERIFY(m_case.truth != nullptr);
        QVERIFY(m_case.synthetic);
        QVERIFY(m_case.warnings.empty());
        QVERIFY(m_case.files.era == LabelEra::Brats2021);
        const Geometry& g = m_case.geometry();
        QCOMPARE(g.size, (std::array<int, 3>{240, 240, 155}));
        QCOMPARE(g.origin[1], -239.0);
        QCOMPARE(g.axisLetter(0), 'L');
        QCOMPARE(g.axisLetter(1), 'P');
        QCOMPARE(g.axisLetter(2), 'S');
        for (const CaseVolume& v : m_case.volumes) {
            QVERIFY(v.volume->description.find("synthetic") != std::string::npos);
        }
        QVERIFY(m_case.truth->description.find("synthetic") != std::string::npos);
    }

    void backgroundIsZeroInAllSequencesAlike() {
        const auto& first = m_case.volumes.front().volume->voxels;
        std::size_t inside = 0;
        for (std::size_t n = 0; n < first.size(); ++n) {
            inside += first[n] != 0.0F ? 1U : 0U;
            for (const CaseVolume& v : m_case.volumes) {
                if ((v.volume->voxels[n] != 0.0F) != (first[n] != 0.0F)) {
                    QFAIL("the sequences differ in what is brain");
                }
            }
            if (m_case.truth->voxels[n] != 0 && first[n] == 0.0F) {
                QFAIL("tumour outside the brain");
            }
        }
        // Real BraTS brains at hand hold 1305 to 1615 ml.
        QVERIFY(inside > 1'200'000 && inside < 1'700'000);
    }

    void tumourHasAllPartsAndIsNoBall() {
        std::array<double, 5> ml{};
        for (const std::uint8_t l : m_case.truth->voxels) {
            QVERIFY(l == 0 || l == 1 || l == 2 || l == 4);
            ml[l] += 0.001;
        }
        QVERIFY(ml[1] > 1.0);
        QVERIFY(ml[2] > 15.0);
        QVERIFY(ml[4] > 4.0);
        const auto pieces = findComponents(*m_case.truth, [](std::uint8_t l) { return l != 0; });
        const Component& main = pieces.front();
        QVERIFY(main.ml > 0.95 * (ml[1] + ml[2] + ml[4]));
        // A ball fills 0.52 of its bounding box.
        const double box = (main.last.i - main.first.i + 1) * (main.last.j - main.first.j + 1) *
                           (main.last.k - main.first.k + 1) * 0.001;
        QVERIFY2(main.ml / box < 0.40, qPrintable(QString::number(main.ml / box)));
    }

    void intensitiesRelateAsInRealCases() {
        // Mean z-scores of labels inside the brain; bounds enclose what the thirteen real cases at hand show.
        struct Row {
            Sequence sequence;
            std::uint8_t label;
            double low;
            double high;
        };
        const std::array<Row, 8> rows{{{Sequence::Flair, 2, 1.1, 3.6},
                                       {Sequence::Flair, 4, 1.0, 4.2},
                                       {Sequence::T1, 1, -1.3, 0.4},
                                       {Sequence::T1, 2, -0.5, 0.7},
                                       {Sequence::T1ce, 4, 0.8, 3.3},
                                       {Sequence::T1ce, 2, -0.5, 0.5},
                                       {Sequence::T2, 1, 0.5, 4.8},
                                       {Sequence::T2, 2, 0.2, 1.6}}};
        for (const Row& row : rows) {
            const auto& v = m_case.find(row.sequence)->voxels;
            double sum = 0.0;
            double squares = 0.0;
            double inside = 0.0;
            double labelled = 0.0;
            double labelCount = 0.0;
            for (std::size_t n = 0; n < v.size(); ++n) {
                if (v[n] == 0.0F) {
                    continue;
                }
                sum += v[n];
                squares += static_cast<double>(v[n]) * v[n];
                inside += 1.0;
                if (m_case.truth->voxels[n] == row.label) {
                    labelled += v[n];
                    labelCount += 1.0;
                }
            }
            const double mean = sum / inside;
            const double z = (labelled / labelCount - mean) / std::sqrt(squares / inside - mean * mean);
            QVERIFY2(
                z > row.low && z < row.high,
                qPrintable(
                    QStringLiteral("%1 label %2: z %3").arg(toString(row.sequence).c_str()).arg(row.label).arg(z)));
        }
    }

    void otsuOnFlairStaysUnderDiceOfSixTenths() {
        const auto compared = compareLabelMaps(otsuMask(*m_case.find(Sequence::Flair)), LabelEra::Plain, *m_case.truth,
                                               LabelEra::Brats2021, ComparisonScheme::Binary, TaskContext());
        QVERIFY(compared);
        const double dice = *compared->regions.at(Target::Mask).dice;
        QVERIFY2(dice < 0.6, qPrintable(QString::number(dice)));
    }

    void missingTemplateNamesThePackage() {
        const auto written = writeDemoCase(m_folder.filePath("none").toStdString(), 1, "/nowhere", TaskContext());
        QVERIFY(!written);
        QVERIFY(written.error().code == ErrorCode::NotFound);
        QCOMPARE(written.error().message.id, std::string("demo.template_missing"));
    }

    void cancelEndsWithoutFiles() {
        std::stop_source source;
        source.request_stop();
        const QString folder = m_folder.filePath("cancelled");
        const auto written =
            writeDemoCase(folder.toStdString(), 1, kTemplateFolder, TaskContext(source.get_token(), {}));
        QVERIFY(!written);
        QVERIFY(written.error().code == ErrorCode::Cancelled);
        QVERIFY(QDir(folder).isEmpty());
    }

    void cancelBetweenTwoImagesLeavesNothing() {
        std::stop_source source;
        const QString folder = m_folder.filePath("stopped");
        const auto written = writeDemoCase(folder.toStdString(), 1, kTemplateFolder,
                                           TaskContext(source.get_token(), [&](double fraction, std::string_view) {
                                               if (fraction > 0.5)
                                                   source.request_stop();
                                           }));
        QVERIFY(!written);
        QVERIFY(written.error().code == ErrorCode::Cancelled);
        QVERIFY(!QDir(folder).exists());
    }

private:
    std::filesystem::path caseFolder() const { return m_folder.filePath("SulcusDemo_0001").toStdString(); }

    QTemporaryDir m_folder;
    Case m_case;
};

QTEST_GUILESS_MAIN(DemoCase)
#include "tst_demo_case.moc"
