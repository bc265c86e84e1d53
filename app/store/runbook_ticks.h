// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/sqlite_connection.h"
#include "models/ids.h"
#include "models/runbook.h"

#include <QList>
#include <QString>

namespace cockpit {

class Journal;

/// What was done with a step of a runbook: ticked, skipped with a reason, or taken back.
struct RunbookTickNote {
    QString environment{};
    RunbookTick tick{};
    bool isTakenBack = false;
    ActionId id{};       ///< of its entry in the activity log
    ServiceId service{}; ///< whose alert it was; may be empty
    QString words{};     ///< the entry's text: "Ticked step 3 “Check the pools” of GCHighErrorRate.md"
};

/// The ticks of runbooks: an append-only history; what counts is the newest word on each step. Each goes into the
/// activity log in the same transaction.
class RunbookTicks {
public:
    static constexpr std::chrono::days keptFor{365};

    /// Both outlive the ticks.
    RunbookTicks(SqliteConnection &connection, Journal &journal)
        : m_connection(connection)
        , m_journal(journal)
    {}

    Result<Done> write(const RunbookTickNote &note);
    /// Those that stand now, the oldest first.
    Result<QList<RunbookTick>> ticks(const QString &environment, const QString &occasion);
    /// Everything that was ever said, the oldest first: `isTakenBack` beside each tick.
    Result<QList<std::pair<RunbookTick, bool>>> history(const QString &environment, const QString &occasion);
    /// Removes what is older than keptFor; the activity log keeps its entries.
    Result<Done> prune(Instant now);

private:
    SqliteConnection &m_connection;
    Journal &m_journal;
};

} // namespace cockpit
