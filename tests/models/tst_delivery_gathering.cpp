// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/delivery_deployments.h"

#include <QTest>

using namespace cockpit;

namespace {

using Outcome = DeploymentRecord::Outcome;
using std::chrono::minutes;

constexpr Instant gatheredNow{std::chrono::hours(500'000)};

RolloutRevision revisionOf(const char *version, int number, Duration ago, const char *hash = nullptr)
{
    RolloutRevision revision;
    revision.hash = QLatin1String(hash ? hash : version);
    revision.objectName = QStringLiteral("gc-service-") + revision.hash;
    revision.number = number;
    revision.version = QLatin1String(version);
    revision.createdAt = gatheredNow - ago;
    return revision;
}

/// Newest first, the first one stable.
std::shared_ptr<Rollout> rolloutOf(QList<RolloutRevision> revisions, WorkloadKind kind = WorkloadKind::Deployment)
{
    auto rollout = std::make_shared<Rollout>();
    rollout->key = {QStringLiteral("prod"),       QStringLiteral("eu"),         QStringLiteral("dt"),
                    QStringLiteral("Deployment"), QStringLiteral("gc-service"), QStringLiteral("u")};
    rollout->kind = kind;
    rollout->service = ServiceId(QStringLiteral("gc-service"));
    rollout->phase = RolloutPhase::Healthy;
    rollout->stableHash = rollout->currentHash = revisions.first().hash;
    revisions.first().isCurrent = revisions.first().isStable = true;
    rollout->revisions = std::move(revisions);
    return rollout;
}

IncidentPtr incidentAt(Instant at, const QString &cause = {})
{
    auto incident = std::make_shared<Incident>();
    incident->head.number = 37;
    incident->service = ServiceId(QStringLiteral("gc-service"));
    incident->openedAt = at + minutes(5);
    incident->impactStarted = at;
    incident->mitigatedAt = at + minutes(40);
    incident->fields.insert(IncidentField::Cause, cause);
    return incident;
}

} // namespace

class DeliveryGatheringTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void newVersionsCountAndRestartsDoNot();
    void goingBackIsAFailureOfWhatWasLeft();
    void anUndoThatTakesTheOldReplicaSetIsSeen();
    void anAbortedCanaryFailedAndARunningOneIsOpen();
    void databasesAreNotDelivered();
    void whatTheClusterForgotStays();
    void theActivityLogTellsWhen();
    void incidentsAreBlamedOnTheDeploymentBefore();
    void budgetsAreBlamedWithinAnHourOnly();
    void sayingItTwiceChangesNothing();
    void whatAnotherObjectRollsOutCountsOnce();
};

void DeliveryGatheringTest::newVersionsCountAndRestartsDoNot()
{
    const auto records =
        deploymentsOf(*rolloutOf({revisionOf("1.2.0", 3, minutes(10)), revisionOf("1.1.0", 2, minutes(20), "restarted"),
                                  revisionOf("1.1.0", 1, minutes(300))}));
    QCOMPARE(records.size(), 2);
    QCOMPARE(records.first().id, QStringLiteral("eu/dt/Deployment/gc-service@1.1.0"));
    QCOMPARE(records.last().revision, QStringLiteral("1.2.0"));
    QCOMPARE(records.last().outcome, Outcome::Succeeded);
}

void DeliveryGatheringTest::goingBackIsAFailureOfWhatWasLeft()
{
    const auto records =
        deploymentsOf(*rolloutOf({revisionOf("1.1.0", 3, minutes(10), "again"), revisionOf("1.2.0", 2, minutes(53)),
                                  revisionOf("1.1.0", 1, minutes(300))}));
    QCOMPARE(records.size(), 2);
    QCOMPARE(records.last().outcome, Outcome::RolledBack);
    QCOMPARE(*records.last().restoredAt, gatheredNow - minutes(10));
    QCOMPARE(records.last().because, QStringLiteral("rolled back to 1.1.0 after 43 m 0 s"));
}

void DeliveryGatheringTest::anUndoThatTakesTheOldReplicaSetIsSeen()
{
    auto rollout = rolloutOf({revisionOf("1.1.0", 4, minutes(300)), revisionOf("1.3.0", 3, minutes(20)),
                              revisionOf("1.2.0", 2, minutes(50))});
    const auto records = deploymentsOf(*rollout);
    QCOMPARE(records.size(), 3);
    QCOMPARE(records.at(0).outcome, Outcome::Succeeded);
    QCOMPARE(records.at(1).outcome, Outcome::Succeeded);
    QCOMPARE(records.at(2).outcome, Outcome::RolledBack);
    QVERIFY(!records.at(2).restoredAt); // the cluster does not say when
}

void DeliveryGatheringTest::anAbortedCanaryFailedAndARunningOneIsOpen()
{
    auto rollout = rolloutOf({revisionOf("1.2.0", 2, minutes(10)), revisionOf("1.1.0", 1, minutes(300))});
    rollout->stableHash = QStringLiteral("1.1.0");
    rollout->revisions[0].isStable = false;
    rollout->revisions[1].isStable = true;
    rollout->phase = RolloutPhase::Progressing;
    QCOMPARE(deploymentsOf(*rollout).last().outcome, Outcome::Running);
    rollout->aborted = true;
    rollout->message = QStringLiteral("metric error-rate failed");
    QCOMPARE(deploymentsOf(*rollout).last().outcome, Outcome::RolledBack);
    QVERIFY(deploymentsOf(*rollout).last().because.contains(QStringLiteral("error-rate")));
}

void DeliveryGatheringTest::databasesAreNotDelivered()
{
    QVERIFY(deploymentsOf(*rolloutOf({revisionOf("16.4", 1, minutes(5))}, WorkloadKind::StatefulSet)).isEmpty());
    QVERIFY(deploymentsOf(*rolloutOf({revisionOf("1.8", 1, minutes(5))}, WorkloadKind::DaemonSet)).isEmpty());
}

void DeliveryGatheringTest::whatTheClusterForgotStays()
{
    DeliveryFacts facts;
    facts.seen = deploymentsOf(*rolloutOf({revisionOf("1.1.0", 3, minutes(10), "again"),
                                           revisionOf("1.2.0", 2, minutes(53)), revisionOf("1.0.0", 1, minutes(300))}));
    facts.seen[1].outcome = Outcome::RolledBack;
    facts.rollouts = {rolloutOf({revisionOf("1.2.0", 2, minutes(53))})};
    const auto records = gatherDeployments(facts);
    QCOMPARE(records.size(), 3);
    QCOMPARE(records.at(1).outcome, Outcome::RolledBack);
    QCOMPARE(gatherDeployments({}).size(), 0);
}

void DeliveryGatheringTest::theActivityLogTellsWhen()
{
    ActivityEntry entry;
    entry.at = gatheredNow - minutes(30);
    entry.action = ActionId(QStringLiteral("a-7"));
    entry.actionName = QStringLiteral("rollout.undo");
    entry.service = ServiceId(QStringLiteral("gc-service"));
    entry.actor = QStringLiteral("ada");
    entry.state = ActionState::Succeeded;
    const auto rollout = rolloutOf({revisionOf("1.2.0", 2, minutes(42)), revisionOf("1.1.0", 1, minutes(300))});
    const auto records = gatherDeployments({.rollouts = {rollout}, .activity = {entry}});
    QCOMPARE(records.last().outcome, Outcome::RolledBack);
    QCOMPARE(*records.last().restoredAt, entry.at);
    QCOMPARE(records.last().because, QStringLiteral("rolled back 12 m 0 s later by ada (action a-7)"));
    entry.state = ActionState::Failed;
    QCOMPARE(gatherDeployments({.rollouts = {rollout}, .activity = {entry}}).last().outcome, Outcome::Succeeded);
}

void DeliveryGatheringTest::incidentsAreBlamedOnTheDeploymentBefore()
{
    const auto rollout = rolloutOf({revisionOf("1.2.0", 2, minutes(200)), revisionOf("1.1.0", 1, minutes(3000))});
    const Instant soon = gatheredNow - minutes(180);
    auto records = gatherDeployments({.rollouts = {rollout}, .incidents = {incidentAt(soon)}});
    QCOMPARE(records.last().outcome, Outcome::CausedIncident);
    QCOMPARE(*records.last().failedAt, soon);
    QCOMPARE(*records.last().restoredAt, soon + minutes(40));
    QCOMPARE(records.last().because, QStringLiteral("INC-37 began 20 m 0 s after it"));
    const Instant late = gatheredNow - minutes(100);
    QCOMPARE(gatherDeployments({.rollouts = {rollout}, .incidents = {incidentAt(late)}}).last().outcome,
             Outcome::Succeeded);
    const auto named = incidentAt(late, QStringLiteral("The index that 1.2.0 dropped."));
    records = gatherDeployments({.rollouts = {rollout}, .incidents = {named}});
    QCOMPARE(records.last().because, QStringLiteral("INC-37 names it as the cause"));
}

void DeliveryGatheringTest::budgetsAreBlamedWithinAnHourOnly()
{
    const auto rollout = rolloutOf({revisionOf("1.2.0", 2, minutes(200))});
    BudgetTrouble trouble{.service = QStringLiteral("gc-service"),
                          .began = gatheredNow - minutes(140),
                          .ended = gatheredNow - minutes(100),
                          .worst = 27};
    const auto records = gatherDeployments({.rollouts = {rollout}, .troubles = {trouble}});
    QCOMPARE(records.last().outcome, Outcome::CausedIncident);
    QCOMPARE(*records.last().restoredAt - *records.last().failedAt, Duration(minutes(40)));
    trouble.began = gatheredNow - minutes(139);
    QCOMPARE(gatherDeployments({.rollouts = {rollout}, .troubles = {trouble}}).last().outcome, Outcome::Succeeded);
}

void DeliveryGatheringTest::sayingItTwiceChangesNothing()
{
    DeliveryFacts facts{
        .rollouts = {rolloutOf({revisionOf("1.1.0", 3, minutes(10), "again"), revisionOf("1.2.0", 2, minutes(53)),
                                revisionOf("1.1.0", 1, minutes(300))})},
        .incidents = {incidentAt(gatheredNow - minutes(50))}};
    const auto once = gatherDeployments(facts);
    facts.seen = once;
    QCOMPARE(gatherDeployments(facts), once);
}

void DeliveryGatheringTest::whatAnotherObjectRollsOutCountsOnce()
{
    auto canary = rolloutOf({revisionOf("1.2.0", 2, minutes(200))}, WorkloadKind::FlaggerCanary);
    canary->key.kind = QStringLiteral("Canary");
    canary->workloadRef = QStringLiteral("Deployment/gc-service");
    QCOMPARE(gatherDeployments({.rollouts = {canary, rolloutOf({revisionOf("1.2.0", 2, minutes(200))})}}).size(), 1);
}

QTEST_APPLESS_MAIN(DeliveryGatheringTest)
#include "tst_delivery_gathering.moc"
