// SPDX-License-Identifier: Apache-2.0
#include "tests/app/schema_check.h"

#include <algorithm>
#include <set>

namespace sulcus::tests {

using nlohmann::json;

namespace {

bool hasType(const json& value, const std::string& type) {
    if (type == "object")
        return value.is_object();
    if (type == "array")
        return value.is_array();
    if (type == "string")
        return value.is_string();
    if (type == "boolean")
        return value.is_boolean();
    if (type == "null")
        return value.is_null();
    if (type == "integer")
        return value.is_number_integer();
    return type == "number" && value.is_number();
}

bool hasAnyType(const json& value, const json& types) {
    if (types.is_string())
        return hasType(value, types);
    return std::any_of(types.begin(), types.end(), [&](const json& type) { return hasType(value, type); });
}

} // namespace

std::vector<std::string> schemaViolations(const json& value, const json& schema, const json& root,
                                          const std::string& path) {
    static const std::set<std::string> known{"$ref",  "type",     "enum",     "required",    "properties",
                                             "items", "minItems", "maxItems", "minimum",     "maximum",
                                             "anyOf", "title",    "$schema",  "description", "additionalProperties"};
    std::vector<std::string> found;
    const auto add = [&](const std::vector<std::string>& more) { found.insert(found.end(), more.begin(), more.end()); };
    const auto wrong = [&](const std::string& what) { found.push_back(path + ": " + what); };
    for (const auto& [keyword, ignored] : schema.items()) {
        if (!known.contains(keyword))
            wrong("the schema uses " + keyword + ", which this check does not know");
    }
    if (schema.contains("$ref")) {
        const auto name = schema["$ref"].get<std::string>().substr(std::string("#/$defs/").size());
        if (!root["$defs"].contains(name)) {
            wrong("the schema names an unknown definition " + name);
            return found;
        }
        add(schemaViolations(value, root["$defs"][name], root, path));
    }
    if (schema.contains("anyOf")) {
        std::vector<std::string> best;
        bool fits = false;
        for (const auto& option : schema["anyOf"]) {
            const auto violations = schemaViolations(value, option, root, path);
            fits = fits || violations.empty();
            if (violations.size() > best.size())
                best = violations;
        }
        if (!fits)
            add(best);
    }
    if (schema.contains("type") && !hasAnyType(value, schema["type"]))
        wrong("is " + std::string(value.type_name()) + ", not " + schema["type"].dump());
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
        wrong(value.dump() + " is not one of " + schema["enum"].dump());
    if (value.is_number()) {
        if (schema.contains("minimum") && value.get<double>() < schema["minimum"].get<double>())
            wrong(value.dump() + " is too small");
        if (schema.contains("maximum") && value.get<double>() > schema["maximum"].get<double>())
            wrong(value.dump() + " is too large");
    }
    if (value.is_array()) {
        if (schema.contains("minItems") && value.size() < schema["minItems"].get<std::size_t>())
            wrong("has too few items");
        if (schema.contains("maxItems") && value.size() > schema["maxItems"].get<std::size_t>())
            wrong("has too many items");
        if (schema.contains("items")) {
            for (std::size_t n = 0; n < value.size(); ++n)
                add(schemaViolations(value[n], schema["items"], root, path + "[" + std::to_string(n) + "]"));
        }
    }
    if (value.is_object()) {
        for (const auto& name : schema.value("required", json::array())) {
            if (!value.contains(name.get<std::string>()))
                wrong("lacks " + name.get<std::string>());
        }
        const auto properties = schema.value("properties", json::object());
        for (const auto& [name, member] : value.items()) {
            if (properties.contains(name)) {
                add(schemaViolations(member, properties[name], root, path + "." + name));
            } else if (schema.contains("additionalProperties")) {
                const auto& more = schema["additionalProperties"];
                if (more.is_object())
                    add(schemaViolations(member, more, root, path + "." + name));
                else if (!more.get<bool>())
                    wrong("has " + name + ", which the schema does not list");
            }
        }
    }
    return found;
}

} // namespace sulcus::tests
