// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/alertmanager_backend.h"
#include "app/backends/prometheus_backend.h"
#include "tests/support/fake_http_client.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const Instant noon = fromEpochMs(1'763'899'200'000);

class HandClock final : public Clock {
public:
    Instant now() const override { return m_now; }
    void advance(Duration by) { m_now += by; }

private:
    Instant m_now = noon;
};

/// Keeps what was published.
struct Seen {
    std::vector<SourceUpdate> updates;
    UpdateSink sink()
    {
        return [this](SourceUpdate update) { updates.push_back(std::move(update)); };
    }
    template<typename T> std::vector<T> all() const
    {
        std::vector<T> found;
        for (const SourceUpdate &update : updates) {
            if (const auto *one = std::get_if<T>(&update))
                found.push_back(*one);
        }
        return found;
    }
};

MetricPreset twoFigures()
{
    MetricPreset preset;
    preset.serviceLabels = {QStringLiteral("job")};
    preset.figures.insert(Figure::RequestsPerSecond, {.query = QStringLiteral("requests")});
    preset.figures.insert(Figure::ErrorRatio, {.query = QStringLiteral("errors")});
    preset.ranges.insert(Figure::ErrorRatio, {.query = QStringLiteral("errors{job=\"$service\"}")});
    return preset;
}

/// JSON with its quotes written as apostrophes: moc cannot read raw string literals.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

const std::string emptyRules = json("{'status':'success','data':{'groups':[]}}");

std::string vectorOf(const std::string &value)
{
    return json("{'status':'success','data':{'resultType':'vector','result':[{'metric':{'job':'gc-local'},"
                "'value':[1763899190,'" + value + "']}]}}");
}

} // namespace

class BackendsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_seen = {};
        m_clock = {};
        m_http = std::make_unique<FakeHttpClient>();
    }

    void oneQueryPerFigureForTheWholeFleet()
    {
        PrometheusBackend prometheus = makePrometheus();
        prometheus.poll(HttpLane::Poll);
        QCOMPARE(m_http->open().size(), size_t(4)); // two figures, the rules, and what fired before
        for (const auto &sent : m_http->open())
            m_http->answer(sent.id, 200, sent.request.path.endsWith(QStringLiteral("rules")) ? emptyRules : vectorOf("0.5"));
        const auto figures = m_seen.all<FigureUpdate>();
        QCOMPARE(figures.size(), size_t(2));
        QCOMPARE(figures[0].values->front().labels.value(u"service"), QStringLiteral("gc-service"));
        QCOMPARE(lastStatus().state, SourceStatus::State::Ok);
        QCOMPARE(*lastStatus().lastSuccess, noon);
    }

    void whatFiredBeforeIsReadFromItsSeries()
    {
        const auto series = [](std::initializer_list<double> values) {
            Series made{.labels = Labels({{QStringLiteral("__name__"), QStringLiteral("ALERTS")},
                                          {QStringLiteral("alertname"), QStringLiteral("A")},
                                          {QStringLiteral("alertstate"), QStringLiteral("firing")}})};
            Instant at = noon - Duration(std::chrono::minutes(qint64(values.size()) - 1));
            for (const double value : values) {
                made.points.push_back({at, value});
                at += std::chrono::minutes(1);
            }
            return made;
        };
        const double none = std::nan("");
        const auto ended = endedAlerts({series({1, none, 1, 1, none, none, none}), series({none, none, 1, 1, 1, 1, 1}),
                                        series({none, none})},
                                       noon, std::chrono::minutes(1));
        QCOMPARE(ended.size(), size_t(1)); // the second fires still, the third never did
        QVERIFY(ended.front().labels == Labels({{QStringLiteral("alertname"), QStringLiteral("A")}}));
        QCOMPARE(ended.front().startsAt, noon - Duration(std::chrono::minutes(4)));
        QCOMPARE(ended.front().endedAt, noon - Duration(std::chrono::minutes(2)));
    }

    void aRefusedQuestionForThePastSaysNothingOfTheSource()
    {
        PrometheusBackend prometheus = makePrometheus();
        prometheus.poll(HttpLane::Poll);
        for (const auto &sent : m_http->open()) {
            if (sent.request.path.endsWith(QStringLiteral("query_range")))
                m_http->answer(sent.id, 422, json("{'status':'error','errorType':'execution','error':'too many samples'}"));
            else
                m_http->answer(sent.id, 200, sent.request.path.endsWith(QStringLiteral("rules")) ? emptyRules : vectorOf("0.5"));
        }
        QCOMPARE(lastStatus().state, SourceStatus::State::Ok);
        QVERIFY(m_seen.all<PastAlertsUpdate>().empty());
        prometheus.poll(HttpLane::Poll);
        QCOMPARE(m_http->open().size(), size_t(3)); // it is not asked again
    }

    void oneBrokenFigureIsPartialAndHidesNothing()
    {
        PrometheusBackend prometheus = makePrometheus();
        prometheus.poll(HttpLane::Poll);
        bool first = true;
        for (const auto &sent : m_http->open()) {
            if (sent.request.path.endsWith(QStringLiteral("rules")))
                m_http->answer(sent.id, 200, emptyRules);
            else if (std::exchange(first, false))
                m_http->answer(sent.id, 422, json("{'status':'error','errorType':'execution','error':'many-to-many'}"));
            else
                m_http->answer(sent.id, 200, vectorOf("1"));
        }
        QCOMPARE(m_seen.all<FigureUpdate>().size(), size_t(1));
        QCOMPARE(lastStatus().state, SourceStatus::State::Partial);
        QVERIFY(lastStatus().message.contains(QStringLiteral("many-to-many")));
    }

    void badAnswersMakeItDown_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<SourceStatus::State>("state");
        const auto down = SourceStatus::State::Down;
        QTest::newRow("503 text") << 503 << QByteArray("Service Unavailable") << down;
        QTest::newRow("login page") << 200 << QByteArray("<html><body>Sign in</body></html>")
                                    << SourceStatus::State::Unauthorized;
        QTest::newRow("half a body") << 200 << QByteArray::fromStdString(json("{'status':'success','data':{'resultType':'vector','res")) << down;
        QTest::newRow("11001 points") << 400 << QByteArray::fromStdString(
            json("{'status':'error','errorType':'bad_data','error':'exceeded maximum resolution of 11,000 points'}"))
            << down;
    }

    void badAnswersMakeItDown()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(SourceStatus::State, state);
        PrometheusBackend prometheus = makePrometheus();
        prometheus.poll(HttpLane::Poll);
        for (const auto &sent : m_http->open())
            m_http->answer(sent.id, status, body.toStdString());
        QVERIFY(m_seen.all<FigureUpdate>().empty());
        QCOMPARE(lastStatus().state, state);
        QVERIFY(!lastStatus().message.isEmpty());
        QCOMPARE(*lastStatus().downSince, noon);
    }

    void aProxyThatRefusesPostGetsGet()
    {
        PrometheusBackend prometheus = makePrometheus();
        prometheus.poll(HttpLane::Poll);
        for (const auto &sent : m_http->open()) {
            if (sent.request.method == "POST")
                m_http->answer(sent.id, 405, "Method Not Allowed");
        }
        int gets = 0;
        for (const auto &sent : m_http->open())
            gets += sent.request.method == "GET" && !sent.request.query.isEmpty();
        QCOMPARE(gets, 3); // two figures and the past
        prometheus.poll(HttpLane::Poll);
        QCOMPARE(m_http->open().back().request.method, QByteArray("GET"));
    }

    void anOvertakenPollSaysNothing()
    {
        PrometheusBackend prometheus = makePrometheus();
        prometheus.poll(HttpLane::Poll);
        for (const auto &sent : m_http->open())
            m_http->cancel(sent.id);
        QVERIFY(m_seen.updates.empty());
    }

    void aChartNeverAsksForMoreThanItCanShow_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<qint64>("rangeMs");
        for (const int width : {10, 200, 900, 5000}) {
            for (const Duration range : {Duration(35min), Duration(1h), Duration(24h), Duration(24h * 90)})
                QTest::addRow("%d px, %lld h", width, static_cast<long long>(range / 1h)) << width << qint64(range.count());
        }
    }

    void aChartNeverAsksForMoreThanItCanShow()
    {
        QFETCH(int, width);
        QFETCH(qint64, rangeMs);
        const ChartWindow window = chartWindow(Duration(rangeMs), width, 15s, noon + 7s + 123ms);
        const qint64 points = (window.end - window.start) / window.step + 1;
        QVERIFY2(points <= 1002 && points <= 11'000, qPrintable(QString::number(points)));
        QVERIFY(window.step >= 15s);
        QCOMPARE(window.end.time_since_epoch() % window.step, Duration(0));
        QCOMPARE(window.start.time_since_epoch() % window.step, Duration(0));
    }

    void aFailedChartSaysWhy()
    {
        PrometheusBackend prometheus = makePrometheus();
        prometheus.queryChart({.service = ServiceId(QStringLiteral("gc-service")), .figure = Figure::ErrorRatio}, 300,
                              HttpLane::Interactive);
        const auto sent = m_http->open().front();
        QVERIFY(QString::fromUtf8(QByteArray::fromPercentEncoding(sent.request.body)).contains(QStringLiteral("gc-local")));
        m_http->answer(sent.id, 503, "Service Unavailable");
        const auto charts = m_seen.all<SeriesUpdate>();
        QCOMPARE(charts.size(), size_t(1));
        QVERIFY(charts[0].data.error);
        QVERIFY(!charts[0].data.series);
    }

    void alertsComeWithTheirSilencesOrNotAtAll()
    {
        AlertmanagerBackend member = makeMember();
        member.poll(HttpLane::Poll);
        answerMember("[]", 200);
        QCOMPARE(m_seen.all<AlertsUpdate>().size(), size_t(1));
        QCOMPARE(*m_seen.all<AlertsUpdate>()[0].uptime, Duration(1h));
        QCOMPARE(lastStatus().state, SourceStatus::State::Ok);

        m_seen.updates.clear();
        member.poll(HttpLane::Poll);
        answerMember("Limit of concurrent GET requests reached (8), try again later.", 503);
        QVERIFY2(m_seen.all<AlertsUpdate>().empty(), "alerts without silences would show silenced ones as firing");
        QCOMPARE(lastStatus().state, SourceStatus::State::Down);
        QVERIFY(lastStatus().message.contains(QStringLiteral("Limit of concurrent")));
    }

    void aMemberThatKeepsItsAlertsToItselfIsDownHoweverWellItIs()
    {
        AlertmanagerBackend member = makeMember();
        member.poll(HttpLane::Poll);
        answerMember("[]", 200);
        const auto before = lastStatus().lastSuccess;
        member.poll(HttpLane::Poll);
        m_clock.advance(15s);
        answerMember("[]", 200, Error{.kind = Error::Kind::Timeout, .what = QStringLiteral("No answer within 8 s.")});
        QCOMPARE(lastStatus().state, SourceStatus::State::Down);
        QCOMPARE(lastStatus().lastSuccess, before);
        QCOMPARE(*lastStatus().downSince, noon + 15s);
        QVERIFY2(lastStatus().message.contains(QStringLiteral("alerts")), qPrintable(lastStatus().message));
        QVERIFY(lastStatus().message.contains(QStringLiteral("8 s")));

        m_seen.updates.clear();
        member.poll(HttpLane::Poll);
        answerMember("[]", 200, Error{.kind = Error::Kind::Cancelled});
        QVERIFY2(m_seen.updates.empty(), "its alerts are not known, so nothing new is known of it");
    }

    void aMemberThatDoesNotTellHowItIsIsPartial()
    {
        AlertmanagerBackend member = makeMember();
        member.poll(HttpLane::Poll);
        for (const auto &sent : m_http->open()) {
            const bool asksHow = sent.request.path.endsWith(QStringLiteral("status"));
            m_http->answer(sent.id, asksHow ? 503 : 200, asksHow ? "" : "[]");
        }
        QCOMPARE(m_seen.all<AlertsUpdate>().size(), size_t(1));
        QCOMPARE(lastStatus().state, SourceStatus::State::Partial);
    }

private:
    PrometheusBackend makePrometheus()
    {
        const ServiceMap services({{.id = ServiceId(QStringLiteral("gc-service")),
                                    .match = Labels({{QStringLiteral("job"), QStringLiteral("gc-local")}})}});
        return PrometheusBackend(*m_http, m_clock,
                                 {.identity = {.id = SourceId(QStringLiteral("prometheus/p")),
                                               .name = QStringLiteral("p"),
                                               .backend = QStringLiteral("Prometheus p")},
                                  .preset = twoFigures(),
                                  .services = services},
                                 m_seen.sink());
    }

    AlertmanagerBackend makeMember()
    {
        return AlertmanagerBackend(*m_http, m_clock,
                                   {.identity = {.id = SourceId(QStringLiteral("alertmanager/eu/a")),
                                                 .name = QStringLiteral("a"),
                                                 .backend = QStringLiteral("Alertmanager eu/a"),
                                                 .kind = SourceStatus::Kind::Alertmanager,
                                                 .cluster = QStringLiteral("eu")}},
                                   m_seen.sink());
    }

    /// With `alertsError` the alerts do not come.
    void answerMember(const char *silences, int silencesStatus, const std::optional<Error> &alertsError = std::nullopt)
    {
        for (const auto &sent : m_http->open()) {
            if (sent.request.path.endsWith(QStringLiteral("status")))
                m_http->answer(sent.id, 200,
                               json("{'cluster':{'status':'ready'},'versionInfo':{'version':'0.25.0'},"
                                    "'config':{'original':'route: {receiver: a}'},'uptime':'"
                                    + toRfc3339(noon - 1h).toStdString() + "'}"));
            else if (sent.request.path.endsWith(QStringLiteral("silences")))
                m_http->answer(sent.id, silencesStatus, silences);
            else if (alertsError)
                m_http->fail(sent.id, *alertsError);
            else
                m_http->answer(sent.id, 200, "[]");
        }
    }

    SourceStatus lastStatus() const
    {
        const auto statuses = m_seen.all<StatusUpdate>();
        return statuses.empty() ? SourceStatus{} : statuses.back().status;
    }

    HandClock m_clock;
    Seen m_seen;
    std::unique_ptr<FakeHttpClient> m_http;
};

QTEST_GUILESS_MAIN(BackendsTest)
#include "tst_backends.moc"
