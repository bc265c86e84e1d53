// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_harness.h"
#include "test_certificates.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using namespace cockpit;

/// A real HTTP/2 server: nghttpx ends TLS and HTTP/2 in front of the plain server of a test.
class Http2Server {
public:
    explicit Http2Server(std::uint16_t behind, const TestCertificate &identity)
    {
        write(QStringLiteral("key.pem"), identity.key);
        write(QStringLiteral("certificate.pem"), identity.certificate);
        QTcpServer free;
        if (!free.listen(QHostAddress::LocalHost))
            return;
        m_port = free.serverPort();
        free.close();
        m_process.setStandardErrorFile(file(QStringLiteral("errors")));
        m_process.start(QStringLiteral("nghttpx"),
                        {QStringLiteral("--no-http2-cipher-block-list"), QStringLiteral("--workers=1"),
                         QStringLiteral("--frontend=127.0.0.1,%1").arg(m_port),
                         QStringLiteral("--backend=127.0.0.1,%1").arg(behind),
                         QStringLiteral("--accesslog-file=") + file(QStringLiteral("access")),
                         QStringLiteral("--accesslog-format=$remote_port $alpn $request"),
                         file(QStringLiteral("key.pem")), file(QStringLiteral("certificate.pem"))});
    }
    ~Http2Server() { end(); }

    bool answers()
    {
        return m_process.waitForStarted() && QTest::qWaitFor([this] {
                   QTcpSocket socket;
                   socket.connectToHost(QHostAddress::LocalHost, m_port);
                   return socket.waitForConnected(200);
               }, 10'000);
    }
    void end()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    std::uint16_t port() const { return m_port; }
    QString errors() const { return read(QStringLiteral("errors")); }
    /// One line for each answer that was ended: the client's port, the protocol that TLS agreed on, the request line.
    QStringList accesses() const { return read(QStringLiteral("access")).split(u'\n', Qt::SkipEmptyParts); }

private:
    QString file(const QString &name) const { return m_folder.filePath(name); }
    void write(const QString &name, const std::string &text) const
    {
        QFile into(file(name));
        if (into.open(QIODevice::WriteOnly))
            into.write(text.data(), qint64(text.size()));
    }
    QString read(const QString &name) const
    {
        QFile from(file(name));
        return from.open(QIODevice::ReadOnly) ? QString::fromUtf8(from.readAll()) : QString();
    }

    QTemporaryDir m_folder{};
    QProcess m_process{};
    std::uint16_t m_port = 0;
};

/// HTTP/2 over TLS against a server of somebody else.
class TestHttp2 : public QObject {
    Q_OBJECT

    NetworkRuntime m_runtime;
    TestCertificate m_authority;
    std::unique_ptr<Http2Server> m_front;

    HttpRequest request(const QString &path) const
    {
        HttpRequest request = HttpHarness::get(m_front->port(), path);
        auto endpoint = std::make_shared<Endpoint>();
        endpoint->url = QStringLiteral("https://127.0.0.1:%1").arg(m_front->port());
        endpoint->tls.caPem = QByteArray::fromStdString(m_authority.certificate);
        request.endpoint = endpoint;
        return request;
    }

    void startFront(const FaultProxy &behind)
    {
        m_front = std::make_unique<Http2Server>(behind.port(), makeCertificate({}, m_authority));
        QVERIFY2(m_front->answers(), qPrintable(m_front->errors()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("nghttpx")).isEmpty())
            QSKIP("needs nghttpx: packaging/install-deps test");
        m_authority = makeCertificate({"Test authority", -1, 1, true});
    }
    void cleanup() { m_front.reset(); }

    void manyQuestionsShareOneConnection()
    {
        FaultProxy behind([](FaultConnection &peer) {
            while (const auto text = peer.readRequest()) {
                if (!peer.send(httpAnswer(200, text->substr(0, text->find('\r')))))
                    return;
            }
        });
        startFront(behind);
        HttpHarness harness;
        QVERIFY(harness.ask(request(QStringLiteral("/first"))).has_value());
        std::vector<RequestId> ids;
        for (int i = 0; i < 40; ++i)
            ids.push_back(harness.send(request(QStringLiteral("/figure/%1").arg(i))));
        for (int i = 0; i < 40; ++i) {
            const auto result = harness.wait(ids[size_t(i)]);
            QVERIFY(result && *result);
            QCOMPARE((*result)->status, 200);
            QVERIFY2((*result)->body.starts_with("GET /figure/" + std::to_string(i) + " "), (*result)->body.c_str());
        }
        QTRY_COMPARE(m_front->accesses().size(), 41);
        QSet<QString> clientPorts;
        for (const QString &access : m_front->accesses()) {
            QVERIFY2(access.contains(QStringLiteral(" h2 ")), qPrintable(access));
            QVERIFY2(access.endsWith(QStringLiteral("HTTP/2")), qPrintable(access));
            clientPorts.insert(access.section(u' ', 0, 0));
        }
        QCOMPARE(clientPorts.size(), 1);
    }

    void aStreamAndItsEndLeaveTheConnectionToOthers()
    {
        std::atomic<bool> gone = false;
        FaultProxy behind([&gone](FaultConnection &peer) {
            while (const auto text = peer.readRequest()) {
                if (!text->starts_with("GET /watch")) {
                    peer.send(httpAnswer(200, "ok"));
                    continue;
                }
                peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\none\ntw\r\n");
                peer.send("2\r\no\n\r\n");
                gone = !peer.readRequest(); // until the proxy tells that nobody listens any more
                return;
            }
        });
        startFront(behind);
        HttpHarness harness;
        const RequestId watch = harness.stream(request(QStringLiteral("/watch")), 10s);
        QVERIFY(harness.waitForLines(2));
        QCOMPARE(harness.lines()[1], std::string("two"));
        QVERIFY(harness.ask(request(QStringLiteral("/beside"))).has_value());
        harness.cancel(watch);
        const auto ended = harness.wait(watch);
        QVERIFY(ended && !*ended);
        QCOMPARE(ended->error().kind, Error::Kind::Cancelled);
        QVERIFY(harness.ask(request(QStringLiteral("/after"))).has_value());
        QTRY_VERIFY(gone);
        QTRY_COMPARE(m_front->accesses().size(), 3);
        QSet<QString> clientPorts;
        for (const QString &access : m_front->accesses())
            clientPorts.insert(access.section(u' ', 0, 0));
        QCOMPARE(clientPorts.size(), 1);
    }

    void aServerThatDiesEndsEveryQuestionWithWords()
    {
        RequestLog log;
        FaultProxy behind([&log](FaultConnection &peer) {
            while (const auto text = peer.readRequest())
                log.add(*text); // and never an answer
        });
        startFront(behind);
        HttpHarness harness;
        HttpRequest change = request(QStringLiteral("/change"));
        change.method = "POST";
        change.idempotent = false;
        change.lane = HttpLane::Action;
        const RequestId sent = harness.send(change);
        const RequestId watch = harness.stream(request(QStringLiteral("/watch")), 10s);
        QTRY_COMPARE(log.count(), 2);
        m_front->end();
        for (const RequestId id : {sent, watch}) {
            const auto result = harness.wait(id);
            QVERIFY(result && !*result);
            QCOMPARE(result->error().kind, Error::Kind::Network);
            QVERIFY(!result->error().what.isEmpty());
        }
        QCOMPARE(log.count(), 2); // nothing that changes is sent again
    }
};

QTEST_GUILESS_MAIN(TestHttp2)
#include "tst_http2.moc"
