// SPDX-License-Identifier: Apache-2.0
// How much memory one training step on a piece of 96^3 voxels takes with the shipped plans of the brain.
#include "core/learning/segmenter.h"
#include "tests/core/learning/runs.h"

#include <QTemporaryDir>
#include <QtTest>
#include <sstream>

using namespace sulcus;
using namespace sulcus::learning;

namespace {

constexpr int kSide = 96;
constexpr double kLimitMb = 3000.0;

/// Linux forgets the peak so far when it is asked to.
bool forgetPeak() {
    std::ofstream stream("/proc/self/clear_refs");
    stream << "5";
    stream.close();
    return static_cast<bool>(stream);
}

double peakMb() {
    std::istringstream status(phantom::readText("/proc/self/status"));
    std::string word;
    while (status >> word)
        if (word == "VmHWM:") {
            double kib = 0.0;
            status >> kib;
            return kib * 1024.0 / 1e6;
        }
    return 0.0;
}

/// A ball of noise with the label values 2, 1 and 4 inside each other.
Result<void> writeBall(const std::filesystem::path& folder, const NetworkSpec& spec) {
    Field image{static_cast<int>(spec.inputs.size()), kSide, kSide, kSide, {1.0, 1.0, 1.0}, {}};
    if (spec.spacingMm.size() == 3)
        image.spacingMm = {spec.spacingMm[0], spec.spacingMm[1], spec.spacingMm[2]};
    LabelField labels{kSide, kSide, kSide, image.spacingMm, {}};
    labels.values.resize(image.voxelsPerChannel());
    image.values.resize(image.voxelsPerChannel() * static_cast<std::size_t>(image.channels));
    Random random(1);
    for (std::size_t i = 0; i < labels.values.size(); ++i) {
        const int x = static_cast<int>(i % kSide) - kSide / 2;
        const int y = static_cast<int>(i / kSide % kSide) - kSide / 2;
        const int z = static_cast<int>(i / kSide / kSide) - kSide / 2;
        const double r = std::sqrt(x * x + y * y + z * z);
        labels.values[i] = r < 8 ? 4 : r < 14 ? 1 : r < 22 ? 2 : 0;
    }
    // Non-zero everywhere, so that cropping to the brain leaves the whole cube.
    for (float& value : image.values)
        value = static_cast<float>(100.0 + 10.0 * random.normal());
    auto writer = CacheWriter::create(folder, spec);
    if (!writer)
        return fail(writer.error());
    if (auto added = writer->addCase("ball", "ball", std::move(image), {}, std::move(labels)); !added)
        return added;
    return writer->finish();
}

} // namespace

class StepMemoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stepOf96CubedStaysUnderThreeGigabytes_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("brain-tumour") << "brain-tumour";
        QTest::newRow("brain-unet3d") << "brain-unet3d";
    }

    void stepOf96CubedStaysUnderThreeGigabytes() {
        QFETCH(QString, name);
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        auto plan =
            nlohmann::json::parse(phantom::readText(SULCUS_SOURCE_DIR "/models/plans/" + name.toStdString() + ".json"));
        auto& training = plan["training"];
        training["batch"]["size"] = 1;
        training["batch"]["patch"] = {kSide, kSide, kSide};
        training["piece_every"] = 0;
        training["validation"] = {{"patients", nlohmann::json::array()}, {"folds", 2}, {"fold", -1}};
        phantom::writeText(root / "plan.json", plan.dump());
        const auto read = readPlan(root / "plan.json");
        QVERIFY2(read.has_value(), read ? "" : qPrintable(phantom::text(read.error())));
        const auto written = writeBall(root / "cache", read->spec);
        QVERIFY2(written.has_value(), written ? "" : qPrintable(phantom::text(written.error())));

        if (!forgetPeak())
            qInfo("the peak before this step cannot be forgotten: the figure is that of the whole process");
        setComputeThreads(0);
        auto options = runs::optionsIn(root, "run");
        options.bundle.clear();
        options.control = std::make_shared<TrainingControl>();
        double seconds = 0.0;
        double peak = 0.0;
        // Two steps: the optimiser's own state is made in the first.
        options.stepSeen = [&](const TrainingStep& step) {
            if (step.step == 2) {
                seconds = step.secondsPerStep;
                peak = peakMb();
                options.control->stop();
            }
        };
        const auto trained = train(options, {}, TaskContext());
        QVERIFY2(trained.has_value(), trained ? "" : qPrintable(phantom::text(trained.error())));
        qInfo("%s: peak %.0f MB, %.1f s a step, %lld parameters", qPrintable(name), peak, seconds,
              static_cast<long long>(trained->parameters));
        QVERIFY2(peak > 100.0 && peak < kLimitMb, qPrintable(QString::number(peak)));
    }
};

QTEST_GUILESS_MAIN(StepMemoryTest)
#include "tst_step_memory.moc"
