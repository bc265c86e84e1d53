// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/incident_watch.h"

#include <algorithm>

namespace cockpit {

using namespace std::chrono_literals;

namespace {

constexpr auto draftPause = 700ms; ///< typing and a storm of alerts make one draft

const ServiceHealth *healthIn(const Fleet &fleet, const ServiceId &service)
{
    const auto found = std::find_if(fleet.services.begin(), fleet.services.end(),
                                    [&service](const ServiceHealth &one) { return one.id == service; });
    return found == fleet.services.end() ? nullptr : &*found;
}

/// By rule, since it was last reopened: a person who lowered it again is not overruled.
bool wasUpgraded(const Incident &incident, Priority level)
{
    return std::any_of(incident.timeline.begin(), incident.timeline.end(), [level](const IncidentEntry &entry) {
        const auto *set = std::get_if<IncidentLevelSet>(&entry.body);
        return set && set->byRule && set->level == level;
    });
}

} // namespace

IncidentWatch::IncidentWatch(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_startedAt(m_parts.clock.now())
{
    m_pool.setMaxThreadCount(1);
    m_soon.setSingleShot(true);
    m_soon.setInterval(draftPause);
    connect(&m_soon, &QTimer::timeout, this, &IncidentWatch::refresh);
    connect(&m_parts.book, &IncidentBook::changed, this, [this](const IncidentPtr &incident) {
        m_undrafted.insert(incident->head.id, incident);
        refreshSoon();
    });
    connect(&m_parts.store, &IncidentStore::currentChanged, this, &IncidentWatch::refreshSoon);
}

IncidentWatch::~IncidentWatch() { m_pool.waitForDone(); }

void IncidentWatch::runOn() { m_runsOn = true; }

void IncidentWatch::tick(Instant now)
{
    watchHealth();
    if (!m_runsOn || !m_parts.book.isRead())
        return;
    for (const IncidentPtr &incident : m_parts.book.openIncidents())
        upgrade(*incident, now);
    remind(now);
}

void IncidentWatch::refreshSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void IncidentWatch::watchHealth()
{
    const IncidentScene scene = m_parts.scene();
    for (const ServiceHealth &service : scene.fleet->services) {
        if (service.healthy.verdict != Evidence::Verdict::Good)
            m_lastUnwell.insert(service.id, scene.now);
    }
}

std::optional<Instant> IncidentWatch::provenSince(const Incident &incident) const
{
    const std::shared_ptr<const Fleet> fleet = m_parts.scene().fleet;
    const ServiceHealth *health = healthIn(*fleet, incident.service);
    if (!health || health->healthy.verdict != Evidence::Verdict::Good)
        return std::nullopt;
    Instant since = m_startedAt;
    if (!incident.alerts.empty()) {
        // The end of its last alert proves it for the time before this process ran.
        since = incident.openedAt;
        for (const AttachedAlert &alert : incident.alerts) {
            if (!alert.endedAt)
                return std::nullopt;
            since = std::max(since, *alert.endedAt);
        }
    }
    return std::max(since, m_lastUnwell.value(incident.service, since));
}

std::optional<Duration> IncidentWatch::runbookGoal(const Incident &incident) const
{
    const QString level = toWireName(incident.level);
    for (const AttachedAlert &alert : incident.alerts) {
        const auto link = m_parts.runbooks.linkOf(alert.key);
        const RunbookPtr runbook = link && link->found ? m_parts.runbooks.library().find(link->runbook) : nullptr;
        if (!runbook)
            continue;
        for (const RunbookResponse &row : runbook->responses) {
            if (row.level == level)
                return row.within;
        }
    }
    return std::nullopt;
}

QString IncidentWatch::ownerTeam(const Incident &incident) const
{
    const ServiceDefinition *definition = m_parts.scene().fleet->serviceMap.definition(incident.service);
    return definition ? definition->owner : QString();
}

QString IncidentWatch::statusUpdate(const Incident &incident) const
{
    const IncidentScene scene = m_parts.scene();
    const auto level = static_cast<size_t>(incident.level) - 1;
    return composeStatusUpdate(incident, *scene.fleet, m_parts.store.targets().statusUpdate[level], scene.now);
}

void IncidentWatch::refresh()
{
    const IncidentPtr current = m_parts.store.current();
    if (!current)
        return;
    m_parts.store.setScene(runbookGoal(*current), provenSince(*current), ownerTeam(*current));
    if (current->isOpen()) {
        const QString draftText = statusUpdate(*current);
        if (draftText != m_parts.store.statusDraft())
            m_parts.store.setStatusDraft(draftText, m_parts.clock.now());
    }
    if (!m_parts.store.postmortem(current->head.id) || m_undrafted.contains(current->head.id))
        draft(current);
}

void IncidentWatch::draft(const IncidentPtr &incident)
{
    if (m_drafting)
        return; // its answer looks again
    m_drafting = true;
    m_undrafted.remove(incident->head.id);
    m_pool.start([this, incident, now = m_parts.clock.now(), targets = m_parts.store.targets()] {
        const auto made = std::make_shared<const Postmortem>(draftPostmortem(*incident, now, targets));
        // The destructor waits for this job; what is queued after it is dropped with the receiver.
        QMetaObject::invokeMethod(
            this,
            [this, made, id = incident->head.id] {
                m_drafting = false;
                m_parts.store.setPostmortem(id, made);
                if (!m_undrafted.isEmpty())
                    refreshSoon();
            },
            Qt::QueuedConnection);
    });
}

QStringList IncidentWatch::regionsOf(const Incident &incident) const
{
    const std::shared_ptr<const Fleet> fleet = m_parts.scene().fleet;
    QStringList regions;
    for (const Alert &alert : fleet->alerts) {
        const bool isAttached = std::any_of(incident.alerts.begin(), incident.alerts.end(),
                                            [&alert](const AttachedAlert &one) { return one.key == alert.key; });
        const QString region = isAttached ? alert.labels.value(u"region") : QString();
        if (!region.isEmpty() && !regions.contains(region))
            regions.append(region);
    }
    return regions;
}

void IncidentWatch::upgrade(const Incident &incident, Instant now)
{
    const auto wanted = upgradeOf(incident, regionsOf(incident), m_parts.store.targets(), now);
    if (!wanted || wanted->level >= incident.level || wasUpgraded(incident, wanted->level))
        return;
    IncidentEntry entry = m_parts.book.entryOf(
        incident.head.id, IncidentLevelSet{.level = wanted->level, .reason = wanted->reason, .byRule = true});
    entry.id = factId(incident.head.id, QStringLiteral("rule"), toWireName(wanted->level));
    entry.actor = cockpitActor();
    QString words =
        tr("%1 is %2 now: %3 Page %4 too.")
            .arg(incident.head.name(), toWireName(wanted->level), wanted->reason, whoIsPaged(wanted->level));
    if (wanted->securityLeads)
        words += tr(" Call the leads of the security team.");
    m_parts.book.append({entry}, [this, words](const Result<Done> &written) {
        Q_EMIT noticed(written ? words : written.error().text());
    });
}

QList<IncidentReminder> IncidentWatch::dueReminders(const Incident &incident, Instant now) const
{
    const Duration awake = std::max(Duration(0), now - std::max(m_startedAt, incident.openedAt) - m_asleep);
    return remindersOf(incident, m_parts.store.targets(), ownerTeam(incident), awake, now);
}

void IncidentWatch::remind(Instant now)
{
    QList<IncidentReminder> shown;
    for (const IncidentPtr &incident : m_parts.book.openIncidents()) {
        for (const IncidentReminder &one : dueReminders(*incident, now)) {
            if (m_claims.contains(one.id)) {
                if (m_claims.value(one.id))
                    shown.append(one);
                continue;
            }
            m_claims.insert(one.id, false); // until the archive says that it is ours
            m_parts.archive.claimReminder(one.id, [this, id = one.id](const Result<bool> &ours) {
                // Nobody knows whether another one tells it: told twice is better than not at all.
                m_claims.insert(id, !ours || *ours);
            });
        }
    }
    m_parts.store.setReminders(shown);
}

} // namespace cockpit
