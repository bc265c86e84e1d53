// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_harness.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace cockpit;

/// How often a request is sent, and when.
class TestHttpRetries : public QObject {
    Q_OBJECT

    NetworkRuntime m_runtime;

    /// Answers each request with the next of `answers`, the last one for ever; an empty one is a reset.
    static FaultProxy::Handler inTurn(RequestLog &log, std::vector<std::string> answers)
    {
        return [&log, answers = std::move(answers)](FaultConnection &peer) {
            while (const auto request = peer.readRequest()) {
                const auto turn = static_cast<std::size_t>(log.add(*request) - 1);
                const std::string &answer = answers[std::min(turn, answers.size() - 1)];
                if (answer.empty()) {
                    peer.reset();
                    return;
                }
                peer.send(answer);
            }
        };
    }

private Q_SLOTS:
    void retriesUntilItWorks()
    {
        RequestLog log;
        FaultProxy server(inTurn(log, {"", httpAnswer(503, "wait"), httpAnswer(200, "ok")}));
        HttpHarness harness;
        const auto result = harness.ask(HttpHarness::get(server.port()));
        QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().text()));
        QCOMPARE(result->tries, 3);
        QCOMPARE(log.count(), 3);
    }

    void givesUpAfterMaxTries()
    {
        RequestLog log;
        FaultProxy server(inTurn(log, {httpAnswer(503, "not ready")}));
        HttpHarness harness;
        const auto result = harness.ask(HttpHarness::get(server.port()));
        QCOMPARE(log.count(), 3);
        QCOMPARE(result.error().what, QStringLiteral("Prometheus eu answered 503 (tried 3 times): “not ready”"));
        HttpRequest once = HttpHarness::get(server.port());
        once.maxTries = 1;
        once.deliverErrorBodies = true;
        const auto body = harness.ask(once);
        QCOMPARE(log.count(), 4);
        QCOMPARE(body->status, 503);
    }

    void timeoutsAreOfOneTryAndAreRetried()
    {
        RequestLog log;
        FaultProxy server([&](FaultConnection &peer) {
            while (const auto request = peer.readRequest()) {
                if (log.add(*request) < 3)
                    peer.hang();
                else
                    peer.send(httpAnswer(200, "ok"));
            }
        });
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        request.totalTimeout = 200ms;
        QCOMPARE(harness.ask(request)->tries, 3);
        QVERIFY(harness.elapsed() >= 400ms);
    }

    void neverRetriesWhatIsFinal_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {400, 401, 403, 404, 409, 410, 422, 500})
            QTest::addRow("%d", status) << status;
    }
    void neverRetriesWhatIsFinal()
    {
        QFETCH(int, status);
        RequestLog log;
        FaultProxy server(inTurn(log, {httpAnswer(status, "no")}));
        HttpHarness harness;
        QVERIFY(!harness.ask(HttpHarness::get(server.port())));
        QCOMPARE(log.count(), 1);
    }

    void neverRetriesWhatIsNotIdempotent_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::newRow("503") << QString::fromStdString(httpAnswer(503, "no"));
        QTest::newRow("429") << QString::fromStdString(httpAnswer(429, "no", "Retry-After: 0\r\n"));
        QTest::newRow("reset") << QString();
    }
    void neverRetriesWhatIsNotIdempotent()
    {
        QFETCH(QString, answer);
        RequestLog log;
        FaultProxy server(inTurn(log, {answer.toStdString()}));
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        request.method = "POST";
        request.lane = HttpLane::Action;
        request.idempotent = false;
        QVERIFY(!harness.ask(request));
        QCOMPARE(log.count(), 1);
    }

    void aDeadIdleConnectionDoesNotSendAPostTwice()
    {
        // libcurl sends again by itself on a reused connection that closes without an answer.
        RequestLog log;
        FaultProxy server([&](FaultConnection &peer) {
            while (const auto request = peer.readRequest()) {
                log.add(*request);
                if (request->starts_with("POST"))
                    return;
                peer.send(httpAnswer(200, "ok"));
            }
        });
        HttpHarness harness;
        QVERIFY(harness.ask(HttpHarness::get(server.port())).has_value());
        HttpRequest request = HttpHarness::get(server.port());
        request.method = "POST";
        request.body = "x";
        request.lane = HttpLane::Action;
        request.idempotent = false;
        QCOMPARE(harness.ask(request).error().kind, Error::Kind::Network);
        QCOMPARE(log.count(), 2);
    }

    void honoursRetryAfterInSeconds()
    {
        RequestLog log;
        FaultProxy server(inTurn(log, {httpAnswer(429, "slow down", "Retry-After: 1\r\n"), httpAnswer(200, "ok")}));
        HttpHarness harness;
        QCOMPARE(harness.ask(HttpHarness::get(server.port()))->tries, 2);
        QVERIFY(harness.elapsed() >= 1s);
    }

    void honoursRetryAfterAsDate()
    {
        RequestLog log;
        const std::string date =
            "Date: Wed, 21 Oct 2026 07:28:00 GMT\r\nRetry-After: Wed, 21 Oct 2026 07:28:01 GMT\r\n";
        FaultProxy server(inTurn(log, {httpAnswer(503, "slow down", date), httpAnswer(200, "ok")}));
        HttpHarness harness;
        QCOMPARE(harness.ask(HttpHarness::get(server.port()))->tries, 2);
        QVERIFY(harness.elapsed() >= 1s);
    }

    void capsRetryAfter()
    {
        RequestLog log;
        FaultProxy server(inTurn(log, {httpAnswer(429, "", "Retry-After: 3600\r\n"), httpAnswer(200, "ok")}));
        HttpClientOptions options = HttpHarness::fastOptions();
        options.retry.retryAfterCap = 50ms;
        HttpHarness harness(options);
        QCOMPARE(harness.ask(HttpHarness::get(server.port()))->tries, 2);
    }

    void cancelWhileWaitingForTheNextTry()
    {
        RequestLog log;
        FaultProxy server(inTurn(log, {httpAnswer(429, "", "Retry-After: 60\r\n")}));
        HttpHarness harness;
        const RequestId id = harness.send(HttpHarness::get(server.port()));
        QTRY_COMPARE(log.count(), 1);
        harness.cancel(id);
        QCOMPARE(harness.wait(id)->error().kind, Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestHttpRetries)
#include "tst_http_retries.moc"
