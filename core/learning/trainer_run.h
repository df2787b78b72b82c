// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/augment.h"
#include "core/learning/cache.h"
#include "core/learning/class_metrics.h"
#include "core/learning/file_lock.h"
#include "core/learning/interruption.h"
#include "core/learning/nn/device.h"
#include "core/learning/nn/network.h"
#include "core/learning/nn/optimiser.h"
#include "core/learning/plan.h"
#include "core/learning/trainer.h"

#include <torch/types.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What `train` (trainer.h) is made of; for the trainer's own files.
namespace sulcus::learning::training {

using Clock = std::chrono::steady_clock;

/// One batch on the device: image [N, C, ...], target [N, outputs, ...], mask [N, 1, ...] (1 = truth known).
struct Batch {
    torch::Tensor image;
    torch::Tensor target;
    torch::Tensor mask;
};

/// Whether such a plan is trained in mixed precision there.
inline bool runsMixed(const TrainingPlan& plan, const torch::Device& device) {
    return device.is_cuda() ? plan.mixedPrecision : plan.processorBfloat16 && processorHasBfloat16();
}

/// Regions or classes of a label map [n] as rows [outputs, n].
torch::Tensor targetOf(const std::vector<unsigned char>& labels, const NetworkSpec& spec);

/// [1, n]: 1 where the truth is known.
torch::Tensor maskOf(const std::vector<unsigned char>& labels);

/// What is true of a patient, as target [outputs]; an output that is not known counts as absent.
torch::Tensor classesOf(const CacheSample& sample);

/// Adds a batch of logits [N, outputs] with their targets.
void addScores(ClassScores& scores, const torch::Tensor& logits, const torch::Tensor& target);

/// Exact overlap counts of one case or batch, per output.
struct Overlap {
    double both = 0.0;
    double predicted = 0.0;
    double truth = 0.0;
    double dice() const { return predicted + truth > 0.0 ? 2.0 * both / (predicted + truth) : 1.0; }
};

std::vector<Overlap> overlapOf(const torch::Tensor& logits, const torch::Tensor& target, const torch::Tensor& mask,
                               bool nested);

/// Sums since the epoch began; they travel in the checkpoint, so that a resumed epoch reports the same means.
struct EpochSums {
    double loss = 0.0;
    double mse = 0.0;
    std::int64_t steps = 0;
    std::vector<double> dice;
    std::vector<double> diceCount;
    ClassScores classes; ///< classification
};

/// One call of `train`: a network, what it learns from, and where it stands.
class Run {
public:
    Run(TrainingPlan plan, const TrainingOptions& options, torch::Device device)
        : m_plan(std::move(plan)),
          m_options(options),
          m_device(device),
          m_flat(m_plan.spec.task != "segmentation-3d"),
          m_classify(m_plan.spec.task == "classification") {}

    Result<TrainingSummary> train(const TrainingObserver& observer, const TaskContext& task);

private:
    Result<void> setUp();
    Result<void> split();
    std::vector<OtsuRival::Score> baseline() const;
    Result<void> build();
    Result<void> restore();
    Result<void> makeRunFolder();
    Result<void> saveCheckpoint(const char* name);
    Result<void> leaveCheckpoint();
    std::string trainedOn() const;
    Result<void> saveBundle(const TrainingPoint& point);
    Result<void> writeRunFiles();
    Result<void> appendMetrics(const TrainingPoint& point);
    Result<void> keepBest(bool stopped, const TaskContext& task);
    void takePicture(const CacheSample& sample, const torch::Tensor& logits, const std::vector<Overlap>& overlaps);
    double seconds() const;
    void holdWhilePaused(const TaskContext& task);
    void tellStep(double loss, bool paused) const;
    int fold() const { return m_options.fold.value_or(m_plan.fold); }
    Batch draw(std::int64_t step) const;
    double learningRate(std::int64_t step) const;
    Result<void> oneStep(std::int64_t step, const TaskContext& task);
    Result<void> learn(std::int64_t step, InterruptionScope& scope);
    void average();
    Result<TrainingPoint> validate(const TaskContext& task);
    Result<TrainingPoint> validateCases(const TaskContext& task);
    Result<TrainingPoint> validateClasses();
    std::string scoreName() const { return m_classify ? "auc" : "dice"; }
    bool mixedPrecision() const { return runsMixed(m_plan, m_device); }
    bool paused() const { return m_options.control && m_options.control->paused(); }
    bool stopping() const { return m_options.control && m_options.control->stopping(); }

    TrainingPlan m_plan;
    Cache m_cache;
    TrainingOptions m_options;
    torch::Device m_device;
    bool m_flat;
    bool m_classify;

    std::vector<std::size_t> m_whole;  ///< training samples that are whole images
    std::vector<std::size_t> m_pieces; ///< training samples that are pieces
    std::vector<std::size_t> m_validation;
    bool m_heldOut = true; ///< false: validation runs on training cases
    std::vector<ForegroundIndex> m_foreground;

    std::shared_ptr<Network> m_network;
    std::shared_ptr<Network> m_averaged;
    std::unique_ptr<Optimiser> m_optimiser;
    bool m_ready = false;   ///< the networks hold what this run stands at
    bool m_unsaved = false; ///< and last.checkpoint does not

    std::int64_t m_step = 0;
    int m_epoch = 0;
    double m_best = -1.0;
    int m_bestEpoch = 0;
    int m_plateau = 0;
    double m_plateauScale = 1.0;
    double m_secondsBefore = 0.0;
    Clock::time_point m_started = Clock::now();
    double m_secondsAtStart = 0.0;    ///< of this call, for the pace
    std::int64_t m_stepAtStart = 0;   ///< of this call
    std::vector<TrainingPoint> m_all; ///< of the run, earlier calls included
    std::size_t m_pictured = 0;       ///< sample that pictures show
    std::optional<TrainingPicture> m_picture;
    bool m_bundleWritten = false;   ///< by this call
    std::optional<FileLock> m_lock; ///< of the run folder, while this call lasts
    Result<void> m_held;            ///< what became of the checkpoint that a pause leaves
    EpochSums m_sums;
};

} // namespace sulcus::learning::training
