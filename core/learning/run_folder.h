// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/plan.h"
#include "core/learning/trainer.h"

#include <filesystem>
#include <string>
#include <vector>

namespace sulcus::learning {

/// May this training write where it is told to? A run folder with a checkpoint, and a bundle folder with a bundle or
/// with weights, are somebody's work: only `resume` (of that run) and `replace` may write there. `folds`: the run lies
/// in folders of its own, `fold-0` and so on. Creates and changes nothing. Errors: InvalidInput ("learning.run_exists",
/// "learning.bundle_exists"; the folder named).
Result<void> checkRunFolder(const TrainingOptions& options, bool folds = false);

/// Do the weights of `bundle` (in `folder`, for the message) fit the network that `plan` describes? Compares what
/// decides the shapes: architecture and its options (deep supervision apart), inputs, outputs. Errors: InvalidInput
/// ("learning.from_other_network"; the field named).
Result<void> sameNetwork(const NetworkSpec& bundle, const NetworkSpec& plan, const std::filesystem::path& folder);

/// The diary of a run: `run.log` in its folder, one line a moment, with the local time in front. A later run in that
/// folder adds to it. Lines wait until the folder is there, so that a run that never began leaves none; what cannot be
/// written is left out: a training does not fail for its diary.
class RunLog {
public:
    explicit RunLog(std::filesystem::path runFolder);
    void write(const std::string& line);
    void begins(const TrainingPlan& plan, const TrainingOptions& options, const std::string& device);
    void ends(const Result<TrainingSummary>& summary);

private:
    std::filesystem::path m_folder;
    std::string m_waiting;
};

/// One line for the diary: where an epoch ended, losses, and the score of each output.
std::string diaryLine(const TrainingPoint& point, const std::vector<std::string>& outputs);

} // namespace sulcus::learning
