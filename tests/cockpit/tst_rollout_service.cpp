// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/rollout_service.h"
#include "tests/support/fake_http_client.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const QByteArray shortPolicy =
    "deployment:\n"
    "  strategy: canary\n"
    "  canary: {initial_percentage: 5%, increment: 10%, interval: 5m, success_criteria: [error_rate < 1%]}\n"
    "  rollback: {trigger: [error_rate > 5%]}\n";

class SetClock final : public Clock {
public:
    Instant instant = fromEpochMs(1'795'403'560'000);
    std::chrono::milliseconds ran{0};
    Instant now() const override { return instant; }
    Monotonic monotonic() const override { return Monotonic(ran); }
    void pass(std::chrono::milliseconds time)
    {
        instant += time;
        ran += time;
    }
};

std::string vectorBody(const QString &result)
{
    QString text = QStringLiteral("{'status':'success','data':{'resultType':'vector','result':[%1]}}").arg(result);
    return text.replace(u'\'', u'"').toStdString();
}

QString podValue(const char *pod, int value)
{
    return QStringLiteral("{'metric':{'pod':'%1'},'value':[1795403560,'%2']}").arg(QLatin1String(pod)).arg(value);
}

} // namespace

/// The service around verdicts and guards, with a store, a fake Prometheus and policies on disk.
class TestRolloutService : public QObject {
    Q_OBJECT

    struct World {
        QTemporaryDir folder{};
        SetClock clock{};
        FakeHttpClient http{};
        std::unique_ptr<PrometheusBackend> prometheus{};
        std::vector<std::function<void()>> posted{};
        RolloutStore store{};
        std::unique_ptr<TrackMeasurer> measurer{};
        std::shared_ptr<Fleet> fleet = std::make_shared<Fleet>();
        std::vector<ActionRequest> requests{};
        std::unique_ptr<RolloutService> service{};
        int canaryErrors = 0;
        int stableErrors = 0;

        World()
        {
            PrometheusBackend::Settings settings;
            settings.identity.backend = QStringLiteral("Prometheus eu");
            settings.endpoint = std::make_shared<const Endpoint>();
            settings.preset = *loadPreset(QStringLiteral("recorded"));
            prometheus = std::make_unique<PrometheusBackend>(http, clock, settings, [](const SourceUpdate &) {});
            measurer = std::make_unique<TrackMeasurer>(
                [this] { return QList<PrometheusBackend *>{prometheus.get()}; },
                [this](std::function<void()> job) { posted.push_back(std::move(job)); });
            fleet->alertsKnown = true;
            fleet->sources = {source("prometheus/eu", SourceStatus::Kind::Prometheus, "eu"),
                              source("alertmanager/eu/a", SourceStatus::Kind::Alertmanager, "eu")};
            writePolicy(shortPolicy);
            service = std::make_unique<RolloutService>(
                RolloutService::Parts{
                    .clock = clock,
                    .store = store,
                    .measurer = *measurer,
                    .fleet = [this] { return std::shared_ptr<const Fleet>(fleet); },
                    .request = [this](ActionRequest request) { requests.push_back(std::move(request)); },
                    .actor = QStringLiteral("ana")},
                QList<PolicyConfig>{{QStringLiteral("*"), policyPath()}});
        }
        static SourceStatus source(const char *id, SourceStatus::Kind kind, const char *cluster)
        {
            SourceStatus made;
            made.id = SourceId(QString::fromLatin1(id));
            made.name = made.id.toString();
            made.kind = kind;
            made.cluster = QString::fromLatin1(cluster);
            made.state = SourceStatus::State::Ok;
            return made;
        }
        QString policyPath() const { return folder.filePath(QStringLiteral("policy.yaml")); }
        void writePolicy(const QByteArray &yaml) const
        {
            QFile file(policyPath());
            if (file.open(QIODevice::WriteOnly))
                file.write(yaml);
        }
        static ObjectKey keyOf(int number)
        {
            return {.context = QStringLiteral("eu"),
                    .nameSpace = QStringLiteral("dt"),
                    .kind = QStringLiteral("Rollout"),
                    .name = QStringLiteral("gc-%1").arg(number),
                    .uid = QString::number(number)};
        }
        RolloutPtr rollout(int number, int weight, bool updating = true,
                           WorkloadKind kind = WorkloadKind::Rollout) const
        {
            Rollout made;
            made.key = keyOf(number);
            made.kind = kind;
            made.service = ServiceId(made.key.name);
            made.stableHash = QStringLiteral("aaa");
            made.currentHash = updating ? QStringLiteral("bbb") : QStringLiteral("aaa");
            made.revisions = {{.hash = QStringLiteral("bbb"), .number = 2},
                              {.hash = QStringLiteral("aaa"), .number = 1}};
            made.pods = {{.name = QStringLiteral("canary"), .hash = QStringLiteral("bbb")},
                         {.name = QStringLiteral("stable"), .hash = QStringLiteral("aaa")}};
            made.desiredWeight = weight;
            made.startedAt = fromEpochMs(1'795'403'560'000) - 30min;
            made.readAt = clock.now();
            return std::make_shared<const Rollout>(made);
        }
        void show(std::vector<RolloutPtr> rollouts)
        {
            store.apply({.context = QStringLiteral("eu"),
                         .at = clock.now(),
                         .rollouts = std::make_shared<const std::vector<RolloutPtr>>(std::move(rollouts)),
                         .events = std::make_shared<const std::vector<ClusterEvent>>()});
        }
        /// Answers what was asked, until nothing is asked any more.
        void answerAll()
        {
            while (!http.open().empty() || !posted.empty()) {
                for (const auto &sent : http.open()) {
                    const QByteArray body = sent.request.body;
                    const bool errors = body.contains("pod%3Aerrors");
                    const bool requested = body.contains("pod%3Arequests");
                    http.answer(
                        sent.id, 200,
                        vectorBody(requested ? podValue("canary", 1000) + u',' + podValue("stable", 3000)
                                   : errors ? podValue("canary", canaryErrors) + u',' + podValue("stable", stableErrors)
                                            : QString()));
                }
                for (const auto &job : std::exchange(posted, {}))
                    job();
            }
        }
        /// A second of the cockpit's life.
        void tick(std::chrono::milliseconds time = 1000ms)
        {
            clock.pass(time);
            for (int i = 0; i < 2; ++i) { // what was answered is seen by the guards in the same second
                service->tick();
                answerAll();
            }
        }
        bool waitForPolicy()
        {
            service->start();
            const bool known = QTest::qWaitFor([this] { return store.entries().front().policy != nullptr; });
            for (const Finding &problem : service->policyProblems())
                qWarning("%s", qPrintable(problem.text()));
            return known;
        }
        const RolloutEntry &entry(int number = 1) { return *store.find(keyOf(number)); }
    };

private Q_SLOTS:
    void judgesEachHalfMinuteAndWhenAStepChanged()
    {
        World world;
        world.show({world.rollout(1, 5)});
        QVERIFY(world.waitForPolicy());
        world.tick();
        QVERIFY(world.entry().verdict);
        QCOMPARE(world.entry().verdict->result, CriterionVerdict::Result::Pass);
        const Instant first = world.entry().verdict->at;
        world.tick(20s);
        QVERIFY(world.entry().verdict->at == first);
        world.tick(10s);
        QVERIFY(world.entry().verdict->at == first + 30s);
        world.show({world.rollout(1, 15)});
        world.tick();
        QVERIFY(world.entry().verdict->at == first + 31s);
        // A new step warms up: nothing is decided yet.
        QCOMPARE(world.entry().verdict->result, CriterionVerdict::Result::Inconclusive);
    }

    void asksForFourAtMostAtOnce()
    {
        World world;
        std::vector<RolloutPtr> many;
        for (int i = 0; i < 12; ++i)
            many.push_back(world.rollout(i, 5));
        world.show(many);
        QVERIFY(world.waitForPolicy());
        world.clock.pass(1s);
        world.service->tick();
        QCOMPARE(world.http.open().size(), size_t(4 * 5)); // five queries each
        world.answerAll();
        for (int i = 0; i < 12; ++i)
            QVERIFY(world.entry(i).verdict);
    }

    void whatDoesNotRollOutIsJudgedOnlyWhenAsked()
    {
        World world;
        world.show({world.rollout(1, 100, false)});
        QVERIFY(world.waitForPolicy());
        world.tick();
        QVERIFY(!world.entry().verdict);
        world.service->judgeNow(World::keyOf(1));
        world.answerAll();
        QVERIFY(world.entry().verdict);
    }

    void noFiguresAreInconclusive()
    {
        World world;
        world.show({world.rollout(1, 5)});
        QVERIFY(world.waitForPolicy());
        world.clock.pass(1s);
        world.service->tick();
        for (const auto &sent : world.http.open())
            world.http.fail(sent.id,
                            Error{Error::Kind::Timeout, QStringLiteral("Prometheus eu did not answer in 10 s.")});
        world.answerAll();
        QCOMPARE(world.entry().verdict->result, CriterionVerdict::Result::Inconclusive);
        QVERIFY(world.entry().verdict->words.contains(QStringLiteral("did not answer in 10 s")));
    }

    void aGuardCountsDownAndRollsBack()
    {
        World world;
        world.show({world.rollout(1, 5)});
        QVERIFY(world.waitForPolicy());
        world.tick();
        QVERIFY(world.service->arm(World::keyOf(1)).has_value());
        QCOMPARE(world.entry().guard->armedBy, QStringLiteral("ana"));
        world.canaryErrors = 80;
        world.tick(30s);
        QCOMPARE(world.entry().guard->state, RolloutGuard::State::Counting);
        for (int i = 0; i < 9; ++i)
            world.tick();
        QVERIFY(world.requests.empty());
        world.tick();
        QCOMPARE(world.requests.size(), size_t(1));
        QVERIFY((std::get<AbortRollout>(world.requests.front().intent) == AbortRollout{World::keyOf(1)}));
        QVERIFY(world.requests.front().reason.contains(QStringLiteral("ana")));
        for (int i = 0; i < 5; ++i)
            world.tick();
        QCOMPARE(world.requests.size(), size_t(1)); // once
    }

    void aDeploymentIsUndone()
    {
        World world;
        world.show({world.rollout(1, 50, true, WorkloadKind::Deployment)});
        QVERIFY(world.waitForPolicy());
        world.tick();
        QVERIFY(world.service->arm(World::keyOf(1)).has_value());
        world.canaryErrors = 80;
        world.tick(30s);
        for (int i = 0; i < 11; ++i)
            world.tick();
        QCOMPARE(world.requests.size(), size_t(1));
        QCOMPARE(std::get<UndoRollout>(world.requests.front().intent).revisionHash, QStringLiteral("aaa"));
    }

    void aGuardHoldsWhileStableBreachesToo()
    {
        World world;
        world.show({world.rollout(1, 5)});
        QVERIFY(world.waitForPolicy());
        world.tick();
        QVERIFY(world.service->arm(World::keyOf(1)).has_value());
        world.canaryErrors = 80;
        world.stableErrors = 240;
        world.tick(30s);
        for (int i = 0; i < 15; ++i)
            world.tick();
        QCOMPARE(world.entry().guard->state, RolloutGuard::State::Holding);
        QVERIFY(world.requests.empty());
    }

    void disarms_data()
    {
        QTest::addColumn<QString>("how");
        QTest::addColumn<QString>("words");
        QTest::newRow("by a person") << "person"
                                     << "ana said so";
        QTest::newRow("quit") << "quit"
                              << "the cockpit quits";
        QTest::newRow("sleep") << "sleep"
                               << "nobody watched for 5 m 0 s";
        QTest::newRow("source lost") << "source"
                                     << "prometheus/eu does not answer";
        QTest::newRow("cluster lost") << "cluster"
                                      << "kubernetes/eu does not answer";
    }
    void disarms()
    {
        QFETCH(QString, how);
        QFETCH(QString, words);
        World world;
        world.show({world.rollout(1, 5)});
        QVERIFY(world.waitForPolicy());
        world.tick();
        QVERIFY(world.service->arm(World::keyOf(1)).has_value());
        QSignalSpy noticed(world.service.get(), &RolloutService::noticed);
        if (how == u"person")
            world.service->disarm(World::keyOf(1), words);
        if (how == u"quit")
            world.service->quit();
        if (how == u"sleep")
            world.service->woke(5min);
        if (how == u"source")
            world.fleet->sources.first().state = SourceStatus::State::Down;
        if (how == u"cluster") {
            SourceStatus cluster = World::source("kubernetes/eu", SourceStatus::Kind::Kubernetes, "eu");
            cluster.state = SourceStatus::State::Down;
            world.fleet->sources.append(cluster);
        }
        world.tick();
        QCOMPARE(world.entry().guard->state, RolloutGuard::State::Disarmed);
        QVERIFY2(world.entry().guard->words.contains(words), qPrintable(world.entry().guard->words));
        QCOMPARE(noticed.size(), 1);
        world.canaryErrors = 80;
        world.tick(70s);
        QVERIFY(!world.entry().guard); // shown for a while, then gone
        QVERIFY(world.requests.empty());
    }

    void refusesToArmOnStaleData()
    {
        World world;
        world.show({world.rollout(1, 5)});
        QVERIFY(world.waitForPolicy());
        QVERIFY(!world.service->arm(World::keyOf(1)).has_value()); // no verdict yet
        world.tick();
        world.clock.pass(3min);
        const auto armed = world.service->arm(World::keyOf(1));
        QVERIFY(!armed);
        QVERIFY(armed.error().text().contains(QStringLiteral("the cluster was last read")));
        QVERIFY(!world.service->arm(World::keyOf(7)).has_value());
    }

    void policiesAreReadAgainWhenTheyChange()
    {
        World world;
        world.show({world.rollout(1, 5)});
        QVERIFY(world.waitForPolicy());
        QByteArray changed = shortPolicy;
        changed.replace("increment: 10%", "increment: 20%");
        world.writePolicy(changed);
        QVERIFY(QTest::qWaitFor([&world] {
            world.tick();
            return world.entry().policy->increment == 20;
        }));
        // A broken file is told, and the last good policy stays.
        QSignalSpy noticed(world.service.get(), &RolloutService::noticed);
        world.writePolicy("deployment: {strategy: maybe}\n");
        QVERIFY(QTest::qWaitFor([&world, &noticed] {
            world.tick();
            return !noticed.isEmpty();
        }));
        QVERIFY(!world.service->policyProblems().isEmpty());
        QCOMPARE(world.entry().policy->increment, 20);
    }
};

QTEST_GUILESS_MAIN(TestRolloutService)
#include "tst_rollout_service.moc"
