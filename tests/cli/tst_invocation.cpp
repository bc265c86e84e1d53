// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"

#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

Result<Invocation> parse(const char *line) { return parseInvocation(QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts)); }

} // namespace

class InvocationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingOpensTheWindow()
    {
        const auto invocation = parse("");
        QVERIFY(invocation && invocation->command.isEmpty() && invocation->needsWidgets());
    }

    void demoTakesAnOptionalScenario()
    {
        QCOMPARE(parse("--demo")->demoScenario, QStringLiteral("bad-canary"));
        QCOMPARE(parse("status --demo=redis-down")->demoScenario, QStringLiteral("redis-down"));
        QVERIFY(!parse("status")->demoScenario);
    }

    void theDemoRunsFasterOnTheCommandLine()
    {
        QCOMPARE(parse("--demo")->demoSpeed, 1.0);
        QCOMPARE(parse("status --demo")->demoSpeed, 10.0);
    }

    void lengthsAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("seconds") << "90s" << 90'000LL;
        QTest::newRow("minutes") << "15m" << 900'000LL;
        QTest::newRow("mixed") << "2h30m" << 9'000'000LL;
        QTest::newRow("bare number") << "15" << -1LL;
        QTest::newRow("words") << "soon" << -1LL;
        QTest::newRow("negative") << "-5m" << -1LL;
    }

    void lengthsAreRead()
    {
        QFETCH(QString, text);
        QFETCH(qint64, ms);
        const auto length = parseDuration(text);
        QCOMPARE(length ? length->count() : -1, ms);
    }

    void anUnknownOptionIsOneSentence()
    {
        const auto refused = parse("status --bogus");
        QVERIFY(!refused);
        QVERIFY2(refused.error().what.endsWith(u'.') && !refused.error().what.endsWith(QStringLiteral("..")),
                 qPrintable(refused.error().what));
    }

    void rolloutOptionsAreRead()
    {
        const auto rollback = parse("rollback eu/gc-service --to-revision 5f8b4 --verify 60s --yes --accept gitops --reason bad");
        QVERIFY(rollback.has_value());
        QCOMPARE(rollback->arguments, QStringList{QStringLiteral("eu/gc-service")});
        QCOMPARE(rollback->toRevision, QStringLiteral("5f8b4"));
        QCOMPARE(rollback->verify.count(), 60'000LL);
        QVERIFY(rollback->yes && !rollback->dryRun && !rollback->full);
        QCOMPARE(rollback->accepted, QStringList{QStringLiteral("gitops")});
        QCOMPARE(parse("scale gc-service --replicas 0")->replicas, std::optional(0));
        QVERIFY(!parse("scale gc-service")->replicas);
        QVERIFY(parse("promote gc-service --full")->full);
        QVERIFY(parse("rollouts --watch --json")->watch);
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("command") << "stauts";
        QTest::newRow("option") << "status --jsn";
        QTest::newRow("replicas") << "scale gc-service --replicas -1";
        QTest::newRow("verify") << "rollback gc-service --verify soon";
        QTest::newRow("size") << "tour --size big";
        QTest::newRow("timeout") << "status --timeout never";
    }

    void mistakesAreNamed()
    {
        QFETCH(QString, line);
        const auto invocation = parseInvocation(line.split(u' '));
        QVERIFY(!invocation);
        QCOMPARE(invocation.error().kind, Error::Kind::Invalid);
        QVERIFY(!invocation.error().next.isEmpty());
    }
};

QTEST_GUILESS_MAIN(InvocationTest)
#include "tst_invocation.moc"
