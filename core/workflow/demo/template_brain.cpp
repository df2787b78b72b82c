// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/demo/template_brain.h"

#include "core/imaging/brats_space.h"
#include "core/imaging/components.h"
#include "core/imaging/distance.h"
#include "core/imaging/image_io.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sulcus::workflow {

using imaging::VoxelIndex;

namespace {

/// Three means of a histogram (k-means in one dimension, Lloyd).
std::array<float, 3> threeMeans(const std::vector<float>& voxels) {
    float highest = 0.0F;
    double sum = 0.0;
    double count = 0.0;
    for (const float v : voxels) {
        if (v > 0.0F) {
            highest = std::max(highest, v);
            sum += v;
            count += 1.0;
        }
    }
    const auto middle = static_cast<float>(sum / std::max(count, 1.0));
    std::array<float, 3> means{middle * 0.5F, middle, std::min(middle * 1.4F, highest)};
    for (int round = 0; round < 40; ++round) {
        std::array<double, 3> total{};
        std::array<double, 3> members{};
        for (const float v : voxels) {
            if (v <= 0.0F) {
                continue;
            }
            const std::size_t nearest =
                v < 0.5F * (means[0] + means[1]) ? 0 : (v < 0.5F * (means[1] + means[2]) ? 1 : 2);
            total[nearest] += v;
            members[nearest] += 1.0;
        }
        float change = 0.0F;
        for (std::size_t c = 0; c < 3; ++c) {
            const auto next = static_cast<float>(members[c] > 0.0 ? total[c] / members[c] : means[c]);
            change = std::max(change, std::abs(next - means[c]));
            means[c] = next;
        }
        if (change < 0.01F) {
            break;
        }
    }
    return means;
}

/// Voxels within `mm` of the mask, or (shrunk) further than `mm` from what is outside it.
std::vector<std::uint8_t> grown(const std::vector<std::uint8_t>& mask, const imaging::Geometry& g, float mm) {
    const auto squares = imaging::squaredDistances(mask, g.size, g.spacing);
    std::vector<std::uint8_t> out(mask.size());
    std::transform(squares.begin(), squares.end(), out.begin(), [&](float d) { return d <= mm * mm ? 1 : 0; });
    return out;
}

std::vector<std::uint8_t> inverted(std::vector<std::uint8_t> mask) {
    std::transform(mask.begin(), mask.end(), mask.begin(), [](std::uint8_t m) { return m == 0 ? 1 : 0; });
    return mask;
}

/// The template was stripped close to its gyri, with scraps left under the base. Stripped patients keep the fluid
/// between their gyri: scraps are dropped, and what lies between gyri is filled with fluid.
void closeSulci(imaging::Volume& t1, float fluid) {
    const imaging::Geometry& g = t1.geometry;
    constexpr float kThread = 2.0F; ///< mm; thinner things are scraps
    constexpr float kCleft = 5.0F;  ///< mm; half the width of what is filled
    imaging::LabelMap body;
    body.geometry = g;
    body.voxels.resize(t1.voxels.size());
    std::transform(t1.voxels.begin(), t1.voxels.end(), body.voxels.begin(), [](float v) { return v > 0.0F ? 1 : 0; });
    body.voxels = inverted(grown(inverted(body.voxels), g, kThread));
    const auto pieces = imaging::labelComponents(body, [](std::uint8_t l) { return l != 0; });
    std::transform(pieces.ids.begin(), pieces.ids.end(), body.voxels.begin(),
                   [](std::int32_t id) { return id == 0 ? 1 : 0; });
    body.voxels = grown(body.voxels, g, kThread + 0.5F + kCleft);
    body.voxels = inverted(grown(inverted(body.voxels), g, kCleft));
    for (std::size_t n = 0; n < t1.voxels.size(); ++n) {
        if (body.voxels[n] == 0) {
            t1.voxels[n] = 0.0F;
        } else if (t1.voxels[n] <= 0.0F) {
            t1.voxels[n] = fluid;
        }
    }
}

} // namespace

Result<BrainTemplate> readBrainTemplate(const std::filesystem::path& folder, const TaskContext& task) {
    const auto t1File = folder / "ch2bet.nii.gz";
    const auto aalFile = folder / "aal.nii.gz";
    for (const auto& file : {t1File, aalFile}) {
        if (!std::filesystem::exists(file)) {
            return fail(ErrorCode::NotFound, "demo.template_missing", {{"file", file.string()}});
        }
    }
    auto t1 = imaging::readVolume(t1File, task);
    if (!t1) {
        return fail(std::move(t1.error()));
    }
    auto aal = imaging::readLabelMap(aalFile, task);
    if (!aal) {
        return fail(std::move(aal.error()));
    }
    BrainTemplate brain;
    const auto means = threeMeans(t1->voxels);
    brain.csf = means[0];
    brain.grey = means[1];
    brain.white = means[2];
    brain.t1 = std::move(*t1);
    closeSulci(brain.t1, brain.csf);
    brain.aal = std::move(*aal);
    return brain;
}

Brain makeBrain(const BrainTemplate& from, const std::function<Shift(int j, int k)>& row) {
    Brain b;
    b.grid = imaging::bratsGeometry();
    const std::size_t count = b.grid.voxelCount();
    b.csf.assign(count, 0.0F);
    b.grey.assign(count, 0.0F);
    b.white.assign(count, 0.0F);
    b.inside.assign(count, 0);
    b.region.assign(count, 0);
    b.first = {b.grid.size[0], b.grid.size[1], b.grid.size[2]};
    b.last = {-1, -1, -1};

    const imaging::Geometry& g = from.t1.geometry;
    const std::ptrdiff_t stepJ = g.size[0];
    const std::ptrdiff_t stepK = stepJ * g.size[1];
    std::size_t n = 0;
    for (int k = 0; k < b.grid.size[2]; ++k) {
        for (int j = 0; j < b.grid.size[1]; ++j) {
            const Shift shift = row(j, k);
            for (int i = 0; i < b.grid.size[0]; ++i, ++n) {
                const imaging::WorldPoint s = shift({i, j, k});
                imaging::WorldPoint p =
                    b.grid.worldFromIndex({static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)});
                p = {p.x + s.x, p.y + s.y, p.z + s.z};
                const imaging::ContinuousIndex c = g.indexFromWorld(imaging::kSri24ToTemplate.apply(p));
                if (c.i < 0 || c.j < 0 || c.k < 0 || c.i > g.size[0] - 2 || c.j > g.size[1] - 2 ||
                    c.k > g.size[2] - 2) {
                    continue;
                }
                const int x = static_cast<int>(c.i);
                const int y = static_cast<int>(c.j);
                const int z = static_cast<int>(c.k);
                const auto fx = static_cast<float>(c.i - x);
                const auto fy = static_cast<float>(c.j - y);
                const auto fz = static_cast<float>(c.k - z);
                const float* v = from.t1.voxels.data() + z * stepK + y * stepJ + x;
                const auto line = [&](std::ptrdiff_t at) { return v[at] + fx * (v[at + 1] - v[at]); };
                const float near = line(0) + fy * (line(stepJ) - line(0));
                const float far = line(stepK) + fy * (line(stepK + stepJ) - line(stepK));
                const float t1 = near + fz * (far - near);
                const bool stripped =
                    from.t1.at({x + (fx > 0.5F ? 1 : 0), y + (fy > 0.5F ? 1 : 0), z + (fz > 0.5F ? 1 : 0)}) <= 0.0F;
                if (stripped) {
                    continue;
                }
                b.inside[n] = 1;
                b.first = {std::min(b.first.i, i), std::min(b.first.j, j), std::min(b.first.k, k)};
                b.last = {std::max(b.last.i, i), std::max(b.last.j, j), std::max(b.last.k, k)};
                // Between two tissue means a voxel holds both in proportion: the partial volume of a T1 image, read
                // backwards.
                if (t1 <= from.csf) {
                    b.csf[n] = 1.0F;
                } else if (t1 < from.grey) {
                    b.grey[n] = (t1 - from.csf) / (from.grey - from.csf);
                    b.csf[n] = 1.0F - b.grey[n];
                } else if (t1 < from.white) {
                    b.white[n] = (t1 - from.grey) / (from.white - from.grey);
                    b.grey[n] = 1.0F - b.white[n];
                } else {
                    b.white[n] = 1.0F;
                }
                b.region[n] = from.aal.voxels[from.aal.geometry.offset(
                    {x + (fx > 0.5F ? 1 : 0), y + (fy > 0.5F ? 1 : 0), z + (fz > 0.5F ? 1 : 0)})];
            }
        }
    }

    std::vector<std::uint8_t> outside(count);
    std::transform(b.inside.begin(), b.inside.end(), outside.begin(), [](std::uint8_t in) { return in == 0 ? 1 : 0; });
    b.depth = imaging::squaredDistances(outside, b.grid.size, b.grid.spacing);
    std::transform(b.depth.begin(), b.depth.end(), b.depth.begin(), [](float d) { return std::sqrt(d); });
    return b;
}

} // namespace sulcus::workflow
