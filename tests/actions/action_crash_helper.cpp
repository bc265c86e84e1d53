// SPDX-License-Identifier: GPL-3.0-or-later
// Runs one acknowledgement and is killed on the way: action_crash_helper FOLDER armed|journalled|before|after
#include "tests/actions/engine_fixture.h"

#include <QCoreApplication>

#include <csignal>

using namespace cockpit;
using namespace cockpit::testing;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QString folder = application.arguments().value(1);
    const QString moment = application.arguments().value(2);
    const QString state = folder + QStringLiteral("/alertmanager.json");
    EngineWorld world(folder + QStringLiteral("/journal.sqlite"));
    const auto die = [] { std::raise(SIGKILL); };
    world.alertmanager.save(state);
    world.alertmanager.beforeWrite = [&] {
        if (moment == QStringLiteral("before"))
            die();
    };
    world.alertmanager.afterWrite = [&] {
        world.alertmanager.save(state);
        die();
    };
    world.onReport = [&](const ActionRecord &record) {
        if (record.state == ActionState::Planned)
            world.engine.confirm(record.request.id, {QStringLiteral("mutes-pages")});
        const bool armed = moment == QStringLiteral("armed") && record.state == ActionState::Armed;
        const bool journalled = moment == QStringLiteral("journalled") && record.state == ActionState::Executing;
        if (armed || journalled)
            die();
    };
    world.engine.plan(world.request(world.acknowledgeOne()));
    return QCoreApplication::exec();
}
