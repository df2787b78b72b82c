// SPDX-License-Identifier: Apache-2.0
#include "core/base/natural_order.h"

#include <algorithm>
#include <cstddef>

namespace sulcus {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Takes the run of digits that `text` begins with away from it; without its leading zeros.
std::string_view takeNumber(std::string_view& text) {
    const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), isDigit) - text.begin());
    auto number = text.substr(0, end);
    text.remove_prefix(end);
    number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
    return number;
}

} // namespace

bool naturallyBefore(std::string_view a, std::string_view b) {
    auto restA = a;
    auto restB = b;
    while (!restA.empty() && !restB.empty()) {
        if (isDigit(restA.front()) && isDigit(restB.front())) {
            const auto numberA = takeNumber(restA);
            const auto numberB = takeNumber(restB);
            if (numberA.size() != numberB.size())
                return numberA.size() < numberB.size();
            if (numberA != numberB)
                return numberA < numberB;
        } else if (restA.front() != restB.front()) {
            return restA.front() < restB.front();
        } else {
            restA.remove_prefix(1);
            restB.remove_prefix(1);
        }
    }
    return restA.size() != restB.size() ? restA.size() < restB.size() : a < b;
}

} // namespace sulcus
