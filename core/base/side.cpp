// SPDX-License-Identifier: Apache-2.0
#include "core/base/side.h"

namespace sulcus {

std::string toString(Side side) {
    switch (side) {
    case Side::Left:
        return "left";
    case Side::Right:
        return "right";
    case Side::Both:
        return "both";
    case Side::Unknown:
        break;
    }
    return "unknown";
}

std::optional<Side> sideFromString(std::string_view text) {
    for (const Side side : {Side::Unknown, Side::Left, Side::Right, Side::Both})
        if (toString(side) == text)
            return side;
    return std::nullopt;
}

Side opposite(Side side) {
    if (side == Side::Left)
        return Side::Right;
    if (side == Side::Right)
        return Side::Left;
    return side;
}

} // namespace sulcus
