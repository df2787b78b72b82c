// SPDX-License-Identifier: Apache-2.0
#include "core/learning/bundle_file.h"
#include "core/learning/combine.h"
#include "core/learning/interruption.h"
#include "core/learning/overlap_metrics.h"
#include "core/learning/segmenter.h"
#include "core/learning/sha256.h"
#include "core/learning/train_folds.h"
#include "tests/core/learning/runs.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <sstream>

using namespace sulcus;
using namespace sulcus::learning;
using sulcus::learning::phantom::curve;

namespace {

constexpr int kSize = 20;

} // namespace

/// Trains on two phantoms once; the tests below look at what came of it.
class TrainerTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path m_root;

    TrainingOptions options(const std::string& run) const { return runs::optionsIn(m_root, run); }

    /// A folder with the weights of the trained bundle, for a bundle.json of the test's own.
    std::filesystem::path weightsAlone(const char* name) const {
        const auto folder = m_root / name;
        std::filesystem::create_directories(folder);
        std::filesystem::copy_file(m_root / "full" / "bundle" / "weights.safetensors", folder / "weights.safetensors",
                                   std::filesystem::copy_options::overwrite_existing);
        return folder;
    }

private Q_SLOTS:
    void initTestCase();
    void twoSamplesAreLearntByHeart();
    void trainedBundleSegmentsRawImages();
    void missingInputWarnsAndStillGivesAMask();
    void whatShowsWhatNoOtherDoesIsMissedByName();
    void probabilitiesAgreeWithLabels();
    void flipAveragingKeepsTheMask();
    void flipAveragingMirrorsTheAxesThatTheBundleNames();
    void wrongInputIsRefused();
    void cancelledSegmentationSaysSo();
    void resumedRunEqualsUnbrokenRun();
    void resumedRunWithoutAverageOrMomentumEqualsUnbrokenRun();
    void runBrokenAnywhereEqualsUnbrokenRun_data();
    void runBrokenAnywhereEqualsUnbrokenRun();
    void cancelWhileTheCacheIsReadLeavesACheckpoint();
    void cancelledResumeKeepsItsCheckpoint();
    void cancelledValidationIsMadeUpForOnResume();
    void anotherSplitIsRefusedOnResume();
    void anotherRecipeIsRefusedOnResume();
    void aCheckpointOfNegativeStepsIsRefused();
    void aSecondTrainingInOneFolderIsRefused();
    void anEpochWhoseLineCouldNotBeWrittenIsDoneAgain();
    void aBundleThatWasSpoiltIsMadeAnewOnResume();
    void moreFoldsThanPatientsAreRefused();
    void pausedRunEqualsUnbrokenRunAndLeavesACheckpoint();
    void cancelEndsAPause();
    void stopKeepsTheBestWeights();
    void stopInTheFirstEpochStillWritesABundle();
    void picturesShowInputTruthAndPrediction();
    void foldsTrainOneAfterAnotherAndKeepTheBest();
    void unknownFoldIsRefused();
    void piecesSideBySideAreLearntFrom();
    void bfloat16OnTheProcessorLearnsAsWell();
    void tilesMustMultiplyToTheBatch();
    void patchesThatTheNetworkCannotHalveAreRefusedByName_data();
    void patchesThatTheNetworkCannotHalveAreRefusedByName();
    void meanOfBundlesIsABundle();
    void joinedBundlesAnswerTogether();
    void bundlesThatDoNotFitAreNotJoined();
    void combinedBundlesSayWhatAllOfThemSay();
    void optionsLeftOutCountAsTheirDefaults();
    void weightsThatAreNoNumbersAreRefused();
    void filesNestedWithoutEndAreRefused();
    void startingFromAnotherEnsembleNamesTheField();
    void startingFromABundleKeepsItsSkill();
    void everyTamperedFieldIsRefusedByName();
    void changedOrRemovedFieldsBreakTheSeal();
    void sealingAcceptsAChangeMadeOnPurpose();
    void earlierRunsAndBundlesAreNotWrittenOver();
    void startingFromAnotherNetworkNamesTheField();
    void tamperedWeightsAreRefused();
    void missingFilesAreNamed();
    void foldsHoldOutWholePatients();
    void heldOutPatientsOfOtherDataGiveWayToAFold();
    void brokenBundlesAreListedApart();
};

void TrainerTest::initTestCase() {
    // Networks this small gain nothing from a second thread, and two runs must agree bit by bit.
    setComputeThreads(1);
    QVERIFY(m_folder.isValid());
    m_root = m_folder.path().toStdString();
    phantom::writeText(m_root / "plan.json", phantom::plan(64, 32).dump());
    const auto plan = readPlan(m_root / "plan.json");
    QVERIFY2(plan.has_value(), plan ? "" : qPrintable(phantom::text(plan.error())));
    const auto written = phantom::writeCache(m_root / "cache", plan->spec, 2, kSize);
    QVERIFY2(written.has_value(), written ? "" : qPrintable(phantom::text(written.error())));
}

void TrainerTest::twoSamplesAreLearntByHeart() {
    const auto summary = train(options("full"), {}, TaskContext());
    QVERIFY2(summary.has_value(), summary ? "" : qPrintable(phantom::text(summary.error())));
    QCOMPARE(summary->points.size(), 2U);
    QVERIFY(summary->points[1].trainLoss < summary->points[0].trainLoss);
    QVERIFY2(summary->bestDice > 0.98, qPrintable(QString::number(summary->bestDice)));
    QVERIFY(std::filesystem::exists(m_root / "full" / "split.json"));
    QVERIFY(std::filesystem::exists(m_root / "full" / "plan.json"));
    QCOMPARE(curve(m_root / "full").size(), 3U);
}

void TrainerTest::trainedBundleSegmentsRawImages() {
    auto segmenter = Segmenter::load(m_root / "full" / "bundle", Device::Cpu);
    QVERIFY2(segmenter.has_value(), segmenter ? "" : qPrintable(phantom::text(segmenter.error())));
    QCOMPARE(segmenter->bundle().name, std::string("phantom"));
    const auto made = phantom::make(kSize, 1);
    const auto result = segmenter->run(made.image, {true, true}, {}, TaskContext());
    QVERIFY2(result.has_value(), result ? "" : qPrintable(phantom::text(result.error())));
    QCOMPARE(result->labels.width, kSize);
    QCOMPARE(result->device, std::string("cpu"));
    QVERIFY(result->peakMb > 1.0);
    QVERIFY(dice(confusion(result->labels.values, made.labels.values, {1, 2})) > 0.97);
    QVERIFY(dice(confusion(result->labels.values, made.labels.values, {1})) > 0.95);
}

void TrainerTest::missingInputWarnsAndStillGivesAMask() {
    auto segmenter = Segmenter::load(m_root / "full" / "bundle", Device::Cpu);
    auto made = phantom::make(kSize, 1);
    const auto result = segmenter->run(made.image, {true, false}, {}, TaskContext());
    QVERIFY(result.has_value());
    QVERIFY(std::any_of(result->warnings.begin(), result->warnings.end(), [](const Message& m) {
        return m.id == "learning.warn_input_missing" && m.parameters.at("input") == "second";
    }));
    // What stands in a channel that is said to be missing must not matter.
    std::fill(made.image.values.begin() + kSize * kSize * kSize, made.image.values.end(), 7.0F);
    const auto again = segmenter->run(made.image, {true, false}, {}, TaskContext());
    QCOMPARE(again->labels.values, result->labels.values);
}

void TrainerTest::whatShowsWhatNoOtherDoesIsMissedByName() {
    const auto folder = weightsAlone("sequences");
    auto document = nlohmann::ordered_json::parse(phantom::readText(m_root / "full" / "bundle" / "bundle.json"));
    document["inputs"] = {"flair", "t1ce"};
    phantom::writeText(folder / "bundle.json", document.dump());
    QVERIFY(sealBundle(folder).has_value());
    auto segmenter = Segmenter::load(folder, Device::Cpu);
    QVERIFY2(segmenter.has_value(), segmenter ? "" : qPrintable(phantom::text(segmenter.error())));
    const auto made = phantom::make(kSize, 1);
    for (const auto& [present, id] : {std::pair(std::vector<bool>{false, true}, "learning.warn_flair_missing"),
                                      std::pair(std::vector<bool>{true, false}, "learning.warn_t1ce_missing")}) {
        const auto result = segmenter->run(made.image, present, {}, TaskContext());
        QVERIFY(result.has_value());
        QVERIFY(std::any_of(result->warnings.begin(), result->warnings.end(),
                            [&id = id](const Message& m) { return m.id == id; }));
    }
}

void TrainerTest::probabilitiesAgreeWithLabels() {
    auto segmenter = Segmenter::load(m_root / "full" / "bundle", Device::Cpu);
    const auto made = phantom::make(kSize, 2);
    SegmentationOptions keep;
    keep.keepProbabilities = true;
    const auto result = segmenter->run(made.image, {}, keep, TaskContext());
    QVERIFY(result.has_value() && result->probabilities.has_value());
    QCOMPARE(result->probabilities->channels, 2);
    for (std::size_t i = 0; i < result->labels.values.size(); ++i) {
        const float whole = result->probabilities->values[i];
        QVERIFY(whole >= 0.0F && whole <= 1.0F);
        QCOMPARE(whole > 0.5F, result->labels.values[i] != 0);
    }
}

void TrainerTest::flipAveragingKeepsTheMask() {
    auto segmenter = Segmenter::load(m_root / "full" / "bundle", Device::Cpu);
    const auto made = phantom::make(kSize, 1);
    SegmentationOptions flips;
    flips.flipAveraging = true;
    const auto result = segmenter->run(made.image, {}, flips, TaskContext());
    QVERIFY(result.has_value());
    QVERIFY(dice(confusion(result->labels.values, made.labels.values, {1, 2})) > 0.95);
}

void TrainerTest::flipAveragingMirrorsTheAxesThatTheBundleNames() {
    const auto made = phantom::make(kSize, 3);
    const auto folder = weightsAlone("mirrored");
    const auto document = nlohmann::json::parse(phantom::readText(m_root / "full" / "bundle" / "bundle.json"));
    const auto probabilities = [&](const nlohmann::json& axes, bool always, bool asked) {
        auto changed = document;
        changed["mirror_axes"] = axes;
        changed["mirror_always"] = always;
        phantom::writeText(folder / "bundle.json", changed.dump());
        if (!sealBundle(folder)) {
            return std::vector<float>();
        }
        auto segmenter = Segmenter::load(folder, Device::Cpu);
        SegmentationOptions options;
        options.keepProbabilities = true;
        options.flipAveraging = asked;
        return segmenter ? segmenter->run(made.image, {}, options, TaskContext())->probabilities->values
                         : std::vector<float>();
    };
    const auto plain = probabilities(nlohmann::json::array({2}), false, false);
    const auto leftRight = probabilities(nlohmann::json::array({2}), false, true);
    QVERIFY(!plain.empty());
    QCOMPARE(probabilities(nlohmann::json::array(), false, true), plain);
    QVERIFY(leftRight != plain);
    QCOMPARE(probabilities(nlohmann::json::array({2}), true, false), leftRight);
    QVERIFY(probabilities(nlohmann::json::array({1}), false, true) != leftRight);
    for (const auto& axes : {nlohmann::json::array({3}), nlohmann::json::array({2, 2})}) {
        QVERIFY(probabilities(axes, false, true).empty());
        const auto refused = readBundle(folder);
        QVERIFY(!refused);
        QVERIFY(refused.error().message.parameters.at("field").rfind("mirror_axes", 0) == 0);
    }
}

void TrainerTest::wrongInputIsRefused() {
    auto segmenter = Segmenter::load(m_root / "full" / "bundle", Device::Cpu);
    auto made = phantom::make(kSize, 1);
    Field three = made.image;
    three.channels = 3;
    QVERIFY(segmenter->run(three, {}, {}, TaskContext()).error().code == ErrorCode::ShapeMismatch);
    std::fill(made.image.values.begin(), made.image.values.end(), 0.0F);
    const auto empty = segmenter->run(made.image, {}, {}, TaskContext());
    QVERIFY(!empty);
    QCOMPARE(empty.error().message.id, std::string("learning.image_empty"));
}

void TrainerTest::cancelledSegmentationSaysSo() {
    auto segmenter = Segmenter::load(m_root / "full" / "bundle", Device::Cpu);
    std::stop_source stop;
    const TaskContext task(stop.get_token(), [&](double fraction, std::string_view) {
        if (fraction > 0.0) {
            stop.request_stop();
        }
    });
    const auto result = segmenter->run(phantom::make(40, 1).image, {}, {}, task);
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::Cancelled);
}

void TrainerTest::resumedRunEqualsUnbrokenRun() {
    QCOMPARE(runs::differenceOfResumed(phantom::plan(12, 4), m_root), QString());
}

void TrainerTest::resumedRunWithoutAverageOrMomentumEqualsUnbrokenRun() {
    auto document = phantom::plan(12, 4);
    document["training"]["optimiser"] = {
        {"name", "sgd"}, {"learning_rate", 0.05}, {"momentum", 0.0}, {"average_decay", 0.0}};
    // A root of its own: the runs in m_root are what other tests compare with.
    const auto root = m_root / "plain";
    std::filesystem::create_directories(root);
    std::filesystem::copy(m_root / "cache", root / "cache", std::filesystem::copy_options::recursive);
    QCOMPARE(runs::differenceOfResumed(document, root), QString());
}

void TrainerTest::runBrokenAnywhereEqualsUnbrokenRun_data() {
    QTest::addColumn<QString>("norm");
    QTest::newRow("batch normalisation keeps statistics") << "batch";
    QTest::newRow("dropout draws random numbers") << "none";
}

/// The run is cancelled, stopped and paused in turn, wherever it happens to be: while the network is made, the cache
/// read, in forward and backward passes, in validations.
void TrainerTest::runBrokenAnywhereEqualsUnbrokenRun() {
    QFETCH(QString, norm);
    const auto name = "anywhere-" + norm.toStdString();
    auto document = phantom::plan(8, 4);
    auto& network = document["architecture_options"];
    network["norm"] = norm.toStdString();
    network["dropout"] = {0.2, 0.3};
    phantom::writeText(m_root / (name + ".json"), document.dump());
    auto whole = options(name + "-whole");
    whole.plan = m_root / (name + ".json");
    int polls = 0;
    {
        const InterruptionScope counter([&polls] { return ++polls == 0; });
        QVERIFY(train(whole, {}, TaskContext()).has_value());
    }
    QVERIFY(polls > 8 * 60);

    auto broken = options(name + "-broken");
    broken.plan = whole.plan;
    const auto checkpoint = broken.runFolder / "last.checkpoint";
    int interruptions = 0;
    int untilNext = 7;
    std::int64_t steps = 0;
    while (true) {
        std::stop_source stop;
        broken.control = std::make_shared<TrainingControl>();
        broken.stepSeen = [&](const TrainingStep& step) {
            if (step.paused) {
                broken.control->resume();
            } else {
                ++steps;
            }
        };
        const InterruptionScope asked([&] {
            if (--untilNext == 0) {
                // Ever longer, or no step would ever come to its end.
                untilNext = 7 + 17 * ++interruptions;
                if (interruptions % 3 == 0) {
                    broken.control->pause();
                } else if (interruptions % 3 == 1) {
                    stop.request_stop();
                } else {
                    broken.control->stop();
                }
            }
            return false;
        });
        const auto result = train(broken, {}, TaskContext(stop.get_token(), {}));
        QVERIFY2(result.has_value() || result.error().code == ErrorCode::Cancelled,
                 result ? "" : qPrintable(phantom::text(result.error())));
        if (result && !result->stopped) {
            break;
        }
        broken.resume = std::filesystem::exists(checkpoint);
        QVERIFY(broken.resume || steps == 0);
    }
    QCOMPARE(steps, 8); // no step twice and none left out
    QVERIFY2(interruptions > 8, qPrintable(QString::number(interruptions)));
    QCOMPARE(runs::difference(broken, whole), QString());
}

void TrainerTest::cancelWhileTheCacheIsReadLeavesACheckpoint() {
    auto o = options("cancelled-cache");
    o.plan = m_root / "short.json";
    const auto checkpoint = o.runFolder / "last.checkpoint";
    // While the network is made there is nothing to keep; from then on there is.
    int earlier = 0;
    for (int after = 1; !std::filesystem::exists(checkpoint); ++after) {
        int polls = 0;
        std::stop_source stop;
        const InterruptionScope asked([&] {
            if (++polls == after) {
                stop.request_stop();
            }
            return false;
        });
        QVERIFY(train(o, {}, TaskContext(stop.get_token(), {})).error().code == ErrorCode::Cancelled);
        earlier = after;
    }
    QVERIFY(earlier > 5);
    QVERIFY(!std::filesystem::exists(o.runFolder / "metrics.csv"));
    o.resume = true;
    QVERIFY(train(o, {}, TaskContext()).has_value());
    QCOMPARE(curve(o.runFolder), curve(m_root / "whole"));
}

void TrainerTest::cancelledResumeKeepsItsCheckpoint() {
    auto o = options("cancelled-resume");
    std::filesystem::create_directories(o.runFolder);
    std::filesystem::copy_file(m_root / "full" / "last.checkpoint", o.runFolder / "last.checkpoint");
    o.resume = true;
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(train(o, {}, TaskContext(stop.get_token(), {})).error().code == ErrorCode::Cancelled);
    QCOMPARE(sha256OfFile(o.runFolder / "last.checkpoint").value(),
             sha256OfFile(m_root / "full" / "last.checkpoint").value());
}

void TrainerTest::cancelledValidationIsMadeUpForOnResume() {
    auto o = options("validating");
    o.plan = m_root / "short.json";
    std::stop_source stop;
    int validations = 0;
    const TaskContext task(stop.get_token(), [&](double, std::string_view stage) {
        if (stage == "stage.validating" && ++validations == 2) {
            stop.request_stop();
        }
    });
    QVERIFY(train(o, {}, task).error().code == ErrorCode::Cancelled);
    QCOMPARE(curve(o.runFolder).size(), 2U);
    o.resume = true;
    QVERIFY(train(o, {}, TaskContext()).has_value());
    QCOMPARE(curve(o.runFolder), curve(m_root / "whole"));
}

void TrainerTest::anotherSplitIsRefusedOnResume() {
    auto o = options("other-split");
    o.plan = m_root / "short.json";
    o.steps = 2;
    o.fold = 0;
    QVERIFY(train(o, {}, TaskContext()).has_value());
    const auto before = sha256OfFile(o.runFolder / "last.checkpoint").value();
    o.resume = true;
    o.steps = 4;
    for (const int other : {1, -1}) {
        o.fold = other;
        const auto refused = train(o, {}, TaskContext());
        QVERIFY(!refused);
        QCOMPARE(refused.error().message.id, std::string("learning.checkpoint_other_split"));
        QCOMPARE(sha256OfFile(o.runFolder / "last.checkpoint").value(), before);
        QCOMPARE(curve(o.runFolder).size(), 2U);
    }
    o.fold = 0;
    QVERIFY(train(o, {}, TaskContext()).has_value());
    QVERIFY(curve(o.runFolder).size() > 2U);
}

void TrainerTest::anotherRecipeIsRefusedOnResume() {
    auto o = options("other-recipe");
    auto plan = nlohmann::json::parse(phantom::readText(m_root / "short.json"));
    o.plan = m_root / "recipe.json";
    phantom::writeText(o.plan, plan.dump());
    o.steps = 4;
    QVERIFY(train(o, {}, TaskContext()).has_value());
    o.resume = true;
    o.steps = 8;
    const auto refusedFor = [&](const nlohmann::json& changed) {
        phantom::writeText(o.plan, changed.dump());
        const auto again = train(o, {}, TaskContext());
        return again ? std::string() : again.error().message.id;
    };
    auto other = plan;
    other["training"]["losses"] = {{{"name", "bce"}}};
    QCOMPARE(refusedFor(other), std::string("learning.checkpoint_other_plan"));
    o.seed = 4711;
    QCOMPARE(refusedFor(plan), std::string("learning.checkpoint_other_plan"));
    o.seed.reset();
    // Texts, the number of steps and the learning rate may change.
    other = plan;
    other["intended_use"] = "Another sentence.";
    other["training"]["optimiser"]["learning_rate"] = 0.001;
    QCOMPARE(refusedFor(other), std::string());
}

void TrainerTest::aCheckpointOfNegativeStepsIsRefused() {
    auto o = options("negative");
    o.plan = m_root / "short.json";
    o.steps = 4;
    QVERIFY(train(o, {}, TaskContext()).has_value());
    const auto path = o.runFolder / "last.checkpoint";
    auto bytes = phantom::readText(path);
    // The header keeps its length: "step":4 becomes "step":-1 where the space after it is spare.
    const std::string was = "\\\"step\\\":4,";
    const auto at = bytes.find(was);
    QVERIFY(at != std::string::npos);
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        length |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    bytes.replace(at, was.size(), "\\\"step\\\":-100000,");
    length += 7;
    bytes.insert(8 + length, std::string((8 - length % 8) % 8, ' '));
    length += (8 - length % 8) % 8;
    for (std::size_t i = 0; i < 8; ++i) {
        bytes[i] = static_cast<char>(length >> (8 * i));
    }
    phantom::writeText(path, bytes);
    o.resume = true;
    const auto refused = train(o, {}, TaskContext());
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.id, std::string("learning.weights_unreadable"));
}

void TrainerTest::aSecondTrainingInOneFolderIsRefused() {
    auto o = options("shared");
    o.plan = m_root / "short.json";
    std::string second;
    o.stepSeen = [&](const TrainingStep& step) {
        if (step.step == 2) {
            auto other = o;
            other.stepSeen = {};
            other.replace = true;
            const auto tried = train(other, {}, TaskContext());
            second = tried ? "trained" : tried.error().message.id;
        }
    };
    QVERIFY(train(o, {}, TaskContext()).has_value());
    QCOMPARE(second, std::string("learning.run_busy"));
    QCOMPARE(curve(o.runFolder), curve(m_root / "whole"));
}

void TrainerTest::anEpochWhoseLineCouldNotBeWrittenIsDoneAgain() {
    auto o = options("no-line");
    o.plan = m_root / "short.json";
    const auto table = o.runFolder / "metrics.csv";
    // A folder stands where the line of the second epoch should go.
    o.stepSeen = [&](const TrainingStep& step) {
        if (step.step == 6) {
            std::filesystem::rename(table, o.runFolder / "kept.csv");
            std::filesystem::create_directory(table);
        }
    };
    QCOMPARE(train(o, {}, TaskContext()).error().message.id, std::string("learning.file_not_written"));
    std::filesystem::remove(table);
    std::filesystem::rename(o.runFolder / "kept.csv", table);
    o.stepSeen = {};
    o.resume = true;
    QVERIFY(train(o, {}, TaskContext()).has_value());
    QCOMPARE(curve(o.runFolder), curve(m_root / "whole"));
}

void TrainerTest::aBundleThatWasSpoiltIsMadeAnewOnResume() {
    auto o = options("spoilt");
    o.plan = m_root / "short.json";
    QVERIFY(train(o, {}, TaskContext()).has_value());
    const auto whole = phantom::readText(o.bundle / "weights.safetensors");
    // As after a kill between the two files: new weights, the old description.
    phantom::writeText(o.bundle / "weights.safetensors", whole.substr(0, whole.size() - 1) + "x");
    QVERIFY(!Segmenter::load(o.bundle, Device::Cpu));
    o.resume = true;
    QVERIFY(train(o, {}, TaskContext()).has_value());
    QCOMPARE(phantom::readText(o.bundle / "weights.safetensors"), whole);
    QVERIFY(Segmenter::load(o.bundle, Device::Cpu).has_value());
    QVERIFY(!std::filesystem::exists(o.bundle / "weights.safetensors.new"));
}

void TrainerTest::moreFoldsThanPatientsAreRefused() {
    auto o = options("many-folds");
    o.plan = m_root / "short.json";
    const auto refused = trainFolds(o, {0, 1, 2, 3, 4, 5, 6, 7, 8}, {}, TaskContext());
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.id, std::string("learning.folds_too_many"));
    QVERIFY(!std::filesystem::exists(o.runFolder));
}

void TrainerTest::pausedRunEqualsUnbrokenRunAndLeavesACheckpoint() {
    auto o = options("paused");
    o.plan = m_root / "short.json";
    o.control = std::make_shared<TrainingControl>();
    int pauses = 0;
    std::int64_t pausedAt = -1;
    o.stepSeen = [&](const TrainingStep& step) {
        if (step.paused) {
            ++pauses;
            QCOMPARE(step.step, pausedAt); // not one step more than was done when it was asked for
            QVERIFY(std::filesystem::exists(o.runFolder / "last.checkpoint"));
            o.control->resume();
        } else if (step.step == 3 || step.step == 8) {
            QVERIFY(step.secondsLeft.has_value());
            pausedAt = step.step;
            o.control->pause();
        }
    };
    QVERIFY(train(o, {}, TaskContext()).has_value());
    QCOMPARE(pauses, 2);
    QCOMPARE(curve(o.runFolder), curve(m_root / "whole"));
}

void TrainerTest::cancelEndsAPause() {
    auto o = options("cancelled-pause");
    o.plan = m_root / "short.json";
    o.control = std::make_shared<TrainingControl>();
    o.control->pause();
    std::stop_source stop;
    o.stepSeen = [&](const TrainingStep& step) {
        if (step.paused) {
            stop.request_stop();
        }
    };
    QVERIFY(train(o, {}, TaskContext(stop.get_token(), {})).error().code == ErrorCode::Cancelled);
}

void TrainerTest::stopKeepsTheBestWeights() {
    auto o = options("stopped");
    o.plan = m_root / "short.json";
    o.control = std::make_shared<TrainingControl>();
    o.stepSeen = [&](const TrainingStep& step) {
        if (step.step == 6) {
            o.control->stop();
        }
    };
    const auto stopped = train(o, {}, TaskContext());
    QVERIFY(stopped.has_value());
    QVERIFY(stopped->stopped);
    QCOMPARE(stopped->step, 6);
    QCOMPARE(stopped->bestEpoch, 1);
    QVERIFY(Segmenter::load(o.bundle, Device::Cpu).has_value());
    // A stop is no dead end.
    o.control.reset();
    o.stepSeen = {};
    o.resume = true;
    QVERIFY(train(o, {}, TaskContext()).has_value());
    QCOMPARE(curve(o.runFolder), curve(m_root / "whole"));
}

void TrainerTest::stopInTheFirstEpochStillWritesABundle() {
    auto o = options("stopped-early");
    o.plan = m_root / "short.json";
    o.control = std::make_shared<TrainingControl>();
    o.stepSeen = [&](const TrainingStep& step) {
        if (step.step == 2) {
            o.control->stop();
        }
    };
    const auto stopped = train(o, {}, TaskContext());
    QVERIFY(stopped.has_value());
    QVERIFY(stopped->stopped && stopped->points.empty());
    QVERIFY(Segmenter::load(o.bundle, Device::Cpu).has_value());
}

void TrainerTest::picturesShowInputTruthAndPrediction() {
    auto o = options("pictures");
    o.plan = m_root / "short.json";
    o.from = m_root / "full" / "bundle";
    o.learningRate = 1e-6;
    o.pictureEvery = 2;
    std::vector<TrainingPicture> pictures;
    o.pictureSeen = [&](const TrainingPicture& picture) { pictures.push_back(picture); };
    QVERIFY(train(o, {}, TaskContext()).has_value());
    QCOMPARE(pictures.size(), 3U); // epochs 1, 2 and the last
    const auto& picture = pictures.back();
    QCOMPARE(picture.epoch, 3);
    const auto area = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    QCOMPARE(picture.input.size(), area);
    QCOMPARE(picture.labels.size(), 2U);
    std::size_t labelled = 0;
    std::size_t agreed = 0;
    for (std::size_t i = 0; i < area; ++i) {
        labelled += picture.truth[i] != 0 ? 1 : 0;
        agreed += picture.truth[i] != 0 && picture.prediction[i] == picture.truth[i] ? 1 : 0;
    }
    QVERIFY(labelled > 20);
    QVERIFY(10 * agreed > 8 * labelled);
    QVERIFY(std::count(picture.truth.begin(), picture.truth.end(), 1) > 0);
    for (const char* const kind : {"input", "truth", "prediction"}) {
        const auto file = o.runFolder / "samples" / ("epoch_0003_" + std::string(kind) + ".pgm");
        const auto bytes = phantom::readText(file);
        QCOMPARE(bytes.substr(0, 3), std::string("P5\n"));
        QCOMPARE(bytes.size() - bytes.find('\n', bytes.find('\n', 3) + 1) - 1, area);
    }
}

void TrainerTest::foldsTrainOneAfterAnotherAndKeepTheBest() {
    auto o = options("k-fold");
    o.plan = m_root / "short.json";
    const auto folds = foldsOf(o.plan);
    QVERIFY(folds.has_value());
    QCOMPARE(*folds, (std::vector<int>{0, 1}));
    std::vector<int> seen;
    double longest = 0.0;
    double last = 0.0;
    o.stepSeen = [&](const TrainingStep& step) {
        longest = std::max(longest, step.secondsLeft.value_or(0.0));
        last = step.secondsLeft.value_or(0.0);
    };
    const auto summary = trainFolds(
        o, *folds, [&](const TrainingPoint& point) { seen.push_back(point.fold); }, TaskContext());
    QVERIFY2(summary.has_value(), summary ? "" : qPrintable(phantom::text(summary.error())));
    QCOMPARE(seen, (std::vector<int>{0, 0, 0, 1, 1, 1}));
    QCOMPARE(summary->folds.size(), 2U);
    QVERIFY(longest > 0.0);
    QCOMPARE(last, 0.0);
    const auto& best = summary->folds[static_cast<std::size_t>(summary->bestFold)];
    QVERIFY(best.bestDice >= summary->folds[0].bestDice && best.bestDice >= summary->folds[1].bestDice);
    QCOMPARE(best.outputsDice.size(), 2U);
    const auto fold = o.runFolder / ("fold-" + std::to_string(summary->bestFold));
    QCOMPARE(phantom::readText(o.bundle / "bundle.json"), phantom::readText(fold / "bundle" / "bundle.json"));
    QVERIFY(Segmenter::load(o.bundle, Device::Cpu).has_value());
    QVERIFY(phantom::readText(o.runFolder / "folds.csv")
                .rfind("fold,best_epoch,dice,dice_WT,dice_TC,otsu_WT,otsu_TC\n0,", 0) == 0);
    // Resuming what is through trains nothing again and finds the same.
    o.resume = true;
    const auto again = trainFolds(o, *folds, {}, TaskContext());
    QVERIFY(again.has_value());
    QCOMPARE(again->meanDice, summary->meanDice);
    QCOMPARE(again->bestFold, summary->bestFold);
}

void TrainerTest::unknownFoldIsRefused() {
    auto o = options("none");
    o.fold = 7;
    const auto refused = train(o, {}, TaskContext());
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.id, std::string("learning.fold_unknown"));
    QCOMPARE(refused.error().message.parameters.at("last"), std::string("1"));
}

void TrainerTest::piecesSideBySideAreLearntFrom() {
    auto document = phantom::plan(64, 32);
    document["training"]["batch"] = {
        {"size", 4}, {"patch", {16, 8, 16}}, {"foreground_share", 0.8}, {"tiles", {1, 4, 1}}};
    phantom::writeText(m_root / "tiles.json", document.dump());
    auto how = options("tiles");
    how.plan = m_root / "tiles.json";
    const auto summary = train(how, {}, TaskContext());
    QVERIFY2(summary.has_value(), summary ? "" : qPrintable(phantom::text(summary.error())));
    QVERIFY2(summary->bestDice > 0.9, qPrintable(QString::number(summary->bestDice)));
}

void TrainerTest::bfloat16OnTheProcessorLearnsAsWell() {
    // Without such a processor the two runs are the same run.
    const auto dice = [&](bool bfloat16) {
        const std::string name = bfloat16 ? "bfloat16" : "float32";
        auto document = phantom::plan(80, 40);
        document["training"]["optimiser"]["processor_bfloat16"] = bfloat16;
        phantom::writeText(m_root / (name + ".json"), document.dump());
        auto how = options(name);
        how.plan = m_root / (name + ".json");
        const auto summary = train(how, {}, TaskContext());
        return summary ? summary->bestDice : 0.0;
    };
    const double lower = dice(true);
    const double full = dice(false);
    QVERIFY2(lower > 0.9 && std::abs(lower - full) < 0.05, qPrintable(QString("%1 and %2").arg(lower).arg(full)));
}

void TrainerTest::tilesMustMultiplyToTheBatch() {
    auto document = phantom::plan(4, 4);
    document["training"]["batch"]["tiles"] = {1, 2, 2};
    const auto plan = parsePlan(document, "plan.json");
    QVERIFY(!plan.has_value());
    QVERIFY2(phantom::text(plan.error()).contains("tiles"), qPrintable(phantom::text(plan.error())));
}

void TrainerTest::patchesThatTheNetworkCannotHalveAreRefusedByName_data() {
    QTest::addColumn<QString>("plan");
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("needed");
    const auto row = [](const char* name, const char* plan, const char* patch, const char* field, const char* needed) {
        QTest::newRow(name) << plan << patch << field << needed;
    };
    row("five levels, inference", "brain-unet3d", "[72, 80, 80]", "patch", "multiple of 16");
    row("five levels, training", "brain-unet3d", "[128, 72, 128]", "training.batch.patch", "multiple of 16");
    row("pieces side by side", "brain-tumour", "[24, 30, 32]", "training.piece_batch.patch", "multiple of 8");
    row("slices", "liver-unet2d", "[256, 252]", "training.batch.patch", "multiple of 8");
    row("encoder and decoder", "lung-encoder-decoder", "[260, 256]", "patch", "multiple of 8");
    row("five halvings of views", "angio-vgg16", "[240, 224]", "patch", "multiple of 32");
    row("views", "angio-aneurysm-synthetic", "[98, 96]", "patch", "multiple of 4");
    row("nothing to normalise over", "brain-tumour", "[8, 8, 8]", "training.batch.patch", "16 or more");
}

void TrainerTest::patchesThatTheNetworkCannotHalveAreRefusedByName() {
    QFETCH(QString, plan);
    QFETCH(QString, patch);
    QFETCH(QString, field);
    QFETCH(QString, needed);
    auto document =
        nlohmann::json::parse(phantom::readText(SULCUS_SOURCE_DIR "/models/plans/" + plan.toStdString() + ".json"));
    QVERIFY(parsePlan(document, "plan.json").has_value());
    auto pointer = "/" + field.toStdString();
    std::replace(pointer.begin(), pointer.end(), '.', '/');
    document[nlohmann::json::json_pointer(pointer)] = nlohmann::json::parse(patch.toStdString());
    const auto refused = parsePlan(document, "plan.json");
    QVERIFY(!refused.has_value());
    const auto& said = refused.error().message.parameters;
    QCOMPARE(QString::fromStdString(said.at("field")), field);
    QVERIFY2(QString::fromStdString(said.at("problem")).contains(needed), said.at("problem").c_str());
}

void TrainerTest::meanOfBundlesIsABundle() {
    const auto full = m_root / "full" / "bundle";
    const auto mean = m_root / "mean";
    QVERIFY(averageBundles({full, full}, mean).has_value());
    const auto file = readBundleFile(mean);
    QVERIFY2(file.has_value(), file ? "" : qPrintable(phantom::text(file.error())));
    QVERIFY(checkWeights(*file).has_value());
    QCOMPARE(file->bundle.weightsSha256, readBundleFile(full)->bundle.weightsSha256);
    QVERIFY(file->metrics.empty());

    const auto again = averageBundles({full, full}, mean);
    QVERIFY(!again);
    QCOMPARE(again.error().message.id, std::string("learning.bundle_exists"));

    const auto other = weightsAlone("other-values");
    auto document = nlohmann::ordered_json::parse(phantom::readText(full / "bundle.json"));
    document["normalisation"]["clamp_high"] = 9.0;
    phantom::writeText(other / "bundle.json", document.dump());
    QVERIFY(sealBundle(other).has_value());
    const auto refused = averageBundles({full, other}, m_root / "no-mean");
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.parameters.at("field"), std::string("normalisation"));
    QVERIFY(!std::filesystem::exists(m_root / "no-mean"));
}

void TrainerTest::joinedBundlesAnswerTogether() {
    const auto full = m_root / "full" / "bundle";
    const auto joined = m_root / "joined";
    const auto done = joinBundles({full, full}, joined);
    QVERIFY2(done.has_value(), done ? "" : qPrintable(phantom::text(done.error())));
    const auto alone = readBundleFile(full);
    const auto file = readBundleFile(joined);
    QVERIFY2(file.has_value(), file ? "" : qPrintable(phantom::text(file.error())));
    QVERIFY(checkWeights(*file).has_value());
    QCOMPARE(file->parameters, 2 * alone->parameters);
    QCOMPARE(file->spec.spacingMm, alone->spec.spacingMm);
    QVERIFY(file->metrics.empty());

    // Twice the same opinion is that opinion.
    const auto made = phantom::make(kSize, 2);
    SegmentationOptions keep;
    keep.keepProbabilities = true;
    const auto probabilities = [&](const std::filesystem::path& folder) {
        auto segmenter = Segmenter::load(folder, Device::Cpu);
        return segmenter ? segmenter->run(made.image, {}, keep, TaskContext())->probabilities->values
                         : std::vector<float>();
    };
    const auto one = probabilities(full);
    const auto both = probabilities(joined);
    QVERIFY(!one.empty() && one.size() == both.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        QVERIFY(std::abs(one[i] - both[i]) < 1e-5F);
    }

    // Each pass of each member moves the bar: four batches of windows, two mirror images, two members.
    keep.flipAveraging = true;
    std::vector<double> fractions;
    const TaskContext task({}, [&](double fraction, std::string_view) {
        if (fraction < 0.9) {
            fractions.push_back(fraction);
        }
    });
    auto segmenter = Segmenter::load(joined, Device::Cpu);
    QVERIFY(segmenter && segmenter->run(made.image, {}, keep, task));
    QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
    fractions.erase(std::unique(fractions.begin(), fractions.end()), fractions.end());
    QCOMPARE(fractions.size(), std::size_t{1 + 4 * 2 * 2});
}

void TrainerTest::bundlesThatDoNotFitAreNotJoined() {
    const auto full = m_root / "full" / "bundle";
    const auto joined = m_root / "joined-once";
    QVERIFY(joinBundles({full, full}, joined).has_value());
    const auto again = joinBundles({full, full}, joined);
    QVERIFY(!again);
    QCOMPARE(again.error().message.id, std::string("learning.bundle_exists"));

    const auto refusedField = [&](const std::vector<std::filesystem::path>& bundles) {
        const auto refused = joinBundles(bundles, m_root / "not-joined");
        return refused ? std::string("none") : refused.error().message.parameters.at("field");
    };
    QCOMPARE(refusedField({full, joined}), std::string("architecture"));
    const auto other = weightsAlone("other-outputs");
    auto document = nlohmann::ordered_json::parse(phantom::readText(full / "bundle.json"));
    document["outputs"][0]["threshold"] = 0.4;
    phantom::writeText(other / "bundle.json", document.dump());
    QVERIFY(sealBundle(other).has_value());
    QCOMPARE(refusedField({full, other}), std::string("outputs"));
    QVERIFY(!std::filesystem::exists(m_root / "not-joined"));
    // Weights that lost their description are not written over.
    const auto orphan = weightsAlone("orphan");
    const auto kept = joinBundles({full, full}, orphan);
    QVERIFY(!kept);
    QCOMPARE(kept.error().message.id, std::string("learning.bundle_exists"));
}

void TrainerTest::combinedBundlesSayWhatAllOfThemSay() {
    const auto full = m_root / "full" / "bundle";
    const auto synthetic = weightsAlone("synthetic");
    auto document = nlohmann::ordered_json::parse(phantom::readText(full / "bundle.json"));
    const auto own = document["training_data"].get<std::string>();
    document["training_data"] = "Synthetic pictures.";
    document["licence"] = "Another licence.";
    phantom::writeText(synthetic / "bundle.json", document.dump());
    QVERIFY(sealBundle(synthetic).has_value());
    for (const auto combine : {averageBundles, joinBundles}) {
        const auto output = m_root / (combine == joinBundles ? "both-joined" : "both-averaged");
        QVERIFY(combine({full, synthetic, full}, output).has_value());
        const auto bundle = readBundle(output);
        QVERIFY(bundle.has_value());
        QCOMPARE(bundle->name, output.filename().string());
        QCOMPARE(bundle->trainingData, "Synthetic pictures. | " + own);
        QCOMPARE(bundle->licence, readBundle(full)->licence + " | Another licence.");
        QCOMPARE(bundle->intendedUse, readBundle(full)->intendedUse);
    }
}

void TrainerTest::optionsLeftOutCountAsTheirDefaults() {
    const auto full = m_root / "full" / "bundle";
    const auto other = weightsAlone("said-otherwise");
    auto document = nlohmann::ordered_json::parse(phantom::readText(full / "bundle.json"));
    document["architecture_options"]["residual"] = false;
    document["architecture_options"]["deep_supervision"] = false;
    phantom::writeText(other / "bundle.json", document.dump());
    QVERIFY(sealBundle(other).has_value());
    const auto done = averageBundles({full, other}, m_root / "mean-of-words");
    QVERIFY2(done.has_value(), done ? "" : qPrintable(phantom::text(done.error())));
    document["architecture_options"]["activation"] = "elu";
    phantom::writeText(other / "bundle.json", document.dump());
    QVERIFY(sealBundle(other).has_value());
    const auto refused = averageBundles({full, other}, m_root / "mean-of-two");
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.parameters.at("field"), std::string("architecture_options.activation"));
    // What cannot be built is not sealed.
    document["architecture_options"]["norm"] = "group";
    phantom::writeText(other / "bundle.json", document.dump());
    const auto unsealed = sealBundle(other);
    QVERIFY(!unsealed);
    QCOMPARE(unsealed.error().message.parameters.at("field"), std::string("architecture_options.norm"));
}

void TrainerTest::weightsThatAreNoNumbersAreRefused() {
    const auto folder = weightsAlone("damaged");
    const auto weights = folder / "weights.safetensors";
    auto bytes = phantom::readText(weights);
    const std::size_t header = static_cast<unsigned char>(bytes[0]) + 256U * static_cast<unsigned char>(bytes[1]);
    bytes[8 + header] = '\x00'; // the first number, in half precision: not a number
    bytes[8 + header + 1] = '\x7e';
    phantom::writeText(weights, bytes);
    auto document = nlohmann::ordered_json::parse(phantom::readText(m_root / "full" / "bundle" / "bundle.json"));
    document["weights"]["sha256"] = sha256OfFile(weights).value();
    phantom::writeText(folder / "bundle.json", document.dump());
    const auto refused = sealBundle(folder);
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.id, std::string("learning.weights_not_finite"));
    QVERIFY(!refused.error().message.parameters.at("tensor").empty());
}

void TrainerTest::filesNestedWithoutEndAreRefused() {
    const auto folder = weightsAlone("nested");
    const std::string deep =
        R"({"schema_version": 1, "extra": )" + std::string(200000, '[') + std::string(200000, ']') + "}";
    phantom::writeText(folder / "bundle.json", deep);
    QCOMPARE(readBundle(folder).error().message.id, std::string("learning.not_json"));
    QCOMPARE(sealBundle(folder).error().message.id, std::string("learning.not_json"));
    QCOMPARE(readPlan(folder / "bundle.json").error().message.id, std::string("learning.not_json"));
}

void TrainerTest::startingFromAnotherEnsembleNamesTheField() {
    const auto full = m_root / "full" / "bundle";
    const auto three = m_root / "three";
    QVERIFY(joinBundles({full, full, full}, three).has_value());
    auto plan = phantom::plan(1, 1);
    const nlohmann::json member{{"architecture", plan["architecture"]},
                                {"architecture_options", plan["architecture_options"]}};
    plan["architecture"] = "ensemble";
    plan["architecture_options"] = {{"members", {member, member}}};
    phantom::writeText(m_root / "two.json", plan.dump());
    auto o = options("two");
    o.plan = m_root / "two.json";
    o.from = three;
    const auto refused = train(o, {}, TaskContext());
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.parameters.at("field"), std::string("architecture_options.members"));

    QVERIFY(joinBundles({full, full}, m_root / "two-joined").has_value());
    o.from = m_root / "two-joined";
    const auto trained = train(o, {}, TaskContext());
    QVERIFY2(trained.has_value(), trained ? "" : qPrintable(phantom::text(trained.error())));
    const auto segmenter = Segmenter::load(o.bundle, Device::Cpu);
    QVERIFY2(segmenter.has_value(), segmenter ? "" : qPrintable(phantom::text(segmenter.error())));
}

void TrainerTest::startingFromABundleKeepsItsSkill() {
    auto next = options("next");
    next.from = m_root / "full" / "bundle";
    next.steps = 2;
    next.learningRate = 1e-6;
    const auto summary = train(next, {}, TaskContext());
    QVERIFY2(summary.has_value(), summary ? "" : qPrintable(phantom::text(summary.error())));
    QVERIFY(summary->bestDice > 0.95);
}

void TrainerTest::everyTamperedFieldIsRefusedByName() {
    const auto source = m_root / "full" / "bundle";
    const auto folder = weightsAlone("tampered");
    const auto good = nlohmann::json::parse(phantom::readText(source / "bundle.json"));
    phantom::writeText(folder / "bundle.json", good.dump());
    QVERIFY(Segmenter::load(folder, Device::Cpu).has_value());
    const auto flat = good.flatten();
    int tried = 0;
    for (const auto& [pointer, value] : flat.items()) {
        if (pointer.rfind("/metrics", 0) == 0) {
            continue; // free values, shown and never computed with
        }
        auto bad = good;
        // A list in place of anything is wrong for every field; in a list of texts or numbers it is a wrong item.
        bad[nlohmann::json::json_pointer(pointer)] = nlohmann::json::array({nlohmann::json::object()});
        phantom::writeText(folder / "bundle.json", bad.dump());
        const auto loaded = Segmenter::load(folder, Device::Cpu);
        QVERIFY2(!loaded, pointer.c_str());
        QCOMPARE(QString::fromStdString(loaded.error().message.id), QString("learning.bundle_field"));
        const auto& field = loaded.error().message.parameters.at("field");
        // "/outputs/0/threshold" is named "outputs[0].threshold"; items of plain lists are named by their list.
        std::string expected;
        std::istringstream parts(pointer.substr(1));
        std::string part;
        while (std::getline(parts, part, '/')) {
            const bool index = part.find_first_not_of("0123456789") == std::string::npos;
            expected += index ? "[" + part + "]" : (expected.empty() ? "" : ".") + part;
        }
        QVERIFY2(expected.rfind(field, 0) == 0, (expected + " reported as " + field).c_str());
        ++tried;
    }
    QVERIFY(tried > 40);
}

void TrainerTest::changedOrRemovedFieldsBreakTheSeal() {
    const auto source = m_root / "full" / "bundle";
    const auto folder = weightsAlone("unsealed");
    const auto good = nlohmann::json::parse(phantom::readText(source / "bundle.json"));
    const auto fieldOf = [&](const nlohmann::json& document) {
        phantom::writeText(folder / "bundle.json", document.dump());
        const auto loaded = readBundle(folder);
        return loaded ? std::string() : loaded.error().message.parameters.at("field");
    };
    int tried = 0;
    const auto flat = good.flatten();
    for (const auto& [pointer, value] : flat.items()) {
        // Another value of the same kind, which most rules let pass.
        auto changed = good;
        auto& leaf = changed[nlohmann::json::json_pointer(pointer)];
        if (leaf.is_string()) {
            leaf = leaf.get<std::string>() + "x";
        } else if (leaf.is_boolean()) {
            leaf = !leaf.get<bool>();
        } else if (leaf.is_number_integer()) {
            leaf = leaf.get<int>() + 1;
        } else if (leaf.is_number()) {
            leaf = leaf.get<double>() * 0.9375 + 0.0078125;
        } else {
            continue; // an empty list
        }
        const auto top = pointer.substr(1, pointer.find('/', 1) - 1);
        if (top == "schema_version") {
            continue; // a newer schema has a sentence of its own
        }
        const auto field = fieldOf(changed);
        // A label's value that is gone is missed by the output that writes it, and a wrong seal names what it seals.
        QVERIFY2(field.rfind(top, 0) == 0 || top == "labels" || top == "seal",
                 (pointer + " reported as " + field).c_str());
        QVERIFY2(!field.empty(), pointer.c_str());
        ++tried;
    }
    QVERIFY(tried > 40);
    for (const auto& [name, value] : good.items()) {
        auto removed = good;
        removed.erase(name);
        QVERIFY2(fieldOf(removed).rfind(name, 0) == 0, name.c_str());
    }
    auto more = good;
    more["remark"] = "added";
    QCOMPARE(QString::fromStdString(fieldOf(more)), QString("remark"));
}

void TrainerTest::sealingAcceptsAChangeMadeOnPurpose() {
    const auto source = m_root / "full" / "bundle";
    const auto folder = weightsAlone("resealed");
    auto document = nlohmann::ordered_json::parse(phantom::readText(source / "bundle.json"));
    document["version"] = "9.0";
    phantom::writeText(folder / "bundle.json", document.dump());
    QVERIFY(!readBundle(folder));
    QVERIFY(sealBundle(folder).has_value());
    const auto sealed = readBundle(folder);
    QVERIFY(sealed.has_value());
    QCOMPARE(sealed->version, std::string("9.0"));
    // What would not load is not sealed.
    document["patch"] = "large";
    phantom::writeText(folder / "bundle.json", document.dump());
    const auto refused = sealBundle(folder);
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.parameters.at("field"), std::string("patch"));
    QCOMPARE(nlohmann::json::parse(phantom::readText(folder / "bundle.json")).at("patch"), nlohmann::json("large"));
}

void TrainerTest::earlierRunsAndBundlesAreNotWrittenOver() {
    auto o = options("kept");
    o.steps = 1;
    QVERIFY(train(o, {}, TaskContext()).has_value());
    const auto before = phantom::readText(o.runFolder / "metrics.csv");
    const auto again = train(o, {}, TaskContext());
    QVERIFY(!again);
    QCOMPARE(again.error().message.id, std::string("learning.run_exists"));
    QCOMPARE(phantom::readText(o.runFolder / "metrics.csv"), before);
    auto elsewhere = o;
    elsewhere.runFolder = m_root / "kept-elsewhere";
    const auto bundle = train(elsewhere, {}, TaskContext());
    QVERIFY(!bundle);
    QCOMPARE(bundle.error().message.id, std::string("learning.bundle_exists"));
    QVERIFY(!std::filesystem::exists(elsewhere.runFolder));
    // Weights whose description was lost are no less somebody's work.
    elsewhere.bundle = m_root / "kept-weights";
    std::filesystem::create_directories(elsewhere.bundle);
    phantom::writeText(elsewhere.bundle / "weights.safetensors", "weights");
    const auto weights = train(elsewhere, {}, TaskContext());
    QVERIFY(!weights);
    QCOMPARE(weights.error().message.id, std::string("learning.bundle_exists"));
    QCOMPARE(phantom::readText(elsewhere.bundle / "weights.safetensors"), std::string("weights"));
    o.replace = true;
    QVERIFY(train(o, {}, TaskContext()).has_value());
    const auto diary = phantom::readText(o.runFolder / "run.log");
    for (const char* words : {"begins: phantom", "epoch 1, step 1 of 1", "ends at step 1"}) {
        QVERIFY2(diary.find(words) != std::string::npos, words);
    }
}

void TrainerTest::startingFromAnotherNetworkNamesTheField() {
    auto plan = phantom::plan(1, 1);
    plan["architecture_options"]["channels"] = {4, 8};
    plan["patch"] = plan["training"]["batch"]["patch"];
    phantom::writeText(m_root / "narrow.json", plan.dump());
    auto o = options("narrow");
    o.plan = m_root / "narrow.json";
    o.from = m_root / "full" / "bundle";
    const auto refused = train(o, {}, TaskContext());
    QVERIFY(!refused);
    QCOMPARE(refused.error().message.id, std::string("learning.from_other_network"));
    QCOMPARE(refused.error().message.parameters.at("field"), std::string("architecture_options.channels"));
}

void TrainerTest::tamperedWeightsAreRefused() {
    const auto source = m_root / "full" / "bundle";
    const auto folder = m_root / "altered";
    std::filesystem::create_directories(folder);
    std::filesystem::copy(source, folder, std::filesystem::copy_options::recursive);
    auto bytes = phantom::readText(folder / "weights.safetensors");
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    phantom::writeText(folder / "weights.safetensors", bytes);
    const auto loaded = Segmenter::load(folder, Device::Cpu);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().message.id, std::string("learning.bundle_hash"));
    QCOMPARE(loaded.error().message.parameters.at("field"), std::string("weights.sha256"));
}

void TrainerTest::missingFilesAreNamed() {
    QCOMPARE(Segmenter::load(m_root / "nowhere", Device::Cpu).error().message.id,
             std::string("learning.bundle_missing"));
    auto o = options("none");
    o.plan = m_root / "no-plan.json";
    QVERIFY(train(o, {}, TaskContext()).error().code == ErrorCode::NotFound);
    o = options("none");
    o.cache = m_root / "no-cache";
    QVERIFY(train(o, {}, TaskContext()).error().code == ErrorCode::NotFound);
    o = options("none");
    o.resume = true;
    const auto resumed = train(o, {}, TaskContext());
    QVERIFY(!resumed);
    QVERIFY(resumed.error().message.parameters.at("file").find("last.checkpoint") != std::string::npos);
}

void TrainerTest::foldsHoldOutWholePatients() {
    auto o = options("fold");
    o.steps = 1;
    o.fold = 1;
    QVERIFY(train(o, {}, TaskContext()).has_value());
    const auto split = nlohmann::json::parse(phantom::readText(m_root / "fold" / "split.json"));
    QCOMPARE(split["validation"].size(), 1U);
    QCOMPARE(split["train_whole"].size(), 1U);
    QVERIFY(split["validation"][0] != split["train_whole"][0]);
}

void TrainerTest::heldOutPatientsOfOtherDataGiveWayToAFold() {
    auto o = options("others");
    auto plan = phantom::plan(1, 1);
    plan["training"]["validation"] = {{"patients", {"of another hospital"}}, {"folds", 2}, {"fold", 0}};
    o.plan = m_root / "others.json";
    phantom::writeText(o.plan, plan.dump());
    const auto summary = train(o, {}, TaskContext());
    QVERIFY2(summary.has_value(), summary ? "" : qPrintable(phantom::text(summary.error())));
    const auto split = nlohmann::json::parse(phantom::readText(o.runFolder / "split.json"));
    QCOMPARE(split.at("validation").size(), std::size_t{1});
    QCOMPARE(split.at("train_whole").size(), std::size_t{1});
}

void TrainerTest::brokenBundlesAreListedApart() {
    const auto folder = m_root / "list";
    std::filesystem::create_directories(folder / "good");
    std::filesystem::create_directories(folder / "bad");
    std::filesystem::create_directories(folder / "plans");
    std::filesystem::copy_file(m_root / "full" / "bundle" / "bundle.json", folder / "good" / "bundle.json");
    phantom::writeText(folder / "bad" / "bundle.json", "{ no");
    std::vector<Error> broken;
    const auto bundles = listBundles(folder, &broken);
    QCOMPARE(bundles.size(), 1U);
    QCOMPARE(broken.size(), 1U);
    QCOMPARE(broken[0].message.id, std::string("learning.not_json"));
}

QTEST_GUILESS_MAIN(TrainerTest)
#include "tst_trainer.moc"
