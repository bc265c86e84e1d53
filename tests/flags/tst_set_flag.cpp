// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/flag/set_flag.h"

#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

class StillClock final : public Clock {
public:
    Instant now() const override { return *parseRfc3339("2026-11-23T03:10:00Z"); }
};

/// A flag service in memory with one flag.
class OneFlag final : public FlagCalls {
public:
    void read(const FlagKey &, FlagSource::Answer<FlagReading> done) override
    {
        ++reads;
        if (readError)
            return done(*readError);
        done(reading);
    }
    void set(const FlagSwitch &wish, FlagSource::Answer<Done> done) override
    {
        sent.append(wish);
        if (!setError || arrives) {
            reading.parsed.flag.states.front().enabled = wish.enabled;
            reading.events.insert(reading.events.begin(),
                                  FlagEvent{wish.flag, wish.environment, {}, wish.enabled, StillClock().now() + 1s,
                                            QStringLiteral("cockpit-operator")});
        }
        if (setError)
            return done(*setError);
        done(Done{});
    }

    FlagReading reading{};
    std::optional<Error> readError{};
    std::optional<Error> setError{};
    bool arrives = false; ///< it is done although the answer is an error
    QList<FlagSwitch> sent{};
    int reads = 0;
};

} // namespace

class SetFlagTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_calls = {};
        m_leases.clear();
        m_storeWorks = true;
        FeatureFlag &flag = m_calls.reading.parsed.flag;
        flag.key = {SourceId(QStringLiteral("flags/demo")), QStringLiteral("default"), QStringLiteral("fast-join")};
        flag.here = QStringLiteral("production");
        flag.service = ServiceId(QStringLiteral("gc-service"));
        flag.states = {FlagState{.environment = QStringLiteral("production"), .enabled = true, .gradual = QStringLiteral("25 %")}};
        m_calls.reading.parsed.enabledStrategies = 1;
        m_calls.reading.eventsKnown = true;
        m_calls.reading.ourNames = {QStringLiteral("cockpit-operator")};
        m_calls.reading.events = {FlagEvent{flag.key, flag.here, QStringLiteral("on"), true,
                                            *parseRfc3339("2026-11-23T02:55:00Z"), QStringLiteral("gc-owner")}};
        LeaseStore store;
        store.write = [this](const Lease &lease, std::function<void(Result<Done>)> done) {
            if (!m_storeWorks)
                return done(Error{Error::Kind::Storage, QStringLiteral("disk full")});
            m_leases.append(lease);
            done(Done{});
        };
        store.find = [this](const QString &, std::function<void(Result<std::optional<Lease>>)> done) {
            done(m_leases.isEmpty() ? std::optional<Lease>() : std::optional(m_leases.first()));
        };
        m_handler = std::make_unique<SetFlagHandler>(FlagActionParts{m_clock, m_calls, store, {}});
    }

    void thePlanSaysWhoHasItWhoSwitchedItAndWhenCallersSee()
    {
        const auto plan = planOf(off());
        QVERIFY(plan);
        QCOMPARE(plan->title, QStringLiteral("Turn fast-join off in production"));
        QVERIFY(plan->willChange.first().contains(QStringLiteral("25 %")));
        QVERIFY(plan->willChange.at(1).contains(QStringLiteral("15 s")));
        QVERIFY(plan->checks.at(1).text.contains(QStringLiteral("gc-owner at 02:55")));
        QVERIFY(plan->seriousChecks().isEmpty());
        QCOMPARE(std::get<SetFlag>(*plan->reverse).enabled, true);
    }

    void aFlagThatIsNotInThisEnvironmentIsRefused()
    {
        ActionRequest request = off();
        std::get<SetFlag>(request.intent).environment = QStringLiteral("staging");
        const auto plan = planOf(request);
        QVERIFY(!plan);
        QCOMPARE(plan.error().kind, Error::Kind::NotFound);
        QVERIFY(plan.error().what.contains(QStringLiteral("does not exist in staging")));
        QVERIFY(plan.error().next.contains(QStringLiteral("production")));
    }

    void aNameThatDoesNotExistIsRefusedAndNeverSent()
    {
        m_calls.readError = Error{Error::Kind::NotFound, QStringLiteral("no flag")};
        QVERIFY(!planOf(off()));
        QVERIFY(m_calls.sent.isEmpty());
    }

    void withoutAReasonItIsNotPlanned()
    {
        ActionRequest request = off();
        request.reason = QStringLiteral("  ");
        QCOMPARE(planOf(request).error().kind, Error::Kind::Invalid);
    }

    void whatIsSoAlreadyIsRefusedWithWhoDidIt()
    {
        m_calls.reading.parsed.flag.states.front().enabled = false;
        const auto plan = planOf(off());
        QCOMPARE(plan.error().kind, Error::Kind::Conflict);
        QVERIFY(plan.error().what.contains(QStringLiteral("already")));
        QVERIFY(plan.error().what.contains(QStringLiteral("gc-owner")));
    }

    void onWithoutEnabledStrategiesIsSerious()
    {
        m_calls.reading.parsed.flag.states.front().enabled = false;
        m_calls.reading.parsed.enabledStrategies = 0;
        m_calls.reading.parsed.disabledStrategies = 1;
        m_calls.reading.parsed.whenOn = QStringLiteral("5 %");
        ActionRequest request = off();
        std::get<SetFlag>(request.intent).enabled = true;
        const auto plan = planOf(request);
        QVERIFY(plan);
        QCOMPARE(plan->seriousChecks().size(), 1);
        QCOMPARE(plan->seriousChecks().first().id, QStringLiteral("strategies"));
        sendOf(request, *plan);
        QVERIFY(m_calls.sent.first().activateStrategies);
    }

    void anApprovalThatIsAskedForIsSerious()
    {
        m_calls.reading.parsed.flag.states.front().needsApproval = true;
        const auto plan = planOf(off());
        QCOMPARE(plan->seriousChecks().first().id, QStringLiteral("approval"));
        m_calls.setError = Error{Error::Kind::Forbidden, QStringLiteral("asks for a change request")};
        const auto event = sendOf(off(), *plan);
        QVERIFY(std::holds_alternative<ServerRefused>(event));
    }

    void itIsSentOnceReadBackAndProvenByTheLog()
    {
        const auto plan = planOf(off());
        QVERIFY(std::holds_alternative<ServerAccepted>(sendOf(off(), *plan)));
        QCOMPARE(m_calls.sent.size(), 1);
        QCOMPARE(m_calls.sent.first().comment, QStringLiteral("joins fail"));
        const auto proof = verifyOf(off());
        QVERIFY(std::holds_alternative<EffectProven>(proof));
        QVERIFY(std::get<EffectProven>(proof).words.contains(QStringLiteral("by cockpit-operator")));
    }

    void somebodyElseWasFasterAndNothingIsSent()
    {
        const auto plan = planOf(off());
        m_calls.reading.events.insert(m_calls.reading.events.begin(),
                                      FlagEvent{key(), QStringLiteral("production"), {}, true,
                                                *parseRfc3339("2026-11-23T03:09:59Z"), QStringLiteral("bob")});
        const auto event = sendOf(off(), *plan);
        QVERIFY(std::get<ServerRefused>(event).nothingSent);
        QVERIFY(std::get<ServerRefused>(event).error.what.contains(QStringLiteral("bob")));
        QVERIFY(m_calls.sent.isEmpty());
    }

    void anAnswerThatIsLostIsSettledByReading()
    {
        const auto plan = planOf(off());
        m_calls.setError = Error{Error::Kind::Timeout, QStringLiteral("no answer in 10 s")};
        QVERIFY(std::holds_alternative<OutcomeNotKnown>(sendOf(off(), *plan)));
        QVERIFY(std::holds_alternative<EffectNotProven>(settleOf(off()))); // it did not arrive
        m_calls.arrives = true;
        sendOf(off(), *plan);
        QVERIFY(std::holds_alternative<EffectProven>(settleOf(off())));
        m_calls.reading.events.front().who = QStringLiteral("bob");
        QVERIFY(std::holds_alternative<EffectNotProven>(settleOf(off()))); // off, but not by us
    }

    void anEndIsOnDiskBeforeAnythingLeaves()
    {
        ActionRequest request = off();
        std::get<SetFlag>(request.intent).endsAt = m_clock.now() + 15min;
        const auto plan = planOf(request);
        QVERIFY(plan);
        m_storeWorks = false;
        QVERIFY(std::get<ServerRefused>(sendOf(request, *plan)).nothingSent);
        QVERIFY(m_calls.sent.isEmpty());
        m_storeWorks = true;
        QVERIFY(std::holds_alternative<ServerAccepted>(sendOf(request, *plan)));
        QCOMPARE(m_leases.size(), 1);
        QCOMPARE(m_leases.first().newValue, QStringLiteral("off"));
        QCOMPARE(m_leases.first().endsAt, m_clock.now() + 15min);
    }

    void theEndPutsItBackUnlessSomebodyChangedIt()
    {
        ActionRequest request = off();
        std::get<SetFlag>(request.intent).endsAt = m_clock.now() + 15min;
        sendOf(request, *planOf(request));
        ActionRequest back = off();
        back.intent = SetFlag{key(), QStringLiteral("production"), true, {}, QStringLiteral("a1")};
        back.reason.clear(); // nobody is there to say one
        QVERIFY(planOf(back));
        sendOf(back, *planOf(back));
        QCOMPARE(m_calls.sent.size(), 2);
        QVERIFY(m_calls.sent.last().enabled);
    }

    void theEndLeavesWhatSomebodyElseSet()
    {
        ActionRequest request = off();
        std::get<SetFlag>(request.intent).endsAt = m_clock.now() + 15min;
        sendOf(request, *planOf(request));
        m_calls.reading.events.insert(m_calls.reading.events.begin(),
                                      FlagEvent{key(), QStringLiteral("production"), {}, false, m_clock.now() + 60s,
                                                QStringLiteral("bob")});
        ActionRequest back = off();
        back.intent = SetFlag{key(), QStringLiteral("production"), true, {}, QStringLiteral("a1")};
        const auto event = sendOf(back, *planOf(back));
        QCOMPARE(m_calls.sent.size(), 1);
        QVERIFY(std::get<ServerAccepted>(event).words.contains(QStringLiteral("bob")));
    }

private:
    static FlagKey key()
    {
        return {SourceId(QStringLiteral("flags/demo")), QStringLiteral("default"), QStringLiteral("fast-join")};
    }
    static ActionRequest off()
    {
        ActionRequest request;
        request.id = ActionId(QStringLiteral("a1"));
        request.environment = QStringLiteral("prod");
        request.intent = SetFlag{key(), QStringLiteral("production"), false, {}, {}};
        request.actor = QStringLiteral("alice");
        request.reason = QStringLiteral("joins fail");
        return request;
    }
    Result<ActionPlan> planOf(const ActionRequest &request)
    {
        Result<ActionPlan> result = Error{};
        m_handler->plan(request, [&](const Result<ActionPlan> &plan) { result = plan; });
        return result;
    }
    ActionEvent sendOf(const ActionRequest &request, const ActionPlan &plan)
    {
        ActionEvent event = CancelledByPerson{};
        m_handler->send(record(request, plan), [&](const ActionEvent &one) { event = one; });
        return event;
    }
    ActionEvent verifyOf(const ActionRequest &request)
    {
        ActionEvent event = CancelledByPerson{};
        m_handler->verify(record(request, {}), [&](const ActionEvent &one) { event = one; });
        return event;
    }
    ActionEvent settleOf(const ActionRequest &request)
    {
        ActionEvent event = CancelledByPerson{};
        m_handler->settle(record(request, {}), [&](const ActionEvent &one) { event = one; });
        return event;
    }
    static ActionRecord record(const ActionRequest &request, const ActionPlan &plan)
    {
        ActionRecord made;
        made.request = request;
        made.plan = plan;
        made.state = ActionState::Executing;
        return made;
    }

    StillClock m_clock;
    OneFlag m_calls;
    QList<Lease> m_leases;
    bool m_storeWorks = true;
    std::unique_ptr<SetFlagHandler> m_handler;
};

QTEST_GUILESS_MAIN(SetFlagTest)
#include "tst_set_flag.moc"
