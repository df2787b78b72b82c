// SPDX-License-Identifier: Apache-2.0
#include "core/learning/slices.h"

#include "core/learning/preprocess.h"

#include <algorithm>
#include <cmath>

namespace sulcus::learning {

namespace {

bool windowed(const NetworkSpec& spec) {
    return spec.normalisation.method == "window" || spec.normalisation.method == "ct_or_window";
}

VoxelBox boxOf(const SliceCrop& crop) {
    VoxelBox box;
    box.first = {0, crop.top, crop.left};
    box.last = {1, crop.top + crop.height, crop.left + crop.width};
    return box;
}

template <typename T>
T croppedTo(const T& slice, const SliceCrop& crop) {
    return crop.height == slice.height && crop.width == slice.width ? slice : cropped(slice, boxOf(crop));
}

std::size_t area(int height, int width) { return static_cast<std::size_t>(height) * static_cast<std::size_t>(width); }

} // namespace

SliceGrid sliceGrid(int height, int width, const std::array<double, 3>& spacingMm, const NetworkSpec& spec) {
    return sliceGrid(height, width, spacingMm, spec, {0, 0, height, width});
}

SliceGrid sliceGrid(int sourceHeight, int sourceWidth, const std::array<double, 3>& spacingMm, const NetworkSpec& spec,
                    const SliceCrop& crop) {
    SliceGrid grid;
    grid.sourceHeight = sourceHeight;
    grid.sourceWidth = sourceWidth;
    grid.crop = crop;
    const int height = crop.height;
    const int width = crop.width;
    if (spec.spacingMm.size() >= 2) {
        grid.alongWidth = spec.spacingMm[0] / spacingMm[0];
        grid.alongHeight = spec.spacingMm[1] / spacingMm[1];
        grid.contentHeight = std::max(1, static_cast<int>(std::ceil(height / grid.alongHeight - 1e-4)));
        grid.contentWidth = std::max(1, static_cast<int>(std::ceil(width / grid.alongWidth - 1e-4)));
        grid.height = grid.contentHeight;
        grid.width = grid.contentWidth;
        return grid;
    }
    grid.height = spec.patch[0];
    grid.width = spec.patch[1];
    // In millimetres: slices cut out of a volume that was scanned along another axis have oblong pixels.
    const double heightMm = height * spacingMm[1];
    const double widthMm = width * spacingMm[0];
    const double ratio = std::max(heightMm / grid.height, widthMm / grid.width);
    grid.contentHeight = std::clamp(static_cast<int>(std::lround(heightMm / ratio)), 1, grid.height);
    grid.contentWidth = std::clamp(static_cast<int>(std::lround(widthMm / ratio)), 1, grid.width);
    grid.top = (grid.height - grid.contentHeight) / 2;
    grid.left = (grid.width - grid.contentWidth) / 2;
    // Rounded sizes: each axis gets the ratio that makes its corners meet.
    grid.alongHeight = static_cast<double>(height) / grid.contentHeight;
    grid.alongWidth = static_cast<double>(width) / grid.contentWidth;
    return grid;
}

namespace {

/// Which pixels of every n-th slice, row and column are bright, after an opening by 3 x 3 (thin lines and single pixels
/// vanish), counted by row and by column.
struct BrightCounts {
    std::vector<double> rows;
    std::vector<double> columns;
    double bright = 0.0;
    double all = 0.0;
};

BrightCounts countBright(const Field& image, int channel, const IntensityMap& window, int step) {
    constexpr float kBright = 0.1F;
    constexpr int kMostSlices = 96;
    const int height = (image.height + step - 1) / step;
    const int width = (image.width + step - 1) / step;
    const int every = (image.depth + kMostSlices - 1) / kMostSlices;
    BrightCounts counts{std::vector<double>(static_cast<std::size_t>(height), 0.0),
                        std::vector<double>(static_cast<std::size_t>(width), 0.0)};
    std::vector<unsigned char> bright(area(height, width));
    std::vector<unsigned char> eroded(bright.size());
    const auto whole = [&](const std::vector<unsigned char>& map, int h, int w, bool all) {
        for (int y = h - 1; y <= h + 1; ++y) {
            for (int x = w - 1; x <= w + 1; ++x) {
                const bool inside = y >= 0 && y < height && x >= 0 && x < width;
                const bool set = inside && map[area(y, width) + static_cast<std::size_t>(x)] != 0;
                if (set != all) {
                    return !all;
                }
            }
        }
        return all;
    };
    for (int d = 0; d < image.depth; d += every) {
        const float* slice = image.values.data() + static_cast<std::size_t>(channel) * image.voxelsPerChannel() +
                             static_cast<std::size_t>(d) * area(image.height, image.width);
        for (int h = 0; h < height; ++h) {
            for (int w = 0; w < width; ++w) {
                const float value = slice[area(h * step, image.width) + static_cast<std::size_t>(w * step)];
                bright[area(h, width) + static_cast<std::size_t>(w)] = window(value) > kBright ? 1 : 0;
            }
        }
        for (int h = 0; h < height; ++h) {
            for (int w = 0; w < width; ++w) {
                eroded[area(h, width) + static_cast<std::size_t>(w)] = whole(bright, h, w, true) ? 1 : 0;
            }
        }
        for (int h = 0; h < height; ++h) {
            for (int w = 0; w < width; ++w) {
                if (whole(eroded, h, w, false)) {
                    counts.rows[static_cast<std::size_t>(h)] += 1.0;
                    counts.columns[static_cast<std::size_t>(w)] += 1.0;
                    counts.bright += 1.0;
                }
            }
        }
        counts.all += static_cast<double>(bright.size());
    }
    return counts;
}

/// First and one past the last index between the 1st and 99th percentile of the counts.
std::array<int, 2> middlePart(const std::vector<double>& counts, double sum) {
    constexpr double kLeftOut = 0.01;
    std::array<int, 2> part{0, static_cast<int>(counts.size())};
    double running = 0.0;
    bool begun = false;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        running += counts[i] / sum;
        if (!begun && running >= kLeftOut) {
            begun = true;
            part[0] = static_cast<int>(i);
        }
        if (running >= 1.0 - kLeftOut) {
            part[1] = static_cast<int>(i) + 1;
            break;
        }
    }
    return part;
}

} // namespace

SliceCrop bodyCrop(const Field& image, int channel, const IntensityMap& window) {
    constexpr int kMostPixels = 256;
    constexpr double kMargin = 1.06;
    constexpr double kSmallestShare = 0.3; // of the slice's longer side
    constexpr double kHardlyAnything = 0.002;
    const SliceCrop all{0, 0, image.height, image.width};
    const int step = (std::max(image.height, image.width) + kMostPixels - 1) / kMostPixels;
    const BrightCounts counts = countBright(image, channel, window, step);
    if (counts.bright < kHardlyAnything * counts.all) {
        return all;
    }
    const auto rows = middlePart(counts.rows, counts.bright);
    const auto columns = middlePart(counts.columns, counts.bright);
    const double rowMm = image.spacingMm[1];
    const double columnMm = image.spacingMm[0];
    const double side =
        std::max({(rows[1] - rows[0]) * step * rowMm * kMargin, (columns[1] - columns[0]) * step * columnMm * kMargin,
                  kSmallestShare * std::max(image.height * rowMm, image.width * columnMm)});
    const auto around = [&](const std::array<int, 2>& part, double mm, int size) {
        const double centre = (part[0] + part[1]) * step / 2.0;
        const int first = std::clamp(static_cast<int>(std::lround(centre - side / mm / 2.0)), 0, size - 1);
        const int last = std::clamp(static_cast<int>(std::lround(centre + side / mm / 2.0)), first + 1, size);
        return std::array<int, 2>{first, last - first};
    };
    const auto down = around(rows, rowMm, image.height);
    const auto across = around(columns, columnMm, image.width);
    return {down[0], across[0], down[1], across[1]};
}

SliceReader::SliceReader(const Field& image, const std::vector<bool>& present, const NetworkSpec& spec)
    : m_image(image),
      m_present(present),
      m_spec(spec),
      m_grid(sliceGrid(image.height, image.width, image.spacingMm, spec)) {
    const std::size_t count = image.voxelsPerChannel();
    for (int c = 0; windowed(spec) && c < image.channels; ++c) {
        m_windows.push_back(
            windowFor(image.values.data() + static_cast<std::size_t>(c) * count, count, spec.normalisation));
    }
    if (spec.fitBody && !m_windows.empty()) {
        m_grid = sliceGrid(image.height, image.width, image.spacingMm, spec, bodyCrop(image, 0, m_windows.front()));
    }
}

Field SliceReader::slice(int depth) const {
    const auto plane = area(m_image.height, m_image.width);
    const auto count = m_image.voxelsPerChannel();
    // Unit spacing, so that resampling runs on pixel counts.
    Field own{m_image.channels, 1, m_image.height, m_image.width, {1.0, 1.0, 1.0}, {}};
    own.values.assign(static_cast<std::size_t>(m_image.channels) * plane, 0.0F);
    for (std::size_t c = 0; c < static_cast<std::size_t>(m_image.channels); ++c) {
        if (c < m_present.size() && !m_present[c]) {
            continue;
        }
        const float* from = m_image.values.data() + c * count + static_cast<std::size_t>(depth) * plane;
        float* to = own.values.data() + c * plane;
        if (m_windows.empty()) {
            std::copy_n(from, plane, to);
        } else {
            std::transform(from, from + plane, to, m_windows[c]);
        }
    }
    if (m_windows.empty()) {
        normalise(own, m_spec.normalisation, m_present);
    }
    const auto small = resampledTo(croppedTo(own, m_grid.crop), {m_grid.alongWidth, m_grid.alongHeight, 1.0}, 1,
                                   m_grid.contentHeight, m_grid.contentWidth);
    Field placed{m_image.channels, 1, m_grid.height, m_grid.width, {1.0, 1.0, 1.0}, {}};
    if (m_spec.spacingMm.size() >= 2) {
        placed.spacingMm = {m_spec.spacingMm[0], m_spec.spacingMm[1], 1.0};
    }
    placed.values.assign(static_cast<std::size_t>(m_image.channels) * area(m_grid.height, m_grid.width), 0.0F);
    for (int c = 0; c < m_image.channels; ++c) {
        for (int h = 0; h < m_grid.contentHeight; ++h) {
            const auto from = static_cast<std::ptrdiff_t>(area(c * m_grid.contentHeight + h, m_grid.contentWidth));
            const auto to =
                static_cast<std::ptrdiff_t>(area(c * m_grid.height + h + m_grid.top, m_grid.width)) + m_grid.left;
            std::copy_n(small.values.begin() + from, m_grid.contentWidth, placed.values.begin() + to);
        }
    }
    return placed;
}

LabelField labelSlice(const LabelField& labels, int depth, const SliceGrid& grid, const NetworkSpec& spec) {
    const auto plane = area(labels.height, labels.width);
    LabelField own{1, labels.height, labels.width, {1.0, 1.0, 1.0}, {}};
    const auto first = labels.values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(depth) * plane);
    own.values.assign(first, first + static_cast<std::ptrdiff_t>(plane));
    const auto small = resampledLabels(croppedTo(own, grid.crop), {grid.alongWidth, grid.alongHeight, 1.0}, spec);
    LabelField placed{1, grid.height, grid.width, {1.0, 1.0, 1.0}, {}};
    if (spec.spacingMm.size() >= 2) {
        placed.spacingMm = {spec.spacingMm[0], spec.spacingMm[1], 1.0};
    }
    placed.values.assign(area(grid.height, grid.width), 0);
    for (int h = 0; h < std::min(small.height, grid.contentHeight); ++h) {
        std::copy_n(small.values.begin() + static_cast<std::ptrdiff_t>(area(h, small.width)),
                    std::min(small.width, grid.contentWidth),
                    placed.values.begin() + static_cast<std::ptrdiff_t>(area(h + grid.top, grid.width)) + grid.left);
    }
    return placed;
}

Field sliceBack(const Field& output, const SliceGrid& grid, float outside) {
    VoxelBox content;
    content.first = {0, grid.top, grid.left};
    content.last = {1, grid.top + grid.contentHeight, grid.left + grid.contentWidth};
    auto part = cropped(output, content);
    part.spacingMm = {grid.alongWidth, grid.alongHeight, 1.0};
    auto seen = resampledTo(part, {1.0, 1.0, 1.0}, 1, grid.crop.height, grid.crop.width);
    if (grid.crop.height == grid.sourceHeight && grid.crop.width == grid.sourceWidth) {
        return seen;
    }
    Field back{output.channels, 1, grid.sourceHeight, grid.sourceWidth, {1.0, 1.0, 1.0}, {}};
    back.values.assign(static_cast<std::size_t>(output.channels) * area(grid.sourceHeight, grid.sourceWidth), outside);
    for (int c = 0; c < output.channels; ++c) {
        for (int h = 0; h < grid.crop.height; ++h) {
            const auto from = static_cast<std::ptrdiff_t>(area(c * grid.crop.height + h, grid.crop.width));
            const auto to =
                static_cast<std::ptrdiff_t>(area(c * grid.sourceHeight + h + grid.crop.top, grid.sourceWidth)) +
                grid.crop.left;
            std::copy_n(seen.values.begin() + from, grid.crop.width, back.values.begin() + to);
        }
    }
    return back;
}

} // namespace sulcus::learning
