// SPDX-License-Identifier: Apache-2.0
// The committed bundles on cases that they were not trained on: accuracy cannot rot unseen.
#include "tests/app/cli_runner.h"

#include <QDir>
#include <cmath>

using sulcus::tests::CliRunner;
using sulcus::tests::schemaProblems;

namespace {

const QString kData = QStringLiteral(SULCUS_SOURCE_DIR "/../shared/data");
const QString kModels = QStringLiteral(SULCUS_SOURCE_DIR "/models");

// Floors lie a little under what the committed weights measure (see each bundle's card). Raise them with the weights.
constexpr double kBrainWholeTumour = 0.835; // mean Dice, three cases of brain/reference
constexpr double kBrainTumourCore = 0.735;
constexpr double kBrainEnhancing = 0.72;
constexpr double kLungSliceDice = 0.98;    // mean, 54 slices of kmader64_test
constexpr double kLungAccuracy = 0.99;     // of voxels
constexpr double kLungVolumeDice = 0.98;   // the two elastix volumes in HU
constexpr double kLiverSliceDice = 0.92;   // mean, slices of the held-out patients
constexpr double kLiverPooledDice = 0.945; // all their voxels together

struct Measured {
    double dice = 0.0;
    double accuracy = 0.0;
    double pooled = 0.0;
    std::size_t cases = 0;
};

} // namespace

class TestAccuracy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!QDir(kData + "/ct/lung").exists())
            QSKIP("SULCUS_SKIPPED_WHOLE_TEST: ../shared/data is not there");
    }

    void brainTumour() {
        const auto reference = kData + "/brain/reference/";
        QStringList arguments{"evaluate", "--bundle", "brain-tumour"};
        for (const char* name : {"BraTS2021_00000", "BraTS2021_00002", "BraTS2021_00014"})
            arguments << reference + name;
        const auto json = evaluated(arguments);
        const auto mean = [&](const char* region) { return json["mean"][region]["dice"]["mean"].get<double>(); };
        qInfo("brain-tumour: WT %.3f TC %.3f ET %.3f", mean("WT"), mean("TC"), mean("ET"));
        QVERIFY(mean("WT") >= kBrainWholeTumour);
        QVERIFY(mean("TC") >= kBrainTumourCore);
        QVERIFY(mean("ET") >= kBrainEnhancing);
    }

    void lungSlices() {
        const auto slices =
            measured({"evaluate", "--bundle", "lung-ct", kData + "/ct/lung/kmader64_test_image_u8.npy.gz"});
        qInfo("lung-ct on kmader64_test: Dice %.4f, accuracy %.4f, %zu slices", slices.dice, slices.accuracy,
              slices.cases);
        QCOMPARE(slices.cases, std::size_t{54});
        QVERIFY(slices.dice >= kLungSliceDice);
        QVERIFY(slices.accuracy >= kLungAccuracy);
    }

    void lungVolumes() {
        const auto volumes =
            measured({"evaluate", "--bundle", "lung-ct", kData + "/ct/volumes/elastix_lung_baseline_ct.nii.gz",
                      kData + "/ct/volumes/elastix_lung_followup_ct.nii.gz"});
        qInfo("lung-ct on the elastix volumes: Dice %.4f", volumes.dice);
        QCOMPARE(volumes.cases, std::size_t{2});
        QVERIFY(volumes.dice >= kLungVolumeDice);
    }

    void liverSlices() {
        QFile list(kModels + "/liver-ct/held-out.txt");
        QVERIFY(list.open(QIODevice::ReadOnly));
        const auto patients = QString::fromUtf8(list.readAll()).split('\n', Qt::SkipEmptyParts).join(',');
        const auto slices = measured(
            {"evaluate", "--bundle", "liver-ct", kData + "/ct/liver/msd_image_u8.npy.gz", "--only-patients", patients});
        qInfo("liver-ct on held-out patients: Dice %.4f, pooled %.4f, %zu slices", slices.dice, slices.pooled,
              slices.cases);
        QVERIFY(slices.cases > 80);
        QVERIFY(slices.dice >= kLiverSliceDice);
        QVERIFY(slices.pooled >= kLiverPooledDice);
    }

private:
    nlohmann::json evaluated(const QStringList& arguments) const {
        const auto answer = m_cli.run(arguments + QStringList{"--device", "cpu", "--json"}, 600000);
        if (answer.status != 0)
            qWarning("%s", qPrintable(answer.err));
        if (const auto problems = schemaProblems("evaluate", answer); !problems.isEmpty())
            qWarning("%s", qPrintable(problems));
        return answer.json();
    }

    Measured measured(const QStringList& arguments) const {
        const auto json = evaluated(arguments);
        Measured sum;
        double both = 0.0;
        double either = 0.0;
        if (!json.contains("cases"))
            return sum;
        for (const auto& row : json["cases"]) {
            if (!row["regions"].contains("mask"))
                continue;
            const auto& region = row["regions"]["mask"];
            const auto dice = region["dice"].get<double>();
            const auto ml = region["ml_prediction"].get<double>() + region["ml_truth"].get<double>();
            sum.dice += dice;
            sum.accuracy += row["accuracy"].get<double>();
            both += dice * ml;
            either += ml;
            ++sum.cases;
        }
        const auto n = static_cast<double>(std::max<std::size_t>(1, sum.cases));
        sum.dice /= n;
        sum.accuracy /= n;
        sum.pooled = either > 0.0 ? both / either : 0.0;
        return sum;
    }

    CliRunner m_cli;
};

QTEST_GUILESS_MAIN(TestAccuracy)
#include "tst_accuracy.moc"
