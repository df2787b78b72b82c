// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/editing/grow.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <set>

namespace sulcus::imaging {

namespace {
constexpr VoxelIndex kSteps[6] = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
constexpr std::size_t kPollMask = 0xFFFF;

int axisOf(VoxelIndex step) { return step.i != 0 ? 0 : step.j != 0 ? 1 : 2; }
} // namespace

Result<VoxelSet> flood(const Volume& volume, VoxelIndex seed, const FloodOptions& options, const TaskContext& task) {
    const Geometry& grid = volume.geometry;
    if (!grid.contains(seed))
        return fail(ErrorCode::InvalidInput, "imaging.seed_outside");
    // The box that the flood can reach: the whole grid, the slice, or the ball of the reach.
    VoxelIndex first{0, 0, 0};
    VoxelIndex last{grid.size[0] - 1, grid.size[1] - 1, grid.size[2] - 1};
    if (options.reachMm > 0.0) {
        const auto reach = [&](std::size_t axis) {
            return static_cast<int>(std::ceil(options.reachMm / grid.spacing[axis]));
        };
        first = {std::max(0, seed.i - reach(0)), std::max(0, seed.j - reach(1)), std::max(0, seed.k - reach(2))};
        last = {std::min(last.i, seed.i + reach(0)), std::min(last.j, seed.j + reach(1)),
                std::min(last.k, seed.k + reach(2))};
    }
    if (options.sliceAxis) {
        const int axis = *options.sliceAxis;
        (axis == 0 ? first.i : axis == 1 ? first.j : first.k) = axis == 0 ? seed.i : axis == 1 ? seed.j : seed.k;
        (axis == 0 ? last.i : axis == 1 ? last.j : last.k) = axis == 0 ? seed.i : axis == 1 ? seed.j : seed.k;
    }
    VoxelSet set = VoxelSet::box(first, last);
    const double middle = static_cast<double>(volume.at(seed));
    const double reach2 = options.reachMm > 0.0 ? options.reachMm * options.reachMm + 1e-9 : 0.0;
    const auto belongs = [&](VoxelIndex v) {
        if (std::abs(static_cast<double>(volume.at(v)) - middle) > options.tolerance)
            return false;
        if (reach2 <= 0.0)
            return true;
        const double x = (v.i - seed.i) * grid.spacing[0];
        const double y = (v.j - seed.j) * grid.spacing[1];
        const double z = (v.k - seed.k) * grid.spacing[2];
        return x * x + y * y + z * z <= reach2;
    };
    std::vector<VoxelIndex> stack{seed};
    set.insert(seed);
    std::size_t visited = 0;
    while (!stack.empty()) {
        if ((++visited & kPollMask) == 0 && task.cancelled())
            return failCancelled();
        const VoxelIndex v = stack.back();
        stack.pop_back();
        for (const VoxelIndex& step : kSteps) {
            const VoxelIndex next{v.i + step.i, v.j + step.j, v.k + step.k};
            if (next.i < first.i || next.j < first.j || next.k < first.k || next.i > last.i || next.j > last.j ||
                next.k > last.k || set.inside[set.offset(next)] != 0 || !belongs(next))
                continue;
            set.insert(next);
            stack.push_back(next);
        }
    }
    return shrinkToFit(set);
}

VoxelSet withinRange(const Volume& volume, IntensityRange range, const VoxelSet* within) {
    const auto inRange = [&](VoxelIndex v) {
        const float value = volume.at(v);
        return value >= range.low && value <= range.high;
    };
    if (within != nullptr) {
        VoxelSet set = *within;
        forEachVoxel(*within, [&](VoxelIndex v) {
            if (!inRange(v))
                set.inside[set.offset(v)] = 0;
        });
        return shrinkToFit(set);
    }
    const auto& size = volume.geometry.size;
    VoxelSet set = VoxelSet::box({0, 0, 0}, {size[0] - 1, size[1] - 1, size[2] - 1});
    for (std::size_t v = 0; v < volume.voxels.size(); ++v)
        set.inside[v] = volume.voxels[v] >= range.low && volume.voxels[v] <= range.high ? 1 : 0;
    return shrinkToFit(set);
}

Result<LabelMap> growFromSeeds(const Volume& volume, const LabelMap& seeds, const GrowOptions& options,
                               const TaskContext& task) {
    const Geometry& grid = volume.geometry;
    if (!sameGridIgnoringOrigin(grid, seeds.geometry))
        return fail(ErrorCode::ShapeMismatch, "imaging.seeds_other_grid");
    const VoxelSet drawn = voxelsOf(seeds, [](std::uint8_t label) { return label != 0; });
    std::set<std::uint8_t> labels;
    forEachVoxel(drawn, [&](VoxelIndex v) { labels.insert(seeds.at(v)); });
    if (labels.size() < 2)
        return fail(ErrorCode::InvalidInput, "imaging.grow_needs_two_labels");

    std::array<int, 3> margin{};
    for (std::size_t axis = 0; axis < 3; ++axis)
        margin[axis] = static_cast<int>(std::ceil(options.marginMm / grid.spacing[axis]));
    const VoxelIndex first{std::max(0, drawn.first.i - margin[0]), std::max(0, drawn.first.j - margin[1]),
                           std::max(0, drawn.first.k - margin[2])};
    const VoxelIndex last{std::min(grid.size[0] - 1, drawn.first.i + drawn.extent[0] - 1 + margin[0]),
                          std::min(grid.size[1] - 1, drawn.first.j + drawn.extent[1] - 1 + margin[1]),
                          std::min(grid.size[2] - 1, drawn.first.k + drawn.extent[2] - 1 + margin[2])};
    const VoxelSet box = VoxelSet::box(first, last);

    // Contrast is measured against the spread of intensities in the box, so that the weight means the same for CT and
    // MRI.
    std::vector<float> values;
    values.reserve(box.inside.size());
    for (int k = first.k; k <= last.k; ++k)
        for (int j = first.j; j <= last.j; ++j)
            for (int i = first.i; i <= last.i; ++i)
                values.push_back(volume.at({i, j, k}));
    std::vector<float> sorted = values;
    const auto percentile = [&](double p) {
        const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(p * static_cast<double>(sorted.size() - 1));
        std::nth_element(sorted.begin(), at, sorted.end());
        return static_cast<double>(*at);
    };
    const double low = percentile(0.02);
    const double spread = std::max(1e-6, percentile(0.98) - low);

    struct Candidate {
        double cost;
        VoxelIndex voxel;
        std::uint8_t label;
        bool operator>(const Candidate& other) const { return cost > other.cost; }
    };
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
    std::vector<double> best(box.inside.size(), 1e300);
    LabelMap grown = seeds;
    forEachVoxel(drawn, [&](VoxelIndex v) {
        best[box.offset(v)] = 0.0;
        queue.push({0.0, v, seeds.at(v)});
    });
    std::size_t settled = 0;
    while (!queue.empty()) {
        const Candidate current = queue.top();
        queue.pop();
        if (current.cost > best[box.offset(current.voxel)])
            continue;
        if ((++settled & kPollMask) == 0) {
            if (task.cancelled())
                return failCancelled();
            task.report(static_cast<double>(settled) / static_cast<double>(best.size()), "stage.growing");
        }
        grown.voxels[grid.offset(current.voxel)] = current.label;
        const double here = static_cast<double>(values[box.offset(current.voxel)]);
        for (const VoxelIndex& step : kSteps) {
            const VoxelIndex next{current.voxel.i + step.i, current.voxel.j + step.j, current.voxel.k + step.k};
            if (next.i < first.i || next.j < first.j || next.k < first.k || next.i > last.i || next.j > last.j ||
                next.k > last.k)
                continue;
            const double contrast =
                std::min(1.0, std::abs(static_cast<double>(values[box.offset(next)]) - here) / spread);
            const double length = grid.spacing[static_cast<std::size_t>(axisOf(step))];
            const double cost = current.cost + length * (1.0 + options.contrastWeight * contrast);
            if (cost < best[box.offset(next)]) {
                best[box.offset(next)] = cost;
                queue.push({cost, next, current.label});
            }
        }
    }
    return grown;
}

} // namespace sulcus::imaging
