// SPDX-License-Identifier: GPL-3.0-or-later
// Overrides a breaker and is killed on the way: breaker_crash_helper FOLDER armed|before|told
#include "tests/actions/breaker_world.h"

#include <QCoreApplication>

#include <csignal>

using namespace cockpit;
using namespace cockpit::testing;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QString folder = application.arguments().value(1);
    const QString moment = application.arguments().value(2);
    const QString pods = folder + QStringLiteral("/pods");
    const auto die = [] { std::raise(SIGKILL); };
    FakeBreakers source;
    source.save(pods);
    source.beforeOrder = [&] {
        if (moment == QStringLiteral("before")) // the end is written, nothing is told
            die();
    };
    source.afterOrder = [&] {
        source.save(pods);
        die();
    };
    BreakerWorld world(source, folder + QStringLiteral("/journal.sqlite"));
    world.world.onReport = [&](const ActionRecord &record) {
        world.keeper->observe(record);
        if (record.state == ActionState::Planned)
            world.engine->confirm(record.request.id, {});
        if (moment == QStringLiteral("armed") && record.state == ActionState::Armed)
            die();
    };
    ActionRequest request = world.world.request(world.forceOpen());
    request.requestedAt = world.world.clock.now();
    world.engine->plan(request);
    return QCoreApplication::exec();
}
