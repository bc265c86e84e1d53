// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/opsgenie_json.h"
#include "app/formats/pagerduty_json.h"
#include "app/paging/slack_calls.h"
#include "tests/support/fake_http_client.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;

namespace {

class PagingNoon final : public Clock {
public:
    Instant now() const override { return *parseRfc3339("2026-11-23T03:10:00Z"); }
};

/// JSON with its quotes written as apostrophes.
std::string quoted(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

std::string incident(const std::string &id, const std::string &status)
{
    return "{'id':'" + id + "','incident_number':12,'title':'[FIRING:1] GCHighErrorRate gc-service','status':'" + status +
           "','incident_key':'k1','urgency':'high','created_at':'2026-11-23T03:05:00Z','service':{'id':'S','summary':'gc-service'},"
           "'assignments':[{'assignee':{'id':'U1','summary':'primary'}}],'escalation_policy':{'id':'P'},"
           "'pending_actions':[{'type':'escalate','at':'2026-11-23T03:15:00Z'}]}";
}

} // namespace

class PagingSourcesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_updates.clear();
        m_http = std::make_unique<FakeHttpClient>();
    }

    void pagesAreReadAsLongAsThereAreMore()
    {
        const auto source = pagerDuty(true);
        source->poll(HttpLane::Poll);
        // Open pages, pages that ended, people on call; the first goes on while `more`.
        answer("/incidents", 200, "{'incidents':[" + incident("A", "triggered") + "],'more':true}");
        answer("/incidents", 200, "{'incidents':[],'more':false}");
        answer("/oncalls", 200,
               "{'oncalls':[{'user':{'id':'U1','summary':'primary'},'schedule':null,'escalation_policy':{'id':'P'},"
               "'escalation_level':1,'end':null}],'more':false}");
        QVERIFY(m_updates.empty());
        answer("/incidents", 200, "{'incidents':[" + incident("B", "acknowledged") + "],'more':false}");
        const PagingUpdate update = std::get<PagingUpdate>(m_updates.at(0));
        QCOMPARE(update.pages->size(), size_t(2));
        QCOMPARE(update.pages->front().escalationLevel, 1);
        QCOMPARE(update.pages->front().service, QStringLiteral("gc-service"));
        QVERIFY(update.pages->front().escalatesAt.has_value());
        QVERIFY(!update.isPartial);
    }

    void whatTheServerRefusesIsToldInItsWords()
    {
        const auto source = pagerDuty(true);
        std::optional<Result<QString>> result;
        source->trigger(TriggerPage{.dedupKey = QStringLiteral("k1"), .summary = QStringLiteral("x")},
                        [&](Result<QString> answered) { result = std::move(answered); });
        const auto sent = m_http->openWithPath(QStringLiteral("/v2/enqueue"));
        QVERIFY(sent.request.body.contains("\"dedup_key\":\"k1\""));
        QVERIFY(sent.request.idempotent); // the key makes the second one the same page
        answer("/v2/enqueue", 400, "{'status':'invalid event','message':'Event object is invalid','errors':['summary is blank']}");
        QCOMPARE(result->error().kind, Error::Kind::Rejected);
        QVERIFY(result->error().what.contains(QStringLiteral("summary is blank")));
        QVERIFY(!result->error().text().contains(QStringLiteral("secret-key")));
    }

    void aPageIsFoundByItsKey()
    {
        const auto source = pagerDuty(true);
        std::optional<Result<PageReading>> result;
        source->read({{}, QStringLiteral("k1")}, [&](Result<PageReading> read) { result = std::move(read); });
        answer("/incidents", 200, "{'incidents':[" + incident("A", "triggered") + "],'more':false}");
        answer("/oncalls", 500, "{}");
        QCOMPARE(result->value().page->id, QStringLiteral("A"));
        QVERIFY(result->value().onCalls.empty());
    }

    void withoutATokenNothingCanBeRead()
    {
        const auto source = pagerDuty(false);
        QVERIFY(!source->abilities().reads);
        bool refused = false;
        source->read({QStringLiteral("A"), {}}, [&](const Result<PageReading> &read) { refused = !read; });
        QVERIFY(refused && m_http->sent().empty());
    }

    void aTemplateIsFilledInsideOfJsonStrings()
    {
        TriggerPage wish{.dedupKey = QStringLiteral("{summary}"), .summary = QStringLiteral("say \"hi\"\n\\")};
        const QByteArray body = filledPagingTemplate(QStringLiteral("{\"k\":\"{dedupKey}\",\"t\":\"{summary}\",\"a\":\"{action}\"}"),
                                                     QStringLiteral("trigger"), wish);
        QCOMPARE(body, QByteArray("{\"k\":\"{summary}\",\"t\":\"say \\\"hi\\\"\\u000a\\\\\",\"a\":\"trigger\"}"));
    }

    void nothingInAMessageIsAMention()
    {
        QCOMPARE(slackText(QStringLiteral("<!here> a & b")), QStringLiteral("&lt;!here&gt; a &amp; b"));
        const QByteArray body = slackMessage(QStringLiteral("C1"), QStringLiteral("@channel"), {}, QStringLiteral("id"));
        QVERIFY(body.contains("\"link_names\":false") && body.contains("\"parse\":\"none\""));
    }

    void slackSaysNoWith200()
    {
        QCOMPARE(posted(200, "{'ok':false,'error':'channel_not_found'}").kind, PostOutcome::Kind::Refused);
        QCOMPARE(posted(200, "{'ok':false,'error':'ratelimited'}").kind, PostOutcome::Kind::Waits);
        QCOMPARE(posted(503, "oops").kind, PostOutcome::Kind::NotKnown);
        QCOMPARE(posted(200, "{'ok':true,'channel':'C1','ts':'1.2'}").ts, QStringLiteral("1.2"));
        const PostOutcome limited = posted(429, "{}", {{"Retry-After", "7"}});
        QCOMPARE(limited.kind, PostOutcome::Kind::Waits);
        QCOMPARE(limited.wait, std::chrono::milliseconds(7000));
    }

    void aPageCarriesTheTimesOfItsService()
    {
        std::string text = incident("A", "resolved");
        text.replace(text.find("{'assignee'"), 1, "{'at':'2026-11-23T03:10:05Z',");
        text.pop_back();
        const std::string changed = ",'last_status_change_at':'2026-11-23T03:20:07Z'";
        const Page changedPage = parsePagerDutyIncident(quoted("{'incident':" + text + changed + "}}"))->page;
        QCOMPARE(changedPage.assignedAt, parseRfc3339("2026-11-23T03:10:05Z"));
        QCOMPARE(changedPage.resolvedAt, parseRfc3339("2026-11-23T03:20:07Z"));
        const std::string resolved = ",'resolved_at':'2026-11-23T03:20:06Z'";
        QCOMPARE(parsePagerDutyIncident(quoted("{'incident':" + text + changed + resolved + "}}"))->page.resolvedAt,
                 parseRfc3339("2026-11-23T03:20:06Z"));
        // One that is open has no end, and one that does not tell has none either.
        const Page open = parsePagerDutyIncident(quoted("{'incident':" + incident("B", "triggered") + "}"))->page;
        QVERIFY(!open.resolvedAt && !open.assignedAt);
        const auto alerts = parseOpsgenieAlerts(quoted(
            "{'data':[{'id':'x','message':'m','status':'closed','createdAt':'2026-11-23T03:00:00Z',"
            "'report':{'ackTime':15702,'closeTime':60500}}],'paging':{}}"));
        QVERIFY(alerts);
        QCOMPARE(alerts->pages.front().resolvedAt, parseRfc3339("2026-11-23T03:01:00.5Z"));
    }

    void opsgenieAlertsArePages()
    {
        const auto list = parseOpsgenieAlerts(quoted(
            "{'data':[{'id':'x','tinyId':'7','message':'m','status':'open','acknowledged':true,'alias':'k','priority':'P1'}],"
            "'paging':{'next':'more'}}"));
        QVERIFY(list && list->more);
        QCOMPARE(list->pages.front().state, Page::State::Acknowledged);
        QCOMPARE(list->pages.front().number, qint64(7));
        QVERIFY(!parseOpsgenieAlerts("<html>"));
    }

    void thePageOfAnAlertIsFoundByName()
    {
        const Page page = parsePagerDutyIncident(quoted("{'incident':" + incident("A", "triggered") + "}"))->page;
        const std::vector<Page> pages{page};
        QVERIFY(pageOfAlert(pages, QStringLiteral("GCHighErrorRate"), QStringLiteral("gc-service")));
        QVERIFY(!pageOfAlert(pages, QStringLiteral("GCHighError"), QStringLiteral("gc-service"))); // a part of a word
        QVERIFY(!pageOfAlert(pages, QStringLiteral("GCHighErrorRate"), QStringLiteral("mc-service")));
    }

private:
    PagingParts parts()
    {
        PagingParts made{*m_http, m_clock, [this](SourceUpdate update) { m_updates.push_back(std::move(update)); }, {}};
        made.identity.id = pagingSourceId();
        made.identity.name = made.identity.backend = QStringLiteral("PagerDuty");
        return made;
    }
    std::unique_ptr<PagingSource> pagerDuty(bool token)
    {
        const auto at = std::make_shared<Endpoint>(Endpoint{.url = QStringLiteral("http://pd")});
        return makePagerDutySource(parts(), {.rest = token ? at : nullptr, .events = at, .routingKey = "secret-key"});
    }
    PostOutcome posted(int status, const std::string &body, QList<HttpHeader> headers = {})
    {
        SlackCalls slack(parts(), {std::make_shared<Endpoint>(Endpoint{.url = QStringLiteral("http://slack")}), nullptr, QStringLiteral("C1")});
        PostOutcome outcome;
        slack.post({}, QStringLiteral("hello"), {}, QStringLiteral("id"), [&](PostOutcome one) { outcome = std::move(one); });
        const auto sent = m_http->openWithPath(QStringLiteral("/api/chat.postMessage"));
        [&] { QVERIFY(!sent.request.idempotent && sent.request.maxTries == 1); }();
        m_http->answer(sent.id, status, quoted(body), std::move(headers));
        return outcome;
    }
    void answer(const char *path, int status, const std::string &body)
    {
        const auto sent = m_http->openWithPath(QString::fromLatin1(path));
        QVERIFY2(sent.id != 0, path);
        m_http->answer(sent.id, status, quoted(body));
    }

    PagingNoon m_clock;
    std::unique_ptr<FakeHttpClient> m_http;
    std::vector<SourceUpdate> m_updates;
};

QTEST_GUILESS_MAIN(PagingSourcesTest)
#include "tst_paging_sources.moc"
