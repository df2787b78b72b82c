// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sulcus::store {

/// Text as it is compared and searched: blanks at the ends dropped, Latin, Greek and Cyrillic letters in lower case.
/// Not a full Unicode folding; Korean, Chinese and Japanese have no case. UTF-8 in, UTF-8 out.
std::string searchKey(std::string_view text);

/// True for an existing day written YYYY-MM-DD.
bool isIsoDay(std::string_view text);
/// Now as "2024-05-06T07:08:09Z".
std::string utcNow();

} // namespace sulcus::store
