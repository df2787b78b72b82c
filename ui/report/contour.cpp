// SPDX-License-Identifier: Apache-2.0
#include "ui/report/contour.h"

#include <QPolygonF>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sulcus::paint {

namespace {

/// Mid-points of grid edges, doubled so that they are whole numbers.
struct Node {
    int x = 0;
    int y = 0;
    bool operator==(const Node&) const = default;
};

std::uint64_t keyOf(Node node) {
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(node.y)) << 32) | static_cast<std::uint32_t>(node.x);
}

QPolygonF rounded(const std::vector<Node>& loop) {
    QPolygonF polygon;
    const std::size_t n = loop.size();
    polygon.reserve(static_cast<qsizetype>(2 * n));
    for (std::size_t i = 0; i < n; ++i) {
        const QPointF a(loop[i].x / 2.0, loop[i].y / 2.0);
        const QPointF b(loop[(i + 1) % n].x / 2.0, loop[(i + 1) % n].y / 2.0);
        polygon << a * 0.75 + b * 0.25 << a * 0.25 + b * 0.75;
    }
    return polygon;
}

} // namespace

QPainterPath contour(int columns, int rows, const std::function<bool(int, int)>& inside) {
    const auto in = [&](int x, int y) { return x >= 0 && y >= 0 && x < columns && y < rows && inside(x, y); };
    // Every directed segment starts at a node of its own (inside lies to its left), except where two loops touch; the
    // diagonal cases below keep such loops apart, so one successor per node is enough.
    std::unordered_map<std::uint64_t, Node> next;
    std::vector<Node> starts;
    const auto add = [&](Node from, Node to) {
        next[keyOf(from)] = to;
        starts.push_back(from);
    };
    for (int y = -1; y < rows; ++y) {
        for (int x = -1; x < columns; ++x) {
            const bool a = in(x, y);
            const bool b = in(x + 1, y);
            const bool c = in(x + 1, y + 1);
            const bool d = in(x, y + 1);
            const Node top{2 * x + 1, 2 * y};
            const Node right{2 * x + 2, 2 * y + 1};
            const Node bottom{2 * x + 1, 2 * y + 2};
            const Node left{2 * x, 2 * y + 1};
            switch ((a ? 1 : 0) | (b ? 2 : 0) | (c ? 4 : 0) | (d ? 8 : 0)) {
            case 1:
                add(top, left);
                break;
            case 2:
                add(right, top);
                break;
            case 3:
                add(right, left);
                break;
            case 4:
                add(bottom, right);
                break;
            case 5:
                add(top, left);
                add(bottom, right);
                break;
            case 6:
                add(bottom, top);
                break;
            case 7:
                add(bottom, left);
                break;
            case 8:
                add(left, bottom);
                break;
            case 9:
                add(top, bottom);
                break;
            case 10:
                add(right, top);
                add(left, bottom);
                break;
            case 11:
                add(right, bottom);
                break;
            case 12:
                add(left, right);
                break;
            case 13:
                add(top, right);
                break;
            case 14:
                add(left, top);
                break;
            default:
                break;
            }
        }
    }
    QPainterPath path;
    for (const Node start : starts) {
        std::vector<Node> loop;
        for (auto it = next.find(keyOf(start)); it != next.end(); it = next.find(keyOf(loop.back()))) {
            const Node to = it->second;
            next.erase(it);
            loop.push_back(to);
        }
        if (loop.size() < 3)
            continue;
        path.addPolygon(rounded(loop));
        path.closeSubpath();
    }
    return path;
}

} // namespace sulcus::paint
