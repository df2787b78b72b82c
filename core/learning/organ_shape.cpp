// SPDX-License-Identifier: Apache-2.0
#include "core/learning/organ_shape.h"

#include "core/learning/components.h"
#include "core/learning/ct_intensities.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace sulcus::learning {

namespace {

/// One slice while its outline moves. States: 0 background, 1 organ, 2 air outside the body.
class SliceOutline {
public:
    SliceOutline(unsigned char* labels, const float* image, int height, int width, unsigned char value)
        : m_labels(labels), m_image(image), m_height(height), m_width(width), m_value(value) {}

    /// `air(v)`: is this raw value air-filled? `lung(v)`: is it, and holds some tissue?
    template <typename Air, typename Lung>
    void move(int steps, const Air& air, const Lung& lung) {
        markOutside(air);
        // What one pass adds must not be the ground that the other stands on, so both look at the mask as it was. The
        // thin rim of lung beside the liver runs on for centimetres: growing follows it three times as far.
        const auto grown = reach(
            3 * steps, [&](int at) { return !organ(at) && !m_outside[size(at)] && lung(m_image[at]); },
            [&](int at) { return organ(at); });
        const auto shrunk = reach(
            steps, [&](int at) { return organ(at) && !air(m_image[at]); },
            [&](int at) { return !organ(at) && !air(m_image[at]); });
        for (const int at : grown)
            m_labels[at] = m_value;
        for (const int at : shrunk)
            m_labels[at] = 0;
    }

private:
    static std::size_t size(int at) { return static_cast<std::size_t>(at); }
    bool organ(int at) const { return m_labels[at] == m_value; }

    template <typename Visit>
    void neighbours(int at, const Visit& visit) const {
        const int w = at % m_width;
        if (at >= m_width)
            visit(at - m_width);
        if (at + m_width < m_height * m_width)
            visit(at + m_width);
        if (w > 0)
            visit(at - 1);
        if (w + 1 < m_width)
            visit(at + 1);
    }

    /// Air that hangs together with the border of the picture, other than through the organ.
    template <typename Air>
    void markOutside(const Air& air) {
        m_outside.assign(size(m_height * m_width), 0);
        std::vector<int> queue;
        const auto visit = [&](int at) {
            if (m_outside[size(at)] == 0 && !organ(at) && air(m_image[at])) {
                m_outside[size(at)] = 1;
                queue.push_back(at);
            }
        };
        for (int w = 0; w < m_width; ++w) {
            visit(w);
            visit((m_height - 1) * m_width + w);
        }
        for (int h = 0; h < m_height; ++h) {
            visit(h * m_width);
            visit(h * m_width + m_width - 1);
        }
        while (!queue.empty()) {
            const int at = queue.back();
            queue.pop_back();
            neighbours(at, visit);
        }
    }

    /// Pixels that `wanted` accepts within `steps` of pixels that `start` accepts, along wanted pixels.
    template <typename Wanted, typename Start>
    std::vector<int> reach(int steps, const Wanted& wanted, const Start& start) const {
        std::vector<char> seen(size(m_height * m_width), 0);
        std::vector<int> found;
        std::vector<int> front;
        const auto visit = [&](int at) {
            if (seen[size(at)] == 0 && wanted(at)) {
                seen[size(at)] = 1;
                front.push_back(at);
            }
        };
        for (int at = 0; at < m_height * m_width; ++at) {
            if (start(at))
                neighbours(at, visit);
        }
        for (int step = 0; step < steps && !front.empty(); ++step) {
            found.insert(found.end(), front.begin(), front.end());
            const auto last = std::move(front);
            front.clear();
            if (step + 1 < steps) {
                for (const int at : last)
                    neighbours(at, visit);
            }
        }
        return found;
    }

    unsigned char* m_labels;
    const float* m_image;
    int m_height;
    int m_width;
    unsigned char m_value;
    std::vector<char> m_outside;
};

/// A mask on cells of a few voxels: enough to tell halves apart, small enough to wear down again and again.
struct Cells {
    std::array<int, 3> step{1, 1, 1}; ///< voxels a cell, d h w
    int depth = 0;
    int height = 0;
    int width = 0;
    std::vector<unsigned char> mask;
    int at(int d, int h, int w) const { return (d * height + h) * width + w; }
};

constexpr double kCellMm = 3.0;

Cells cellsOf(const LabelField& labels, unsigned char value) {
    Cells cells;
    const std::array<int, 3> size{labels.depth, labels.height, labels.width};
    const std::array<double, 3> mm{labels.spacingMm[2], labels.spacingMm[1], labels.spacingMm[0]};
    for (std::size_t a = 0; a < 3; ++a)
        cells.step[a] = std::clamp(static_cast<int>(std::lround(kCellMm / mm[a])), 1, std::max(1, size[a] / 16));
    cells.depth = (size[0] + cells.step[0] - 1) / cells.step[0];
    cells.height = (size[1] + cells.step[1] - 1) / cells.step[1];
    cells.width = (size[2] + cells.step[2] - 1) / cells.step[2];
    std::vector<int> counts(static_cast<std::size_t>(cells.depth * cells.height * cells.width), 0);
    std::size_t i = 0;
    for (int d = 0; d < size[0]; ++d) {
        for (int h = 0; h < size[1]; ++h) {
            for (int w = 0; w < size[2]; ++w, ++i) {
                if (labels.values[i] == value)
                    ++counts[static_cast<std::size_t>(
                        cells.at(d / cells.step[0], h / cells.step[1], w / cells.step[2]))];
            }
        }
    }
    const int half = (cells.step[0] * cells.step[1] * cells.step[2] + 1) / 2;
    cells.mask.resize(counts.size());
    std::transform(counts.begin(), counts.end(), cells.mask.begin(),
                   [&](int count) { return static_cast<unsigned char>(count >= half ? 1 : 0); });
    return cells;
}

template <typename Visit>
void faceNeighbours(const Cells& cells, int at, const Visit& visit) {
    const int plane = cells.height * cells.width;
    const int d = at / plane;
    const int h = at / cells.width % cells.height;
    const int w = at % cells.width;
    if (d > 0)
        visit(at - plane);
    if (d + 1 < cells.depth)
        visit(at + plane);
    if (h > 0)
        visit(at - cells.width);
    if (h + 1 < cells.height)
        visit(at + cells.width);
    if (w > 0)
        visit(at - 1);
    if (w + 1 < cells.width)
        visit(at + 1);
}

/// A cell goes when one of its neighbours along the height or width is background; along the depth organs may end at
/// the volume's border.
std::vector<unsigned char> worn(const Cells& cells) {
    auto result = cells.mask;
    for (int at = 0; at < static_cast<int>(cells.mask.size()); ++at) {
        faceNeighbours(cells, at, [&](int other) {
            if (cells.mask[static_cast<std::size_t>(other)] == 0)
                result[static_cast<std::size_t>(at)] = 0;
        });
    }
    return result;
}

/// The two largest pieces as 1 (smaller mean column: the patient's right) and 2; empty unless they are halves.
std::vector<unsigned char> halves(const Cells& cells, double widthOfAll) {
    const auto pieces = components(cells.mask, cells.depth, cells.height, cells.width);
    if (pieces.voxels.size() < 2)
        return {};
    std::vector<std::size_t> order(pieces.voxels.size());
    for (std::size_t n = 0; n < order.size(); ++n)
        order[n] = n;
    std::partial_sort(order.begin(), order.begin() + 2, order.end(),
                      [&](std::size_t a, std::size_t b) { return pieces.voxels[a] > pieces.voxels[b]; });
    if (pieces.voxels[order[1]] * 10 < pieces.voxels[order[0]])
        return {};
    std::array<double, 2> column{};
    for (std::size_t i = 0; i < pieces.piece.size(); ++i) {
        for (std::size_t n = 0; n < 2; ++n) {
            if (pieces.piece[i] == static_cast<int>(order[n]) + 1)
                column[n] += static_cast<double>(i % static_cast<std::size_t>(cells.width));
        }
    }
    for (std::size_t n = 0; n < 2; ++n)
        column[n] /= static_cast<double>(pieces.voxels[order[n]]);
    // The upper and lower part of one lung lie above each other, the two lungs side by side.
    if (std::abs(column[0] - column[1]) < 0.25 * widthOfAll)
        return {};
    const std::size_t right = column[0] < column[1] ? 0 : 1;
    std::vector<unsigned char> result(cells.mask.size(), 0);
    for (std::size_t i = 0; i < result.size(); ++i) {
        if (pieces.piece[i] == static_cast<int>(order[right]) + 1)
            result[i] = 1;
        else if (pieces.piece[i] == static_cast<int>(order[1 - right]) + 1)
            result[i] = 2;
    }
    return result;
}

/// Every cell takes the half that is fewest steps away: through the mask first, so that the way leads along the organ,
/// then through the rest.
void spread(const Cells& cells, std::vector<unsigned char>& half) {
    for (const bool everywhere : {false, true}) {
        std::vector<int> front;
        for (std::size_t i = 0; i < half.size(); ++i) {
            if (half[i] != 0)
                front.push_back(static_cast<int>(i));
        }
        while (!front.empty()) {
            std::vector<int> next;
            for (const int at : front) {
                faceNeighbours(cells, at, [&](int other) {
                    const auto to = static_cast<std::size_t>(other);
                    if (half[to] == 0 && (everywhere || cells.mask[to] != 0)) {
                        half[to] = half[static_cast<std::size_t>(at)];
                        next.push_back(other);
                    }
                });
            }
            front = std::move(next);
        }
    }
}

} // namespace

namespace {

/// Pieces of a slice that hold hardly any air: fat or an organ that the network took for lung.
template <typename Air>
void dropDensePieces(unsigned char* slice, const float* image, int height, int width, unsigned char value,
                     const Air& air) {
    constexpr double kSmallestAirShare = 0.3; // lung with pneumonia keeps some air; fat has none
    const auto plane = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    std::vector<unsigned char> mask(plane);
    std::transform(slice, slice + plane, mask.begin(),
                   [&](unsigned char label) { return static_cast<unsigned char>(label == value ? 1 : 0); });
    const auto pieces = components(mask, 1, height, width);
    std::vector<std::size_t> airy(pieces.voxels.size(), 0);
    for (std::size_t i = 0; i < plane; ++i) {
        if (pieces.piece[i] > 0 && air(image[i]))
            ++airy[static_cast<std::size_t>(pieces.piece[i] - 1)];
    }
    for (std::size_t i = 0; i < plane; ++i) {
        if (pieces.piece[i] == 0)
            continue;
        const auto n = static_cast<std::size_t>(pieces.piece[i] - 1);
        if (static_cast<double>(airy[n]) < kSmallestAirShare * static_cast<double>(pieces.voxels[n]))
            slice[i] = 0;
    }
}

} // namespace

void meetAir(LabelField& labels, const Field& image, unsigned char value, const PostProcessing& how) {
    const auto reading = readCtUnit(image.values.data(), image.voxelsPerChannel());
    const bool measured = reading.unit == CtUnit::Hounsfield || reading.unit == CtUnit::RawCt;
    // A volume that was cut off at a soft-tissue window has no air to meet.
    if (!measured || hounsfield(reading.lowest, reading.unit) > -700.0F || how.airReachMm <= 0.0)
        return;
    const auto limit = static_cast<float>(how.airBelowHu);
    const auto air = [&](float raw) { return std::isfinite(raw) && hounsfield(raw, reading.unit) < limit; };
    // The windpipe holds air alone.
    constexpr float kPureAir = -970.0F;
    const auto lung = [&](float raw) { return air(raw) && hounsfield(raw, reading.unit) > kPureAir; };
    const double mm = std::sqrt(labels.spacingMm[0] * labels.spacingMm[1]);
    const int steps = std::clamp(static_cast<int>(std::lround(how.airReachMm / mm)), 1, 64);
    const auto plane = static_cast<std::size_t>(labels.height) * static_cast<std::size_t>(labels.width);
    for (int d = 0; d < labels.depth; ++d) {
        const auto first = static_cast<std::size_t>(d) * plane;
        unsigned char* slice = labels.values.data() + first;
        if (std::find(slice, slice + plane, value) == slice + plane)
            continue;
        SliceOutline(slice, image.values.data() + first, labels.height, labels.width, value).move(steps, air, lung);
        dropDensePieces(slice, image.values.data() + first, labels.height, labels.width, value, air);
    }
}

bool nameSides(LabelField& labels, unsigned char value, const SideLabels& sides) {
    Cells cells = cellsOf(labels, value);
    int first = cells.width;
    int last = -1;
    for (std::size_t i = 0; i < cells.mask.size(); ++i) {
        if (cells.mask[i] != 0) {
            const int column = static_cast<int>(i) % cells.width;
            first = std::min(first, column);
            last = std::max(last, column);
        }
    }
    if (last <= first)
        return false;
    constexpr int kMostWear = 8;
    Cells core = cells;
    auto half = halves(core, last - first + 1);
    for (int n = 0; n < kMostWear && half.empty(); ++n) {
        core.mask = worn(core);
        half = halves(core, last - first + 1);
    }
    if (half.empty())
        return false;
    spread(cells, half);
    std::size_t i = 0;
    for (int d = 0; d < labels.depth; ++d) {
        for (int h = 0; h < labels.height; ++h) {
            for (int w = 0; w < labels.width; ++w, ++i) {
                if (labels.values[i] != value)
                    continue;
                const auto cell =
                    static_cast<std::size_t>(cells.at(d / cells.step[0], h / cells.step[1], w / cells.step[2]));
                labels.values[i] = static_cast<unsigned char>(half[cell] == 2 ? sides.left : sides.right);
            }
        }
    }
    return true;
}

} // namespace sulcus::learning
