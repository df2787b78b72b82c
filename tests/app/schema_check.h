// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace sulcus::tests {

/// Checks a value against the part of JSON Schema that resources/schema uses: $ref into #/$defs, type, enum, required,
/// properties, additionalProperties, items, minItems, maxItems, minimum, maximum, anyOf. One line per violation, with
/// the path of the value. A keyword that is not among these is a violation too, so that none is silently ignored.
std::vector<std::string> schemaViolations(const nlohmann::json& value, const nlohmann::json& schema,
                                          const nlohmann::json& root, const std::string& path = "$");

} // namespace sulcus::tests
