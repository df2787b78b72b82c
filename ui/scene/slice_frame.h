// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/geometry.h"
#include "ui/scene/case_scene.h"

#include <array>
#include <string>

namespace sulcus::scene {

/// A point on the drawn slice: mm to the right of and above the centre of the slice's lower left pixel.
struct PlanePoint {
    double x = 0.0;
    double y = 0.0;
};

/// How one anatomical plane of a grid lies on the screen. Slices are cut along the grid axes nearest to the anatomical
/// ones, so an oblique volume is shown as it was acquired and its letters say where it points.
///
/// Radiological (default): the patient's left is on the right of the screen, axial seen from the feet, coronal from the
/// front; sagittal has the nose on the left in either convention. Neurological mirrors axial and coronal. A grid
/// without orientation is shown as stored (i to the right, j downwards in the axial plane) and is never mirrored.
struct SliceFrame {
    imaging::Geometry geometry;
    Plane plane = Plane::Axial;
    int axisRight = 0; ///< grid axis (0 i, 1 j, 2 k) that runs along the screen's width
    int axisUp = 1;
    int axisNormal = 2;
    int signRight = 1;  ///< +1: the index grows to the right of the screen; -1: to the left
    int signUp = -1;    ///< +1: the index grows upwards
    int signNormal = 1; ///< +1: the index grows towards the patient's Left, Anterior or Superior

    int columns() const { return geometry.size[static_cast<std::size_t>(axisRight)]; }
    int rows() const { return geometry.size[static_cast<std::size_t>(axisUp)]; }
    int sliceCount() const { return geometry.size[static_cast<std::size_t>(axisNormal)]; }
    double columnSpacing() const { return geometry.spacing[static_cast<std::size_t>(axisRight)]; }
    double rowSpacing() const { return geometry.spacing[static_cast<std::size_t>(axisUp)]; }

    /// The slice that holds `point`, clamped to the grid.
    int sliceOf(imaging::WorldPoint point) const;
    /// `point` projected along the slice's normal.
    PlanePoint planeFromWorld(imaging::WorldPoint point) const;
    /// The point of slice `slice` under `point`; may lie outside the grid.
    imaging::WorldPoint worldFromPlane(PlanePoint point, int slice) const;
    /// The grid index, in voxels, under `point`.
    imaging::ContinuousIndex indexFromPlane(PlanePoint point, int slice) const;
    /// `point` moved `steps` slices towards the patient's Left, Anterior or Superior, stopping at the grid's ends.
    imaging::WorldPoint stepped(imaging::WorldPoint point, int steps) const;

    /// Letters at the screen's edges, empty when the grid has no orientation. A second letter follows when the edge
    /// points more than 20 degrees off ("LA").
    struct Letters {
        std::string left, right, top, bottom;
    };
    Letters letters() const;
};

SliceFrame sliceFrame(const imaging::Geometry& geometry, Plane plane, bool neurological);

/// "Axial", "Sagittal", "Coronal": English; a surface translates and hands its own caption to the scene.
std::string planeName(Plane plane);

} // namespace sulcus::scene
