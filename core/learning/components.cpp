// SPDX-License-Identifier: Apache-2.0
#include "core/learning/components.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sulcus::learning {

Components components(const std::vector<unsigned char>& mask, int depth, int height, int width) {
    Components result;
    result.piece.assign(mask.size(), 0);
    std::vector<int> queue;
    const int plane = height * width;
    for (int seed = 0; seed < static_cast<int>(mask.size()); ++seed) {
        if (mask[static_cast<std::size_t>(seed)] == 0 || result.piece[static_cast<std::size_t>(seed)] != 0) {
            continue;
        }
        const int number = static_cast<int>(result.voxels.size()) + 1;
        result.piece[static_cast<std::size_t>(seed)] = number;
        queue.assign(1, seed);
        for (std::size_t head = 0; head < queue.size(); ++head) {
            const int at = queue[head];
            const int d = at / plane;
            const int h = at / width % height;
            const int w = at % width;
            for (int nd = std::max(0, d - 1); nd <= std::min(depth - 1, d + 1); ++nd) {
                for (int nh = std::max(0, h - 1); nh <= std::min(height - 1, h + 1); ++nh) {
                    for (int nw = std::max(0, w - 1); nw <= std::min(width - 1, w + 1); ++nw) {
                        const int neighbour = nd * plane + nh * width + nw;
                        const auto n = static_cast<std::size_t>(neighbour);
                        if (mask[n] != 0 && result.piece[n] == 0) {
                            result.piece[n] = number;
                            queue.push_back(neighbour);
                        }
                    }
                }
            }
        }
        result.voxels.push_back(queue.size());
    }
    return result;
}

void fillHoles(LabelField& labels, unsigned char value, bool flat) {
    const int plane = labels.height * labels.width;
    std::vector<unsigned char> open(labels.values.size(), 0);
    std::vector<int> queue;
    const auto visit = [&](int at) {
        const auto n = static_cast<std::size_t>(at);
        if (labels.values[n] == 0 && open[n] == 0) {
            open[n] = 1;
            queue.push_back(at);
        }
    };
    for (int d = 0; d < labels.depth; ++d) {
        for (int h = 0; h < labels.height; ++h) {
            for (int w = 0; w < labels.width; ++w) {
                const bool border = h == 0 || w == 0 || h == labels.height - 1 || w == labels.width - 1 ||
                                    (!flat && (d == 0 || d == labels.depth - 1));
                if (border) {
                    visit(d * plane + h * labels.width + w);
                }
            }
        }
    }
    while (!queue.empty()) {
        const int at = queue.back();
        queue.pop_back();
        const int d = at / plane;
        const int h = at / labels.width % labels.height;
        const int w = at % labels.width;
        if (!flat && d > 0) {
            visit(at - plane);
        }
        if (!flat && d < labels.depth - 1) {
            visit(at + plane);
        }
        if (h > 0) {
            visit(at - labels.width);
        }
        if (h < labels.height - 1) {
            visit(at + labels.width);
        }
        if (w > 0) {
            visit(at - 1);
        }
        if (w < labels.width - 1) {
            visit(at + 1);
        }
    }
    if (!flat) {
        for (std::size_t i = 0; i < open.size(); ++i) {
            if (labels.values[i] == 0 && open[i] == 0) {
                labels.values[i] = value;
            }
        }
        return;
    }
    // The heart lies between lungs that touch before and behind it: what is large beside the organ is no hole in it.
    constexpr double kLargestHole = 0.1;
    const auto area = static_cast<std::size_t>(plane);
    for (std::size_t first = 0; first < open.size(); first += area) {
        std::vector<unsigned char> closed(area);
        std::size_t organ = 0;
        for (std::size_t i = 0; i < area; ++i) {
            closed[i] = labels.values[first + i] == 0 && open[first + i] == 0 ? 1 : 0;
            organ += labels.values[first + i] != 0 ? 1 : 0;
        }
        if (std::find(closed.begin(), closed.end(), 1) == closed.end()) {
            continue;
        }
        const Components holes = components(closed, 1, labels.height, labels.width);
        for (std::size_t i = 0; i < area; ++i) {
            if (holes.piece[i] > 0 && static_cast<double>(holes.voxels[static_cast<std::size_t>(holes.piece[i] - 1)]) <=
                                          kLargestHole * static_cast<double>(organ)) {
                labels.values[first + i] = value;
            }
        }
    }
}

namespace {

constexpr int kVolumeSlices = 4; // fewer say nothing of what hangs together above and below

} // namespace

void postProcess(LabelField& labels, const NetworkSpec& spec) {
    const auto& how = spec.postProcessing;
    const double voxelMl = labels.spacingMm[0] * labels.spacingMm[1] * labels.spacingMm[2] / 1000.0;
    const bool volume = labels.depth >= kVolumeSlices;
    // An organ that is one piece in the body may be several in a slice.
    const bool flatOnly = spec.task == "segmentation-2d";
    const double smallestShare = volume ? how.smallestShare : 0.0;
    if (how.smallestComponentMl > 0.0 || how.corelessShare > 0.0 || how.keepLargest > 0 || smallestShare > 0.0) {
        const Components pieces = components(labels.values, labels.depth, labels.height, labels.width);
        std::vector<std::size_t> order(pieces.voxels.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return pieces.voxels[a] > pieces.voxels[b]; });
        // A lesion of its own has a core; oedema alone, far from a much larger lesion, is nearly always a false alarm.
        std::vector<char> cored(pieces.voxels.size(), 0);
        const int outermost = spec.outputs.empty() ? 0 : spec.outputs.front().value;
        for (std::size_t i = 0; i < labels.values.size(); ++i) {
            if (pieces.piece[i] > 0 && labels.values[i] != outermost) {
                cored[static_cast<std::size_t>(pieces.piece[i] - 1)] = 1;
            }
        }
        const double largest = order.empty() ? 0.0 : static_cast<double>(pieces.voxels[order.front()]);
        std::vector<char> keep(pieces.voxels.size(), 0);
        for (std::size_t rank = 0; rank < order.size(); ++rank) {
            const auto size = static_cast<double>(pieces.voxels[order[rank]]);
            const bool big = size * voxelMl >= how.smallestComponentMl && size >= smallestShare * largest;
            const bool counted =
                how.keepLargest == 0 || (flatOnly && !volume) || rank < static_cast<std::size_t>(how.keepLargest);
            const bool lesion = cored[order[rank]] != 0 || size >= how.corelessShare * largest;
            keep[order[rank]] = rank == 0 || (big && counted && lesion) ? 1 : 0;
        }
        for (std::size_t i = 0; i < labels.values.size(); ++i) {
            if (pieces.piece[i] > 0 && keep[static_cast<std::size_t>(pieces.piece[i] - 1)] == 0) {
                labels.values[i] = 0;
            }
        }
    }
    if (how.fillHoles && !spec.outputs.empty()) {
        const auto outer =
            std::find_if(spec.outputs.begin(), spec.outputs.end(), [](const auto& o) { return o.value != 0; });
        if (outer != spec.outputs.end()) {
            fillHoles(labels, static_cast<unsigned char>(outer->value), spec.task != "segmentation-3d");
        }
    }
    if (how.smallestInnerMl > 0.0 && spec.nested && spec.outputs.size() > 1) {
        const auto inner = static_cast<unsigned char>(spec.outputs.back().value);
        const auto around = static_cast<unsigned char>(spec.outputs[spec.outputs.size() - 2].value);
        const auto count = std::count(labels.values.begin(), labels.values.end(), inner);
        if (static_cast<double>(count) * voxelMl < how.smallestInnerMl) {
            std::replace(labels.values.begin(), labels.values.end(), inner, around);
        }
    }
}

} // namespace sulcus::learning
