// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/incident_facts.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>

namespace cockpit {

namespace {

/// Prometheus remembers the beginning of an alert to a minute.
constexpr Duration sameBeginning{std::chrono::minutes(2)};

struct FactWords {
    Q_DECLARE_TR_FUNCTIONS(IncidentFacts)
};

IncidentEntry pageFact(const IncidentId &incident, const SourceId &source, const Page &page, IncidentPage::State state,
                       Instant at, Instant now)
{
    static constexpr const char *names[] = {"triggered", "acknowledged", "escalated", "resolved"};
    const QString service = source.toString().section(u'/', -1);
    QString person;
    if (state == IncidentPage::State::Acknowledged)
        person = page.acknowledgedBy.join(QStringLiteral(", "));
    else if (state != IncidentPage::State::Resolved)
        person = page.assignees.join(QStringLiteral(", "));
    const QString level = state == IncidentPage::State::Escalated ? QString::number(page.escalationLevel) : QString();
    return {.id = factId(incident, QStringLiteral("page"),
                         page.id + u'/' + QLatin1String(names[static_cast<int>(state)]) + level),
            .incident = incident,
            .at = at,
            .recordedAt = now,
            .actor = state == IncidentPage::State::Acknowledged && !person.isEmpty() ? person : cockpitActor(),
            .origin = service,
            .body = IncidentPage{.state = state,
                                 .service = service,
                                 .page = page.id,
                                 .person = person,
                                 .text = page.title,
                                 .url = page.url}};
}

QString actionTitle(const ActivityEntry &line, const std::optional<ActionRecord> &record)
{
    if (record && !record->plan.title.isEmpty())
        return record->plan.title;
    return line.target.isEmpty() ? line.actionName : line.actionName + u' ' + line.target;
}

IncidentBody messageOf(const PostMessage &message, const ActionRecord &record)
{
    return IncidentMessage{.channel = message.channel,
                           .text = message.text,
                           .update = message.update,
                           .action = record.request.id,
                           .reference = record.serverReference};
}

IncidentBody actionOf(const ActivityEntry &line, const std::optional<ActionRecord> &record)
{
    const QString title = actionTitle(line, record);
    const bool ended = isFinal(line.state);
    const QString outcome = record && ended && !record->message.isEmpty() ? record->message : line.text;
    return IncidentAction{.action = line.action,
                          .actionName = line.actionName,
                          .target = line.target,
                          .service = line.service,
                          .state = line.state,
                          .text = ended ? FactWords::tr("%1: %2").arg(title, outcome) : title,
                          .reason = line.reason};
}

bool isTick(const ActivityEntry &line) { return line.actionName.startsWith(u"runbook."); }

} // namespace

EntryId factId(const IncidentId &incident, const QString &source, const QString &event)
{
    // A namespace of our own (RFC 9562 §6.6), made once.
    static const QUuid space(QStringLiteral("{6f1c2d0e-3b8a-5d47-9c55-2a7e9b64c1f3}"));
    const QUuid id = QUuid::createUuidV5(space, incident.toString() + u'\n' + source + u'\n' + event);
    return EntryId(id.toString(QUuid::WithoutBraces));
}

Instant concernedSince(const Incident &incident)
{
    return std::min(incident.impactStarted.value_or(incident.openedAt), incident.openedAt) - kLookedBack;
}

QList<ServiceId> involvedServices(const Incident &incident)
{
    QList<ServiceId> services;
    const auto add = [&services](const ServiceId &one) {
        if (!one.isEmpty() && !services.contains(one))
            services.append(one);
    };
    add(incident.service);
    for (const AttachedAlert &alert : incident.alerts)
        add(alert.service);
    return services;
}

QList<ServiceId> concernedServices(const Incident &incident, const ServiceMap &services)
{
    QList<ServiceId> concerned = involvedServices(incident);
    for (qsizetype i = 0, count = concerned.size(); i < count; ++i) {
        const ServiceDefinition *definition = services.definition(concerned[i]);
        for (const ServiceId &one : definition ? definition->dependsOn : QList<ServiceId>()) {
            if (!concerned.contains(one))
                concerned.append(one);
        }
    }
    return concerned;
}

IncidentEntry alertFact(const IncidentId &incident, const Alert &alert, Instant now)
{
    const QString event = QStringLiteral("%1/fired").arg(toEpochMs(alert.startsAt));
    return {.id = factId(incident, QStringLiteral("alert"),
                         alert.key.cluster + u'/' + alert.key.fingerprint + u'/' + event),
            .incident = incident,
            .at = alert.startsAt,
            .recordedAt = now,
            .actor = cockpitActor(),
            .origin = FactWords::tr("Alertmanager ") + alert.key.cluster,
            .body = IncidentAlert{.key = alert.key,
                                  .name = alert.name,
                                  .service = alert.service,
                                  .severity = alert.severity,
                                  .fired = true,
                                  .startsAt = alert.startsAt,
                                  .summary = alert.summaryLine()}};
}

std::optional<Instant> endedUnseen(const Fleet &fleet, const AttachedAlert &attached)
{
    if (attached.endedAt || !fleet.alertsKnown)
        return std::nullopt;
    const Alert *nearest = nullptr;
    for (const Alert &alert : fleet.alerts) {
        if (alert.key == attached.key)
            return std::nullopt;
        if (alert.name != attached.name || alert.service != attached.service || alert.state == AlertState::Pending)
            continue;
        const Duration apart = std::chrono::abs(alert.startsAt - attached.startsAt);
        if (alert.state != AlertState::Resolved) {
            if (apart <= sameBeginning)
                return std::nullopt;
            continue;
        }
        // The memory reaches back six hours: of an older alert it knows no beginning.
        const bool isClipped = alert.key.cluster == attached.key.cluster && alert.startsAt > attached.startsAt;
        if (!alert.fromRules || !alert.resolvedAt || *alert.resolvedAt <= attached.startsAt ||
            (apart > sameBeginning && !isClipped))
            continue;
        if (!nearest || apart < std::chrono::abs(nearest->startsAt - attached.startsAt))
            nearest = &alert;
    }
    return nearest ? nearest->resolvedAt : std::nullopt;
}

bool isUnaccounted(const Fleet &fleet, const AttachedAlert &attached)
{
    const bool isShown = std::any_of(fleet.alerts.begin(), fleet.alerts.end(),
                                     [&attached](const Alert &alert) { return alert.key == attached.key; });
    return !attached.endedAt && !isShown && !endedUnseen(fleet, attached);
}

std::vector<IncidentEntry> pageFacts(const IncidentId &incident, const SourceId &source, const Page &page, Instant now)
{
    // The service's own time; a clock of ours that goes behind makes nothing happen later than it was seen.
    const auto told = [&](const std::optional<Instant> &at) {
        return at && *at >= page.createdAt ? std::min(*at, now) : now;
    };
    std::vector<IncidentEntry> facts{
        pageFact(incident, source, page, IncidentPage::State::Triggered, page.createdAt, now)};
    if (page.acknowledgedAt || page.state == Page::State::Acknowledged)
        facts.push_back(pageFact(incident, source, page, IncidentPage::State::Acknowledged,
                                 page.acknowledgedAt.value_or(now), now));
    if (page.escalationLevel > 1)
        facts.push_back(pageFact(incident, source, page, IncidentPage::State::Escalated, told(page.assignedAt), now));
    if (page.state == Page::State::Resolved)
        facts.push_back(pageFact(incident, source, page, IncidentPage::State::Resolved, told(page.resolvedAt), now));
    return facts;
}

EntryId activityFactId(const IncidentId &incident, const ActivityEntry &line)
{
    return factId(incident, QStringLiteral("action"), line.action.toString() + u'/' + toWireName(line.state));
}

bool isTold(const ActivityEntry &line)
{
    return isTick(line) || line.state == ActionState::Armed || line.state == ActionState::Succeeded ||
           line.state == ActionState::Failed || line.state == ActionState::Unknown;
}

bool concerns(const Incident &incident, const ServiceMap &services, const ActivityEntry &line,
              const std::optional<ActionRecord> &record)
{
    if (line.at < concernedSince(incident))
        return false;
    if (const auto *message = record ? std::get_if<PostMessage>(&record->request.intent) : nullptr)
        return message->incidentId == incident.head.id.toString();
    if (const auto *page = record ? std::get_if<TriggerPage>(&record->request.intent) : nullptr)
        return page->dedupKey.contains(incident.head.id.toString()) || page->incident == incident.head.name();
    if (!line.service.isEmpty())
        return concernedServices(incident, services).contains(line.service);
    const auto names = [&line](const QString &word) {
        return !word.isEmpty() && (line.target.contains(word) || line.text.contains(word));
    };
    const QList<ServiceId> involved = involvedServices(incident);
    return std::any_of(involved.begin(), involved.end(), [&](const ServiceId &one) { return names(one.toString()); }) ||
           std::any_of(incident.alerts.begin(), incident.alerts.end(),
                       [&](const AttachedAlert &alert) { return names(alert.name); });
}

std::optional<IncidentEntry> activityFact(const Incident &incident, const ActivityEntry &line,
                                          const std::optional<ActionRecord> &record, Instant now)
{
    if (!isTold(line))
        return std::nullopt;
    const auto *message = record ? std::get_if<PostMessage>(&record->request.intent) : nullptr;
    if (message && line.state == ActionState::Armed)
        return std::nullopt;
    IncidentBody body = actionOf(line, record);
    if (isTick(line))
        body = IncidentTick{.runbook = line.target, .text = line.text};
    else if (message && line.state == ActionState::Succeeded)
        body = messageOf(*message, *record);
    return IncidentEntry{.id = activityFactId(incident.head.id, line),
                         .incident = incident.head.id,
                         .at = line.at,
                         .recordedAt = now,
                         .actor = line.actor,
                         .origin = FactWords::tr("activity log"),
                         .body = std::move(body)};
}

} // namespace cockpit
