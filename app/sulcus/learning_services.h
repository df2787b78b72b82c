// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/workflow.h"
#include "ui/session/evaluation_session.h"
#include "ui/session/training_session.h"

namespace sulcus::app {

/// What the training and evaluation windows ask of the rest of the program, answered by core/learning and
/// core/workflow.
session::TrainingServices trainingServices(const workflow::Paths& paths);
session::EvaluationServices evaluationServices();
/// The bundles that classify, which the viewer itself does not offer.
std::vector<learning::Bundle> classifiers(const workflow::Paths& paths);

/// A training that shows within a minute what a real one looks like: the shipped plan brain-tumour with a small network
/// and few steps, on the one case in `caseFolder`. Writes its plan into `scratch`.
session::TrainingRequest tourTraining(const workflow::Paths& paths, const std::filesystem::path& scratch,
                                      const std::filesystem::path& caseFolder);

} // namespace sulcus::app
