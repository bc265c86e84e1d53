// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/sqlite_connection.h"
#include "models/instant.h"

#include <QList>
#include <QString>

#include <optional>

namespace cockpit {

/// Something that must end by itself (architecture.md, "Overrides and leases"). Written before the change is made.
struct Lease {
    QString id{}; ///< the id of the action that made it
    QString environment{};
    QString kind{};   ///< wire name of the action: "alert.acknowledge"
    QString target{}; ///< what is held: "eu/<silence id>", or overrideSubject()
    QString previousValue{};
    QString newValue{}; ///< as set by us; at the end it is restored only when it is still this
    QString actor{};
    QString reason{};
    Instant startsAt{};
    Instant endsAt{};
    std::optional<Instant> endedAt{};
    QString outcome{}; ///< how it ended, in words
    QString title{};   ///< for people: "gc-service → redis"
    QString service{};
    QByteArray revert{};  ///< encodeIntent() of the action that ends it; empty = it ends at the server by itself
    QByteArray detail{};  ///< what the handler of `revert` has to know: states before, by pod
    QString trouble{};    ///< why it could not be ended yet, in words
    bool operator==(const Lease &) const = default;
};

/// The leases of all environments of this installation.
class Leases {
public:
    /// `owner` is this process (thisProcessIdentity()). The connection outlives the leases.
    Leases(SqliteConnection &connection, QString owner)
        : m_connection(connection)
        , m_owner(std::move(owner))
    {}
    /// Writes it, or what changed of it.
    Result<Done> write(const Lease &lease);
    /// Those that have not ended, the one that ends next first.
    Result<QList<Lease>> open(const QString &environment);
    /// Nothing when there is no such lease; an ended one too.
    Result<std::optional<Lease>> find(const QString &id);
    /// True: this process alone ends it, until it writes an outcome or trouble. False: it has ended, or another living
    /// process does. Who claimed it longer than `holds` ago and told nothing is taken for hung.
    Result<bool> claim(const QString &id, Instant now, Duration holds);
    /// Says that this process runs on and ends what is due: a window, not a short command.
    Result<Done> beat(const QString &environment, Instant now);
    /// Whether another living process runs on and said so within `within`.
    Result<bool> isKeptElsewhere(const QString &environment, Instant now, Duration within);

private:
    SqliteConnection &m_connection;
    QString m_owner;
};

} // namespace cockpit
