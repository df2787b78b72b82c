// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/task_context.h"
#include "core/learning/class_metrics.h"
#include "core/learning/field.h"
#include "core/learning/trainer.h"

#include <optional>
#include <vector>

namespace sulcus::learning {

/// How dark the darkest spot of any view is, higher = darker: the simplest rival of a network, which finds a ball full
/// of contrast but also every vessel seen end on. Each view [1, 1, H, W] is brought to 112 pixels a side, each spot is
/// a mean of 5 x 5 of them (in the synthetic sets 4.9 mm).
double darkestSpot(const std::vector<Field>& views);

/// Of a classification run that is through: what `darkestSpot` alone scores on the patients that it held out, against
/// the first output; only the areas mean anything. The views are those of the cache, so normalised (and equalised, when
/// the plan says so), while an evaluation looks at the pictures themselves. A line in the run's diary, too.
///
/// Nothing for a segmentation, when nobody was held out, when the run's files cannot be read, and on cancel: the
/// training is through and does not fail for its rival.
std::optional<ClassMetrics> darkestSpotOfRun(const TrainingOptions& options, const TaskContext& task);

} // namespace sulcus::learning
