// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_harness.h"

#include <QTest>

#include <dlfcn.h>
#include <netdb.h>

#include <atomic>
#include <cstring>

using namespace std::chrono_literals;
using namespace cockpit;

namespace {

std::atomic<bool> resolverHangs{true};
std::atomic<int> resolversHanging{0};

} // namespace

/// Stands before the C library's for libcurl too: the name "hung.test" is never resolved while resolverHangs.
extern "C" int getaddrinfo(const char *node, const char *service, const addrinfo *hints,
                           addrinfo **result) noexcept(false)
{
    if (node && std::strcmp(node, "hung.test") == 0) {
        ++resolversHanging;
        resolverHangs.wait(true);
        --resolversHanging;
        return EAI_AGAIN;
    }
    using Resolve = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
    static const auto real = reinterpret_cast<Resolve>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(node, service, hints, result);
}

/// A resolver that never answers stops neither timeouts, nor cancel, nor the end, nor other requests.
class TestHungDns : public QObject {
    Q_OBJECT

    NetworkRuntime m_runtime;

    static HttpRequest hung()
    {
        HttpRequest request = HttpHarness::get(1);
        request.endpoint = HttpHarness::endpoint(QStringLiteral("http://hung.test:9090"));
        request.connectTimeout = 200ms;
        request.maxTries = 1;
        return request;
    }

private Q_SLOTS:
    void timesOutInTime()
    {
        HttpHarness harness;
        const auto result = harness.ask(hung());
        QCOMPARE(result.error().kind, Error::Kind::Timeout);
        QCOMPARE(result.error().what, QStringLiteral("Prometheus eu at hung.test:9090 could not be reached in 0.2 s."));
        QVERIFY(harness.elapsed() >= 200ms && harness.elapsed() < 1500ms);
        QVERIFY(resolversHanging > 0);
    }

    void cancelAndOtherRequestsGoOn()
    {
        FaultProxy server([](FaultConnection &peer) {
            while (peer.readRequest() && peer.send(httpAnswer(200, "ok"))) {
            }
        });
        HttpHarness harness;
        HttpRequest request = hung();
        request.connectTimeout = 60s;
        request.totalTimeout = 60s;
        const int before = resolversHanging;
        const RequestId id = harness.send(request);
        QTRY_VERIFY(resolversHanging > before);
        QVERIFY(harness.ask(HttpHarness::get(server.port())).has_value());
        harness.cancel(id);
        QCOMPARE(harness.wait(id)->error().kind, Error::Kind::Cancelled);
        QVERIFY(harness.elapsed() < 2s);
    }

    void endsAtOnce()
    {
        HttpHarness harness;
        HttpRequest request = hung();
        request.connectTimeout = 60s;
        request.totalTimeout = 60s;
        const int before = resolversHanging;
        const RequestId id = harness.send(request);
        QTRY_VERIFY(resolversHanging > before);
        const auto start = harness.elapsed();
        harness.close();
        QVERIFY(harness.elapsed() - start < 1s);
        QCOMPARE(harness.calls(id), 1);
    }

    void anUnknownNameIsToldAsSuch()
    {
        resolverHangs = false;
        resolverHangs.notify_all();
        QTRY_COMPARE(resolversHanging.load(), 0);
        HttpHarness harness;
        const auto result = harness.ask(hung());
        QCOMPARE(result.error().kind, Error::Kind::Network);
        QCOMPARE(result.error().what,
                 QStringLiteral("The name of Prometheus eu, hung.test:9090, could not be resolved."));
    }
};

QTEST_GUILESS_MAIN(TestHungDns)
#include "tst_hung_dns.moc"
