// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/delivery_deployments.h"

#include <QCoreApplication>
#include <QMap>
#include <QSet>

#include <algorithm>
#include <tuple>

namespace cockpit {

namespace {

using DeployedAs = DeploymentRecord::Outcome;

struct DeploymentText {
    Q_DECLARE_TR_FUNCTIONS(Delivery)
};

bool isDelivered(WorkloadKind kind)
{
    return kind == WorkloadKind::Rollout || kind == WorkloadKind::FlaggerCanary || kind == WorkloadKind::Deployment;
}

QList<RolloutRevision> oldestFirst(const QList<RolloutRevision> &revisions)
{
    QList<RolloutRevision> sorted;
    std::copy_if(revisions.begin(), revisions.end(), std::back_inserter(sorted),
                 [](const RolloutRevision &revision) { return revision.createdAt.has_value(); });
    std::sort(sorted.begin(), sorted.end(), [](const RolloutRevision &a, const RolloutRevision &b) {
        return std::tie(*a.createdAt, a.number) < std::tie(*b.createdAt, b.number);
    });
    return sorted;
}

/// How the newest version stands.
void judgeCurrent(DeploymentRecord &record, const Rollout &rollout)
{
    if (rollout.aborted) {
        record.outcome = DeployedAs::RolledBack;
        record.because = DeploymentText::tr("aborted: %1").arg(rollout.message.left(200));
    } else if (rollout.isUpdating()) {
        record.outcome = DeployedAs::Running;
        record.because = DeploymentText::tr("still on its way");
    } else if (rollout.phase != RolloutPhase::Healthy) {
        record.outcome = DeployedAs::Unknown;
        record.because = DeploymentText::tr("the rollout is %1").arg(toWireName(rollout.phase));
    }
}

void markRolledBack(DeploymentRecord &record, const QString &version, std::optional<Instant> at)
{
    record.outcome = DeployedAs::RolledBack;
    record.restoredAt = at;
    record.because = at ? DeploymentText::tr("rolled back to %1 after %2").arg(version, durationText(*at - record.at))
                        : DeploymentText::tr("rolled back to %1").arg(version);
}

/// An undo takes the old ReplicaSet again and gives it the highest number: what has the next lower one was left by it.
void markReused(QList<DeploymentRecord> &records, const QList<RolloutRevision> &sorted)
{
    for (qsizetype i = 0; i + 1 < sorted.size(); ++i) {
        const RolloutRevision *left = nullptr;
        for (qsizetype later = i + 1; later < sorted.size(); ++later) {
            const RolloutRevision &other = sorted.at(later);
            if (other.number > 0 && other.number < sorted.at(i).number && (!left || left->number < other.number))
                left = &other;
        }
        for (DeploymentRecord &record : records) {
            if (left && record.id.endsWith(u'@' + left->hash) && record.outcome != DeployedAs::RolledBack)
                markRolledBack(record, versionLabel(sorted.at(i)), std::nullopt);
        }
    }
}

DeploymentRecord recordOf(const Rollout &rollout, const RolloutRevision &revision)
{
    const QString service = rollout.service.isEmpty() ? rollout.key.name : rollout.service.toString();
    return {.id = rollout.key.path() + u'@' + revision.hash,
            .service = service,
            .revision = versionLabel(revision),
            .at = *revision.createdAt,
            .outcome = DeployedAs::Succeeded,
            .because = DeploymentText::tr("rolled out, and nothing says that it failed"),
            .evidence = revision.objectName.isEmpty() ? rollout.key.path() : revision.objectName};
}

} // namespace

QList<DeploymentRecord> deploymentsOf(const Rollout &rollout)
{
    if (!isDelivered(rollout.kind))
        return {};
    const QList<RolloutRevision> sorted = oldestFirst(rollout.revisions);
    QList<DeploymentRecord> records;
    QSet<QString> versions;
    QString previous;
    for (const RolloutRevision &revision : sorted) {
        const QString version = versionLabel(revision);
        if (!versions.contains(version)) {
            records.append(recordOf(rollout, revision));
            if (revision.isCurrent)
                judgeCurrent(records.last(), rollout);
        } else if (version != previous && records.last().revision == previous) {
            markRolledBack(records.last(), version, revision.createdAt);
        }
        versions.insert(version);
        previous = version;
    }
    markReused(records, sorted);
    return records;
}

} // namespace cockpit
