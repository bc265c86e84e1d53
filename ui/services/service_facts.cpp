// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/service_facts.h"

#include "models/items/fleet_model.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/services/service_charts.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString factsText(const char *text) { return QCoreApplication::translate("ServiceFacts", text); }

StateGlyph stateGlyph(Evidence::Verdict verdict, bool old) { return old ? StateGlyph::Stale : verdictGlyph(verdict); }

MetricFacts metricFacts(const CockpitModels &models, const ServiceHealth &service, Figure figure, Duration range,
                        bool old)
{
    MetricFacts facts;
    facts.name = figure == Figure::RequestsPerSecond ? factsText(QT_TRANSLATE_NOOP("ServiceFacts", "requests"))
                 : figure == Figure::ErrorRatio      ? factsText(QT_TRANSLATE_NOOP("ServiceFacts", "errors"))
                                                     : QStringLiteral("p99");
    facts.value = figureText(service, figure);
    facts.line = sparklineView(models, service, figure, range);
    const auto &sample = service.figure(figure);
    const std::optional<double> limit = figure == Figure::ErrorRatio   ? service.errorRatioLimit
                                        : figure == Figure::P99Seconds ? service.p99Limit
                                                                       : std::nullopt;
    const Role over = limitRole(sample ? std::optional(sample->value) : std::nullopt, limit);
    facts.color = !sample ? Role::Muted : old ? Role::StaleText : over == Role::Muted ? Role::Text : over;
    if (old)
        facts.line.line = Role::Stale;
    return facts;
}

QString countText(const ServiceHealth &service, Figure have, Figure want)
{
    const auto &is = service.figure(have);
    const auto &should = service.figure(want);
    if (!is)
        return factsText(QT_TRANSLATE_NOOP("ServiceFacts", "not known"));
    if (!should)
        return figureText(service, have).number;
    return QCoreApplication::translate("ServiceFacts", "%1 of %2")
        .arg(figureText(service, have).number, figureText(service, want).number);
}

void addAlerts(ServiceFacts &facts, const CockpitModels &models, const ServiceHealth &service)
{
    const Instant now = models.time.now();
    for (const AlertKey &key : service.alerts) {
        if (facts.alerts.size() == 2)
            break;
        if (const Alert *alert = models.fleet.alert(key)) {
            facts.alerts.append({alert->isUrgent() ? StateGlyph::Critical : StateGlyph::Warning,
                                 plainLine(alert->name, 60), roughDurationText(now - alert->startsAt)});
        }
    }
    facts.firing = service.firing;
    facts.silenced = service.silenced;
}

} // namespace

ServiceFacts serviceFacts(const CockpitModels &models, const ServiceHealth &service, Duration range)
{
    const Fleet &fleet = models.fleet.fleet();
    const Instant now = models.time.now();
    ServiceFacts facts;
    facts.id = service.id;
    facts.name = plainLine(service.id.toString(), 80);
    facts.versions = versionsText(service);
    facts.old = isOld(service, fleet, now);
    facts.glyph = facts.old ? (service.sampledAt ? StateGlyph::Stale : StateGlyph::Unknown) : levelGlyph(service.level);
    facts.level = facts.old ? oldDataText(service, fleet, now) : levelWord(service.level);
    // Firing alerts are known from Alertmanager even where the figures are old.
    facts.outline = service.level == ServiceHealth::Level::Unhealthy  ? Role::Critical
                    : service.level == ServiceHealth::Level::Degraded ? Role::Warning
                                                                      : Role::Border;
    facts.metrics = {metricFacts(models, service, Figure::RequestsPerSecond, range, facts.old),
                     metricFacts(models, service, Figure::ErrorRatio, range, facts.old),
                     metricFacts(models, service, Figure::P99Seconds, range, facts.old)};
    if (const auto &budget = service.figure(Figure::BudgetLeft))
        facts.budget = budget->value;
    facts.burn = figureText(service, Figure::BurnRate);
    const bool replicas = service.figure(Figure::ReplicasReady).has_value();
    facts.ready = countText(service, replicas ? Figure::ReplicasReady : Figure::InstancesUp,
                            replicas ? Figure::ReplicasDesired : Figure::InstancesTotal);
    facts.readyGlyph = stateGlyph(replicas ? service.ready.verdict : service.live.verdict, facts.old);
    facts.live = replicas ? factsText(QT_TRANSLATE_NOOP("ServiceFacts", "live")) : QString();
    facts.liveGlyph = stateGlyph(service.live.verdict, facts.old);
    addAlerts(facts, models, service);
    return facts;
}

QString ServiceFacts::words() const
{
    QStringList parts{name, level, versions};
    for (const MetricFacts &metric : metrics)
        parts.append(metric.name + u' ' + metric.value.joined());
    if (budget)
        parts.append(QCoreApplication::translate("ServiceFacts", "budget left %1")
                         .arg(figureText(Figure::BudgetLeft, budget).joined()));
    parts.append(QCoreApplication::translate("ServiceFacts", "ready %1").arg(ready));
    for (const AlertFacts &alert : alerts)
        parts.append(alert.name + u' ' + alert.age);
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

} // namespace cockpit
