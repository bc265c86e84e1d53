// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/sqlite_connection.h"
#include "models/ids.h"
#include "models/instant.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>

namespace cockpit {

/// An alert that ended, so that "resolved in the last 6 h" and "last alert resolved" survive a restart.
struct ResolvedAlert {
    AlertKey key{};
    QString name{};
    ServiceId service{};
    Instant startsAt{};
    Instant resolvedAt{};
    bool operator==(const ResolvedAlert &) const = default;
};

/// What was known before this start: settings, when each source last answered, alerts that ended. By environment.
/// Settings shared by all environments live under the empty one.
class History {
public:
    static constexpr std::chrono::days kResolvedKept{7};
    static constexpr int kResolvedLimit = 20000; ///< rows of one environment: two storms of 10 000

    /// The connection outlives the history.
    explicit History(SqliteConnection &connection)
        : m_connection(connection)
    {}

    Result<Done> setSetting(const QString &environment, const QString &name, const QByteArray &value);
    /// Nothing when it was never set.
    Result<std::optional<QByteArray>> setting(const QString &environment, const QString &name);

    /// Never moves a time back.
    Result<Done> markSourcesSeen(const QString &environment, const QHash<SourceId, Instant> &lastSuccess);
    Result<QHash<SourceId, Instant>> sourcesSeen(const QString &environment);

    /// The same firing twice is one row, with its later end.
    Result<Done> addResolved(const QString &environment, const QList<ResolvedAlert> &alerts);
    /// Newest first.
    Result<QList<ResolvedAlert>> resolvedSince(const QString &environment, Instant since);
    /// Nothing when none is known.
    Result<std::optional<ResolvedAlert>> lastResolved(const QString &environment);
    /// Keeps kResolvedKept and at most kResolvedLimit rows of each environment.
    Result<Done> prune(Instant now);

private:
    Result<QList<ResolvedAlert>> resolvedRows(const QString &environment, qint64 sinceMs, int limit);

    SqliteConnection &m_connection;
};

} // namespace cockpit
