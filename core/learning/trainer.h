// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/learning/otsu.h"
#include "core/learning/segmenter.h"
#include "core/learning/training_watch.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::learning {

struct TrainingOptions {
    std::filesystem::path plan;
    std::filesystem::path cache;
    std::filesystem::path runFolder; ///< plan.json, split.json, metrics.csv, last.checkpoint, best.checkpoint
    std::filesystem::path bundle;    ///< written at each new best; empty = none
    std::filesystem::path from;      ///< a bundle whose weights to start from; empty = fresh weights
    Device device = Device::Automatic;
    bool resume = false;  ///< go on from runFolder/last.checkpoint
    bool replace = false; ///< an earlier run in runFolder, or a bundle, may be written over
    std::optional<std::int64_t> steps;
    std::optional<int> fold;
    std::optional<std::uint64_t> seed;
    std::optional<double> learningRate;
    /// After the first, every n-th and the last epoch a validation slice goes to `pictureSeen` and, as three PGM files,
    /// into runFolder/samples; 0 = never.
    int pictureEvery = 5;
    std::shared_ptr<TrainingControl> control;                     ///< for pause and stop; may be empty
    std::function<void(const TrainingStep&)> stepSeen = {};       ///< called on the training thread
    std::function<void(const TrainingPicture&)> pictureSeen = {}; ///< called on the training thread
};

struct TrainingSummary {
    std::vector<TrainingPoint> points; ///< of this call
    std::vector<std::string> outputs;
    std::string score = "dice"; ///< what `bestDice` is a mean of, see TrainingPoint
    double bestDice = 0.0;      ///< mean over outputs
    int bestEpoch = 0;
    /// Segmentation with cases held out: Otsu's threshold on the same cases, as the cache holds them.
    std::vector<OtsuRival::Score> baseline;
    std::int64_t step = 0;
    std::int64_t parameters = 0;
    bool stoppedEarly = false; ///< by the plan's rule
    bool stopped = false;      ///< by the person, through `TrainingOptions::control`
};

/// Called on the training thread after each epoch.
using TrainingObserver = std::function<void(const TrainingPoint&)>;

/// Trains a plan's network from a prepared cache.
///
/// Every random choice follows from the seed and the step, so a resumed run continues the very curve of an unbroken one
/// (bitwise on one CPU with the same thread count). Cancel is polled within a step and within a validation, between
/// the operations of the network: what was begun is abandoned without a trace, a checkpoint of the last whole step is
/// written (also before the first one, once the network is made), then `Cancelled` returned. A stop (`TrainingControl`)
/// is the friendlier end: a checkpoint too, and the bundle of the best epoch is there, or of the weights as they stand,
/// without measured values, when no epoch has ended yet. Errors: NotFound, Unreadable (plan,
/// cache, checkpoint; named), ShapeMismatch, InvalidInput (nothing to train on, unknown fold, loss became infinite),
/// OutOfMemory, Cancelled; those of `checkRunFolder`. `runFolder/run.log` tells the run's story in lines.
Result<TrainingSummary> train(const TrainingOptions& options, const TrainingObserver& observer,
                              const TaskContext& task);

} // namespace sulcus::learning
