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

std::size_t area(int height, int width) { return static_cast<std::size_t>(height) * static_cast<std::size_t>(width); }

} // namespace

SliceGrid sliceGrid(int height, int width, const std::array<double, 3>& spacingMm, const NetworkSpec& spec) {
    SliceGrid grid;
    grid.sourceHeight = height;
    grid.sourceWidth = width;
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
    const auto small =
        resampledTo(own, {m_grid.alongWidth, m_grid.alongHeight, 1.0}, 1, m_grid.contentHeight, m_grid.contentWidth);
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
    const auto small = resampledLabels(own, {grid.alongWidth, grid.alongHeight, 1.0}, spec);
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

Field sliceBack(const Field& output, const SliceGrid& grid) {
    VoxelBox content;
    content.first = {0, grid.top, grid.left};
    content.last = {1, grid.top + grid.contentHeight, grid.left + grid.contentWidth};
    auto part = cropped(output, content);
    part.spacingMm = {grid.alongWidth, grid.alongHeight, 1.0};
    return resampledTo(part, {1.0, 1.0, 1.0}, 1, grid.sourceHeight, grid.sourceWidth);
}

} // namespace sulcus::learning
