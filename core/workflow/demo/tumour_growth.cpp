// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/demo/tumour_growth.h"

#include "core/imaging/distance.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <queue>

namespace sulcus::workflow {

using imaging::VoxelIndex;

namespace {

constexpr std::uint8_t kCore = 1;
constexpr std::uint8_t kOedema = 2;
constexpr std::uint8_t kEnhancing = 4;
constexpr int kMiddle = 119;        ///< i of the midline on the BraTS grid
constexpr float kFluidShare = 0.6F; ///< a voxel of more fluid than this bars growth

/// AAL numbers of the left half; the right is one higher.
struct Lobe {
    std::array<int, 6> regions;
};
constexpr std::array<Lobe, 5> kLobes{{
    {{3, 5, 7, 11, 13, 23}},    // frontal convexity
    {{59, 61, 63, 65, 67, 57}}, // parietal
    {{81, 85, 89, 83, 87, 55}}, // temporal
    {{49, 51, 53, 43, 45, 47}}, // occipital
    {{29, 7, 13, 81, 17, 63}},  // around the insula
}};

/// Takes voxels in the order of their geodesic distance from `seeds` until `wanted` are taken. `slowness(n)` is the
/// cost of a mm, infinite where nothing grows. Returns the voxels in that order with their distance.
template <typename Slowness>
std::vector<std::pair<float, std::uint32_t>> spread(const Brain& brain, const std::vector<std::uint32_t>& seeds,
                                                    std::size_t wanted, const TaskContext& task, Slowness&& slowness) {
    const auto& size = brain.grid.size;
    const auto stepJ = static_cast<std::ptrdiff_t>(size[0]);
    const auto stepK = stepJ * size[1];
    std::vector<float> best(brain.inside.size(), std::numeric_limits<float>::max());
    using Entry = std::pair<float, std::uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    for (const std::uint32_t s : seeds) {
        best[s] = 0.0F;
        open.emplace(0.0F, s);
    }
    std::vector<Entry> taken;
    while (!open.empty() && taken.size() < wanted) {
        const auto [distance, n] = open.top();
        open.pop();
        if (distance > best[n]) {
            continue;
        }
        taken.emplace_back(distance, n);
        if (taken.size() % 100000 == 0 && task.cancelled()) {
            break;
        }
        const float here = slowness(n);
        for (int dk = -1; dk <= 1; ++dk) {
            for (int dj = -1; dj <= 1; ++dj) {
                for (int di = -1; di <= 1; ++di) {
                    // The brain is nowhere near the border of the grid, so neighbours always exist.
                    const auto m =
                        static_cast<std::size_t>(static_cast<std::ptrdiff_t>(n) + dk * stepK + dj * stepJ + di);
                    if (m == n || brain.inside[m] == 0) {
                        continue;
                    }
                    const float there = slowness(static_cast<std::uint32_t>(m));
                    if (!std::isfinite(there)) {
                        continue;
                    }
                    const auto length = std::sqrt(static_cast<float>(di * di + dj * dj + dk * dk));
                    const float next = distance + length * 0.5F * (std::isfinite(here) ? here + there : 2.0F * there);
                    if (next < best[m]) {
                        best[m] = next;
                        open.emplace(next, static_cast<std::uint32_t>(m));
                    }
                }
            }
        }
    }
    return taken;
}

std::vector<float> wholeField(const Brain& brain, double step, std::uint64_t seed) {
    std::vector<float> values(brain.inside.size(), 0.0F);
    const SmoothField field(brain.grid.size, step, seed);
    for (int k = brain.first.k; k <= brain.last.k; ++k) {
        for (int j = brain.first.j; j <= brain.last.j; ++j) {
            field.row(j, k, brain.first.i, brain.last.i, values.data() + brain.grid.offset({0, j, k}));
        }
    }
    return values;
}

/// Majority of the 27 neighbours, so that no stray voxel sticks out of or is missing from a mask.
void smoothMask(const Brain& brain, std::vector<std::uint8_t>& mask) {
    const std::vector<std::uint8_t> before = mask;
    const auto stepJ = static_cast<std::ptrdiff_t>(brain.grid.size[0]);
    const auto stepK = stepJ * brain.grid.size[1];
    for (int k = brain.first.k; k <= brain.last.k; ++k) {
        for (int j = brain.first.j; j <= brain.last.j; ++j) {
            for (int i = brain.first.i; i <= brain.last.i; ++i) {
                const std::size_t n = brain.grid.offset({i, j, k});
                if (brain.inside[n] == 0) {
                    continue;
                }
                int sum = 0;
                for (int dk = -1; dk <= 1; ++dk) {
                    for (int dj = -1; dj <= 1; ++dj) {
                        const std::uint8_t* row =
                            before.data() + static_cast<std::ptrdiff_t>(n) + dk * stepK + dj * stepJ;
                        sum += row[-1] + row[0] + row[1];
                    }
                }
                mask[n] = sum >= 14 ? 1 : 0;
            }
        }
    }
}

} // namespace

TumourPlan planTumour(const Brain& brain, Dice& dice) {
    TumourPlan plan;
    const Lobe& lobe = kLobes[static_cast<std::size_t>(dice.whole(0, static_cast<int>(kLobes.size()) - 1))];
    const int side = dice.whole(0, 1);
    const int region = lobe.regions[static_cast<std::size_t>(dice.whole(0, 5))] + side;
    plan.coreMl = dice.uniform(18.0, 42.0);
    plan.oedemaMl = dice.uniform(30.0, 75.0);
    plan.rimMm = dice.uniform(4.0, 6.5);
    plan.roughness = dice.uniform(0.4, 0.6);
    plan.seed = dice.bits();

    // Ventricles are fluid deep inside; sulci are fluid near the surface.
    std::vector<std::uint8_t> ventricle(brain.inside.size());
    for (std::size_t n = 0; n < ventricle.size(); ++n) {
        ventricle[n] = brain.inside[n] != 0 && brain.csf[n] > kFluidShare && brain.depth[n] > 22.0F ? 1 : 0;
    }
    const std::vector<float> toVentricle = imaging::squaredDistances(ventricle, brain.grid.size, brain.grid.spacing);

    // The region's own centre, then the white voxel nearest to a random point near it.
    double sum[3] = {0.0, 0.0, 0.0};
    double count = 0.0;
    const auto each = [&](auto&& visit) {
        for (int k = brain.first.k; k <= brain.last.k; ++k) {
            for (int j = brain.first.j; j <= brain.last.j; ++j) {
                for (int i = brain.first.i; i <= brain.last.i; ++i) {
                    visit(VoxelIndex{i, j, k}, brain.grid.offset({i, j, k}));
                }
            }
        }
    };
    each([&](VoxelIndex v, std::size_t n) {
        if (brain.region[n] == region) {
            sum[0] += v.i;
            sum[1] += v.j;
            sum[2] += v.k;
            count += 1.0;
        }
    });
    const double wish[3] = {sum[0] / std::max(count, 1.0) + dice.uniform(-6.0, 6.0),
                            sum[1] / std::max(count, 1.0) + dice.uniform(-6.0, 6.0),
                            sum[2] / std::max(count, 1.0) + dice.uniform(-6.0, 6.0)};
    double nearest = std::numeric_limits<double>::max();
    each([&](VoxelIndex v, std::size_t n) {
        if (brain.inside[n] == 0 || brain.white[n] < 0.7F || brain.depth[n] < 13.0F || toVentricle[n] < 100.0F ||
            std::abs(v.i - kMiddle) < 22) {
            return;
        }
        const double di = v.i - wish[0];
        const double dj = v.j - wish[1];
        const double dk = v.k - wish[2];
        const double d = di * di + dj * dj + dk * dk;
        if (d < nearest) {
            nearest = d;
            plan.centre = v;
        }
    });
    return plan;
}

Tumour growTumour(const Brain& brain, const TumourPlan& plan, const TaskContext& task) {
    Tumour tumour;
    const std::size_t count = brain.inside.size();
    tumour.labels.assign(count, 0);
    tumour.reach.assign(count, 2.0F);
    const double voxelsPerMl = 1.0 / brain.grid.voxelMl();
    const auto roughness = static_cast<float>(plan.roughness);

    // The core pushes through everything but fluid, unevenly: lobes and dents at two scales.
    const std::vector<float> coarse = wholeField(brain, 11.0, plan.seed ^ 0x11);
    const std::vector<float> fine = wholeField(brain, 5.0, plan.seed ^ 0x12);
    const auto coreSlowness = [&](std::uint32_t n) {
        if (brain.csf[n] > kFluidShare) {
            return std::numeric_limits<float>::infinity();
        }
        const float tissue = 1.0F + 0.5F * brain.grey[n] + 3.0F * brain.csf[n];
        return tissue * std::exp(roughness * (coarse[n] + 0.5F * fine[n]));
    };
    std::vector<std::uint8_t> core(count, 0);
    const auto start = static_cast<std::uint32_t>(brain.grid.offset(plan.centre));
    for (const auto& [distance, n] :
         spread(brain, {start}, static_cast<std::size_t>(plan.coreMl * voxelsPerMl), task, coreSlowness)) {
        core[n] = 1;
    }
    smoothMask(brain, core);
    smoothMask(brain, core);

    // Rim: what lies nearer to the core's surface than a thickness that itself wanders.
    std::vector<std::uint8_t> notCore(count);
    std::transform(core.begin(), core.end(), notCore.begin(), [](std::uint8_t c) { return c == 0 ? 1 : 0; });
    const std::vector<float> inward = imaging::squaredDistances(notCore, brain.grid.size, brain.grid.spacing);
    const std::vector<float> wander = wholeField(brain, 7.0, plan.seed ^ 0x13);
    std::vector<std::uint32_t> surface;
    for (std::size_t n = 0; n < count; ++n) {
        if (core[n] == 0) {
            continue;
        }
        const float depth = std::sqrt(inward[n]);
        const float thickness = static_cast<float>(plan.rimMm) * std::clamp(1.0F + 0.55F * wander[n], 0.25F, 2.4F);
        tumour.labels[n] = depth <= thickness ? kEnhancing : kCore;
        tumour.reach[n] = 0.0F;
        if (depth <= 1.5F) {
            surface.push_back(static_cast<std::uint32_t>(n));
        }
    }

    // Oedema: white matter conducts it, cortex slows it, fluid stops it; a field of its own makes it run further one
    // way.
    const std::vector<float> drift = wholeField(brain, 16.0, plan.seed ^ 0x14);
    const std::vector<float> ripple = wholeField(brain, 6.0, plan.seed ^ 0x15);
    const auto oedemaSlowness = [&](std::uint32_t n) {
        if (brain.csf[n] > kFluidShare) {
            return std::numeric_limits<float>::infinity();
        }
        const float tissue = core[n] != 0 ? 1.0F : 1.0F + 6.0F * brain.grey[n] + 20.0F * brain.csf[n];
        const int i = static_cast<int>(n) % brain.grid.size[0];
        // The callosum conducts, but few tumours go far across it.
        const float across = std::abs(i - kMiddle) < 10 ? 12.0F : 1.0F;
        return across * tissue * std::exp(0.55F * drift[n] + 0.3F * ripple[n]);
    };
    std::size_t coreVoxels = 0;
    for (const std::uint8_t c : core) {
        coreVoxels += c;
    }
    const auto wanted = static_cast<std::size_t>(plan.oedemaMl * voxelsPerMl) + coreVoxels;
    const auto order = spread(brain, surface, wanted, task, oedemaSlowness);
    const float furthest = order.empty() ? 1.0F : std::max(order.back().first, 1e-3F);
    std::vector<std::uint8_t> swollen(count, 0);
    for (const auto& [distance, n] : order) {
        swollen[n] = 1;
        if (core[n] == 0) {
            tumour.reach[n] = distance / furthest;
        }
    }
    smoothMask(brain, swollen);
    for (std::size_t n = 0; n < count; ++n) {
        if (core[n] == 0 && swollen[n] != 0 && brain.csf[n] < kFluidShare) {
            tumour.labels[n] = kOedema;
            tumour.reach[n] = std::min(tumour.reach[n], 1.0F);
        }
    }
    return tumour;
}

} // namespace sulcus::workflow
