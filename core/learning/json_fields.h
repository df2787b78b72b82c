// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sulcus::learning {

/// Whether brackets stand in each other more than 64 deep. No file of this project's does; the JSON library recurses
/// when it copies and writes, and would leave the stack.
inline bool nestedTooDeeply(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\') {
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '[' || c == '{')) {
            if (++depth > 64) {
                return true;
            }
        } else if (!quoted && (c == ']' || c == '}')) {
            --depth;
        }
    }
    return false;
}

/// A file's text as JSON; a discarded value (`is_discarded()`) when it is none, or is nested too deeply.
template <typename Json>
Json parseJson(std::string_view text) {
    return nestedTooDeeply(text) ? Json(nlohmann::json::value_t::discarded) : Json::parse(text, nullptr, false);
}

/// Thrown by `JsonFields` and caught once by the function that opened the file; never leaves this module.
struct FieldError : std::runtime_error {
    FieldError(std::string fieldPath, const std::string& problemText)
        : std::runtime_error(problemText), field(std::move(fieldPath)) {}
    std::string field;
};

/// Reads one JSON object and knows the path of every field, so that a wrong one can be named ("outputs[1].threshold").
class JsonFields {
public:
    JsonFields(const nlohmann::json& object, std::string path) : m_object(&object), m_path(std::move(path)) {
        if (!object.is_object()) {
            throw FieldError(m_path.empty() ? "(root)" : m_path, "is not an object");
        }
    }

    bool has(const char* name) const { return m_object->contains(name) && !(*m_object)[name].is_null(); }
    std::string path(const std::string& name) const { return m_path.empty() ? name : m_path + "." + name; }
    [[noreturn]] void refuse(const std::string& name, const std::string& problem) const {
        throw FieldError(path(name), problem);
    }

    const nlohmann::json& any(const char* name) const {
        if (!has(name)) {
            refuse(name, "is missing");
        }
        return (*m_object)[name];
    }
    JsonFields object(const char* name) const { return JsonFields(any(name), path(name)); }
    std::vector<JsonFields> objects(const char* name) const {
        const auto& list = array(name);
        std::vector<JsonFields> result;
        for (std::size_t i = 0; i < list.size(); ++i) {
            result.emplace_back(list[i], path(name) + "[" + std::to_string(i) + "]");
        }
        return result;
    }
    const nlohmann::json& array(const char* name) const {
        const auto& value = any(name);
        if (!value.is_array()) {
            refuse(name, "is not a list");
        }
        return value;
    }
    std::string text(const char* name) const {
        const auto& value = any(name);
        if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
            refuse(name, "is not a text");
        }
        return value.get<std::string>();
    }
    std::string text(const char* name, const std::string& otherwise) const {
        return has(name) ? text(name) : otherwise;
    }
    std::string oneOf(const char* name, const std::vector<std::string>& allowed) const {
        auto value = text(name);
        std::string list;
        for (const auto& candidate : allowed) {
            if (value == candidate) {
                return value;
            }
            list += (list.empty() ? "" : ", ") + candidate;
        }
        refuse(name, "is \"" + value + "\", not one of " + list);
    }
    std::string oneOf(const char* name, const std::vector<std::string>& allowed, const std::string& otherwise) const {
        return has(name) ? oneOf(name, allowed) : otherwise;
    }
    double number(const char* name, double from, double to) const {
        const auto& value = any(name);
        if (!value.is_number()) {
            refuse(name, "is not a number");
        }
        return inRange(name, value.get<double>(), from, to);
    }
    double number(const char* name, double from, double to, double otherwise) const {
        return has(name) ? number(name, from, to) : otherwise;
    }
    int integer(const char* name, int from, int to) const {
        const auto& value = any(name);
        if (!value.is_number_integer()) {
            refuse(name, "is not a whole number");
        }
        return static_cast<int>(inRange(name, value.get<double>(), from, to));
    }
    int integer(const char* name, int from, int to, int otherwise) const {
        return has(name) ? integer(name, from, to) : otherwise;
    }
    bool flag(const char* name, bool otherwise) const {
        if (!has(name)) {
            return otherwise;
        }
        const auto& value = any(name);
        if (!value.is_boolean()) {
            refuse(name, "is neither true nor false");
        }
        return value.get<bool>();
    }
    std::vector<double> numbers(const char* name, double from, double to) const {
        std::vector<double> result;
        for (const auto& item : array(name)) {
            if (!item.is_number()) {
                refuse(name, "holds something that is not a number");
            }
            result.push_back(inRange(name, item.get<double>(), from, to));
        }
        return result;
    }
    std::vector<int> integers(const char* name, int from, int to) const {
        std::vector<int> result;
        for (const auto& item : array(name)) {
            if (!item.is_number_integer()) {
                refuse(name, "holds something that is not a whole number");
            }
            result.push_back(static_cast<int>(inRange(name, item.get<double>(), from, to)));
        }
        return result;
    }
    std::vector<std::string> texts(const char* name) const {
        std::vector<std::string> result;
        for (const auto& item : array(name)) {
            if (!item.is_string() || item.get_ref<const std::string&>().empty()) {
                refuse(name, "holds something that is not a text");
            }
            result.push_back(item.get<std::string>());
        }
        return result;
    }

private:
    double inRange(const char* name, double value, double from, double to) const {
        // Written so that NaN fails too.
        if (!(value >= from && value <= to)) {
            refuse(name, "is outside its range");
        }
        return value;
    }

    const nlohmann::json* m_object;
    std::string m_path;
};

} // namespace sulcus::learning
