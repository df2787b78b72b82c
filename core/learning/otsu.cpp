// SPDX-License-Identifier: Apache-2.0
#include "core/learning/otsu.h"

#include "core/learning/interruption.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

namespace sulcus::learning {

float otsuThreshold(const std::vector<float>& values) {
    constexpr std::size_t kSteps = 256;
    float low = std::numeric_limits<float>::infinity();
    float high = -low;
    for (const float value : values) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    if (!(high > low)) {
        return std::isfinite(low) ? low : 0.0F;
    }
    const double step = (static_cast<double>(high) - static_cast<double>(low)) / static_cast<double>(kSteps);
    std::array<double, kSteps> histogram{};
    double count = 0.0;
    double total = 0.0;
    for (const float value : values) {
        if (std::isfinite(value)) {
            const auto bin = std::min(
                kSteps - 1, static_cast<std::size_t>((static_cast<double>(value) - static_cast<double>(low)) / step));
            histogram[bin] += 1.0;
            count += 1.0;
            total += static_cast<double>(bin);
        }
    }
    double below = 0.0;
    double sum = 0.0;
    double most = -1.0;
    std::size_t best = 0;
    for (std::size_t n = 0; n + 1 < kSteps; ++n) {
        below += histogram[n];
        sum += histogram[n] * static_cast<double>(n);
        if (below == 0.0 || below == count) {
            continue;
        }
        const double between =
            (total * below - sum * count) * (total * below - sum * count) / (below * (count - below));
        if (between > most) {
            most = between;
            best = n;
        }
    }
    return static_cast<float>(static_cast<double>(low) + step * static_cast<double>(best + 1));
}

OtsuRival::OtsuRival(std::vector<std::string> inputs, std::vector<OutputSpec> outputs)
    : m_inputs(std::move(inputs)), m_outputs(std::move(outputs)), m_sums(m_inputs.size() * m_outputs.size() * 2, 0.0) {}

void OtsuRival::add(const float* image, const unsigned char* labels, std::size_t voxels, bool onlyNonZero) {
    ++m_cases;
    for (std::size_t c = 0; c < m_inputs.size(); ++c) {
        pollInterruption();
        const float* channel = image + c * voxels;
        std::vector<float> seen;
        seen.reserve(voxels);
        std::copy_if(channel, channel + voxels, std::back_inserter(seen),
                     [&](float value) { return !onlyNonZero || value != 0.0F; });
        const float threshold = otsuThreshold(seen);
        for (std::size_t o = 0; o < m_outputs.size(); ++o) {
            std::array<bool, 256> member{};
            for (const int value : m_outputs[o].sources) {
                member[static_cast<std::size_t>(value)] = true;
            }
            double truth = 0.0;
            std::array<double, 2> marked{};
            std::array<double, 2> both{};
            for (std::size_t i = 0; i < voxels; ++i) {
                if (labels[i] == 255) {
                    continue;
                }
                const bool inside = member[labels[i]];
                truth += inside ? 1.0 : 0.0;
                if (!std::isfinite(channel[i]) || (onlyNonZero && channel[i] == 0.0F)) {
                    continue;
                }
                const std::size_t side = channel[i] >= threshold ? 1 : 0;
                marked[side] += 1.0;
                both[side] += inside ? 1.0 : 0.0;
            }
            for (std::size_t side = 0; side < 2; ++side) {
                const double sum = marked[side] + truth;
                m_sums[(o * m_inputs.size() + c) * 2 + side] += sum > 0.0 ? 2.0 * both[side] / sum : 1.0;
            }
        }
    }
}

std::vector<OtsuRival::Score> OtsuRival::scores() const {
    std::vector<Score> result;
    for (std::size_t o = 0; o < m_outputs.size() && m_cases > 0 && !m_inputs.empty(); ++o) {
        const auto first = m_sums.begin() + static_cast<std::ptrdiff_t>(o * m_inputs.size() * 2);
        const auto best = std::max_element(first, first + static_cast<std::ptrdiff_t>(m_inputs.size() * 2));
        const auto which = static_cast<std::size_t>(best - first);
        result.push_back(
            {m_outputs[o].name, m_inputs[which / 2], which % 2 == 1, *best / static_cast<double>(m_cases)});
    }
    return result;
}

} // namespace sulcus::learning
