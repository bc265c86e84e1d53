// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/runbook_cache.h"

namespace cockpit {

namespace {

/// Another one is another file: what it holds can be read again, so it is not migrated.
constexpr int cacheLayout = 1;

} // namespace

Result<Done> RunbookCache::prepare()
{
    // What is lost by a power cut is read again: the journal's care would only cost.
    (void)m_connection->run("PRAGMA synchronous = NORMAL").has_value();
    return m_connection->transaction<Done>([this]() -> Result<Done> {
        auto layout = m_connection->run("PRAGMA user_version");
        if (!layout)
            return layout.error();
        const bool isOther = layout->next() && layout->value(0).toInt() != cacheLayout;
        layout->finish();
        if (isOther) {
            for (const char *table :
                 {"DROP TABLE IF EXISTS sections", "DROP TABLE IF EXISTS versions", "DROP TABLE IF EXISTS documents",
                  "DROP TABLE IF EXISTS sources", "PRAGMA user_version = 1"}) {
                if (auto done = m_connection->run(table); !done)
                    return done.error();
            }
        }
        for (const char *table :
             {"CREATE TABLE IF NOT EXISTS sources (name TEXT PRIMARY KEY, kind INTEGER NOT NULL, root TEXT NOT NULL,"
              " urls TEXT NOT NULL, revision TEXT NOT NULL, changed_at INTEGER NOT NULL, read_at INTEGER NOT NULL)",
              "CREATE TABLE IF NOT EXISTS documents (id INTEGER PRIMARY KEY, source TEXT NOT NULL, path TEXT NOT NULL,"
              " title TEXT NOT NULL, present INTEGER NOT NULL, version INTEGER NOT NULL, UNIQUE (source, path))",
              "CREATE TABLE IF NOT EXISTS versions (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, hash BLOB NOT "
              "NULL,"
              " size INTEGER NOT NULL, modified_at INTEGER NOT NULL, first_seen INTEGER NOT NULL,"
              " last_seen INTEGER NOT NULL, stored INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (document, hash))",
              "CREATE INDEX IF NOT EXISTS versions_by_age ON versions (last_seen, id, document, stored)"}) {
            if (auto done = m_connection->run(table); !done)
                return done.error();
        }
        return m_index.prepare();
    });
}

Result<Done> RunbookCache::prune(qint64 document)
{
    auto pruned = m_connection->run("DELETE FROM versions WHERE document = ? AND id NOT IN (SELECT id FROM versions"
                                    " WHERE document = ? ORDER BY last_seen DESC, id DESC LIMIT ?)"
                                    " AND id NOT IN (SELECT version FROM documents WHERE id = ?)",
                                    {document, document, mostVersions, document});
    if (!pruned)
        return pruned.error();
    return Done{};
}

Result<Done> RunbookCache::bound()
{
    auto sum = m_connection->run("SELECT COALESCE(SUM(stored), 0) FROM versions INDEXED BY versions_by_age");
    if (!sum)
        return sum.error();
    qint64 over = (sum->next() ? sum->value(0).toLongLong() : 0) - m_mostBytes;
    sum->finish();
    if (over <= 0)
        return Done{};
    auto oldest = m_connection->run("SELECT id, stored FROM versions INDEXED BY versions_by_age WHERE id NOT IN"
                                    " (SELECT version FROM documents WHERE present = 1) ORDER BY last_seen, id");
    if (!oldest)
        return oldest.error();
    QList<qint64> gone;
    while (over > 0 && oldest->next()) {
        gone.append(oldest->value(0).toLongLong());
        over -= oldest->value(1).toLongLong();
    }
    oldest->finish();
    for (const qint64 id : std::as_const(gone)) {
        if (auto removed = m_connection->run("DELETE FROM versions WHERE id = ?", {id}); !removed)
            return removed.error();
    }
    return Done{};
}

} // namespace cockpit
