// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace cockpit {

/// One intent, lossless, as a lease keeps the way back.
QByteArray encodeIntent(const ActionIntent &intent);
/// Reads what encodeIntent() wrote. Errors: Parse, also for an action that this program does not know.
Result<ActionIntent> decodeIntent(const QByteArray &bytes);

/// The annotation of a Kubernetes object that tells other cockpits which overrides hold there.
inline constexpr const char *leaseAnnotation = "dt-cockpit/lease";

/// One override as the annotation tells it (architecture.md, "Overrides and leases").
struct LeaseNote {
    QString id{};
    QString subject{}; ///< what is held at this object, for the one that reads: a breaker's name; empty = the object
    QString title{};   ///< for people: "gc-service → redis"
    QString was{};
    QString is{};
    QString actor{};
    QString reason{};
    Instant startsAt{};
    Instant until{};
    QByteArray revert{}; ///< encodeIntent() of the way back; empty when it is not told
    bool operator==(const LeaseNote &) const = default;
};

/// A JSON list on one line.
QByteArray encodeLeaseNotes(const QList<LeaseNote> &notes);
/// Reads the list, or one object alone. What cannot be read is left out: somebody may have edited it by hand.
QList<LeaseNote> decodeLeaseNotes(const QByteArray &text);

} // namespace cockpit
