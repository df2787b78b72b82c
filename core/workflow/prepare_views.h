// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/plan.h"
#include "core/workflow/prepare.h"

namespace sulcus::workflow {

/// `prepare` for a classification plan: each patient's views equalised, resized and normalised as the plan says, with
/// one truth per output of the plan.
///
/// Left out, each with its reason: what `findViewSets` leaves out, a picture that cannot be read or has one grey value,
/// the same pictures twice, a cell of the first output that is empty, and whatever no longer fits into `mostMb`.
/// Errors: InvalidInput ("workflow.views_no_column": the table lacks an output's column; "workflow.views_no_table").
Result<PrepareSummary> prepareViewCache(const PrepareOptions& options, const learning::TrainingPlan& plan,
                                        const TaskContext& task);

} // namespace sulcus::workflow
