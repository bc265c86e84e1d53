// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/store_fixture.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;

/// Deployments and pages are known for longer than the cluster keeps them; corrections never destroy.
class DeliveryRowsTest : public QObject {
    Q_OBJECT

    static QString environment() { return QStringLiteral("prod"); }
    static std::unique_ptr<Store> open(const QTemporaryDir &dir, Instant now = at(1000))
    {
        auto store = Store::open(optionsIn(dir), now);
        if (!store)
            qFatal("%s", qPrintable(store.error().text()));
        return std::move(*store);
    }
    static DeploymentRecord record()
    {
        return {.id = QStringLiteral("eu/prod/Rollout/gc-service@7d9"),
                .service = QStringLiteral("gc-service"),
                .revision = QStringLiteral("1.42.3"),
                .at = at(10),
                .failedAt = at(20),
                .restoredAt = at(80),
                .outcome = DeploymentRecord::Outcome::RolledBack,
                .because = QStringLiteral("went back to 1.42.1"),
                .evidence = QStringLiteral("ReplicaSet gc-service-7d9")};
    }

private Q_SLOTS:
    void aDeploymentSurvivesARestart()
    {
        QTemporaryDir dir;
        QVERIFY(open(dir)->delivery().see(environment(), {record()}, at(100)));
        const auto found = open(dir)->delivery().deployments(environment());
        QVERIFY(found);
        QCOMPARE(*found, QList{record()});
        QVERIFY(open(dir)->delivery().deployments(QStringLiteral("other"))->isEmpty());
    }

    void aLaterSightKeepsWhatWasKnown()
    {
        QTemporaryDir dir;
        const auto store = open(dir);
        DeploymentRecord first = record();
        first.failedAt.reset();
        first.restoredAt.reset();
        first.outcome = DeploymentRecord::Outcome::Running;
        QVERIFY(store->delivery().see(environment(), {first}, at(15)));
        QVERIFY(store->delivery().see(environment(), {record()}, at(100)));
        DeploymentRecord later = record();
        later.restoredAt.reset();
        later.at = at(12); // a server that says it later than it was
        QVERIFY(store->delivery().see(environment(), {later}, at(200)));
        QCOMPARE(*store->delivery().deployments(environment()), QList{record()});
    }

    void oldSightsGoAndCorrectionsStay()
    {
        QTemporaryDir dir;
        const DeploymentCorrection correction{.deployment = record().id,
                                              .verdict = DeploymentCorrection::Verdict::Excluded,
                                              .reason = QStringLiteral("a drill"),
                                              .actor = QStringLiteral("ada"),
                                              .at = at(50)};
        {
            const auto store = open(dir);
            QVERIFY(store->delivery().see(environment(), {record()}, at(100)));
            QVERIFY(store->delivery().correct(environment(), correction, ActionId(QStringLiteral("a-1"))));
        }
        const auto store = open(dir, at(0) + std::chrono::hours(24 * 401));
        QVERIFY(store->delivery().deployments(environment())->isEmpty());
        QCOMPARE(*store->delivery().corrections(environment()), QList{correction});
    }

    void aCorrectionNeedsAReasonAndStandsInTheActivityLog()
    {
        QTemporaryDir dir;
        const auto store = open(dir);
        DeploymentCorrection correction{.deployment = record().id, .actor = QStringLiteral("ada"), .at = at(50)};
        QVERIFY(!store->delivery().correct(environment(), correction, ActionId(QStringLiteral("a-1"))));
        QVERIFY(store->delivery().corrections(environment())->isEmpty());
        correction.reason = QStringLiteral("a drill");
        QVERIFY(store->delivery().correct(environment(), correction, ActionId(QStringLiteral("a-1"))));
        QVERIFY(store->delivery().correct(environment(), correction, ActionId(QStringLiteral("a-2"))));
        QCOMPARE(store->delivery().corrections(environment())->size(), 2);
        QCOMPARE(store->journal().verifyChain()->entries, 2);
    }

    void theSamePageIsOneRowWithItsEnd()
    {
        QTemporaryDir dir;
        const auto store = open(dir);
        SeenPage seen{
            .firing = QStringLiteral("eu/f1"),
            .page = {.alert = QStringLiteral("GCDown"), .service = QStringLiteral("gc-service"), .at = at(5)}};
        QVERIFY(store->delivery().seePages(environment(), {seen}));
        seen.page.endedAt = at(65);
        QVERIFY(store->delivery().seePages(environment(), {seen}));
        SeenPage again = seen;
        again.page.endedAt.reset();
        QVERIFY(store->delivery().seePages(environment(), {again}));
        QCOMPARE(*store->delivery().pagesSince(environment(), at(0)), QList{seen});
        QVERIFY(store->delivery().pagesSince(environment(), at(6))->isEmpty());
    }
};

QTEST_GUILESS_MAIN(DeliveryRowsTest)
#include "tst_delivery_rows.moc"
