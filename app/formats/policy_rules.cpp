// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/policy_rules.h"

#include "app/config/config_reader.h"
#include "app/formats/format_words.h"

#include <QRegularExpression>

namespace cockpit {

namespace {

QStringList metricNames()
{
    QStringList names;
    for (const PolicyMetric metric : {PolicyMetric::ErrorRate, PolicyMetric::P50Latency, PolicyMetric::P95Latency,
                                      PolicyMetric::P99Latency, PolicyMetric::Saturation})
        names.append(toWireName(metric));
    return names;
}

MetricRule::Comparison comparisonOf(const QString &sign)
{
    using Comparison = MetricRule::Comparison;
    if (sign == u"<")
        return Comparison::Below;
    if (sign == u"<=")
        return Comparison::AtMost;
    return sign == u">" ? Comparison::Above : Comparison::AtLeast;
}

/// The factor of "baseline * 1.2"; 1 for "baseline" alone; nothing for anything else.
std::optional<double> baselineFactor(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("^baseline(?:\\s*\\*\\s*([0-9]+(?:\\.[0-9]+)?))?$"));
    const QRegularExpressionMatch match = shape.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const double factor = match.hasCaptured(1) ? match.captured(1).toDouble() : 1.0;
    return factor > 0.0 ? std::optional(factor) : std::nullopt;
}

/// "1%", "0.01", "500ms", "1.5s" in the metric's unit; nothing when the unit does not fit.
std::optional<double> absoluteLimit(PolicyMetric metric, const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("^([0-9]+(?:\\.[0-9]+)?)\\s*(%|ms|s)?$"));
    const QRegularExpressionMatch match = shape.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const double number = match.captured(1).toDouble();
    const QString unit = match.captured(2);
    if (quantileOf(metric)) {
        if (number <= 0.0 || (unit != u"ms" && unit != u"s"))
            return std::nullopt;
        return unit == u"ms" ? number / 1000.0 : number;
    }
    if (unit == u"ms" || unit == u"s")
        return std::nullopt;
    const double share = unit == u"%" ? number / 100.0 : number;
    return share <= 1.0 ? std::optional(share) : std::nullopt;
}

QString expectedLimit(PolicyMetric metric)
{
    return quantileOf(metric)
               ? FormatWords::tr("a limit such as 500ms, 1.5s or baseline * 1.2 behind %1").arg(toWireName(metric))
               : FormatWords::tr("a limit such as 1%, 0.01 or baseline * 1.2 behind %1").arg(toWireName(metric));
}

} // namespace

ReadRule<MetricRule> readMetricRule(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("^([A-Za-z_][A-Za-z_0-9]*)\\s*(<=|>=|<|>)\\s*(\\S.*)$"));
    const QRegularExpressionMatch match = shape.match(text);
    if (!match.hasMatch())
        return {.expected =
                    FormatWords::tr("a metric, a comparison (<, <=, >, >=) and a limit, such as error_rate < 1%")};
    const std::optional<PolicyMetric> metric = policyMetricFromWireName(match.captured(1));
    if (!metric) {
        const QString nearest = nearestWord(match.captured(1), metricNames());
        return {.expected = FormatWords::tr("one of the metrics %1").arg(metricNames().join(QStringLiteral(", "))),
                .fix = nearest.isEmpty() ? QString() : FormatWords::tr("Did you mean \"%1\"?").arg(nearest)};
    }
    MetricRule rule{.metric = *metric, .comparison = comparisonOf(match.captured(2)), .text = text};
    const std::optional<double> factor = baselineFactor(match.captured(3));
    const std::optional<double> limit = factor ? factor : absoluteLimit(*metric, match.captured(3));
    if (!limit)
        return {.expected = expectedLimit(*metric)};
    rule.relative = factor.has_value();
    rule.limit = *limit;
    return {.rule = rule};
}

ReadRule<AlertTrigger> readAlertTrigger(const QString &text)
{
    static const QRegularExpression shape(
        QStringLiteral("^([A-Za-z_:][A-Za-z0-9_:.-]*)(?:\\s+severity\\s*=\\s*\"?([A-Za-z0-9_.-]+)\"?)?$"));
    const QRegularExpressionMatch match = shape.match(text);
    if (!match.hasMatch())
        return {.expected = FormatWords::tr("the name of an alert, with severity=VALUE behind it or not")};
    return {.rule = AlertTrigger{match.captured(1), match.captured(2), QStringLiteral("alert: ") + text}};
}

} // namespace cockpit
