// SPDX-License-Identifier: Apache-2.0
// A classification from training to its bundle: made-up patients of three views, of which some have a dark spot.
#include "core/learning/classifier.h"
#include "core/learning/view_images.h"
#include "tests/core/learning/runs.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

using namespace sulcus;
using namespace sulcus::learning;
using sulcus::learning::phantom::curve;

namespace {

constexpr int kSide = 16;
constexpr std::size_t kViews = 3;

struct Patient {
    std::vector<Field> views;
    int row = -1; ///< of the spot, pixels; -1 = none
    int column = 0;
};

/// Grey noise of 24 x 24 pixels; a patient with a spot has it in the same row of every view.
Patient makePatient(std::uint64_t seed, bool spot) {
    Random random(seed);
    Patient patient;
    patient.row = spot ? 5 + static_cast<int>(random.below(14)) : -1;
    for (std::size_t v = 0; v < kViews; ++v) {
        Field view{1, 1, 24, 24, {1.0, 1.0, 1.0}, {}};
        for (int n = 0; n < 24 * 24; ++n) {
            view.values.push_back(static_cast<float>(180.0 + 12.0 * random.normal()));
        }
        const int column = 5 + static_cast<int>(random.below(14));
        if (v == 0) {
            patient.column = column;
        }
        for (int y = -2; y <= 2 && spot; ++y) {
            for (int x = -2; x <= 2; ++x) {
                view.values[static_cast<std::size_t>((patient.row + y) * 24 + column + x)] -= 110.0F;
            }
        }
        patient.views.push_back(std::move(view));
    }
    return patient;
}

nlohmann::json plan(int steps, int stepsPerEpoch) {
    return runs::withSteps(nlohmann::json::parse(R"({
      "schema_version": 1, "name": "spots", "version": "1.0.0", "intended_use": "tests", "training_data": "made up",
      "licence": "Apache-2.0", "task": "classification", "architecture": "view-pool",
      "architecture_options": {"channels": [4, 8], "convolutions": 1, "norm": "batch", "hidden": 8, "dropout": 0.1},
      "inputs": ["view1", "view2", "view3"], "spacing_mm": [], "patch": [16, 16], "overlap": 0.0,
      "missing_input": "refuse", "normalisation": {"method": "zscore", "low_percentile": 0, "high_percentile": 100},
      "nested": true, "outputs": [{"name": "Aneurysm"}, {"name": "Upper"}], "labels": [],
      "training": {"batch": {"size": 8, "patch": [16, 16], "foreground_share": 0.0},
        "losses": [{"name": "bce", "channel_weights": [2, 1]}],
        "optimiser": {"name": "adamw", "learning_rate": 0.02, "weight_decay": 0.0001, "gradient_clip": 5.0, "average_decay": 0.8},
        "schedule": {"name": "polynomial", "warm_up_steps": 2}, "seed": 3,
        "augmentation": {"flip": 0.5, "flip_axes": [2], "rotate": 0.0, "scale": 0.0, "contrast": 0.2, "gamma": 0.0,
                         "noise": 0.2, "blur": 0.0, "low_resolution": 0.0, "drop_one": 0.1, "drop_two": 0.0},
        "validation": {"folds": 4, "fold": 0}}})"),
                           steps, stepsPerEpoch);
}

} // namespace

class ClassifierTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    NetworkSpec m_spec;

    TrainingOptions options(const std::string& run) const { return runs::optionsIn(m_root, run); }

private Q_SLOTS:
    void initTestCase() {
        setComputeThreads(1);
        m_root = m_folder.path().toStdString();
        phantom::writeText(m_root / "plan.json", plan(90, 30).dump());
        const auto read = readPlan(m_root / "plan.json");
        QVERIFY2(read.has_value(), read ? "" : qPrintable(phantom::text(read.error())));
        m_spec = read->spec;
        auto cache = CacheWriter::create(m_root / "cache", m_spec);
        QVERIFY(cache.has_value());
        for (int n = 0; n < 64; ++n) {
            const auto patient = makePatient(static_cast<std::uint64_t>(n), n % 2 == 0);
            auto prepared = prepareViews("p", patient.views, m_spec);
            QVERIFY(prepared.has_value());
            const auto spot = static_cast<unsigned char>(patient.row >= 0 ? 1 : 0);
            const auto upper = static_cast<unsigned char>(patient.row >= 0 && patient.row < 12 ? 1 : 0);
            // Two samples of each patient: the split must keep them together.
            QVERIFY(cache
                        ->addViews("p" + std::to_string(n), "patient" + std::to_string(n / 2), std::move(*prepared),
                                   {spot, upper})
                        .has_value());
        }
        QVERIFY(cache->finish().has_value());
    }

    void theCacheKeepsWhatIsTrue() {
        const auto cache = readCache(m_root / "cache", m_spec);
        QVERIFY2(cache.has_value(), cache ? "" : qPrintable(phantom::text(cache.error())));
        QCOMPARE(cache->samples.size(), std::size_t{64});
        QCOMPARE(cache->samples[0].classes.size(), std::size_t{2});
        QCOMPARE(cache->samples[0].classes[0], static_cast<unsigned char>(1));
        QCOMPARE(cache->samples[1].classes, (std::vector<unsigned char>{0, 0}));
        QCOMPARE(cache->samples[0].image.channels, 3);
        auto other = m_spec;
        other.outputs[1].name = "Lower";
        QCOMPARE(readCache(m_root / "cache", other).error().message.id, std::string("learning.cache_outputs"));
        other = m_spec;
        other.patch = {32, 32};
        QCOMPARE(readCache(m_root / "cache", other).error().message.id, std::string("learning.cache_patch"));
    }

    void trainingFindsTheSpots() {
        std::vector<TrainingPoint> seen;
        const auto summary = train(
            options("full"), [&](const TrainingPoint& point) { seen.push_back(point); }, TaskContext());
        QVERIFY2(summary.has_value(), summary ? "" : qPrintable(phantom::text(summary.error())));
        QCOMPARE(summary->score, std::string("auc"));
        QCOMPARE(seen.size(), std::size_t{3});
        QVERIFY(seen.back().trainLoss < seen.front().trainLoss);
        QCOMPARE(seen.back().score, std::string("auc"));
        QCOMPARE(seen.back().validationClasses.size(), std::size_t{2});
        QVERIFY2(seen.back().validationDice.front() > 0.95,
                 qPrintable(QString::number(seen.back().validationDice.front())));
        const auto head = curve(m_root / "full").front();
        for (const char* column : {"train_auc_Aneurysm", "validation_auc_Upper", "validation_accuracy_Aneurysm",
                                   "validation_sensitivity_Upper", "validation_specificity_Aneurysm", "train_mse"}) {
            QVERIFY2(head.find(column) != std::string::npos, column);
        }
    }

    void whileNoAreaIsKnownTheLastEpochCounts() {
        auto asked = options("one-sided");
        asked.plan = m_root / "one-sided.json";
        asked.cache = m_root / "one-sided-cache";
        auto held = plan(6, 2);
        held["training"]["validation"] = {{"patients", {"held"}}};
        phantom::writeText(asked.plan, held.dump());
        auto cache = CacheWriter::create(asked.cache, m_spec);
        QVERIFY(cache.has_value());
        for (int n = 0; n < 12; ++n) {
            const bool spot = n % 2 == 0 && n > 2; // the three held out have none
            auto prepared = prepareViews("p", makePatient(static_cast<std::uint64_t>(n), spot).views, m_spec);
            const auto truth = static_cast<unsigned char>(spot ? 1 : 0);
            const auto name = std::to_string(n);
            QVERIFY(cache->addViews(name, n > 2 ? name : "held", std::move(*prepared), {truth, truth}).has_value());
        }
        QVERIFY(cache->finish().has_value());
        const auto summary = train(asked, {}, TaskContext());
        QVERIFY2(summary.has_value(), summary ? "" : qPrintable(phantom::text(summary.error())));
        QCOMPARE(summary->points.size(), std::size_t{3});
        QVERIFY(std::isnan(summary->points.back().validationDice.front()));
        QCOMPARE(summary->bestEpoch, 3);
    }

    void theSplitKeepsAPatientsSamplesTogether() {
        const auto split = nlohmann::json::parse(phantom::readText(m_root / "full" / "split.json"));
        std::set<int> held;
        for (const auto& name : split["validation"]) {
            held.insert(std::stoi(name.get<std::string>().substr(1)) / 2);
        }
        QCOMPARE(held.size() * 2, split["validation"].size());
        for (const auto& name : split["train_whole"]) {
            QVERIFY(held.count(std::stoi(name.get<std::string>().substr(1)) / 2) == 0);
        }
    }

    void theBundleTellsNewPatientsApart() {
        auto classifier = Classifier::load(m_root / "full" / "bundle", Device::Cpu);
        QVERIFY2(classifier.has_value(), classifier ? "" : qPrintable(phantom::text(classifier.error())));
        int right = 0;
        for (int n = 0; n < 20; ++n) {
            const auto patient = makePatient(1000 + static_cast<std::uint64_t>(n), n % 2 == 0);
            const auto answer = classifier->run("new", patient.views, {}, TaskContext());
            QVERIFY(answer.has_value());
            QCOMPARE(answer->probabilities.size(), std::size_t{2});
            QVERIFY(answer->heatMaps.empty());
            right += (answer->probabilities[0] > 0.5) == (n % 2 == 0) ? 1 : 0;
        }
        QVERIFY2(right >= 18, qPrintable(QString::number(right)));
    }

    void heatMapsLieOnTheViewsAndChangeNothing() {
        auto classifier = Classifier::load(m_root / "full" / "bundle", Device::Cpu);
        ClassificationOptions heat;
        heat.heatMaps = true;
        const auto patient = makePatient(2000, true);
        const auto plain = classifier->run("new", patient.views, {}, TaskContext());
        const auto answer = classifier->run("new", patient.views, heat, TaskContext());
        QVERIFY(answer.has_value());
        QCOMPARE(answer->probabilities, plain->probabilities);
        QCOMPARE(answer->heatMaps.size(), kViews);
        float most = 0.0F;
        for (const auto& map : answer->heatMaps) {
            QCOMPARE(map.width, 24);
            QCOMPARE(map.height, 24);
            const auto [low, high] = std::minmax_element(map.values.begin(), map.values.end());
            QVERIFY(*low >= 0.0F && *high <= 1.0F);
            most = std::max(most, *high);
        }
        QVERIFY(most > 0.5F);
    }

    void aResumedRunEqualsAnUnbrokenOne() { QCOMPARE(runs::differenceOfResumed(plan(12, 4), m_root), QString()); }

    void wrongUseIsRefused() {
        auto classifier = Classifier::load(m_root / "full" / "bundle", Device::Cpu);
        const auto patient = makePatient(1, true);
        const auto few = classifier->run("new", {patient.views[0]}, {}, TaskContext());
        QVERIFY(!few && few.error().message.id == "learning.view_count");
        std::stop_source stop;
        stop.request_stop();
        const auto cancelled = classifier->run("new", patient.views, {}, TaskContext(stop.get_token(), {}));
        QVERIFY(!cancelled && cancelled.error().code == ErrorCode::Cancelled);
        // A classification bundle draws no masks.
        auto segmenter = Segmenter::load(m_root / "full" / "bundle", Device::Cpu);
        QVERIFY(segmenter.has_value());
        Field field{3, 1, 16, 16, {1.0, 1.0, 1.0}, std::vector<float>(3 * 256, 1.0F)};
        QCOMPARE(segmenter->run(field, {}, {}, TaskContext()).error().message.id,
                 std::string("learning.not_a_segmentation"));
        // A plan that would cut views is refused by its field.
        auto bad = plan(1, 1);
        bad["training"]["batch"]["patch"] = {8, 8};
        const auto parsed = parsePlan(bad, "bad.json");
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().message.parameters.at("field"), std::string("training.batch.patch"));
    }
};

QTEST_GUILESS_MAIN(ClassifierTest)
#include "tst_classifier.moc"
