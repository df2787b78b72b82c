// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/slice_frame.h"

#include <algorithm>
#include <cmath>

namespace sulcus::scene {
namespace {

using imaging::ContinuousIndex;
using imaging::Geometry;
using imaging::WorldPoint;

double directionAt(const Geometry& g, int world, int axis) {
    return g.direction[static_cast<std::size_t>(3 * world + axis)];
}

/// Grid axis for each world axis (x, y, z): the assignment whose axes fit best taken together, so that no grid axis
/// serves twice however oblique the grid is.
std::array<int, 3> nearestAxes(const Geometry& g) {
    std::array<int, 3> axes{0, 1, 2};
    std::array<int, 3> best = axes;
    double bestFit = -1.0;
    do {
        const double fit = std::abs(directionAt(g, 0, axes[0])) + std::abs(directionAt(g, 1, axes[1])) +
                           std::abs(directionAt(g, 2, axes[2]));
        if (fit > bestFit + 1e-9) {
            bestFit = fit;
            best = axes;
        }
    } while (std::next_permutation(axes.begin(), axes.end()));
    return best;
}

double component(const ContinuousIndex& index, int axis) { return axis == 0 ? index.i : axis == 1 ? index.j : index.k; }
void setComponent(ContinuousIndex& index, int axis, double value) {
    (axis == 0 ? index.i : axis == 1 ? index.j : index.k) = value;
}

/// Letters of the direction `sign * axis`, nearest first, a further one from 20 degrees off.
std::string lettersOf(const Geometry& g, int axis, int sign) {
    constexpr double kSecond = 0.342; // sin 20 degrees
    struct Part {
        double length;
        char letter;
    };
    std::array<Part, 3> parts{};
    constexpr std::array<const char*, 3> kLetters{"RL", "AP", "IS"};
    for (int world = 0; world < 3; ++world) {
        const double along = sign * directionAt(g, world, axis);
        parts[static_cast<std::size_t>(world)] = {std::abs(along),
                                                  kLetters[static_cast<std::size_t>(world)][along > 0]};
    }
    std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.length > b.length; });
    std::string text(1, parts[0].letter);
    for (std::size_t n = 1; n < parts.size(); ++n)
        if (parts[n].length > kSecond)
            text += parts[n].letter;
    return text;
}

} // namespace

SliceFrame sliceFrame(const Geometry& geometry, Plane plane, bool neurological) {
    SliceFrame frame;
    frame.geometry = geometry;
    frame.plane = plane;
    const auto axes = nearestAxes(geometry);
    const auto signOf = [&](int world) {
        return directionAt(geometry, world, axes[static_cast<std::size_t>(world)]) < 0.0 ? -1 : 1;
    };
    const int mirror = neurological && geometry.hasOrientation ? -1 : 1;
    switch (plane) {
    case Plane::Axial: // from the feet: Left to the right, Anterior up; +z (Superior) is a step forward
        frame.axisRight = axes[0];
        frame.signRight = mirror * signOf(0);
        frame.axisUp = axes[1];
        frame.signUp = -signOf(1);
        frame.axisNormal = axes[2];
        frame.signNormal = signOf(2);
        break;
    case Plane::Coronal: // from the front: Left to the right, Superior up
        frame.axisRight = axes[0];
        frame.signRight = mirror * signOf(0);
        frame.axisUp = axes[2];
        frame.signUp = signOf(2);
        frame.axisNormal = axes[1];
        frame.signNormal = -signOf(1);
        break;
    case Plane::Sagittal: // nose on the left: Posterior to the right, Superior up
        frame.axisRight = axes[1];
        frame.signRight = signOf(1);
        frame.axisUp = axes[2];
        frame.signUp = signOf(2);
        frame.axisNormal = axes[0];
        frame.signNormal = signOf(0);
        break;
    }
    return frame;
}

int SliceFrame::sliceOf(WorldPoint point) const {
    const double at = component(geometry.indexFromWorld(point), axisNormal);
    return static_cast<int>(std::clamp(std::round(at), 0.0, static_cast<double>(std::max(0, sliceCount() - 1))));
}

PlanePoint SliceFrame::planeFromWorld(WorldPoint point) const {
    const ContinuousIndex index = geometry.indexFromWorld(point);
    const double right = component(index, axisRight);
    const double up = component(index, axisUp);
    return {(signRight > 0 ? right : columns() - 1 - right) * columnSpacing(),
            (signUp > 0 ? up : rows() - 1 - up) * rowSpacing()};
}

ContinuousIndex SliceFrame::indexFromPlane(PlanePoint point, int slice) const {
    const double right = point.x / columnSpacing();
    const double up = point.y / rowSpacing();
    ContinuousIndex index;
    setComponent(index, axisRight, signRight > 0 ? right : columns() - 1 - right);
    setComponent(index, axisUp, signUp > 0 ? up : rows() - 1 - up);
    setComponent(index, axisNormal, slice);
    return index;
}

WorldPoint SliceFrame::worldFromPlane(PlanePoint point, int slice) const {
    return geometry.worldFromIndex(indexFromPlane(point, slice));
}

WorldPoint SliceFrame::stepped(WorldPoint point, int steps) const {
    ContinuousIndex index = geometry.indexFromWorld(point);
    const int last = std::max(0, sliceCount() - 1);
    const int from = sliceOf(point);
    setComponent(index, axisNormal, std::clamp(from + signNormal * steps, 0, last));
    return geometry.worldFromIndex(index);
}

SliceFrame::Letters SliceFrame::letters() const {
    if (!geometry.hasOrientation)
        return {};
    return {lettersOf(geometry, axisRight, -signRight), lettersOf(geometry, axisRight, signRight),
            lettersOf(geometry, axisUp, signUp), lettersOf(geometry, axisUp, -signUp)};
}

std::string planeName(Plane plane) {
    switch (plane) {
    case Plane::Axial:
        return "Axial";
    case Plane::Sagittal:
        return "Sagittal";
    case Plane::Coronal:
        break;
    }
    return "Coronal";
}

} // namespace sulcus::scene
