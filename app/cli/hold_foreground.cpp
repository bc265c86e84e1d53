// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/hold_foreground.h"

#include "app/cli/output.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <memory>

namespace cockpit {

namespace {

QString holdText(const char *text) { return QCoreApplication::translate("CommandLine", text); }

bool holds(const Cockpit &cockpit, const ActionId &id)
{
    const QList<Override> &all = cockpit.breakers().overrides();
    return std::any_of(all.begin(), all.end(), [&id](const Override &one) { return one.id == id.toString(); });
}

/// Calls `then` once `ready()` holds, looked at with each change of the overrides; at the latest after `limit`.
void whenOverridesAre(Session &session, std::chrono::milliseconds limit, std::function<bool()> ready,
                      std::function<void()> then)
{
    auto *watch = new QTimer(&session);
    watch->setSingleShot(true);
    const auto pending = std::make_shared<std::function<void()>>(std::move(then));
    const auto finish = [watch, pending] {
        if (!*pending)
            return;
        const auto call = std::exchange(*pending, nullptr);
        watch->stop();
        watch->deleteLater();
        call();
    };
    QObject::connect(watch, &QTimer::timeout, watch, finish);
    QObject::connect(&session.cockpit().breakers(), &BreakerStore::overridesChanged, watch, [ready, finish] {
        if (ready())
            finish();
    });
    if (limit.count() > 0)
        watch->start(limit);
    if (ready())
        QMetaObject::invokeMethod(watch, finish, Qt::QueuedConnection);
}

void tellEnd(Session &session, const Invocation &invocation, const ActionId &id, int code, const Finish &finish)
{
    session.cockpit().store().ask<std::optional<Lease>>(
        [id](Store &store) { return store.leases().find(id.toString()); },
        [invocation, code, finish](const Result<std::optional<Lease>> &lease) {
            if (!invocation.json && lease && *lease)
                printOut(terminalText((*lease)->outcome));
            finish(code);
        });
}

} // namespace

void whenOverridesKnown(Session &session, const Invocation &invocation, std::function<void()> then)
{
    whenAnswered(session, invocation, [&session, then = std::move(then)] {
        session.cockpit().readOverrides();
        constexpr std::chrono::seconds limit{3};
        whenOverridesAre(
            session, limit, [&session] { return session.cockpit().overridesKnown(); }, then);
    });
}

Finish stayWhileHeld(Session &session, const Invocation &invocation, const ActionId &id, Finish finish)
{
    return [&session, invocation, id, finish = std::move(finish)](int code) {
        // Some pods may hold it although not all do: it has to end all the same.
        if (!holds(session.cockpit(), id) && code != 0)
            return finish(code);
        session.cockpit().overrides().keeper().isKeptElsewhere([&session, invocation, id, code, finish](bool kept) {
            if (kept) {
                if (!invocation.json)
                    printOut(holdText("The cockpit that runs here ends it."));
                return finish(code);
            }
            if (!invocation.json)
                printOut(holdText("This command stays until then and ends it. When it is stopped before, the next "
                                  "cockpit here does."));
            const auto seen = std::make_shared<bool>(false);
            whenOverridesAre(
                session, std::chrono::milliseconds(0),
                [&session, id, seen] {
                    const bool held = holds(session.cockpit(), id);
                    *seen = *seen || held;
                    return *seen && !held;
                },
                [&session, invocation, id, code, finish] { tellEnd(session, invocation, id, code, finish); });
        });
    };
}

} // namespace cockpit
