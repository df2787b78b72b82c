// SPDX-License-Identifier: Apache-2.0
#include "core/learning/input_checks.h"

#include "core/learning/ct_intensities.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>

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

struct SequenceName {
    const char* input;
    const char* name;
};
enum Sequence : std::size_t { Flair, T1, T1ce, T2 };
constexpr std::array<SequenceName, 4> kSequences{{{"flair", "FLAIR"}, {"t1", "T1"}, {"t1ce", "T1ce"}, {"t2", "T2"}}};

/// Which channel is which sequence; nothing = not there.
using SequenceOrder = std::array<std::optional<std::size_t>, 4>;

/// The brain's values in each channel, and how well a naming of the channels agrees with what sequences look like.
class Sequences {
public:
    explicit Sequences(std::size_t channels) : m_values(channels), m_moments(channels) {}

    void add(std::size_t channel, std::vector<float> values) {
        m_moments[channel] = moments(values);
        m_values[channel] = std::move(values);
    }

    /// The smallest margin by which a rule holds; below 0 one is broken. Rules about missing sequences are left out.
    double fit(const SequenceOrder& order) {
        // FLAIR shows the same water as T2, T1 its absence; the brightest of T1ce are vessels and tumour, so some play.
        constexpr double kPlay = 0.2;
        double smallest = 1e9;
        const auto rule = [&](std::initializer_list<Sequence> needed, const auto& margin) {
            if (std::all_of(needed.begin(), needed.end(), [&](Sequence s) { return order[s].has_value(); })) {
                smallest = std::min(smallest, margin());
            }
        };
        const auto alike = [&](Sequence a, Sequence b) { return correlation(*order[a], *order[b]); };
        const auto waterAtTop = [&](Sequence a) { return meanAtTop(*order[a], *order[T2]); };
        rule({T1, T1ce, T2}, [&] { return alike(T1, T1ce) - std::max(alike(T1, T2), alike(T1ce, T2)); });
        rule({Flair, T1, T2}, [&] { return alike(Flair, T1) - alike(T1, T2); });
        rule({Flair, T1, T2}, [&] { return waterAtTop(Flair) - waterAtTop(T1); });
        rule({Flair, T1ce, T2}, [&] { return waterAtTop(Flair) - waterAtTop(T1ce) + kPlay; });
        rule({T1, T1ce}, [&] { return m_moments[*order[T1ce]].skew - m_moments[*order[T1]].skew; });
        return smallest;
    }

    /// The exchange of two sequences that makes the naming fit best.
    std::array<std::size_t, 2> likeliestExchange(const SequenceOrder& order) {
        std::array<std::size_t, 2> best{T1, T2};
        double bestFit = -1e9;
        for (std::size_t a = 0; a < order.size(); ++a) {
            for (std::size_t b = a + 1; b < order.size(); ++b) {
                if (!order[a] || !order[b]) {
                    continue;
                }
                auto exchanged = order;
                std::swap(exchanged[a], exchanged[b]);
                if (const double fits = fit(exchanged); fits > bestFit) {
                    bestFit = fits;
                    best = {a, b};
                }
            }
        }
        return best;
    }

private:
    double correlation(std::size_t a, std::size_t b) {
        return remembered(m_correlations, a, b, [&] {
            double sum = 0.0;
            for (std::size_t i = 0; i < m_values[a].size(); ++i) {
                sum += (m_values[a][i] - m_moments[a].mean) * (m_values[b][i] - m_moments[b].mean);
            }
            const double scale = m_moments[a].deviation * m_moments[b].deviation;
            return scale > 0.0 ? sum / scale / static_cast<double>(m_values[a].size()) : 0.0;
        });
    }

    /// Mean z-score of channel `b` over the brightest 3 % of channel `a`.
    double meanAtTop(std::size_t a, std::size_t b) {
        return remembered(m_tops, a, b, [&] {
            std::vector<float> sorted = m_values[a];
            const auto at = static_cast<std::ptrdiff_t>(0.97 * static_cast<double>(sorted.size() - 1));
            std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
            const float limit = sorted[static_cast<std::size_t>(at)];
            double sum = 0.0;
            double count = 0.0;
            for (std::size_t i = 0; i < m_values[a].size(); ++i) {
                if (m_values[a][i] >= limit) {
                    sum += m_values[b][i] - m_moments[b].mean;
                    count += 1.0;
                }
            }
            return m_moments[b].deviation > 0.0 && count > 0.0 ? sum / count / m_moments[b].deviation : 0.0;
        });
    }

    template <typename Find>
    static double remembered(std::map<std::pair<std::size_t, std::size_t>, double>& known, std::size_t a, std::size_t b,
                             const Find& find) {
        const auto [entry, fresh] = known.try_emplace({a, b}, 0.0);
        if (fresh) {
            entry->second = find();
        }
        return entry->second;
    }

    std::vector<std::vector<float>> m_values;
    std::vector<Moments> m_moments;
    std::map<std::pair<std::size_t, std::size_t>, double> m_correlations;
    std::map<std::pair<std::size_t, std::size_t>, double> m_tops;
};

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
    for (std::size_t a = 0; a < channels; ++a) {
        for (std::size_t b = a + 1; b < channels; ++b) {
            if (present[a] && present[b] && !brain[a].empty() && brain[a] == brain[b]) {
                warnings.push_back(
                    {"learning.warn_same_sequence", {{"first", spec.inputs[a]}, {"second", spec.inputs[b]}}});
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

    Sequences sequences(spec.inputs.size());
    SequenceOrder order;
    for (std::size_t n = 0; n < order.size(); ++n) {
        const auto found = std::find(spec.inputs.begin(), spec.inputs.end(), kSequences[n].input);
        const auto c = static_cast<std::size_t>(found - spec.inputs.begin());
        if (found != spec.inputs.end() && present[c] && brain[c].size() >= 1000) {
            order[n] = c;
            sequences.add(c, std::move(brain[c]));
        }
    }
    if (sequences.fit(order) < 0.0) {
        const auto [first, second] = sequences.likeliestExchange(order);
        warnings.push_back(
            {"learning.warn_sequence_order", {{"first", kSequences[first].name}, {"second", kSequences[second].name}}});
    }
    return warnings;
}

} // namespace sulcus::learning
