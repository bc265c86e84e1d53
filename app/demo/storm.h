// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/alert_rules.h"

#include <cstdint>

namespace cockpit::demo {

/// The alerts of a whole region that fails: thousands, each of an instance with the labels that instances have.
class Storm {
public:
    Storm(int count, std::uint64_t seed);

    /// Rules with their alerts; all of them fire. Empty without a storm.
    const std::vector<RuleAlerts> &alerts() const { return m_alerts; }
    const RuleGroupText &group() const { return m_group; }

private:
    ActiveAlert makeAlert(const RuleText &rule, int index, std::uint64_t seed) const;

    RuleGroupText m_group{};
    std::vector<RuleAlerts> m_alerts{};
};

} // namespace cockpit::demo
