// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace sulcus::workflow {

/// A point of a made-up head: mm, x to the patient's left, y to the back, z to the head; the origin is where the
/// carotid ends.
using VesselPoint = std::array<double, 3>;

/// One unbranched vessel: a smooth centre line, densely sampled, with a radius (mm) at each point.
struct VesselSegment {
    std::vector<VesselPoint> line;
    std::vector<double> radius;
    double density = 1.0; ///< of contrast agent, 1 = as in the artery that was injected
};

struct Aneurysm {
    int location = 0; ///< index into aneurysmLocations()
    VesselPoint centre{};
    double radius = 0.0;  ///< mm
    double density = 1.0; ///< of contrast agent: a clot or slow filling leaves less
};

struct VesselTree {
    std::vector<VesselSegment> segments;
    std::vector<Aneurysm> aneurysms;
};

/// Names of the CSV's location columns: the arteries whose branching points may carry an aneurysm.
const std::vector<std::string>& aneurysmLocations();

/// A random tree of one injected carotid: siphon, anterior and middle cerebral arteries with three orders of branches,
/// and what looks round and dark in some views and is no aneurysm: tight loops, near crossings, and one to three level
/// veins that are wide in their middle, each seen end on in one of the views. Aneurysms are 1.8 to 3.8 mm in radius and
/// filled with two thirds of the contrast or more. Deterministic in `seed`.
VesselTree makeVesselTree(std::uint64_t seed, bool withAneurysm);

/// Where a point of the head lies in the picture of `projectVesselTree`: column and row in pixels, whole numbers at
/// pixel centres.
std::array<double, 2> projectedPoint(const VesselPoint& point, double angleDegrees, int size);

/// Grey picture of the tree as a digital subtraction angiogram sees it: parallel rays, contrast absorbed in proportion
/// to the length of vessel passed, a soft background, quantum noise. Row 0 is the top (head). `angleDegrees` turns the
/// head about the z axis; 0 looks from the front. Returns size x size bytes.
std::vector<std::uint8_t> projectVesselTree(const VesselTree& tree, double angleDegrees, int size,
                                            std::uint64_t noiseSeed);

} // namespace sulcus::workflow
