// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/breaker_store.h"

#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const Instant storeStart = fromEpochMs(1'795'403'560'000);

BreakerKey storeKey()
{
    return {SourceId(QStringLiteral("b")), ServiceId(QStringLiteral("ac-service")), QStringLiteral("redis")};
}

BreakersUpdate storeUpdate(BreakerState state, Instant at, std::optional<Instant> changedAt = {})
{
    auto breaker = std::make_shared<Breaker>();
    breaker->key = storeKey();
    breaker->state = state;
    breaker->sampledAt = at;
    breaker->changedAt = changedAt;
    return {storeKey().source, at, std::make_shared<const std::vector<BreakerPtr>>(std::vector<BreakerPtr>{breaker}), 1,
            1};
}

BreakerSample storeSample(Instant at, BreakerState state) { return {at, 0.5F, 0.F, 1.F, state}; }

} // namespace

/// What is remembered of a breaker from before the cockpit ran.
class TestBreakerStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void historyStandsBeforeWhatWasSeen()
    {
        BreakerStore store;
        store.apply(storeUpdate(BreakerState::Open, storeStart));
        QSignalSpy changed(&store, &BreakerStore::breakersChanged);
        store.addHistory(storeKey(), {storeSample(storeStart - 30s, BreakerState::Closed),
                                      storeSample(storeStart - 15s, BreakerState::Open),
                                      storeSample(storeStart + 15s, BreakerState::Closed)});
        QCOMPARE(changed.size(), 1);
        const auto &all = store.history(storeKey());
        QCOMPARE(all.size(), size_t(3)); // nothing younger than what was seen
        QVERIFY(all.front().at == storeStart - 30s);
        QVERIFY(all.back().at == storeStart);
    }
    void itsLastChangeComesFromHistory()
    {
        BreakerStore store;
        store.apply(storeUpdate(BreakerState::Open, storeStart));
        QVERIFY(!store.breakers().front()->changedAt);
        store.addHistory(storeKey(), {storeSample(storeStart - 30s, BreakerState::Closed),
                                      storeSample(storeStart - 15s, BreakerState::Open)});
        QVERIFY(store.breakers().front()->changedAt == storeStart - 15s);
        store.apply(storeUpdate(BreakerState::Open, storeStart + 15s)); // its source still does not tell
        QVERIFY(store.breakers().front()->changedAt == storeStart - 15s);
        store.apply(storeUpdate(BreakerState::Closed, storeStart + 30s)); // another state has another age
        QVERIFY(!store.breakers().front()->changedAt);
    }
    void whatItsSourceSaysWins()
    {
        BreakerStore store;
        store.apply(storeUpdate(BreakerState::Open, storeStart, storeStart - 5s));
        store.addHistory(storeKey(), {storeSample(storeStart - 30s, BreakerState::Closed),
                                      storeSample(storeStart - 15s, BreakerState::Open)});
        QVERIFY(store.breakers().front()->changedAt == storeStart - 5s);
    }
    void aHistoryOfAnotherStateDatesNothing()
    {
        QVERIFY(!lastStateChange(
            {storeSample(storeStart, BreakerState::Open), storeSample(storeStart + 1s, BreakerState::Closed)},
            BreakerState::Open));
        QVERIFY(!lastStateChange(
            {storeSample(storeStart, BreakerState::Open), storeSample(storeStart + 1s, BreakerState::Open)},
            BreakerState::Open));
        QVERIFY(!lastStateChange({}, BreakerState::Open));
    }
};

QTEST_GUILESS_MAIN(TestBreakerStore)
#include "tst_breaker_store.moc"
