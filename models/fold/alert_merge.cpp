// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fold/alert_merge.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

/// Prometheus tells Alertmanager again at least once a minute; a watchdog older than this has stopped coming.
constexpr Duration watchdogFresh{std::chrono::minutes(5)};

std::optional<Priority> labelledPriority(const Labels &labels)
{
    const QString *text = labels.find(u"priority");
    if (!text || text->size() != 2 || text->front() != u'P')
        return std::nullopt;
    const int level = text->back().digitValue();
    return level >= 1 && level <= 4 ? std::optional(static_cast<Priority>(level)) : std::nullopt;
}

void unite(QStringList &into, const QStringList &more)
{
    if (into == more)
        return;
    for (const QString &one : more) {
        if (!into.contains(one))
            into.append(one);
    }
}

/// A silence holds an alert down unless it is known to have ended.
bool holdsDown(const Silence *silence, Instant now)
{
    return !silence || (silence->state != Silence::State::Expired && silence->endsAt > now);
}

void applySilences(Alert &alert, const ClusterView &cluster, Instant now)
{
    std::optional<Instant> acknowledgedUntil;
    QStringList holding;
    for (const QString &id : std::as_const(alert.silenceIds)) {
        const Silence *silence = cluster.silences.value(id, nullptr);
        if (!holdsDown(silence, now))
            continue;
        holding.append(id);
        if (!silence)
            continue;
        if (!alert.suppressedUntil || *alert.suppressedUntil < silence->endsAt) {
            alert.suppressedUntil = silence->endsAt;
            alert.suppressedBy = silence->createdBy;
        }
        if (silence->isAcknowledgement() && (!acknowledgedUntil || *acknowledgedUntil < silence->endsAt)) {
            acknowledgedUntil = silence->endsAt;
            alert.acknowledgedBy = silence->createdBy;
        }
    }
    alert.silenceIds = holding;
    if (acknowledgedUntil)
        alert.state = AlertState::Acknowledged;
    else if (!holding.isEmpty())
        alert.state = AlertState::Silenced;
}

void applySuppression(Alert &alert, const ReceivedAlert &newest, const QStringList &mutedBy, const ClusterView &cluster,
                      Instant now)
{
    applySilences(alert, cluster, now);
    if (alert.state != AlertState::Firing)
        return;
    if (!alert.inhibitedBy.isEmpty()) {
        alert.state = AlertState::Inhibited;
    } else if (!mutedBy.isEmpty()) {
        alert.state = AlertState::Silenced;
        alert.suppressedBy =
            QCoreApplication::translate("Alert", "time interval %1").arg(mutedBy.join(QStringLiteral(", ")));
    } else if (newest.suppressed && newest.silencedBy.isEmpty()) {
        alert.state = AlertState::Silenced; // suppressed, and nobody says by what
    }
}

using HeldIterator = std::vector<const ReceivedAlert *>::const_iterator;

Alert mergeMembers(HeldIterator first, HeldIterator last, const ClusterView &cluster, Instant now)
{
    const ReceivedAlert &newest = **first;
    Alert alert;
    alert.key = {cluster.cluster, newest.fingerprint};
    alert.labels = newest.labels;
    alert.annotations = newest.annotations;
    alert.startsAt = newest.startsAt;
    alert.updatedAt = newest.updatedAt;
    alert.silenceIds = newest.silencedBy;
    alert.inhibitedBy = newest.inhibitedBy;
    alert.receivers = newest.receivers;
    alert.generatorUrl = newest.generatorUrl;
    alert.repaired = newest.repaired;
    QStringList mutedBy = newest.mutedBy;
    for (auto other = first + 1; other != last; ++other) {
        alert.startsAt = std::min(alert.startsAt, (*other)->startsAt);
        unite(alert.silenceIds, (*other)->silencedBy);
        unite(alert.inhibitedBy, (*other)->inhibitedBy);
        unite(alert.receivers, (*other)->receivers);
        unite(mutedBy, (*other)->mutedBy);
    }
    applySuppression(alert, newest, mutedBy, cluster, now);
    return alert;
}

} // namespace

bool isWatchdog(const QString &name, const Labels &labels, const FleetRules &rules)
{
    if (rules.watchdogAlert.isEmpty() || name != rules.watchdogAlert)
        return false;
    const QString *severity = labels.find(u"severity");
    return rules.watchdogRequired || !severity || severity->isEmpty() || *severity == u"none";
}

void classify(Alert &alert, const FleetRules &rules)
{
    alert.name = alert.labels.value(alertNameLabel);
    alert.severity = alert.labels.value(u"severity");
    alert.service = rules.services.serviceOf(alert.labels);
    alert.priority = rules.severities.priorityOf(alert.severity);
    const std::optional<Priority> labelled = labelledPriority(alert.labels);
    if (labelled && (!alert.priority || *labelled < *alert.priority))
        alert.priority = labelled;
}

void appendClusterAlerts(const ClusterView &cluster, const FleetRules &rules, Instant now, std::vector<Alert> &alerts,
                         AlertFindings &findings)
{
    bool watchdogIsFresh = false;
    alerts.reserve(alerts.size() + cluster.held.size());
    for (auto first = cluster.held.begin(); first != cluster.held.end();) {
        const QString &fingerprint = (*first)->fingerprint;
        const auto last = std::find_if(first + 1, cluster.held.end(), [&](const ReceivedAlert *alert) {
            return alert->fingerprint != fingerprint;
        });
        if (isWatchdog((*first)->labels.value(alertNameLabel), (*first)->labels, rules)) {
            const Instant heard = (*first)->updatedAt;
            findings.watchdog.newest = std::max(findings.watchdog.newest.value_or(heard), heard);
            watchdogIsFresh = watchdogIsFresh || now - heard <= watchdogFresh;
        } else {
            classify(alerts.emplace_back(mergeMembers(first, last, cluster, now)), rules);
        }
        first = last;
    }
    if (cluster.at && !watchdogIsFresh)
        findings.clustersWithoutWatchdog.append(cluster.cluster);
}

} // namespace cockpit
