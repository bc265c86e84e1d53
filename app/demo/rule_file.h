// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/matcher.h"

#include <string>
#include <vector>

namespace cockpit::demo {

/// One rule as a rule file of Prometheus says it.
struct RuleText {
    bool alerting = false;
    std::string name{};
    std::string expression{};
    double forSeconds = 0;
    LabelSet labels{};
    LabelSet annotations{};
};

struct RuleGroupText {
    std::string name{};
    std::string file{};
    double interval = 15;
    std::vector<RuleText> rules{};
};

/// The rule groups of a file that the product ships, by its name in the demo's resources ("alerts.yml").
/// Empty when it cannot be read.
std::vector<RuleGroupText> shippedRuleGroups(const std::string &fileName);
/// A shipped file as it is; empty when there is none of that name.
std::string shippedText(const std::string &fileName);

/// Fills {{ $labels.x }} and {{ $value | humanize… }} into the text of a rule, as Prometheus does.
std::string expandTemplate(const std::string &text, const LabelSet &labels, double value);

} // namespace cockpit::demo
