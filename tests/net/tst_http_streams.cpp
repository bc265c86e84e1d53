// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_harness.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace cockpit;

/// Long answers, line by line.
class TestHttpStreams : public QObject {
    Q_OBJECT

    NetworkRuntime m_runtime;

    static std::string chunk(const std::string &bytes)
    {
        return QByteArray::number(qulonglong(bytes.size()), 16).toStdString() + "\r\n" + bytes + "\r\n";
    }
    inline static const std::string kHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

private Q_SLOTS:
    void deliversLinesAsTheyCome()
    {
        std::atomic<bool> goOn{false};
        FaultProxy server([&](FaultConnection &peer) {
            peer.readRequest();
            peer.send(kHead + chunk("one\ntw"));
            while (!goOn && peer.wait(2ms)) {
            }
            peer.send(chunk("o\r\n\nlast") + "0\r\n\r\n");
            peer.hang();
        });
        HttpHarness harness;
        const RequestId id = harness.stream(HttpHarness::get(server.port()), 5s);
        QVERIFY(harness.waitForLines(1));
        QCOMPARE(harness.lines(), std::vector<std::string>{"one"});
        QCOMPARE(harness.calls(id), 0);
        goOn = true;
        QVERIFY(harness.wait(id)->has_value());
        QCOMPARE(harness.lines(), (std::vector<std::string>{"one", "two", "", "last"}));
    }

    void asksForNoCompressionWhichWouldKeepLinesBack()
    {
        std::mutex mutex;
        std::string asked;
        FaultProxy server([&](FaultConnection &peer) {
            const std::string request = peer.readRequest().value_or("");
            const std::lock_guard lock(mutex);
            asked = request;
            peer.send(kHead + chunk("one\n") + "0\r\n\r\n");
        });
        HttpHarness harness;
        QVERIFY(harness.wait(harness.stream(HttpHarness::get(server.port()), 5s))->has_value());
        const std::lock_guard lock(mutex);
        QVERIFY(asked.find("Accept-Encoding: identity") != std::string::npos);
    }

    void hasNoTotalTimeoutButASilenceTimer()
    {
        FaultProxy server([](FaultConnection &peer) {
            peer.readRequest();
            peer.send(kHead);
            for (int i = 0; i < 8; ++i) {
                peer.wait(100ms);
                peer.send(chunk("x\n"));
            }
            peer.hang();
        });
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        request.totalTimeout = 200ms;
        const RequestId id = harness.stream(request, 400ms);
        const auto result = harness.wait(id);
        QCOMPARE(harness.lines().size(), std::size_t(8));
        QCOMPARE(result->error().kind, Error::Kind::Timeout);
        QCOMPARE(result->error().what, QStringLiteral("Prometheus eu sent nothing for 0.4 s."));
        QVERIFY(harness.elapsed() >= 1200ms);
    }

    void aServerThatNeverAnswersIsSilentToo()
    {
        FaultProxy server([](FaultConnection &peer) { peer.hang(); });
        HttpHarness harness;
        const RequestId id = harness.stream(HttpHarness::get(server.port()), 200ms);
        QCOMPARE(harness.wait(id)->error().kind, Error::Kind::Timeout);
    }

    void boundsALine()
    {
        FaultProxy server([](FaultConnection &peer) {
            peer.readRequest();
            peer.send(kHead + chunk("short\n"));
            while (peer.send(chunk(std::string(500, 'x')))) {
            }
        });
        HttpClientOptions options = HttpHarness::fastOptions();
        options.maxLineBytes = 10'000;
        HttpHarness harness(options);
        const RequestId id = harness.stream(HttpHarness::get(server.port()), 5s);
        QCOMPARE(harness.wait(id)->error().kind, Error::Kind::TooLarge);
        QCOMPARE(harness.lines(), std::vector<std::string>{"short"});
    }

    void anErrorStatusEndsItWithoutLines()
    {
        RequestLog log;
        FaultProxy server([&](FaultConnection &peer) {
            while (const auto request = peer.readRequest()) {
                log.add(*request);
                peer.send(httpAnswer(503, "not\nnow\n"));
            }
        });
        HttpHarness harness;
        const RequestId id = harness.stream(HttpHarness::get(server.port()), 5s);
        const auto result = harness.wait(id);
        QCOMPARE(result->error().what, QStringLiteral("Prometheus eu answered 503: “not now”"));
        QVERIFY(harness.lines().empty());
        QCOMPARE(log.count(), 1); // where to resume is the reader's business
    }

    void aLoginPageIsUnauthorized()
    {
        FaultProxy server([](FaultConnection &peer) {
            peer.readRequest();
            peer.send(httpAnswer(200, "<html>\n</html>\n", "Content-Type: text/html\r\n"));
        });
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        request.headers = {{"Accept", "application/json"}};
        const RequestId id = harness.stream(request, 5s);
        QCOMPARE(harness.wait(id)->error().kind, Error::Kind::Unauthorized);
        QVERIFY(harness.lines().empty());
    }

    void aCutConnectionDeliversNoHalfLine()
    {
        FaultProxy server([](FaultConnection &peer) {
            peer.readRequest();
            peer.send(kHead + chunk("whole\nhal"));
        });
        HttpHarness harness;
        const RequestId id = harness.stream(HttpHarness::get(server.port()), 5s);
        QCOMPARE(harness.wait(id)->error().kind, Error::Kind::Network);
        QCOMPARE(harness.lines(), std::vector<std::string>{"whole"});
    }

    void cancels()
    {
        FaultProxy server([](FaultConnection &peer) {
            peer.readRequest();
            peer.send(kHead + chunk("a\n"));
            peer.hang();
        });
        HttpHarness harness;
        const RequestId id = harness.stream(HttpHarness::get(server.port()), 60s);
        QVERIFY(harness.waitForLines(1));
        harness.cancel(id);
        QCOMPARE(harness.wait(id)->error().kind, Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestHttpStreams)
#include "tst_http_streams.moc"
