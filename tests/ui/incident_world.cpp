// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/incident_world.h"

namespace cockpit {

namespace {

const QString worldPerson = QStringLiteral("oncall-a");
const QString worldCockpit = QStringLiteral("cockpit");

IncidentHead worldHead()
{
    IncidentHead head;
    head.id = IncidentId(QStringLiteral("01936000-0000-7000-8000-000000000042"));
    head.environment = QStringLiteral("prod-eu");
    head.number = 42;
    head.openedAt = *parseRfc3339("2026-11-23T03:02:31Z");
    return head;
}

IncidentAlert fired(const QString &name, const QString &severity, const QString &time)
{
    IncidentAlert alert;
    alert.key = {QStringLiteral("eu"), name};
    alert.name = name;
    alert.service = ServiceId(QStringLiteral("gc-service"));
    alert.severity = severity;
    alert.startsAt = *parseRfc3339((QStringLiteral("2026-11-23T") + time + u'Z').toStdString());
    return alert;
}

IncidentChange changed(IncidentChange::Kind kind, const QString &text, bool bad)
{
    return {kind, ServiceId(QStringLiteral("gc-service")), text, {}, bad};
}

IncidentTick ticked(const QString &text) { return {QStringLiteral("docs/runbooks/alerts/GCHighErrorRate.md"), text}; }

IncidentPage pageState(IncidentPage::State state, const QString &person)
{
    return {state, QStringLiteral("pagerduty"), QStringLiteral("PGC42"), person, QStringLiteral("GCHighErrorRate"), {}};
}

std::vector<IncidentEntry> worldEntries()
{
    using Kind = IncidentChange::Kind;
    const QString me = worldPerson;
    const QString own = worldCockpit;
    return {
        worldEntry(QStringLiteral("03:02:00"), own, fired(QStringLiteral("GCHighErrorRate"), QStringLiteral("page"), QStringLiteral("03:02:00"))),
        worldEntry(QStringLiteral("03:02:31"), me,
                   IncidentOpened{QStringLiteral("Meeting joins fail through the gc canary"), Priority::P1,
                                  ServiceId(QStringLiteral("gc-service")), QStringLiteral("a page alert fires on the join path"),
                                  parseRfc3339("2026-11-23T02:57:00Z")}),
        worldEntry(QStringLiteral("03:02:31"), me, IncidentRoleSet{IncidentRole::Commander, me, {}}),
        worldEntry(QStringLiteral("03:02:31"), own, pageState(IncidentPage::State::Triggered, {})),
        worldEntry(QStringLiteral("03:02:44"), me, pageState(IncidentPage::State::Acknowledged, me)),
        worldEntry(QStringLiteral("03:03:00"), own, changed(Kind::Rollout, QStringLiteral("Canary paused at 25 % by policy"), false)),
        worldEntry(QStringLiteral("03:03:40"), own, changed(Kind::Breaker, QStringLiteral("Breaker gc → mc closed to open, 52 % failed"), true)),
        worldEntry(QStringLiteral("03:04:00"), own, fired(QStringLiteral("GCHighLatency"), QStringLiteral("page"), QStringLiteral("03:04:00"))),
        worldEntry(QStringLiteral("03:04:10"), me, IncidentPhaseSet{IncidentPhase::Triage, {}}),
        worldEntry(QStringLiteral("03:05:00"), own, fired(QStringLiteral("MCGCHeartbeatWarning"), QStringLiteral("warning"), QStringLiteral("03:05:00"))),
        worldEntry(QStringLiteral("03:06:12"), me, ticked(QStringLiteral("Step 2 done: join endpoint, 503"))),
        namedEntry(QStringLiteral("note-503"), QStringLiteral("03:06:20"), me, IncidentNote{QStringLiteral("503 only on join, only with fast-join set.")}),
        worldEntry(QStringLiteral("03:07:00"), QStringLiteral("comms"), IncidentRoleSet{IncidentRole::Communications, QStringLiteral("comms"), {}}),
        worldEntry(QStringLiteral("03:08:15"), QStringLiteral("comms"),
                   IncidentMessage{QStringLiteral("#inc-42"), QStringLiteral("Joining meetings fails for some people."), 1, {}, QStringLiteral("1.1")}),
        worldEntry(QStringLiteral("03:09:00"), own, fired(QStringLiteral("GCErrorBudgetBurnRateCritical"), QStringLiteral("critical"), QStringLiteral("03:09:00"))),
        worldEntry(QStringLiteral("03:09:10"), own, changed(Kind::Breaker, QStringLiteral("Breaker gc → mc open to half-open"), false)),
        worldEntry(QStringLiteral("03:10:02"), me, ticked(QStringLiteral("Step 3 done: rollout and fast-join changed"))),
        worldEntry(QStringLiteral("03:10:05"), me, IncidentPhaseSet{IncidentPhase::Mitigation, {}}),
        worldEntry(QStringLiteral("03:12:05"), me, IncidentNote{QStringLiteral("Plan: roll back, then watch until proven before touching fast-join.")}),
        worldEntry(QStringLiteral("03:12:31"), own, changed(Kind::Breaker, QStringLiteral("Breaker gc → mc: trial call failed, 1 of 5"), false))};
}

PagingUpdate worldPaging()
{
    PagingUpdate update;
    update.source = SourceId(QStringLiteral("paging/pagerduty"));
    update.at = worldNow();
    Page page;
    page.id = QStringLiteral("PGC42");
    page.title = QStringLiteral("GCHighErrorRate");
    page.state = Page::State::Acknowledged;
    page.createdAt = *parseRfc3339("2026-11-23T03:02:00Z");
    page.assignees = {worldPerson, QStringLiteral("second")};
    page.acknowledgedBy = {worldPerson};
    page.acknowledgedAt = *parseRfc3339("2026-11-23T03:02:44Z");
    update.pages = std::make_shared<const std::vector<Page>>(std::vector<Page>{page});
    update.onCalls = std::make_shared<const std::vector<OnCall>>(std::vector<OnCall>{
        {worldPerson, QStringLiteral("U1"), QStringLiteral("gc primary"), QStringLiteral("gc"), QStringLiteral("P1"), 1, {}},
        {QStringLiteral("second"), QStringLiteral("U2"), QStringLiteral("gc secondary"), QStringLiteral("gc"), QStringLiteral("P1"), 2, {}}});
    return update;
}

std::shared_ptr<const Postmortem> worldPostmortem(const Incident &incident)
{
    auto draft = std::make_shared<Postmortem>();
    draft->name = incident.name();
    draft->title = incident.title;
    draft->level = incident.level;
    draft->status = QStringLiteral("draft, mitigation running");
    draft->summary = QStringLiteral("From 02:57 on, joining a meeting failed for about 2 in 100 people.");
    draft->impact = QStringLiteral("1.7 % of requests for 10 m, 9 800 so far");
    draft->detectedBy = QStringLiteral("GCHighErrorRate, 4 m after the 25 % step");
    draft->trigger = QStringLiteral("canary 1.43.0 at 25 % with fast-join on");
    draft->timeline = {{*parseRfc3339("2026-11-23T03:02:00Z"), QStringLiteral("GCHighErrorRate fired"), QStringLiteral("Alertmanager"), true}};
    draft->figures = figuresOf(incident, worldNow(), {});
    draft->contributing = {QStringLiteral("Suggested: the flag fast-join was turned on at 02:55")};
    draft->suggestedItems = {QStringLiteral("The cluster does not enforce the policy: export it"),
                             QStringLiteral("Do not flip a flag during a canary step")};
    return draft;
}

} // namespace

IncidentEntry namedEntry(const QString &id, const QString &time, const QString &actor, IncidentBody body)
{
    IncidentEntry entry;
    entry.id = EntryId(id);
    entry.incident = worldHead().id;
    entry.at = *parseRfc3339((QStringLiteral("2026-11-23T") + time + u'Z').toStdString());
    entry.recordedAt = entry.at;
    entry.actor = actor;
    entry.origin = actor == worldCockpit ? QStringLiteral("Alertmanager eu") : QStringLiteral("window");
    entry.body = std::move(body);
    return entry;
}

IncidentEntry worldEntry(const QString &time, const QString &actor, IncidentBody body)
{
    const QString id = time + u'/' + actor + u'/' + wireName(body);
    return namedEntry(id, time, actor, std::move(body));
}

IncidentPtr worldIncident(std::vector<IncidentEntry> extra)
{
    std::vector<IncidentEntry> entries = worldEntries();
    entries.insert(entries.end(), extra.begin(), extra.end());
    const Result<Incident> folded = foldIncident(worldHead(), std::move(entries));
    return folded ? std::make_shared<const Incident>(*folded) : nullptr;
}

IncidentPtr longIncident(int count)
{
    std::vector<IncidentEntry> entries = worldEntries();
    const Instant begin = *parseRfc3339("2026-11-23T03:13:00Z");
    for (int number = 0; number < count; ++number) {
        IncidentEntry entry = namedEntry(QStringLiteral("long-%1").arg(number, 6, 10, QLatin1Char('0')), QStringLiteral("03:13:00"), worldPerson,
                                         number % 3 == 0 ? IncidentBody(IncidentNote{QStringLiteral("Note %1 on what is seen").arg(number)})
                                         : number % 3 == 1
                                             ? IncidentBody(changed(IncidentChange::Kind::Breaker, QStringLiteral("Breaker %1 opened").arg(number), true))
                                             : IncidentBody(ticked(QStringLiteral("Step %1 done").arg(number))));
        entry.at = entry.recordedAt = begin + std::chrono::seconds(number);
        entries.push_back(std::move(entry));
    }
    const Result<Incident> folded = foldIncident(worldHead(), std::move(entries));
    return folded ? std::make_shared<const Incident>(*folded) : nullptr;
}

void fillIncident(PagesWorld &world, const IncidentPtr &incident)
{
    world.incidents.setPerson(worldPerson);
    ArchiveCondition live;
    live.state = ArchiveCondition::State::Live;
    live.place = QStringLiteral("this laptop");
    world.incidents.setArchive(live);
    world.incidents.setConfigured(true, true, QStringLiteral("#inc-42"), {});
    world.incidents.setPaging(worldPaging());
    world.incidents.setScene({}, {}, QStringLiteral("gc"));
    if (!incident)
        return;
    world.incidents.setIncidents({incident});
    world.incidents.setPostmortem(incident->head.id, worldPostmortem(*incident));
    world.incidents.setStatusDraft(
        QStringLiteral("Joining meetings fails for about 2 in 100 people. The cause is thought to be the new gc-service version. "
                       "We are rolling it back now. Meetings in progress are not affected. Next update 03:28."),
        worldNow() - std::chrono::seconds(12));
}

} // namespace cockpit
