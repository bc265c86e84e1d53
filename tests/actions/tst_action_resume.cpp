// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/actions/engine_fixture.h"

#include <QProcess>
#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;

class ActionResumeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void killedOnTheWay_data();
    void killedOnTheWay();
};

void ActionResumeTest::killedOnTheWay_data()
{
    QTest::addColumn<QString>("moment");
    QTest::addColumn<bool>("arrived");
    for (int round = 0; round < 5; ++round) {
        QTest::addRow("while the intent is written %d", round) << QStringLiteral("armed") << false;
        QTest::addRow("between journal and send %d", round) << QStringLiteral("journalled") << false;
        QTest::addRow("before the server has it %d", round) << QStringLiteral("before") << false;
        QTest::addRow("before the answer %d", round) << QStringLiteral("after") << true;
    }
}

void ActionResumeTest::killedOnTheWay()
{
    QFETCH(const QString, moment);
    QFETCH(const bool, arrived);
    const QTemporaryDir folder;
    QProcess child;
    child.start(QCoreApplication::applicationDirPath() + QStringLiteral("/action_crash_helper"),
                {folder.path(), moment});
    QVERIFY(child.waitForFinished(20000));
    QVERIFY(child.exitStatus() == QProcess::CrashExit);

    EngineWorld world(folder.filePath(QStringLiteral("journal.sqlite")));
    world.alertmanager.load(folder.filePath(QStringLiteral("alertmanager.json")));
    world.clock.set(world.clock.now() + std::chrono::minutes(10)); // nothing can still be on its way
    QList<Error> problems;
    world.engine.resumeOpenActions(QStringLiteral("prod"), [&](const Error &problem) { problems.append(problem); });
    bool looked = false;
    ChainReport chain;
    world.store.ask<ChainReport>([](Store &store) { return store.journal().verifyChain(); },
                                 [&](const Result<ChainReport> &report) {
                                     looked = true;
                                     chain = report ? *report : ChainReport{0, 0, report.error().text()};
                                 });
    QTRY_VERIFY(looked);
    QVERIFY2(chain.isIntact(), qPrintable(chain.words));
    QVERIFY(problems.isEmpty());
    QVERIFY(!world.reports.isEmpty() || moment == QStringLiteral("armed")); // then the intent may not be on disk yet
    QTRY_VERIFY(world.engine.isIdle());
    if (!world.reports.isEmpty()) {
        QCOMPARE(world.reports.last().state, arrived ? ActionState::Succeeded : ActionState::Failed);
        QCOMPARE(world.reports.last().serverReference.isEmpty(), !arrived);
    }
    QCOMPARE(world.alertmanager.writes(), 0);
    QCOMPARE(world.alertmanager.silences.size(), arrived ? 1 : 0);
}

QTEST_GUILESS_MAIN(ActionResumeTest)
#include "tst_action_resume.moc"
