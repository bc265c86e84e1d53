// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/actions/rollout_world.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;

namespace {

Error silence() { return Error{Error::Kind::Network, QStringLiteral("Kubernetes eu: connection refused."), {}, {}}; }

bool anyStepSays(const QList<ActionRecord> &reports, const QString &words)
{
    return std::any_of(reports.cbegin(), reports.cend(), [&](const ActionRecord &one) {
        return !one.steps.isEmpty() && one.steps.constLast().text.contains(words);
    });
}

} // namespace

/// What a process that was killed left open, and what other hands did meanwhile.
class RolloutSettlingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void neverSentIsNeverProven_data();
    void neverSentIsNeverProven();
    void perhapsSentIsToldByHands_data();
    void perhapsSentIsToldByHands();
    void shortCommandsWriteOneLine();
    void deadServerIsToldEachMinute();
    void abortedIsNotUndoneByAccident();
    void undoUnderAProofIsSerious();
    void operatorsHandIsSerious();
    void fasterPersonIsNamed();

private:
    QString storePath() { return m_folder.filePath(QStringLiteral("journal%1.sqlite").arg(++m_stores)); }
    /// A cockpit that is killed; before its request left, or (`sent`) right after, with nobody having it.
    static void leaveOpen(const QString &path, bool sent);
    static void settle(RolloutWorld &world);
    QTemporaryDir m_folder;
    int m_stores = 0;
};

void RolloutSettlingTest::leaveOpen(const QString &path, bool sent)
{
    RolloutWorld world(path);
    world.kubernetes.dropPatches = true;
    world.kubernetes.swallowAnswers = true;
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    world.kubernetes.isSilent = !sent;
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Executing);
    if (sent)
        QTRY_COMPARE(world.kubernetes.writes(), 1);
    QCOMPARE(world.record(id).sendBegunAt.has_value(), sent);
}

void RolloutSettlingTest::settle(RolloutWorld &world)
{
    world.clock.set(world.clock.now() + std::chrono::minutes(10));
    world.engine->resumeOpenActions(QStringLiteral("prod"), [](const Error &problem) { qWarning() << problem.text(); });
    QTRY_VERIFY(!world.reports.isEmpty() && isFinal(world.reports.last().state));
    QCOMPARE(world.kubernetes.writes(), 0);
}

void RolloutSettlingTest::neverSentIsNeverProven_data()
{
    QTest::addColumn<QByteArray>("manager");
    QTest::addColumn<QString>("words");
    QTest::newRow("nobody did it") << QByteArray() << QStringLiteral("was not sent: the cockpit ended before");
    QTest::newRow("kubectl did it") << QByteArray("kubectl-argo-rollouts")
                                    << QStringLiteral("somebody else (kubectl-argo-rollouts at 03:10:20) did it");
    QTest::newRow("another cockpit did it") << QByteArray("dt-cockpit")
                                            << QStringLiteral("somebody else (a dt-cockpit at 03:10:20, of a person whom the server does not name) did it");
}

void RolloutSettlingTest::neverSentIsNeverProven()
{
    QFETCH(const QByteArray, manager);
    QFETCH(const QString, words);
    const QString path = storePath();
    leaveOpen(path, false);
    RolloutWorld world(path);
    if (!manager.isEmpty()) {
        world.kubernetes.touch(kRolloutPath, manager.constData(), "2026-11-23T03:10:20Z", [](auto &object) {
            object["status"]["abort"] = true;
            RolloutWorld::abortController(object);
        });
    }
    settle(world);
    const ActionRecord last = world.reports.last();
    QCOMPARE(last.state, ActionState::Failed);
    QVERIFY2(last.message.contains(words), qPrintable(last.message));
    QVERIFY(!reverseOf(last)); // it did nothing: there is nothing to take back
}

void RolloutSettlingTest::perhapsSentIsToldByHands_data()
{
    QTest::addColumn<QByteArray>("manager");
    QTest::addColumn<QByteArray>("at");
    QTest::addColumn<ActionState>("state");
    QTest::newRow("ours, when it left") << QByteArray("dt-cockpit") << QByteArray("2026-11-23T03:10:01Z")
                                        << ActionState::Succeeded;
    QTest::newRow("a cockpit, later") << QByteArray("dt-cockpit") << QByteArray("2026-11-23T03:16:00Z")
                                      << ActionState::Unknown;
    QTest::newRow("another tool") << QByteArray("kubectl-argo-rollouts") << QByteArray("2026-11-23T03:10:01Z")
                                  << ActionState::Failed;
}

void RolloutSettlingTest::perhapsSentIsToldByHands()
{
    QFETCH(const QByteArray, manager);
    QFETCH(const QByteArray, at);
    QFETCH(const ActionState, state);
    const QString path = storePath();
    leaveOpen(path, true);
    RolloutWorld world(path);
    world.kubernetes.touch(kRolloutPath, manager.constData(), at.constData(), [](auto &object) {
        object["status"]["abort"] = true;
        RolloutWorld::abortController(object);
    });
    settle(world);
    QCOMPARE(world.reports.last().state, state);
}

void RolloutSettlingTest::shortCommandsWriteOneLine()
{
    const QString path = storePath();
    leaveOpen(path, true);
    for (int command = 0; command < 3; ++command) {
        RolloutWorld world(path);
        world.kubernetes.isSilent = true; // it ends before anything is known
        world.engine->resumeOpenActions(QStringLiteral("prod"), [](const Error &problem) { qWarning() << problem.text(); });
        QTRY_VERIFY(!world.reports.isEmpty());
    }
    RolloutWorld world(path);
    std::optional<qsizetype> lines;
    world.store.ask<QList<ActivityEntry>>(
        [](Store &store) { return store.journal().activity(QStringLiteral("prod"), 100); },
        [&](const Result<QList<ActivityEntry>> &entries) {
            lines = std::count_if(entries->cbegin(), entries->cend(), [](const ActivityEntry &one) {
                return one.text.startsWith(QStringLiteral("The cockpit ended"));
            });
        });
    QTRY_VERIFY(lines);
    QCOMPARE(*lines, 1);
}

void RolloutSettlingTest::deadServerIsToldEachMinute()
{
    RolloutWorld world(storePath());
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    world.kubernetes.controller = [&](nlohmann::json &object) {
        RolloutWorld::abortController(object);
        world.kubernetes.refuse = [](const KubernetesCall &) { return std::optional(silence()); };
    };
    const Instant from = world.clock.now();
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Unknown);
    for (const char *length : {"less than a minute", "for 1 min", "for 2 min", "for 3 min", "for 4 min"})
        QVERIFY2(anyStepSays(world.reports, QLatin1String(length)), length);
    QVERIFY(world.clock.now() - from < std::chrono::minutes(7));
    const QString message = world.record(id).message;
    QVERIFY2(message.contains(QStringLiteral("It was accepted and stays done")), qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("Look at the charts")), qPrintable(message));
}

void RolloutSettlingTest::abortedIsNotUndoneByAccident()
{
    RolloutWorld world(storePath());
    world.kubernetes.touch(kRolloutPath, "dt-cockpit", "2026-11-23T03:09:01Z",
                           [](auto &object) { object["status"]["abort"] = true; });
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Refused);
    const QString message = world.record(id).message;
    QVERIFY2(message.contains(QStringLiteral("already rolled back to 1.42.3")), qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("dt-cockpit at 03:09:01")), qPrintable(message));
}

void RolloutSettlingTest::undoUnderAProofIsSerious()
{
    RolloutWorld world(storePath());
    world.goodFrom = world.clock.now() + std::chrono::hours(24);
    world.holdsLater = true; // the proof goes on
    world.kubernetes.controller = RolloutWorld::abortController;
    const ActionId first = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(first).state, ActionState::Planned);
    world.engine->confirm(first, {});
    QTRY_COMPARE(world.record(first).state, ActionState::Verifying);
    const ActionId second = world.plan(UndoRollout{world.key(), QStringLiteral("5f8b4")});
    QTRY_COMPARE(world.record(second).state, ActionState::Planned);
    const ActionRecord record = world.record(second);
    QVERIFY2(checkOf(record, "in-flight").text.contains(QStringLiteral("Roll back gc-service 1.43.0 to 1.42.3, by alice")),
             qPrintable(checkOf(record, "in-flight").text));
    const QList<Evidence> serious = record.plan.seriousChecks();
    QVERIFY(std::any_of(serious.cbegin(), serious.cend(), [](const Evidence &one) { return one.id == u"in-flight"; }));
}

void RolloutSettlingTest::operatorsHandIsSerious()
{
    RolloutWorld world(storePath());
    world.kubernetes.touch(kRolloutPath, "kubectl-rollout", "2026-11-23T03:09:40Z", [](auto &) {});
    const ActionId undo = world.plan(UndoRollout{world.key(), QStringLiteral("5f8b4")});
    QTRY_COMPARE(world.record(undo).state, ActionState::Planned);
    QVERIFY(!world.record(undo).plan.advisory.contains(QStringLiteral("in-flight")));
    const ActionId abort = world.plan(AbortRollout{world.key()}); // the emergency never waits for it
    QTRY_COMPARE(world.record(abort).state, ActionState::Planned);
    QVERIFY(world.record(abort).plan.advisory.contains(QStringLiteral("in-flight")));
}

void RolloutSettlingTest::fasterPersonIsNamed()
{
    RolloutWorld world(storePath());
    world.holdsLater = true;
    world.kubernetes.controller = [](nlohmann::json &object) {
        RolloutWorld::abortController(object);
        object["metadata"]["managedFields"] =
            nlohmann::json::array({{{"manager", "dt-cockpit"}, {"time", "2026-11-23T03:10:00Z"}, {"subresource", "status"}}});
    };
    const ActionId first = world.plan(AbortRollout{world.key()});
    const ActionId second = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(first).state, ActionState::Planned);
    QTRY_COMPARE(world.record(second).state, ActionState::Planned);
    world.engine->confirm(first, {});
    QTRY_COMPARE(world.record(first).state, ActionState::Verifying);
    world.engine->confirm(second, {});
    QTRY_COMPARE(world.record(second).state, ActionState::Refused);
    const QString message = world.record(second).message;
    QVERIFY2(message.contains(QStringLiteral("it was aborted (alice with dt-cockpit at 03:10:00)")), qPrintable(message));
    QCOMPARE(world.kubernetes.writes(), 1);
}

QTEST_GUILESS_MAIN(RolloutSettlingTest)
#include "tst_rollout_settling.moc"
