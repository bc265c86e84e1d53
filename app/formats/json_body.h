// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/format_words.h"

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cockpit {

using JsonCode = simdjson::error_code;
using JsonValue = simdjson::ondemand::value;

/// A body as simdjson wants it (padded), and its repair: simdjson refuses a whole body for one bad byte.
class JsonBody {
public:
    /// `body` must outlive this.
    explicit JsonBody(const std::string &body);

    simdjson::padded_string_view text() const;
    /// Replaces bytes that are not UTF-8, and escaped halves of surrogate pairs, by U+FFFD. False when nothing was.
    bool mend();
    bool isMended() const { return !m_mendedAt.empty(); }
    size_t mendedPlaces() const { return m_mendedAt.size(); }
    /// Something between the two places of text() was replaced.
    bool isMendedBetween(const char *from, const char *to) const;
    /// The offset of a place inside text().
    size_t offsetOf(const char *place) const;

private:
    const std::string &m_original;
    std::string m_own{}; ///< used when the original lacks padding, and once mended
    bool m_usesOwn = false;
    std::vector<size_t> m_mendedAt{}; ///< ascending offsets in m_own
};

/// What went wrong in a body, in words.
Error jsonError(const JsonBody &body, JsonCode code, const char *place);
/// Nothing, or why this body cannot be JSON at all: empty, or a web page.
std::optional<Error> notJson(std::string_view body);

/// Runs `read(document)`, which returns an error_code, on the body; mends the text and runs it again when the text is
/// broken. `read` must start afresh each time.
template<typename Read> Result<Done> readJson(JsonBody &body, Read read)
{
    if (const auto reason = notJson(std::string_view(body.text())))
        return *reason;
    for (;;) {
        simdjson::ondemand::parser parser;
        simdjson::ondemand::document document;
        const JsonCode started = parser.iterate(body.text()).get(document);
        JsonCode code = started ? started : read(document);
        // Past its end a document has no location any more.
        if (!code && document.current_location().error() != simdjson::OUT_OF_BOUNDS)
            code = simdjson::TRAILING_CONTENT;
        if (!code)
            return Done{};
        const bool brokenText = code == simdjson::UTF8_ERROR || code == simdjson::STRING_ERROR;
        if (brokenText && !body.isMended() && body.mend())
            continue;
        const char *place = nullptr;
        if (started || document.current_location().get(place))
            place = nullptr;
        return jsonError(body, code, place);
    }
}

/// Reads a string or null (which is empty).
JsonCode readText(JsonValue value, std::string_view &into);
/// Calls `each(value)`, which returns a JsonCode, for every element.
template<typename Each> JsonCode readElements(simdjson::ondemand::array &array, Each each)
{
    for (auto item : array) {
        JsonValue element;
        if (const auto error = item.get(element))
            return error;
        if (const auto error = each(element))
            return error;
    }
    return simdjson::SUCCESS;
}
/// Calls `each(key, value)`, which returns a JsonCode, for every field.
template<typename Each> JsonCode readFields(simdjson::ondemand::object &object, Each each)
{
    for (auto item : object) {
        simdjson::ondemand::field field;
        if (const auto error = std::move(item).get(field))
            return error;
        std::string_view key;
        if (const auto error = field.unescaped_key().get(key))
            return error;
        if (const auto error = each(key, field.value()))
            return error;
    }
    return simdjson::SUCCESS;
}
/// The same for a value that is an array, or null, which is empty.
template<typename Each> JsonCode readArray(JsonValue value, Each each)
{
    bool null = false;
    if (const auto error = value.is_null().get(null); !error && null)
        return simdjson::SUCCESS;
    simdjson::ondemand::array array;
    if (const auto error = value.get_array().get(array))
        return error;
    return readElements(array, each);
}
/// The same for a value that is an object, or null, which is empty.
template<typename Each> JsonCode readObject(JsonValue value, Each each)
{
    bool null = false;
    if (const auto error = value.is_null().get(null); !error && null)
        return simdjson::SUCCESS;
    simdjson::ondemand::object object;
    if (const auto error = value.get_object().get(object))
        return error;
    return readFields(object, each);
}

} // namespace cockpit
