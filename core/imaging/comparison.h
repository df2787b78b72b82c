// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/label_scheme.h"

#include <map>
#include <optional>

namespace sulcus::imaging {

/// How one region of a prediction compares with the truth. Values that do not exist are empty, never NaN: HD95 when one
/// side is empty; sensitivity without positives. Two empty regions agree: Dice and IoU 1.
struct RegionComparison {
    std::optional<double> dice;
    std::optional<double> iou;
    /// The larger of the two directed 95th percentiles of surface distance (Taha & Hanbury 2015), between centres of
    /// surface voxels: those with one of their six neighbours outside the region or outside the grid.
    std::optional<double> hd95Mm;
    std::optional<double> sensitivity;
    std::optional<double> specificity;
    double mlPrediction = 0.0;
    double mlTruth = 0.0;
};

struct Comparison {
    std::map<Target, RegionComparison> regions; ///< WT, TC, ET for BraTS; Mask otherwise
    double accuracy = 0.0; ///< voxels with the same label (BraTS) or the same side of zero (binary) / all
};

enum class ComparisonScheme { Brats, Binary };

/// Errors: ShapeMismatch when the grids differ (the origin may), Cancelled.
Result<Comparison> compareLabelMaps(const LabelMap& prediction, LabelEra predictionEra, const LabelMap& truth,
                                    LabelEra truthEra, ComparisonScheme scheme, const TaskContext& task);

} // namespace sulcus::imaging
