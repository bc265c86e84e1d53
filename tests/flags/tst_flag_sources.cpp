// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flags/flag_source.h"
#include "tests/support/fake_http_client.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;

namespace {

class NoonClock final : public Clock {
public:
    Instant now() const override { return *parseRfc3339("2026-11-23T03:10:00Z"); }
};

/// JSON with its quotes written as apostrophes.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

FlagSource::Settings settings(const char *project = "default")
{
    FlagSource::Settings given;
    given.identity.id = SourceId(QStringLiteral("flags/demo"));
    given.identity.name = QStringLiteral("demo");
    given.identity.backend = QStringLiteral("Unleash demo");
    given.identity.kind = SourceStatus::Kind::Flags;
    given.endpoint = std::make_shared<Endpoint>(
        Endpoint{.url = QStringLiteral("http://flags"), .bearer = QByteArrayLiteral("user:one.secret")});
    given.place = {given.identity.id, QString::fromLatin1(project), QStringLiteral("production"), {}, {}};
    return given;
}

const std::string environments = "'environments':[{'name':'development','type':'development','enabled':true},"
                                 "{'name':'production','type':'production','enabled':true,'hasStrategies':true,"
                                 "'hasEnabledStrategies':true,'lastSeenAt':'2026-11-23T03:09:58Z'}]";

std::string featureBody(const std::string &name)
{
    return "{'name':'" + name + "','type':'release','project':'default','stale':false,'archivedAt':null," + environments + "}";
}

std::string logLine(int id, const char *type, const char *who, const char *at)
{
    return "{'id':" + std::to_string(id) + ",'type':'" + type + "','createdBy':'" + who + "','createdAt':'" + at
           + "','featureName':'fast-join','project':'default','environment':'production','data':null,'preData':null}";
}

const std::string strategies = "'strategies':[{'name':'flexibleRollout','disabled':false,'parameters':{'rollout':'25',"
                               "'stickiness':'userId'},'constraints':[],'segments':[]}]";

} // namespace

class FlagSourcesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_updates.clear();
        m_http = std::make_unique<FakeHttpClient>();
    }

    void unleashIsReadPageByPageWithItsLogAndStrategies()
    {
        const auto source = makeUnleashSource(*m_http, m_clock, settings(), sink());
        source->poll(HttpLane::Poll);
        const auto first = m_http->openWithPath(QStringLiteral("/api/admin/search/features"));
        // The token goes as it is: "Bearer" is no token of Unleash.
        const auto &headers = first.request.endpoint->headers;
        QVERIFY(std::any_of(headers.begin(), headers.end(), [](const HttpHeader &header) {
            return header.name == "Authorization" && header.value == "user:one.secret";
        }));
        QVERIFY(first.request.endpoint->bearer.isEmpty());
        m_http->answer(first.id, 200, json("{'features':[" + featureBody("fast-join") + "],'total':2}"));
        const auto second = m_http->openWithPath(QStringLiteral("/api/admin/search/features"));
        QVERIFY(second.request.query.contains({QStringLiteral("offset"), QStringLiteral("1")}));
        m_http->answer(second.id, 200, json("{'features':[" + featureBody("new-lobby") + "],'total':2}"));
        answerPath("/api/admin/search/events", 200,
                   "{'events':[" + logLine(9, "feature-environment-enabled", "gc-owner", "2026-11-23T02:55:00Z") + "],'total':1}");
        answerPath("/api/admin/projects/default/features/fast-join", 200,
                   "{'name':'fast-join','project':'default','environments':[{'name':'production','enabled':true," + strategies
                       + "}]}");
        answerPath("/api/admin/projects/default/features/new-lobby", 500, "{}");
        const FlagsUpdate update = only<FlagsUpdate>();
        QCOMPARE(update.flags->size(), size_t(2));
        const FeatureFlag &flag = *update.flags->front();
        QCOMPARE(flag.state()->enabled, std::optional(true));
        QCOMPARE(flag.state()->gradual, QStringLiteral("25 % by userId"));
        QCOMPARE(flag.changedBy, QStringLiteral("gc-owner"));
        QCOMPARE(update.events->front().enabled, std::optional(true));
        QCOMPARE(only<StatusUpdate>().status.state, SourceStatus::State::Ok);
    }

    void anOlderUnleashIsAskedForItsOlderList()
    {
        const auto source = makeUnleashSource(*m_http, m_clock, settings(), sink());
        source->poll(HttpLane::Poll);
        answerPath("/api/admin/search/features", 404, "{'name':'NotFoundError'}");
        answerPath("/api/admin/projects/default/features", 200,
                   "{'version':2,'features':[{'name':'fast-join','environments':[{'name':'production','enabled':false}]}]}");
        answerPath("/api/admin/search/events", 404, "{'name':'NotFoundError'}");
        answerPath("/api/admin/events", 200, "{'version':1,'events':[]}");
        QCOMPARE(only<FlagsUpdate>().flags->front()->state()->enabled, std::optional(false));
        QCOMPARE(only<FlagsUpdate>().flags->front()->key.project, QStringLiteral("default"));
    }

    void aRefusedTokenIsUnauthorized()
    {
        const auto source = makeUnleashSource(*m_http, m_clock, settings(), sink());
        source->poll(HttpLane::Poll);
        answerPath("/api/admin/search/features", 401, "{'name':'UnauthorizedError','message':'You must log in to use Unleash.'}");
        const SourceStatus status = only<StatusUpdate>().status;
        QCOMPARE(status.state, SourceStatus::State::Unauthorized);
        QVERIFY(status.message.contains(QStringLiteral("You must log in")));
        QVERIFY(!status.message.contains(QStringLiteral("user:one")));
        QVERIFY(m_http->open().empty());
    }

    void withoutItsLogTheSourceIsPartial()
    {
        const auto source = makeUnleashSource(*m_http, m_clock, settings(), sink());
        source->poll(HttpLane::Poll);
        answerPath("/api/admin/search/features", 200,
                   "{'features':[{'name':'fast-join','environments':[{'name':'production','enabled':false}]}],'total':1}");
        answerPath("/api/admin/search/events", 403, "{'name':'PermissionError','message':'no'}");
        QVERIFY(!only<FlagsUpdate>().events);
        QCOMPARE(only<StatusUpdate>().status.state, SourceStatus::State::Partial);
    }

    void aChangeRequestIsARefusalInWords()
    {
        const auto source = makeUnleashSource(*m_http, m_clock, settings(), sink());
        const Result<Done> result = switched(*source, 403,
                                             "{'name':'PermissionError','permissions':['SKIP_CHANGE_REQUEST'],'message':'no'}");
        QCOMPARE(result.error().kind, Error::Kind::Forbidden);
        QVERIFY(result.error().what.contains(QStringLiteral("change request in production")));
        QVERIFY(result.error().meaning.contains(QStringLiteral("Nothing was changed")));
        const auto sent = m_http->sent();
        QCOMPARE(sent.size(), size_t(1)); // once
        QCOMPARE(sent.front().request.method, QByteArray("POST"));
        QVERIFY(!sent.front().request.idempotent);
        QVERIFY(sent.front().request.path.endsWith(QStringLiteral("/features/fast-join/environments/production/off")));
    }

    void launchDarklySendsAgainAfterAConflictOnlyWhileItIsAsItWas()
    {
        const auto source = makeLaunchDarklySource(*m_http, m_clock, settings("p"), sink());
        std::optional<Result<Done>> result;
        source->set({{SourceId(), QStringLiteral("p"), QStringLiteral("fast-join")}, QStringLiteral("production"), false,
                     false, QStringLiteral("INC-42")},
                    [&](const Result<Done> &answer) { result = answer; });
        const auto patch = m_http->openWithPath(QStringLiteral("/api/v2/flags/p/fast-join"));
        QCOMPARE(patch.request.method, QByteArray("PATCH"));
        QVERIFY(patch.request.body.contains("turnFlagOff"));
        QVERIFY(patch.request.body.contains("INC-42"));
        m_http->answer(patch.id, 409, json("{'code':'optimistic_locking_error','message':'conflict'}"));
        answerPath("/api/v2/flags/p/fast-join", 200, "{'key':'fast-join','environments':{'production':{'on':true}}}");
        QVERIFY(!result);
        answerPath("/api/v2/flags/p/fast-join", 409, "{'code':'x','message':'conflict'}");
        answerPath("/api/v2/flags/p/fast-join", 200, "{'key':'fast-join','environments':{'production':{'on':false}}}");
        QVERIFY(result && result->has_value()); // it is off: nothing is left to be sent
    }

    void launchDarklySaysWhenItTakesCallsAgain()
    {
        const auto source = makeLaunchDarklySource(*m_http, m_clock, settings("p"), sink());
        std::optional<Result<Done>> result;
        source->set({{}, QStringLiteral("production"), false, false, {}}, [&](const Result<Done> &answer) { result = answer; });
        m_http->answer(m_http->open().front().id, 429, "{}", {HttpHeader{"X-Ratelimit-Reset", "1763867440000"}});
        QVERIFY(result && !*result);
        QCOMPARE(result->error().kind, Error::Kind::RateLimited);
        QVERIFY(result->error().next.contains(QStringLiteral("03:10:40")));
    }

    void anApprovalIsARefusalInWords()
    {
        const auto source = makeLaunchDarklySource(*m_http, m_clock, settings("p"), sink());
        std::optional<Result<Done>> result;
        source->set({{}, QStringLiteral("production"), false, false, {}}, [&](const Result<Done> &answer) { result = answer; });
        m_http->answer(m_http->open().front().id, 405, json("{'code':'approval_required','message':'needs approval'}"));
        QVERIFY(result && result->error().what.contains(QStringLiteral("asks for an approval in production")));
    }

    void ofrepKeepsWhatItReadWhileNothingChanged()
    {
        const auto source = makeOfrepSource(*m_http, m_clock, settings(), sink());
        source->poll(HttpLane::Poll);
        m_http->answer(m_http->open().front().id, 200,
                       json("{'flags':[{'key':'fast-join','value':true,'reason':'SPLIT'},{'key':'gone','reason':'DISABLED'}]}"),
                       {HttpHeader{"ETag", "\"7\""}});
        source->poll(HttpLane::Poll);
        const auto again = m_http->open().front();
        QVERIFY(again.request.headers.contains(HttpHeader{"If-None-Match", "\"7\""}));
        m_http->answer(again.id, 304, "");
        const auto updates = all<FlagsUpdate>();
        QCOMPARE(updates.size(), size_t(2));
        QCOMPARE(updates.back().flags->size(), size_t(2));
        QVERIFY(!updates.back().flags->front()->readOnlyReason.isEmpty());
        // A disabled flag may mean "on" in the caller's code: it is not known to be off.
        QVERIFY(!updates.back().flags->back()->state()->enabled);
    }

    void flagdFlagsAreReadAndNotSwitched()
    {
        const auto source = makeFlagdSource(*m_http, m_clock, settings(), sink());
        source->poll(HttpLane::Poll);
        m_http->answer(m_http->open().front().id, 200,
                       json("{'flags':{'a':{'state':'ENABLED','variants':{'on':true,'off':false},'defaultVariant':'off'},"
                            "'b':{'state':'DISABLED','variants':{'on':true},'defaultVariant':'on'}}}"));
        const FlagsUpdate update = only<FlagsUpdate>();
        QCOMPARE(update.flags->front()->state()->enabled, std::optional(false));
        QVERIFY(!update.flags->back()->state()->enabled);
        std::optional<Result<Done>> result;
        source->set({}, [&](const Result<Done> &answer) { result = answer; });
        QVERIFY(result && result->error().kind == Error::Kind::Rejected);
    }

private:
    UpdateSink sink()
    {
        return [this](SourceUpdate update) { m_updates.push_back(std::move(update)); };
    }
    template <typename T> std::vector<T> all() const
    {
        std::vector<T> found;
        for (const SourceUpdate &update : m_updates) {
            if (const auto *one = std::get_if<T>(&update))
                found.push_back(*one);
        }
        return found;
    }
    template <typename T> T only() const
    {
        const std::vector<T> found = all<T>();
        return found.size() == 1 ? found.front() : T{};
    }
    void answerPath(const char *path, int status, const std::string &body)
    {
        const auto open = m_http->openWithPath(QString::fromLatin1(path));
        QVERIFY2(open.id != 0, path);
        m_http->answer(open.id, status, json(body));
    }
    Result<Done> switched(FlagSource &source, int status, const std::string &body)
    {
        Result<Done> result = Done{};
        source.set({{SourceId(), QStringLiteral("default"), QStringLiteral("fast-join")}, QStringLiteral("production"), false,
                    false, {}},
                   [&](const Result<Done> &answer) { result = answer; });
        m_http->answer(m_http->open().front().id, status, json(body));
        return result;
    }

    NoonClock m_clock;
    std::unique_ptr<FakeHttpClient> m_http;
    std::vector<SourceUpdate> m_updates;
};

QTEST_GUILESS_MAIN(FlagSourcesTest)
#include "tst_flag_sources.moc"
