// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/labels.h"
#include "models/result.h"

#include <QList>
#include <QRegularExpression>
#include <QString>

namespace cockpit {

/// One label matcher of Alertmanager (backends.md §2.5). Regular expressions are anchored at both ends.
struct Matcher {
    QString name{};
    QString value{};
    bool isRegex = false;
    bool isEqual = true;
    bool operator==(const Matcher &) const = default;

    /// `name="value"`, `!=`, `=~`, `!~`, with the value as a Go string literal.
    QString toString() const;
};

/// Matchers with their regular expressions compiled once. All must match (AND).
class MatcherSet {
public:
    MatcherSet() = default;
    /// Errors: Invalid, when a regular expression does not compile or there is a name without a value's operator.
    static Result<MatcherSet> compile(QList<Matcher> matchers);
    /// TooComplex: an expression hit its bound of work on this label set (qt.md §4). A caller with a list of them stops
    /// there and says so, instead of paying the bound for each.
    enum class Outcome { No, Yes, TooComplex };
    Outcome match(const Labels &labels) const;
    bool matches(const Labels &labels) const { return match(labels) == Outcome::Yes; }
    const QList<Matcher> &matchers() const { return m_matchers; }

private:
    QList<Matcher> m_matchers{};
    QList<QRegularExpression> m_expressions{};
};

/// What the filter field holds: plain words, or matchers (`service="gc-service",severity=~"page|warning"`).
struct AlertFilter {
    QString words{};
    MatcherSet matchers{};
    bool isEmpty() const { return words.isEmpty() && matchers.matchers().isEmpty(); }
};

/// Reads one matcher. Errors: Invalid, with what was expected at which character.
Result<Matcher> parseMatcher(QStringView text);
/// Reads `a="b",c=~"d"` with or without braces. Errors: Invalid.
Result<QList<Matcher>> parseMatchers(QStringView text);
/// Reads the filter field: matchers when it looks like them, else plain words (all must occur, without case).
Result<AlertFilter> parseAlertFilter(QStringView text);

} // namespace cockpit
