// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/surface.h"

#include <vtkCellArray.h>
#include <vtkDecimatePro.h>
#include <vtkFloatArray.h>
#include <vtkFlyingEdges3D.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkPolyDataConnectivityFilter.h>
#include <vtkSmartPointer.h>
#include <vtkUnsignedCharArray.h>
#include <vtkWindowedSincPolyDataFilter.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <exception>
#include <fstream>
#include <limits>
#include <numeric>
#include <string>
#include <system_error>

namespace sulcus::scene {
namespace {

using imaging::Geometry;

static_assert(std::endian::native == std::endian::little, "mesh files are written in memory order");

struct Extent {
    std::array<int, 3> first{std::numeric_limits<int>::max(), std::numeric_limits<int>::max(),
                             std::numeric_limits<int>::max()};
    std::array<int, 3> last{-1, -1, -1};
    std::size_t count = 0;
};

/// Bounding box and size of every label, in one pass over the map.
std::vector<Extent> extentsOf(const imaging::LabelMap& map) {
    std::vector<Extent> extents(256);
    const auto& size = map.geometry.size;
    const std::uint8_t* row = map.voxels.data();
    for (int k = 0; k < size[2]; ++k)
        for (int j = 0; j < size[1]; ++j, row += size[0])
            for (int i = 0; i < size[0]; ++i) {
                if (row[i] == 0)
                    continue;
                Extent& extent = extents[row[i]];
                ++extent.count;
                extent.first = {std::min(extent.first[0], i), std::min(extent.first[1], j),
                                std::min(extent.first[2], k)};
                extent.last = {std::max(extent.last[0], i), std::max(extent.last[1], j), std::max(extent.last[2], k)};
            }
    return extents;
}

/// Smooths, decimates and carries a mesh from grid millimetres (index times spacing) into the world.
std::shared_ptr<Surface> finish(vtkPolyData* mesh, const Geometry& geometry, int iterations, double passBand,
                                std::size_t maxTriangles) {
    vtkSmartPointer<vtkPolyData> current = mesh;
    if (iterations > 0 && current->GetNumberOfPoints() > 0) {
        vtkNew<vtkWindowedSincPolyDataFilter> smooth;
        smooth->SetInputData(current);
        smooth->SetNumberOfIterations(iterations);
        smooth->SetPassBand(passBand);
        smooth->BoundarySmoothingOff();
        smooth->FeatureEdgeSmoothingOff();
        smooth->NonManifoldSmoothingOn();
        smooth->NormalizeCoordinatesOn();
        smooth->Update();
        current = smooth->GetOutput();
    }
    const auto triangleCount = static_cast<std::size_t>(current->GetNumberOfPolys());
    if (maxTriangles > 0 && triangleCount > maxTriangles) {
        vtkNew<vtkDecimatePro> decimate;
        decimate->SetInputData(current);
        decimate->SetTargetReduction(1.0 - static_cast<double>(maxTriangles) / static_cast<double>(triangleCount));
        decimate->PreserveTopologyOn();
        decimate->SplittingOff();
        decimate->Update();
        current = decimate->GetOutput();
    }

    auto surface = std::make_shared<Surface>();
    const auto points = static_cast<std::size_t>(current->GetNumberOfPoints());
    surface->points.resize(3 * points);
    surface->normals.assign(3 * points, 0.0F);
    if (points > 0) {
        surface->first = {1e300, 1e300, 1e300};
        surface->last = {-1e300, -1e300, -1e300};
    }
    const auto& dir = geometry.direction;
    for (std::size_t n = 0; n < points; ++n) {
        double grid[3];
        current->GetPoint(static_cast<vtkIdType>(n), grid);
        for (std::size_t w = 0; w < 3; ++w) {
            const double value =
                geometry.origin[w] + dir[3 * w] * grid[0] + dir[3 * w + 1] * grid[1] + dir[3 * w + 2] * grid[2];
            surface->points[3 * n + w] = static_cast<float>(value);
            surface->first[w] = std::min(surface->first[w], value);
            surface->last[w] = std::max(surface->last[w], value);
        }
    }
    surface->triangles.reserve(3 * static_cast<std::size_t>(current->GetNumberOfPolys()));
    vtkCellArray* cells = current->GetPolys();
    vtkIdType count = 0;
    const vtkIdType* ids = nullptr;
    for (cells->InitTraversal(); cells->GetNextCell(count, ids);)
        if (count == 3)
            for (int corner = 0; corner < 3; ++corner)
                surface->triangles.push_back(static_cast<std::int32_t>(ids[corner]));
    // A grid whose axes form a left-handed system turns the mesh inside out.
    if (surface->volumeMl() < 0.0)
        for (std::size_t t = 0; t + 2 < surface->triangles.size(); t += 3)
            std::swap(surface->triangles[t + 1], surface->triangles[t + 2]);

    // Each vertex: the mean of its triangles' normals, weighted by area.
    const auto vertex = [&](std::int32_t id) { return &surface->points[3 * static_cast<std::size_t>(id)]; };
    for (std::size_t t = 0; t + 2 < surface->triangles.size(); t += 3) {
        const float* a = vertex(surface->triangles[t]);
        const float* b = vertex(surface->triangles[t + 1]);
        const float* c = vertex(surface->triangles[t + 2]);
        const float u[3] = {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
        const float v[3] = {c[0] - a[0], c[1] - a[1], c[2] - a[2]};
        const float normal[3] = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
        for (std::size_t corner = 0; corner < 3; ++corner)
            for (std::size_t w = 0; w < 3; ++w)
                surface->normals[3 * static_cast<std::size_t>(surface->triangles[t + corner]) + w] += normal[w];
    }
    for (std::size_t n = 0; n < points; ++n) {
        float* normal = &surface->normals[3 * n];
        const float length = std::sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
        for (int w = 0; w < 3; ++w)
            normal[w] = length > 0.0F ? normal[w] / length : 0.0F;
    }
    return surface;
}

} // namespace

double Surface::volumeMl() const {
    double sixfold = 0.0;
    // Relative to the first corner of the box, so that far-away coordinates do not eat the digits.
    const auto at = [&](std::int32_t id, std::size_t w) {
        return static_cast<double>(points[3 * static_cast<std::size_t>(id) + w]) - first[w];
    };
    for (std::size_t t = 0; t + 2 < triangles.size(); t += 3) {
        const std::int32_t a = triangles[t];
        const std::int32_t b = triangles[t + 1];
        const std::int32_t c = triangles[t + 2];
        sixfold += at(a, 0) * (at(b, 1) * at(c, 2) - at(b, 2) * at(c, 1)) -
                   at(a, 1) * (at(b, 0) * at(c, 2) - at(b, 2) * at(c, 0)) +
                   at(a, 2) * (at(b, 0) * at(c, 1) - at(b, 1) * at(c, 0));
    }
    return sixfold / 6000.0;
}

Result<SurfaceSet> buildSurfaces(const imaging::LabelMap& map, const SurfaceOptions& options, const TaskContext& task) {
    try {
        const auto extents = extentsOf(map);
        struct Part {
            std::uint8_t label;
            Extent extent;
        };
        std::vector<Part> parts;
        if (options.wholeMask) {
            Extent all;
            for (const Extent& extent : extents) {
                if (extent.count == 0)
                    continue;
                all.count += extent.count;
                for (std::size_t a = 0; a < 3; ++a) {
                    all.first[a] = std::min(all.first[a], extent.first[a]);
                    all.last[a] = std::max(all.last[a], extent.last[a]);
                }
            }
            if (all.count > 0)
                parts.push_back({1, all});
        } else {
            for (std::size_t label = 1; label < extents.size(); ++label) {
                const bool wanted = options.labels.empty() || std::find(options.labels.begin(), options.labels.end(),
                                                                        label) != options.labels.end();
                if (extents[label].count > 0 && wanted)
                    parts.push_back({static_cast<std::uint8_t>(label), extents[label]});
            }
        }
        SurfaceSet surfaces;
        for (std::size_t n = 0; n < parts.size(); ++n) {
            if (task.cancelled())
                return failCancelled();
            const auto& [label, extent] = parts[n];
            // One voxel of background all round closes the surface at the grid's border too.
            std::array<int, 3> size{};
            for (std::size_t a = 0; a < 3; ++a)
                size[a] = extent.last[a] - extent.first[a] + 3;
            vtkNew<vtkImageData> image;
            image->SetDimensions(size.data());
            image->SetSpacing(map.geometry.spacing.data());
            image->SetOrigin((extent.first[0] - 1) * map.geometry.spacing[0],
                             (extent.first[1] - 1) * map.geometry.spacing[1],
                             (extent.first[2] - 1) * map.geometry.spacing[2]);
            image->AllocateScalars(VTK_UNSIGNED_CHAR, 1);
            auto* voxels = static_cast<std::uint8_t*>(image->GetScalarPointer());
            std::fill_n(voxels, image->GetNumberOfPoints(), std::uint8_t{0});
            for (int k = extent.first[2]; k <= extent.last[2]; ++k)
                for (int j = extent.first[1]; j <= extent.last[1]; ++j) {
                    const std::uint8_t* in = &map.voxels[map.geometry.offset({extent.first[0], j, k})];
                    std::uint8_t* out =
                        voxels +
                        (static_cast<std::size_t>(k - extent.first[2] + 1) * static_cast<std::size_t>(size[1]) +
                         static_cast<std::size_t>(j - extent.first[1] + 1)) *
                            static_cast<std::size_t>(size[0]) +
                        1;
                    for (int i = extent.first[0]; i <= extent.last[0]; ++i, ++in, ++out)
                        *out = (options.wholeMask ? *in != 0 : *in == label) ? 1 : 0;
                }
            vtkNew<vtkFlyingEdges3D> edges;
            edges->SetInputData(image);
            edges->SetValue(0, 0.5);
            edges->ComputeNormalsOff();
            edges->ComputeScalarsOff();
            edges->Update();
            if (task.cancelled())
                return failCancelled();
            auto surface = finish(edges->GetOutput(), map.geometry, options.smoothingIterations, options.passBand,
                                  options.maxTriangles);
            surface->label = label;
            surface->voxelCount = extent.count;
            surfaces.push_back(std::move(surface));
            task.report(static_cast<double>(n + 1) / static_cast<double>(parts.size()), "stage.surfaces");
        }
        return surfaces;
    } catch (const std::exception& error) {
        return fail(ErrorCode::Internal, "scene.surface_failed", {}, error.what());
    }
}

float backgroundLimit(const imaging::Volume& volume) {
    std::vector<float> some;
    for (std::size_t n = 0; n < volume.voxels.size(); n += 97)
        some.push_back(volume.voxels[n]);
    if (some.empty())
        return 0.0F;
    std::sort(some.begin(), some.end());
    const float lowest = some.front();
    if (lowest < -500.0F)
        return -300.0F; // skin against air
    const auto above = std::upper_bound(some.begin(), some.end(), lowest);
    if (above == some.end())
        return lowest;
    const float high = *(above + (some.end() - above) * 98 / 100);
    const float nearly = lowest + 0.1F * (high - lowest);
    const auto constant = static_cast<double>(above - some.begin()) / static_cast<double>(some.size());
    const auto faint = static_cast<double>(std::upper_bound(above, some.end(), nearly) - above) /
                       static_cast<double>(some.end() - above);
    // A stripped brain: much that is exactly constant and then little that is only just above it. A constant border
    // round a scan whose air holds noise is not that.
    if (constant > 0.1 && faint < 0.2)
        return lowest;
    return lowest + 0.2F * (high - lowest);
}

Result<SurfacePtr> buildOuterSurface(const imaging::Volume& volume, const TaskContext& task) {
    try {
        const Geometry& grid = volume.geometry;
        if (volume.voxels.empty() || grid.isSlice || grid.size[2] < 4)
            return SurfacePtr();
        const float threshold = backgroundLimit(volume);
        if (task.cancelled())
            return failCancelled();

        // The share of each coarse cell that lies above the threshold is a smooth field whose half is the border.
        std::array<int, 3> step{};
        std::array<int, 3> cells{};
        for (std::size_t a = 0; a < 3; ++a) {
            step[a] = std::max(1, static_cast<int>(std::lround(2.5 / grid.spacing[a])));
            cells[a] = (grid.size[a] + step[a] - 1) / step[a];
        }
        vtkNew<vtkImageData> field;
        field->SetDimensions(cells[0] + 2, cells[1] + 2, cells[2] + 2);
        double spacing[3];
        double origin[3];
        for (std::size_t a = 0; a < 3; ++a) {
            spacing[a] = step[a] * grid.spacing[a];
            origin[a] = (step[a] - 1) / 2.0 * grid.spacing[a] - spacing[a];
        }
        field->SetSpacing(spacing);
        field->SetOrigin(origin);
        field->AllocateScalars(VTK_FLOAT, 1);
        auto* share = static_cast<float*>(field->GetScalarPointer());
        std::fill_n(share, field->GetNumberOfPoints(), 0.0F);
        const float part = 1.0F / static_cast<float>(step[0] * step[1] * step[2]);
        const float* in = volume.voxels.data();
        for (int k = 0; k < grid.size[2]; ++k)
            for (int j = 0; j < grid.size[1]; ++j) {
                float* row = share +
                             (static_cast<std::size_t>(k / step[2] + 1) * static_cast<std::size_t>(cells[1] + 2) +
                              static_cast<std::size_t>(j / step[1] + 1)) *
                                 static_cast<std::size_t>(cells[0] + 2) +
                             1;
                for (int i = 0; i < grid.size[0]; ++i, ++in)
                    if (*in > threshold)
                        row[i / step[0]] += part;
            }
        if (task.cancelled())
            return failCancelled();
        vtkNew<vtkFlyingEdges3D> edges;
        edges->SetInputData(field);
        edges->SetValue(0, 0.5);
        edges->ComputeNormalsOff();
        edges->ComputeScalarsOff();
        vtkNew<vtkPolyDataConnectivityFilter> largest;
        largest->SetInputConnection(edges->GetOutputPort());
        largest->SetExtractionModeToLargestRegion();
        largest->Update();
        if (task.cancelled())
            return failCancelled();
        if (largest->GetOutput()->GetNumberOfPolys() < 100)
            return SurfacePtr();
        return SurfacePtr(finish(largest->GetOutput(), grid, 15, 0.1, 120'000));
    } catch (const std::exception& error) {
        return fail(ErrorCode::Internal, "scene.surface_failed", {}, error.what());
    }
}

namespace {

template <typename T>
void put(std::ofstream& out, T value) {
    out.write(reinterpret_cast<const char*>(&value), sizeof value);
}

void writeStl(std::ofstream& out, const SurfaceSet& surfaces) {
    std::string header = "Sulcus surface, LPS mm";
    header.resize(80, ' ');
    out.write(header.data(), 80);
    std::uint32_t total = 0;
    for (const auto& surface : surfaces)
        total += static_cast<std::uint32_t>(surface->triangleCount());
    put(out, total);
    for (const auto& surface : surfaces)
        for (std::size_t t = 0; t + 2 < surface->triangles.size(); t += 3) {
            const float* p[3];
            for (std::size_t c = 0; c < 3; ++c)
                p[c] = &surface->points[3 * static_cast<std::size_t>(surface->triangles[t + c])];
            float u[3];
            float v[3];
            for (int w = 0; w < 3; ++w) {
                u[w] = p[1][w] - p[0][w];
                v[w] = p[2][w] - p[0][w];
            }
            float n[3] = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
            const float length = std::sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
            for (const float value : n)
                put(out, length > 0.0F ? value / length : 0.0F);
            for (const float* corner : p)
                out.write(reinterpret_cast<const char*>(corner), 3 * sizeof(float));
            put(out, std::uint16_t{0});
        }
}

void writePly(std::ofstream& out, const SurfaceSet& surfaces) {
    std::size_t points = 0;
    std::size_t triangles = 0;
    for (const auto& surface : surfaces) {
        points += surface->points.size() / 3;
        triangles += surface->triangleCount();
    }
    out << "ply\nformat binary_little_endian 1.0\ncomment Sulcus surface, LPS mm\nelement vertex " << points
        << "\nproperty float x\nproperty float y\nproperty float z\nproperty float nx\nproperty float ny\n"
           "property float nz\nproperty uchar label\nelement face "
        << triangles << "\nproperty list uchar int vertex_indices\nend_header\n";
    for (const auto& surface : surfaces)
        for (std::size_t n = 0; n < surface->points.size(); n += 3) {
            out.write(reinterpret_cast<const char*>(&surface->points[n]), 3 * sizeof(float));
            out.write(reinterpret_cast<const char*>(&surface->normals[n]), 3 * sizeof(float));
            put(out, surface->label);
        }
    std::int32_t base = 0;
    for (const auto& surface : surfaces) {
        for (std::size_t t = 0; t + 2 < surface->triangles.size(); t += 3) {
            put(out, std::uint8_t{3});
            for (std::size_t c = 0; c < 3; ++c)
                put(out, base + surface->triangles[t + c]);
        }
        base += static_cast<std::int32_t>(surface->points.size() / 3);
    }
}

} // namespace

Result<void> writeSurfaces(const SurfaceSet& surfaces, const std::filesystem::path& file) {
    const std::string extension = file.extension().string();
    if (extension != ".stl" && extension != ".ply")
        return fail(ErrorCode::Unsupported, "scene.surface_format", {{"file", file.string()}});
    std::filesystem::path partial = file;
    partial += ".partial";
    {
        std::ofstream out(partial, std::ios::binary | std::ios::trunc);
        if (out)
            extension == ".stl" ? writeStl(out, surfaces) : writePly(out, surfaces);
        out.close();
        if (!out) {
            std::error_code ignored;
            std::filesystem::remove(partial, ignored);
            return fail(ErrorCode::Unreadable, "scene.surface_not_written", {{"file", file.string()}});
        }
    }
    std::error_code error;
    std::filesystem::rename(partial, file, error);
    if (error) {
        std::error_code ignored;
        std::filesystem::remove(partial, ignored);
        return fail(ErrorCode::Unreadable, "scene.surface_not_written", {{"file", file.string()}}, error.message());
    }
    return {};
}

} // namespace sulcus::scene
