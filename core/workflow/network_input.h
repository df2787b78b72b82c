// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/case.h"
#include "core/learning/field.h"
#include "core/workflow/case_fit.h"

#include <string>
#include <vector>

namespace sulcus::workflow {

/// A case as a network takes it: one channel per input, in LPS order, raw intensities.
struct NetworkInput {
    learning::Field field;
    imaging::Geometry lps;
    std::vector<bool> present; ///< per input; a missing one is all zeros
};

/// Brings volumes to i = left, j = back, k = head and lays them one behind the other. A single volume answers for a
/// single input whatever its name ("ct"), because a file alone does not say its modality; a BraTS case answers by
/// sequence name only. Errors: InvalidInput (none of the inputs is there: "workflow.bundle_does_not_fit_case" with
/// `askedBy`; a single coronal or sagittal slice: "workflow.slice_not_axial"), OutOfMemory, Cancelled.
Result<NetworkInput> gatherInput(const imaging::Case& imagingCase, const std::vector<std::string>& inputs,
                                 const std::string& askedBy, const TaskContext& task);

/// Does the grid already run along L, P, S?
bool isLps(const imaging::Geometry& geometry);

/// Labels in LPS order.
std::vector<std::uint8_t> labelsInLps(const imaging::LabelMap& map);

} // namespace sulcus::workflow
