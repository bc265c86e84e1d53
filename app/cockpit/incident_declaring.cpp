// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/incident_declaring.h"

#include "app/actions/uuid7.h"
#include "models/incident_clock.h"

#include <QUuid>

#include <algorithm>

namespace cockpit {

namespace {

const Alert *alertIn(const Fleet &fleet, const AlertKey &key)
{
    const auto found =
        std::find_if(fleet.alerts.begin(), fleet.alerts.end(), [&key](const Alert &one) { return one.key == key; });
    return found == fleet.alerts.end() ? nullptr : &*found;
}

} // namespace

IncidentDeclaring::IncidentDeclaring(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{}

IncidentProposal IncidentDeclaring::proposal(const QList<AlertKey> &alerts) const
{
    const IncidentScene scene = m_parts.scene();
    static const std::vector<Page> none;
    return proposeIncident(*scene.fleet, alerts, m_parts.book.openIncidents(),
                           scene.paging && scene.paging->pages ? *scene.paging->pages : none, scene.now);
}

void IncidentDeclaring::declare(const IncidentProposal &proposal, std::function<void(Result<DeclaredIncident>)> done)
{
    if (!proposal.join.isEmpty()) {
        if (const IncidentPtr incident = m_parts.store.incident(proposal.join); incident && incident->isOpen())
            return join(incident, proposal, done);
    }
    // Another cockpit may have opened one a moment ago.
    m_parts.book.readAgain([this, proposal, done = std::move(done)] {
        if (const IncidentPtr open = openOn(proposal))
            return join(open, proposal, done);
        openNew(proposal, done);
    });
}

IncidentPtr IncidentDeclaring::openOn(const IncidentProposal &proposal) const
{
    if (proposal.service.isEmpty())
        return nullptr;
    for (const IncidentPtr &one : m_parts.book.openIncidents()) {
        if (one->service == proposal.service)
            return one;
    }
    return nullptr;
}

/// Of the alerts' service and their first start, so that two cockpits that declare in one moment open one incident; of
/// the moment where there is no alert, or where that one has ended before.
IncidentId IncidentDeclaring::idFor(const IncidentProposal &proposal) const
{
    const std::shared_ptr<const Fleet> fleet = m_parts.scene().fleet;
    std::optional<Instant> first;
    for (const AlertKey &key : proposal.alerts) {
        if (const Alert *alert = alertIn(*fleet, key))
            first = std::min(first.value_or(alert->startsAt), alert->startsAt);
    }
    if (first && !proposal.service.isEmpty()) {
        const QString event = proposal.service.toString() + QStringLiteral("/%1").arg(toEpochMs(*first));
        const IncidentId id(factId(IncidentId(m_parts.environment), QStringLiteral("declared"), event).toString());
        if (!m_parts.store.incident(id))
            return id;
    }
    return IncidentId(newActionId(m_parts.clock.now()).toString());
}

std::vector<IncidentEntry> IncidentDeclaring::attachments(const IncidentId &id, const IncidentProposal &proposal) const
{
    const IncidentScene scene = m_parts.scene();
    std::vector<IncidentEntry> entries;
    for (const AlertKey &key : proposal.alerts) {
        if (const Alert *alert = alertIn(*scene.fleet, key))
            entries.push_back(alertFact(id, *alert, scene.now));
    }
    if (!scene.paging || !scene.paging->pages)
        return entries;
    for (const Page &page : *scene.paging->pages) {
        if (!proposal.openPages.contains(page.id))
            continue;
        for (IncidentEntry &fact : pageFacts(id, scene.paging->source, page, scene.now))
            entries.push_back(std::move(fact));
    }
    return entries;
}

std::vector<IncidentEntry> IncidentDeclaring::firstEntries(const IncidentId &id, const IncidentProposal &proposal)
{
    IncidentEntry opened = m_parts.book.entryOf(id, IncidentOpened{.title = proposal.title,
                                                                   .level = proposal.level,
                                                                   .service = proposal.service,
                                                                   .because = proposal.levelReason,
                                                                   .impactStarted = proposal.impactStarted});
    // One beginning and one first commander, however many cockpits begin it.
    opened.id = factId(id, QStringLiteral("declared"), QStringLiteral("opened"));
    std::vector<IncidentEntry> entries{opened};
    for (IncidentEntry &one : attachments(id, proposal))
        entries.push_back(std::move(one));
    if (!proposal.impact.isEmpty())
        entries.push_back(m_parts.book.entryOf(
            id, IncidentFieldSet{.field = IncidentField::Impact, .value = proposal.impact, .previous = {}}));
    IncidentEntry commander = m_parts.book.entryOf(
        id, IncidentRoleSet{.role = IncidentRole::Commander, .person = m_parts.actor, .handOver = {}});
    commander.id = factId(id, QStringLiteral("declared"), QStringLiteral("commander"));
    entries.push_back(std::move(commander));
    return entries;
}

void IncidentDeclaring::openNew(const IncidentProposal &proposal, const Answer &done)
{
    const IncidentId id = idFor(proposal);
    std::vector<IncidentEntry> first = firstEntries(id, proposal);
    const Instant openedAt = first.front().at;
    IncidentHead head;
    head.id = id;
    head.environment = m_parts.environment;
    head.openedAt = openedAt;
    m_parts.book.open(head, first, [this, proposal, openedAt, done](const Result<IncidentPtr> &opened) {
        if (!opened)
            return done(opened.error());
        if ((*opened)->openedAt != openedAt)
            return join(*opened, proposal, done);
        DeclaredIncident declared{.incident = *opened, .joined = false, .words = {}};
        declared.words.append(
            tr("Declared %1, %2: %3.").arg((*opened)->head.name(), toWireName((*opened)->level), (*opened)->title));
        if (!proposal.alerts.isEmpty())
            declared.words.append(tr("%n alert(s) are attached.", nullptr, int(proposal.alerts.size())));
        declared.words.append(tr("%1 is incident commander.").arg(m_parts.actor));
        page(std::move(declared), proposal, done);
    });
}

void IncidentDeclaring::join(const IncidentPtr &incident, const IncidentProposal &proposal, const Answer &done)
{
    std::vector<IncidentEntry> entries = attachments(incident->head.id, proposal);
    if (!incident->roles.contains(IncidentRole::Commander))
        entries.push_back(m_parts.book.entryOf(
            incident->head.id,
            IncidentRoleSet{.role = IncidentRole::Commander, .person = m_parts.actor, .handOver = {}}));
    m_parts.book.append(std::move(entries), [this, id = incident->head.id, done](const Result<Done> &written) {
        if (!written)
            return done(written.error());
        const IncidentPtr now = m_parts.store.incident(id);
        done(DeclaredIncident{
            .incident = now,
            .joined = true,
            .words = {
                tr("%1 is open on this service already: joined it. No second incident and no second page were made.")
                    .arg(now->head.name())}});
    });
}

void IncidentDeclaring::page(DeclaredIncident declared, const IncidentProposal &proposal, const Answer &done)
{
    const bool isPaged = !proposal.openPages.isEmpty();
    if (!m_parts.store.hasPaging())
        declared.words.append(tr("No paging service is configured: nobody was paged."));
    else if (isPaged)
        declared.words.append(tr("A page for it is open already: no second one was sent."));
    else if (declared.incident->level == Priority::P4)
        declared.words.append(tr("A P4 pages nobody: tell the team's channel."));
    else
        return sendPage(declared, done);
    done(declared);
}

void IncidentDeclaring::sendPage(const DeclaredIncident &declared, const Answer &done)
{
    const Incident &incident = *declared.incident;
    ActionRequest request;
    request.id = newActionId(m_parts.clock.now());
    request.target = incident.head.name();
    request.service = incident.service;
    request.actor = m_parts.actor;
    request.requestedAt = m_parts.clock.now();
    request.intent = TriggerPage{.source = pagingSourceId(),
                                 .dedupKey = incident.head.id.toString(),
                                 .summary = incident.title,
                                 .level = incident.level,
                                 .component = incident.service.toString(),
                                 .incident = incident.head.name(),
                                 .runbookUrl = {}};
    auto *follower = new QObject(this); // goes with the answer
    connect(&m_parts.actions, &ActionStore::changed, follower,
            [this, follower, declared, done, id = request.id](const ActionId &changed) {
                const ActionRecord *record = m_parts.actions.find(changed);
                if (changed != id || !record)
                    return;
                if (record->state == ActionState::Planned && record->plan.seriousChecks().isEmpty())
                    return m_parts.confirm(id);
                const bool isHeld = record->state == ActionState::Planned;
                if (!isHeld && !isFinal(record->state))
                    return;
                DeclaredIncident answer = declared;
                answer.words.append(isHeld ? tr("Nobody was paged: %1. Look at it and page by hand.")
                                                 .arg(record->plan.seriousChecks().first().text)
                                    : record->state == ActionState::Succeeded
                                        ? tr("Paged %1: %2").arg(whoIsPaged(declared.incident->level), record->message)
                                        : tr("The page is not proven: %1").arg(record->message));
                follower->disconnect();
                disconnect(&m_parts.actions, nullptr, follower, nullptr);
                follower->deleteLater();
                done(answer);
            });
    m_parts.plan(request);
}

} // namespace cockpit
