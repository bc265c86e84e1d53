// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cockpit/incident_world.h"

using namespace cockpit;
using cockpit::testing::IncidentWorld;
using cockpit::testing::SharedIncidents;
using cockpit::testing::firingAlert;
using namespace std::chrono_literals;

namespace {

constexpr int longest = 20'000; // ms: a bound, not a pace

ActionRecord abortOf(const IncidentWorld &world)
{
    ActionRecord record;
    record.request.id = ActionId(QStringLiteral("0190a000-0000-7000-8000-000000000001"));
    record.request.environment = QStringLiteral("prod");
    record.request.target = QStringLiteral("rollout/gc-service");
    record.request.service = ServiceId(QStringLiteral("gc-service"));
    record.request.intent = AbortRollout{};
    record.request.actor = QStringLiteral("alice");
    record.request.requestedAt = world.clock.at;
    record.plan.title = QStringLiteral("Roll gc-service back to 1.42.3");
    record.state = ActionState::Succeeded;
    record.message = QStringLiteral("proven, 0.1 % of requests fail");
    record.updatedAt = world.clock.at;
    for (const ActionState state : {ActionState::Planned, ActionState::Armed, ActionState::Executing,
                                    ActionState::Verifying, ActionState::Succeeded})
        record.steps.append({.text = toWireName(state), .state = state, .at = world.clock.at});
    return record;
}

} // namespace

/// From a page to the end of an incident, between archive and screen.
class IncidentServiceTest : public QObject {
    Q_OBJECT

    static void opened(IncidentWorld &world)
    {
        world.start();
        world.fire(4min);
        QTRY_VERIFY_WITH_TIMEOUT(world.service->book().isRead(), longest);
        world.declare();
        QTRY_VERIFY_WITH_TIMEOUT(world.only() != nullptr, longest);
    }

private Q_SLOTS:
    void declaringFromAnAlertAsksForNothing()
    {
        IncidentWorld world(std::make_shared<SharedIncidents>());
        QSignalSpy shown(&world.requests, &Requests::incidentRequested);
        opened(world);
        const IncidentPtr incident = world.only();
        QCOMPARE(incident->head.name(), QStringLiteral("INC-1"));
        QCOMPARE(incident->service, ServiceId(QStringLiteral("gc-service")));
        QCOMPARE(incident->alerts.size(), size_t(1));
        QCOMPARE(incident->impactStarted, std::optional<Instant>(world.clock.at - 4min));
        QCOMPARE(incident->roles.value(IncidentRole::Commander).person, QStringLiteral("alice"));
        QVERIFY(!incident->title.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, longest);
        QVERIFY2(world.noticed.join(u' ').contains(QStringLiteral("nobody was paged")), "no paging is configured");
    }

    void twoCockpitsThatDeclareAtOnceMakeOneIncident()
    {
        const auto shared = std::make_shared<SharedIncidents>();
        IncidentWorld alice(shared);
        IncidentWorld bob(shared, QStringLiteral("bob"));
        for (IncidentWorld *world : {&alice, &bob}) {
            world->start();
            world->fire(4min);
            QTRY_VERIFY_WITH_TIMEOUT(world->service->book().isRead(), longest);
        }
        bob.clock.at += 3ms;
        alice.declare();
        bob.declare();
        QTRY_VERIFY_WITH_TIMEOUT(
            alice.only() && bob.only() && alice.service->book().isIdle() && bob.service->book().isIdle(), longest);
        QCOMPARE(shared->heads.size(), 1);
        QCOMPARE(alice.count<IncidentOpened>(), 1);
        QCOMPARE(alice.count<IncidentRoleSet>(), 1);
        QCOMPARE(alice.count<IncidentAlert>(), 1);
        QCOMPARE(*alice.only(), *bob.only());
    }

    void aSecondWishJoinsTheOpenOne()
    {
        IncidentWorld world(std::make_shared<SharedIncidents>());
        opened(world);
        world.clock.at += 1min;
        world.noticed.clear();
        world.declare();
        QTRY_VERIFY_WITH_TIMEOUT(world.noticed.join(u' ').contains(QStringLiteral("joined it")), longest);
        QVERIFY(world.only());
    }

    void theTimelineWritesItselfOnce()
    {
        const auto shared = std::make_shared<SharedIncidents>();
        IncidentWorld world(shared);
        opened(world);
        world.clock.at += 1min;
        const ActionRecord record = abortOf(world);
        bool kept = false;
        world.journal.ask<Done>([record](Store &store) { return store.journal().writeAction(record); },
                                [&kept](const Result<Done> &written) { kept = written.has_value(); });
        QTRY_VERIFY_WITH_TIMEOUT(kept, longest);
        world.service->observe(record);
        QTRY_COMPARE_WITH_TIMEOUT(world.count<IncidentAction>(), 2, longest); // its confirmation and its end
        world.clock.at += 2min;
        world.resolve(world.clock.at - 10s);
        QTRY_COMPARE_WITH_TIMEOUT(world.count<IncidentAlert>(), 2, longest);
        QCOMPARE(world.only()->alerts.front().endedAt, std::optional<Instant>(world.clock.at - 10s));

        // The same again, and in another cockpit that comes later: nothing is told twice.
        const size_t length = world.only()->timeline.size();
        bool caughtUp = false;
        world.service->recorder().catchUp([&caughtUp] { caughtUp = true; });
        QTRY_VERIFY_WITH_TIMEOUT(caughtUp, longest);
        IncidentWorld late(shared, QStringLiteral("bob"));
        late.clock.at = world.clock.at;
        late.fleet = world.fleet;
        late.start();
        QTRY_VERIFY_WITH_TIMEOUT(late.only() != nullptr, longest);
        caughtUp = false;
        late.service->recorder().catchUp([&caughtUp] { caughtUp = true; });
        QTRY_VERIFY_WITH_TIMEOUT(caughtUp, longest);
        QCOMPARE(late.only()->timeline.size(), length);
        QCOMPARE(world.only()->timeline.size(), length);
    }

    void anAlertThatEndedWhileNoCockpitRanEndsAtItsTrueTime()
    {
        const auto shared = std::make_shared<SharedIncidents>();
        Instant declaredAt;
        {
            IncidentWorld before(shared);
            opened(before);
            declaredAt = before.clock.at;
        }
        IncidentWorld later(shared);
        later.clock.at = declaredAt + 2h;
        later.fire(0s);
        Alert past = firingAlert(declaredAt - 4min + 20s);
        past.key.fingerprint = QStringLiteral("without external labels");
        past.state = AlertState::Resolved;
        past.fromRules = true;
        past.resolvedAt = declaredAt + 9min;
        Alert other = past; // another instance that ended later
        other.key.fingerprint = QStringLiteral("other");
        other.startsAt = declaredAt + 20min;
        other.resolvedAt = declaredAt + 50min;
        later.fleet->alerts = {other, past};
        later.fleet->services = {{.id = ServiceId(QStringLiteral("gc-service"))}};
        later.fleet->services.front().healthy.verdict = Evidence::Verdict::Good;
        later.start();
        QTRY_VERIFY_WITH_TIMEOUT(later.only() && later.only()->alerts.front().endedAt, longest);
        QCOMPARE(*later.only()->alerts.front().endedAt, declaredAt + 9min);
        // It proves the recovery for the time before this process ran.
        QCOMPARE(later.service->watch().provenSince(*later.only()), std::optional<Instant>(declaredAt + 9min));
    }

    void aPageIsToldAtTheTimesOfItsService()
    {
        const Instant start = fromEpochMs(1'795'400'000'000);
        Page page{.id = QStringLiteral("P1"), .state = Page::State::Resolved, .createdAt = start, .escalationLevel = 2};
        page.assignedAt = start + 5min;
        page.resolvedAt = start + 20min;
        const auto facts = [&] { return pageFacts(IncidentId(QStringLiteral("i")), pagingSourceId(), page, start + 1h); };
        QCOMPARE(facts().size(), size_t(3));
        QCOMPARE(facts().at(1).at, start + 5min);
        QCOMPARE(facts().at(2).at, start + 20min);
        QCOMPARE(facts().at(2).recordedAt, start + 1h);
        const EntryId id = facts().at(2).id;
        page.resolvedAt.reset(); // nobody tells: the moment that it was seen
        QCOMPARE(facts().at(2).at, start + 1h);
        QCOMPARE(facts().at(2).id, id);
        page.resolvedAt = start + 2h; // a clock that is ahead of ours
        QCOMPARE(facts().at(2).at, start + 1h);
    }

    void anAlertThatFiresUnderAnotherKeyHasNotEnded()
    {
        Fleet fleet;
        fleet.alertsKnown = true;
        const Instant start = fromEpochMs(1'795'400'000'000);
        const Alert firing = firingAlert(start);
        AttachedAlert attached{.key = firing.key, .name = firing.name, .service = firing.service, .startsAt = start};
        Alert past = firing;
        past.key.fingerprint = QStringLiteral("f2");
        past.state = AlertState::Resolved;
        past.fromRules = true;
        past.resolvedAt = start + 5min;
        fleet.alerts = {past};
        QCOMPARE(endedUnseen(fleet, attached), std::optional<Instant>(start + 5min));
        QVERIFY(!isUnaccounted(fleet, attached));
        fleet.alertsKnown = false; // no Alertmanager answers: it may fire still
        QVERIFY(!endedUnseen(fleet, attached));
        fleet.alertsKnown = true;
        Alert fromRules = firing;
        fromRules.key.fingerprint = QStringLiteral("f3");
        fleet.alerts = {past, fromRules};
        QVERIFY(!endedUnseen(fleet, attached));
        fleet.alerts.front().startsAt = start - 10min; // an older one of the same name
        fleet.alerts.pop_back();
        QVERIFY(!endedUnseen(fleet, attached));
        QVERIFY(isUnaccounted(fleet, attached));
    }

    void aBreakerThatTwoCockpitsSawIsOneFact()
    {
        IncidentWorld world(std::make_shared<SharedIncidents>());
        opened(world);
        Breaker breaker;
        breaker.key = {SourceId(QStringLiteral("breakers/gc")), ServiceId(QStringLiteral("gc-service")),
                       QStringLiteral("redis")};
        breaker.to = QStringLiteral("redis");
        breaker.transitions = {{.at = world.clock.at - 30s,
                                .from = BreakerState::Closed,
                                .to = BreakerState::Open,
                                .words = QStringLiteral("52 % failed")}};
        const auto show = [&](Instant at) {
            breaker.transitions.first().at = at;
            world.breakers.apply(BreakersUpdate{.source = breaker.key.source,
                                                .at = world.clock.at,
                                                .breakers = std::make_shared<const std::vector<BreakerPtr>>(
                                                    std::vector<BreakerPtr>{std::make_shared<const Breaker>(breaker)}),
                                                .podsAsked = 1,
                                                .podsAnswered = 1});
        };
        show(world.clock.at - 30s);
        QTRY_COMPARE_WITH_TIMEOUT(world.count<IncidentChange>(), 1, longest);
        show(world.clock.at - 15s); // as another cockpit's poll saw it
        bool caughtUp = false;
        world.service->recorder().catchUp([&caughtUp] { caughtUp = true; });
        QTRY_VERIFY_WITH_TIMEOUT(caughtUp, longest);
        QCOMPARE(world.count<IncidentChange>(), 1);
    }

    void whatAPersonWritesIsChecked()
    {
        IncidentWorld world(std::make_shared<SharedIncidents>());
        opened(world);
        QSignalSpy refused(&world.requests, &Requests::incidentRefused);
        const IncidentId id = world.only()->head.id;
        Q_EMIT world.requests.incidentEntryRequested(id, IncidentNote{QStringLiteral("  ")});
        Q_EMIT world.requests.incidentEntryRequested(
            id, IncidentFieldSet{IncidentField::ImpactStarted, QStringLiteral("yesterday"), {}});
        Q_EMIT world.requests.incidentEntryRequested(
            id, IncidentFieldSet{IncidentField::Tracker, QStringLiteral("javascript:alert(1)"), {}});
        Q_EMIT world.requests.incidentEntryRequested(
            id, IncidentAttachment{QStringLiteral("a.png"), QStringLiteral("image/png"),
                                   QByteArray(IncidentAttachment::kLargest + 1, 'x')});
        QCOMPARE(refused.size(), 4);
        Q_EMIT world.requests.incidentEntryRequested(id, IncidentNote{QString(1024 * 1024, u'x')});
        QTRY_COMPARE_WITH_TIMEOUT(world.count<IncidentNote>(), 1, longest);
        QCOMPARE(refused.size(), 4);
        for (const IncidentEntry &entry : world.only()->timeline) {
            if (const auto *note = std::get_if<IncidentNote>(&entry.body))
                QCOMPARE(note->text.size(), IncidentNote::kLongestNote);
        }
    }

    void anArchiveThatRefusesIsTold()
    {
        IncidentWorld world(std::make_shared<SharedIncidents>());
        opened(world);
        QSignalSpy refused(&world.requests, &Requests::incidentRefused);
        world.archive.refusal = Error{.kind = Error::Kind::Storage, .what = QStringLiteral("The disk is full.")};
        Q_EMIT world.requests.incidentEntryRequested(world.only()->head.id, IncidentNote{QStringLiteral("a word")});
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, longest);
        QVERIFY(refused.first().at(1).toString().contains(QStringLiteral("The disk is full.")));
        QVERIFY(world.service->book().isIdle());
    }

    void duplicatesAreMerged()
    {
        IncidentWorld world(std::make_shared<SharedIncidents>());
        opened(world);
        IncidentProposal other;
        other.title = QStringLiteral("Something else");
        Q_EMIT world.requests.incidentDeclareRequested(other);
        QTRY_COMPARE_WITH_TIMEOUT(world.store.incidents().size(), 2, longest);
        const IncidentPtr from = world.service->book().named(QStringLiteral("INC-2"));
        const IncidentPtr into = world.service->book().named(QStringLiteral("1"));
        QVERIFY(from && into);
        Q_EMIT world.requests.incidentMergeRequested(from->head.id, into->head.id);
        QTRY_COMPARE_WITH_TIMEOUT(world.store.incident(from->head.id)->phase, IncidentPhase::Merged, longest);
        QCOMPARE(world.store.incident(from->head.id)->mergedIntoName, QStringLiteral("INC-1"));
        QVERIFY(world.store.incident(into->head.id)->isOpen());
    }

    void aReminderIsToldByOneCockpitAndNeverByACommand()
    {
        const auto shared = std::make_shared<SharedIncidents>();
        IncidentWorld alice(shared);
        IncidentWorld bob(shared, QStringLiteral("bob"));
        opened(alice);
        bob.fleet = alice.fleet;
        bob.start();
        QTRY_VERIFY_WITH_TIMEOUT(bob.only() != nullptr, longest);
        for (IncidentWorld *world : {&alice, &bob}) {
            world->clock.at += 31min;
            world->service->tick(world->clock.at);
        }
        QVERIFY(shared->claimed.isEmpty()); // neither is a window
        alice.service->runOn();
        bob.service->runOn();
        const auto tellers = [&] {
            for (IncidentWorld *world : {&alice, &bob})
                world->service->tick(world->clock.at);
            return int(!alice.store.reminders().isEmpty()) + int(!bob.store.reminders().isEmpty());
        };
        QTRY_COMPARE_WITH_TIMEOUT(tellers(), 1, longest);
    }

    void aPageIsSentWhereNobodyIsPaged()
    {
        IncidentWorld world(std::make_shared<SharedIncidents>());
        world.store.setConfigured(true, false, {}, {});
        world.start();
        world.fire(4min);
        QTRY_VERIFY_WITH_TIMEOUT(world.service->book().isRead(), longest);
        world.declare();
        QTRY_COMPARE_WITH_TIMEOUT(world.planned.size(), 1, longest);
        const auto *page = std::get_if<TriggerPage>(&world.planned.first().intent);
        QVERIFY(page);
        QCOMPARE(page->dedupKey, world.only()->head.id.toString());
        QCOMPARE(page->level, world.only()->level);
        ActionRecord record{.request = world.planned.first(), .state = ActionState::Planned};
        world.actions.setRecord(record);
        QCOMPARE(world.confirmed, QList<ActionId>{record.request.id});
        record.state = ActionState::Succeeded;
        record.message = QStringLiteral("the page is open");
        world.actions.setRecord(record);
        QTRY_VERIFY_WITH_TIMEOUT(world.noticed.join(u' ').contains(QStringLiteral("the page is open")), longest);
    }
};

QTEST_GUILESS_MAIN(IncidentServiceTest)
#include "tst_incident_service.moc"
