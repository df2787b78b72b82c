// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/atlas.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace sulcus::report {

/// The sides from which the small brain picture is drawn. Axial and coronal follow the slices' radiological habit
/// (patient's left on the right of the picture); both sagittal pictures have anterior on the left and show the places
/// of one half and of the midline.
enum class BrainProjection { Axial, Coronal, SagittalLeft, SagittalRight };

/// The atlas seen through from one side: for each point of the picture the places that lie along the ray.
struct BrainView {
    BrainProjection projection = BrainProjection::Axial;
    int width = 0;
    int height = 0;
    double acrossMm = 0.0;   ///< template coordinate (LPS mm) of pixel column 0: x, or y for a sagittal picture
    double downMm = 0.0;     ///< template coordinate of pixel row 0: y for the axial picture, else z
    double acrossStep = 1.0; ///< mm per column, signed
    double downStep = 1.0;   ///< mm per row, signed
    std::vector<std::uint64_t> places;       ///< one set of places per pixel (`placeBits`), 0 outside the brain
    std::vector<anatomy::Region> regionSeen; ///< of the place nearest to the viewer; meaningless where `places` is 0

    bool inside(int column, int row) const {
        return column >= 0 && row >= 0 && column < width && row < height &&
               places[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                      static_cast<std::size_t>(column)] != 0;
    }
    /// Does the region (on that side; Unknown and Both mean either) lie along the ray of this pixel?
    bool shows(int column, int row, anatomy::Region region, Side side) const;
    /// Picture position (pixels, fractional) of a point of template space.
    struct Position {
        double column = 0.0;
        double row = 0.0;
    };
    Position positionOf(imaging::WorldPoint templatePoint) const;
};

/// Axial, coronal, left and right sagittal, in this order.
using BrainViews = std::vector<BrainView>;

/// The bits of `BrainView::places` that stand for a region on a side; Unknown and Both give all bits of the region.
std::uint64_t placeBits(anatomy::Region region, Side side);

/// Projects a map of places: one byte per voxel, 0 outside, else index into `places` + 1. The grid's axes must run
/// along the world's (any order and direction). Pure; some ten milliseconds for the template.
BrainViews brainViews(const imaging::LabelMap& placeMap, const std::vector<anatomy::Place>& places);
BrainViews brainViews(const anatomy::Atlas& atlas);

} // namespace sulcus::report
