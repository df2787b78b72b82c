// SPDX-License-Identifier: Apache-2.0
#include "core/learning/input_checks.h"

#include "core/learning/ct_intensities.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

namespace sulcus::learning {

namespace {

// Of the box around the head. Stripped brains have 0.55 to 0.58 (all BraTS cases and templates at hand; a ball has
// 0.48), a head with its skull and cleared air 0.40, one with noisy air nothing.
constexpr double kSmallestBackgroundShare = 0.45;
constexpr int kVolumeSlices = 8;
constexpr double kHounsfieldBelow = -200.0; // MRI magnitudes are not negative; air in a CT is -1000

struct Moments {
    double mean = 0.0;
    double deviation = 0.0;
    double skew = 0.0;
};

/// Of values clipped to their 0.1 and 99.9 percentiles, so that single wild voxels decide nothing.
Moments moments(std::vector<float>& values) {
    std::vector<float> sorted = values;
    const auto percentile = [&](double share) {
        const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
        std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
        return sorted[static_cast<std::size_t>(at)];
    };
    const float low = percentile(0.001);
    const float high = percentile(0.999);
    Moments m;
    for (auto& value : values) {
        value = std::clamp(value, low, high);
        m.mean += value;
    }
    const auto count = static_cast<double>(values.size());
    m.mean /= count;
    double cubes = 0.0;
    for (const float value : values) {
        const double d = value - m.mean;
        m.deviation += d * d;
        cubes += d * d * d;
    }
    m.deviation = std::sqrt(m.deviation / count);
    m.skew = m.deviation > 0.0 ? cubes / count / std::pow(m.deviation, 3.0) : 0.0;
    return m;
}

} // namespace

std::vector<Message> checkInput(const Field& image, const std::vector<bool>& present, const NetworkSpec& spec) {
    std::vector<Message> warnings;
    const std::size_t count = image.voxelsPerChannel();
    const auto channels = static_cast<std::size_t>(image.channels);
    const bool mri = spec.normalisation.method == "zscore_nonzero";
    const auto channel = [&](std::size_t c) { return image.values.data() + c * count; };

    double lowest = 0.0;
    for (std::size_t c = 0; c < channels; ++c) {
        if (!present[c] || count == 0) {
            continue;
        }
        const auto [low, high] = std::minmax_element(channel(c), channel(c) + count);
        lowest = std::min(lowest, static_cast<double>(*low));
        if (*low == *high) {
            warnings.push_back({"learning.warn_channel_flat", {{"input", spec.inputs[c]}}});
        }
    }
    if (mri && lowest < kHounsfieldBelow) {
        warnings.push_back({"learning.warn_looks_like_ct", {{"value", std::to_string(static_cast<int>(lowest))}}});
        return warnings;
    }
    if (spec.normalisation.method == "ct_or_window" && image.depth >= kVolumeSlices && warnings.empty()) {
        // A single slice may well be a picture of a window; a whole volume in other units than a scanner's is suspect.
        const auto unit = readCtUnit(channel(0), count).unit;
        if (unit == CtUnit::Wide) {
            warnings.push_back({"learning.warn_not_ct", {}});
        } else if (unit != CtUnit::Hounsfield && unit != CtUnit::RawCt) {
            warnings.push_back({"learning.warn_ct_window", {}});
        }
    }
    if (!mri || spec.task != "segmentation-3d") {
        return warnings;
    }

    // Every third voxel of each axis is plenty for statistics.
    std::vector<std::vector<float>> brain(channels);
    std::size_t foreground = 0;
    std::array<int, 3> first{image.depth, image.height, image.width};
    std::array<int, 3> last{-1, -1, -1};
    for (int d = 0; d < image.depth; d += 3) {
        for (int h = 0; h < image.height; h += 3) {
            for (int w = 0; w < image.width; w += 3) {
                const auto at = static_cast<std::size_t>((d * image.height + h) * image.width + w);
                bool inside = false;
                bool everywhere = true;
                for (std::size_t c = 0; c < channels; ++c) {
                    const bool value = present[c] && channel(c)[at] != 0.0F;
                    inside = inside || value;
                    everywhere = everywhere && (value || !present[c]);
                }
                if (inside) {
                    ++foreground;
                    const std::array<int, 3> voxel{d, h, w};
                    for (std::size_t a = 0; a < 3; ++a) {
                        first[a] = std::min(first[a], voxel[a]);
                        last[a] = std::max(last[a], voxel[a]);
                    }
                }
                for (std::size_t c = 0; inside && everywhere && c < channels; ++c) {
                    brain[c].push_back(channel(c)[at]);
                }
            }
        }
    }
    double box = 1.0;
    for (std::size_t a = 0; a < 3; ++a) {
        box *= std::max(0, last[a] - first[a]) / 3 + 1;
    }
    const double share = foreground == 0 ? 1.0 : 1.0 - static_cast<double>(foreground) / box;
    if (share < kSmallestBackgroundShare) {
        warnings.push_back(
            {"learning.warn_not_skull_stripped", {{"percent", std::to_string(std::lround(100.0 * share))}}});
        return warnings;
    }

    const auto index = [&](const char* name) -> std::optional<std::size_t> {
        const auto found = std::find(spec.inputs.begin(), spec.inputs.end(), name);
        const auto c = static_cast<std::size_t>(found - spec.inputs.begin());
        if (found == spec.inputs.end() || !present[c] || brain[c].size() < 1000) {
            return std::nullopt;
        }
        return c;
    };
    const auto flair = index("flair");
    const auto t1 = index("t1");
    const auto t1ce = index("t1ce");
    const auto t2 = index("t2");
    std::vector<Moments> stats(channels);
    for (const auto& c : {flair, t1, t1ce, t2}) {
        if (c) {
            stats[*c] = moments(brain[*c]);
        }
    }
    const auto correlation = [&](std::size_t a, std::size_t b) {
        double sum = 0.0;
        for (std::size_t i = 0; i < brain[a].size(); ++i) {
            sum += (brain[a][i] - stats[a].mean) * (brain[b][i] - stats[b].mean);
        }
        const double scale = stats[a].deviation * stats[b].deviation * static_cast<double>(brain[a].size());
        return scale > 0.0 ? sum / scale : 0.0;
    };
    const auto suspect = [&](const char* a, const char* b) {
        warnings.push_back({"learning.warn_sequence_order", {{"first", a}, {"second", b}}});
    };
    if (t1 && t1ce && t2 &&
        (correlation(*t1, *t1ce) < correlation(*t1, *t2) || correlation(*t1, *t1ce) < correlation(*t1ce, *t2))) {
        suspect("T2", "T1");
    } else if (t1 && t2 && flair && correlation(*flair, *t1) < correlation(*t2, *t1)) {
        suspect("FLAIR", "T2");
    } else if (t1 && t1ce && stats[*t1ce].skew < stats[*t1].skew) {
        suspect("T1", "T1ce");
    }
    return warnings;
}

} // namespace sulcus::learning
