// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_harness.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace std::chrono_literals;
using namespace cockpit;

/// Queue, poll breaker, cancel and the end, across lanes.
class TestHttpLanes : public QObject {
    Q_OBJECT

    NetworkRuntime m_runtime;

    /// Holds every request until `open` is set; counts how many it holds at once.
    struct Gate {
        std::atomic<bool> open{false};
        std::atomic<int> inside{0};
        std::atomic<int> most{0};
        RequestLog log;

        FaultProxy::Handler handler()
        {
            return [this](FaultConnection &peer) {
                while (const auto request = peer.readRequest()) {
                    log.add(*request);
                    most = std::max(most.load(), ++inside);
                    while (!open && peer.wait(2ms)) {
                    }
                    --inside;
                    if (!peer.send(httpAnswer(200, "ok")))
                        return;
                }
            };
        }
    };

    /// A server whose answers fail as long as `sick`.
    struct Patient {
        std::atomic<bool> sick{true};
        RequestLog log;

        FaultProxy::Handler handler()
        {
            return [this](FaultConnection &peer) {
                while (const auto request = peer.readRequest()) {
                    log.add(*request);
                    if (!peer.send(sick ? httpAnswer(500, "ill") : httpAnswer(200, "ok")))
                        return;
                }
            };
        }
    };

    static HttpRequest inLane(std::uint16_t port, HttpLane lane)
    {
        HttpRequest request = HttpHarness::get(port);
        request.lane = lane;
        return request;
    }

    /// Polls until the breaker lets one through, and gives that one's result.
    static Result<HttpResponse> askUntilAdmitted(HttpHarness &harness, std::uint16_t port)
    {
        Result<HttpResponse> result = harness.ask(HttpHarness::get(port));
        while (!result && result.error().kind == Error::Kind::Unavailable && harness.elapsed() < 10s)
            result = harness.ask(HttpHarness::get(port));
        return result;
    }

    static void openBreaker(HttpHarness &harness, std::uint16_t port)
    {
        for (int i = 0; i < 5; ++i)
            QCOMPARE(harness.ask(HttpHarness::get(port)).error().kind, Error::Kind::Server);
    }

private Q_SLOTS:
    void atMostEightPollsInFlightPerHost()
    {
        Gate gate;
        FaultProxy server(gate.handler());
        HttpHarness harness;
        for (int i = 0; i < 30; ++i)
            harness.send(HttpHarness::get(server.port()));
        QTRY_COMPARE(gate.inside.load(), 8);
        // Another host is not held up, nor are a person's chart and action.
        FaultProxy other([](FaultConnection &peer) {
            while (peer.readRequest() && peer.send(httpAnswer(200, "other"))) {
            }
        });
        QVERIFY(harness.ask(HttpHarness::get(other.port())).has_value());
        const RequestId chart = harness.send(inLane(server.port(), HttpLane::Interactive));
        const RequestId action = harness.send(inLane(server.port(), HttpLane::Action));
        QTRY_COMPARE(gate.inside.load(), 10);
        QCOMPARE(gate.log.count(), 10);
        gate.open = true;
        QVERIFY(harness.wait(chart)->has_value() && harness.wait(action)->has_value());
        QTRY_COMPARE(harness.answered(), std::size_t(33));
        QCOMPARE(gate.most.load(), 10);
    }

    void aNewerPollReplacesAWaitingOne()
    {
        Gate gate;
        FaultProxy server(gate.handler());
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        for (int i = 0; i < 8; ++i)
            harness.send(request);
        QTRY_COMPARE(gate.inside.load(), 8);
        request.supersede = QStringLiteral("alerts");
        const RequestId older = harness.send(request);
        const RequestId newer = harness.send(request);
        const auto result = harness.wait(older);
        QCOMPARE(result->error().kind, Error::Kind::Cancelled);
        QVERIFY(result->error().what.contains(QStringLiteral("replaced by a newer one")));
        gate.open = true;
        QVERIFY(harness.wait(newer)->has_value());
        QTRY_COMPARE(harness.answered(), std::size_t(10));
        QCOMPARE(gate.log.count(), 9);
    }

    void theQueueIsBounded()
    {
        Gate gate;
        FaultProxy server(gate.handler());
        HttpClientOptions options = HttpHarness::fastOptions();
        options.queue.waiting = 3;
        HttpHarness harness(options);
        for (int i = 0; i < 8; ++i)
            harness.send(HttpHarness::get(server.port()));
        QTRY_COMPARE(gate.inside.load(), 8);
        for (int i = 0; i < 3; ++i)
            harness.send(HttpHarness::get(server.port()));
        QCOMPARE(harness.ask(HttpHarness::get(server.port())).error().kind, Error::Kind::TooLarge);
        gate.open = true;
        QTRY_COMPARE(harness.answered(), std::size_t(12));
    }

    void anOpenBreakerRefusesPollsWithoutAConnection()
    {
        Patient patient;
        FaultProxy server(patient.handler());
        HttpClientOptions options = HttpHarness::fastOptions();
        options.breaker.firstPause = 60s;
        HttpHarness harness(options);
        openBreaker(harness, server.port());
        const BackendLink link = harness.client().link(QStringLiteral("Prometheus eu"));
        QCOMPARE(link.breaker, BackendLink::Breaker::Open);
        QCOMPARE(link.failuresInARow, 5);
        QVERIFY(link.nextTryIn.value() > 55s);
        const auto refused = harness.ask(HttpHarness::get(server.port()));
        QCOMPARE(refused.error().kind, Error::Kind::Unavailable);
        QVERIFY2(refused.error().what.contains(QStringLiteral("failed 5 times in a row")),
                 qPrintable(refused.error().what));
        QCOMPARE(patient.log.count(), 5);
        QCOMPARE(server.connections(), 1);
        // Another backend on the same host, a chart and an action are asked all the same.
        HttpRequest other = HttpHarness::get(server.port());
        other.backend = QStringLiteral("Alertmanager a");
        QCOMPARE(harness.ask(other).error().kind, Error::Kind::Server);
        patient.sick = false;
        QVERIFY(harness.ask(inLane(server.port(), HttpLane::Interactive)).has_value());
        HttpRequest action = inLane(server.port(), HttpLane::Action);
        action.method = "POST";
        action.idempotent = false;
        QVERIFY(harness.ask(action).has_value());
        QCOMPARE(harness.ask(HttpHarness::get(server.port())).error().kind, Error::Kind::Unavailable);
    }

    void retryNowClosesTheBreaker()
    {
        Patient patient;
        FaultProxy server(patient.handler());
        HttpClientOptions options = HttpHarness::fastOptions();
        options.breaker.firstPause = 60s;
        HttpHarness harness(options);
        openBreaker(harness, server.port());
        QCOMPARE(harness.ask(inLane(server.port(), HttpLane::Probe)).error().kind, Error::Kind::Server);
        QCOMPARE(harness.client().link(QStringLiteral("Prometheus eu")).breaker, BackendLink::Breaker::Open);
        patient.sick = false;
        QVERIFY(harness.ask(inLane(server.port(), HttpLane::Probe)).has_value());
        QCOMPARE(harness.client().link(QStringLiteral("Prometheus eu")).breaker, BackendLink::Breaker::Closed);
        QVERIFY(harness.ask(HttpHarness::get(server.port())).has_value());
    }

    void thePollAfterThePauseIsTheProbe()
    {
        Patient patient;
        FaultProxy server(patient.handler());
        HttpHarness harness;
        openBreaker(harness, server.port());
        patient.sick = false;
        QVERIFY(askUntilAdmitted(harness, server.port()).has_value());
        QVERIFY(harness.elapsed() >= 150ms);
        QCOMPARE(patient.log.count(), 6);
        QCOMPARE(harness.client().link(QStringLiteral("Prometheus eu")).breaker, BackendLink::Breaker::Closed);
    }

    void aBreakerProbeIsOneTry()
    {
        RequestLog log;
        FaultProxy server([&](FaultConnection &peer) {
            while (const auto request = peer.readRequest()) {
                log.add(*request);
                peer.send(httpAnswer(503, "ill"));
            }
        });
        HttpHarness harness;
        HttpRequest once = HttpHarness::get(server.port());
        once.maxTries = 1;
        for (int i = 0; i < 5; ++i)
            QCOMPARE(harness.ask(once).error().kind, Error::Kind::Server);
        QCOMPARE(askUntilAdmitted(harness, server.port()).error().kind, Error::Kind::Server);
        QCOMPARE(log.count(), 6);
        QVERIFY(harness.client().link(QStringLiteral("Prometheus eu")).nextTryIn.value() > 150ms); // doubled
    }

    void cancelsOnceInEveryState()
    {
        Gate gate;
        FaultProxy server(gate.handler());
        HttpHarness harness;
        std::vector<RequestId> ids;
        for (int i = 0; i < 10; ++i)
            ids.push_back(harness.send(HttpHarness::get(server.port())));
        QTRY_COMPARE(gate.inside.load(), 8);
        const auto before = harness.elapsed();
        for (const RequestId id : ids)
            harness.cancel(id);
        for (const RequestId id : ids) {
            QCOMPARE(harness.wait(id)->error().kind, Error::Kind::Cancelled);
            harness.cancel(id); // nothing more happens
        }
        QVERIFY(harness.elapsed() - before < 1s);
        gate.open = true;
        QVERIFY(harness.ask(HttpHarness::get(server.port())).has_value());
        for (const RequestId id : ids)
            QCOMPARE(harness.calls(id), 1);
    }

    void endsWithRequestsInFlight()
    {
        Gate gate;
        FaultProxy server(gate.handler());
        HttpHarness harness;
        std::vector<RequestId> ids;
        for (int i = 0; i < 20; ++i)
            ids.push_back(harness.send(HttpHarness::get(server.port())));
        ids.push_back(harness.stream(HttpHarness::get(server.port()), 60s));
        ids.push_back(harness.send(inLane(server.port(), HttpLane::Action)));
        QTRY_VERIFY(gate.inside >= 8);
        const auto before = harness.elapsed();
        harness.close();
        QVERIFY(harness.elapsed() - before < 1s);
        for (const RequestId id : ids) {
            QCOMPARE(harness.calls(id), 1);
            QCOMPARE(harness.wait(id)->error().kind, Error::Kind::Cancelled);
        }
    }

    void servesManyThreadsAtOnce()
    {
        FaultProxy server([](FaultConnection &peer) {
            while (peer.readRequest() && peer.send(httpAnswer(200, "ok"))) {
            }
        });
        HttpHarness harness;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 50; ++i) {
                    const RequestId id = harness.send(HttpHarness::get(server.port()));
                    if (i % 5 == 0)
                        harness.cancel(id);
                    if (i % 25 == 0)
                        harness.client().resetConnections();
                    harness.client().link(QStringLiteral("Prometheus eu"));
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QTRY_COMPARE(harness.answered(), std::size_t(200));
        for (RequestId id = 1; id <= 200; ++id)
            QCOMPARE(harness.calls(id), 1);
    }

    void aCallbackMaySendAgain()
    {
        FaultProxy server([](FaultConnection &peer) {
            while (peer.readRequest() && peer.send(httpAnswer(200, "ok"))) {
            }
        });
        HttpHarness harness;
        std::atomic<int> answers{0};
        harness.client().send(HttpHarness::get(server.port()), [&](Result<HttpResponse> first) {
            answers += first ? 1 : 0;
            harness.client().send(HttpHarness::get(server.port()),
                                  [&](Result<HttpResponse> second) { answers += second ? 1 : 0; });
        });
        QTRY_COMPARE(answers.load(), 2);
    }

    void resetStartsPollsAgainAndEndsTheRest()
    {
        RequestLog log;
        FaultProxy server([&](FaultConnection &peer) {
            while (const auto request = peer.readRequest()) {
                if (log.add(*request) <= 3)
                    peer.hang(); // as a connection that did not survive a sleep
                else
                    peer.send(httpAnswer(200, "fresh"));
            }
        });
        HttpHarness harness;
        const RequestId poll = harness.send(HttpHarness::get(server.port()));
        const RequestId watch = harness.stream(HttpHarness::get(server.port()), 60s);
        HttpRequest action = inLane(server.port(), HttpLane::Action);
        action.method = "POST";
        action.idempotent = false;
        const RequestId post = harness.send(action);
        QTRY_COMPARE(log.count(), 3);
        harness.client().resetConnections();
        QCOMPARE((*harness.wait(poll))->tries, 1);
        QCOMPARE(harness.wait(watch)->error().kind, Error::Kind::Network);
        QCOMPARE(harness.wait(post)->error().meaning, QStringLiteral("Whether the call took effect is not known."));
        QCOMPARE(log.count(), 4);
    }

    void resetClosesBreakers()
    {
        Patient patient;
        FaultProxy server(patient.handler());
        HttpClientOptions options = HttpHarness::fastOptions();
        options.breaker.firstPause = 60s;
        HttpHarness harness(options);
        openBreaker(harness, server.port());
        patient.sick = false;
        harness.client().resetConnections();
        QVERIFY(harness.ask(HttpHarness::get(server.port())).has_value());
        QCOMPARE(server.connections(), 2);
    }
};

QTEST_GUILESS_MAIN(TestHttpLanes)
#include "tst_http_lanes.moc"
