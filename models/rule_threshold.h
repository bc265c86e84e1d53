// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace cockpit {

/// The limit that a rule's query compares with: "> 0.01".
struct RuleThreshold {
    QString op{}; ///< <, <=, >, >=, == or !=
    double value = 0.0;
    bool operator==(const RuleThreshold &) const = default;
};

/// The limit of a query that ends in a comparison with a number. A heuristic on the text, to be labelled as one:
/// queries joined by and, or, unless have no single limit and give nothing; so does everything else.
std::optional<RuleThreshold> thresholdOf(const QString &query);

} // namespace cockpit
