// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cockpit::demo {

using LabelSet = std::map<std::string, std::string>;

/// One condition on a label, as Prometheus and Alertmanager write it. Regular expressions are anchored at both ends;
/// a label that is missing counts as empty.
struct Matcher {
    std::string name{};
    std::string value{};
    bool isRegex = false;
    bool isEqual = true;
    QRegularExpression expression{};

    bool matches(const LabelSet &labels) const;
    bool matchesText(const std::string &text) const;
    bool sameAs(const Matcher &other) const;
};

/// Nothing when the value of a regular expression is not one.
std::optional<Matcher> makeMatcher(std::string name, std::string value, bool isRegex, bool isEqual);
bool allMatch(const std::vector<Matcher> &matchers, const LabelSet &labels);

/// Parses `name op value` as Alertmanager's filter= takes it; the value may be bare or in double quotes.
/// Nothing on anything else.
std::optional<Matcher> parseFilter(std::string_view text);

/// Parses a plain selector of PromQL, `name{label op "value", …}`; the name becomes a matcher on __name__.
/// Nothing on any other expression.
std::optional<std::vector<Matcher>> parseSelector(std::string_view text);

/// The fingerprint that Prometheus and Alertmanager give a label set, 16 hexadecimal digits.
std::string fingerprintOf(const LabelSet &labels);

} // namespace cockpit::demo
