// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectivity.h"

#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const Instant night = fromEpochMs(1'763'866'680'000); // 2025-11-23 02:58:00 UTC

SourceStatus heard(const char *id, Instant at)
{
    const QString name = QString::fromLatin1(id);
    return {.id = SourceId{name}, .name = name, .state = SourceStatus::State::Ok, .lastSuccess = at};
}

SourceStatus failed(SourceStatus source)
{
    source.state = SourceStatus::State::Down;
    return source;
}

Connectivity slept(const QList<SourceStatus> &sources, Instant now)
{
    return afterInterruption({}, {.cause = Connectivity::Cause::Sleep, .missed = 4h}, sources, now);
}

} // namespace

class ConnectivityTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void afterSleepTheDataIsOfBefore()
    {
        const Connectivity state = slept({heard("a", night), heard("b", night + 5s)}, night + 4h);
        QCOMPARE(state.state, Connectivity::State::CatchingUp);
        QCOMPARE(*state.dataFrom, night);
        const ConnectivityWords words = connectivityWords(state, night + 4h);
        QCOMPARE(words.title, QStringLiteral("Catching up: data from 02:58:00 UTC"));
        QVERIFY(words.text.contains(u"0 of 2 sources"));
        QVERIFY(words.text.contains(u"4 h"));
    }

    void itEndsWhenEachHasAnswered()
    {
        const Instant now = night + 4h;
        Connectivity state = slept({heard("a", night), heard("b", night + 5s)}, now);
        state = afterSources(state, {heard("a", now + 1s), heard("b", night + 5s)}, now + 1s);
        QCOMPARE(state.state, Connectivity::State::CatchingUp);
        QCOMPARE(state.answered, 1);
        QCOMPARE(*state.dataFrom, night + 5s);
        state = afterSources(state, {heard("a", now + 1s), heard("b", now + 2s)}, now + 2s);
        QCOMPARE(state, Connectivity());
        QVERIFY(connectivityWords(state, now).title.isEmpty());
    }

    void oneThatFailsDoesNotHoldTheOthers()
    {
        const Instant now = night + 4h;
        Connectivity state = slept({heard("a", night), heard("b", night)}, now);
        state = afterSources(state, {heard("a", now + 1s), failed(heard("b", night))}, now + 1s);
        QCOMPARE(state.state, Connectivity::State::Current);
    }

    void aRefusedCredentialIsAnAnswer()
    {
        const Instant now = night + 4h;
        SourceStatus refused = heard("a", night);
        refused.state = SourceStatus::State::Unauthorized;
        QCOMPARE(afterSources(slept({heard("a", night)}, now), {refused}, now).state, Connectivity::State::Current);
    }

    void noneAnsweringIsOfflineUntilOneDoes()
    {
        const Instant now = night + 4h;
        Connectivity state = slept({heard("a", night), heard("b", night + 5s)}, now);
        const QList<SourceStatus> none{failed(heard("a", night)), failed(heard("b", night + 5s))};
        state = afterSources(state, none, now + 3s);
        QCOMPARE(state.state, Connectivity::State::Offline);
        QVERIFY(connectivityWords(state, now).text.contains(u"02:58:00 UTC"));
        state = afterSources(state, {heard("a", now + 9s), failed(heard("b", night + 5s))}, now + 9s);
        QCOMPARE(state.state, Connectivity::State::Current);
    }

    void losingTheNetworkWithoutSleepIsOffline()
    {
        Connectivity state = afterSources({}, {failed(heard("a", night)), failed(heard("b", night))}, night + 1min);
        QCOMPARE(state.state, Connectivity::State::Offline);
        QCOMPARE(state.cause, Connectivity::Cause::NetworkLoss);
        QCOMPARE(*state.dataFrom, night);
    }

    void chatThatWasAskedLongAgoIsNoWayToTheFleet()
    {
        SourceStatus chat = heard("slack", night);
        chat.kind = SourceStatus::Kind::Chat;
        QCOMPARE(afterSources({}, {failed(heard("a", night)), chat}, night + 1min).state, Connectivity::State::Offline);
        QCOMPARE(afterSources({}, {chat}, night + 1min).state, Connectivity::State::Current);
    }

    void aStartWithoutNetworkSaysThatNothingWasRead()
    {
        SourceStatus never{.id = SourceId{QStringLiteral("a")}, .state = SourceStatus::State::Down};
        Connectivity state = afterSources({}, {never}, night);
        QCOMPARE(state.state, Connectivity::State::Offline);
        QVERIFY(connectivityWords(state, night).text.startsWith(u"Nothing has been read yet."));
        state = afterSources(state, {heard("a", night + 1s)}, night + 1s);
        QCOMPARE(state.state, Connectivity::State::Current);
    }

    void oneSourceDownIsNotOffline()
    {
        QCOMPARE(afterSources({}, {heard("a", night), failed(heard("b", night))}, night).state,
                 Connectivity::State::Current);
        QCOMPARE(afterSources({}, {}, night).state, Connectivity::State::Current);
    }

    void aClockSetBackDoesNotCountAsAnAnswer()
    {
        const Connectivity state =
            afterInterruption({}, {.cause = Connectivity::Cause::ClockJump, .missed = -1h}, {heard("a", night)}, night - 1h);
        const auto still = afterSources(state, {heard("a", night)}, night - 1h + 1s);
        QCOMPARE(still.state, Connectivity::State::CatchingUp);
        QCOMPARE(afterSources(still, {heard("a", night - 1h + 2s)}, night - 1h + 2s).state, Connectivity::State::Current);
    }

    void aSecondInterruptionKeepsTheAgeOfTheData()
    {
        const Instant now = night + 4h;
        Connectivity state = slept({heard("a", night), heard("b", night)}, now);
        state = afterSources(state, {heard("a", now + 1s), heard("b", night)}, now + 1s);
        state = afterInterruption(state, {.cause = Connectivity::Cause::NetworkChange},
                                  {heard("a", now + 1s), heard("b", night)}, now + 2s);
        QCOMPARE(*state.dataFrom, night);
        QCOMPARE(state.awaited.size(), 2);
        QCOMPARE(state.answered, 0);
    }

    void yesterdaysDataCarriesItsDay()
    {
        const Connectivity state = slept({heard("a", night)}, night + 20h);
        QVERIFY(connectivityWords(state, night + 20h).title.contains(u"2025-11-23 02:58:00 UTC"));
    }

    void withNothingReadBeforeThereIsNothingToCatchUpWith()
    {
        QCOMPARE(slept({SourceStatus{.id = SourceId{QStringLiteral("a")}}}, night).state, Connectivity::State::Current);
    }
};

QTEST_APPLESS_MAIN(ConnectivityTest)
#include "tst_connectivity.moc"
