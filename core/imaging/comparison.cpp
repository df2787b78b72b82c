// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/comparison.h"

#include "core/imaging/distance.h"

#include <algorithm>
#include <cmath>

namespace sulcus::imaging {

namespace {

/// A box of the grid, padded by nothing: [first, last] inclusive.
struct Box {
    VoxelIndex first{1 << 30, 1 << 30, 1 << 30};
    VoxelIndex last{-1, -1, -1};

    void include(int i, int j, int k) {
        first = {std::min(first.i, i), std::min(first.j, j), std::min(first.k, k)};
        last = {std::max(last.i, i), std::max(last.j, j), std::max(last.k, k)};
    }
    std::array<int, 3> size() const { return {last.i - first.i + 1, last.j - first.j + 1, last.k - first.k + 1}; }
};

/// Marks voxels of `inside` (on the whole grid) that touch something outside through a face, on the grid of the box. A
/// grid of one slice has no faces above and below: there the edge of the area is its surface.
std::vector<std::uint8_t> surfaceWithin(const std::vector<std::uint8_t>& inside, const Geometry& g, const Box& box) {
    const auto size = box.size();
    std::vector<std::uint8_t> surface(static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]) *
                                      static_cast<std::size_t>(size[2]));
    std::size_t n = 0;
    for (int k = box.first.k; k <= box.last.k; ++k) {
        for (int j = box.first.j; j <= box.last.j; ++j) {
            for (int i = box.first.i; i <= box.last.i; ++i, ++n) {
                if (inside[g.offset({i, j, k})] == 0) {
                    continue;
                }
                const auto open = [&](std::size_t axis, int x, int y, int z) {
                    const VoxelIndex v{x, y, z};
                    return g.size[axis] > 1 && (!g.contains(v) || inside[g.offset(v)] == 0);
                };
                surface[n] = inside.size() == 1 || open(0, i - 1, j, k) || open(0, i + 1, j, k) ||
                                     open(1, i, j - 1, k) || open(1, i, j + 1, k) || open(2, i, j, k - 1) ||
                                     open(2, i, j, k + 1)
                                 ? 1
                                 : 0;
            }
        }
    }
    return surface;
}

/// 95th percentile of the distances from one surface to another, between ranks as NumPy interpolates.
double percentile95(const std::vector<std::uint8_t>& from, const std::vector<float>& squaredTo) {
    std::vector<float> distances;
    for (std::size_t n = 0; n < from.size(); ++n) {
        if (from[n] != 0) {
            distances.push_back(std::sqrt(squaredTo[n]));
        }
    }
    const double rank = 0.95 * static_cast<double>(distances.size() - 1);
    const auto low = static_cast<std::size_t>(rank);
    std::nth_element(distances.begin(), distances.begin() + static_cast<std::ptrdiff_t>(low), distances.end());
    const double a = static_cast<double>(distances[low]);
    if (low + 1 >= distances.size()) {
        return a;
    }
    const double b = static_cast<double>(
        *std::min_element(distances.begin() + static_cast<std::ptrdiff_t>(low) + 1, distances.end()));
    return a + (rank - static_cast<double>(low)) * (b - a);
}

std::optional<double> ratio(double part, double whole) {
    return whole > 0.0 ? std::optional<double>(part / whole) : std::nullopt;
}

RegionComparison compareRegion(const LabelMap& prediction, const std::array<bool, 256>& predicted,
                               const LabelMap& truth, const std::array<bool, 256>& wanted) {
    const Geometry& g = truth.geometry;
    std::vector<std::uint8_t> a(truth.voxels.size());
    std::vector<std::uint8_t> b(truth.voxels.size());
    Box box;
    double both = 0.0;
    double onlyA = 0.0;
    double onlyB = 0.0;
    std::size_t n = 0;
    for (int k = 0; k < g.size[2]; ++k) {
        for (int j = 0; j < g.size[1]; ++j) {
            for (int i = 0; i < g.size[0]; ++i, ++n) {
                const bool inA = predicted[prediction.voxels[n]];
                const bool inB = wanted[truth.voxels[n]];
                if (!inA && !inB) {
                    continue;
                }
                a[n] = inA ? 1 : 0;
                b[n] = inB ? 1 : 0;
                both += inA && inB ? 1.0 : 0.0;
                onlyA += inA && !inB ? 1.0 : 0.0;
                onlyB += !inA && inB ? 1.0 : 0.0;
                box.include(i, j, k);
            }
        }
    }
    RegionComparison r;
    r.mlPrediction = (both + onlyA) * g.voxelMl();
    r.mlTruth = (both + onlyB) * g.voxelMl();
    const double united = both + onlyA + onlyB;
    const double neither = static_cast<double>(truth.voxels.size()) - united;
    r.dice = united > 0.0 ? 2.0 * both / (2.0 * both + onlyA + onlyB) : 1.0;
    r.iou = united > 0.0 ? both / united : 1.0;
    r.sensitivity = ratio(both, both + onlyB);
    r.specificity = ratio(neither, neither + onlyA);
    if (both + onlyA > 0.0 && both + onlyB > 0.0) {
        // Both surfaces lie inside the box of the union, so distances inside it are those of the whole grid.
        const auto surfaceA = surfaceWithin(a, g, box);
        const auto surfaceB = surfaceWithin(b, g, box);
        const double ab = percentile95(surfaceA, squaredDistances(surfaceB, box.size(), g.spacing));
        const double ba = percentile95(surfaceB, squaredDistances(surfaceA, box.size(), g.spacing));
        r.hd95Mm = std::max(ab, ba);
    }
    return r;
}

} // namespace

Result<Comparison> compareLabelMaps(const LabelMap& prediction, LabelEra predictionEra, const LabelMap& truth,
                                    LabelEra truthEra, ComparisonScheme scheme, const TaskContext& task) {
    if (prediction.voxels.size() != truth.voxels.size() ||
        !sameGridIgnoringOrigin(prediction.geometry, truth.geometry)) {
        return fail(ErrorCode::ShapeMismatch, "imaging.compare_other_grid",
                    {{"size", toString(prediction.geometry.size)}, {"truthSize", toString(truth.geometry.size)}});
    }
    Comparison comparison;
    std::vector<Target> targets{Target::Mask};
    if (scheme == ComparisonScheme::Brats) {
        targets = {Target::WholeTumour, Target::TumourCore, Target::EnhancingTumour};
        // A plain map compared by BraTS regions can only mean the older numbers.
        predictionEra = predictionEra == LabelEra::Plain ? LabelEra::Brats2021 : predictionEra;
        truthEra = truthEra == LabelEra::Plain ? LabelEra::Brats2021 : truthEra;
    }
    double done = 0.0;
    for (const Target target : targets) {
        if (task.cancelled()) {
            return failCancelled();
        }
        std::array<bool, 256> predicted{};
        std::array<bool, 256> wanted{};
        for (int value = 0; value < 256; ++value) {
            const auto v = static_cast<std::uint8_t>(value);
            predicted[v] = belongsTo(v, target, predictionEra);
            wanted[v] = belongsTo(v, target, truthEra);
        }
        comparison.regions[target] = compareRegion(prediction, predicted, truth, wanted);
        done += 1.0;
        task.report(done / static_cast<double>(targets.size()), "stage.comparing");
    }

    const LabelMap* same = &prediction;
    LabelMap converted;
    if (scheme == ComparisonScheme::Brats && predictionEra != truthEra) {
        converted = convertEra(prediction, predictionEra, truthEra);
        same = &converted;
    }
    std::size_t agreeing = 0;
    for (std::size_t n = 0; n < truth.voxels.size(); ++n) {
        const std::uint8_t a = same->voxels[n];
        const std::uint8_t b = truth.voxels[n];
        agreeing += (scheme == ComparisonScheme::Brats ? a == b : (a != 0) == (b != 0)) ? 1U : 0U;
    }
    comparison.accuracy =
        truth.voxels.empty() ? 1.0 : static_cast<double>(agreeing) / static_cast<double>(truth.voxels.size());
    return comparison;
}

} // namespace sulcus::imaging
