// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/volume.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace sulcus::scene {

/// A closed triangle mesh in world space (LPS mm). Triangles wind counter-clockwise seen from outside.
struct Surface {
    std::uint8_t label = 0;               ///< 0 for a brain surface
    std::vector<float> points;            ///< x, y, z of each vertex
    std::vector<float> normals;           ///< as many as points, outward, unit length
    std::vector<std::int32_t> triangles;  ///< three vertices each
    std::size_t voxelCount = 0;           ///< of the label it was made from
    std::array<double, 3> first{0, 0, 0}; ///< lowest corner of its bounding box
    std::array<double, 3> last{0, 0, 0};  ///< highest corner
    std::size_t triangleCount() const { return triangles.size() / 3; }
    double volumeMl() const; ///< enclosed, by the divergence theorem
};
using SurfacePtr = std::shared_ptr<const Surface>;
using SurfaceSet = std::vector<SurfacePtr>;

struct SurfaceOptions {
    int smoothingIterations = 20;       ///< windowed sinc (Taubin 1996); 0 leaves the voxel steps
    double passBand = 0.08;             ///< of that filter; smaller is smoother
    std::size_t maxTriangles = 120'000; ///< per surface; larger ones are decimated
    std::vector<std::uint8_t> labels{}; ///< only these; empty: every label that occurs
    bool wholeMask = false;             ///< one surface (label 1) around every non-zero voxel instead
};

/// One smoothed surface per label. Only the part of the grid that holds the label is looked at.
/// Thread: any worker (uses only its arguments). Cancel: between steps of each label. Errors: Cancelled, Internal.
Result<SurfaceSet> buildSurfaces(const imaging::LabelMap& map, const SurfaceOptions& options, const TaskContext& task);

/// The highest intensity that is background and not patient: of a skull-stripped brain the exactly constant value round
/// it, of a volume in Hounsfield units (it goes below -500) -300, else a fifth of the way from the lowest to the 98th
/// percentile of what is above it. Looks at one voxel in 97.
float backgroundLimit(const imaging::Volume& volume);

/// The outer surface of what a volume shows: where it rises above `backgroundLimit`. Coarse (about 2.5 mm) and smooth,
/// meant to be drawn transparent. An empty pointer when the volume shows no such border. Thread, cancel and errors as
/// above.
Result<SurfacePtr> buildOuterSurface(const imaging::Volume& volume, const TaskContext& task);

/// Writes binary STL or PLY by extension (.stl, .ply), LPS mm, to a temporary name and then renamed.
/// Errors: Unsupported (another extension), Unreadable (cannot be written).
Result<void> writeSurfaces(const SurfaceSet& surfaces, const std::filesystem::path& file);

} // namespace sulcus::scene
