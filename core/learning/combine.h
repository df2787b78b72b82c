// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <vector>

namespace sulcus::learning {

/// Writes into `output` a bundle whose weights are the mean of those of `bundles` (two or more): a network trained on
/// from another's weights and that other one lie in one basin, and their mean is often better on images unlike those
/// trained on than either (Wortsman et al. 2022, "Model soups"). What is not weights is taken from the first; metrics
/// and cost are left to be measured.
///
/// Errors: those of reading a bundle; Unreadable ("learning.bundle_field") where a bundle is another network, sees
/// other images or answers otherwise than the first; InvalidInput ("learning.bundle_exists") when one lies in
/// `output`; Unreadable (cannot be written). Thread: any.
Result<void> averageBundles(const std::vector<std::filesystem::path>& bundles, const std::filesystem::path& output);

/// Writes into `output` one bundle that asks all of `bundles` (two to eight) and answers with the mean of their logits:
/// an "ensemble" (`nn/ensemble.h`). They may be built differently and may have been trained at different spacings, but
/// see the same inputs, normalised alike, and have the same outputs; all of them run at the first one's spacing. What
/// is not weights is taken from the first; metrics and cost are left to be measured.
///
/// Errors and thread: as `averageBundles`; an ensemble among `bundles` is Unreadable, too.
Result<void> joinBundles(const std::vector<std::filesystem::path>& bundles, const std::filesystem::path& output);

} // namespace sulcus::learning
