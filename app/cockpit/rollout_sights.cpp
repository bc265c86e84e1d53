// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/rollout_sights.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace cockpit {

namespace {

QString sightWords(const char *text) { return QCoreApplication::translate("RolloutService", text); }

bool answers(const SourceStatus &source)
{
    return source.state == SourceStatus::State::Ok || source.state == SourceStatus::State::Partial;
}

bool isLost(const SourceStatus &source)
{
    return source.state == SourceStatus::State::Down || source.state == SourceStatus::State::Unauthorized;
}

/// The Alertmanager clusters without a member that answers.
QStringList silentClusters(const Fleet &fleet)
{
    QSet<QString> all;
    QSet<QString> answering;
    for (const SourceStatus &source : fleet.sources) {
        if (source.kind != SourceStatus::Kind::Alertmanager)
            continue;
        all.insert(source.cluster);
        if (answers(source))
            answering.insert(source.cluster);
    }
    QStringList silent = (all - answering).values();
    silent.sort();
    return silent;
}

bool fires(const Alert &alert)
{
    return alert.state == AlertState::Firing || alert.state == AlertState::Acknowledged ||
           alert.state == AlertState::Silenced || alert.state == AlertState::Inhibited;
}

/// The source without which nothing can be said of this rollout; empty when all that it needs answer.
QString lostSource(const Rollout &rollout, const Fleet &fleet)
{
    QString prometheus;
    bool measured = false;
    for (const SourceStatus &source : fleet.sources) {
        if (source.id.toString() == QStringLiteral("kubernetes/") + rollout.key.context && isLost(source))
            return source.name;
        if (source.kind != SourceStatus::Kind::Prometheus)
            continue;
        measured |= !isLost(source);
        prometheus = source.name;
    }
    return measured ? QString() : prometheus;
}

QString staleReason(const RolloutEntry &entry, Duration oldest, Instant now)
{
    const Duration age = now - entry.rollout->readAt;
    if (age > oldest)
        return sightWords("the cluster was last read %1 ago").arg(roughDurationText(age));
    if (entry.verdict && entry.verdict->measures.split == TrackSplit::None)
        return entry.verdict->measures.splitProblem.isEmpty() ? sightWords("there are no figures of both sides")
                                                              : entry.verdict->measures.splitProblem;
    return {};
}

} // namespace

AlertSight alertSightOf(const Fleet *fleet)
{
    if (!fleet || !fleet->alertsKnown)
        return {.problem = sightWords("no Alertmanager has answered yet")};
    AlertSight sight{.known = true, .at = fleet->at};
    if (const QStringList silent = silentClusters(*fleet); !silent.isEmpty()) {
        sight.known = false;
        sight.problem = sightWords("no Alertmanager of %1 answers").arg(silent.join(QStringLiteral(", ")));
    }
    for (const Alert &alert : fleet->alerts) {
        if (fires(alert))
            sight.firing.append({alert.name, alert.severity, alert.service, alert.labels, alert.startsAt});
    }
    return sight;
}

GuardSight guardSightOf(const RolloutEntry &entry, const Fleet *fleet, Duration oldest, Instant now)
{
    GuardSight sight{.verdict = entry.verdict, .updating = entry.rollout->isUpdating()};
    if (const QString lost = fleet ? lostSource(*entry.rollout, *fleet) : QString(); !lost.isEmpty()) {
        sight.sourceLost = true;
        sight.words = sightWords("%1 does not answer").arg(lost);
        return sight;
    }
    sight.words = fleet ? staleReason(entry, oldest, now) : sightWords("nothing is known of the fleet yet");
    sight.dataStale = !sight.words.isEmpty();
    return sight;
}

} // namespace cockpit
