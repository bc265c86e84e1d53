// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/line_splitter.h"
#include "app/net/redaction.h"
#include "app/net/request_queue.h"
#include "app/net/request_url.h"
#include "app/net/retry_policy.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace cockpit;

/// The pure parts of the network rules.
class TestNetRules : public QObject {
    Q_OBJECT

    static HttpRequest requestTo(const QString &url, const QString &path)
    {
        auto endpoint = std::make_shared<Endpoint>();
        endpoint->url = url;
        HttpRequest request;
        request.endpoint = endpoint;
        request.path = path;
        return request;
    }

private Q_SLOTS:
    void retriesOnlyWhatMayPass()
    {
        for (const int status : {408, 425, 429, 502, 503, 504})
            QVERIFY(isRetryableStatus(status));
        for (const int status : {400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 500, 501})
            QVERIFY(!isRetryableStatus(status));
    }

    void backsOffWithFullJitter()
    {
        const RetryOptions options;
        QVERIFY(retryDelay(options, 1, 0.0, std::nullopt) == 0ms);
        QVERIFY(retryDelay(options, 1, 0.5, std::nullopt) == 250ms);
        QVERIFY(retryDelay(options, 2, 0.5, std::nullopt) == 500ms);
        QVERIFY(retryDelay(options, 5, 0.5, std::nullopt) == 4s);
        QVERIFY(retryDelay(options, 50, 0.5, std::nullopt) == 4s);
        QVERIFY(retryDelay(options, 1, 0.5, 7s) == 7s);
        QVERIFY(retryDelay(options, 1, 0.5, 1h) == 60s);
    }

    void readsRetryAfter()
    {
        const auto asked = [](const QByteArray &value, const QByteArray &date = {}) {
            HttpResponse response;
            response.headers = {{"retry-after", value}, {"Date", date}};
            return retryAfter(response);
        };
        QVERIFY(asked("7") == 7s);
        QVERIFY(asked("0") == 0s);
        QVERIFY(asked("-3") == 0s);
        QVERIFY(asked("99999999999999999999") == std::nullopt);
        QVERIFY(asked("soon") == std::nullopt);
        QVERIFY(asked("Wed, 21 Oct 2026 07:28:12 GMT", "Wed, 21 Oct 2026 07:28:00 GMT") == 12s);
        QVERIFY(asked("Wed, 21 Oct 2026 07:27:00 GMT", "Wed, 21 Oct 2026 07:28:00 GMT") == 0s);
        QVERIFY(asked("Wed, 21 Oct 2026 07:28:12 GMT") == std::nullopt); // no clock but the server's own
    }

    void joinsUrls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("joined");
        QTest::newRow("plain") << "https://x"
                               << "/api/v1" << QByteArray("https://x/api/v1");
        QTest::newRow("prefix") << "https://x/prometheus/"
                                << "/api" << QByteArray("https://x/prometheus/api");
        QTest::newRow("own query") << "https://x/p?t=a%2Bb"
                                   << "/api" << QByteArray("https://x/p/api?t=a%2Bb");
        QTest::newRow("encoded path") << "https://x"
                                      << "/v/a%2Fb c?" << QByteArray("https://x/v/a%2Fb%20c%3F");
        QTest::newRow("no path") << "https://x/hook"
                                 << "" << QByteArray("https://x/hook");
        QTest::newRow("user info") << "https://u:p@x"
                                   << "/a" << QByteArray("https://x/a");
    }
    void joinsUrls()
    {
        QFETCH(QString, url);
        QFETCH(QString, path);
        QFETCH(QByteArray, joined);
        const auto result = requestUrl(requestTo(url, path));
        QVERIFY(result.has_value());
        QCOMPARE(*result, joined);
    }

    void encodesQueries()
    {
        HttpRequest request = requestTo(QStringLiteral("https://x"), QStringLiteral("/q"));
        request.query = {{QStringLiteral("query"), QStringLiteral("a{b=\"c+d&e\"}")},
                         {QStringLiteral("filter"), QStringLiteral("ü")},
                         {QStringLiteral("filter"), QString()}};
        QCOMPARE(*requestUrl(request),
                 QByteArray("https://x/q?query=a%7Bb%3D%22c%2Bd%26e%22%7D&filter=%C3%BC&filter="));
    }

    void refusesOtherSchemes()
    {
        for (const auto *url : {"file:///etc/passwd", "ftp://x/", "x", "", "https://"}) {
            const auto result = requestUrl(requestTo(QString::fromLatin1(url), QStringLiteral("/a")));
            QVERIFY2(!result, url);
            QCOMPARE(result.error().kind, Error::Kind::Invalid);
        }
    }

    void redactsByPattern_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("bearer") << "Authorization: Bearer hunter2hunter2";
        QTest::newRow("bearer in words") << "sent bearer hunter2hunter2 there";
        QTest::newRow("basic") << "Basic hunter2hunter2==";
        QTest::newRow("user info") << "https://bob:hunter2hunter2@host/x";
        QTest::newRow("query") << "GET /x?a=1&access_token=hunter2hunter2&b=2";
        QTest::newRow("key") << "api_key=hunter2hunter2";
        QTest::newRow("json") << "{\"client_secret\": \"hunter2\\\"hunter2\", \"a\": 1}";
        QTest::newRow("cookie") << "Set-Cookie: session=hunter2hunter2; Path=/";
        QTest::newRow("webhook") << "https://hooks.slack.com/services/T0/B0/hunter2hunter2";
    }
    void redactsByPattern()
    {
        QFETCH(QString, text);
        const QString clean = redacted(text);
        QVERIFY2(!clean.contains(QStringLiteral("hunter2")), qPrintable(clean));
        QVERIFY(clean.contains(QStringLiteral("***")));
    }

    void redactsAnEndpointsSecrets()
    {
        Endpoint endpoint;
        endpoint.bearer = "hunter+2";
        endpoint.basicUser = QStringLiteral("bob");
        endpoint.basicPassword = "pass";
        endpoint.headers = {{"X-Scope-OrgID", "a"}, {"X-Api", "letmein-12345"}};
        const QString text = QStringLiteral("a hunter+2 hunter%2B2 pass Ym9iOnBhc3M= letmein-12345 end");
        QCOMPARE(redacted(text, endpoint), QStringLiteral("a *** *** *** *** *** end"));
    }

    void cutsLines()
    {
        std::vector<std::string> lines;
        const auto keep = [&](std::string_view line) { lines.emplace_back(line); };
        LineSplitter splitter(8);
        QVERIFY(splitter.feed("ab\r\n\ncd", keep));
        QVERIFY(splitter.feed("ef", keep));
        QVERIFY(splitter.feed("gh\nlast", keep));
        splitter.finish(keep);
        QCOMPARE(lines, (std::vector<std::string>{"ab", "", "cdefgh", "last"}));
        QVERIFY(!splitter.feed("123456789", keep));
    }

    void boundsTheQueue()
    {
        RequestQueue queue({2, 1, 3});
        const QString host = QStringLiteral("http://a:80");
        const RequestQueue::Monotonic now{};
        for (RequestId id = 1; id <= 3; ++id)
            QVERIFY(queue.push({id, host, HttpLane::Poll, {}, now}).accepted);
        QVERIFY(!queue.push({4, host, HttpLane::Poll, {}, now}).accepted);
        QVERIFY(queue.push({5, host, HttpLane::Action, {}, now}).accepted);
        QCOMPARE(queue.takeReady(now), (std::vector<RequestId>{5, 1, 2}));
        QVERIFY(!queue.nextReady());
        queue.release(host, HttpLane::Poll);
        QVERIFY(queue.nextReady() == now);
        QCOMPARE(queue.takeReady(now), (std::vector<RequestId>{3}));
    }

    void supersedesWaitingPolls()
    {
        RequestQueue queue;
        const QString host = QStringLiteral("http://a:80");
        const RequestQueue::Monotonic now{};
        queue.push({1, host, HttpLane::Poll, QStringLiteral("alerts"), now});
        queue.push({2, host, HttpLane::Poll, QStringLiteral("rules"), now});
        QCOMPARE(queue.push({3, host, HttpLane::Poll, QStringLiteral("alerts"), now}).superseded,
                 (std::vector<RequestId>{1}));
        // An older one that comes back for its next try gives way too.
        QVERIFY(!queue.pushAgain({1, host, HttpLane::Poll, QStringLiteral("alerts"), now + 1s}));
        QVERIFY(queue.pushAgain({4, host, HttpLane::Poll, QStringLiteral("new"), now + 1s}));
        QCOMPARE(queue.takeReady(now), (std::vector<RequestId>{2, 3}));
        QVERIFY(queue.nextReady() == now + 1s);
    }
};

QTEST_GUILESS_MAIN(TestNetRules)
#include "tst_net_rules.moc"
