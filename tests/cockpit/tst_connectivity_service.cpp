// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/connectivity_service.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

class StillClock final : public Clock {
public:
    Instant now() const override { return moment; }
    Monotonic monotonic() const override { return {}; }
    Instant moment{fromEpochMs(1'763'866'680'000)};
};

struct ConnectivityWorld {
    StillClock clock{};
    QList<SourceStatus> sources{};
    QObject owner{};
    ConnectivityService service{{.clock = clock,
                                 .sources = [this] { return sources; },
                                 .post =
                                     [this](std::function<void()> job) {
                                         QMetaObject::invokeMethod(&owner, std::move(job), Qt::QueuedConnection);
                                     }}};

    void say(SourceStatus::State state, Instant lastSuccess)
    {
        sources = {{.id = SourceId{QStringLiteral("eu")}, .state = state, .lastSuccess = lastSuccess}};
        service.takeSources();
    }
};

bool writeResolver(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size();
}

} // namespace

class ConnectivityServiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sleepEndsWithTheNextAnswer()
    {
        ConnectivityWorld world;
        world.say(SourceStatus::State::Ok, world.clock.moment);
        QSignalSpy changed(&world.service, &ConnectivityService::changed);
        world.clock.moment += 4h;
        world.service.woke(4h);
        QCOMPARE(world.service.state().state, Connectivity::State::CatchingUp);
        world.say(SourceStatus::State::Ok, world.clock.moment);
        QCOMPARE(world.service.state().state, Connectivity::State::Current);
        QCOMPARE(changed.count(), 2);
    }

    void aClockSetBackIsSaidSo()
    {
        ConnectivityWorld world;
        world.say(SourceStatus::State::Ok, world.clock.moment);
        world.service.woke(-1h);
        QCOMPARE(world.service.state().cause, Connectivity::Cause::ClockJump);
    }

    void comingBackFromOfflineAsksTheOthersAtOnce()
    {
        ConnectivityWorld world;
        QSignalSpy back(&world.service, &ConnectivityService::cameBack);
        world.say(SourceStatus::State::Down, world.clock.moment);
        QCOMPARE(world.service.state().state, Connectivity::State::Offline);
        QCOMPARE(back.count(), 0);
        world.say(SourceStatus::State::Ok, world.clock.moment + 30s);
        QCOMPARE(world.service.state().state, Connectivity::State::Current);
        QCOMPARE(back.count(), 1);
    }

    void otherNameServersAskForEverythingAnew()
    {
        QTemporaryDir directory;
        const QString resolver = directory.filePath(QStringLiteral("resolv.conf"));
        QVERIFY(writeResolver(resolver, "nameserver 192.168.1.1"));
        ConnectivityWorld world;
        world.say(SourceStatus::State::Ok, world.clock.moment);
        QSignalSpy changed(&world.service, &ConnectivityService::networkChanged);
        world.service.watchNetwork({.resolverPath = resolver, .interval = 20ms, .settle = 10ms});
        int round = 0;
        QTRY_VERIFY_WITH_TIMEOUT(
            (writeResolver(resolver, "nameserver 10.8.0." + QByteArray::number(++round % 200 + 1)), changed.count() > 0), 5000);
        QCOMPARE(world.service.state().state, Connectivity::State::CatchingUp);
        QCOMPARE(world.service.state().cause, Connectivity::Cause::NetworkChange);
    }
};

QTEST_GUILESS_MAIN(ConnectivityServiceTest)
#include "tst_connectivity_service.moc"
