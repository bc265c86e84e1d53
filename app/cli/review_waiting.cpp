// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/review_waiting.h"

#include <QTimer>

namespace cockpit {

void whenDelivered(Session &session, const Invocation &invocation, std::function<void()> then)
{
    whenAnswered(session, invocation, [&session, invocation, then = std::move(then)] {
        Cockpit &cockpit = session.cockpit();
        const auto isSettled = [&cockpit] { return cockpit.delivery() && cockpit.delivery()->isRead(); };
        if (isSettled())
            return then();
        auto *limit = new QTimer(&session);
        limit->setSingleShot(true);
        QObject::connect(limit, &QTimer::timeout, limit, [limit, then] {
            limit->deleteLater();
            then();
        });
        QObject::connect(&cockpit.review(), &ReviewStore::progressChanged, limit, [limit, isSettled] {
            if (isSettled())
                limit->start(0);
        });
        limit->start(invocation.timeout);
    });
}

} // namespace cockpit
