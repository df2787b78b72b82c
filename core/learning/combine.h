// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <vector>

namespace sulcus::learning {

/// Writes into `output` a bundle whose weights are the mean of those of `bundles` (two or more): a network trained on
/// from another's weights and that other one lie in one basin, and their mean is often better on images unlike those
/// trained on than either (Wortsman et al. 2022, "Model soups").
///
/// The name is the folder's; intended use, training data and licence are all of theirs; version, grid (spacing, patch),
/// mirroring and post-processing are the first one's; metrics and cost are left to be measured.
///
/// Errors: those of loading a bundle; Unreadable ("learning.bundle_field") where a bundle is another network, sees
/// other images or answers otherwise than the first; InvalidInput ("learning.bundle_exists") when one, or its weights,
/// lie in `output`; Unreadable (cannot be written); OutOfMemory. Thread: any.
Result<void> averageBundles(const std::vector<std::filesystem::path>& bundles, const std::filesystem::path& output);

/// Writes into `output` one bundle that asks all of `bundles` (two to eight) and answers with the mean of their logits:
/// an "ensemble" (`nn/ensemble.h`). They may be built differently and may have been trained at different spacings; all
/// of them run on the first one's grid. The rest as in `averageBundles`.
///
/// Errors and thread: as `averageBundles`; Unreadable also for an ensemble among `bundles`, and for a network whose
/// coarsest level does not fit the first one's patch.
Result<void> joinBundles(const std::vector<std::filesystem::path>& bundles, const std::filesystem::path& output);

} // namespace sulcus::learning
