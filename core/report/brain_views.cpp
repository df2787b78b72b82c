// SPDX-License-Identifier: Apache-2.0
#include "core/report/brain_views.h"

#include <array>
#include <cmath>

namespace sulcus::report {

namespace {

/// Two bits per region: left and right; a midline place carries both, so that 16 regions fit one word.
std::uint64_t bitsOf(anatomy::Region region, Side side) {
    const unsigned shift = 2u * static_cast<unsigned>(region);
    const std::uint64_t left = std::uint64_t{1} << shift;
    const std::uint64_t right = std::uint64_t{2} << shift;
    switch (side) {
    case Side::Left:
        return left;
    case Side::Right:
        return right;
    case Side::Both:
    case Side::Unknown:
        break;
    }
    return left | right;
}

struct Axis {
    int array = 0;     ///< which array axis runs along this world axis
    double origin = 0; ///< world coordinate of index 0
    double step = 1;   ///< mm per index, signed
    int size = 0;
};

/// Which array axis runs along world axis `world`.
Axis axisAlong(const imaging::Geometry& geometry, int world) {
    Axis axis;
    double best = -1.0;
    for (int a = 0; a < 3; ++a) {
        const double component = geometry.direction[static_cast<std::size_t>(3 * world + a)];
        if (std::abs(component) > best) {
            best = std::abs(component);
            axis.array = a;
            axis.step = component < 0 ? -geometry.spacing[static_cast<std::size_t>(a)]
                                      : geometry.spacing[static_cast<std::size_t>(a)];
        }
    }
    axis.origin = geometry.origin[static_cast<std::size_t>(world)];
    axis.size = geometry.size[static_cast<std::size_t>(axis.array)];
    return axis;
}

/// `axis` walked so that its world coordinate grows (`growing`) or falls with the picture's index.
struct Walk {
    int first = 0;
    int step = 1;
    double mm = 0;
    double mmStep = 1;
};

Walk walk(const Axis& axis, bool growing) {
    const bool forwards = (axis.step > 0) == growing;
    Walk w;
    w.first = forwards ? 0 : axis.size - 1;
    w.step = forwards ? 1 : -1;
    w.mm = axis.origin + axis.step * w.first;
    w.mmStep = forwards ? axis.step : -axis.step;
    return w;
}

BrainView project(BrainProjection projection, const imaging::LabelMap& map, const std::vector<anatomy::Place>& places) {
    const bool sagittal = projection == BrainProjection::SagittalLeft || projection == BrainProjection::SagittalRight;
    const Axis across = axisAlong(map.geometry, sagittal ? 1 : 0);
    const Axis down = axisAlong(map.geometry, projection == BrainProjection::Axial ? 1 : 2);
    const Axis through = axisAlong(map.geometry, projection == BrainProjection::Axial ? 2 : (sagittal ? 0 : 1));

    const Walk walkAcross = walk(across, true); // x to the Left, y to the Posterior: both grow to the right
    const Walk walkDown = walk(down, projection == BrainProjection::Axial);
    // The viewer stands above, in front, or at the half's own side.
    const bool throughGrowing = projection == BrainProjection::Coronal || projection == BrainProjection::SagittalRight;
    const Walk walkThrough = walk(through, throughGrowing);

    BrainView view;
    view.projection = projection;
    view.width = across.size;
    view.height = down.size;
    view.acrossMm = walkAcross.mm;
    view.acrossStep = walkAcross.mmStep;
    view.downMm = walkDown.mm;
    view.downStep = walkDown.mmStep;
    const std::size_t count = static_cast<std::size_t>(view.width) * static_cast<std::size_t>(view.height);
    view.places.assign(count, 0);
    view.regionSeen.assign(count, anatomy::Region::Frontal);

    const std::array<std::size_t, 3> stride{1, static_cast<std::size_t>(map.geometry.size[0]),
                                            static_cast<std::size_t>(map.geometry.size[0]) *
                                                static_cast<std::size_t>(map.geometry.size[1])};
    for (int row = 0; row < view.height; ++row) {
        for (int column = 0; column < view.width; ++column) {
            const std::size_t base = stride[static_cast<std::size_t>(down.array)] *
                                         static_cast<std::size_t>(walkDown.first + walkDown.step * row) +
                                     stride[static_cast<std::size_t>(across.array)] *
                                         static_cast<std::size_t>(walkAcross.first + walkAcross.step * column);
            std::uint64_t bits = 0;
            bool seen = false;
            const std::size_t pixel =
                static_cast<std::size_t>(row) * static_cast<std::size_t>(view.width) + static_cast<std::size_t>(column);
            for (int n = 0; n < through.size; ++n) {
                const std::uint8_t value =
                    map.voxels[base + stride[static_cast<std::size_t>(through.array)] *
                                          static_cast<std::size_t>(walkThrough.first + walkThrough.step * n)];
                if (value == 0 || value > places.size())
                    continue;
                const anatomy::Place& place = places[value - 1u];
                if ((projection == BrainProjection::SagittalLeft && place.side == Side::Right) ||
                    (projection == BrainProjection::SagittalRight && place.side == Side::Left))
                    continue;
                bits |= bitsOf(place.region, place.side);
                if (!seen) {
                    view.regionSeen[pixel] = place.region;
                    seen = true;
                }
            }
            view.places[pixel] = bits;
        }
    }
    return view;
}

} // namespace

std::uint64_t placeBits(anatomy::Region region, Side side) { return bitsOf(region, side); }

bool BrainView::shows(int column, int row, anatomy::Region region, Side side) const {
    if (!inside(column, row))
        return false;
    return (places[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) + static_cast<std::size_t>(column)] &
            bitsOf(region, side)) != 0;
}

BrainView::Position BrainView::positionOf(imaging::WorldPoint p) const {
    const bool sagittal = projection == BrainProjection::SagittalLeft || projection == BrainProjection::SagittalRight;
    const double across = sagittal ? p.y : p.x;
    const double down = projection == BrainProjection::Axial ? p.y : p.z;
    return {(across - acrossMm) / acrossStep, (down - downMm) / downStep};
}

BrainViews brainViews(const imaging::LabelMap& placeMap, const std::vector<anatomy::Place>& places) {
    BrainViews views;
    for (const BrainProjection projection : {BrainProjection::Axial, BrainProjection::Coronal,
                                             BrainProjection::SagittalLeft, BrainProjection::SagittalRight})
        views.push_back(project(projection, placeMap, places));
    return views;
}

BrainViews brainViews(const anatomy::Atlas& atlas) { return brainViews(atlas.placeMap(), atlas.places()); }

} // namespace sulcus::report
