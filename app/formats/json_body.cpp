// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/json_body.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr std::string_view replacementCharacter = "\xEF\xBF\xBD";

/// Length of the UTF-8 sequence that starts here (RFC 3629, no overlong forms, no surrogates); 0 when it is broken.
size_t utf8SequenceLength(const unsigned char *at, size_t left)
{
    const unsigned char lead = at[0];
    if (lead < 0x80)
        return 1;
    const size_t length = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3
                          : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                         : 0;
    if (length == 0 || left < length)
        return 0;
    const unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < least || at[1] > most)
        return 0;
    for (size_t i = 2; i < length; ++i) {
        if (at[i] < 0x80 || at[i] > 0xBF)
            return 0;
    }
    return length;
}

/// The number after "\u" when four hexadecimal digits stand there; -1 otherwise.
int escapedUnit(std::string_view text, size_t backslash)
{
    if (backslash + 6 > text.size() || text[backslash] != '\\' || text[backslash + 1] != 'u')
        return -1;
    int unit = 0;
    for (size_t i = backslash + 2; i < backslash + 6; ++i) {
        const char digit = text[i];
        const int value = digit >= '0' && digit <= '9' ? digit - '0'
                          : (digit | 0x20) >= 'a' && (digit | 0x20) <= 'f' ? (digit | 0x20) - 'a' + 10
                                                                           : -1;
        if (value < 0)
            return -1;
        unit = unit * 16 + value;
    }
    return unit;
}

bool isHighSurrogate(int unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool isLowSurrogate(int unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

/// How many bytes of an escape at `backslash` are sound; 0 for half a surrogate pair.
size_t escapeLength(std::string_view text, size_t backslash)
{
    const int unit = escapedUnit(text, backslash);
    if (unit < 0)
        return std::min<size_t>(2, text.size() - backslash);
    if (isHighSurrogate(unit))
        return isLowSurrogate(escapedUnit(text, backslash + 6)) ? 12 : 0;
    return isLowSurrogate(unit) ? 0 : 6;
}

} // namespace

JsonBody::JsonBody(const std::string &body) : m_original(body)
{
    if (body.capacity() - body.size() >= simdjson::SIMDJSON_PADDING)
        return;
    m_own.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    m_own = body;
    m_usesOwn = true;
}

simdjson::padded_string_view JsonBody::text() const
{
    const std::string &text = m_usesOwn ? m_own : m_original;
    return simdjson::padded_string_view(text.data(), text.size(), text.capacity());
}

bool JsonBody::mend()
{
    const std::string &text = m_original;
    std::string mended;
    mended.reserve(text.size() + text.size() / 8 + simdjson::SIMDJSON_PADDING);
    for (size_t i = 0; i < text.size();) {
        const bool escape = text[i] == '\\';
        const size_t length =
            escape ? escapeLength(text, i)
                   : utf8SequenceLength(reinterpret_cast<const unsigned char *>(text.data()) + i, text.size() - i);
        if (length > 0) {
            mended.append(text, i, length);
            i += length;
            continue;
        }
        m_mendedAt.push_back(mended.size());
        mended.append(replacementCharacter);
        i += escape ? 6 : 1;
    }
    mended.reserve(mended.size() + simdjson::SIMDJSON_PADDING);
    m_own = std::move(mended);
    m_usesOwn = true;
    return isMended();
}

bool JsonBody::isMendedBetween(const char *from, const char *to) const
{
    const auto first = std::lower_bound(m_mendedAt.begin(), m_mendedAt.end(), offsetOf(from));
    return first != m_mendedAt.end() && *first < offsetOf(to);
}

size_t JsonBody::offsetOf(const char *place) const
{
    const std::string &text = m_usesOwn ? m_own : m_original;
    return place < text.data() ? 0 : std::min(static_cast<size_t>(place - text.data()), text.size());
}

std::optional<Error> notJson(std::string_view body)
{
    const size_t start = body.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos)
        return FormatWords::notTheProtocol(FormatWords::tr("it is empty"));
    if (body[start] == '<')
        return FormatWords::webPage();
    return std::nullopt;
}

Error jsonError(const JsonBody &body, JsonCode code, const char *place)
{
    QString reason;
    switch (code) {
    case simdjson::INCORRECT_TYPE:
        reason = FormatWords::tr("a value has another type than it should");
        break;
    case simdjson::NO_SUCH_FIELD:
        reason = FormatWords::tr("a field that must be there is missing");
        break;
    case simdjson::NUMBER_ERROR:
    case simdjson::NUMBER_OUT_OF_RANGE:
        reason = FormatWords::tr("a number or a time cannot be read");
        break;
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
    case simdjson::UNCLOSED_STRING:
    case simdjson::EMPTY:
        reason = FormatWords::tr("it ends too early");
        break;
    case simdjson::MEMALLOC:
    case simdjson::CAPACITY:
        return {Error::Kind::TooLarge, FormatWords::tr("The answer is too large to read."), {}, {}};
    default:
        reason = FormatWords::tr("it is not JSON");
    }
    if (place)
        reason += u' ' + FormatWords::tr("(near byte %1)").arg(body.offsetOf(place));
    return FormatWords::notTheProtocol(reason);
}

JsonCode readText(JsonValue value, std::string_view &into)
{
    const auto error = value.get_string().get(into);
    if (!error)
        return error;
    bool null = false;
    if (const auto other = value.is_null().get(null); !other && null) {
        into = {};
        return simdjson::SUCCESS;
    }
    return error;
}

} // namespace cockpit
