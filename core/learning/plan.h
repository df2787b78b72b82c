// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/learning/augment.h"
#include "core/learning/source_plan.h"
#include "core/learning/spec.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace sulcus::learning {

/// A loss summand as a plan states it; see nn/losses.h for the formulas.
struct LossPlan {
    std::string name = "dice";
    double weight = 1.0;
    double gamma = 2.0;
    std::vector<double> channelWeights;
    bool perCase = false; ///< dice: of each sample alone, then their mean, so that small objects weigh as much
};

/// What a training step draws: so many pieces of this size.
struct BatchPlan {
    int size = 2;
    std::array<int, 3> patch{64, 64, 64}; ///< d, h, w; d = 1 in 2-D
    double foregroundShare = 0.34;
    /// So many pieces along d, h, w are laid side by side as one image; the product is `size`. {1, 1, 1}: a batch of
    /// images. Small pieces so share one set of normalisation statistics, as the tissues of a whole brain do.
    std::array<int, 3> tiles{1, 1, 1};
};

/// Everything a training run is decided by, read from `models/plans/<name>.json` and copied into the run folder.
struct TrainingPlan {
    NetworkSpec spec;
    std::string name;
    std::string version;
    std::string intendedUse;
    std::string trainingData;
    std::string licence;

    std::int64_t steps = 1000;
    BatchPlan batch;
    int pieceEvery = 0; ///< every n-th step draws from the cache's pieces instead of its whole images; 0 = never
    BatchPlan pieceBatch;
    /// How many times as often as others a sample is drawn whose name begins so; the longest beginning decides.
    std::map<std::string, int> repeats;
    std::vector<LossPlan> losses;
    std::vector<double> deepSupervisionWeights{1.0, 0.5, 0.25};
    std::string optimiser = "adamw"; ///< adam, adamw, sgd
    double learningRate = 1e-3;
    double weightDecay = 1e-5;
    double momentum = 0.9;               ///< sgd
    std::string schedule = "polynomial"; ///< polynomial, plateau, constant
    double schedulePower = 0.9;
    int warmUpSteps = 0;
    double plateauFactor = 0.2;
    int plateauPatience = 10;           ///< epochs
    double smallestLearningRate = 1e-5; ///< plateau's floor
    double gradientClip = 0.0;          ///< total norm; 0 = off
    double averageDecay =
        0.0; ///< of the running average of the weights that is validated and shipped; 0 = the weights themselves
    bool mixedPrecision = true;       ///< on CUDA
    bool processorBfloat16 = false;   ///< mixed precision on processors that have bfloat16; on others none
    std::int64_t stepsPerEpoch = 100; ///< an epoch ends with a validation and a checkpoint
    int earlyStopping = 0;            ///< epochs without a better validation; 0 = off
    std::uint64_t seed = 1;
    Augmentation augmentation;

    std::vector<std::string> validationPatients; ///< held out by name; else folds
    int folds = 5;
    int fold = 0; ///< -1 = train on everything, validate on the training cases

    std::vector<SourcePlan> sources; ///< how data of several origins is prepared
    double leastLabelledShare = 0.0; ///< cases and slices with a smaller labelled share (0..1) are not prepared

    nlohmann::json source; ///< the file as it was
};

/// Whether the plan has such a fold; every negative number means that nothing is held out. Errors: InvalidInput
/// ("learning.fold_unknown").
Result<void> checkFold(const TrainingPlan& plan, int fold);

/// Errors: NotFound, Unreadable ("learning.json_field" names the field).
Result<TrainingPlan> readPlan(const std::filesystem::path& file);
Result<TrainingPlan> parsePlan(const nlohmann::json& document, const std::string& file);

} // namespace sulcus::learning
