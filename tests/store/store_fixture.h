// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/store.h"

#include <QTemporaryDir>

namespace cockpit::testing {

inline Instant at(int seconds) { return fromEpochMs(1'700'000'000'000LL + seconds * 1000LL); }

/// An action that was confirmed: what stands in the journal before it is sent.
inline ActionRecord armedRecord(const QString &id, const QString &environment = QStringLiteral("prod"))
{
    ActionRecord record;
    record.request = ActionRequest{ActionId(id),
                                   environment,
                                   QStringLiteral("GCHighErrorRate of gc-service"),
                                   ServiceId(QStringLiteral("gc-service")),
                                   ExpireSilence{QStringLiteral("eu"), QStringLiteral("s-1")},
                                   QStringLiteral("alice"),
                                   QStringLiteral("over"),
                                   at(0)};
    record = step(record, PlanMade{}, at(1)).first;
    return step(record, ConfirmedByPerson{}, at(2)).first;
}

inline StoreOptions optionsIn(const QTemporaryDir &folder, const QString &owner = QStringLiteral("boot/1/1"))
{
    return StoreOptions{folder.filePath(QStringLiteral("data/journal.sqlite")), owner, std::chrono::seconds(10)};
}

} // namespace cockpit::testing
