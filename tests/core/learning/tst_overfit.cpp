// SPDX-License-Identifier: Apache-2.0
// Each segmentation plan's own network, losses and outputs, on two small samples: what cannot be learnt by heart cannot
// be learnt.
#include "core/learning/segmenter.h"
#include "tests/core/learning/runs.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QtTest>

using namespace sulcus;
using namespace sulcus::learning;

namespace {

/// Labels inside each other (2, 1, 4) or one organ (1), each a shade of its own in every input.
Result<void> writeSamples(const std::filesystem::path& folder, const NetworkSpec& spec, int side) {
    auto writer = CacheWriter::create(folder, spec);
    if (!writer)
        return fail(writer.error());
    const bool flat = spec.task == "segmentation-2d";
    const int depth = flat ? 1 : side;
    for (int sample = 0; sample < 2; ++sample) {
        Field image{static_cast<int>(spec.inputs.size()), depth, side, side, {1.0, 1.0, 1.0}, {}};
        LabelField labels{depth, side, side, image.spacingMm, {}};
        labels.values.resize(image.voxelsPerChannel());
        image.values.resize(image.voxelsPerChannel() * spec.inputs.size());
        Random random(static_cast<std::uint64_t>(sample) + 1);
        const double middle = side / 2.0 - 0.5;
        const double at[3] = {flat ? 0.0 : middle + sample, middle + 2 * sample - 1, middle + 1 - 2 * sample};
        for (std::size_t i = 0; i < labels.values.size(); ++i) {
            const auto place = static_cast<int>(i);
            // Of 32 voxels a side; larger and smaller samples show the same, drawn larger or smaller.
            const double r =
                32.0 / side *
                std::hypot(place / (side * side) - at[0], place / side % side - at[1], place % side - at[2]);
            labels.values[i] = flat ? (r < 9.0 ? 1 : 0) : r < 5.0 ? 4 : r < 8.0 ? 1 : r < 11.0 ? 2 : 0;
            for (std::size_t c = 0; c < spec.inputs.size(); ++c)
                image.values[c * labels.values.size() + i] =
                    static_cast<float>(60.0 + 45.0 * static_cast<double>(labels.values[i]) + 4.0 * random.normal());
        }
        const auto name = "sample_" + std::to_string(sample);
        if (auto added = writer->addCase(name, name, std::move(image), std::vector<bool>(spec.inputs.size(), true),
                                         std::move(labels));
            !added)
            return added;
    }
    return writer->finish();
}

} // namespace

class OverfitTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void twoSamplesAreLearntByHeart_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("steps");
        QTest::addColumn<double>("rate");
        const auto row = [](const char* plan, int side, int steps, double rate) {
            QTest::newRow(plan) << plan << side << steps << rate;
        };
        row("lung-encoder-decoder", 32, 240, 0.003);
        row("lung-unet2d", 32, 60, 0.003);
        row("liver-unet2d", 32, 60, 0.003);
        row("lung-ct", 32, 60, 0.003);
        row("liver-ct", 32, 60, 0.003);
        row("liver-ct-no-norm", 32, 300, 0.001);
        // Its last layer begins at -2 and its gradients are clipped: at 0.003 it is still on its way after 150 steps.
        row("brain-tumour", 24, 240, 0.008);
        row("brain-tumour-no-norm", 24, 240, 0.002);
        row("brain-unet3d", 16, 300, 0.0005);
    }

    void twoSamplesAreLearntByHeart() {
        QFETCH(QString, name);
        QFETCH(int, side);
        QFETCH(int, steps);
        QFETCH(double, rate);
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        auto plan =
            nlohmann::json::parse(phantom::readText(SULCUS_SOURCE_DIR "/models/plans/" + name.toStdString() + ".json"));
        const bool flat = plan["task"] == "segmentation-2d";
        auto& training = plan["training"];
        const auto patch = flat ? nlohmann::json{side, side} : nlohmann::json{side, side, side};
        plan["patch"] = training["batch"]["patch"] = patch;
        plan["spacing_mm"] = flat ? nlohmann::json::array() : nlohmann::json{1.0, 1.0, 1.0};
        if (!flat)
            plan["normalisation"] = {{"method", "minmax"}};
        training["steps"] = steps;
        training["steps_per_epoch"] = steps / 3;
        training["batch"]["size"] = 2;
        training["piece_every"] = 0;
        training["repeats"] = nlohmann::json::object();
        // By heart: nothing that makes it harder, and the weights themselves rather than their slow average.
        for (const char* const chance : {"flip", "rotate", "scale", "contrast", "gamma", "noise", "blur",
                                         "low_resolution", "drop_one", "drop_two"})
            training["augmentation"][chance] = 0.0;
        for (const char* const more : {"window", "transplant", "curve", "bias", "shift", "mix", "mirror_half"})
            training["augmentation"].erase(more);
        training["optimiser"]["average_decay"] = 0.0;
        training["optimiser"]["learning_rate"] = rate;
        training["schedule"] = {{"name", "polynomial"}, {"power", 0.9}};
        training["validation"] = {{"patients", nlohmann::json::array()}, {"folds", 2}, {"fold", -1}};
        phantom::writeText(root / "plan.json", plan.dump());
        const auto read = readPlan(root / "plan.json");
        QVERIFY2(read.has_value(), read ? "" : qPrintable(phantom::text(read.error())));
        const auto written = writeSamples(root / "cache", read->spec, side);
        QVERIFY2(written.has_value(), written ? "" : qPrintable(phantom::text(written.error())));
        setComputeThreads(0);
        auto options = runs::optionsIn(root, "run");
        options.bundle.clear();
        options.pictureEvery = 0;
        const auto trained = train(options, {}, TaskContext());
        QVERIFY2(trained.has_value(), trained ? "" : qPrintable(phantom::text(trained.error())));
        for (const auto& point : trained->points) {
            QString line;
            for (const double dice : point.validationDice)
                line += QStringLiteral(" %1").arg(dice, 0, 'f', 3);
            qInfo("epoch %d, step %lld: loss %.4f, Dice%s", point.epoch, static_cast<long long>(point.step),
                  point.trainLoss, qPrintable(line));
        }
        qInfo("%s: mean Dice %.4f, %lld parameters", qPrintable(name), trained->bestDice,
              static_cast<long long>(trained->parameters));
        QVERIFY2(trained->bestDice > 0.98, qPrintable(QString::number(trained->bestDice)));
    }
};

int main(int argc, char** argv) {
    // All rows are one function to Qt Test, which would end it after five minutes.
    qputenv("QTEST_FUNCTION_TIMEOUT", "1800000");
    QCoreApplication application(argc, argv);
    OverfitTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_overfit.moc"
