// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/actions/rollout_world.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;

namespace {

using Verdict = Evidence::Verdict;

Error refusalOf(Error::Kind kind, const char *words) { return Error{kind, QLatin1String(words), {}, {}}; }

} // namespace

/// What can be done to a rollout, and each fault on the way.
class RolloutActionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void abortIsPlannedInWords();
    void abortIsProvenByFigures();
    void doubleConfirmSendsOnce();
    void twoCockpitsOneWins();
    void controllerMayWriteInBetween();
    void specificationChangedIsRefused();
    void refusals_data();
    void refusals();
    void cutAfterThePatchIsSettledByReading();
    void cutBeforeThePatchIsNotSentAgain();
    void droppedPatchFails();
    void deletedBetweenPlanAndExecution();
    void recreatedIsAnotherObject();
    void withoutStatusSubresource();
    void notImprovingFails();
    void noMetricsIsNotKnown();
    void gitOpsFightsBack();
    void forbiddenIsSeenBeforehand();
    void contractMigrationBlocks();
    void killedAndResumed_data();
    void killedAndResumed();

private:
    QString storePath();
    QTemporaryDir m_folder;
    int m_stores = 0;
};

QString RolloutActionsTest::storePath() { return m_folder.filePath(QStringLiteral("journal%1.sqlite").arg(++m_stores)); }

void RolloutActionsTest::abortIsPlannedInWords()
{
    RolloutWorld world(storePath());
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    const ActionRecord record = world.record(id);
    QCOMPARE(record.plan.title, QStringLiteral("Roll back gc-service 1.43.0 to 1.42.3"));
    QCOMPARE(record.plan.runLabel, QStringLiteral("Roll back to 1.42.3"));
    QVERIFY(record.plan.diff.contains(QStringLiteral("1.42.3")));
    QVERIFY2(record.plan.seriousChecks().isEmpty(), qPrintable(record.plan.seriousChecks().value(0).text));
    for (const char *check : {"permission", "dry-run", "gitops", "revision", "image", "migration", "room"})
        QVERIFY2(checkOf(record, check).verdict == Verdict::Good, check);
    QCOMPARE(checkOf(record, "sessions").verdict, Verdict::Unknown);
    QCOMPARE(record.identity, QStringLiteral("oncall@example"));
    QCOMPARE(world.kubernetes.writes(), 0);
}

void RolloutActionsTest::abortIsProvenByFigures()
{
    RolloutWorld world(storePath());
    world.kubernetes.controller = RolloutWorld::abortController;
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Succeeded);
    const ActionRecord record = world.record(id);
    QCOMPARE(world.kubernetes.writes(), 1);
    QVERIFY(record.message.contains(QStringLiteral("error rate 6.8 %")));
    QCOMPARE(record.proof.size(), 1);
    QCOMPARE(record.proof.first().verdict, Verdict::Good);
    QVERIFY(std::any_of(world.reports.cbegin(), world.reports.cend(), [](const ActionRecord &one) {
        return !one.steps.isEmpty() && one.steps.last().text.startsWith(QStringLiteral("improving"));
    }));
    // A full window after the action, not before.
    QVERIFY(record.updatedAt - record.request.requestedAt >= std::chrono::minutes(5));
    QCOMPARE(std::get<RetryRollout>(*reverseOf(record)).object, world.key());
}

void RolloutActionsTest::doubleConfirmSendsOnce()
{
    RolloutWorld world(storePath());
    world.kubernetes.controller = RolloutWorld::abortController;
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    for (int press = 0; press < 5; ++press)
        world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Succeeded);
    world.engine->confirm(id, {});
    QCOMPARE(world.kubernetes.writes(), 1);
}

void RolloutActionsTest::twoCockpitsOneWins()
{
    RolloutWorld world(storePath());
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    world.kubernetes.touch(kRolloutPath, "dt-cockpit", "2026-11-23T03:10:01Z",
                           [](auto &object) { object["status"]["abort"] = true; });
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Refused);
    const QString message = world.record(id).message;
    QVERIFY2(message.contains(QStringLiteral("it was aborted")) && message.contains(QStringLiteral("dt-cockpit at 03:10:01")),
             qPrintable(message));
    QCOMPARE(world.kubernetes.writes(), 0);
}

void RolloutActionsTest::controllerMayWriteInBetween()
{
    RolloutWorld world(storePath());
    world.kubernetes.controller = RolloutWorld::abortController;
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    int conflicts = 0;
    world.kubernetes.refuse = [&](const KubernetesCall &call) -> std::optional<Error> {
        if (!FakeKubernetes::isWrite(call) || ++conflicts > 1)
            return std::nullopt;
        world.kubernetes.touch(kRolloutPath, "rollouts-controller", "2026-11-23T03:10:02Z",
                               [](auto &object) { object["status"]["availableReplicas"] = 4; });
        return refusalOf(Error::Kind::Conflict, "the object has been modified");
    };
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Succeeded);
    QCOMPARE(conflicts, 2);
}

void RolloutActionsTest::specificationChangedIsRefused()
{
    RolloutWorld world(storePath());
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    world.kubernetes.touch(kRolloutPath, "argocd-controller", "2026-11-23T03:10:03Z",
                           [](auto &object) { object["metadata"]["generation"] = 8; });
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Refused);
    QVERIFY(world.record(id).message.contains(QStringLiteral("argocd-controller at 03:10:03")));
    QCOMPARE(world.kubernetes.writes(), 0);
}

void RolloutActionsTest::refusals_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("403") << static_cast<int>(Error::Kind::Forbidden);
    QTest::newRow("404 and 410") << static_cast<int>(Error::Kind::NotFound);
    QTest::newRow("409 for ever") << static_cast<int>(Error::Kind::Conflict);
    QTest::newRow("422") << static_cast<int>(Error::Kind::Rejected);
    QTest::newRow("429") << static_cast<int>(Error::Kind::RateLimited);
}

void RolloutActionsTest::refusals()
{
    QFETCH(const int, kind);
    RolloutWorld world(storePath());
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    int sent = 0;
    world.kubernetes.refuse = [&](const KubernetesCall &call) -> std::optional<Error> {
        if (!FakeKubernetes::isWrite(call))
            return std::nullopt;
        ++sent;
        return refusalOf(static_cast<Error::Kind>(kind), "said no");
    };
    world.engine->confirm(id, {});
    const bool conflict = static_cast<Error::Kind>(kind) == Error::Kind::Conflict; // nothing at all was done
    QTRY_COMPARE(world.record(id).state, conflict ? ActionState::Refused : ActionState::Failed);
    QVERIFY(world.record(id).message.contains(QStringLiteral("said no")));
    QVERIFY(sent <= 3); // only a conflict is judged anew
    QVERIFY(!reverseOf(world.record(id)));
    QVERIFY(!world.kubernetes.at(kRolloutPath)["status"].contains("abort"));
}

void RolloutActionsTest::cutAfterThePatchIsSettledByReading()
{
    RolloutWorld world(storePath());
    world.kubernetes.controller = RolloutWorld::abortController;
    world.kubernetes.cutAfterWrite = refusalOf(Error::Kind::Timeout, "no answer in 15 s");
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Succeeded);
    QCOMPARE(world.kubernetes.writes(), 1);
}

void RolloutActionsTest::cutBeforeThePatchIsNotSentAgain()
{
    RolloutWorld world(storePath());
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    int sent = 0;
    world.kubernetes.refuse = [&](const KubernetesCall &call) -> std::optional<Error> {
        if (!FakeKubernetes::isWrite(call))
            return std::nullopt;
        ++sent;
        return refusalOf(Error::Kind::Network, "connection reset");
    };
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Failed);
    QVERIFY(world.record(id).message.contains(QStringLiteral("never arrived")));
    QCOMPARE(sent, 1);
}

void RolloutActionsTest::droppedPatchFails()
{
    RolloutWorld world(storePath());
    world.kubernetes.dropPatches = true;
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Failed);
    QVERIFY(world.record(id).message.contains(QStringLiteral("changed nothing")));
    QCOMPARE(world.kubernetes.writes(), 1);
}

void RolloutActionsTest::deletedBetweenPlanAndExecution()
{
    RolloutWorld world(storePath());
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    world.kubernetes.objects.erase(kRolloutPath);
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Refused);
    QVERIFY(world.record(id).message.contains(QStringLiteral("not there any more")));
    QCOMPARE(world.kubernetes.writes(), 0);
}

void RolloutActionsTest::recreatedIsAnotherObject()
{
    RolloutWorld world(storePath());
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    world.kubernetes.at(kRolloutPath)["metadata"]["uid"] = "u-2";
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Refused);
    QVERIFY(world.record(id).message.contains(QStringLiteral("made anew")));
    QCOMPARE(world.kubernetes.writes(), 0);
}

void RolloutActionsTest::withoutStatusSubresource()
{
    RolloutWorld world(storePath());
    world.change([](Rollout &rollout) { rollout.statusSubresource = false; });
    world.kubernetes.controller = RolloutWorld::abortController;
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Succeeded);
    const auto sent = std::find_if(world.kubernetes.calls.cbegin(), world.kubernetes.calls.cend(), FakeKubernetes::isWrite);
    QCOMPARE(sent->path, kRolloutPath);
}

void RolloutActionsTest::notImprovingFails()
{
    RolloutWorld world(storePath());
    world.goodFrom = world.clock.now() + std::chrono::hours(24);
    world.kubernetes.controller = RolloutWorld::abortController;
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Failed);
    QVERIFY2(world.record(id).message.contains(QStringLiteral("not improving")), qPrintable(world.record(id).message));
    QCOMPARE(world.record(id).proof.first().verdict, Verdict::Bad);
    QVERIFY(reverseOf(world.record(id))); // it was done: it can be taken back
}

void RolloutActionsTest::noMetricsIsNotKnown()
{
    RolloutWorld world(storePath());
    world.measures = false;
    world.engine = std::make_unique<ActionEngine>(world.parts());
    world.kubernetes.controller = RolloutWorld::abortController;
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Unknown);
    QVERIFY(world.record(id).message.contains(QStringLiteral("no metrics")));
}

void RolloutActionsTest::gitOpsFightsBack()
{
    RolloutWorld world(storePath());
    world.change([](Rollout &rollout) {
        rollout.gitOps = {QStringLiteral("Argo CD"), QStringLiteral("argocd/dark-tower"), QStringLiteral("tracking-id")};
    });
    const ActionId id = world.plan(UndoRollout{world.key(), QStringLiteral("5f8b4")});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    QCOMPARE(checkOf(world.record(id), "gitops").verdict, Verdict::Bad);
    QVERIFY(world.record(id).plan.bar == Duration::zero());
    world.kubernetes.controller = [&](nlohmann::json &object) { // Git's own state comes back
        object["spec"]["template"] = podTemplate("r.example/gc-service:1.43.0");
        object["metadata"]["managedFields"] =
            nlohmann::json::array({{{"manager", "argocd-controller"}, {"time", "2026-11-23T03:11:00Z"}}});
    };
    world.engine->confirm(id, {QStringLiteral("gitops")});
    QTRY_COMPARE(world.record(id).state, ActionState::Failed);
    QVERIFY2(world.record(id).message.contains(QStringLiteral("argocd-controller")), qPrintable(world.record(id).message));
    QCOMPARE(world.kubernetes.writes(), 1);
}

void RolloutActionsTest::forbiddenIsSeenBeforehand()
{
    RolloutWorld world(storePath());
    world.kubernetes.allowed = false;
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Refused);
    const QString message = world.record(id).message;
    QVERIFY2(message.contains(QStringLiteral("patch rollouts/status in dark-tower")), qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("oncall@example")), qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("dt-cockpit-operate")), qPrintable(message));
    world.engine->confirm(id, {QStringLiteral("permission")}); // no acceptance gives a right
    QTRY_COMPARE(world.record(id).state, ActionState::Refused);
    QCOMPARE(world.kubernetes.writes(), 0);
}

void RolloutActionsTest::contractMigrationBlocks()
{
    RolloutWorld world(storePath());
    world.change([](Rollout &rollout) {
        rollout.revisions[0].annotations.insert(QStringLiteral("dt-cockpit/migration"), QStringLiteral("contract"));
    });
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Refused);
    QVERIFY(world.record(id).message.contains(QStringLiteral("contract migration")));
}

void RolloutActionsTest::killedAndResumed_data()
{
    QTest::addColumn<bool>("arrived");
    QTest::newRow("the patch had arrived") << true;
    QTest::newRow("the patch had not arrived") << false;
}

void RolloutActionsTest::killedAndResumed()
{
    QFETCH(const bool, arrived);
    const QString path = storePath();
    nlohmann::json left;
    {
        RolloutWorld world(path);
        world.kubernetes.swallowAnswers = true;
        if (arrived)
            world.kubernetes.controller = RolloutWorld::abortController;
        const ActionId id = world.plan(AbortRollout{world.key()});
        QTRY_COMPARE(world.record(id).state, ActionState::Planned);
        world.engine->confirm(id, {});
        QTRY_COMPARE(world.record(id).state, ActionState::Executing);
        QTRY_COMPARE(world.kubernetes.writes(), 1);
        left = world.kubernetes.at(kRolloutPath);
    }
    RolloutWorld world(path);
    if (arrived)
        world.kubernetes.put(kRolloutPath, left);
    world.clock.set(world.clock.now() + std::chrono::minutes(10));
    world.engine->resumeOpenActions(QStringLiteral("prod"), [](const Error &problem) { qWarning() << problem.text(); });
    QTRY_VERIFY(!world.reports.isEmpty() && isFinal(world.reports.last().state));
    QCOMPARE(world.reports.last().state, arrived ? ActionState::Succeeded : ActionState::Failed);
    QCOMPARE(world.kubernetes.writes(), 0);
}

QTEST_GUILESS_MAIN(RolloutActionsTest)
#include "tst_rollout_actions.moc"
