// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/invocation.h"
#include "core/workflow/classify.h"

#include <string>
#include <vector>

namespace sulcus::cli {

/// `evaluate` for a classification bundle: folders of patients with a table, the figures per output with their
/// intervals, and beside them what the darkest spot alone would have scored. `json` prints the answer as JSON unless
/// `jsonFile` takes it.
Result<void> runClassEvaluation(const std::vector<std::string>& folders, const workflow::SegmentOptions& options,
                                bool json, const std::string& jsonFile, const std::string& csvFile,
                                Invocation& invocation);

} // namespace sulcus::cli
