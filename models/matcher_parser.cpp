// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/matcher.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

bool isReservedInMatcher(QChar c) { return c.isSpace() || QStringView(u"{}!=~,\\\"'`").contains(c); }

/// Reads Alertmanager's matcher grammar (backends.md §2.5) from left to right.
class MatcherReader {
public:
    explicit MatcherReader(QStringView text) : m_text(text) {}

    Result<Matcher> readMatcher()
    {
        Matcher matcher;
        Result<QString> name = readWord(QCoreApplication::translate("Matcher", "the name of a label"));
        if (!name)
            return name.error();
        matcher.name = *name;
        if (!readOperator(matcher))
            return expected(QCoreApplication::translate("Matcher", "=, !=, =~ or !~"));
        Result<QString> value = readWord(QCoreApplication::translate("Matcher", "a value, quoted when it is empty"));
        if (!value)
            return value.error();
        matcher.value = *value;
        return matcher;
    }

    /// `name op`: enough to tell a matcher that is being typed from plain words.
    bool looksLikeMatcher()
    {
        if (take(u'{'))
            return true;
        Matcher matcher;
        return readWord({}).has_value() && readOperator(matcher);
    }

    bool take(QChar c)
    {
        skipBlanks();
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    bool atEnd()
    {
        skipBlanks();
        return m_at >= m_text.size();
    }

    Error expected(const QString &what) const
    {
        return Error{Error::Kind::Invalid,
                     QCoreApplication::translate("Matcher", "Expected %1 at character %2.").arg(what).arg(m_at + 1),
                     {},
                     {}};
    }

private:
    void skipBlanks()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }

    bool readOperator(Matcher &matcher)
    {
        skipBlanks();
        const QStringView rest = m_text.sliced(m_at);
        const bool negated = rest.startsWith(u'!');
        matcher.isRegex = rest.startsWith(u"=~") || rest.startsWith(u"!~");
        matcher.isEqual = !negated;
        if (!matcher.isRegex && !rest.startsWith(u"!=") && !rest.startsWith(u'='))
            return false;
        m_at += matcher.isRegex || negated ? 2 : 1;
        return true;
    }

    Result<QString> readWord(const QString &what)
    {
        skipBlanks();
        if (m_at < m_text.size() && m_text[m_at] == u'"')
            return readLiteral();
        const qsizetype start = m_at;
        while (m_at < m_text.size() && !isReservedInMatcher(m_text[m_at]))
            ++m_at;
        if (m_at == start)
            return expected(what);
        return m_text.sliced(start, m_at - start).toString();
    }

    Result<QString> readLiteral()
    {
        QString text;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text[m_at];
            if (c == u'"') {
                ++m_at;
                return text;
            }
            if (c != u'\\') {
                text += c;
            } else if (!readEscape(text)) {
                return expected(QCoreApplication::translate("Matcher", "an escape of a Go string, such as \\\" or \\n"));
            }
        }
        return expected(QCoreApplication::translate("Matcher", "a closing quote"));
    }

    /// At the backslash; leaves the position on the escape's last character.
    bool readEscape(QString &text)
    {
        if (++m_at >= m_text.size())
            return false;
        const QChar c = m_text[m_at];
        constexpr QStringView letters = u"abfnrtv\\\"";
        constexpr QStringView meanings = u"\a\b\f\n\r\t\v\\\"";
        if (const qsizetype simple = letters.indexOf(c); simple >= 0) {
            text += meanings[simple];
            return true;
        }
        const int digits = c == u'x' ? 2 : c == u'u' ? 4 : c == u'U' ? 8 : 0;
        if (digits == 0 || m_at + digits >= m_text.size())
            return false;
        bool isHex = false;
        const uint code = m_text.sliced(m_at + 1, digits).toString().toUInt(&isHex, 16);
        // A byte of \x above 0x7f is half a character: only whole ones can be held.
        if (!isHex || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF) || (digits == 2 && code > 0x7F))
            return false;
        const char32_t character = code;
        text += QString::fromUcs4(&character, 1);
        m_at += digits;
        return true;
    }

    QStringView m_text;
    qsizetype m_at = 0;
};

/// The older grammar that servers fall back to: a bare name, an operator, and the rest is the value.
std::optional<Matcher> parseClassicMatcher(QStringView text)
{
    static const QRegularExpression shape(
        QStringLiteral("\\A\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(=~|!~|!=|=)\\s*([^\"]*?)\\s*\\z"),
        QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = shape.match(text.toString());
    if (!match.hasMatch())
        return std::nullopt;
    const QStringView sign = match.capturedView(2);
    return Matcher{match.captured(1), match.captured(3), sign.endsWith(u'~'), !sign.startsWith(u'!')};
}

} // namespace

Result<Matcher> parseMatcher(QStringView text)
{
    MatcherReader reader(text);
    Result<Matcher> matcher = reader.readMatcher();
    if (matcher && reader.atEnd())
        return matcher;
    if (std::optional<Matcher> classic = parseClassicMatcher(text); classic && !classic->value.isEmpty())
        return *classic;
    return matcher ? reader.expected(QCoreApplication::translate("Matcher", "the end of the matcher"))
                   : matcher.error();
}

Result<QList<Matcher>> parseMatchers(QStringView text)
{
    MatcherReader reader(text);
    QList<Matcher> matchers;
    const bool braced = reader.take(u'{');
    while (!reader.atEnd() && !(braced && reader.take(u'}'))) {
        Result<Matcher> matcher = reader.readMatcher();
        if (!matcher)
            return matcher.error();
        matchers.append(*matcher);
        if (reader.take(u','))
            continue;
        if (braced && !reader.take(u'}'))
            return reader.expected(QCoreApplication::translate("Matcher", "a comma or }"));
        if (!reader.atEnd())
            return reader.expected(braced ? QCoreApplication::translate("Matcher", "the end")
                                          : QCoreApplication::translate("Matcher", "a comma"));
        return matchers;
    }
    if (braced && !text.trimmed().endsWith(u'}'))
        return reader.expected(QCoreApplication::translate("Matcher", "}"));
    if (!reader.atEnd())
        return reader.expected(QCoreApplication::translate("Matcher", "the end"));
    return matchers;
}

Result<AlertFilter> parseAlertFilter(QStringView text)
{
    AlertFilter filter;
    const QStringView trimmed = text.trimmed();
    if (!MatcherReader(trimmed).looksLikeMatcher()) {
        filter.words = trimmed.toString();
        return filter;
    }
    Result<QList<Matcher>> matchers = parseMatchers(trimmed);
    if (!matchers)
        return matchers.error();
    Result<MatcherSet> set = MatcherSet::compile(*std::move(matchers));
    if (!set)
        return set.error();
    filter.matchers = *std::move(set);
    return filter;
}

} // namespace cockpit
