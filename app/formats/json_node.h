// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/json_body.h"
#include "models/instant.h"

#include <QString>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace cockpit {

/// A value of a parsed document that may be absent: whatever is missing or has another type reads as nothing, so that a
/// server that leaves fields out, or adds some, changes nothing else. Lives as long as the parser.
class JsonNode {
public:
    JsonNode() = default;
    explicit JsonNode(simdjson::dom::element element)
        : m_element(element)
        , m_isThere(!element.is_null())
    {}

    /// Absent where this is no object.
    JsonNode operator[](std::string_view key) const
    {
        simdjson::dom::element found;
        return m_isThere && m_element.is_object() && !m_element.at_key(key).get(found) ? JsonNode(found) : JsonNode();
    }
    /// There, and not null.
    explicit operator bool() const { return m_isThere; }
    bool isObject() const { return m_isThere && m_element.is_object(); }

    std::string_view text() const
    {
        std::string_view value;
        return m_isThere && !m_element.get(value) ? value : std::string_view();
    }
    /// A whole number, or one that stands in a string.
    std::optional<qint64> number() const
    {
        int64_t value = 0;
        if (m_isThere && !m_element.get(value))
            return value;
        const std::string_view digits = text();
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
            return std::nullopt;
        return value;
    }
    /// Any number that stands as one.
    std::optional<double> real() const
    {
        double value = 0;
        return m_isThere && !m_element.get(value) ? std::optional(value) : std::nullopt;
    }
    int integer(int fallback = 0) const
    {
        constexpr qint64 most = std::numeric_limits<int>::max();
        const auto value = number();
        return value ? static_cast<int>(std::clamp<qint64>(*value, -most, most)) : fallback;
    }
    bool flag(bool fallback = false) const
    {
        bool value = false;
        return m_isThere && !m_element.get(value) ? value : fallback;
    }
    std::optional<Instant> time() const
    {
        const std::string_view value = text();
        return value.empty() ? std::nullopt : parseRfc3339(value);
    }
    std::string minified() const { return m_isThere ? simdjson::minify(m_element) : std::string(); }

    /// Calls `each(JsonNode)` for the elements of an array.
    template <typename Each> void elements(Each each) const
    {
        simdjson::dom::array array;
        if (!m_isThere || m_element.get(array))
            return;
        for (const simdjson::dom::element item : array)
            each(JsonNode(item));
    }
    /// Calls `each(key, JsonNode)` for the fields of an object.
    template <typename Each> void fields(Each each) const
    {
        simdjson::dom::object object;
        if (!m_isThere || m_element.get(object))
            return;
        for (const auto [key, value] : object)
            each(key, JsonNode(value));
    }

private:
    simdjson::dom::element m_element{};
    bool m_isThere = false;
};

/// Parses a whole body and calls `read(JsonNode)` with its root; mends broken text first. Errors: Parse.
template <typename Read> Result<Done> readDocument(JsonBody &body, Read read)
{
    if (const auto reason = notJson(std::string_view(body.text())))
        return *reason;
    for (;;) {
        simdjson::dom::parser parser;
        simdjson::dom::element root;
        const auto text = body.text();
        const JsonCode code = parser.parse(text.data(), text.size(), false).get(root);
        if (!code) {
            read(JsonNode(root));
            return Done{};
        }
        const bool brokenText = code == simdjson::UTF8_ERROR || code == simdjson::STRING_ERROR;
        if (!brokenText || body.isMended() || !body.mend())
            return jsonError(body, code, nullptr);
    }
}

} // namespace cockpit
