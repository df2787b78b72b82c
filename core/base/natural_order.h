// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace sulcus {

/// The order in which people number names: runs of digits compare as numbers ("case2" before "case10", "slice_9" before
/// "slice_010"), everything else byte by byte. Names that differ in leading zeros alone stand in the order of their
/// bytes, so that the order is total.
bool naturallyBefore(std::string_view a, std::string_view b);

} // namespace sulcus
