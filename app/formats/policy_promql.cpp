// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/policy_promql.h"

namespace cockpit {

QString plainNumber(double value) { return QString::number(value, 'g', 10); }

PolicyPromql::PolicyPromql(const PolicyExport &what, Pods pods)
    : m_what(what)
    , m_pods(std::move(pods))
{}

QString PolicyPromql::ofSide(const QString &query, const QString &pods) const
{
    // Every selector of a track query names its service: there the pods are narrowed down.
    QString narrowed = query;
    narrowed.replace(QStringLiteral("\"$service\""),
                     QStringLiteral("\"$service\",%1=~\"%2\"").arg(m_what.queries.podLabel, pods));
    return filledQuery(narrowed, m_what.serviceValue, m_what.policy.interval);
}

QString PolicyPromql::measured(PolicyMetric metric, const QString &pods) const
{
    const TrackQueries &queries = m_what.queries;
    if (metric == PolicyMetric::Saturation)
        return QStringLiteral("max(%1)").arg(ofSide(queries.saturation, pods));
    const QString requests = QStringLiteral("sum(%1)").arg(ofSide(queries.requests, pods));
    const QString enough = QStringLiteral("(%1 >= %2)").arg(requests, QString::number(m_what.policy.minimumSample));
    if (metric == PolicyMetric::ErrorRate)
        return QStringLiteral("(sum(%1) / %2 and %3)").arg(ofSide(queries.errors, pods), requests, enough);
    QString quantile = QStringLiteral("histogram_quantile(%1, sum by (le) (%2))")
                           .arg(plainNumber(quantileOf(metric).value_or(0.99)), ofSide(queries.latencyBuckets, pods));
    if (queries.bucketSeconds != 1.0)
        quantile += QStringLiteral(" * ") + plainNumber(queries.bucketSeconds);
    return QStringLiteral("(%1 and %2)").arg(quantile, enough);
}

bool PolicyPromql::canAsk(const MetricRule &rule) const
{
    if (rule.metric == PolicyMetric::Saturation)
        return !m_what.queries.saturation.isEmpty();
    return !(rule.metric == PolicyMetric::ErrorRate ? m_what.queries.errors : m_what.queries.latencyBuckets).isEmpty();
}

QString PolicyPromql::value(const MetricRule &rule) const
{
    const QString canary = measured(rule.metric, m_pods.canary);
    return rule.relative ? QStringLiteral("%1 / (%2 > 0)").arg(canary, measured(rule.metric, m_pods.stable)) : canary;
}

QString PolicyPromql::valueUnlessStable(const MetricRule &rule, const QString &brokenBy) const
{
    if (rule.relative)
        return value(rule);
    return QStringLiteral("%1 unless (%2 %3 %4)")
        .arg(value(rule), measured(rule.metric, m_pods.stable), brokenBy, plainNumber(rule.limit));
}

QString PolicyPromql::alert(const AlertTrigger &trigger) const
{
    const QString severity =
        trigger.severity.isEmpty() ? QString() : QStringLiteral(",severity=\"%1\"").arg(trigger.severity);
    const QString selector = QStringLiteral("ALERTS{alertname=\"%1\",alertstate=\"firing\"%2,%3=\"$service\"}")
                                 .arg(trigger.alertName, severity, m_what.serviceLabel);
    return QStringLiteral("count(%1) or vector(0)").arg(filledQuery(selector, m_what.serviceValue, {}));
}

QString PolicyPromql::budget() const
{
    return QStringLiteral("min(%1)").arg(filledQuery(m_what.budgetQuery, m_what.serviceValue, m_what.policy.interval));
}

QString PolicyPromql::sign(const MetricRule &rule)
{
    switch (rule.comparison) {
    case MetricRule::Comparison::Below:
        return QStringLiteral("<");
    case MetricRule::Comparison::AtMost:
        return QStringLiteral("<=");
    case MetricRule::Comparison::Above:
        return QStringLiteral(">");
    case MetricRule::Comparison::AtLeast:
        break;
    }
    return QStringLiteral(">=");
}

QString PolicyPromql::oppositeSign(const MetricRule &rule)
{
    switch (rule.comparison) {
    case MetricRule::Comparison::Below:
        return QStringLiteral(">=");
    case MetricRule::Comparison::AtMost:
        return QStringLiteral(">");
    case MetricRule::Comparison::Above:
        return QStringLiteral("<=");
    case MetricRule::Comparison::AtLeast:
        break;
    }
    return QStringLiteral("<");
}

} // namespace cockpit
