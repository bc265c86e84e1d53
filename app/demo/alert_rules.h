// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/recorded_series.h"
#include "app/demo/rule_file.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cockpit::demo {

/// An alert of a rule: its condition holds, for long enough (firing) or not yet (pending).
struct ActiveAlert {
    LabelSet labels{};
    LabelSet annotations{};
    bool firing = false;
    Offset activeAt = 0; ///< when the condition began to hold
    Offset firedAt = 0;  ///< activeAt + for; in the future while pending
    double value = 0;
    std::string fingerprint{};
};

struct RuleAlerts {
    const RuleText *rule = nullptr;
    std::vector<ActiveAlert> alerts{};
};

/// The alerts of a world: each shipped rule's condition as a native function of the recorded series, held on the same
/// grid of 15 s that rules are evaluated on. Any time can be asked for; the answer never depends on what was asked
/// before. Thread-safe.
class AlertRules {
public:
    /// With `before`, the rules of the same world until something was done to it, what those found out is not sought
    /// again.
    AlertRules(const World &world, const RecordedSeriesSet &series, const AlertRules *before = nullptr);

    const std::vector<RuleGroupText> &groups() const { return *m_groups; }
    /// The alerts of every rule at `time`, in the order of the rule file.
    std::vector<RuleAlerts> at(Offset time) const;
    /// The alerts of one rule; empty when there is no rule of that name.
    std::vector<ActiveAlert> alertsOf(const std::string &ruleName, Offset time) const;
    /// The newest evaluation at or before `time`.
    static Offset evaluationTime(Offset time);

    static constexpr double interval = 15.0;

private:
    /// The labels and values for which a condition holds.
    using Holding = std::map<LabelSet, double>;
    struct Condition {
        const RuleText *rule = nullptr;
        std::vector<RecordedSeries> series{};
        bool (*holds)(double value) = nullptr;
        double roundTo = 0;
        std::vector<RecordedSeries> minus{}; ///< subtracted pairwise, for rules over a difference
    };
    struct Known {
        Offset evaluated = 0;
        std::map<LabelSet, Offset> since{};
    };
    void bind(const RuleText &rule);
    Holding holding(const Condition &condition, Offset time) const;
    std::map<LabelSet, Offset> holdingSince(const Condition &condition, const Holding &now, Offset time) const;
    Offset scanBack(const Condition &condition, const LabelSet &labels, Offset time) const;
    std::vector<ActiveAlert> evaluate(const Condition &condition, Offset time) const;

    const RecordedSeriesSet &m_series;
    std::shared_ptr<const std::vector<RuleGroupText>> m_groups;
    std::vector<Condition> m_conditions{};
    mutable std::mutex m_mutex;
    mutable std::map<std::string, Known> m_known{}; ///< saves scanning again what the last question scanned
};

} // namespace cockpit::demo
