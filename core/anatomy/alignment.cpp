// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/midline.h"
#include "core/anatomy/registration.h"
#include "core/imaging/brats_space.h"
#include "core/imaging/resample.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace sulcus::anatomy {

namespace {

using imaging::Geometry;
using imaging::VoxelIndex;
using imaging::WorldPoint;

// Seen on SRI24-era cases: 0.88-0.94 the right way round, 0.75-0.83 turned front to back or upside down.
constexpr double kReliableDice = 0.85;
constexpr double kPlausibleDice = 0.70;

/// A brain is 0.9 to 2.1 litres; a head with its skull and skin is three and more.
constexpr double kSmallestBrainMl = 200.0;
constexpr double kLargestBrainMl = 2300.0;

constexpr int kSampleStep = 4;

bool isForeground(const imaging::Case& imagingCase, std::size_t offset) {
    return std::any_of(imagingCase.volumes.begin(), imagingCase.volumes.end(),
                       [&](const imaging::CaseVolume& v) { return v.volume->voxels[offset] != 0.0F; });
}

/// Axes in the order and direction of LPS, within a tenth of a degree or so.
bool isAxisAligned(const Geometry& lps) {
    const std::array<double, 9> identity{1, 0, 0, 0, 1, 0, 0, 0, 1};
    for (std::size_t n = 0; n < 9; ++n)
        if (std::abs(lps.direction[n] - identity[n]) > 2e-3)
            return false;
    return true;
}

bool extentIs(const Geometry& lps, double x, double y, double z, double toleranceMm) {
    return std::abs(lps.size[0] * lps.spacing[0] - x) <= toleranceMm &&
           std::abs(lps.size[1] * lps.spacing[1] - y) <= toleranceMm &&
           std::abs(lps.size[2] * lps.spacing[2] - z) <= toleranceMm;
}

/// World point of the box's lowest corner: half a voxel before the first centre.
WorldPoint corner(const Geometry& lps) {
    return {lps.origin[0] - lps.spacing[0] / 2, lps.origin[1] - lps.spacing[1] / 2, lps.origin[2] - lps.spacing[2] / 2};
}

AffineTransform translation(WorldPoint from, WorldPoint to) {
    AffineTransform t;
    t.offset = {to.x - from.x, to.y - from.y, to.z - from.z};
    return t;
}

std::string twoDigits(double value) {
    char text[16];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

/// The case's foreground, looked at every few millimetres: enough to know how a brain lies, and quick.
class Foreground {
public:
    explicit Foreground(const imaging::Case& imagingCase) : m_grid(imagingCase.geometry()) {
        for (std::size_t axis = 0; axis < 3; ++axis) {
            m_step[axis] = std::max(1, static_cast<int>(kSampleStep / m_grid.spacing[axis]));
            m_size[axis] = (m_grid.size[axis] - 1) / m_step[axis] + 1;
        }
        m_filled.assign(static_cast<std::size_t>(m_size[0]) * m_size[1] * m_size[2], 0);
        std::size_t n = 0;
        for (int k = 0; k < m_size[2]; ++k)
            for (int j = 0; j < m_size[1]; ++j)
                for (int i = 0; i < m_size[0]; ++i, ++n)
                    if (isForeground(imagingCase, m_grid.offset({i * m_step[0], j * m_step[1], k * m_step[2]}))) {
                        m_filled[n] = 1;
                        ++m_count;
                        m_low = {std::min(m_low.i, i), std::min(m_low.j, j), std::min(m_low.k, k)};
                        m_high = {std::max(m_high.i, i), std::max(m_high.j, j), std::max(m_high.k, k)};
                    }
    }

    bool empty() const { return m_count == 0; }
    /// Middle of the bounding box.
    WorldPoint centre() const {
        return m_grid.worldFromIndex({(m_low.i + m_high.i) / 2.0 * m_step[0], (m_low.j + m_high.j) / 2.0 * m_step[1],
                                      (m_low.k + m_high.k) / 2.0 * m_step[2]});
    }
    double ml() const { return static_cast<double>(m_count) * m_grid.voxelMl() * m_step[0] * m_step[1] * m_step[2]; }
    double shareOfGrid() const { return static_cast<double>(m_count) / static_cast<double>(m_filled.size()); }

    /// Dice with the template's brain.
    double overlap(const Atlas& atlas, const AffineTransform& toTemplate) const {
        const Geometry& t = atlas.brain()->geometry;
        // Template voxels -> steps of this foreground, in one affine.
        const AffineTransform toCase = toTemplate.inverse();
        const auto at = [&](double i, double j, double k) {
            return steps(toCase.apply({t.origin[0] + i, t.origin[1] + j, t.origin[2] + k}));
        };
        const std::array<double, 3> zero = at(0, 0, 0);
        const std::array<std::array<double, 3>, 3> one{at(1, 0, 0), at(0, 1, 0), at(0, 0, 1)};
        return overlapOf(*atlas.brain(), [&](int i, int j, int k) {
            std::array<double, 3> v{};
            for (std::size_t axis = 0; axis < 3; ++axis)
                v[axis] = zero[axis] + (one[0][axis] - zero[axis]) * i + (one[1][axis] - zero[axis]) * j +
                          (one[2][axis] - zero[axis]) * k;
            return v;
        });
    }

    double overlap(const Atlas& atlas, const TemplateAlignment& alignment) const {
        const Geometry& t = atlas.brain()->geometry;
        return overlapOf(*atlas.brain(), [&](int i, int j, int k) {
            return steps(alignment.casePoint({t.origin[0] + i, t.origin[1] + j, t.origin[2] + k}));
        });
    }

private:
    /// A point of the case, mm -> steps of this foreground.
    std::array<double, 3> steps(WorldPoint casePoint) const {
        const imaging::ContinuousIndex v = m_grid.indexFromWorld(casePoint);
        return {v.i / m_step[0], v.j / m_step[1], v.k / m_step[2]};
    }

    /// `stepsAt(template voxel)` gives the place in this foreground.
    template <typename StepsAt>
    double overlapOf(const imaging::Volume& brain, StepsAt stepsAt) const {
        const Geometry& t = brain.geometry;
        std::size_t both = 0;
        std::size_t inTemplate = 0;
        std::size_t inCase = 0;
        // A margin around the template's grid, so that a brain that sticks out of it counts against the overlap.
        constexpr int kMargin = 24;
        for (int k = -kMargin; k < t.size[2] + kMargin; k += kSampleStep)
            for (int j = -kMargin; j < t.size[1] + kMargin; j += kSampleStep)
                for (int i = -kMargin; i < t.size[0] + kMargin; i += kSampleStep) {
                    const std::array<double, 3> at = stepsAt(i, j, k);
                    std::array<int, 3> v{};
                    bool b = true;
                    for (std::size_t axis = 0; axis < 3; ++axis) {
                        v[axis] = static_cast<int>(std::lround(at[axis]));
                        b = b && v[axis] >= 0 && v[axis] < m_size[axis];
                    }
                    b = b && m_filled[(static_cast<std::size_t>(v[2]) * m_size[1] + v[1]) * m_size[0] + v[0]];
                    const bool a = t.contains({i, j, k}) && brain.at({i, j, k}) > 0.0F;
                    inTemplate += a;
                    inCase += b;
                    both += a && b;
                }
        return inTemplate + inCase == 0 ? 0.0
                                        : 2.0 * static_cast<double>(both) / static_cast<double>(inTemplate + inCase);
    }

    Geometry m_grid;
    std::array<int, 3> m_step{1, 1, 1};
    std::array<int, 3> m_size{0, 0, 0};
    std::vector<std::uint8_t> m_filled;
    std::size_t m_count = 0;
    VoxelIndex m_low{1 << 20, 1 << 20, 1 << 20};
    VoxelIndex m_high{0, 0, 0};
};

bool isBrainAlone(const Foreground& foreground) {
    return foreground.ml() > kSmallestBrainMl && foreground.ml() < kLargestBrainMl && foreground.shareOfGrid() < 0.7;
}

/// `transform` after turning the case about the middle of its brain: an axis of -1 is mirrored.
AffineTransform mirrored(const AffineTransform& transform, WorldPoint centre, std::array<double, 3> signs) {
    AffineTransform turned = transform;
    const std::array<double, 3> c{centre.x, centre.y, centre.z};
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t column = 0; column < 3; ++column) {
            const double m = transform.matrix[3 * row + column];
            turned.matrix[3 * row + column] = m * signs[column];
            turned.offset[row] += m * (1.0 - signs[column]) * c[column];
        }
    return turned;
}

} // namespace

const imaging::Volume* structuralVolume(const imaging::Case& imagingCase) {
    using imaging::Sequence;
    for (const Sequence wanted : {Sequence::T1, Sequence::T1ce, Sequence::Flair, Sequence::T2})
        for (const imaging::CaseVolume& v : imagingCase.volumes)
            if (v.sequence == wanted)
                return v.volume.get();
    return imagingCase.volumes.empty() ? nullptr : imagingCase.volumes.front().volume.get();
}

std::string toString(Space space) {
    switch (space) {
    case Space::Sri24:
        return "sri24";
    case Space::Mni:
        return "mni";
    case Space::Native:
        return "native";
    case Space::Unknown:
        break;
    }
    return "unknown";
}

WorldPoint AffineTransform::apply(WorldPoint p) const { return imaging::FixedAffine{matrix, offset}.apply(p); }

AffineTransform AffineTransform::inverse() const {
    const imaging::FixedAffine inverse = imaging::FixedAffine{matrix, offset}.inverse();
    return {inverse.matrix, inverse.offset};
}

WorldPoint TemplateAlignment::templatePoint(WorldPoint casePoint, std::optional<WorldPoint> near) const {
    const WorldPoint brought = toTemplate.apply(casePoint);
    // A deformation that was accepted can be undone all over the brain; where it cannot, the point lies far outside.
    return deformation ? deformation->undo(brought, near).value_or(brought) : brought;
}

WorldPoint TemplateAlignment::casePoint(WorldPoint templatePoint) const {
    return toTemplate.inverse().apply(deformation ? deformation->apply(templatePoint) : templatePoint);
}

std::optional<TemplateAlignment> alignmentFromGrid(const Geometry& grid) {
    if (!grid.hasOrientation || grid.isSlice)
        return std::nullopt;
    const Geometry lps = imaging::lpsGeometry(grid);
    if (!isAxisAligned(lps))
        return std::nullopt;
    TemplateAlignment alignment;
    alignment.method = "fixed";
    const WorldPoint lowest = corner(lps);
    // Tools that rewrite BraTS files often lose the origin, never the box, so the box alone is trusted.
    if (extentIs(lps, 240.0, 240.0, 155.0, 2.0)) {
        alignment.space = Space::Sri24;
        const AffineTransform shift = translation(lowest, corner(imaging::bratsGeometry()));
        alignment.toTemplate.matrix = imaging::kSri24ToTemplate.matrix;
        const WorldPoint moved = imaging::kSri24ToTemplate.apply({shift.offset[0], shift.offset[1], shift.offset[2]});
        alignment.toTemplate.offset = {moved.x, moved.y, moved.z};
        return alignment;
    }
    if (extentIs(lps, 182.0, 218.0, 182.0, 2.5)) {
        alignment.space = Space::Mni;
        // Lowest corner (right, anterior, inferior) of the MNI152 box; the header normally says the same.
        const WorldPoint usual{-90.5, -91.5, -72.5};
        const bool headerSaysSo = std::abs(lowest.x - usual.x) <= 3.0 && std::abs(lowest.y - usual.y) <= 3.0 &&
                                  std::abs(lowest.z - usual.z) <= 3.0;
        if (!headerSaysSo)
            alignment.toTemplate = translation(lowest, usual);
        return alignment;
    }
    return std::nullopt;
}

std::optional<Place> placeAt(WorldPoint casePoint, const TemplateAlignment& alignment, const Atlas& atlas) {
    if (!alignment.isKnown())
        return std::nullopt;
    return atlas.at(alignment.templatePoint(casePoint));
}

double brainOverlap(const imaging::Case& imagingCase, const Atlas& atlas, const AffineTransform& toTemplate) {
    return Foreground(imagingCase).overlap(atlas, toTemplate);
}

double brainOverlap(const imaging::Case& imagingCase, const Atlas& atlas, const TemplateAlignment& alignment) {
    const Foreground foreground(imagingCase);
    return alignment.deformation ? foreground.overlap(atlas, alignment)
                                 : foreground.overlap(atlas, alignment.toTemplate);
}

bool isSkullStripped(const imaging::Case& imagingCase) { return isBrainAlone(Foreground(imagingCase)); }

TemplateAlignment fixedAlignment(const imaging::Case& imagingCase, const Atlas& atlas) {
    TemplateAlignment none;
    none.method = "none";
    if (imagingCase.volumes.empty())
        return none;
    const Geometry& grid = imagingCase.geometry();
    if (!grid.hasOrientation) {
        none.notes.push_back({"anatomy.no_orientation"});
        return none;
    }
    if (grid.isSlice) {
        none.notes.push_back({"anatomy.single_slice"});
        return none;
    }
    none.space = Space::Native;
    const Foreground foreground(imagingCase);
    const bool stripped = isBrainAlone(foreground);
    std::optional<TemplateAlignment> fixed = alignmentFromGrid(grid);
    if (fixed && !stripped) {
        // The grid is right, but a head's outline says nothing of how the brain lies in it.
        fixed->notes.push_back({"anatomy.skull_not_stripped"});
        if (fixed->space == Space::Sri24)
            fixed->space = Space::Unknown;
        return *fixed;
    }
    if (fixed) {
        fixed->brainDice = foreground.overlap(atlas, fixed->toTemplate);
        if (fixed->brainDice >= kPlausibleDice) {
            const double turned =
                std::max(foreground.overlap(atlas, mirrored(fixed->toTemplate, foreground.centre(), {1, -1, 1})),
                         foreground.overlap(atlas, mirrored(fixed->toTemplate, foreground.centre(), {1, 1, -1})));
            fixed->reliable = fixed->brainDice >= kReliableDice;
            if (turned > fixed->brainDice + 0.02) {
                fixed->reliable = false;
                fixed->notes.push_back({"anatomy.orientation_doubtful"});
            } else if (const auto midline =
                           findMidline(*structuralVolume(imagingCase), nullptr, midlineOf(fixed->toTemplate))) {
                fixed->toTemplate = withMidline(fixed->toTemplate, *midline);
                fixed->brainDice = foreground.overlap(atlas, fixed->toTemplate);
                fixed->reliable = fixed->brainDice >= kReliableDice;
            }
            if (!fixed->reliable && fixed->notes.empty()) {
                fixed->notes.push_back({"anatomy.overlap_poor", {{"dice", twoDigits(fixed->brainDice)}}});
            }
            return *fixed;
        }
    }
    none.notes.push_back({stripped ? "anatomy.space_native" : "anatomy.skull_not_stripped"});
    if (!foreground.empty())
        none.toTemplate = translation(foreground.centre(), {0.0, 17.0, 8.0}); // middle of the template brain's box
    none.brainDice = stripped ? foreground.overlap(atlas, none.toTemplate) : 0.0;
    return none;
}

} // namespace sulcus::anatomy
