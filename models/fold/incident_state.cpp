// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fold/incident_state.h"

#include <algorithm>
#include <tuple>

namespace cockpit {

namespace {

bool recordedBefore(const IncidentEntry *a, const IncidentEntry *b)
{
    return std::tie(a->recordedAt, a->id) < std::tie(b->recordedAt, b->id);
}

std::optional<Instant> earlierOf(const std::optional<Instant> &a, Instant b) { return a ? std::min(*a, b) : b; }

/// Walks the entries of one incident and keeps what they make.
class IncidentState {
public:
    explicit IncidentState(Incident &incident)
        : m_incident(incident)
    {}

    void derive()
    {
        std::vector<const IncidentEntry *> settings;
        for (const IncidentEntry &entry : m_incident.timeline) {
            if (std::holds_alternative<IncidentCorrection>(entry.body))
                m_corrections.push_back(&entry);
        }
        std::sort(m_corrections.begin(), m_corrections.end(), recordedBefore);
        for (const IncidentEntry *entry : m_corrections)
            correct(*entry);
        for (const IncidentEntry &entry : m_incident.timeline) {
            if (isSetting(entry.body))
                settings.push_back(&entry);
            else
                std::visit([&](const auto &body) { see(entry, body); }, entry.body);
        }
        if (!std::is_sorted(settings.begin(), settings.end(), recordedBefore))
            std::sort(settings.begin(), settings.end(), recordedBefore);
        open();
        for (const IncidentEntry *entry : settings)
            std::visit([&](const auto &body) { set(*entry, body); }, entry->body);
        settleImpactStart();
        std::sort(m_incident.alerts.begin(), m_incident.alerts.end(),
                  [](const AttachedAlert &a, const AttachedAlert &b) {
                      return std::tie(a.startsAt, a.key) < std::tie(b.startsAt, b.key);
                  });
    }

private:
    /// What somebody set, where the last writer wins; all else is what was seen.
    static bool isSetting(const IncidentBody &body)
    {
        return std::holds_alternative<IncidentPhaseSet>(body) || std::holds_alternative<IncidentLevelSet>(body) ||
               std::holds_alternative<IncidentRoleSet>(body) || std::holds_alternative<IncidentFieldSet>(body) ||
               std::holds_alternative<IncidentTask>(body) || std::holds_alternative<IncidentFollowUp>(body) ||
               std::holds_alternative<IncidentMerge>(body);
    }

    Instant timeOf(const IncidentEntry &entry) const
    {
        return m_times.isEmpty() ? entry.at : m_times.value(entry.id, entry.at);
    }

    void correct(const IncidentEntry &entry)
    {
        const auto &correction = std::get<IncidentCorrection>(entry.body);
        m_incident.correctedBy.insert(correction.corrects, entry.id);
        if (correction.at)
            m_times.insert(correction.corrects, *correction.at);
    }

    /// Declared: of several (two laptops, one incident) the first.
    void open()
    {
        const auto isOpened = [](const IncidentEntry &one) { return std::holds_alternative<IncidentOpened>(one.body); };
        const auto first = std::find_if(m_incident.timeline.begin(), m_incident.timeline.end(), isOpened);
        const auto &opened = std::get<IncidentOpened>(first->body);
        m_incident.title = opened.title;
        m_incident.level = opened.level;
        m_incident.levelReason = opened.because;
        m_incident.service = opened.service;
        m_incident.openedAt = timeOf(*first);
        m_incident.openedBy = first->actor;
        m_openedImpact = opened.impactStarted;
        m_incident.phases.insert(IncidentPhase::Detection,
                                 PhaseSpan{.enteredAt = m_incident.openedAt, .resumedAt = m_incident.openedAt});
    }

    template <typename Body> void see(const IncidentEntry &, const Body &) {}
    template <typename Body> void set(const IncidentEntry &, const Body &) {}

    void see(const IncidentEntry &entry, const IncidentAlert &alert)
    {
        if (alert.fired)
            m_incident.firstAlertAt = earlierOf(m_incident.firstAlertAt, timeOf(entry));
        const bool isStartKnown = toEpochMs(alert.startsAt) > 0;
        m_firstStart = earlierOf(m_firstStart, isStartKnown ? alert.startsAt : timeOf(entry));
        const auto place = m_alertPlaces.constFind(alert.key);
        AttachedAlert attached{.key = alert.key,
                               .name = alert.name,
                               .service = alert.service,
                               .severity = alert.severity,
                               .startsAt = alert.startsAt,
                               .endedAt = alert.fired ? std::nullopt : std::optional(timeOf(entry))};
        if (place == m_alertPlaces.constEnd()) {
            m_alertPlaces.insert(alert.key, m_incident.alerts.size());
            m_incident.alerts.push_back(std::move(attached));
        } else {
            m_incident.alerts[*place] = std::move(attached);
        }
    }

    void see(const IncidentEntry &entry, const IncidentPage &page)
    {
        if (page.state == IncidentPage::State::Acknowledged)
            m_incident.acknowledgedAt = earlierOf(m_incident.acknowledgedAt, timeOf(entry));
    }

    void see(const IncidentEntry &entry, const IncidentMessage &message)
    {
        if (message.update > 0) {
            m_incident.statusUpdates = std::max(m_incident.statusUpdates, message.update);
            m_incident.lastStatusUpdate = std::max(m_incident.lastStatusUpdate.value_or(timeOf(entry)), timeOf(entry));
        }
        if (m_incident.chatThread.isEmpty() && !message.reference.isEmpty() && !message.action.isEmpty()) {
            m_incident.chatThread = message.reference;
            m_incident.chatChannel = message.channel;
        }
    }

    void set(const IncidentEntry &entry, const IncidentPhaseSet &body)
    {
        moveTo(body.phase, timeOf(entry));
        if (body.phase != IncidentPhase::Merged) {
            m_incident.mergedInto = {};
            m_incident.mergedIntoName.clear();
        }
    }
    void set(const IncidentEntry &entry, const IncidentMerge &body)
    {
        if (body.into.isEmpty())
            return;
        moveTo(IncidentPhase::Merged, timeOf(entry));
        m_incident.mergedInto = body.into;
        m_incident.mergedIntoName = body.name;
    }

    void set(const IncidentEntry &, const IncidentLevelSet &body)
    {
        m_incident.level = body.level;
        m_incident.levelReason = body.reason;
    }

    void set(const IncidentEntry &entry, const IncidentRoleSet &body)
    {
        if (body.role == IncidentRole::Commander && !body.person.isEmpty()) {
            m_incident.commanderAt = earlierOf(m_incident.commanderAt, timeOf(entry));
            m_incident.acknowledgedAt = earlierOf(m_incident.acknowledgedAt, timeOf(entry));
        }
        if (body.person.isEmpty())
            m_incident.roles.remove(body.role);
        else
            m_incident.roles.insert(body.role, RoleHolder{body.person, timeOf(entry)});
    }

    void set(const IncidentEntry &, const IncidentFieldSet &body)
    {
        if (body.field == IncidentField::Title && !body.value.isEmpty())
            m_incident.title = body.value;
        if (body.field == IncidentField::Service)
            m_incident.service = ServiceId(body.value);
        if (body.value.isEmpty())
            m_incident.fields.remove(body.field);
        else
            m_incident.fields.insert(body.field, body.value);
    }

    void set(const IncidentEntry &, const IncidentTask &body)
    {
        const auto same = [&](const IncidentTask &one) { return one.task == body.task; };
        const auto known = std::find_if(m_incident.tasks.begin(), m_incident.tasks.end(), same);
        if (known == m_incident.tasks.end())
            m_incident.tasks.push_back(body);
        else
            *known = body;
    }
    void set(const IncidentEntry &, const IncidentFollowUp &body)
    {
        const auto same = [&](const IncidentFollowUp &one) { return one.item == body.item; };
        const auto known = std::find_if(m_incident.followUps.begin(), m_incident.followUps.end(), same);
        if (known == m_incident.followUps.end())
            m_incident.followUps.push_back(body);
        else
            *known = body;
    }

    void moveTo(IncidentPhase to, Instant at)
    {
        const IncidentPhase from = m_incident.phase;
        if (from == to)
            return;
        PhaseSpan &left = m_incident.phases[from];
        left.leftAt = std::max(left.resumedAt, at); // a clock that was moved back makes no negative stay
        enter(to, at);
        m_incident.phase = to;
        if (to == IncidentPhase::Merged)
            return;
        settle(m_incident.mitigatedAt, IncidentPhase::Mitigation, from, to, at);
        settle(m_incident.resolvedAt, IncidentPhase::Resolution, from, to, at);
        settle(m_incident.closedAt, IncidentPhase::Postmortem, from, to, at);
    }

    void enter(IncidentPhase to, Instant at)
    {
        const auto known = m_incident.phases.find(to);
        if (known == m_incident.phases.end()) {
            m_incident.phases.insert(to, PhaseSpan{.enteredAt = at, .resumedAt = at});
            return;
        }
        known->earlier = known->length(at);
        known->leftAt.reset();
        known->resumedAt = at;
    }

    /// Left forwards: that is when it was done. Back in it or before it: it is not done, until it is left again.
    static void settle(std::optional<Instant> &done, IncidentPhase phase, IncidentPhase from, IncidentPhase to,
                       Instant at)
    {
        if (to <= phase)
            done.reset();
        else if (from <= phase || from == IncidentPhase::Merged)
            done = done && from == IncidentPhase::Merged ? done : std::optional(at);
    }

    /// As a person set it; else as it was declared, where that says more than the alerts do; else the first alert's.
    void settleImpactStart()
    {
        const QByteArray set = m_incident.fields.value(IncidentField::ImpactStarted).toUtf8();
        const std::optional<Instant> bySomebody = parseRfc3339({set.constData(), static_cast<size_t>(set.size())});
        const bool isDeclared = m_openedImpact && m_openedImpact != m_firstStart;
        m_incident.isImpactStartSet = bySomebody || isDeclared;
        m_incident.impactStarted = bySomebody ? bySomebody : isDeclared ? m_openedImpact : m_firstStart;
    }

    Incident &m_incident;
    std::vector<const IncidentEntry *> m_corrections{};
    QHash<EntryId, Instant> m_times{}; ///< corrected ones
    QHash<AlertKey, size_t> m_alertPlaces{};
    std::optional<Instant> m_firstStart{};
    std::optional<Instant> m_openedImpact{};
};

} // namespace

void deriveIncident(Incident &incident) { IncidentState(incident).derive(); }

} // namespace cockpit
