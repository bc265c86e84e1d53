// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_harness.h"

#include <QTest>

using namespace cockpit;

/// Redirects are followed by hand, and never carry credentials away.
class TestHttpRedirects : public QObject {
    Q_OBJECT

    NetworkRuntime m_runtime;

    static std::string redirect(const std::string &location, int status = 302)
    {
        return httpAnswer(status, "moved", "Location: " + location + "\r\n");
    }
    static std::string urlOf(const FaultProxy &server, const std::string &path)
    {
        return "http://127.0.0.1:" + std::to_string(server.port()) + path;
    }
    static FaultProxy::Handler target(RequestLog &log)
    {
        return [&log](FaultConnection &peer) {
            while (const auto request = peer.readRequest()) {
                log.add(*request);
                peer.send(httpAnswer(200, "target"));
            }
        };
    }
    static FaultProxy::Handler redirectsTo(RequestLog &log, std::string location)
    {
        return [&log, location = std::move(location)](FaultConnection &peer) {
            while (const auto request = peer.readRequest()) {
                log.add(*request);
                peer.send(redirect(location));
            }
        };
    }

private Q_SLOTS:
    void followsOnTheSameHostWithCredentials()
    {
        RequestLog log;
        FaultProxy server([&](FaultConnection &peer) {
            while (const auto request = peer.readRequest())
                peer.send(log.add(*request) == 1 ? redirect("/new?x=%2B#f", 307) : httpAnswer(200, "ok"));
        });
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        auto endpoint = std::make_shared<Endpoint>(*request.endpoint);
        endpoint->bearer = "hunter2";
        request.endpoint = endpoint;
        QCOMPARE(harness.ask(request)->body, std::string("ok"));
        QVERIFY(log.all()[1].starts_with("GET /new?x=%2B HTTP/1.1\r\n"));
        QVERIFY(log.all()[1].find("Bearer hunter2") != std::string::npos);
    }

    void followsAtMostFive()
    {
        RequestLog log;
        FaultProxy server(redirectsTo(log, "/again"));
        HttpHarness harness;
        const auto result = harness.ask(HttpHarness::get(server.port()));
        QCOMPARE(result.error().kind, Error::Kind::Rejected);
        QVERIFY(result.error().what.contains(QStringLiteral("again and again")));
        QCOMPARE(log.count(), 6);
    }

    void neverTakesCredentialsToAnotherHost_data()
    {
        QTest::addColumn<QString>("credential");
        for (const char *credential :
             {"bearer", "basic", "endpoint header", "header", "client certificate", "user info"})
            QTest::newRow(credential) << QString::fromLatin1(credential);
    }
    void neverTakesCredentialsToAnotherHost()
    {
        QFETCH(QString, credential);
        RequestLog log;
        RequestLog stolen;
        FaultProxy thief(target(stolen));
        FaultProxy server(redirectsTo(log, "http://localhost:" + std::to_string(thief.port()) + "/login"));
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        auto endpoint = std::make_shared<Endpoint>(*request.endpoint);
        if (credential == u"bearer")
            endpoint->bearer = "hunter2";
        else if (credential == u"basic")
            endpoint->basicPassword = "hunter2";
        else if (credential == u"endpoint header")
            endpoint->headers = {{"X-Scope-OrgID", "a"}};
        else if (credential == u"header")
            request.headers = {{"X-Api-Key", "hunter2"}};
        else if (credential == u"user info")
            endpoint->url.replace(QStringLiteral("//"), QStringLiteral("//bob:hunter2@"));
        else
            endpoint->tls.clientCertPem = "pem";
        request.endpoint = endpoint;
        const auto result = harness.ask(request);
        if (credential == u"client certificate" && !result && result.error().kind == Error::Kind::Invalid)
            QFAIL("plain http must not look at the certificate");
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Unauthorized);
        QVERIFY2(result.error().what.contains(QStringLiteral("127.0.0.1:")), qPrintable(result.error().what));
        QVERIFY2(result.error().what.contains(QStringLiteral("localhost:")), qPrintable(result.error().what));
        QCOMPARE(log.count(), 1);
        QCOMPARE(stolen.count(), 0);
        QCOMPARE(thief.connections(), 0);
    }

    void anotherPortIsAnotherOrigin()
    {
        RequestLog log;
        RequestLog stolen;
        FaultProxy thief(target(stolen));
        FaultProxy server(redirectsTo(log, urlOf(thief, "/x")));
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        request.headers = {{"X-Api-Key", "hunter2"}};
        QCOMPARE(harness.ask(request).error().kind, Error::Kind::Rejected);
        QCOMPARE(stolen.count(), 0);
    }

    void followsElsewhereWithNothingToLose()
    {
        RequestLog log;
        RequestLog reached;
        FaultProxy other(target(reached));
        FaultProxy server(redirectsTo(log, urlOf(other, "/x")));
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        request.headers = {{"Accept", "application/json"}};
        QCOMPARE(harness.ask(request)->body, std::string("target"));
        QCOMPARE(reached.count(), 1);
    }

    void neverFollowsACallThatChangesSomething()
    {
        RequestLog log;
        FaultProxy server(redirectsTo(log, "/new"));
        HttpHarness harness;
        for (const char *method : {"POST", "PUT", "PATCH", "DELETE"}) {
            HttpRequest request = HttpHarness::get(server.port());
            request.method = method;
            request.lane = HttpLane::Action;
            QCOMPARE(harness.ask(request).error().kind, Error::Kind::Rejected);
        }
        QCOMPARE(log.count(), 4);
    }

    void followsNoOtherScheme()
    {
        for (const char *location : {"file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)", "http://"}) {
            RequestLog log;
            FaultProxy server(redirectsTo(log, location));
            HttpHarness harness;
            const auto result = harness.ask(HttpHarness::get(server.port()));
            QVERIFY2(!result && result.error().kind == Error::Kind::Rejected, location);
        }
    }
};

QTEST_GUILESS_MAIN(TestHttpRedirects)
#include "tst_http_redirects.moc"
