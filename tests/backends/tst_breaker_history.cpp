// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/breaker_history.h"
#include "tests/support/fake_http_client.h"

#include <QTest>
#include <QUrlQuery>

#include <algorithm>
#include <cmath>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const Instant historyEnd = fromEpochMs(1'795'403'560'000);

class HistoryClock final : public Clock {
public:
    Instant now() const override { return historyEnd; }
};

Series historyLine(const char *name, const char *state, std::vector<Point> points)
{
    Series line;
    line.labels = Labels(
        {{QStringLiteral("name"), QString::fromLatin1(name)}, {QStringLiteral("state"), QString::fromLatin1(state)}});
    line.points = std::move(points);
    return line;
}

std::string historyBody(std::string result)
{
    std::replace(result.begin(), result.end(), '\'', '"');
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[" + result + "]}}";
}

} // namespace

/// What Prometheus remembers of breakers.
class TestBreakerHistory : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeHttpClient> m_http{};
    HistoryClock m_clock{};
    std::unique_ptr<PrometheusBackend> m_server{};
    std::optional<Result<QHash<QString, std::vector<BreakerSample>>>> m_answer{};

    void ask(const char *preset)
    {
        m_http = std::make_unique<FakeHttpClient>();
        PrometheusBackend::Settings settings;
        settings.endpoint = std::make_shared<const Endpoint>();
        settings.preset = *loadPreset(QString::fromLatin1(preset));
        m_server = std::make_unique<PrometheusBackend>(*m_http, m_clock, settings, [](const SourceUpdate &) {});
        m_answer.reset();
        queryBreakerHistory(
            *m_server, ServiceId(QStringLiteral("gc-service")), 35min,
            [this](Result<QHash<QString, std::vector<BreakerSample>>> answer) { m_answer = std::move(answer); });
    }
    void answerRest()
    {
        for (const FakeHttpClient::Sent &sent : m_http->open())
            m_http->answer(sent.id, 200, historyBody(""));
    }

private Q_SLOTS:
    void cleanup()
    {
        m_server.reset();
        m_http.reset();
    }
    void oneMomentHoldsAllFigures()
    {
        BreakerSeries series;
        const Instant at = historyEnd - 60s;
        series.state = {historyLine("mc", "open", {{at, 1}, {at + 15s, 0}}),
                        historyLine("mc", "half_open", {{at, 0}, {at + 15s, 1}}),
                        historyLine("redis", "closed", {{at, 1}})};
        series.failureRatio = {historyLine("mc", "", {{at, 0.5}, {at + 15s, std::nan("")}})};
        series.rejectedPerSecond = {historyLine("mc", "", {{at + 30s, 12}})};
        const auto samples = breakerSamples(series, BreakerQueries{});
        QCOMPARE(samples.size(), 2);
        const auto &mc = *samples.constFind(QStringLiteral("mc"));
        QCOMPARE(mc.size(), size_t(3));
        QVERIFY(mc[0].state == BreakerState::Open && mc[0].failureRatio == 0.5F && std::isnan(mc[0].slowRatio));
        QVERIFY(mc[1].state == BreakerState::HalfOpen && std::isnan(mc[1].failureRatio));
        QVERIFY(mc[2].state == BreakerState::Unknown && mc[2].rejectedPerSecond == 12.F);
    }
    void podsThatDifferShowTheWorst()
    {
        const auto samples = breakerSamples(
            {.state = {historyLine("mc", "closed", {{historyEnd, 1}}), historyLine("mc", "open", {{historyEnd, 1}}),
                       historyLine("mc", "made_up", {{historyEnd, 1}})}},
            BreakerQueries{});
        QVERIFY(samples.value(QStringLiteral("mc")).front().state == BreakerState::Open);
    }
    void resilience4jIsAskedByItsOwnNames()
    {
        ask("spring");
        QCOMPARE(m_http->sent().size(), size_t(4));
        const QUrlQuery form(QString::fromUtf8(m_http->sent().front().request.body));
        QVERIFY(form.queryItemValue(QStringLiteral("query"), QUrl::FullyDecoded)
                    .contains(QStringLiteral("resilience4j_circuitbreaker_state{job=\"gc-service\"}")));
        m_http->answer(m_http->sent().front().id, 200,
                       historyBody("{'metric':{'name':'mc/a b','state':'open'},'values':[[1795403500,'1']]}"));
        answerRest();
        QVERIFY(m_answer && m_answer->has_value());
        QVERIFY((*m_answer)->value(QStringLiteral("mc/a b")).front().state == BreakerState::Open);
    }
    void refusedStatesAreAnError()
    {
        ask("recorded");
        m_http->answer(m_http->sent().front().id, 400,
                       "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse\"}");
        answerRest();
        QVERIFY(m_answer && !m_answer->has_value());
    }
    void aPresetWithoutBreakersSaysSo()
    {
        ask("linkerd");
        QVERIFY(m_http->sent().empty());
        QVERIFY(m_answer && !m_answer->has_value());
        QCOMPARE(m_answer->error().kind, Error::Kind::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestBreakerHistory)
#include "tst_breaker_history.moc"
