// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/matcher.h"

#include <QString>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstdio>

namespace cockpit::demo {

namespace {

/// Reads the pieces of a selector from left to right; every take…() leaves the place alone when it fails.
class SelectorReader {
public:
    explicit SelectorReader(std::string_view text) : m_rest(text) {}

    void skipSpace()
    {
        while (!m_rest.empty() && std::isspace(static_cast<unsigned char>(m_rest.front())))
            m_rest.remove_prefix(1);
    }
    bool atEnd() const { return m_rest.empty(); }

    bool takeSymbol(std::string_view symbol)
    {
        skipSpace();
        if (m_rest.substr(0, symbol.size()) != symbol)
            return false;
        m_rest.remove_prefix(symbol.size());
        return true;
    }

    /// A metric or label name; empty when there is none.
    std::string takeName()
    {
        skipSpace();
        std::size_t length = 0;
        while (length < m_rest.size() && isNamePart(m_rest[length], length == 0))
            ++length;
        std::string name(m_rest.substr(0, length));
        m_rest.remove_prefix(length);
        return name;
    }

    /// =, !=, =~ or !~ as {isRegex, isEqual}.
    std::optional<std::pair<bool, bool>> takeOperator()
    {
        if (takeSymbol("=~"))
            return std::pair{true, true};
        if (takeSymbol("!~"))
            return std::pair{true, false};
        if (takeSymbol("!="))
            return std::pair{false, false};
        if (takeSymbol("="))
            return std::pair{false, true};
        return std::nullopt;
    }

    std::optional<std::string> takeQuoted()
    {
        skipSpace();
        if (m_rest.empty() || (m_rest.front() != '"' && m_rest.front() != '\''))
            return std::nullopt;
        const char quote = m_rest.front();
        std::string text;
        for (std::size_t i = 1; i < m_rest.size(); ++i) {
            if (m_rest[i] == quote) {
                m_rest.remove_prefix(i + 1);
                return text;
            }
            if (m_rest[i] == '\\' && i + 1 < m_rest.size())
                text += unescaped(m_rest[++i]);
            else
                text += m_rest[i];
        }
        return std::nullopt;
    }

    /// What is left, for a bare value.
    std::string takeRest()
    {
        skipSpace();
        std::string rest(m_rest);
        m_rest = {};
        while (!rest.empty() && std::isspace(static_cast<unsigned char>(rest.back())))
            rest.pop_back();
        return rest;
    }

private:
    static bool isNamePart(char c, bool first)
    {
        const auto byte = static_cast<unsigned char>(c);
        return std::isalpha(byte) || c == '_' || c == ':' || (!first && std::isdigit(byte));
    }
    static char unescaped(char c) { return c == 'n' ? '\n' : c == 't' ? '\t' : c; }

    std::string_view m_rest;
};

} // namespace

bool Matcher::matchesText(const std::string &text) const
{
    const bool same = isRegex ? expression.match(QString::fromStdString(text)).hasMatch() : text == value;
    return same == isEqual;
}

bool Matcher::matches(const LabelSet &labels) const
{
    static const std::string missing;
    const auto found = labels.find(name);
    return matchesText(found == labels.end() ? missing : found->second);
}

bool Matcher::sameAs(const Matcher &other) const
{
    return name == other.name && value == other.value && isRegex == other.isRegex && isEqual == other.isEqual;
}

std::optional<Matcher> makeMatcher(std::string name, std::string value, bool isRegex, bool isEqual)
{
    Matcher matcher{std::move(name), std::move(value), isRegex, isEqual, {}};
    if (isRegex) {
        matcher.expression.setPattern(
            QRegularExpression::anchoredPattern(QString::fromStdString(matcher.value)));
        if (!matcher.expression.isValid())
            return std::nullopt;
    }
    return matcher;
}

bool allMatch(const std::vector<Matcher> &matchers, const LabelSet &labels)
{
    return std::all_of(matchers.begin(), matchers.end(),
                       [&](const Matcher &matcher) { return matcher.matches(labels); });
}

std::optional<Matcher> parseFilter(std::string_view text)
{
    SelectorReader reader(text);
    std::string name = reader.takeQuoted().value_or(std::string());
    if (name.empty())
        name = reader.takeName();
    const auto kind = reader.takeOperator();
    if (name.empty() || !kind)
        return std::nullopt;
    if (std::optional<std::string> quoted = reader.takeQuoted()) {
        reader.skipSpace();
        return reader.atEnd() ? makeMatcher(name, std::move(*quoted), kind->first, kind->second) : std::nullopt;
    }
    std::string bare = reader.takeRest();
    if (bare.empty() || bare.find_first_of("{}!=~,\\\"'` \t\n") != std::string::npos)
        return std::nullopt;
    return makeMatcher(name, std::move(bare), kind->first, kind->second);
}

std::optional<std::vector<Matcher>> parseSelector(std::string_view text)
{
    SelectorReader reader(text);
    std::vector<Matcher> matchers;
    if (std::string name = reader.takeName(); !name.empty())
        matchers.push_back(*makeMatcher("__name__", std::move(name), false, true));
    if (reader.takeSymbol("{")) {
        while (!reader.takeSymbol("}")) {
            std::string label = reader.takeName();
            const auto kind = reader.takeOperator();
            std::optional<std::string> value = kind ? reader.takeQuoted() : std::nullopt;
            if (label.empty() || !value)
                return std::nullopt;
            auto matcher = makeMatcher(std::move(label), std::move(*value), kind->first, kind->second);
            if (!matcher)
                return std::nullopt;
            matchers.push_back(std::move(*matcher));
            if (!reader.takeSymbol(",")) {
                if (!reader.takeSymbol("}"))
                    return std::nullopt;
                break;
            }
        }
    }
    reader.skipSpace();
    if (!reader.atEnd() || matchers.empty())
        return std::nullopt;
    return matchers;
}

std::string fingerprintOf(const LabelSet &labels)
{
    std::uint64_t hash = 14695981039346656037ULL;
    const auto add = [&](const std::string &text) {
        for (const char c : text)
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        hash = (hash ^ 255U) * 1099511628211ULL;
    };
    for (const auto &[name, value] : labels) {
        add(name);
        add(value);
    }
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(hash));
    return digits.data();
}

} // namespace cockpit::demo
