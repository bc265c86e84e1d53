// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/policy_export.h"

namespace cockpit {

/// The rules of a policy as PromQL over the pods of both sides. Expressions are empty vectors where nothing is known:
/// no series, fewer requests than the minimum sample, a baseline of zero.
class PolicyPromql {
public:
    /// The regular expressions (of the engine's templates) that the names of a side's pods match.
    struct Pods {
        QString canary{};
        QString stable{};
    };
    PolicyPromql(const PolicyExport &what, Pods pods);

    /// The preset has the series that the rule needs.
    bool canAsk(const MetricRule &rule) const;
    /// What the rule's limit is compared with: canary's value, or its ratio to stable's when the rule is relative.
    QString value(const MetricRule &rule) const;
    /// The same, and nothing while stable breaks the absolute rule too: `brokenBy` is how it is broken.
    QString valueUnlessStable(const MetricRule &rule, const QString &brokenBy) const;
    /// How many of the alert fire, 0 for none.
    QString alert(const AlertTrigger &trigger) const;
    /// The share of the error budget that is left.
    QString budget() const;

    /// "<", "<=", ">", ">=", and what holds when the rule does not.
    static QString sign(const MetricRule &rule);
    static QString oppositeSign(const MetricRule &rule);

private:
    QString ofSide(const QString &query, const QString &pods) const;
    QString measured(PolicyMetric metric, const QString &pods) const;

    const PolicyExport &m_what;
    Pods m_pods;
};

/// A number as PromQL, the engines' conditions and YAML have it.
QString plainNumber(double value);

} // namespace cockpit
