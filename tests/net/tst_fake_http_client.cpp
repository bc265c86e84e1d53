// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_http_client.h"

#include <QTest>

using namespace cockpit;

/// The fake keeps the contract of the real client.
class TestFakeHttpClient : public QObject {
    Q_OBJECT

    static HttpRequest request(const QString &path)
    {
        HttpRequest request;
        request.path = path;
        request.backend = QStringLiteral("Prometheus eu");
        return request;
    }

private Q_SLOTS:
    void answersWhenTheTestLikes()
    {
        FakeHttpClient client;
        std::vector<Result<HttpResponse>> results;
        const auto keep = [&](Result<HttpResponse> result) { results.push_back(std::move(result)); };
        const RequestId first = client.send(request(QStringLiteral("/a")), keep);
        const RequestId second = client.send(request(QStringLiteral("/b")), keep);
        QCOMPARE(client.openWithPath(QStringLiteral("/b")).id, second);
        QVERIFY(results.empty());
        client.answer(second, 200, "two");
        client.answer(first, 503, "not ready");
        client.answer(first, 200, "too late");
        QCOMPARE(results.size(), std::size_t(2));
        QCOMPARE(results[0]->body, std::string("two"));
        QVERIFY(results[0]->body.capacity() >= results[0]->body.size() + 64);
        QCOMPARE(results[1].error().kind, Error::Kind::Server);
        QVERIFY(client.open().empty());
    }

    void cancelsOnceAndAtTheEnd()
    {
        int cancelled = 0;
        int ended = 0;
        std::vector<std::string> lines;
        {
            FakeHttpClient client;
            const RequestId id = client.send(request(QStringLiteral("/a")), [&](Result<HttpResponse> result) {
                cancelled += !result && result.error().kind == Error::Kind::Cancelled ? 1 : 100;
            });
            client.cancel(id);
            client.cancel(id);
            QCOMPARE(cancelled, 1);
            const RequestId watch = client.stream(
                request(QStringLiteral("/w")), std::chrono::seconds(1),
                [&](std::string_view line) { lines.emplace_back(line); },
                [&](Result<Done> result) { ended += !result ? 1 : 100; });
            client.line(watch, "x");
        }
        QCOMPARE(ended, 1);
        QCOMPARE(lines, std::vector<std::string>{"x"});
    }
};

QTEST_GUILESS_MAIN(TestFakeHttpClient)
#include "tst_fake_http_client.moc"
