// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/store_fixture.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;

class HistoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void settingsAreKeptByEnvironment();
    void sourcesNeverMoveBack();
    void resolvedAlertsSurviveARestart();
    void resolvedAlertsAreBounded();
    void leasesEnd();

private:
    static ResolvedAlert resolved(const QString &fingerprint, int startSeconds, int endSeconds);
};

ResolvedAlert HistoryTest::resolved(const QString &fingerprint, int startSeconds, int endSeconds)
{
    return ResolvedAlert{AlertKey{QStringLiteral("eu"), fingerprint}, QStringLiteral("GCHighErrorRate"),
                         ServiceId(QStringLiteral("gc-service")), at(startSeconds), at(endSeconds)};
}

void HistoryTest::settingsAreKeptByEnvironment()
{
    const QTemporaryDir folder;
    auto store = Store::open(optionsIn(folder), at(0));
    QVERIFY(store);
    History &history = (*store)->history();
    QVERIFY(history.setSetting(QStringLiteral("prod"), QStringLiteral("theme"), "day"));
    QVERIFY(history.setSetting(QStringLiteral("prod"), QStringLiteral("theme"), "night"));
    QVERIFY(history.setSetting(QString(), QStringLiteral("empty"), QByteArray()));
    QCOMPARE(history.setting(QStringLiteral("prod"), QStringLiteral("theme"))->value(), QByteArray("night"));
    QVERIFY(!history.setting(QStringLiteral("staging"), QStringLiteral("theme"))->has_value());
    QVERIFY(history.setting(QString(), QStringLiteral("empty"))->has_value());
}

void HistoryTest::sourcesNeverMoveBack()
{
    const QTemporaryDir folder;
    auto store = Store::open(optionsIn(folder), at(0));
    QVERIFY(store);
    History &history = (*store)->history();
    const SourceId source(QStringLiteral("prometheus/eu"));
    QVERIFY(history.markSourcesSeen(QStringLiteral("prod"), {{source, at(10)}}));
    QVERIFY(history.markSourcesSeen(QStringLiteral("prod"), {{source, at(5)}}));
    QCOMPARE(history.sourcesSeen(QStringLiteral("prod"))->value(source), at(10));
    QVERIFY(history.sourcesSeen(QStringLiteral("staging"))->isEmpty());
}

void HistoryTest::resolvedAlertsSurviveARestart()
{
    const QTemporaryDir folder;
    {
        auto store = Store::open(optionsIn(folder), at(0));
        QVERIFY(store);
        QVERIFY((*store)->history().addResolved(QStringLiteral("prod"), {resolved(QStringLiteral("f1"), 0, 60),
                                                                         resolved(QStringLiteral("f2"), 0, 90),
                                                                         resolved(QStringLiteral("f1"), 0, 120)}));
    }
    auto store = Store::open(optionsIn(folder), at(200));
    QVERIFY(store);
    History &history = (*store)->history();
    auto all = history.resolvedSince(QStringLiteral("prod"), at(0));
    QVERIFY(all);
    QCOMPARE(all->size(), 2);
    QVERIFY(all->first() == resolved(QStringLiteral("f1"), 0, 120));
    QCOMPARE(history.resolvedSince(QStringLiteral("prod"), at(100))->size(), 1);
    QVERIFY(history.lastResolved(QStringLiteral("prod"))->value() == all->first());
    QVERIFY(!history.lastResolved(QStringLiteral("staging"))->has_value());
}

void HistoryTest::resolvedAlertsAreBounded()
{
    const QTemporaryDir folder;
    auto store = Store::open(optionsIn(folder), at(0));
    QVERIFY(store);
    History &history = (*store)->history();
    QList<ResolvedAlert> many;
    for (int number = 0; number < History::kResolvedLimit + 10; ++number)
        many.append(resolved(QString::number(number), 0, number));
    QVERIFY(history.addResolved(QStringLiteral("prod"), many));
    QVERIFY(history.prune(at(History::kResolvedLimit)));
    QCOMPARE(history.resolvedSince(QStringLiteral("prod"), at(-1))->size(), History::kResolvedLimit);
    QCOMPARE(history.resolvedSince(QStringLiteral("prod"), at(-1))->last().resolvedAt, at(10));
    QVERIFY(history.prune(at(0) + std::chrono::days(9)));
    QVERIFY(history.resolvedSince(QStringLiteral("prod"), at(-1))->isEmpty());
}

void HistoryTest::leasesEnd()
{
    const QTemporaryDir folder;
    auto store = Store::open(optionsIn(folder), at(0));
    QVERIFY(store);
    Leases &leases = (*store)->leases();
    Lease lease{QStringLiteral("a-1"),
                QStringLiteral("prod"),
                QStringLiteral("alert.acknowledge"),
                QStringLiteral("eu/s-1"),
                QString(),
                QStringLiteral("until"),
                QStringLiteral("alice"),
                QString(),
                at(0),
                at(900),
                std::nullopt,
                QString()};
    QVERIFY(leases.write(lease));
    QCOMPARE(leases.open(QStringLiteral("prod")).value(), QList<Lease>{lease});
    lease.endsAt = at(1800);
    QVERIFY(leases.write(lease));
    QCOMPARE(leases.open(QStringLiteral("prod"))->first().endsAt, at(1800));
    lease.endedAt = at(1700);
    lease.outcome = QStringLiteral("The alert ended.");
    QVERIFY(leases.write(lease));
    QVERIFY(leases.open(QStringLiteral("prod"))->isEmpty());
}

QTEST_GUILESS_MAIN(HistoryTest)
#include "tst_history.moc"
