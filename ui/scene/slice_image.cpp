// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/slice_image.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace sulcus::scene {
namespace {

using imaging::Geometry;

/// Walks a slice of the frame's own grid: the array position of pixel (0, 0) and the steps to its neighbours.
struct Walk {
    std::ptrdiff_t start = 0;
    std::ptrdiff_t right = 0;
    std::ptrdiff_t up = 0;
};

Walk walkOf(const SliceFrame& frame, int slice) {
    const auto& size = frame.geometry.size;
    const std::array<std::ptrdiff_t, 3> stride{1, size[0], static_cast<std::ptrdiff_t>(size[0]) * size[1]};
    const auto at = [&](int axis) { return stride[static_cast<std::size_t>(axis)]; };
    Walk walk;
    walk.right = frame.signRight * at(frame.axisRight);
    walk.up = frame.signUp * at(frame.axisUp);
    walk.start = at(frame.axisNormal) * slice;
    if (frame.signRight < 0)
        walk.start += at(frame.axisRight) * (frame.columns() - 1);
    if (frame.signUp < 0)
        walk.start += at(frame.axisUp) * (frame.rows() - 1);
    return walk;
}

/// Calls `visit(pixel, offset)` for every pixel; `offset` is the position in `grid`'s array, or -1 outside it.
template <typename Visit>
void visitSlice(const Geometry& grid, const SliceFrame& frame, int slice, Visit visit) {
    const int columns = frame.columns();
    const int rows = frame.rows();
    std::size_t pixel = 0;
    if (imaging::sameGrid(grid, frame.geometry)) {
        const Walk walk = walkOf(frame, slice);
        for (int row = 0; row < rows; ++row) {
            std::ptrdiff_t offset = walk.start + row * walk.up;
            for (int column = 0; column < columns; ++column, offset += walk.right)
                visit(pixel++, offset);
        }
        return;
    }
    // Both grids are affine, so the index in the other one is affine in (column, row).
    const auto indexAt = [&](double column, double row) {
        return grid.indexFromWorld(
            frame.worldFromPlane({column * frame.columnSpacing(), row * frame.rowSpacing()}, slice));
    };
    const auto origin = indexAt(0, 0);
    const auto right = indexAt(1, 0);
    const auto up = indexAt(0, 1);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const auto along = [&](double o, double r, double u) {
                return static_cast<int>(std::lround(o + (r - o) * column + (u - o) * row));
            };
            const imaging::VoxelIndex index{along(origin.i, right.i, up.i), along(origin.j, right.j, up.j),
                                            along(origin.k, right.k, up.k)};
            visit(pixel++, grid.contains(index) ? static_cast<std::ptrdiff_t>(grid.offset(index)) : -1);
        }
}

} // namespace

void SliceImage::resize(int newColumns, int newRows) {
    columns = newColumns;
    rows = newRows;
    rgba.resize(4 * static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
}

void paintVolume(const imaging::Volume& volume, const SliceFrame& frame, int slice, double windowWidth,
                 double windowLevel, bool invert, const std::array<Rgb, 256>& table, SliceImage& image) {
    image.resize(frame.columns(), frame.rows());
    const double width = std::max(windowWidth, 1e-6);
    const auto low = static_cast<float>(windowLevel - width / 2.0);
    const auto scale = static_cast<float>(255.0 / width);
    std::uint8_t* out = image.rgba.data();
    const float* voxels = volume.voxels.data();
    visitSlice(volume.geometry, frame, slice, [&](std::size_t, std::ptrdiff_t offset) {
        const float value = offset < 0 ? low : voxels[offset];
        float level = (value - low) * scale;
        level = level > 0.0F ? (level < 255.0F ? level : 255.0F) : 0.0F; // a value that is no number ends at 0
        auto entry = static_cast<std::size_t>(level + 0.5F);
        if (invert)
            entry = 255 - entry;
        const Rgb& colour = table[entry];
        out[0] = colour[0];
        out[1] = colour[1];
        out[2] = colour[2];
        out[3] = 255;
        out += 4;
    });
}

void cutLabels(const imaging::LabelMap& map, const SliceFrame& frame, int slice, SliceLabels& labels) {
    labels.resize(static_cast<std::size_t>(frame.columns()) * static_cast<std::size_t>(frame.rows()));
    visitSlice(map.geometry, frame, slice, [&](std::size_t pixel, std::ptrdiff_t offset) {
        labels[pixel] = offset < 0 ? std::uint8_t{0} : map.voxels[static_cast<std::size_t>(offset)];
    });
}

void cutValues(const imaging::Volume& volume, const SliceFrame& frame, int slice, std::vector<float>& values) {
    values.resize(static_cast<std::size_t>(frame.columns()) * static_cast<std::size_t>(frame.rows()));
    visitSlice(volume.geometry, frame, slice, [&](std::size_t pixel, std::ptrdiff_t offset) {
        values[pixel] = offset < 0 ? 0.0F : volume.voxels[static_cast<std::size_t>(offset)];
    });
}

void paintLabels(const SliceLabels& labels, const SliceFrame& frame, const std::array<LabelStyle, 256>& styles,
                 double opacity, SliceImage& image) {
    image.resize(frame.columns(), frame.rows());
    std::array<std::array<std::uint8_t, 4>, 256> table{};
    for (std::size_t label = 1; label < styles.size(); ++label) {
        const LabelStyle& style = styles[label];
        if (!style.visible)
            continue;
        const double alpha = std::clamp(style.opacity * opacity, 0.0, 1.0) * 255.0;
        table[label] = {style.colour[0], style.colour[1], style.colour[2],
                        static_cast<std::uint8_t>(std::lround(alpha))};
    }
    std::uint8_t* out = image.rgba.data();
    for (const std::uint8_t label : labels) {
        std::copy(table[label].begin(), table[label].end(), out);
        out += 4;
    }
}

void traceOutlines(const SliceLabels& labels, const SliceFrame& frame, const std::array<LabelStyle, 256>& styles,
                   std::vector<OutlinePiece>& pieces) {
    pieces.clear();
    // How far from the inner pixel's centre towards the outer one the line runs; 0.5 would be the voxel's border.
    constexpr float kInset = 0.38F;
    const int columns = frame.columns();
    const int rows = frame.rows();
    const auto spacingX = static_cast<float>(frame.columnSpacing());
    const auto spacingY = static_cast<float>(frame.rowSpacing());
    const auto labelAt = [&](int column, int row) -> std::uint8_t {
        if (column < 0 || row < 0 || column >= columns || row >= rows)
            return 0;
        return labels[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                      static_cast<std::size_t>(column)];
    };
    for (int row = -1; row < rows; ++row)
        for (int column = -1; column < columns; ++column) {
            // Corners counter-clockwise from the lower left.
            const std::array<std::uint8_t, 4> corner{labelAt(column, row), labelAt(column + 1, row),
                                                     labelAt(column + 1, row + 1), labelAt(column, row + 1)};
            if (corner[0] == corner[1] && corner[1] == corner[2] && corner[2] == corner[3])
                continue;
            for (std::size_t n = 0; n < 4; ++n) {
                const std::uint8_t label = corner[n];
                if (!styles[label].visible || std::find(corner.begin(), corner.begin() + static_cast<std::ptrdiff_t>(n),
                                                        label) != corner.begin() + static_cast<std::ptrdiff_t>(n))
                    continue; // invisible, or met at an earlier corner
                unsigned inside = 0;
                for (std::size_t c = 0; c < 4; ++c)
                    inside |= static_cast<unsigned>(corner[c] == label) << c;
                // Where the line crosses each side: 0 lower, 1 right, 2 upper, 3 left.
                const auto crossing = [&](int side) -> std::pair<float, float> {
                    static constexpr std::array<std::array<int, 2>, 4> kEnds{{{0, 1}, {1, 2}, {3, 2}, {0, 3}}};
                    const auto& ends = kEnds[static_cast<std::size_t>(side)];
                    const bool firstInside = (inside >> ends[0]) & 1u;
                    const float t = firstInside ? kInset : 1.0F - kInset;
                    const float dx = side == 0 || side == 2 ? t : (side == 1 ? 1.0F : 0.0F);
                    const float dy = side == 1 || side == 3 ? t : (side == 2 ? 1.0F : 0.0F);
                    return {(static_cast<float>(column) + dx) * spacingX, (static_cast<float>(row) + dy) * spacingY};
                };
                const auto add = [&](int from, int to) {
                    const auto a = crossing(from);
                    const auto b = crossing(to);
                    pieces.push_back({a.first, a.second, b.first, b.second, label});
                };
                switch (inside) {
                case 1:
                case 14:
                    add(3, 0);
                    break;
                case 2:
                case 13:
                    add(0, 1);
                    break;
                case 3:
                case 12:
                    add(3, 1);
                    break;
                case 4:
                case 11:
                    add(1, 2);
                    break;
                case 6:
                case 9:
                    add(0, 2);
                    break;
                case 7:
                case 8:
                    add(2, 3);
                    break;
                case 5: // two opposite corners: kept apart, as 4-connected pixels are
                    add(3, 0);
                    add(1, 2);
                    break;
                case 10:
                    add(0, 1);
                    add(2, 3);
                    break;
                default:
                    break;
                }
            }
        }
}

} // namespace sulcus::scene
