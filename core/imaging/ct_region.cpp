// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/ct_region.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

namespace sulcus::imaging {

namespace {

/// Otsu's threshold of 256 grey levels between the least and the greatest value: the last level of the dark class.
float otsuOf(const float* values, std::size_t count, float least, float greatest) {
    constexpr std::size_t kLevels = 256;
    std::array<double, kLevels> histogram{};
    const float scale = static_cast<float>(kLevels - 1) / (greatest - least);
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto level = static_cast<std::size_t>((values[i] - least) * scale);
        histogram[level] += 1.0;
        sum += static_cast<double>(level);
    }
    std::size_t best = 0;
    double bestSpread = -1.0;
    double dark = 0.0;
    double darkSum = 0.0;
    const auto all = static_cast<double>(count);
    for (std::size_t level = 0; level + 1 < kLevels; ++level) {
        dark += histogram[level];
        darkSum += histogram[level] * static_cast<double>(level);
        if (dark == 0.0 || dark == all)
            continue;
        const double apart = darkSum / dark - (sum - darkSum) / (all - dark);
        if (const double spread = dark * (all - dark) * apart * apart; spread > bestSpread) {
            bestSpread = spread;
            best = level;
        }
    }
    return least + static_cast<float>(best + 1) / scale;
}

/// Share of the body in one slice that its two largest enclosed dark areas take, 0..1.
double enclosedDarkShare(const float* slice, int width, int height) {
    const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    if (!std::all_of(slice, slice + count, [](float v) { return std::isfinite(v); }))
        return 0.0;
    const auto [least, greatest] = std::minmax_element(slice, slice + count);
    if (!(*least < *greatest))
        return 0.0;
    const float threshold = otsuOf(slice, count, *least, *greatest);
    std::vector<bool> open(count); // dark, and not yet visited
    std::size_t body = 0;
    for (std::size_t i = 0; i < count; ++i) {
        open[i] = slice[i] < threshold;
        body += open[i] ? 0 : 1;
    }
    std::vector<std::size_t> areas;
    std::vector<std::size_t> waiting;
    const auto columns = static_cast<std::size_t>(width);
    for (std::size_t start = 0; start < count; ++start) {
        if (!open[start])
            continue;
        std::size_t area = 0;
        bool enclosed = true;
        open[start] = false;
        waiting.assign(1, start);
        while (!waiting.empty()) {
            const std::size_t at = waiting.back();
            waiting.pop_back();
            ++area;
            const std::size_t column = at % columns;
            const bool left = column > 0;
            const bool right = column + 1 < columns;
            const bool up = at >= columns;
            const bool down = at + columns < count;
            enclosed = enclosed && left && right && up && down;
            const auto visit = [&](bool there, std::size_t next) {
                if (there && open[next]) {
                    open[next] = false;
                    waiting.push_back(next);
                }
            };
            visit(left, at - 1);
            visit(right, at + 1);
            visit(up, at - columns);
            visit(down, at + columns);
        }
        if (enclosed) {
            areas.push_back(area);
            body += area;
        }
    }
    std::sort(areas.begin(), areas.end(), std::greater<>());
    areas.resize(2);
    return body == 0 ? 0.0 : static_cast<double>(areas[0] + areas[1]) / static_cast<double>(body);
}

} // namespace

CtRegion guessCtRegion(const Volume& volume) {
    constexpr std::size_t kSamples = 200'000;
    // An odd stride does not fall into step with rows of an even length.
    const std::size_t step = std::max<std::size_t>(1, volume.voxels.size() / kSamples) | 1U;
    std::size_t seen = 0;
    std::size_t belowWater = 0;
    std::size_t lung = 0;
    std::size_t fat = 0;
    std::size_t soft = 0;
    std::size_t tissue = 0;
    for (std::size_t i = 0; i < volume.voxels.size(); i += step) {
        const float hu = volume.voxels[i];
        if (!std::isfinite(hu))
            continue;
        ++seen;
        belowWater += hu < -200.0F ? 1 : 0;
        lung += hu >= -950.0F && hu < -500.0F ? 1 : 0;
        fat += hu >= -150.0F && hu < -30.0F ? 1 : 0;
        soft += hu >= -30.0F && hu < 150.0F ? 1 : 0;
        tissue += hu >= -500.0F && hu < 2000.0F ? 1 : 0;
    }
    if (belowWater == 0 || tissue * 100 < seen || tissue < 100)
        return CtRegion::Unknown;
    if (lung * 5 >= tissue)
        return CtRegion::Chest;
    return fat * 5 >= soft ? CtRegion::Abdomen : CtRegion::Head;
}

CtRegion guessPictureRegion(const Volume& volume) {
    constexpr int kSlices = 5;
    constexpr double kChest = 0.12;
    const auto [width, height, slices] = volume.geometry.size;
    const auto area = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    if (slices < 1 || area == 0 || volume.voxels.size() < area * static_cast<std::size_t>(slices))
        return CtRegion::Unknown;
    std::vector<double> shares;
    for (int n = 0; n < std::min(kSlices, slices); ++n) {
        const int k = (2 * n + 1) * slices / (2 * std::min(kSlices, slices));
        shares.push_back(enclosedDarkShare(volume.voxels.data() + area * static_cast<std::size_t>(k), width, height));
    }
    const auto middle = shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2);
    std::nth_element(shares.begin(), middle, shares.end());
    return *middle >= kChest ? CtRegion::Chest : CtRegion::Unknown;
}

} // namespace sulcus::imaging
