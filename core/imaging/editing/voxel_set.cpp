// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/editing/voxel_set.h"

#include "core/imaging/distance.h"

#include <algorithm>
#include <cmath>

namespace sulcus::imaging {

namespace {

/// The set in a box grown by `margin` voxels along each axis, cut at the grid when one is given.
VoxelSet withMargin(const VoxelSet& set, const std::array<int, 3>& margin, const Geometry* grid) {
    VoxelIndex first{set.first.i - margin[0], set.first.j - margin[1], set.first.k - margin[2]};
    VoxelIndex last{set.first.i + set.extent[0] - 1 + margin[0], set.first.j + set.extent[1] - 1 + margin[1],
                    set.first.k + set.extent[2] - 1 + margin[2]};
    if (grid != nullptr) {
        first = {std::max(first.i, 0), std::max(first.j, 0), std::max(first.k, 0)};
        last = {std::min(last.i, grid->size[0] - 1), std::min(last.j, grid->size[1] - 1),
                std::min(last.k, grid->size[2] - 1)};
    }
    VoxelSet larger = VoxelSet::box(first, last);
    forEachVoxel(set, [&](VoxelIndex v) {
        if (grid == nullptr || grid->contains(v))
            larger.insert(v);
    });
    return larger;
}

std::array<int, 3> marginFor(double mm, const std::array<double, 3>& spacing) {
    std::array<int, 3> margin{};
    for (std::size_t axis = 0; axis < 3; ++axis)
        margin[axis] = static_cast<int>(std::ceil(mm / spacing[axis])) + 1;
    return margin;
}

/// Pieces by flood fill over `pending`, which is emptied. `neighbours` are offsets in voxels.
std::vector<VoxelSet> floodPieces(VoxelSet pending, const std::vector<VoxelIndex>& neighbours) {
    std::vector<VoxelSet> found;
    std::vector<VoxelIndex> stack;
    std::vector<VoxelIndex> members;
    const VoxelSet all = pending;
    forEachVoxel(all, [&](VoxelIndex start) {
        if (!pending.contains(start))
            return;
        members.clear();
        stack.assign(1, start);
        pending.inside[pending.offset(start)] = 0;
        VoxelIndex low = start;
        VoxelIndex high = start;
        while (!stack.empty()) {
            const VoxelIndex v = stack.back();
            stack.pop_back();
            members.push_back(v);
            low = {std::min(low.i, v.i), std::min(low.j, v.j), std::min(low.k, v.k)};
            high = {std::max(high.i, v.i), std::max(high.j, v.j), std::max(high.k, v.k)};
            for (const VoxelIndex& step : neighbours) {
                const VoxelIndex next{v.i + step.i, v.j + step.j, v.k + step.k};
                if (!pending.contains(next))
                    continue;
                pending.inside[pending.offset(next)] = 0;
                stack.push_back(next);
            }
        }
        VoxelSet piece = VoxelSet::box(low, high);
        for (const VoxelIndex& v : members)
            piece.insert(v);
        found.push_back(std::move(piece));
    });
    return found;
}

std::vector<VoxelIndex> allNeighbours() {
    std::vector<VoxelIndex> steps;
    for (int k = -1; k <= 1; ++k)
        for (int j = -1; j <= 1; ++j)
            for (int i = -1; i <= 1; ++i)
                if (i != 0 || j != 0 || k != 0)
                    steps.push_back({i, j, k});
    return steps;
}

/// One pass of a normalised Gaussian along `axis`; beyond the box counts as the edge value.
void blurAlong(std::vector<float>& values, const std::array<int, 3>& extent, int axis, double sigmaVoxels) {
    if (sigmaVoxels < 1e-3)
        return;
    const int radius = std::max(1, static_cast<int>(std::ceil(3.0 * sigmaVoxels)));
    std::vector<float> kernel(static_cast<std::size_t>(radius) + 1);
    double sum = 0.0;
    for (int r = 0; r <= radius; ++r) {
        kernel[static_cast<std::size_t>(r)] = static_cast<float>(std::exp(-0.5 * r * r / (sigmaVoxels * sigmaVoxels)));
        sum += (r == 0 ? 1.0 : 2.0) * static_cast<double>(kernel[static_cast<std::size_t>(r)]);
    }
    for (float& weight : kernel)
        weight = static_cast<float>(static_cast<double>(weight) / sum);

    const auto ua = static_cast<std::size_t>(axis);
    const int n = extent[ua];
    std::size_t stride = 1;
    for (std::size_t a = 0; a < ua; ++a)
        stride *= static_cast<std::size_t>(extent[a]);
    const std::size_t lines = values.size() / static_cast<std::size_t>(n);
    std::vector<float> line(static_cast<std::size_t>(n));
    for (std::size_t number = 0; number < lines; ++number) {
        const std::size_t start = (number / stride) * stride * static_cast<std::size_t>(n) + number % stride;
        for (int q = 0; q < n; ++q)
            line[static_cast<std::size_t>(q)] = values[start + static_cast<std::size_t>(q) * stride];
        for (int q = 0; q < n; ++q) {
            float total = kernel[0] * line[static_cast<std::size_t>(q)];
            for (int r = 1; r <= radius; ++r)
                total += kernel[static_cast<std::size_t>(r)] * (line[static_cast<std::size_t>(std::max(q - r, 0))] +
                                                                line[static_cast<std::size_t>(std::min(q + r, n - 1))]);
            values[start + static_cast<std::size_t>(q) * stride] = total;
        }
    }
}

} // namespace

VoxelSet VoxelSet::box(VoxelIndex first, VoxelIndex last) {
    VoxelSet set;
    set.first = first;
    set.extent = {std::max(0, last.i - first.i + 1), std::max(0, last.j - first.j + 1),
                  std::max(0, last.k - first.k + 1)};
    set.inside.assign(static_cast<std::size_t>(set.extent[0]) * static_cast<std::size_t>(set.extent[1]) *
                          static_cast<std::size_t>(set.extent[2]),
                      0);
    return set;
}

std::size_t VoxelSet::offset(VoxelIndex v) const {
    return (static_cast<std::size_t>(v.k - first.k) * static_cast<std::size_t>(extent[1]) +
            static_cast<std::size_t>(v.j - first.j)) *
               static_cast<std::size_t>(extent[0]) +
           static_cast<std::size_t>(v.i - first.i);
}

bool VoxelSet::contains(VoxelIndex v) const {
    return v.i >= first.i && v.j >= first.j && v.k >= first.k && v.i < first.i + extent[0] &&
           v.j < first.j + extent[1] && v.k < first.k + extent[2] && inside[offset(v)] != 0;
}

std::size_t VoxelSet::count() const {
    return static_cast<std::size_t>(std::count(inside.begin(), inside.end(), std::uint8_t{1}));
}

void forEachVoxel(const VoxelSet& set, const std::function<void(VoxelIndex)>& visit) {
    std::size_t at = 0;
    for (int k = 0; k < set.extent[2]; ++k)
        for (int j = 0; j < set.extent[1]; ++j)
            for (int i = 0; i < set.extent[0]; ++i, ++at)
                if (set.inside[at] != 0)
                    visit({set.first.i + i, set.first.j + j, set.first.k + k});
}

VoxelSet voxelsOf(const LabelMap& map, const std::function<bool(std::uint8_t)>& belongs) {
    std::array<bool, 256> wanted{};
    for (int value = 0; value < 256; ++value)
        wanted[static_cast<std::size_t>(value)] = belongs(static_cast<std::uint8_t>(value));
    const auto& size = map.geometry.size;
    VoxelIndex low{size[0], size[1], size[2]};
    VoxelIndex high{-1, -1, -1};
    std::size_t at = 0;
    for (int k = 0; k < size[2]; ++k)
        for (int j = 0; j < size[1]; ++j)
            for (int i = 0; i < size[0]; ++i, ++at)
                if (wanted[map.voxels[at]]) {
                    low = {std::min(low.i, i), std::min(low.j, j), std::min(low.k, k)};
                    high = {std::max(high.i, i), std::max(high.j, j), std::max(high.k, k)};
                }
    if (high.i < 0)
        return {};
    VoxelSet set = VoxelSet::box(low, high);
    for (int k = low.k; k <= high.k; ++k)
        for (int j = low.j; j <= high.j; ++j)
            for (int i = low.i; i <= high.i; ++i)
                if (wanted[map.at({i, j, k})])
                    set.insert({i, j, k});
    return set;
}

VoxelSet unite(const VoxelSet& a, const VoxelSet& b) {
    if (a.inside.empty())
        return b;
    if (b.inside.empty())
        return a;
    VoxelSet sum =
        VoxelSet::box({std::min(a.first.i, b.first.i), std::min(a.first.j, b.first.j), std::min(a.first.k, b.first.k)},
                      {std::max(a.first.i + a.extent[0], b.first.i + b.extent[0]) - 1,
                       std::max(a.first.j + a.extent[1], b.first.j + b.extent[1]) - 1,
                       std::max(a.first.k + a.extent[2], b.first.k + b.extent[2]) - 1});
    for (const VoxelSet* part : {&a, &b})
        forEachVoxel(*part, [&](VoxelIndex v) { sum.insert(v); });
    return sum;
}

VoxelSet subtract(const VoxelSet& a, const VoxelSet& b) {
    VoxelSet rest = a;
    forEachVoxel(a, [&](VoxelIndex v) {
        if (b.contains(v))
            rest.inside[rest.offset(v)] = 0;
    });
    return rest;
}

VoxelSet shrinkToFit(const VoxelSet& set) {
    VoxelIndex low{};
    VoxelIndex high{};
    bool any = false;
    forEachVoxel(set, [&](VoxelIndex v) {
        low = any ? VoxelIndex{std::min(low.i, v.i), std::min(low.j, v.j), std::min(low.k, v.k)} : v;
        high = any ? VoxelIndex{std::max(high.i, v.i), std::max(high.j, v.j), std::max(high.k, v.k)} : v;
        any = true;
    });
    if (!any)
        return {};
    VoxelSet tight = VoxelSet::box(low, high);
    forEachVoxel(set, [&](VoxelIndex v) { tight.insert(v); });
    return tight;
}

std::vector<float> squaredDistanceTo(const VoxelSet& set, const std::array<double, 3>& spacingMm) {
    return squaredDistances(set.inside, set.extent, spacingMm);
}

VoxelSet growBy(const VoxelSet& set, const Geometry& grid, double mm) {
    if (set.empty() || mm == 0.0)
        return set;
    // A whisker of tolerance, so that 3 mm of 1 mm voxels means three voxels whatever the rounding.
    const double limit = std::abs(mm) + 1e-6;
    const auto squaredLimit = static_cast<float>(limit * limit);
    if (mm > 0.0) {
        VoxelSet grown = withMargin(set, marginFor(mm, grid.spacing), &grid);
        const std::vector<float> distance = squaredDistanceTo(grown, grid.spacing);
        for (std::size_t v = 0; v < distance.size(); ++v)
            grown.inside[v] = distance[v] <= squaredLimit ? 1 : 0;
        return shrinkToFit(grown);
    }
    VoxelSet shrunk = withMargin(set, {1, 1, 1}, &grid);
    VoxelSet outside = shrunk;
    for (std::uint8_t& v : outside.inside)
        v = v == 0 ? 1 : 0;
    const std::vector<float> distance = squaredDistanceTo(outside, grid.spacing);
    for (std::size_t v = 0; v < distance.size(); ++v)
        shrunk.inside[v] = distance[v] > squaredLimit ? 1 : 0;
    return shrinkToFit(shrunk);
}

VoxelSet smooth(const VoxelSet& set, const Geometry& grid, double sigmaMm) {
    if (set.empty())
        return set;
    VoxelSet smoothed = withMargin(set, marginFor(2.0 * sigmaMm, grid.spacing), &grid);
    std::vector<float> values(smoothed.inside.begin(), smoothed.inside.end());
    for (int axis = 0; axis < 3; ++axis)
        blurAlong(values, smoothed.extent, axis, sigmaMm / grid.spacing[static_cast<std::size_t>(axis)]);
    for (std::size_t v = 0; v < values.size(); ++v)
        smoothed.inside[v] = values[v] >= 0.5F ? 1 : 0;
    return shrinkToFit(smoothed);
}

VoxelSet fillHoles(const VoxelSet& set, std::optional<int> sliceAxis) {
    if (set.empty())
        return set;
    // The background inside a box with a margin: what the margin reaches is outside, the rest are holes.
    VoxelSet filled = withMargin(set, {1, 1, 1}, nullptr);
    VoxelSet background = filled;
    for (std::uint8_t& v : background.inside)
        v = v == 0 ? 1 : 0;
    std::vector<VoxelIndex> steps;
    for (int axis = 0; axis < 3; ++axis) {
        if (sliceAxis && *sliceAxis == axis)
            continue;
        for (const int sign : {-1, 1})
            steps.push_back({axis == 0 ? sign : 0, axis == 1 ? sign : 0, axis == 2 ? sign : 0});
    }
    const auto touchesBorder = [&](const VoxelSet& piece) {
        for (std::size_t axis = 0; axis < 3; ++axis) {
            if (sliceAxis && static_cast<std::size_t>(*sliceAxis) == axis)
                continue;
            const std::array<int, 3> low{piece.first.i, piece.first.j, piece.first.k};
            const std::array<int, 3> boxLow{filled.first.i, filled.first.j, filled.first.k};
            if (low[axis] == boxLow[axis] || low[axis] + piece.extent[axis] == boxLow[axis] + filled.extent[axis])
                return true;
        }
        return false;
    };
    for (const VoxelSet& piece : floodPieces(std::move(background), steps))
        if (!touchesBorder(piece))
            forEachVoxel(piece, [&](VoxelIndex v) { filled.insert(v); });
    return shrinkToFit(filled);
}

std::vector<VoxelSet> pieces(const VoxelSet& set) {
    std::vector<VoxelSet> found = floodPieces(set, allNeighbours());
    std::stable_sort(found.begin(), found.end(),
                     [](const VoxelSet& a, const VoxelSet& b) { return a.count() > b.count(); });
    return found;
}

VoxelSet keepLargest(const VoxelSet& set) {
    std::vector<VoxelSet> found = pieces(set);
    return found.empty() ? VoxelSet{} : std::move(found.front());
}

VoxelSet removeIslands(const VoxelSet& set, const Geometry& grid, double ml) {
    VoxelSet kept = set;
    for (const VoxelSet& piece : pieces(set))
        if (static_cast<double>(piece.count()) * grid.voxelMl() < ml)
            forEachVoxel(piece, [&](VoxelIndex v) { kept.inside[kept.offset(v)] = 0; });
    return shrinkToFit(kept);
}

} // namespace sulcus::imaging
