// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_harness.h"
#include "test_certificates.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace cockpit;

/// Certificates are verified, always, unless the configuration says otherwise by name.
class TestHttpTls : public QObject {
    Q_OBJECT

    NetworkRuntime m_runtime;
    TestCertificate m_authority;

    static void serveOk(FaultConnection &peer)
    {
        while (peer.readRequest() && peer.send(httpAnswer(200, "ok"))) {
        }
    }

    static HttpRequest request(const FaultProxy &server, TlsOptions tls)
    {
        HttpRequest request = HttpHarness::get(server.port());
        auto endpoint = std::make_shared<Endpoint>();
        endpoint->url = QStringLiteral("https://127.0.0.1:%1").arg(server.port());
        endpoint->tls = std::move(tls);
        request.endpoint = endpoint;
        return request;
    }

    TlsOptions trusting() const
    {
        TlsOptions tls;
        tls.caPem = QByteArray::fromStdString(m_authority.certificate);
        return tls;
    }

    /// The error of a request to a server with that identity.
    static Error errorWith(const TestCertificate &identity, TlsOptions tls)
    {
        FaultProxy server(serveOk, FaultTls{identity.certificate, identity.key, {}});
        HttpHarness harness;
        const auto result = harness.ask(request(server, std::move(tls)));
        return result ? Error{Error::Kind::Storage, QStringLiteral("it succeeded")} : result.error();
    }

private Q_SLOTS:
    void initTestCase() { m_authority = makeCertificate({"Test authority", -1, 1, true}); }

    void acceptsItsOwnAuthority()
    {
        const TestCertificate good = makeCertificate({}, m_authority);
        FaultProxy server(serveOk, FaultTls{good.certificate, good.key, {}});
        QVERIFY(server.port() != 0);
        HttpHarness harness;
        const auto result = harness.ask(request(server, trusting()));
        QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().text()));
    }

    void refusesWhatTheSystemDoesNotKnow()
    {
        const Error error = errorWith(makeCertificate({}, m_authority), {});
        QCOMPARE(error.kind, Error::Kind::Tls);
    }

    void refusesSelfSigned()
    {
        const Error error = errorWith(makeCertificate({}), trusting());
        QCOMPARE(error.kind, Error::Kind::Tls);
        QVERIFY2(error.what.contains(QStringLiteral("self-signed")), qPrintable(error.what));
        QVERIFY(!error.what.contains(QStringLiteral("tried"))); // it will not pass by itself
    }

    void refusesExpired()
    {
        const Error error = errorWith(makeCertificate({"127.0.0.1", -10, -1, false}, m_authority), trusting());
        QCOMPARE(error.kind, Error::Kind::Tls);
        QVERIFY2(error.what.contains(QStringLiteral("expired")), qPrintable(error.what));
    }

    void refusesAnotherName()
    {
        QCOMPARE(errorWith(makeCertificate({"other.example"}, m_authority), trusting()).kind, Error::Kind::Tls);
    }

    void verifiesAnotherServerName()
    {
        RequestLog log;
        const TestCertificate other = makeCertificate({"other.example"}, m_authority);
        FaultProxy server(
            [&](FaultConnection &peer) {
                while (const auto text = peer.readRequest()) {
                    log.add(*text);
                    peer.send(httpAnswer(200, "ok"));
                }
            },
            FaultTls{other.certificate, other.key, {}});
        HttpHarness harness;
        TlsOptions tls = trusting();
        tls.serverName = QStringLiteral("other.example");
        const auto result = harness.ask(request(server, tls));
        QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().text()));
        QVERIFY(log.all().front().find("\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\n") !=
                std::string::npos);
        tls.serverName = QStringLiteral("third.example");
        QCOMPARE(harness.ask(request(server, tls)).error().kind, Error::Kind::Tls);
    }

    void turnsVerificationOffByName()
    {
        const TestCertificate own = makeCertificate({"other.example", -10, -1, false});
        FaultProxy server(serveOk, FaultTls{own.certificate, own.key, {}});
        HttpHarness harness;
        TlsOptions tls;
        tls.verify = false;
        QVERIFY(harness.ask(request(server, tls)).has_value());
        // The unverified connection is not lent to a request that verifies.
        QCOMPARE(harness.ask(request(server, trusting())).error().kind, Error::Kind::Tls);
    }

    void showsAClientCertificate()
    {
        const TestCertificate good = makeCertificate({}, m_authority);
        const TestCertificate person = makeCertificate({"oncall"}, m_authority);
        FaultProxy server(serveOk, FaultTls{good.certificate, good.key, m_authority.certificate});
        HttpHarness harness;
        TlsOptions tls = trusting();
        QVERIFY(!harness.ask(request(server, tls)));
        tls.clientCertPem = QByteArray::fromStdString(person.certificate);
        tls.clientKeyPem = QByteArray::fromStdString(person.key);
        const auto result = harness.ask(request(server, tls));
        QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().text()));
        // A client that shows none does not get the other's connection.
        QVERIFY(!harness.ask(request(server, trusting())));
    }

    void aTlsServerThatSaysNothingTimesOut()
    {
        FaultProxy server([](FaultConnection &peer) { peer.hang(); });
        HttpHarness harness;
        HttpRequest slow = request(server, trusting());
        slow.connectTimeout = 200ms;
        slow.maxTries = 1;
        QCOMPARE(harness.ask(slow).error().kind, Error::Kind::Timeout);
    }

    void aCutHandshakeIsANetworkError()
    {
        FaultProxy server([](FaultConnection &peer) {
            peer.readSome();
            peer.reset();
        });
        HttpHarness harness;
        const auto result = harness.ask(request(server, trusting()));
        QCOMPARE(result.error().kind, Error::Kind::Network);
        QVERIFY(result.error().what.contains(QStringLiteral("tried 3 times")));
    }

    void neverGoesFromTlsToPlain()
    {
        RequestLog stolen;
        FaultProxy plain([&](FaultConnection &peer) {
            stolen.add(peer.readRequest().value_or(std::string()));
            peer.send(httpAnswer(200, "plain"));
        });
        const TestCertificate good = makeCertificate({}, m_authority);
        const std::string location = "Location: http://127.0.0.1:" + std::to_string(plain.port()) + "/\r\n";
        FaultProxy server(
            [&](FaultConnection &peer) {
                peer.readRequest();
                peer.send(httpAnswer(302, "", location));
            },
            FaultTls{good.certificate, good.key, {}});
        HttpHarness harness;
        const auto result = harness.ask(request(server, trusting()));
        QVERIFY(!result && result.error().what.contains(QStringLiteral("without TLS")));
        QCOMPARE(stolen.count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestHttpTls)
#include "tst_http_tls.moc"
