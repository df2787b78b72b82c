// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/learning/bundle.h"
#include "core/learning/class_metrics.h"

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace sulcus::learning {

/// One line of the curve: an epoch, after its validation.
struct TrainingPoint {
    int fold = -1; ///< that validates; -1 when nothing is held out
    int epoch = 0;
    std::int64_t step = 0;
    std::int64_t steps = 0; ///< planned
    double learningRate = 0.0;
    double trainLoss = 0.0; ///< mean over the epoch
    double trainMse = 0.0;
    std::vector<double> trainDice; ///< per output, mean over the epoch's batches; NaN where no batch had the output
    double validationLoss = 0.0;
    std::vector<double> validationDice; ///< per output, mean over the validation cases
    /// What the two rows of Dice hold: "dice", or of a classification "auc", the area under the ROC curve over the
    /// epoch's draws and over the validation patients (NaN where a class is missing).
    std::string score = "dice";
    std::vector<ClassMetrics> validationClasses; ///< classification only, per output, without intervals
    double seconds = 0.0;                        ///< since the run's start, interruptions and pauses left out
    bool best = false;                           ///< best mean validation score so far
    std::optional<Message> remark;               ///< what a person should know about the curve at this epoch
};

/// Where a run stands; after each step, and when it pauses.
struct TrainingStep {
    int fold = -1;
    std::int64_t step = 0;
    std::int64_t steps = 0; ///< planned
    double loss = 0.0;
    double secondsPerStep = 0.0;       ///< validation's share included
    std::optional<double> secondsLeft; ///< of all folds; empty until something can be said
    bool paused = false;
};

/// One slice of a validation case with what the network makes of it now. Rows run to the patient's back, columns to the
/// left.
struct TrainingPicture {
    int fold = -1;
    int epoch = 0;
    std::string name; ///< of the case
    int slice = 0;
    int width = 0;
    int height = 0;
    double pixelAspect = 1.0;             ///< height of a pixel over its width
    std::vector<std::uint8_t> input;      ///< [height * width], first input, grey 0..255
    std::vector<std::uint8_t> truth;      ///< [height * width], value of the innermost label; 0 = none
    std::vector<std::uint8_t> prediction; ///< likewise
    std::vector<BundleLabel> labels;      ///< what the values mean
    std::vector<double> dice;             ///< of the whole case, per output
};

/// What the person wants of a running training. Shared by their thread and the trainer's; every function may be called
/// from any thread. All of it stands here, so that the window's state uses it without linking LibTorch.
class TrainingControl {
public:
    /// The trainer abandons the step in hand and leaves a checkpoint first: a pause may end with the power switch.
    void pause() {
        const std::lock_guard lock(m_mutex);
        m_paused = !m_stopping;
    }
    void resume() {
        const std::lock_guard lock(m_mutex);
        m_paused = false;
        m_changed.notify_all();
    }
    /// The trainer abandons the step in hand, keeps the best weights so far and writes their bundle. Ends a pause.
    void stop() {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_paused = false;
        m_changed.notify_all();
    }
    bool paused() const {
        const std::lock_guard lock(m_mutex);
        return m_paused;
    }
    bool stopping() const {
        const std::lock_guard lock(m_mutex);
        return m_stopping;
    }
    /// For the trainer: returns as soon as it is not paused, or when it is cancelled.
    void waitWhilePaused(const std::stop_token& token) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, token, [this] { return !m_paused; });
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_paused = false;
    bool m_stopping = false;
};

/// Says when a network begins to learn its cases by heart: the validation loss (mean of three epochs) had its lowest
/// value at least `patience` epochs ago and stands 2 % above it, while the training loss has gone on falling. Empty
/// while that is not so. `points` of one fold, in order.
std::optional<Message> whenValidationTurned(const std::vector<TrainingPoint>& points, int patience = 4);

/// The points of a run folder's metrics.csv. Losses that are not there read as NaN; `fold`, `steps` and `remark` are
/// not in the table. Errors: NotFound, Unreadable ("learning.metrics_unreadable").
Result<std::vector<TrainingPoint>> readTrainingPoints(const std::filesystem::path& csv);

/// Writes `<stem>_input.pgm`, `<stem>_truth.pgm` and `<stem>_prediction.pgm` with the stem epoch_0005: plain grey
/// pictures that any viewer opens, label values spread over the greys. Errors: Unreadable
/// ("learning.file_not_written").
Result<void> writePicture(const TrainingPicture& picture, const std::filesystem::path& folder);

/// The name that the three files of a picture begin with: "epoch_0005".
std::string pictureStem(const TrainingPicture& picture);

} // namespace sulcus::learning
