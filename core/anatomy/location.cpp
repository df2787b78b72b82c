// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/location.h"

#include "core/anatomy/nearest_source.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace sulcus::anatomy {

namespace {

using imaging::Geometry;
using imaging::LabelEra;
using imaging::LabelMap;
using imaging::Target;
using imaging::VoxelIndex;
using imaging::WorldPoint;

// Thick voxels are counted in parts no larger than this, so that a 5 mm slice does not fall to one region as a whole.
constexpr double kPartMm = 1.5;
constexpr double kCrossingShare = 0.05;
constexpr double kMostlyOutside = 0.2;
/// Regions that the mask does not touch are listed up to here; farther ones say nothing.
constexpr std::size_t kNeighbourRegions = 6;

struct Bounds {
    VoxelIndex low;
    VoxelIndex high{-1, -1, -1};
    bool empty() const { return high.i < 0; }
};

Bounds boundsOf(const LabelMap& mask, const std::array<bool, 256>& wanted) {
    const Geometry& g = mask.geometry;
    Bounds bounds{{g.size[0], g.size[1], g.size[2]}, {-1, -1, -1}};
    for (int k = 0; k < g.size[2]; ++k)
        for (int j = 0; j < g.size[1]; ++j) {
            const std::uint8_t* const row = &mask.voxels[g.offset({0, j, k})];
            int first = 0;
            while (first < g.size[0] && !wanted[row[first]])
                ++first;
            if (first == g.size[0])
                continue;
            int last = g.size[0] - 1;
            while (!wanted[row[last]])
                --last;
            bounds.low = {std::min(bounds.low.i, first), std::min(bounds.low.j, j), std::min(bounds.low.k, k)};
            bounds.high = {std::max(bounds.high.i, last), std::max(bounds.high.j, j), std::max(bounds.high.k, k)};
        }
    return bounds;
}

/// Index of a case -> voxel of the atlas: one affine, and the deformation, if there is one, undone.
struct IndexToTemplate {
    std::array<double, 3> origin{};
    std::array<double, 9> matrix{}; ///< template mm per case voxel, but for the deformation
    const Deformation* deformation = nullptr;

    IndexToTemplate(const Geometry& g, const TemplateAlignment& alignment) : deformation(alignment.deformation.get()) {
        const AffineTransform& toTemplate = alignment.toTemplate;
        const WorldPoint zero = toTemplate.apply(g.worldFromIndex({0, 0, 0}));
        origin = {zero.x, zero.y, zero.z};
        const std::array<imaging::ContinuousIndex, 3> units{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const WorldPoint one = toTemplate.apply(g.worldFromIndex(units[axis]));
            matrix[axis] = one.x - zero.x;
            matrix[3 + axis] = one.y - zero.y;
            matrix[6 + axis] = one.z - zero.z;
        }
    }
    std::array<double, 3> at(double i, double j, double k) const {
        return {origin[0] + matrix[0] * i + matrix[1] * j + matrix[2] * k,
                origin[1] + matrix[3] * i + matrix[4] * j + matrix[5] * k,
                origin[2] + matrix[6] * i + matrix[7] * j + matrix[8] * k};
    }
    /// Where it lies, and how much of the template one unit of the case's volume (after the affine) fills there.
    /// `last` holds the deformation's shift of the neighbour that was asked for before, and is brought up to date.
    std::pair<std::array<double, 3>, double> bentAt(double i, double j, double k, std::array<double, 3>& last) const {
        const std::array<double, 3> brought = at(i, j, k);
        if (deformation == nullptr)
            return {brought, 1.0};
        const WorldPoint y{brought[0], brought[1], brought[2]};
        const WorldPoint near{y.x + last[0], y.y + last[1], y.z + last[2]};
        const std::optional<WorldPoint> found = deformation->undo(y, near);
        if (!found)
            return {brought, 1.0};
        last = {found->x - y.x, found->y - y.y, found->z - y.z};
        const double stretch = determinant(deformation->jacobian(*found));
        return {{found->x, found->y, found->z}, stretch > 0.0 ? 1.0 / stretch : 1.0};
    }
};

struct Counts {
    std::size_t all = 0;
    std::size_t left = 0;
    std::size_t outside = 0;
    std::array<std::size_t, 256> nearest{};
    std::array<double, 256> inside{}; ///< in parts as large as they are in the template, but for the affine
};

/// What one pass over the mask's box finds, per target, and which named areas the whole tumour touches.
struct Tally {
    std::vector<Counts> targets;
    std::array<bool, 256> areaTouched{};
    std::array<bool, 256> placeTouched{};
};

class Locator {
public:
    Locator(const LabelMap& mask, LabelEra era, const TemplateAlignment& alignment, const Atlas& atlas,
            const TaskContext& task)
        : m_mask(mask),
          m_era(era),
          m_alignment(alignment),
          m_atlas(atlas),
          m_task(task),
          m_toTemplate(mask.geometry, alignment) {
        m_targets = era == LabelEra::Plain
                        ? std::vector<Target>{Target::Mask}
                        : std::vector<Target>{Target::WholeTumour, Target::TumourCore, Target::EnhancingTumour};
        for (std::size_t t = 0; t < m_targets.size(); ++t)
            for (int value = 0; value < 256; ++value)
                if (value != 0 && imaging::belongsTo(static_cast<std::uint8_t>(value), m_targets[t], era))
                    m_member[static_cast<std::size_t>(value)] |= static_cast<std::uint8_t>(1U << t);
        for (std::size_t value = 0; value < 256; ++value)
            m_whole[value] = (m_member[value] & 1U) != 0;
    }

    Result<Location> run() {
        m_bounds = boundsOf(m_mask, m_whole);
        if (m_bounds.empty())
            return fail(ErrorCode::InvalidInput, "anatomy.mask_empty");
        if (!tally())
            return failCancelled();
        Location location;
        location.space = m_alignment.space;
        location.method = m_alignment.method;
        location.brainDice = m_alignment.brainDice;
        location.reliable = m_alignment.reliable;
        location.notes = m_alignment.notes;
        for (std::size_t t = 0; t < m_targets.size(); ++t)
            location.targets[m_targets[t]] = describe(m_tally.targets[t]);
        if (location.whole().outsideShare > kMostlyOutside)
            location.notes.push_back({"anatomy.mostly_outside"});
        const auto& regions = location.whole().regions;
        if (std::any_of(regions.begin(), regions.end(), [](const RegionShare& r) { return r.approximate; }))
            location.notes.push_back({"anatomy.approximate_regions"});
        m_task.report(0.5);
        location.components = components();
        if (m_task.cancelled())
            return failCancelled();
        location.distances = distances();
        if (m_task.cancelled())
            return failCancelled();
        m_task.report(1.0);
        return location;
    }

private:
    bool tally() {
        const Geometry& g = m_mask.geometry;
        const Geometry& atlasGrid = m_atlas.geometry();
        std::array<int, 3> parts{};
        for (std::size_t axis = 0; axis < 3; ++axis)
            parts[axis] = std::clamp(static_cast<int>(std::ceil(g.spacing[axis] / kPartMm)), 1, 8);
        m_partMl = g.voxelMl() / (parts[0] * parts[1] * parts[2]);
        m_tally.targets.resize(m_targets.size());
        const std::uint8_t* const nearest = m_atlas.nearestMap().voxels.data();
        const std::uint8_t* const inside = m_atlas.placeMap().voxels.data();
        const std::uint8_t* const area = m_atlas.areaMap().voxels.data();
        std::array<double, 3> shift{};
        const auto count = [&](double i, double j, double k, std::uint8_t member) {
            const auto [p, fills] = m_toTemplate.bentAt(i, j, k, shift);
            const VoxelIndex v{static_cast<int>(std::lround(p[0] - atlasGrid.origin[0])),
                               static_cast<int>(std::lround(p[1] - atlasGrid.origin[1])),
                               static_cast<int>(std::lround(p[2] - atlasGrid.origin[2]))};
            const bool onGrid = atlasGrid.contains(v);
            const std::size_t at = onGrid ? atlasGrid.offset(v) : 0;
            const std::uint8_t near = onGrid ? nearest[at] : std::uint8_t{0};
            const std::uint8_t in = onGrid ? inside[at] : std::uint8_t{0};
            for (std::size_t t = 0; t < m_targets.size(); ++t) {
                if ((member & (1U << t)) == 0)
                    continue;
                Counts& c = m_tally.targets[t];
                ++c.all;
                c.left += p[0] > 0.0;
                c.outside += in == 0;
                ++c.nearest[near];
                c.inside[in] += fills;
            }
            if (onGrid) {
                m_tally.areaTouched[area[at]] = true;
                m_tally.placeTouched[near] = true;
            }
        };
        for (int k = m_bounds.low.k; k <= m_bounds.high.k; ++k) {
            if (m_task.cancelled())
                return false;
            for (int j = m_bounds.low.j; j <= m_bounds.high.j; ++j) {
                const std::uint8_t* const row = &m_mask.voxels[g.offset({0, j, k})];
                for (int i = m_bounds.low.i; i <= m_bounds.high.i; ++i) {
                    const std::uint8_t member = m_member[row[i]];
                    if ((member & 1U) == 0)
                        continue;
                    for (int c = 0; c < parts[2]; ++c)
                        for (int b = 0; b < parts[1]; ++b)
                            for (int a = 0; a < parts[0]; ++a)
                                count(i + (a + 0.5) / parts[0] - 0.5, j + (b + 0.5) / parts[1] - 0.5,
                                      k + (c + 0.5) / parts[2] - 0.5, member);
                }
            }
        }
        return true;
    }

    TargetLocation describe(const Counts& counts) const {
        TargetLocation target;
        target.ml = static_cast<double>(counts.all) * m_partMl;
        if (counts.all == 0)
            return target;
        const auto total = static_cast<double>(counts.all);
        target.leftShare = static_cast<double>(counts.left) / total;
        target.rightShare = 1.0 - target.leftShare;
        target.crossesMidline = target.leftShare >= kCrossingShare && target.rightShare >= kCrossingShare;
        target.outsideShare = static_cast<double>(counts.outside) / total;
        std::map<std::pair<Region, Side>, std::pair<std::size_t, double>> sums;
        const std::vector<Place>& places = m_atlas.places();
        for (std::size_t p = 0; p < places.size(); ++p)
            if (counts.nearest[p + 1] > 0) {
                auto& sum = sums[{places[p].region, places[p].side}];
                sum.first += counts.nearest[p + 1];
                sum.second += counts.inside[p + 1];
            }
        const double templatePerCase = std::abs(determinant(m_alignment.toTemplate.matrix));
        for (const auto& [key, sum] : sums) {
            RegionShare share;
            share.region = key.first;
            share.side = key.second;
            share.ml = static_cast<double>(sum.first) * m_partMl;
            share.share = static_cast<double>(sum.first) / total;
            const double regionMl = m_atlas.regionMl(key.first, key.second);
            if (regionMl > 0.0)
                share.shareOfRegion = std::min(1.0, sum.second * m_partMl * templatePerCase / regionMl);
            share.approximate = isApproximate(key.first);
            target.regions.push_back(share);
        }
        std::stable_sort(target.regions.begin(), target.regions.end(),
                         [](const RegionShare& a, const RegionShare& b) { return a.ml > b.ml; });
        return target;
    }

    /// The mask's box alone: looking for pieces in it takes a tenth of the time that the whole grid takes.
    LabelMap cropped() const {
        LabelMap box;
        box.geometry = m_mask.geometry;
        const VoxelIndex low = m_bounds.low;
        const VoxelIndex high = m_bounds.high;
        box.geometry.size = {high.i - low.i + 1, high.j - low.j + 1, high.k - low.k + 1};
        box.voxels.reserve(box.geometry.voxelCount());
        for (int k = low.k; k <= high.k; ++k)
            for (int j = low.j; j <= high.j; ++j) {
                const std::uint8_t* const row = &m_mask.voxels[m_mask.geometry.offset({low.i, j, k})];
                box.voxels.insert(box.voxels.end(), row, row + box.geometry.size[0]);
            }
        return box;
    }

    std::vector<ComponentLocation> components() const {
        std::vector<ComponentLocation> located;
        const Geometry& g = m_mask.geometry;
        const LabelMap box = cropped();
        const VoxelIndex low = m_bounds.low;
        for (imaging::Component& component :
             imaging::findComponents(box, [this](std::uint8_t value) { return m_whole[value]; })) {
            for (VoxelIndex* const v : {&component.first, &component.last, &component.inside})
                *v = {v->i + low.i, v->j + low.j, v->k + low.k};
            component.centroid = {component.centroid.i + low.i, component.centroid.j + low.j,
                                  component.centroid.k + low.k};
            ComponentLocation at;
            at.centroidWorld = g.worldFromIndex(component.centroid);
            at.centroidTemplate = m_alignment.templatePoint(at.centroidWorld);
            const imaging::ContinuousIndex inside{double(component.inside.i), double(component.inside.j),
                                                  double(component.inside.k)};
            at.place = m_atlas.nearest(m_alignment.templatePoint(g.worldFromIndex(inside)));
            at.component = std::move(component);
            located.push_back(std::move(at));
        }
        return located;
    }

    /// Distances are taken in two steps: a coarse field around the mask picks, for each surface, the points that can
    /// be nearest; the mask's own voxels near those points give the distance itself.
    std::vector<AreaDistance> distances() const {
        const CoarseField field(m_mask, m_bounds, m_whole, [this] { return m_task.cancelled(); });
        std::vector<AreaDistance> areas;
        std::vector<AreaDistance> regions;
        if (field.empty())
            return areas;
        for (const AreaSurface& surface : m_atlas.surfaces()) {
            AreaDistance distance{surface.areaId, surface.side, 0.0, surface.approximate};
            if (!touched(surface)) {
                distance.mm = field.nearest(surface, m_alignment);
                if (!std::isfinite(distance.mm))
                    continue;
            } else if (surface.isRegion) {
                continue; // stands in the shares
            }
            (surface.isRegion ? regions : areas).push_back(distance);
        }
        const auto nearer = [](const AreaDistance& a, const AreaDistance& b) { return a.mm < b.mm; };
        std::stable_sort(regions.begin(), regions.end(), nearer);
        if (regions.size() > kNeighbourRegions)
            regions.resize(kNeighbourRegions);
        areas.insert(areas.end(), regions.begin(), regions.end());
        std::stable_sort(areas.begin(), areas.end(), nearer);
        return areas;
    }

    bool touched(const AreaSurface& surface) const {
        if (!surface.isRegion) {
            const auto& areas = m_atlas.areas();
            for (std::size_t a = 0; a < areas.size(); ++a)
                if (areas[a].id == surface.areaId && areas[a].side == surface.side)
                    return m_tally.areaTouched[a + 1];
            return false;
        }
        const auto& places = m_atlas.places();
        for (std::size_t p = 0; p < places.size(); ++p)
            if (m_tally.placeTouched[p + 1] && places[p].side == surface.side &&
                toString(places[p].region) == surface.areaId)
                return true;
        return false;
    }

    /// Distance to the mask on cells of a few millimetres, over the mask's box and what lies around it.
    class CoarseField {
    public:
        CoarseField(const LabelMap& mask, const Bounds& bounds, const std::array<bool, 256>& wanted,
                    const std::function<bool()>& cancelled)
            : m_mask(mask), m_wanted(wanted) {
            const Geometry& g = mask.geometry;
            const std::array<int, 3> low{bounds.low.i, bounds.low.j, bounds.low.k};
            const std::array<int, 3> high{bounds.high.i, bounds.high.j, bounds.high.k};
            for (std::size_t axis = 0; axis < 3; ++axis) {
                m_factor[axis] = std::max(1, static_cast<int>(std::lround(kCellMm / g.spacing[axis])));
                m_cell[axis] = m_factor[axis] * g.spacing[axis];
                const int margin = static_cast<int>(kAroundMm / g.spacing[axis]);
                m_from[axis] = low[axis] - margin;
                m_size[axis] = (high[axis] + margin - m_from[axis]) / m_factor[axis] + 1;
            }
            std::vector<std::uint8_t> filled(static_cast<std::size_t>(m_size[0]) * m_size[1] * m_size[2], 0);
            for (int k = low[2]; k <= high[2]; ++k)
                for (int j = low[1]; j <= high[1]; ++j)
                    for (int i = low[0]; i <= high[0]; ++i)
                        if (wanted[mask.at({i, j, k})])
                            filled[offset((i - m_from[0]) / m_factor[0], (j - m_from[1]) / m_factor[1],
                                          (k - m_from[2]) / m_factor[2])] = 1;
            m_field = nearestSource(
                m_size, m_cell, [&](std::size_t n) { return filled[n] != 0; }, cancelled);
        }
        bool empty() const { return m_field.source.empty(); }

        double nearest(const AreaSurface& surface, const TemplateAlignment& alignment) const {
            const AffineTransform toCase = alignment.toTemplate.inverse();
            struct Candidate {
                float coarse;
                std::array<double, 3> index;
                std::int32_t cell;
            };
            std::vector<Candidate> candidates;
            float best = std::numeric_limits<float>::infinity();
            // Centre of a cell to centre of a cell is wrong by at most one cell's diagonal on either end.
            const auto slack =
                static_cast<float>(std::sqrt(m_cell[0] * m_cell[0] + m_cell[1] * m_cell[1] + m_cell[2] * m_cell[2]));
            const Geometry& g = m_mask.geometry;
            for (const std::array<float, 3>& p : surface.points) {
                const WorldPoint point{p[0], p[1], p[2]};
                const imaging::ContinuousIndex v =
                    g.indexFromWorld(toCase.apply(alignment.deformation ? alignment.deformation->apply(point) : point));
                const std::array<double, 3> index{v.i, v.j, v.k};
                std::array<int, 3> at{};
                bool inside = true;
                for (std::size_t axis = 0; axis < 3; ++axis) {
                    at[axis] = static_cast<int>(std::floor((index[axis] + 0.5 - m_from[axis]) / m_factor[axis]));
                    inside = inside && at[axis] >= 0 && at[axis] < m_size[axis];
                }
                if (!inside)
                    continue;
                const std::size_t n = offset(at[0], at[1], at[2]);
                const float coarse = std::sqrt(m_field.distanceSquared[n]);
                if (coarse > best + slack)
                    continue;
                best = std::min(best, coarse);
                candidates.push_back({coarse, index, m_field.source[n]});
            }
            // First against the voxels of the nearest cell alone, then the most promising against its neighbours too.
            std::erase_if(candidates, [&](const Candidate& c) { return c.coarse > best + slack; });
            for (Candidate& c : candidates)
                c.coarse = static_cast<float>(refined(c.index, c.cell, 0));
            constexpr std::size_t kRefined = 24;
            const std::size_t kept = std::min(kRefined, candidates.size());
            std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(kept),
                              candidates.end(),
                              [](const Candidate& a, const Candidate& b) { return a.coarse < b.coarse; });
            double mm = std::numeric_limits<double>::infinity();
            for (std::size_t c = 0; c < kept; ++c)
                mm = std::min(mm, refined(candidates[c].index, candidates[c].cell, 1));
            return mm;
        }

    private:
        static constexpr double kCellMm = 3.0;
        static constexpr double kAroundMm = 75.0;

        std::size_t offset(int a, int b, int c) const {
            return (static_cast<std::size_t>(c) * m_size[1] + b) * m_size[0] + a;
        }
        /// Distance to the mask's voxels in a cell and `around` cells about it, mm of the case.
        double refined(const std::array<double, 3>& index, std::int32_t cell, int around) const {
            const Geometry& g = m_mask.geometry;
            const int ca = cell % m_size[0];
            const int cb = cell / m_size[0] % m_size[1];
            const int cc = cell / (m_size[0] * m_size[1]);
            double least = std::numeric_limits<double>::infinity();
            for (int k = m_from[2] + (cc - around) * m_factor[2]; k < m_from[2] + (cc + around + 1) * m_factor[2]; ++k)
                for (int j = m_from[1] + (cb - around) * m_factor[1]; j < m_from[1] + (cb + around + 1) * m_factor[1];
                     ++j)
                    for (int i = m_from[0] + (ca - around) * m_factor[0];
                         i < m_from[0] + (ca + around + 1) * m_factor[0]; ++i) {
                        if (!g.contains({i, j, k}) || !m_wanted[m_mask.at({i, j, k})])
                            continue;
                        const double x = (i - index[0]) * g.spacing[0];
                        const double y = (j - index[1]) * g.spacing[1];
                        const double z = (k - index[2]) * g.spacing[2];
                        least = std::min(least, x * x + y * y + z * z);
                    }
            return std::sqrt(least);
        }

        const LabelMap& m_mask;
        const std::array<bool, 256>& m_wanted;
        std::array<int, 3> m_factor{};
        std::array<double, 3> m_cell{};
        std::array<int, 3> m_from{};
        std::array<int, 3> m_size{};
        NearestSource m_field;
    };

    const LabelMap& m_mask;
    LabelEra m_era;
    const TemplateAlignment& m_alignment;
    const Atlas& m_atlas;
    const TaskContext& m_task;
    IndexToTemplate m_toTemplate;
    std::vector<Target> m_targets; ///< the first is the whole
    std::array<std::uint8_t, 256> m_member{};
    std::array<bool, 256> m_whole{};
    Bounds m_bounds;
    double m_partMl = 0.0;
    Tally m_tally;
};

} // namespace

const TargetLocation& Location::whole() const {
    static const TargetLocation nothing;
    for (const Target target : {Target::WholeTumour, Target::Mask}) {
        const auto found = targets.find(target);
        if (found != targets.end())
            return found->second;
    }
    return nothing;
}

Result<Location> locate(const LabelMap& mask, LabelEra era, const TemplateAlignment& alignment, const Atlas& atlas,
                        const TaskContext& task) {
    if (!alignment.isKnown())
        return fail(ErrorCode::Unsupported, "anatomy.not_aligned");
    return Locator(mask, era, alignment, atlas, task).run();
}

} // namespace sulcus::anatomy
