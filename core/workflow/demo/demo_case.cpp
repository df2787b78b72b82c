// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/demo/demo_case.h"

#include "core/imaging/image_io.h"
#include "core/workflow/demo/contrasts.h"
#include "core/workflow/demo/whole_folder.h"

#include <array>
#include <atomic>
#include <cmath>
#include <memory>
#include <string>
#include <system_error>
#include <thread>

namespace sulcus::workflow {

using imaging::VoxelIndex;
using imaging::WorldPoint;

namespace {

/// Smooth bending of the template, a few mm, so that every seed has a brain of its own.
class Bending {
public:
    explicit Bending(Dice& dice) {
        const auto size = imaging::Geometry{.size = {240, 240, 155}}.size;
        for (int axis = 0; axis < 3; ++axis) {
            m_wide.emplace_back(size, 42.0, dice.bits());
            m_narrow.emplace_back(size, 18.0, dice.bits());
        }
    }

    /// Shifts in mm for one row of the grid.
    std::array<std::vector<float>, 3> row(int j, int k) const {
        std::array<std::vector<float>, 3> shift;
        std::vector<float> narrow(240);
        for (std::size_t axis = 0; axis < 3; ++axis) {
            shift[axis].resize(240);
            m_wide[axis].row(j, k, 0, 239, shift[axis].data());
            m_narrow[axis].row(j, k, 0, 239, narrow.data());
            for (std::size_t i = 0; i < narrow.size(); ++i) {
                shift[axis][i] = 2.2F * shift[axis][i] + 0.7F * narrow[i];
            }
        }
        return shift;
    }

private:
    std::vector<SmoothField> m_wide;
    std::vector<SmoothField> m_narrow;
};

/// How far the growing core has pushed tissue aside: what lies at distance r from its centre came from nearer by. The
/// factor shrinks towards the skull, which gives no way.
WorldPoint pushedFrom(VoxelIndex v, VoxelIndex centre, double radius, double room) {
    const double di = v.i - centre.i;
    const double dj = v.j - centre.j;
    const double dk = v.k - centre.k;
    const double r = std::sqrt(di * di + dj * dj + dk * dk);
    if (r < 1e-6 || r > 4.0 * radius) {
        return {};
    }
    constexpr double kPushed = 0.45; ///< share of the core's volume that was made room for
    const double kept =
        r * r * r - kPushed * radius * radius * radius * std::exp(-0.8 * std::max(r / radius - 1.0, 0.0));
    const double source = std::cbrt(std::max(kept, 0.0));
    const double factor = room * (source - r) / r;
    return {di * factor, dj * factor, dk * factor};
}

const char* suffix(Contrast contrast) {
    switch (contrast) {
    case Contrast::Flair:
        return "_flair.nii.gz";
    case Contrast::T1:
        return "_t1.nii.gz";
    case Contrast::T1ce:
        return "_t1ce.nii.gz";
    case Contrast::T2:
        break;
    }
    return "_t2.nii.gz";
}

} // namespace

Result<void> writeDemoCase(const std::filesystem::path& given, unsigned seed,
                           const std::filesystem::path& templateFolder, const TaskContext& task) {
    const std::filesystem::path folder =
        std::filesystem::absolute(given.has_filename() ? given : given.parent_path()).lexically_normal();
    const std::string name = folder.filename().string();
    WholeFolder whole(folder);
    if (auto begun = whole.begin(); !begun) {
        return begun;
    }
    task.report(0.0, "stage.demo_brain");
    const auto source = readBrainTemplate(templateFolder, task.part(0.0, 0.03));
    if (!source) {
        return fail(source.error());
    }

    Dice dice(0x5EEDULL + seed * 0x9E3779B97F4A7C15ULL);
    const Bending bending(dice);
    const Brain healthy = makeBrain(*source, [&](int j, int k) -> Shift {
        return [shift = bending.row(j, k)](VoxelIndex v) -> WorldPoint {
            const auto i = static_cast<std::size_t>(v.i);
            return {shift[0][i], shift[1][i], shift[2][i]};
        };
    });
    if (task.cancelled()) {
        return failCancelled();
    }
    task.report(0.15, "stage.demo_brain");
    const TumourPlan plan = planTumour(healthy, dice);
    const double radius = std::cbrt(plan.coreMl * 1000.0 * 3.0 / (4.0 * 3.14159265358979));
    const Brain brain = makeBrain(*source, [&](int j, int k) -> Shift {
        return [&, shift = bending.row(j, k)](VoxelIndex v) -> WorldPoint {
            const auto i = static_cast<std::size_t>(v.i);
            const double room = std::min(healthy.depth[healthy.grid.offset(v)] / 14.0, 1.0);
            const WorldPoint push = pushedFrom(v, plan.centre, radius, room);
            return {shift[0][i] + push.x, shift[1][i] + push.y, shift[2][i] + push.z};
        };
    });
    if (task.cancelled()) {
        return failCancelled();
    }
    task.report(0.3, "stage.demo_tumour");
    const Tumour tumour = growTumour(brain, plan, task);
    if (task.cancelled()) {
        return failCancelled();
    }
    const Distractors distractors = makeDistractors(brain, tumour, dice);

    const std::string note = "synthetic Sulcus demo case, seed " + std::to_string(seed) + ", not a patient";
    std::array<std::uint64_t, kContrasts.size()> seeds{};
    for (std::uint64_t& s : seeds) {
        s = dice.bits();
    }
    // Each contrast depends on its own seed alone, so two at a time give what one after the other would.
    // A case appears whole or not at all: a stopped program must not leave three of four sequences behind.
    const std::filesystem::path& parts = whole.making();
    std::array<Result<void>, kContrasts.size() + 1> written;
    std::atomic<std::size_t> next = 0;
    std::atomic<int> done = 0;
    const auto work = [&] {
        for (std::size_t n = next++; n <= kContrasts.size() && !task.cancelled(); n = next++) {
            if (n == kContrasts.size()) {
                imaging::LabelMap map;
                map.geometry = brain.grid;
                map.voxels = tumour.labels;
                map.description = note;
                written[n] = imaging::writeLabelMap(map, parts / (name + "_seg.nii.gz"));
            } else {
                imaging::Volume volume = makeContrast(kContrasts[n], brain, tumour, distractors, seeds[n]);
                volume.description = note;
                written[n] = imaging::writeVolume(volume, parts / (name + suffix(kContrasts[n])));
            }
            task.report(0.4 + 0.12 * ++done, "stage.demo_images");
        }
    };
    {
        std::jthread helper(work);
        work();
    }
    if (task.cancelled()) {
        return failCancelled();
    }
    for (Result<void>& one : written) {
        if (!one) {
            return fail(std::move(one.error()));
        }
    }
    if (auto finished = whole.finish(); !finished) {
        return finished;
    }
    task.report(1.0, "stage.demo_images");
    return {};
}

} // namespace sulcus::workflow
