// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/delivery_round.h"

#include "models/delivery_figures.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace cockpit {

namespace {

/// Newest entries of the activity log that are looked at.
constexpr int activityLooked = 20'000;

QString deliveryWords(const char *text) { return QCoreApplication::translate("Delivery", text); }

QString firingOf(const AlertKey &key) { return key.cluster + u'/' + key.fingerprint; }

QString firingAt(const QString &firing, Instant at) { return firing + u'@' + QString::number(toEpochMs(at)); }

bool callsSomebody(const Alert &alert)
{
    const bool isKnownUrgent = alert.priority && *alert.priority <= Priority::P2;
    return alert.state == AlertState::Resolved ? isKnownUrgent : alert.isUrgent();
}

/// Those that differ from what the store has.
QList<DeploymentRecord> changedRecords(const QList<DeploymentRecord> &now, const QList<DeploymentRecord> &kept)
{
    QHash<QString, const DeploymentRecord *> byId;
    for (const DeploymentRecord &record : kept)
        byId.insert(record.id, &record);
    QList<DeploymentRecord> changed;
    std::copy_if(now.begin(), now.end(), std::back_inserter(changed), [&byId](const DeploymentRecord &record) {
        const DeploymentRecord *found = byId.value(record.id, nullptr);
        return !found || *found != record;
    });
    return changed;
}

QString sourceWords(const DeliveryFacts &facts, const QList<DeploymentRecord> &records)
{
    const QStringList parts{
        deliveryWords("%1 deployments of %2 workloads").arg(records.size()).arg(facts.rollouts.size()),
        deliveryWords("%1 entries of the activity log").arg(facts.activity.size()),
        deliveryWords("%1 incidents").arg(facts.incidents.size()),
        deliveryWords("%1 burns of error budgets").arg(facts.troubles.size())};
    return parts.join(QStringLiteral(", "));
}

} // namespace

QList<SeenPage> pagesOf(const Fleet &fleet)
{
    QList<SeenPage> pages;
    for (const Alert &alert : fleet.alerts) {
        if (callsSomebody(alert))
            pages.append({.firing = firingOf(alert.key),
                          .page = {.alert = alert.name,
                                   .service = alert.service.toString(),
                                   .at = alert.startsAt,
                                   .endedAt = alert.resolvedAt}});
    }
    return pages;
}

QList<SeenPage> pagesOf(const QList<IncidentPtr> &incidents)
{
    QList<SeenPage> pages;
    for (const IncidentPtr &incident : incidents) {
        for (const AttachedAlert &alert : incident->alerts) {
            if (alert.severity != u"critical" && alert.severity != u"page")
                continue;
            pages.append({.firing = firingOf(alert.key),
                          .page = {.alert = alert.name,
                                   .service = alert.service.toString(),
                                   .at = alert.startsAt,
                                   .endedAt = alert.endedAt}});
        }
    }
    return pages;
}

QList<PageFact> markedPages(const QList<SeenPage> &pages, const QList<IncidentPtr> &incidents)
{
    QHash<QString, PageFact::Actionable> marked;
    for (const IncidentPtr &incident : incidents) {
        const QString word = incident->fields.value(IncidentField::PagesActionable);
        if (word.isEmpty())
            continue;
        for (const AttachedAlert &alert : incident->alerts)
            marked.insert(firingAt(firingOf(alert.key), alert.startsAt),
                          word == u"no" ? PageFact::Actionable::No : PageFact::Actionable::Yes);
    }
    QList<PageFact> facts;
    for (const SeenPage &seen : pages) {
        PageFact page = seen.page;
        page.actionable = marked.value(firingAt(seen.firing, page.at), PageFact::Actionable::Unmarked);
        facts.append(page);
    }
    return facts;
}

Result<QList<DeliveryReportPtr>> makeDeliveryReports(Store &store, const DeliveryRound &round)
{
    DeliveryRows &rows = store.delivery();
    if (auto kept = rows.seePages(round.environment, round.pages); !kept)
        return kept.error();
    auto seen = rows.deployments(round.environment);
    if (!seen)
        return seen.error();
    auto activity = store.journal().activity(round.environment, activityLooked);
    if (!activity)
        return activity.error();
    auto corrections = rows.corrections(round.environment);
    if (!corrections)
        return corrections.error();
    auto pages = rows.pagesSince(round.environment, round.now - std::chrono::days(deliveryWindows.back()));
    if (!pages)
        return pages.error();

    const DeliveryFacts facts{.rollouts = round.rollouts,
                              .seen = *seen,
                              .activity = *activity,
                              .incidents = round.incidents,
                              .troubles = round.troubles};
    const QList<DeploymentRecord> records = gatherDeployments(facts);
    if (auto kept = rows.see(round.environment, changedRecords(records, *seen), round.now); !kept)
        return kept.error();

    const QList<DeploymentRecord> judged = withCorrections(records, *corrections);
    const std::optional<Instant> since = judged.isEmpty() ? std::nullopt : std::optional(judged.first().at);
    const QList<PageFact> facts90 = markedPages(*pages, round.incidents);
    QList<DeliveryReportPtr> reports;
    for (const int length : deliveryWindows) {
        DeliveryReport report = deliveryReport(judged, round.now, length, since);
        report.noisiest = noisiestAlerts(facts90, report.from, report.to, round.zone);
        report.shifts = withPages(halfDayShifts(report.from, report.to, round.zone), facts90, round.zone);
        report.source = sourceWords(facts, records);
        report.missing = round.missing.join(u' ');
        reports.append(std::make_shared<const DeliveryReport>(std::move(report)));
    }
    return reports;
}

} // namespace cockpit
