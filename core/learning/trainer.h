// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/learning/segmenter.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::learning {

/// One line of the curve: an epoch, after its validation.
struct TrainingPoint {
    int epoch = 0;
    std::int64_t step = 0;
    std::int64_t steps = 0; ///< planned
    double learningRate = 0.0;
    double trainLoss = 0.0; ///< mean over the epoch
    double trainMse = 0.0;
    std::vector<double> trainDice; ///< per output, mean over the epoch's batches; NaN where no batch had the output
    double validationLoss = 0.0;
    std::vector<double> validationDice; ///< per output, mean over the validation cases
    double seconds = 0.0;               ///< since the run's start, interruptions left out
    bool best = false;                  ///< best mean validation Dice so far
};

struct TrainingOptions {
    std::filesystem::path plan;
    std::filesystem::path cache;
    std::filesystem::path runFolder; ///< plan.json, split.json, metrics.csv, last.checkpoint, best.checkpoint
    std::filesystem::path bundle;    ///< written at each new best; empty = none
    std::filesystem::path from;      ///< a bundle whose weights to start from; empty = fresh weights
    Device device = Device::Automatic;
    bool resume = false; ///< go on from runFolder/last.checkpoint
    std::optional<std::int64_t> steps;
    std::optional<int> fold;
    std::optional<std::uint64_t> seed;
    std::optional<double> learningRate;
};

struct TrainingSummary {
    std::vector<TrainingPoint> points; ///< of this call
    std::vector<std::string> outputs;
    double bestDice = 0.0; ///< mean over outputs
    int bestEpoch = 0;
    std::int64_t step = 0;
    std::int64_t parameters = 0;
    bool stoppedEarly = false;
};

/// Called on the training thread after each epoch.
using TrainingObserver = std::function<void(const TrainingPoint&)>;

/// Trains a plan's network from a prepared cache.
///
/// Every random choice follows from the seed and the step, so a resumed run continues the very curve of an unbroken one
/// (bitwise on one CPU with the same thread count). Cancel is polled each step: a checkpoint is written, then
/// `Cancelled` returned. Errors: NotFound, Unreadable (plan, cache, checkpoint; named), ShapeMismatch, InvalidInput
/// (nothing to train on, loss became infinite), OutOfMemory, Cancelled.
Result<TrainingSummary> train(const TrainingOptions& options, const TrainingObserver& observer,
                              const TaskContext& task);

} // namespace sulcus::learning
