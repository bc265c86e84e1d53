// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet.h"

#include "models/fold/alert_fold.h"
#include "models/fold/alert_merge.h"
#include "models/fold/calm_check.h"
#include "models/fold/cluster_view.h"
#include "models/fold/health_fold.h"
#include "models/fold/past_alerts.h"
#include "models/fold/resolved_alerts.h"
#include "models/fold/rule_alerts.h"
#include "models/fold/service_fold.h"

#include <QSet>

#include <algorithm>
#include <compare>

namespace cockpit {

namespace {

/// Keys are unique in a fleet: what an Alertmanager shows stands before what the rules say of the same label set, and
/// an alert that fires or is about to is not resolved.
void dropRepeatedKeys(std::vector<Alert> &alerts)
{
    QSet<AlertKey> shown;
    QSet<AlertKey> fromRules;
    for (const Alert &alert : alerts) {
        if (alert.fromRules && alert.state != AlertState::Resolved)
            fromRules.insert(alert.key);
    }
    if (fromRules.isEmpty())
        return;
    for (const Alert &alert : alerts) {
        if (!alert.fromRules && alert.state != AlertState::Resolved && fromRules.contains(alert.key))
            shown.insert(alert.key);
    }
    std::erase_if(alerts, [&](const Alert &alert) {
        const bool isResolved = alert.state == AlertState::Resolved;
        return isResolved ? fromRules.contains(alert.key) : alert.fromRules && shown.contains(alert.key);
    });
}

/// Several different P2 alerts of one service that fire together propose P1 (operations.md §5).
void raiseWhereSeveralPage(std::vector<Alert> &alerts)
{
    const auto pages = [](const Alert &alert) {
        return alert.priority == Priority::P2 && !alert.service.isEmpty()
            && (alert.state == AlertState::Firing || alert.state == AlertState::Acknowledged);
    };
    QHash<ServiceId, QString> firstName;
    QSet<ServiceId> several;
    for (const Alert &alert : alerts) {
        if (!pages(alert))
            continue;
        const auto known = firstName.constFind(alert.service);
        if (known == firstName.constEnd())
            firstName.insert(alert.service, alert.name);
        else if (*known != alert.name)
            several.insert(alert.service);
    }
    for (Alert &alert : alerts) {
        if (pages(alert) && several.contains(alert.service))
            alert.priority = Priority::P1;
    }
}

/// P1 first; an unknown severity is as urgent as a page and stands right behind P1.
int urgencyRank(const Alert &alert)
{
    if (!alert.priority)
        return 1;
    return *alert.priority == Priority::P1 ? 0 : static_cast<int>(*alert.priority);
}

/// What a section is sorted by inside a service: oldest first, but the latest end and the next to fire first.
qint64 timeRank(const Alert &alert)
{
    if (alert.state == AlertState::Resolved)
        return -toEpochMs(alert.resolvedAt.value_or(Instant{}));
    return toEpochMs(alert.state == AlertState::Pending ? alert.firesAt.value_or(alert.startsAt) : alert.startsAt);
}

/// Many alerts share few names: comparing places among the sorted names is cheaper than comparing texts.
QHash<QString, size_t> placesOfNames(const std::vector<Alert> &alerts)
{
    QHash<QString, size_t> places;
    for (const Alert &alert : alerts)
        places.insert(alert.name, 0);
    QStringList names = places.keys();
    names.sort();
    for (qsizetype i = 0; i < names.size(); ++i)
        places.insert(names.at(i), size_t(i));
    return places;
}

void sortAlerts(std::vector<Alert> &alerts, const std::vector<ServiceHealth> &services)
{
    struct Rank {
        int state;
        size_t service;
        int urgency;
        qint64 time;
        size_t name;
        size_t index; ///< alerts come by cluster and fingerprint, so equals keep one order in each fold
        auto operator<=>(const Rank &) const = default;
    };
    const QHash<QString, size_t> namePlaces = placesOfNames(alerts);
    QHash<ServiceId, size_t> serviceRank;
    for (size_t i = 0; i < services.size(); ++i)
        serviceRank.insert(services[i].id, i);
    std::vector<Rank> ranks;
    ranks.reserve(alerts.size());
    for (size_t i = 0; i < alerts.size(); ++i) {
        const Alert &alert = alerts[i];
        // Resolved and pending ones read by time, not by service.
        const bool byTime = alert.state == AlertState::Resolved || alert.state == AlertState::Pending;
        const size_t service = byTime ? 0 : serviceRank.value(alert.service, services.size());
        ranks.push_back({static_cast<int>(alert.state), service, byTime ? 0 : urgencyRank(alert), timeRank(alert),
                         namePlaces.value(alert.name), i});
    }
    std::sort(ranks.begin(), ranks.end());
    std::vector<Alert> sorted;
    sorted.reserve(alerts.size());
    for (const Rank &rank : ranks)
        sorted.push_back(std::move(alerts[rank.index]));
    alerts = std::move(sorted);
}

AlertCounts countAlerts(const std::vector<Alert> &alerts)
{
    AlertCounts counts;
    for (const Alert &alert : alerts) {
        switch (alert.state) {
        case AlertState::Firing: ++counts.firing; break;
        case AlertState::Acknowledged: ++counts.acknowledged; break;
        case AlertState::Silenced: ++counts.silenced; break;
        case AlertState::Inhibited: ++counts.inhibited; break;
        case AlertState::Pending: ++counts.pending; break;
        case AlertState::Resolved: ++counts.resolved; break;
        }
        if (alert.isUrgent())
            ++counts.urgent;
    }
    return counts;
}

void giveAlertsToServices(Fleet &fleet)
{
    QHash<ServiceId, size_t> index;
    for (size_t i = 0; i < fleet.services.size(); ++i)
        index.insert(fleet.services[i].id, i);
    for (const Alert &alert : fleet.alerts) {
        if (alert.state != AlertState::Firing && alert.state != AlertState::Acknowledged)
            continue;
        const auto service = index.constFind(alert.service);
        if (service != index.constEnd())
            fleet.services[*service].alerts.append(alert.key);
    }
}

std::shared_ptr<const std::vector<AlertRule>> joinRules(const FleetInputs &inputs)
{
    if (inputs.rules.size() == 1)
        return inputs.rules.cbegin()->rules;
    QList<SourceId> sources = inputs.rules.keys();
    std::sort(sources.begin(), sources.end());
    auto joined = std::make_shared<std::vector<AlertRule>>();
    for (const SourceId &source : std::as_const(sources)) {
        if (const auto &rules = inputs.rules.constFind(source)->rules)
            joined->insert(joined->end(), rules->begin(), rules->end());
    }
    return joined;
}

QList<Silence> joinSilences(const std::vector<ClusterView> &clusters, Instant now)
{
    QList<Silence> silences;
    for (const ClusterView &cluster : clusters) {
        for (const Silence *silence : cluster.silences) {
            if (silence->state != Silence::State::Expired && silence->endsAt > now)
                silences.append(*silence);
        }
    }
    std::sort(silences.begin(), silences.end(), [](const Silence &a, const Silence &b) {
        return a.endsAt != b.endsAt ? a.endsAt < b.endsAt : a.id < b.id;
    });
    return silences;
}

/// The newest telling of each cluster: members of one cluster may be reloaded one after the other.
QHash<QString, std::shared_ptr<const RouteNode>> routesByCluster(const FleetInputs &inputs)
{
    QHash<QString, std::shared_ptr<const RouteNode>> routes;
    QHash<QString, Instant> toldAt;
    for (const AlertsUpdate &update : inputs.alerts) {
        if (!update.routes || update.at < toldAt.value(update.cluster))
            continue;
        toldAt.insert(update.cluster, update.at);
        routes.insert(update.cluster, update.routes);
    }
    return routes;
}

} // namespace

std::vector<Alert> foldAlerts(const FleetInputs &inputs, const std::vector<ClusterView> &clusters,
                              const FleetRules &rules, const Fleet *previous, Instant now, AlertFindings &findings)
{
    std::vector<Alert> alerts;
    for (const ClusterView &cluster : clusters)
        appendClusterAlerts(cluster, rules, now, alerts, findings);
    if (previous)
        appendMissedAlerts(clusters, inputs, rules, *previous, now, alerts);
    appendRuleAlerts(inputs, clusters, rules, now, alerts, findings);
    if (previous)
        appendEndedRuleAlerts(inputs, rules, *previous, now, alerts);
    appendPastAlerts(inputs, rules, now, alerts);
    dropRepeatedKeys(alerts);
    raiseWhereSeveralPage(alerts);
    return alerts;
}

std::shared_ptr<const Fleet> fold(const FleetInputs &inputs, const FleetRules &rules, const Fleet *previous, Instant now)
{
    auto fleet = std::make_shared<Fleet>();
    fleet->at = now;
    fleet->environment = rules.environment;
    fleet->environmentKind = rules.environmentKind;
    fleet->sources = sourcesNow(inputs, now);
    const std::vector<ClusterView> clusters = clusterViews(inputs, rules, now);
    AlertFindings findings;
    fleet->alerts = foldAlerts(inputs, clusters, rules, previous, now, findings);
    fleet->services = foldServices(inputs, clusters, rules, fleet->alerts, previous, now);
    foldProbes(fleet->services, inputs, now);
    sortAlerts(fleet->alerts, fleet->services);
    giveAlertsToServices(*fleet);
    fleet->counts = countAlerts(fleet->alerts);
    fleet->rules = joinRules(inputs);
    fleet->silences = joinSilences(clusters, now);
    fleet->routes = routesByCluster(inputs);
    fleet->serviceMap = rules.services;
    fleet->alertsKnown = std::any_of(clusters.begin(), clusters.end(),
                                     [](const ClusterView &cluster) { return cluster.at.has_value(); });
    fleet->servicesKnown = !inputs.figures.isEmpty() || !inputs.rules.isEmpty();
    checkCalm(*fleet, inputs, clusters, rules, findings, now);
    return fleet;
}

} // namespace cockpit
