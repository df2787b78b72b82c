// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/bundle.h"
#include "core/learning/json_fields.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace sulcus::learning {

/// How raw intensities become what the network sees. One implementation (`preprocess.h`) serves caches and inference.
struct Normalisation {
    /// "zscore_nonzero": per channel, clip at the percentiles of the non-zero voxels, subtract their mean, divide by
    /// their deviation, background stays 0. "zscore": the same over all voxels. "minmax": to 0..1. "window": (value -
    /// low) / (high - low), clipped to 0..1. "ct_or_window": a CT volume in HU is windowed, an 8-bit picture of such a
    /// window is divided by 255.
    std::string method = "zscore_nonzero";
    double lowPercentile = 0.1;
    double highPercentile = 99.9;
    double low = 0.0;  ///< "window": HU
    double high = 1.0; ///< "window": HU
    double clampLow = -5.0;
    double clampHigh = 15.0;
    bool equaliseHistogram = false; ///< classification: of each view, before anything else
};

/// Names for the two sides of an organ that comes in pairs, by label value; 0 = sides are not told apart.
struct SideLabels {
    int right = 0;
    int left = 0;
};

/// One output channel with the label values it stands for.
struct OutputSpec {
    std::string name;
    std::vector<int> sources; ///< label values of a truth file that count as this output
    int value = 0;            ///< label value written where this is the innermost output that holds
    double threshold = 0.5;
};

struct PostProcessing {
    double smallestComponentMl = 0.0; ///< of the first output's mask; smaller pieces vanish
    double corelessShare = 0.0;   ///< pieces of the outermost output alone vanish below this share of the largest piece
    double smallestInnerMl = 0.0; ///< total of the last output below which it is folded into the one around it
    int keepLargest = 0;          ///< components kept, largest first; 0 = all
    bool fillHoles = false;       ///< of the first output's mask
    double smoothSlicesMm = 0.0;  ///< 2-D networks: deviation of a Gaussian over neighbouring slices' outputs
    double smallestShare = 0.0;   ///< of the largest piece; smaller pieces of a volume vanish
    double airBelowHu = 0.0;      ///< CT in HU: what counts as air-filled, see `meetAir`
    double airReachMm = 0.0;      ///< how far the outline may move to meet it; 0 = off
    SideLabels sides;
};

/// Everything between raw intensities and labels. Plans and bundles share it, so what is trained is what is loaded.
struct NetworkSpec {
    std::string task; ///< "segmentation-3d", "segmentation-2d", "classification"
    std::string architecture;
    nlohmann::json options; ///< the architecture's own, read by `makeNetwork`
    std::vector<std::string> inputs;
    std::vector<double> spacingMm;      ///< x, y, z (2-D: x, y) of the network's grid; empty = the input's own
    std::vector<int> patch;             ///< D, H, W in 3-D; H, W in 2-D
    bool fitBody = false;               ///< 2-D without a spacing: the body fills `patch`, not the slice
    double overlap = 0.5;               ///< of neighbouring windows, 0..0.9
    std::string missingInput = "zeros"; ///< or "refuse"
    std::vector<int> mirrorAxes{2};     ///< flip averaging mirrors along these; 0 = depth, 1 = height, 2 = width
    bool mirrorAlways = false;          ///< flip averaging without being asked
    Normalisation normalisation;
    std::vector<OutputSpec> outputs;
    bool nested = true;
    std::vector<BundleLabel> labels;
    PostProcessing postProcessing;
};

/// Reads the fields that plans and bundles share. Throws FieldError.
NetworkSpec parseSpec(const JsonFields& fields);

/// The networks that an "ensemble" is made of, each as a spec that differs from `spec` in architecture and options
/// alone; none for any other architecture. Throws FieldError: fewer than 2 or more than 8, an ensemble or a TorchScript
/// among them.
std::vector<NetworkSpec> membersOf(const NetworkSpec& spec);

/// What of a spec's options decides how its weights are used: what is left out stands in with its default, and what
/// serves training alone (dropout, extra outputs, the start value of the last offset) is gone. Two networks fit each
/// other's weights where these are equal.
nlohmann::json essentialOptions(const NetworkSpec& spec);

/// The first of the essential options in which two networks of one architecture differ; empty for none.
std::string differingOption(const NetworkSpec& a, const NetworkSpec& b);

/// The n-th member of an ensemble, from 0, among its weights: "member0.down0.conv0.weight".
std::string memberName(std::size_t member);

nlohmann::ordered_json toJson(const NetworkSpec& spec);

} // namespace sulcus::learning
