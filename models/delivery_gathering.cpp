// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/delivery_deployments.h"

#include <QCoreApplication>
#include <QMap>
#include <QSet>

#include <algorithm>
#include <tuple>

namespace cockpit {

namespace {

using GatheredAs = DeploymentRecord::Outcome;

struct GatheringText {
    Q_DECLARE_TR_FUNCTIONS(Delivery)
};

/// What another tool's object rolls out is counted there, not twice.
QSet<QString> referredWorkloads(const QList<RolloutPtr> &rollouts)
{
    QSet<QString> paths;
    for (const RolloutPtr &rollout : rollouts) {
        if (rollout->workloadRef.isEmpty())
            continue;
        const QString path = rollout->key.context + u'/' + rollout->key.nameSpace + u'/' + rollout->workloadRef;
        paths << path << path + QStringLiteral("-primary");
    }
    return paths;
}

/// The newest deployment of a service, or of a workload (its path), before a time.
DeploymentRecord *newestBefore(QList<DeploymentRecord> &records, const QString &service, const QString &workload,
                               Instant at, Duration within)
{
    DeploymentRecord *found = nullptr;
    for (DeploymentRecord &record : records) {
        const bool isMeant = workload.isEmpty() ? record.service == service : record.id.startsWith(workload + u'@');
        if (isMeant && record.at <= at && at - record.at <= within && (!found || found->at < record.at))
            found = &record;
    }
    return found;
}

void applyActivity(QList<DeploymentRecord> &records, const QList<ActivityEntry> &activity)
{
    constexpr Duration anyAge = std::chrono::days(30);
    for (const ActivityEntry &entry : activity) {
        const bool goesBack = entry.actionName == u"rollout.undo" || entry.actionName == u"rollout.abort";
        if (!goesBack || entry.state != ActionState::Succeeded)
            continue;
        DeploymentRecord *record = newestBefore(records, entry.service.toString(), entry.target, entry.at, anyAge);
        if (!record)
            record = newestBefore(records, entry.service.toString(), {}, entry.at, anyAge);
        if (!record || (record->outcome == GatheredAs::RolledBack && record->restoredAt))
            continue;
        record->outcome = GatheredAs::RolledBack;
        record->restoredAt = entry.at;
        record->because = GatheringText::tr("rolled back %1 later by %2 (action %3)")
                              .arg(durationText(entry.at - record->at), entry.actor, entry.action.toString());
    }
}

/// A person wrote in its cause or trigger which version it was.
DeploymentRecord *namedCause(QList<DeploymentRecord> &records, const Incident &incident)
{
    const QString words =
        incident.fields.value(IncidentField::Cause) + u'\n' + incident.fields.value(IncidentField::Trigger);
    DeploymentRecord *found = nullptr;
    for (DeploymentRecord &record : records) {
        const bool isNamed = !record.revision.isEmpty() && words.contains(record.revision) &&
                             (words.contains(record.service) || record.service == incident.service.toString());
        if (isNamed && record.at <= incident.openedAt && (!found || found->at < record.at))
            found = &record;
    }
    return found;
}

/// An incident knows its times better than anything that was seen before; `isSure` says that it may overwrite them.
void blame(DeploymentRecord &record, Instant began, std::optional<Instant> ended, const QString &because, bool isSure)
{
    if (record.failedAt && !isSure)
        return;
    record.failedAt = began;
    if (ended)
        record.restoredAt = ended;
    if (record.outcome != GatheredAs::RolledBack) {
        record.outcome = GatheredAs::CausedIncident;
        record.because = because;
    } else if (!record.because.contains(because)) {
        record.because += QStringLiteral("; ") + because;
    }
}

void applyIncidents(QList<DeploymentRecord> &records, const QList<IncidentPtr> &incidents)
{
    for (const IncidentPtr &incident : incidents) {
        if (incident->phase == IncidentPhase::Merged)
            continue;
        const Instant began = incident->impactStarted.value_or(incident->openedAt);
        const std::optional<Instant> ended = incident->mitigatedAt ? incident->mitigatedAt : incident->resolvedAt;
        if (DeploymentRecord *record = namedCause(records, *incident)) {
            blame(*record, began, ended, GatheringText::tr("%1 names it as the cause").arg(incident->name()), true);
            continue;
        }
        if (DeploymentRecord *record = newestBefore(records, incident->service.toString(), {}, began, blamedWithin))
            blame(*record, began, ended,
                  GatheringText::tr("%1 began %2 after it").arg(incident->name(), durationText(began - record->at)),
                  true);
    }
}

void applyTroubles(QList<DeploymentRecord> &records, const QList<BudgetTrouble> &troubles)
{
    for (const BudgetTrouble &trouble : troubles) {
        if (DeploymentRecord *record = newestBefore(records, trouble.service, {}, trouble.began, blamedWithin))
            blame(*record, trouble.began, trouble.ended,
                  GatheringText::tr("%1 after it the error budget began to burn, up to %2 ×")
                      .arg(durationText(trouble.began - record->at), QString::number(trouble.worst, 'f', 0)),
                  false);
    }
}

} // namespace

QList<DeploymentRecord> gatherDeployments(const DeliveryFacts &facts)
{
    QMap<QString, DeploymentRecord> byId;
    for (const DeploymentRecord &record : facts.seen)
        byId.insert(record.id, record);
    const QSet<QString> elsewhere = referredWorkloads(facts.rollouts);
    for (const RolloutPtr &rollout : facts.rollouts) {
        if (elsewhere.contains(rollout->key.path()))
            continue;
        for (DeploymentRecord record : deploymentsOf(*rollout)) {
            const auto earlier = byId.constFind(record.id);
            // That it failed is known for good: the cluster forgets what it went back to.
            if (earlier != byId.constEnd() && earlier->outcome != GatheredAs::Running &&
                earlier->outcome != GatheredAs::Unknown && record.outcome == GatheredAs::Succeeded)
                continue;
            byId.insert(record.id, record);
        }
    }
    QList<DeploymentRecord> records = byId.values();
    applyActivity(records, facts.activity);
    applyIncidents(records, facts.incidents);
    applyTroubles(records, facts.troubles);
    std::sort(records.begin(), records.end(), [](const DeploymentRecord &a, const DeploymentRecord &b) {
        return std::tie(a.at, a.id) < std::tie(b.at, b.id);
    });
    return records;
}

} // namespace cockpit
