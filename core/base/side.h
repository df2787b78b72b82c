// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sulcus {

/// A side of the patient (never of the screen).
enum class Side { Unknown, Left, Right, Both };

/// "unknown", "left", "right", "both".
std::string toString(Side side);
std::optional<Side> sideFromString(std::string_view text);

/// Left <-> Right; Unknown and Both stay.
Side opposite(Side side);

} // namespace sulcus
