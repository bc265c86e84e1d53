// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/incident_service.h"

namespace cockpit {

namespace {

constexpr int ticksBetweenLogs = 5; ///< another process of this installation may have acted

} // namespace

IncidentService::IncidentService(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_book({.clock = m_parts.clock,
              .archive = m_parts.archive,
              .store = m_parts.store,
              .environment = m_parts.environment,
              .actor = m_parts.actor,
              .origin = m_parts.origin})
    , m_declaring({.clock = m_parts.clock,
                   .book = m_book,
                   .store = m_parts.store,
                   .actions = m_parts.actions,
                   .scene = [this] { return scene(); },
                   .plan = m_parts.plan,
                   .confirm = m_parts.confirm,
                   .environment = m_parts.environment,
                   .actor = m_parts.actor})
    , m_recorder({.clock = m_parts.clock,
                  .book = m_book,
                  .journal = m_parts.journal,
                  .scene = [this] { return scene(); },
                  .environment = m_parts.environment})
    , m_watch({.clock = m_parts.clock,
               .archive = m_parts.archive,
               .book = m_book,
               .store = m_parts.store,
               .runbooks = m_parts.runbooks,
               .scene = [this] { return scene(); }})
    , m_exports({.clock = m_parts.clock, .store = m_parts.store, .post = m_parts.post, .pdf = m_parts.pdf})
{
    m_parts.store.setPerson(m_parts.actor);
    connectParts();
    connectRequests();
}

void IncidentService::start() { m_book.start(); }

void IncidentService::connectParts()
{
    connect(&m_book, &IncidentBook::read, this, &IncidentService::read);
    connect(&m_book, &IncidentBook::read, &m_recorder, &IncidentRecorder::readLogSoon);
    connect(&m_book, &IncidentBook::noticed, this, &IncidentService::noticed);
    connect(&m_recorder, &IncidentRecorder::noticed, this, &IncidentService::noticed);
    connect(&m_watch, &IncidentWatch::noticed, this, &IncidentService::noticed);
    connect(&m_parts.rollouts, &RolloutStore::changed, &m_recorder, &IncidentRecorder::lookSoon);
    connect(&m_parts.breakers, &BreakerStore::breakersChanged, &m_recorder, &IncidentRecorder::lookSoon);
    connect(&m_parts.breakers, &BreakerStore::flagsChanged, &m_recorder, &IncidentRecorder::lookSoon);
    connect(&m_parts.breakers, &BreakerStore::overridesChanged, &m_recorder, &IncidentRecorder::lookSoon);
    connect(&m_parts.store, &IncidentStore::pagingChanged, &m_recorder, &IncidentRecorder::lookSoon);
    connect(&m_parts.runbooks, &RunbookStore::linksChanged, &m_watch, &IncidentWatch::refreshSoon);
}

void IncidentService::connectRequests()
{
    Requests *requests = &m_parts.requests;
    connect(requests, &Requests::incidentProposalRequested, this,
            [this](const QList<AlertKey> &alerts) { m_parts.store.setProposal(m_declaring.proposal(alerts)); });
    connect(requests, &Requests::incidentDeclareRequested, this, &IncidentService::declareRequested);
    connect(requests, &Requests::incidentEntryRequested, this,
            [this, requests](const IncidentId &incident, const IncidentBody &body) {
                write(incident, body, [requests, incident](const Result<Done> &written) {
                    if (!written)
                        Q_EMIT requests->incidentRefused(incident, written.error().text());
                });
            });
    connect(requests, &Requests::incidentMergeRequested, this,
            [this, requests](const IncidentId &incident, const IncidentId &into) {
                merge(incident, into, [requests, incident](const Result<Done> &merged) {
                    if (!merged)
                        Q_EMIT requests->incidentRefused(incident, merged.error().text());
                });
            });
    connect(requests, &Requests::incidentRequested, this, [this](const IncidentId &incident) {
        if (!incident.isEmpty())
            m_parts.store.choose(incident);
    });
    connect(requests, &Requests::postmortemExportRequested, this,
            [this, requests](const IncidentId &incident, const QString &format, const QString &path) {
                m_exports.write(incident, format, path, [requests, path](const Result<Done> &written) {
                    Q_EMIT requests->exportFinished(path, written ? QString() : written.error().text());
                });
            });
}

void IncidentService::declareRequested(const IncidentProposal &proposal)
{
    m_declaring.declare(proposal, [this](const Result<DeclaredIncident> &declared) {
        if (!declared) {
            Q_EMIT m_parts.requests.incidentRefused({}, declared.error().text());
            return;
        }
        m_parts.store.setProposal(std::nullopt);
        Q_EMIT noticed(declared->words.join(u' '));
        Q_EMIT m_parts.requests.incidentRequested(declared->incident->head.id);
    });
}

IncidentScene IncidentService::scene() const
{
    return {.fleet = m_parts.fleet(),
            .rollouts = m_parts.rollouts.entries(),
            .events = m_parts.rollouts.events(),
            .breakers = m_parts.breakers.breakers(),
            .flags = m_parts.breakers.flags(),
            .flagEvents = m_parts.breakers.flagEvents(),
            .overrides = m_parts.breakers.overrides(),
            .paging = m_parts.store.paging(),
            .now = m_parts.clock.now()};
}

void IncidentService::tick(Instant now)
{
    m_watch.tick(now);
    if (++m_ticksSinceLog < ticksBetweenLogs)
        return;
    m_ticksSinceLog = 0;
    m_recorder.readLogSoon();
}

void IncidentService::takeFleet()
{
    m_recorder.lookSoon();
    m_watch.refreshSoon();
}

void IncidentService::observe(const ActionRecord &record)
{
    if (record.state != ActionState::Requested && record.state != ActionState::Planned)
        m_recorder.readLogSoon();
}

void IncidentService::write(const IncidentId &incident, IncidentBody body, std::function<void(Result<Done>)> done)
{
    const IncidentPtr known = m_parts.store.incident(incident);
    if (!known) {
        return done(Error{.kind = Error::Kind::NotFound,
                          .what = tr("There is no such incident."),
                          .meaning = tr("Nothing was written."),
                          .next = tr("See them with: dt-cockpit incidents")});
    }
    const auto checked = checkedBody(*known, std::move(body), m_parts.clock.now());
    if (!checked)
        return done(checked.error());
    m_book.append({m_book.entryOf(incident, *checked)}, std::move(done));
}

void IncidentService::merge(const IncidentId &from, const IncidentId &into, std::function<void(Result<Done>)> done)
{
    const IncidentPtr gone = m_parts.store.incident(from);
    const IncidentPtr kept = m_parts.store.incident(into);
    if (!gone || !kept || from == into || gone->phase == IncidentPhase::Merged ||
        kept->phase == IncidentPhase::Merged) {
        return done(Error{.kind = Error::Kind::Invalid,
                          .what = tr("These two cannot be merged."),
                          .meaning = tr("Nothing was written."),
                          .next = tr("Name two incidents that were not merged before.")});
    }
    const Instant now = m_parts.clock.now();
    std::vector<IncidentEntry> entries{
        m_book.entryOf(from, IncidentMerge{.into = into, .from = {}, .name = kept->head.name()}),
        m_book.entryOf(into, IncidentMerge{.into = {}, .from = from, .name = gone->head.name()})};
    const std::shared_ptr<const Fleet> fleet = m_parts.fleet();
    for (const Alert &alert : fleet->alerts) {
        const bool wasThere = std::any_of(gone->alerts.begin(), gone->alerts.end(),
                                          [&alert](const AttachedAlert &one) { return one.key == alert.key; });
        if (wasThere && alert.state != AlertState::Resolved)
            entries.push_back(alertFact(into, alert, now));
    }
    m_book.append(std::move(entries), std::move(done));
}

} // namespace cockpit
