// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/class_metrics.h"
#include "core/learning/trainer.h"

#include <optional>
#include <vector>

namespace sulcus::learning {

/// What came of one fold.
struct FoldResult {
    int fold = 0;
    int bestEpoch = 0;
    double bestDice = 0.0;                   ///< mean over outputs
    std::vector<double> outputsDice;         ///< at the best epoch
    std::vector<OtsuRival::Score> baseline;  ///< see TrainingSummary
    std::optional<ClassMetrics> darkestSpot; ///< see darkestSpotOfRun
};

struct FoldsSummary {
    std::vector<FoldResult> folds; ///< that were trained, in order
    std::vector<std::string> outputs;
    std::string score = "dice"; ///< what "Dice" stands for here, see TrainingPoint
    int bestFold = -1;          ///< whose bundle was kept
    double meanDice = 0.0;
    double deviation = 0.0; ///< sample standard deviation over folds; 0 for fewer than two
    bool stopped = false;   ///< the person ended it before the last fold was through
};

/// The folds of a plan, 0 to n - 1. Errors: those of `readPlan`.
Result<std::vector<int>> foldsOf(const std::filesystem::path& plan);

/// Trains one network a fold, one after the other, each in `runFolder/fold-<k>` with its own bundle there. The bundle
/// of the best fold so far is copied to `options.bundle` after each, and `runFolder/folds.csv` lists them. With
/// `options.resume` each fold that has a checkpoint goes on from it. Points and steps carry their fold; time left is
/// that of all folds. A stop ends the fold at hand and begins no other. Errors: those of `train`.
Result<FoldsSummary> trainFolds(const TrainingOptions& options, const std::vector<int>& folds,
                                const TrainingObserver& observer, const TaskContext& task);

} // namespace sulcus::learning
