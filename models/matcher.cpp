// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/matcher.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

Error matcherError(QString what)
{
    return Error{Error::Kind::Invalid, std::move(what), {}, {}};
}

bool isBareLabelName(QStringView name)
{
    if (name.isEmpty() || (name.front() >= u'0' && name.front() <= u'9'))
        return false;
    for (const QChar c : name) {
        const bool letter = (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
        if (!letter && !(c >= u'0' && c <= u'9'))
            return false;
    }
    return true;
}

/// A Go string literal. What cannot be seen is escaped, so that a label cannot hide text in a matcher.
QString goLiteral(const QString &text)
{
    QString literal(u'"');
    for (const QChar c : text) {
        const char16_t code = c.unicode();
        if (c == u'"' || c == u'\\')
            literal += u'\\', literal += c;
        else if (c == u'\n')
            literal += QStringLiteral("\\n");
        else if (c == u'\t')
            literal += QStringLiteral("\\t");
        else if (c == u'\r')
            literal += QStringLiteral("\\r");
        else if (!c.isSurrogate() && (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format))
            literal += QStringLiteral("\\u%1").arg(int(code), 4, 16, QLatin1Char('0'));
        else
            literal += c;
    }
    return literal + u'"';
}

/// What PCRE knows and the servers' RE2 refuses: a preview must not catch what no silence can.
bool usesMoreThanRe2(QStringView pattern)
{
    bool inClass = false;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QStringView rest = pattern.sliced(i);
        if (rest.front() == u'\\') {
            if (!inClass && rest.size() > 1 && rest[1] >= u'1' && rest[1] <= u'9')
                return true;
            ++i;
        } else if (inClass) {
            inClass = rest.front() != u']';
        } else if (rest.front() == u'[') {
            inClass = true;
        } else {
            for (const QStringView group : {QStringView(u"(?="), QStringView(u"(?!"), QStringView(u"(?<="),
                                            QStringView(u"(?<!"), QStringView(u"(?>"), QStringView(u"(*")}) {
                if (rest.startsWith(group))
                    return true;
            }
        }
    }
    return false;
}

Result<QRegularExpression> compileAnchored(const Matcher &matcher)
{
    if (usesMoreThanRe2(matcher.value)) {
        return matcherError(QCoreApplication::translate(
                                "Matcher", "The expression of %1 looks around or back, which Alertmanager does not know.")
                                .arg(matcher.name));
    }
    // The limit ends a catastrophic expression in well under a millisecond; the match is then not valid.
    QRegularExpression expression(QStringLiteral("(*LIMIT_MATCH=50000)")
                                  + QRegularExpression::anchoredPattern(matcher.value));
    if (!expression.isValid()) {
        return matcherError(QCoreApplication::translate("Matcher", "The expression of %1 is not valid: %2.")
                                .arg(matcher.name, expression.errorString()));
    }
    expression.optimize();
    return expression;
}

} // namespace

QString Matcher::toString() const
{
    const QStringView operators[] = {u"!=", u"=", u"!~", u"=~"};
    const QStringView sign = operators[(isRegex ? 2 : 0) + (isEqual ? 1 : 0)];
    return (isBareLabelName(name) ? name : goLiteral(name)) + sign.toString() + goLiteral(value);
}

Result<MatcherSet> MatcherSet::compile(QList<Matcher> matchers)
{
    MatcherSet set;
    for (const Matcher &matcher : matchers) {
        if (matcher.name.isEmpty())
            return matcherError(QCoreApplication::translate("Matcher", "A matcher needs the name of a label."));
        QRegularExpression expression;
        if (matcher.isRegex) {
            Result<QRegularExpression> compiled = compileAnchored(matcher);
            if (!compiled)
                return compiled.error();
            expression = *compiled;
        }
        set.m_expressions.append(expression);
    }
    set.m_matchers = std::move(matchers);
    return set;
}

MatcherSet::Outcome MatcherSet::match(const Labels &labels) const
{
    const QString absent;
    for (qsizetype i = 0; i < m_matchers.size(); ++i) {
        const Matcher &matcher = m_matchers.at(i);
        const QString *found = labels.find(matcher.name);
        const QString &value = found ? *found : absent;
        bool holds = false;
        if (matcher.isRegex) {
            const QRegularExpressionMatch match = m_expressions.at(i).match(value);
            if (!match.isValid())
                return Outcome::TooComplex;
            holds = match.hasMatch();
        } else {
            holds = value == matcher.value;
        }
        if (holds != matcher.isEqual)
            return Outcome::No;
    }
    return Outcome::Yes;
}

} // namespace cockpit
