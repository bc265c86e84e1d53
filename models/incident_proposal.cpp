// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/incident_proposal.h"

#include "models/incident_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct ProposalWords {
    Q_DECLARE_TR_FUNCTIONS(Incident)
};

const Alert *alertIn(const Fleet &fleet, const AlertKey &key)
{
    const auto found =
        std::find_if(fleet.alerts.begin(), fleet.alerts.end(), [&](const Alert &one) { return one.key == key; });
    return found == fleet.alerts.end() ? nullptr : &*found;
}

bool isActive(const Alert &alert)
{
    return alert.state == AlertState::Firing || alert.state == AlertState::Acknowledged;
}

/// Unknown severity counts as P2: unsure means the higher one.
Priority priorityOf(const Alert &alert) { return alert.priority.value_or(Priority::P2); }

/// The gravest first, then the oldest.
std::vector<const Alert *> proposedAlerts(const Fleet &fleet, const QList<AlertKey> &keys)
{
    std::vector<const Alert *> chosen;
    for (const AlertKey &key : keys) {
        if (const Alert *alert = alertIn(fleet, key))
            chosen.push_back(alert);
    }
    std::sort(chosen.begin(), chosen.end(), [](const Alert *a, const Alert *b) {
        return std::pair(priorityOf(*a), a->startsAt) < std::pair(priorityOf(*b), b->startsAt);
    });
    return chosen;
}

const ServiceHealth *healthOf(const Fleet &fleet, const ServiceId &service)
{
    const auto found = std::find_if(fleet.services.begin(), fleet.services.end(),
                                    [&](const ServiceHealth &one) { return one.id == service; });
    return found == fleet.services.end() ? nullptr : &*found;
}

void proposeLevel(IncidentProposal &proposal, const Fleet &fleet, const std::vector<const Alert *> &chosen)
{
    if (chosen.empty()) {
        proposal.level = Priority::P2;
        proposal.levelReason = ProposalWords::tr("No alert says how grave it is: the higher of P2 and P3.");
        return;
    }
    const Alert &gravest = *chosen.front();
    proposal.level = priorityOf(gravest);
    proposal.levelReason =
        gravest.priority
            ? ProposalWords::tr("%1 is a %2.").arg(gravest.name, toWireName(proposal.level))
            : ProposalWords::tr("%1 has a severity that is not configured: the higher of P2 and P3.").arg(gravest.name);
    const auto pages = std::count_if(fleet.alerts.begin(), fleet.alerts.end(), [&](const Alert &one) {
        return isActive(one) && !one.service.isEmpty() && one.service == proposal.service &&
               one.priority == Priority::P2;
    });
    if (proposal.level == Priority::P2 && pages > 1) {
        proposal.level = Priority::P1;
        proposal.levelReason =
            ProposalWords::tr("%1 pages of %2 fire together.").arg(QString::number(pages), proposal.service.toString());
    }
}

QString numberText(double number, int decimals) { return QString::number(number, 'f', number >= 100.0 ? 0 : decimals); }

/// The service's own figures as half a sentence; empty where they are not known or not bad.
QString failingWords(const Fleet &fleet, const ServiceId &service)
{
    const ServiceHealth *health = healthOf(fleet, service);
    if (!health)
        return {};
    const auto &ratio = health->figure(Figure::ErrorRatio);
    if (!ratio || ratio->value <= 0.0)
        return {};
    const QString share = numberText(ratio->value * 100.0, ratio->value < 0.1 ? 1 : 0);
    const auto &rate = health->figure(Figure::RequestsPerSecond);
    if (!rate)
        return ProposalWords::tr("%1 % of requests fail").arg(share);
    return ProposalWords::tr("%1 % of requests fail, %2 a second")
        .arg(share, numberText(rate->value * ratio->value, 1));
}

QString proposedTitle(const IncidentProposal &proposal, const std::vector<const Alert *> &chosen)
{
    if (chosen.empty())
        return proposal.service.isEmpty() ? ProposalWords::tr("Incident without an alert")
                                          : ProposalWords::tr("%1 is not healthy").arg(proposal.service.toString());
    const Alert &gravest = *chosen.front();
    const QString what = gravest.service.isEmpty()
                             ? gravest.name
                             : ProposalWords::tr("%1 of %2").arg(gravest.name, gravest.service.toString());
    const QString summary = gravest.summaryLine();
    return summary.isEmpty() || summary.size() > 120 ? what : ProposalWords::tr("%1: %2").arg(summary, what);
}

bool hasAlert(const Incident &incident, const AlertKey &key)
{
    return std::any_of(incident.alerts.begin(), incident.alerts.end(),
                       [&](const AttachedAlert &one) { return one.key == key; });
}

/// An open one on the same service, or that has one of the alerts; the oldest, so that all join the same.
IncidentPtr incidentToJoin(const IncidentProposal &proposal, const QList<IncidentPtr> &open)
{
    IncidentPtr join;
    for (const IncidentPtr &one : open) {
        const bool isSame = !proposal.service.isEmpty() && one->service == proposal.service;
        const bool isAttached = std::any_of(proposal.alerts.begin(), proposal.alerts.end(),
                                            [&](const AlertKey &key) { return hasAlert(*one, key); });
        if (one->isOpen() && (isSame || isAttached) && (!join || one->openedAt < join->openedAt))
            join = one;
    }
    return join;
}

QStringList pagesFor(const std::vector<const Alert *> &chosen, const std::vector<Page> &pages)
{
    QStringList ids;
    for (const Alert *alert : chosen) {
        const Page *page = pageOfAlert(pages, alert->name, alert->service.toString());
        if (page && page->state != Page::State::Resolved && !ids.contains(page->id))
            ids << page->id;
    }
    return ids;
}

} // namespace

IncidentProposal proposeIncident(const Fleet &fleet, const QList<AlertKey> &alerts, const QList<IncidentPtr> &open,
                                 const std::vector<Page> &pages, Instant now)
{
    IncidentProposal proposal;
    std::vector<const Alert *> chosen = proposedAlerts(fleet, alerts);
    if (!chosen.empty())
        proposal.service = chosen.front()->service;
    else if (!fleet.services.empty() && fleet.services.front().level == ServiceHealth::Level::Unhealthy)
        proposal.service = fleet.services.front().id;
    proposeLevel(proposal, fleet, chosen);
    proposal.title = proposedTitle(proposal, chosen);
    proposal.impact = failingWords(fleet, proposal.service);
    for (const Alert *alert : chosen) {
        proposal.alerts.append(alert->key);
        const Instant start = std::min(alert->startsAt, now);
        proposal.impactStarted = std::min(proposal.impactStarted.value_or(start), start);
    }
    for (const Alert &alert : fleet.alerts) {
        const bool isOfService = !proposal.service.isEmpty() && alert.service == proposal.service;
        if (isOfService && isActive(alert) && !proposal.alerts.contains(alert.key))
            proposal.alerts.append(alert.key);
    }
    if (const IncidentPtr join = incidentToJoin(proposal, open)) {
        proposal.join = join->head.id;
        proposal.joinName = join->name();
    }
    proposal.openPages = pagesFor(chosen, pages);
    return proposal;
}

QList<AlertKey> alertsToAttach(const Fleet &fleet, const Incident &incident)
{
    QSet<AlertKey> attached;
    QSet<QString> names;
    for (const AttachedAlert &one : incident.alerts) {
        if (!one.endedAt)
            attached.insert(one.key);
        names.insert(one.name);
    }
    QList<AlertKey> fresh;
    for (const Alert &alert : fleet.alerts) {
        const bool isOfService = !incident.service.isEmpty() && alert.service == incident.service;
        if (isActive(alert) && (isOfService || names.contains(alert.name)) && !attached.contains(alert.key))
            fresh.append(alert.key);
    }
    return fresh;
}

} // namespace cockpit
