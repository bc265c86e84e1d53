// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_harness.h"

#include <QTest>

#include <atomic>

using namespace std::chrono_literals;
using namespace cockpit;

/// What one answer becomes, against a server that misbehaves.
class TestHttpAnswers : public QObject {
    Q_OBJECT

    NetworkRuntime m_runtime;

    static FaultProxy::Handler always(std::string answer)
    {
        return [answer = std::move(answer)](FaultConnection &peer) {
            while (peer.readRequest() && peer.send(answer)) {
            }
        };
    }

    /// qCompress() writes a zlib stream; gzip has another head and ends with a CRC-32.
    static std::string gzipped(const std::string &text)
    {
        const QByteArray zlib = qCompress(QByteArray::fromStdString(text), 9);
        std::uint32_t crc = 0xffffffffU;
        for (const char c : text) {
            crc ^= static_cast<unsigned char>(c);
            for (int bit = 0; bit < 8; ++bit)
                crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
        }
        std::string packed("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
        packed += zlib.mid(6, zlib.size() - 10).toStdString();
        for (const std::uint32_t word : {~crc, static_cast<std::uint32_t>(text.size())}) {
            for (unsigned shift = 0; shift < 32; shift += 8)
                packed += static_cast<char>((word >> shift) & 0xffU);
        }
        return packed;
    }

    /// The error of a request that is tried once, without a name of a secret in it.
    static Error errorOf(FaultProxy::Handler handler, std::chrono::milliseconds total = 5s)
    {
        FaultProxy server(std::move(handler));
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        request.maxTries = 1;
        request.totalTimeout = total;
        const auto result = harness.ask(std::move(request));
        return result ? Error{Error::Kind::Storage, QStringLiteral("it succeeded")} : result.error();
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_runtime.isReady()); }

    void deliversBodyHeadersAndPadding()
    {
        RequestLog log;
        FaultProxy server([&](FaultConnection &peer) {
            while (const auto request = peer.readRequest()) {
                log.add(*request);
                peer.send("HTTP/1.1 103 Early\r\nX-Early: 1\r\n\r\n" + httpAnswer(200, "{\"a\":1}", "X-Late: 2 \r\n"));
            }
        });
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port(), QStringLiteral("/api/v1/query"));
        auto endpoint = std::make_shared<Endpoint>(*request.endpoint);
        endpoint->url += QStringLiteral("/prometheus");
        endpoint->bearer = "hunter2";
        endpoint->headers = {{"X-Scope-OrgID", "a"}, {"X-Empty", ""}};
        request.endpoint = endpoint;
        request.query = {{QStringLiteral("query"), QStringLiteral("up+1")}};
        const auto result = harness.ask(request);
        QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().text()));
        QCOMPARE(result->status, 200);
        QCOMPARE(result->body, std::string("{\"a\":1}"));
        QCOMPARE(result->tries, 1);
        QCOMPARE(result->header("x-late"), QByteArray("2"));
        QVERIFY(result->header("X-Early").isEmpty());
        const QByteArray sent = QByteArray::fromStdString(log.all().front());
        QVERIFY(sent.startsWith("GET /prometheus/api/v1/query?query=up%2B1 HTTP/1.1\r\n"));
        QVERIFY(sent.contains("\r\nAuthorization: Bearer hunter2\r\n"));
        QVERIFY(sent.contains("\r\nX-Scope-OrgID: a\r\n"));
        QVERIFY(sent.contains("\r\nX-Empty:\r\n"));
        QVERIFY(sent.contains("\r\nAccept-Encoding: "));
        QVERIFY(sent.contains("\r\nUser-Agent: dt-cockpit/"));
    }

    void padsTheBody()
    {
        FaultProxy server(always(httpAnswer(200, std::string(5000, 'x'))));
        HttpHarness harness;
        const RequestId id = harness.send(HttpHarness::get(server.port()));
        QVERIFY(harness.wait(id).has_value());
        // The harness copies, so capacity is looked at where it arrives.
        std::atomic<bool> done{false};
        std::size_t spare = 0;
        harness.client().send(HttpHarness::get(server.port()), [&](Result<HttpResponse> result) {
            spare = result ? result->body.capacity() - result->body.size() : 0;
            done = true;
        });
        QTRY_VERIFY(done);
        QVERIFY(spare >= 64);
    }

    void sendsBodiesAsTheyAre()
    {
        RequestLog log;
        FaultProxy server([&](FaultConnection &peer) {
            while (const auto request = peer.readRequest()) {
                log.add(*request);
                peer.send(httpAnswer(201, "ok"));
            }
        });
        HttpHarness harness;
        for (const char *method : {"POST", "PUT", "PATCH", "DELETE"}) {
            HttpRequest request = HttpHarness::get(server.port());
            request.method = method;
            request.idempotent = false;
            request.lane = HttpLane::Action;
            request.body = request.method == "DELETE" ? QByteArray() : QByteArray(3000, 'b');
            QCOMPARE(harness.ask(request)->status, 201);
        }
        const auto sent = log.all();
        QVERIFY(sent[0].starts_with("POST /api ") && sent[0].ends_with(std::string(3000, 'b')));
        QVERIFY(sent[1].starts_with("PUT ") && sent[2].starts_with("PATCH ") && sent[3].starts_with("DELETE "));
        QVERIFY(sent[0].find("Expect:") == std::string::npos);
        QVERIFY(sent[0].find("form-urlencoded") == std::string::npos);
    }

    void slowHeaderTimesOut()
    {
        const Error error = errorOf(
            [](FaultConnection &peer) {
                peer.readRequest();
                peer.sendSlowly(httpAnswer(200, "x"), 1, 100ms);
            },
            300ms);
        QCOMPARE(error.kind, Error::Kind::Timeout);
        QCOMPARE(error.what, QStringLiteral("Prometheus eu did not answer in 0.3 s."));
    }

    void slowBodyTimesOut()
    {
        const Error error = errorOf(
            [](FaultConnection &peer) {
                peer.readRequest();
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                peer.sendSlowly(std::string(1000, 'x'), 1, 50ms);
            },
            300ms);
        QCOMPARE(error.kind, Error::Kind::Timeout);
    }

    void resetIsANetworkError()
    {
        const Error error = errorOf([](FaultConnection &peer) {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
            peer.reset();
        });
        QCOMPARE(error.kind, Error::Kind::Network);
        QVERIFY2(error.what.contains(QStringLiteral("broke the connection off")), qPrintable(error.what));
    }

    void halfABodyIsANetworkError()
    {
        const Error error = errorOf([](FaultConnection &peer) {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
        });
        QCOMPARE(error.kind, Error::Kind::Network);
    }

    void refusedConnectionIsANetworkError()
    {
        std::uint16_t port = 0;
        {
            FaultProxy server(always({}));
            port = server.port();
        }
        HttpHarness harness;
        const auto result = harness.ask(HttpHarness::get(port));
        QCOMPARE(result.error().kind, Error::Kind::Network);
        QVERIFY2(result.error().what.startsWith(QStringLiteral("No connection to Prometheus eu at 127.0.0.1:")),
                 qPrintable(result.error().what));
        QVERIFY(result.error().what.endsWith(QStringLiteral("(tried 3 times).")));
    }

    void garbageIsAParseError()
    {
        QCOMPARE(errorOf([](FaultConnection &peer) {
                     peer.readRequest();
                     peer.send("\x01\x02garbage\r\n\r\n\r\n");
                 }).kind,
                 Error::Kind::Parse);
        const Error error = errorOf(always(httpAnswer(200, "this is not gzip", "Content-Encoding: gzip\r\n")));
        QCOMPARE(error.kind, Error::Kind::Parse);
    }

    void gzipIsUnpackedAndABombIsStopped()
    {
        FaultProxy server(always(httpAnswer(200, gzipped(std::string(8 << 20, 'a')), "Content-Encoding: gzip\r\n")));
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        QCOMPARE(harness.ask(request)->body.size(), std::size_t(8 << 20));
        request.maxBytes = 1 << 20;
        const auto result = harness.ask(request);
        QCOMPARE(result.error().kind, Error::Kind::TooLarge);
        QCOMPARE(result.error().what,
                 QStringLiteral("The answer of Prometheus eu is larger than 1 MiB and was not read."));
        QCOMPARE(server.connections(), 1); // the second used the first's connection, and TooLarge is not retried
    }

    void hugeChunkedBodyIsStopped()
    {
        std::atomic<std::size_t> sent{0};
        FaultProxy server([&](FaultConnection &peer) {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            const std::string chunk = "10000\r\n" + std::string(65536, 'x') + "\r\n";
            while (peer.send(chunk))
                sent += 65536;
        });
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        request.maxBytes = 1 << 20;
        QCOMPARE(harness.ask(request).error().kind, Error::Kind::TooLarge);
        QVERIFY(sent < std::size_t(64 << 20));
    }

    void aTooLargeContentLengthIsNotRead()
    {
        QCOMPARE(errorOf([](FaultConnection &peer) {
                     peer.readRequest();
                     peer.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx");
                     peer.hang();
                 }).kind,
                 Error::Kind::TooLarge);
    }

    void statusesBecomeKinds_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("kind");
        QTest::newRow("401") << 401 << int(Error::Kind::Unauthorized);
        QTest::newRow("403") << 403 << int(Error::Kind::Forbidden);
        QTest::newRow("404") << 404 << int(Error::Kind::NotFound);
        QTest::newRow("410") << 410 << int(Error::Kind::NotFound);
        QTest::newRow("409") << 409 << int(Error::Kind::Conflict);
        QTest::newRow("412") << 412 << int(Error::Kind::Conflict);
        QTest::newRow("422") << 422 << int(Error::Kind::Rejected);
        QTest::newRow("429") << 429 << int(Error::Kind::RateLimited);
        QTest::newRow("500") << 500 << int(Error::Kind::Server);
        QTest::newRow("503") << 503 << int(Error::Kind::Server);
    }
    void statusesBecomeKinds()
    {
        QFETCH(int, status);
        QFETCH(int, kind);
        const Error error = errorOf(always(httpAnswer(status, "because\n<b>so</b>\x07 token=abcdef")));
        QCOMPARE(int(error.kind), kind);
        QVERIFY2(error.what.contains(QString::number(status)), qPrintable(error.what));
        QVERIFY2(error.what.endsWith(QStringLiteral("“because <b>so</b> token=***”")), qPrintable(error.what));
    }

    void aWebPageIsToldByItsTitle()
    {
        const Error error = errorOf(always(httpAnswer(
            502, "<html><head><title>502 Bad Gateway</title></head><body>x</body>", "Content-Type: text/html\r\n")));
        QCOMPARE(error.what, QStringLiteral("Prometheus eu answered 502: “502 Bad Gateway”"));
    }

    void deliversErrorBodiesOnRequest()
    {
        FaultProxy server(always(httpAnswer(422, "{\"status\":\"error\"}")));
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        request.deliverErrorBodies = true;
        const auto result = harness.ask(request);
        QVERIFY(result.has_value());
        QCOMPARE(result->status, 422);
        QCOMPARE(result->body, std::string("{\"status\":\"error\"}"));
        const Error error = httpStatusError(request.backend, *result);
        QCOMPARE(error.kind, Error::Kind::Rejected);
    }

    void aLoginPageIsUnauthorized()
    {
        FaultProxy server(always(httpAnswer(200, "<html>log in</html>", "Content-Type: text/html; charset=utf-8\r\n")));
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        QVERIFY(harness.ask(request).has_value()); // nobody asked for JSON
        request.headers = {{"Accept", "application/json"}};
        const auto result = harness.ask(request);
        QCOMPARE(result.error().kind, Error::Kind::Unauthorized);
        QCOMPARE(result.error().what, QStringLiteral("A login page answered instead of Prometheus eu."));
    }

    void refusesHeadersWithLineBreaks()
    {
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(1);
        request.headers = {{"X-A", "b\r\nX-C: d"}};
        QCOMPARE(harness.ask(request).error().kind, Error::Kind::Invalid);
        request.headers = {};
        request.endpoint = nullptr;
        QCOMPARE(harness.ask(request).error().kind, Error::Kind::Invalid);
        request.endpoint = HttpHarness::endpoint(QStringLiteral("file:///etc/passwd"));
        QCOMPARE(harness.ask(request).error().kind, Error::Kind::Invalid);
    }

    void noSecretInAnyError()
    {
        FaultProxy server([](FaultConnection &peer) {
            while (const auto request = peer.readRequest())
                peer.send(httpAnswer(401, *request)); // echoes every header
        });
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(server.port());
        auto endpoint = std::make_shared<Endpoint>(*request.endpoint);
        endpoint->bearer = "hunter2hunter2";
        endpoint->headers = {{"X-Odd", "hunter2-header"}};
        request.endpoint = endpoint;
        request.query = {{QStringLiteral("t"), QStringLiteral("hunter2hunter2")}};
        const auto result = harness.ask(request);
        QCOMPARE(result.error().kind, Error::Kind::Unauthorized);
        QVERIFY2(!result.error().text().contains(QStringLiteral("hunter2")), qPrintable(result.error().text()));
    }

    void goesThroughAProxy()
    {
        RequestLog log;
        FaultProxy proxy([&](FaultConnection &peer) {
            while (const auto request = peer.readRequest()) {
                log.add(*request);
                peer.send(httpAnswer(200, "via proxy"));
            }
        });
        HttpHarness harness;
        HttpRequest request = HttpHarness::get(1);
        auto endpoint = std::make_shared<Endpoint>();
        endpoint->url = QStringLiteral("http://prom.invalid");
        endpoint->proxy = QStringLiteral("http://127.0.0.1:%1").arg(proxy.port());
        request.endpoint = endpoint;
        QCOMPARE(harness.ask(request)->body, std::string("via proxy"));
        QVERIFY(log.all().front().starts_with("GET http://prom.invalid/api HTTP/1.1\r\n"));
    }
};

QTEST_GUILESS_MAIN(TestHttpAnswers)
#include "tst_http_answers.moc"
