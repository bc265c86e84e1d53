// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_harness.h"

#include <QTemporaryFile>
#include <QTest>

using namespace std::chrono_literals;
using namespace cockpit;

/// The proxy in front of a server, as the demo uses it.
class TestFaultProxy : public QObject {
    Q_OBJECT

    NetworkRuntime m_runtime;

    static HttpRequest once(const FaultProxy &proxy)
    {
        HttpRequest request = HttpHarness::get(proxy.port());
        request.maxTries = 1;
        request.totalTimeout = 500ms;
        return request;
    }

private Q_SLOTS:
    void parsesFaults()
    {
        QCOMPARE(parseFault("latency:3s")->kind, Fault::Kind::Latency);
        QVERIFY(parseFault("latency:3s")->delay == 3s);
        QVERIFY(parseFault("latency:250ms")->delay == 250ms);
        QCOMPARE(parseFault("error:404")->status, 404);
        QCOMPARE(parseFault("garbage")->kind, Fault::Kind::Garbage);
        QCOMPARE(parseFault("reset")->kind, Fault::Kind::Reset);
        QCOMPARE(parseFault("hang")->kind, Fault::Kind::Hang);
        QCOMPARE(parseFault("slow")->kind, Fault::Kind::Slow);
        QCOMPARE(parseFault("none")->kind, Fault::Kind::None);
        for (const char *text : {"", "latency", "latency:", "latency:3", "latency:-1s", "error:abc", "error:99",
                                 "error:5000", "nonsense", "wire:/nonexistent"})
            QVERIFY2(!parseFault(text), text);
    }

    void breaksAnswersOnPurpose()
    {
        FaultProxy server([](FaultConnection &peer) {
            while (peer.readRequest() && peer.send(httpAnswer(200, std::string(2000, 'x')))) {
            }
        });
        FaultProxy proxy(server.port());
        HttpHarness harness;
        QCOMPARE(harness.ask(once(proxy))->body.size(), std::size_t(2000));
        const std::pair<const char *, Error::Kind> cases[] = {
            {"error:503", Error::Kind::Server}, {"garbage", Error::Kind::Parse}, {"reset", Error::Kind::Network},
            {"hang", Error::Kind::Timeout},     {"slow", Error::Kind::Timeout},  {"latency:3s", Error::Kind::Timeout},
        };
        for (const auto &[text, kind] : cases) {
            proxy.setFault(*parseFault(text));
            HttpRequest request = once(proxy);
            request.backend = QString::fromLatin1(text); // each its own poll breaker
            const auto result = harness.ask(request);
            QVERIFY2(!result && result.error().kind == kind, text);
        }
        proxy.setFault({});
        QVERIFY(harness.ask(once(proxy)).has_value());
    }

    void replaysARecordedAnswer()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nrecorded");
        QVERIFY(file.flush());
        FaultProxy proxy(std::uint16_t(1)); // nothing listens there
        const auto fault = parseFault("wire:" + file.fileName().toStdString());
        QVERIFY(fault.has_value());
        FaultProxy server([](FaultConnection &peer) { peer.hang(); });
        FaultProxy front(server.port());
        front.setFault(*fault);
        HttpHarness harness;
        QCOMPARE(harness.ask(once(front))->body, std::string("recorded"));
        QCOMPARE(harness.ask(once(proxy)).error().kind, Error::Kind::Network);
    }
};

QTEST_GUILESS_MAIN(TestFaultProxy)
#include "tst_fault_proxy.moc"
