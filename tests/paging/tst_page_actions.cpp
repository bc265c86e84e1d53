// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/paging/call_people.h"
#include "app/actions/paging/set_page_state.h"
#include "app/actions/paging/trigger_page.h"
#include "tests/support/fake_http_client.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;

namespace {

class PageNoon final : public Clock {
public:
    Instant now() const override { return *parseRfc3339("2026-11-23T03:10:00Z"); }
};

/// JSON with its quotes written as apostrophes.
std::string dutyQuoted(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

/// The real PagerDuty client on a transport that the test answers.
class DutyCalls final : public PagingCalls {
public:
    DutyCalls(HttpClient &client, const Clock &clock, bool token)
    {
        PagingParts parts{client, clock, [](const SourceUpdate &) {}, {}};
        parts.identity.name = parts.identity.backend = QStringLiteral("PagerDuty");
        const auto at = std::make_shared<Endpoint>(Endpoint{.url = QStringLiteral("http://pd")});
        m_source = makePagerDutySource(std::move(parts), {.rest = token ? at : nullptr,
                                                          .events = at,
                                                          .routingKey = "secret-key",
                                                          .from = QStringLiteral("oncall@example.org")});
    }
    PagingAbilities abilities() const override { return m_source->abilities(); }
    QString name() const override { return QStringLiteral("PagerDuty"); }
    QString user() const override { return {}; }
    void read(const PageName &page, PagingSource::Answer<PageReading> done) override { m_source->read(page, done); }
    void trigger(const TriggerPage &wish, PagingSource::Answer<QString> done) override { m_source->trigger(wish, done); }
    void setState(const PageName &page, Page::State state, PagingSource::Answer<QString> done) override
    {
        m_source->setState(page, state, done);
    }
    void escalate(const QString &page, int level, PagingSource::Answer<QString> done) override
    {
        m_source->escalate(page, level, done);
    }
    void addResponders(const QString &page, const QStringList &people, const QString &message,
                       PagingSource::Answer<QString> done) override
    {
        m_source->addResponders(page, people, message, done);
    }

private:
    std::unique_ptr<PagingSource> m_source;
};

const char *const tooMany = "{'error':{'message':'Rate Limit Exceeded','code':2020}}";
const char *const queued = "{'status':'success','message':'Event processed','dedup_key':'k1'}";
const char *const nobody = "{'oncalls':[],'more':false}";

std::string dutyIncident(const char *status)
{
    return std::string("{'id':'A','incident_number':12,'title':'GCHighErrorRate','status':'") + status +
           "','incident_key':'k1','created_at':'2026-11-23T03:05:00Z',"
           "'assignments':[{'assignee':{'id':'U1','summary':'primary'}}],'escalation_policy':{'id':'P'}}";
}

ActionRecord recordOf(ActionIntent intent)
{
    ActionRecord record;
    record.request.id = ActionId(QStringLiteral("id-1"));
    record.request.intent = std::move(intent);
    return record;
}

ActionRecord pageRecord()
{
    return recordOf(TriggerPage{.dedupKey = QStringLiteral("k1"), .summary = QStringLiteral("gc is slow"), .level = Priority::P2});
}

} // namespace

/// What becomes of an action on a page where PagerDuty limits, or takes a request and drops it.
class PageActionsTest : public QObject {
    Q_OBJECT

    /// A handler, what it reported, and the transport below it.
    template <typename Handler> struct Bench {
        template <typename... More>
        explicit Bench(bool token, More... more)
            : calls(http, clock, token)
            , handler(PageActionParts{clock, calls, [this](std::chrono::milliseconds, const std::function<void()> &call) {
                                          waiting.push_back(call);
                                      }},
                      more...)
        {}
        void send(const ActionRecord &record)
        {
            handler.send(record, [this](const ActionEvent &event) { events.push_back(event); });
        }
        void verify(const ActionRecord &record)
        {
            handler.verify(record, [this](const ActionEvent &event) { events.push_back(event); });
        }
        void answer(const char *path, int status, const std::string &body)
        {
            const auto sent = http.openWithPath(QString::fromLatin1(path));
            QVERIFY2(sent.id != 0, path);
            http.answer(sent.id, status, dutyQuoted(body));
        }
        template <typename Event> Event last() const
        {
            const auto *event = events.empty() ? nullptr : std::get_if<Event>(&events.back());
            return event ? *event : Event{};
        }
        FakeHttpClient http{};
        PageNoon clock{};
        DutyCalls calls;
        std::vector<std::function<void()>> waiting{};
        std::vector<ActionEvent> events{};
        Handler handler;
    };

private Q_SLOTS:
    void a429IsARefusalAndNothingWasSent()
    {
        Bench<TriggerPageHandler> trigger(true);
        trigger.send(pageRecord());
        trigger.answer("/v2/enqueue", 429, tooMany);
        const Error error = trigger.last<ServerRefused>().error;
        QCOMPARE(error.kind, Error::Kind::RateLimited);
        QVERIFY2(error.what.contains(QStringLiteral("Rate Limit Exceeded")), qPrintable(error.text()));
        QVERIFY(!error.text().contains(QStringLiteral("secret-key")));
        QCOMPARE(trigger.http.sent().size(), size_t(1)); // the handler sends once

        Bench<SetPageStateHandler> acknowledge(true, Page::State::Acknowledged);
        acknowledge.send(recordOf(AcknowledgePage{.page = QStringLiteral("A")}));
        acknowledge.answer("/incidents/A", 429, tooMany);
        QCOMPARE(acknowledge.last<ServerRefused>().error.kind, Error::Kind::RateLimited);

        Bench<EscalatePageHandler> escalate(true);
        escalate.send(recordOf(EscalatePage{.page = QStringLiteral("A"), .level = 2}));
        escalate.answer("/incidents/A", 429, tooMany);
        QCOMPARE(escalate.last<ServerRefused>().error.kind, Error::Kind::RateLimited);

        Bench<AddRespondersHandler> call(true);
        call.send(recordOf(AddResponders{.page = QStringLiteral("A"), .people = {QStringLiteral("U2")}}));
        call.answer("/users", 429, tooMany);
        QVERIFY(call.last<ServerRefused>().error.text().contains(QStringLiteral("Nobody was called.")));
    }

    void aPlanSaysThatTheServiceLimits()
    {
        Bench<SetPageStateHandler> resolve(true, Page::State::Resolved);
        std::optional<Result<ActionPlan>> plan;
        resolve.handler.plan(recordOf(ResolvePage{.page = QStringLiteral("A")}).request,
                             [&](const Result<ActionPlan> &made) { plan = made; });
        resolve.answer("/incidents/A", 429, tooMany);
        QVERIFY(plan && !*plan);
        QCOMPARE(plan->error().kind, Error::Kind::RateLimited);
    }

    void anEventThatWasTakenAndDroppedIsNotProven()
    {
        Bench<TriggerPageHandler> trigger(true);
        trigger.send(pageRecord());
        trigger.answer("/v2/enqueue", 202, queued);
        QVERIFY(std::holds_alternative<ServerAccepted>(trigger.events.back()));
        trigger.verify(pageRecord());
        trigger.answer("/incidents", 200, "{'incidents':[],'more':false}");
        trigger.answer("/oncalls", 200, nobody);
        QCOMPARE(trigger.last<EffectNotProven>().error.kind, Error::Kind::NotFound);
        QVERIFY(trigger.last<EffectNotProven>().error.text().contains(QStringLiteral("Nobody may have been paged.")));

        // An acknowledgement of what PagerDuty does not know is answered 202 too.
        Bench<SetPageStateHandler> acknowledge(true, Page::State::Acknowledged);
        const ActionRecord wish = recordOf(AcknowledgePage{.dedupKey = QStringLiteral("k1")});
        acknowledge.send(wish);
        acknowledge.answer("/v2/enqueue", 202, queued);
        acknowledge.verify(wish);
        acknowledge.answer("/incidents", 200, "{'incidents':[" + dutyIncident("triggered") + "],'more':false}");
        acknowledge.answer("/oncalls", 200, nobody);
        QCOMPARE(acknowledge.last<EffectNotProven>().error.kind, Error::Kind::Conflict);
        QVERIFY(acknowledge.last<EffectNotProven>().error.text().contains(QStringLiteral("was dropped")));
    }

    void whatIsAcceptedAndNotDoneIsNotProven()
    {
        Bench<EscalatePageHandler> escalate(true);
        ActionRecord wish = recordOf(EscalatePage{.page = QStringLiteral("A"), .level = 2});
        wish.plan.precondition = QStringLiteral("2");
        escalate.send(wish);
        escalate.answer("/incidents/A", 200, "{'incident':" + dutyIncident("triggered") + "}");
        escalate.verify(wish);
        escalate.answer("/incidents/A", 200, "{'incident':" + dutyIncident("triggered") + "}");
        escalate.answer("/oncalls", 200, nobody);
        QVERIFY(escalate.last<EffectNotProven>().error.text().contains(QStringLiteral("level 2 were not paged")));

        Bench<AddRespondersHandler> call(true);
        const ActionRecord both =
            recordOf(AddResponders{.page = QStringLiteral("A"), .people = {QStringLiteral("U2")}, .names = {QStringLiteral("second")}});
        call.send(both);
        call.answer("/users", 200, "{'users':[{'id':'U9','email':'oncall@example.org'}]}");
        call.answer("/incidents/A/responder_requests", 200, "{}");
        call.verify(both);
        call.answer("/incidents/A", 200, "{'incident':" + dutyIncident("triggered") + "}");
        call.answer("/oncalls", 200, nobody);
        QVERIFY(call.last<EffectNotProven>().error.text().contains(QStringLiteral("second")));
    }

    void aProofThatIsLimitedStaysOpen()
    {
        Bench<TriggerPageHandler> trigger(true);
        trigger.verify(pageRecord());
        trigger.answer("/incidents", 429, tooMany);
        const auto open = trigger.last<OutcomeNotKnown>();
        QCOMPARE(open.error.kind, Error::Kind::RateLimited);
        QVERIFY(!open.forGood); // it is read again
    }

    void withoutATokenAnAcceptedEventIsNeverCalledProven()
    {
        Bench<TriggerPageHandler> trigger(false);
        trigger.send(pageRecord());
        trigger.answer("/v2/enqueue", 202, queued);
        trigger.verify(pageRecord());
        QVERIFY(trigger.last<OutcomeNotKnown>().forGood);
        QVERIFY(trigger.last<OutcomeNotKnown>().error.text().contains(QStringLiteral("may have dropped it")));
    }

    void aSecondaryWhoCouldNotBeCalledIsTold()
    {
        Bench<TriggerPageHandler> trigger(true);
        ActionRecord wish = recordOf(
            TriggerPage{.dedupKey = QStringLiteral("k1"), .summary = QStringLiteral("gc is down"), .level = Priority::P1});
        trigger.send(wish);
        trigger.answer("/v2/enqueue", 202, queued);
        trigger.answer("/incidents", 200, "{'incidents':[" + dutyIncident("triggered") + "],'more':false}");
        trigger.answer("/oncalls", 200,
                       "{'oncalls':[{'user':{'id':'U2','summary':'second'},'escalation_policy':{'id':'P'},"
                       "'escalation_level':2}],'more':false}");
        trigger.answer("/users", 429, tooMany);
        const auto taken = trigger.last<ServerAccepted>();
        QVERIFY2(taken.words.contains(QStringLiteral("The secondary was not called")), qPrintable(taken.words));
    }
};

QTEST_GUILESS_MAIN(PageActionsTest)
#include "tst_page_actions.moc"
