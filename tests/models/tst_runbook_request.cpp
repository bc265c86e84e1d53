// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook_request.h"

#include <QTest>

using namespace cockpit;

/// What a runbook's block asks for is the very request of the pages, or is refused in words.
class RunbookRequestTest : public QObject {
    Q_OBJECT

    using Verb = RunbookActionReference::Verb;
    RolloutStore m_rollouts{};

    static RolloutPtr rollout(const QString &context, const QString &nameSpace)
    {
        auto made = std::make_shared<Rollout>();
        made->key.context = context;
        made->key.nameSpace = nameSpace;
        made->key.kind = QStringLiteral("Rollout");
        made->key.name = QStringLiteral("gc-service");
        made->service = ServiceId(QStringLiteral("gc-service"));
        RolloutRevision newest;
        newest.hash = QStringLiteral("b2");
        newest.number = 2;
        RolloutRevision before;
        before.hash = QStringLiteral("a1");
        before.number = 1;
        before.podTemplate = "{}";
        made->revisions = {newest, before};
        made->stableHash = QStringLiteral("b2");
        made->currentHash = QStringLiteral("b2");
        made->phase = RolloutPhase::Healthy;
        return made;
    }
    void show(const QString &context, const QString &nameSpace)
    {
        RolloutsUpdate update;
        update.source = SourceId(QStringLiteral("kubernetes ") + context);
        update.context = context;
        update.rollouts =
            std::make_shared<const std::vector<RolloutPtr>>(std::vector<RolloutPtr>{rollout(context, nameSpace)});
        m_rollouts.apply(update);
    }
    static RunbookActionReference reference(Verb verb, const QString &object = QStringLiteral("gc-service"))
    {
        RunbookActionReference made;
        made.verb = verb;
        made.object = object;
        return made;
    }

private Q_SLOTS:
    void nothingIsDoneBeforeAClusterAnswered()
    {
        RolloutStore none;
        const auto request = requestOf(reference(Verb::Rollback), {.rollouts = none});
        QVERIFY(!request);
        QCOMPARE(request.error().kind, Error::Kind::Unavailable);
    }

    void rollbackIsWhatThePageOffers()
    {
        show(QStringLiteral("prod-eu"), QStringLiteral("dark-tower"));
        const auto request = requestOf(reference(Verb::Rollback), {.rollouts = m_rollouts});
        QVERIFY2(request, request ? "" : qPrintable(request.error().text()));
        const auto *undo = std::get_if<UndoRollout>(&request->intent);
        QVERIFY(undo);
        QCOMPARE(undo->revisionHash, QStringLiteral("a1"));
        QCOMPARE(request->service, ServiceId(QStringLiteral("gc-service")));
        RunbookActionReference to = reference(Verb::Rollback);
        to.to = QStringLiteral("9");
        QCOMPARE(requestOf(to, {.rollouts = m_rollouts}).error().kind, Error::Kind::NotFound);
    }

    void scaleNeedsItsNumber()
    {
        RunbookActionReference scale = reference(Verb::Scale);
        QCOMPARE(requestOf(scale, {.rollouts = m_rollouts}).error().kind, Error::Kind::Invalid);
        scale.replicas = 6;
        const auto request = requestOf(scale, {.rollouts = m_rollouts});
        QVERIFY(request);
        QCOMPARE(std::get<ScaleRollout>(request->intent).replicas, 6);
    }

    void oneThatIsNotThereIsSaid()
    {
        const auto request =
            requestOf(reference(Verb::Restart, QStringLiteral("xy-service")), {.rollouts = m_rollouts});
        QCOMPARE(request.error().kind, Error::Kind::NotFound);
        RunbookActionReference broken = reference(Verb::Restart);
        broken.problem = QStringLiteral("expected one key");
        QCOMPARE(requestOf(broken, {.rollouts = m_rollouts}).error().what, QStringLiteral("expected one key"));
    }

    void severalAreNeverGuessed()
    {
        show(QStringLiteral("prod-us"), QStringLiteral("dark-tower"));
        const auto several = requestOf(reference(Verb::Restart), {.rollouts = m_rollouts});
        QVERIFY(!several);
        QVERIFY(several.error().what.contains(QStringLiteral("prod-us")));
        const auto one =
            requestOf(reference(Verb::Restart), {.rollouts = m_rollouts, .context = QStringLiteral("prod-us")});
        QVERIFY2(one, one ? "" : qPrintable(one.error().text()));
        QCOMPARE(std::get<RestartRollout>(one->intent).object.context, QStringLiteral("prod-us"));
    }

    void breakersAndFlagsNeedTheirSources()
    {
        RunbookActionReference breaker = reference(Verb::Breaker);
        breaker.from = QStringLiteral("gc-service");
        breaker.to = QStringLiteral("redis");
        breaker.set = QStringLiteral("open");
        QVERIFY(
            requestOf(breaker, {.rollouts = m_rollouts}).error().what.contains(QStringLiteral("No breaker source")));
        RunbookActionReference flag = reference(Verb::Flag, QStringLiteral("fast-join"));
        flag.set = QStringLiteral("off");
        QVERIFY(requestOf(flag, {.rollouts = m_rollouts}).error().what.contains(QStringLiteral("No flag source")));

        BreakerStore store;
        store.setConfigured(true, true);
        auto known = std::make_shared<Breaker>();
        known->key.from = ServiceId(QStringLiteral("gc-service"));
        known->key.name = QStringLiteral("redis");
        known->to = QStringLiteral("redis");
        BreakersUpdate breakers;
        breakers.source = SourceId(QStringLiteral("breakers"));
        breakers.breakers = std::make_shared<const std::vector<BreakerPtr>>(std::vector<BreakerPtr>{known});
        store.apply(breakers);
        breaker.length = std::chrono::minutes(30);
        const auto forced = requestOf(breaker, {.rollouts = m_rollouts, .breakers = &store, .now = fromEpochMs(0)});
        QVERIFY2(forced, forced ? "" : qPrintable(forced.error().text()));
        QCOMPARE(std::get<OverrideBreaker>(forced->intent).endsAt, fromEpochMs(1'800'000));
        breaker.set = QStringLiteral("reset");
        QVERIFY(std::holds_alternative<ResetBreaker>(
            requestOf(breaker, {.rollouts = m_rollouts, .breakers = &store})->intent));
        QCOMPARE(requestOf(flag, {.rollouts = m_rollouts, .breakers = &store}).error().kind, Error::Kind::Unavailable);
    }
};

QTEST_GUILESS_MAIN(RunbookRequestTest)
#include "tst_runbook_request.moc"
