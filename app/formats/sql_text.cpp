// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/sql_text.h"

#include <algorithm>
#include <cctype>
#include <strings.h>

namespace cockpit {

namespace {

bool isWordByte(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & '\x80') != 0; }

/// Past a quoted text that begins at `at`.
size_t pastQuoted(const std::string &text, size_t at, bool hasEscapes)
{
    const char quote = text[at];
    for (++at; at < text.size(); ++at) {
        if (hasEscapes && text[at] == '\\')
            ++at;
        else if (text[at] == quote && at + 1 < text.size() && text[at + 1] == quote)
            ++at;
        else if (text[at] == quote)
            return at + 1;
    }
    return text.size();
}

/// Past $tag$…$tag$, or only past the sign where none begins.
size_t pastDollar(const std::string &text, size_t at)
{
    size_t end = at + 1;
    while (end < text.size() && isWordByte(text[end]))
        ++end;
    if (end >= text.size() || text[end] != '$' || (at > 0 && isWordByte(text[at - 1])) ||
        std::isdigit(static_cast<unsigned char>(text[at + 1])))
        return at + 1;
    const std::string tag = text.substr(at, end + 1 - at);
    const size_t close = text.find(tag, end + 1);
    return close == std::string::npos ? text.size() : close + tag.size();
}

size_t pastBlockComment(const std::string &text, size_t at)
{
    int depth = 0;
    for (; at + 1 < text.size(); ++at) {
        if (text[at] == '/' && text[at + 1] == '*') {
            ++depth;
            ++at;
        } else if (text[at] == '*' && text[at + 1] == '/') {
            ++at;
            if (--depth == 0)
                return at + 1;
        }
    }
    return text.size();
}

bool startsCopy(const std::string &text, size_t from, size_t end)
{
    // Only the statement's own last words count: … FROM stdin;
    while (from < end && std::isspace(static_cast<unsigned char>(text[from])))
        ++from;
    if (end - from < 10 || strncasecmp(text.data() + from, "copy", 4) != 0)
        return false;
    std::string words = text.substr(from, end - from);
    std::transform(words.begin(), words.end(), words.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return words.find("from stdin") != std::string::npos;
}

} // namespace

SqlText::SqlText(std::string script)
    : text(std::move(script))
{
    size_t firstWord = std::string::npos; // of the statement
    const auto blank = [this](size_t from, size_t to) {
        std::replace_if(
            text.begin() + long(from), text.begin() + long(to), [](char c) { return c != '\n'; }, ' ');
    };
    for (size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c != '-' && c != '/' && !std::isspace(static_cast<unsigned char>(c)))
            firstWord = std::min(firstWord, at);
        if (c == '-' && at + 1 < text.size() && text[at + 1] == '-') {
            const size_t end = std::min(text.find('\n', at), text.size());
            comments.emplace_back(at, text.substr(at + 2, end - at - 2));
            at = end;
        } else if (c == '/' && at + 1 < text.size() && text[at + 1] == '*') {
            at = pastBlockComment(text, at);
        } else if (c == '\'' || c == '"') {
            const bool isEscape =
                c == '\'' && at > 0 && (text[at - 1] | 0x20) == 'e' && (at < 2 || !isWordByte(text[at - 2]));
            at = pastQuoted(text, at, isEscape);
        } else if (c == '$') {
            at = pastDollar(text, at);
        } else if (c == '\\') {
            const size_t end = std::min(text.find('\n', at), text.size());
            metaCommands.push_back(at);
            if (firstWord == at)
                firstWord = std::string::npos;
            blank(at, end);
            at = end;
        } else if (c == ';') {
            ends.push_back(++at);
            if (firstWord != std::string::npos && startsCopy(text, firstWord, at)) {
                const size_t stop = text.find("\n\\.", at);
                const size_t end = stop == std::string::npos ? text.size() : stop + 3;
                copyRows += size_t(std::count(text.begin() + long(at), text.begin() + long(end), '\n'));
                blank(at, end);
                at = end;
            }
            firstWord = std::string::npos;
        } else {
            ++at;
        }
    }
    lineStarts.push_back(0);
    for (size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
        lineStarts.push_back(at + 1);
}

std::pair<int, int> SqlText::placeOf(size_t offset) const
{
    const auto line = std::upper_bound(lineStarts.begin(), lineStarts.end(), offset) - 1;
    int column = 1;
    for (size_t at = *line; at < std::min(offset, text.size()); ++at)
        column += (text[at] & '\xC0') != '\x80' ? 1 : 0;
    return {int(line - lineStarts.begin()) + 1, column};
}

} // namespace cockpit
