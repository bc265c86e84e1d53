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
    QString target{}; ///< what is held: "eu/<silence id>"
    QString previousValue{};
    QString newValue{}; ///< as set by us; at the end it is restored only when it is still this
    QString actor{};
    QString reason{};
    Instant startsAt{};
    Instant endsAt{};
    std::optional<Instant> endedAt{};
    QString outcome{}; ///< how it ended, in words
    bool operator==(const Lease &) const = default;
};

/// The leases of all environments of this installation.
class Leases {
public:
    /// The connection outlives the leases.
    explicit Leases(SqliteConnection &connection)
        : m_connection(connection)
    {}
    /// Writes it, or what changed of it.
    Result<Done> write(const Lease &lease);
    /// Those that have not ended, the one that ends next first.
    Result<QList<Lease>> open(const QString &environment);

private:
    SqliteConnection &m_connection;
};

} // namespace cockpit
