// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/track_measures.h"
#include "tests/support/fake_http_client.h"

#include <QTest>
#include <QUrlQuery>

#include <algorithm>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const Instant measuredAt = fromEpochMs(1'795'403'560'000);

class StillClock final : public Clock {
public:
    Instant now() const override { return measuredAt; }
};

/// JSON with its quotes written as apostrophes: moc cannot read raw string literals.
std::string body(std::string result)
{
    std::replace(result.begin(), result.end(), '\'', '"');
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + result + "]}}";
}

std::string series(const char *labels, const char *value)
{
    return std::string("{'metric':{") + labels + "},'value':[1795403560,'" + value + "']}";
}

/// gc-service of Dark Tower: series with job and pod, and no version anywhere.
Rollout darkTowerRollout()
{
    Rollout rollout;
    rollout.key.name = rollout.key.kind = QStringLiteral("gc-service");
    rollout.service = ServiceId(QStringLiteral("gc-service"));
    rollout.stableHash = QStringLiteral("5f8b4");
    rollout.currentHash = QStringLiteral("6c7d9");
    rollout.pods = {{.name = QStringLiteral("gc-service-6c7d9-aaaaa"), .hash = QStringLiteral("6c7d9")},
                    {.name = QStringLiteral("gc-service-5f8b4-ccccc"), .hash = QStringLiteral("5f8b4")}};
    rollout.startedAt = measuredAt - 20min;
    return rollout;
}

} // namespace

/// Canary and stable from real queries and their answers.
class TestTrackMeasures : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeHttpClient> m_http{};
    StillClock m_clock{};
    std::vector<std::unique_ptr<PrometheusBackend>> m_servers{};
    std::vector<std::function<void()>> m_posted{};
    std::unique_ptr<TrackMeasurer> m_measurer{};
    std::optional<Result<TrackMeasures>> m_answer{};
    int m_answers = 0;

    void addServer(const char *name, const char *preset)
    {
        PrometheusBackend::Settings settings;
        settings.identity.backend = QString::fromLatin1(name);
        settings.endpoint = std::make_shared<const Endpoint>();
        settings.preset = *loadPreset(QString::fromLatin1(preset));
        m_servers.push_back(
            std::make_unique<PrometheusBackend>(*m_http, m_clock, settings, [](const SourceUpdate &) {}));
    }
    void measure(const Rollout &rollout)
    {
        m_measurer->measure(rollout, 5min, measuredAt, [this](Result<TrackMeasures> answer) {
            m_answer = std::move(answer);
            ++m_answers;
        });
    }
    void runPosted()
    {
        for (const auto &job : std::exchange(m_posted, {}))
            job();
    }
    static QString fieldOf(const FakeHttpClient::Sent &sent, const char *name)
    {
        const QUrlQuery form(QString::fromUtf8(sent.request.body));
        return form.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
    }
    /// Answers every open query that holds `part` (and asks as of `time`).
    int answer(const char *part, const std::string &text, const char *time = "")
    {
        int answered = 0;
        for (const FakeHttpClient::Sent &sent : m_http->open()) {
            if (!fieldOf(sent, "query").contains(QLatin1String(part)) ||
                !fieldOf(sent, "time").startsWith(QLatin1String(time)))
                continue;
            m_http->answer(sent.id, 200, text);
            ++answered;
        }
        return answered;
    }
    void answerRest()
    {
        answer("", body(""));
        runPosted();
    }

private Q_SLOTS:
    void init()
    {
        m_measurer.reset();
        m_servers.clear();
        m_posted.clear();
        m_answer.reset();
        m_answers = 0;
        m_http = std::make_unique<FakeHttpClient>();
        m_measurer = std::make_unique<TrackMeasurer>(
            [this] {
                QList<PrometheusBackend *> all;
                for (const auto &server : m_servers)
                    all.append(server.get());
                return all;
            },
            [this](std::function<void()> job) { m_posted.push_back(std::move(job)); });
    }
    void cleanup()
    {
        m_measurer.reset();
        m_servers.clear();
        m_http.reset();
    }

    void darkTowersLabelsAreEnough()
    {
        addServer("Prometheus eu", "dark-tower");
        measure(darkTowerRollout());
        QCOMPARE(m_http->open().size(), size_t(4)); // it has no saturation
        for (const auto &sent : m_http->open()) {
            QCOMPARE(fieldOf(sent, "time"), QStringLiteral("1795403560.000"));
            QVERIFY(fieldOf(sent, "query").contains(QStringLiteral("job=\"gc-service\"")));
            QVERIFY(!fieldOf(sent, "query").contains(u'$'));
        }
        QCOMPARE(answer("status_code", body(series("'pod':'gc-service-6c7d9-aaaaa'", "68") + ',' +
                                            series("'pod':'gc-service-5f8b4-ccccc'", "0"))),
                 1);
        QCOMPARE(answer("_bucket", body(series("'pod':'gc-service-6c7d9-aaaaa','le':'0.2'", "10") + ',' +
                                        series("'pod':'gc-service-6c7d9-aaaaa','le':'0.5'", "1000") + ',' +
                                        series("'pod':'gc-service-6c7d9-aaaaa','le':'+Inf'", "1000"))),
                 1);
        QCOMPARE(answer("timestamp", body(series("", "1795403550"))), 1);
        QVERIFY(!m_answer);
        QCOMPARE(answer("increase", body(series("'pod':'gc-service-6c7d9-aaaaa'", "1000") + ',' +
                                         series("'pod':'gc-service-5f8b4-ccccc'", "3000"))),
                 1);
        QVERIFY(!m_answer); // never from inside: it is posted to the owner
        runPosted();
        QVERIFY(m_answer && m_answer->has_value());
        const TrackMeasures &measures = m_answer->value();
        QCOMPARE(measures.split, TrackSplit::PodTemplateHash);
        QCOMPARE(measures.canary.requests, 1000.0);
        QCOMPARE(measures.canary.errors, 68.0);
        QCOMPARE(measures.stable.errors, 0.0);
        QCOMPARE(measures.canary.p99->upper, 0.5);
        QVERIFY(!measures.stable.p99 && !measures.baselineIsPast);
        QVERIFY(measures.canary.sampledAt == measuredAt - 10s);
        QVERIFY(measures.window == 5min && measures.windowEnd == measuredAt);
        QCOMPARE(measures.source, QStringLiteral("Prometheus eu"));
    }

    void theWindowIsInTheNameOfRecordedSeries()
    {
        addServer("Prometheus eu", "recorded");
        measure(darkTowerRollout());
        QCOMPARE(answer("pod:errors:increase5m{service=\"gc-service\"}", body("")), 1);
        QCOMPARE(answer("pod:requests:increase5m{service=\"gc-service\"}", body("")), 1);
        QCOMPARE(answer("pod:latency_seconds_bucket:increase5m{service=\"gc-service\"}", body("")), 1);
        QCOMPARE(answer("pod:saturation:ratio{service=\"gc-service\"}", body("")), 1);
        answerRest();
        QCOMPARE(m_answer->value().split, TrackSplit::None);
        QVERIFY(!m_answer->value().splitProblem.isEmpty());
    }

    void withoutStableBesideTheBaselineIsTheWindowBefore()
    {
        addServer("Prometheus eu", "recorded");
        Rollout done = darkTowerRollout();
        done.pods.removeLast();
        measure(done);
        QCOMPARE(m_http->open().size(), size_t(10));
        answer("pod:requests", body(series("'pod':'gc-service-5f8b4-ccccc'", "900")), "1795402360");
        answer("pod:errors", body(series("'pod':'gc-service-5f8b4-ccccc'", "9")), "1795402360");
        answer("pod:requests", body(series("'pod':'gc-service-6c7d9-aaaaa'", "1000")));
        answerRest();
        QVERIFY(m_answer->value().baselineIsPast);
        QCOMPARE(m_answer->value().stable.requests, 900.0);
        QCOMPARE(m_answer->value().stable.errors, 9.0);
        QCOMPARE(m_answer->value().canary.requests, 1000.0);
    }

    void whereAllTrafficIsNewNothingHasToBeToldApart()
    {
        addServer("Prometheus eu", "recorded");
        Rollout done = darkTowerRollout();
        done.pods.clear();
        done.stableHash = done.currentHash;
        done.startedAt.reset();
        measure(done);
        answer("pod:requests", body(series("", "1000")));
        answerRest();
        QCOMPARE(m_answer->value().split, TrackSplit::AllTraffic);
        QCOMPARE(m_answer->value().canary.requests, 1000.0);
        QVERIFY(m_answer->value().baselineIsPast && !m_answer->value().stable.requests);
    }

    void severalServersAreJoined()
    {
        addServer("Prometheus a", "recorded");
        addServer("Prometheus b", "recorded");
        measure(darkTowerRollout());
        const auto open = m_http->open();
        for (const auto &sent : open) {
            if (fieldOf(sent, "query").startsWith(QStringLiteral("pod:requests")))
                m_http->answer(
                    sent.id, 200,
                    body(series("'pod':'gc-service-6c7d9-aaaaa'", sent.id == open.front().id ? "990" : "1000")));
        }
        answerRest();
        QCOMPARE(m_answer->value().canary.requests, 1000.0);
        QCOMPARE(m_answer->value().source, QStringLiteral("Prometheus a, Prometheus b"));
    }

    void oneServerOfTwoIsEnoughAndIsToldSo()
    {
        addServer("Prometheus a", "recorded");
        addServer("Prometheus b", "recorded");
        measure(darkTowerRollout());
        const auto open = m_http->open();
        for (size_t i = 0; i < open.size() / 2; ++i)
            m_http->fail(open[i].id, Error{Error::Kind::Timeout, QStringLiteral("Prometheus a did not answer.")});
        answer("pod:requests", body(series("'pod':'gc-service-6c7d9-aaaaa'", "1000")));
        answerRest();
        QCOMPARE(m_answer->value().canary.requests, 1000.0);
        QVERIFY(m_answer->value().source.contains(QStringLiteral("in part")));
    }

    void nobodyAnswers()
    {
        addServer("Prometheus a", "recorded");
        measure(darkTowerRollout());
        for (const auto &sent : m_http->open())
            m_http->answer(sent.id, 503, "Service Unavailable");
        runPosted();
        QVERIFY(m_answer && !m_answer->has_value());
        QCOMPARE(m_answer->error().kind, Error::Kind::Server);
        QCOMPARE(m_answers, 1);
    }

    void aPresetWithoutTracksIsSaid()
    {
        addServer("Prometheus a", "nginx-ingress");
        measure(darkTowerRollout());
        QVERIFY(!m_answer);
        runPosted();
        QCOMPARE(m_answer->error().kind, Error::Kind::Invalid);
    }

    void notANumberAndNoDataAreNotZero()
    {
        addServer("Prometheus a", "recorded");
        measure(darkTowerRollout());
        answer("pod:requests", body(series("'pod':'gc-service-6c7d9-aaaaa'", "1000")));
        answer("pod:errors", body(series("'pod':'gc-service-6c7d9-aaaaa'", "NaN")));
        answer("pod:saturation", body(series("'pod':'gc-service-6c7d9-aaaaa'", "+Inf")));
        answerRest();
        QVERIFY(!m_answer->value().canary.errors && !m_answer->value().canary.saturation);
        QVERIFY(!m_answer->value().stable.requests);
    }

    void nothingIsDeliveredAfterTheEnd()
    {
        addServer("Prometheus a", "recorded");
        measure(darkTowerRollout());
        m_measurer.reset();
        answerRest();
        QVERIFY(!m_answer);
    }

    void allTrafficForTheProof()
    {
        addServer("Prometheus a", "recorded");
        std::optional<double> requests;
        m_measurer->measureAll(ServiceId(QStringLiteral("gc-service")), 5min, measuredAt,
                               [&requests](const Result<TrackMeasure> &all) { requests = all->requests; });
        answer("pod:requests", body(series("'pod':'x'", "5") + ',' + series("'pod':'y'", "6")));
        answerRest();
        QCOMPARE(requests, 11.0);
    }
};

QTEST_GUILESS_MAIN(TestTrackMeasures)
#include "tst_track_measures.moc"
