// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/runbook_cache.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

constexpr std::chrono::seconds cacheBusyTimeout{5};

constexpr const char *fileColumns = "SELECT d.path, v.bytes, v.size, v.modified_at, v.hash FROM versions AS v"
                                    " JOIN documents AS d ON d.id = v.document ";

/// The store's error, with what it means for runbooks.
Error cacheError(Error error)
{
    error.meaning =
        QCoreApplication::translate("RunbookCache", "Runbooks are shown, but not kept for the time offline.");
    error.next = QCoreApplication::translate("RunbookCache", "Make room on the disk, or check the file's owner.");
    return error;
}

RunbookFilePtr storedFile(const QSqlQuery &row)
{
    return std::make_shared<const RunbookFile>(
        RunbookFile{row.value(0).toString(), qUncompress(row.value(1).toByteArray()), row.value(2).toLongLong(),
                    fromEpochMs(row.value(3).toLongLong()), row.value(4).toByteArray()});
}

QVariant storedTime(const std::optional<Instant> &at) { return at ? QVariant(toEpochMs(*at)) : QVariant(0); }

std::optional<Instant> readTime(const QVariant &value)
{
    return value.toLongLong() > 0 ? std::optional(fromEpochMs(value.toLongLong())) : std::nullopt;
}

} // namespace

RunbookCache::RunbookCache(std::unique_ptr<SqliteConnection> connection, bool isInMemory, qint64 byteLimit)
    : m_connection(std::move(connection))
    , m_isInMemory(isInMemory)
    , m_mostBytes(byteLimit)
    , m_index(*m_connection)
{}

RunbookCache::Opened RunbookCache::open(const QString &path, qint64 byteLimit)
{
    Opened opened;
    auto connection = SqliteConnection::open(path, cacheBusyTimeout);
    if (connection) {
        opened.cache.reset(new RunbookCache(std::move(*connection), false, byteLimit));
        const auto prepared = opened.cache->prepare();
        if (prepared)
            return opened;
        opened.problem = cacheError(prepared.error());
    } else {
        opened.problem = cacheError(connection.error());
    }
    opened.cache.reset();
    auto memory = SqliteConnection::openInMemory();
    if (!memory)
        return opened;
    opened.cache.reset(new RunbookCache(std::move(*memory), true, byteLimit));
    if (const auto prepared = opened.cache->prepare(); !prepared)
        opened.cache.reset();
    return opened;
}

Result<qint64> RunbookCache::documentId(const RunbookKey &key)
{
    auto query = m_connection->run("SELECT id FROM documents WHERE source = ? AND path = ?", {key.source, key.path});
    if (!query)
        return query.error();
    return query->next() ? query->value(0).toLongLong() : 0;
}

Result<Done> RunbookCache::keep(const QString &source, const QList<Kept> &runbooks, Instant now)
{
    auto kept = m_connection->transaction<Done>([&]() -> Result<Done> {
        for (const Kept &one : runbooks) {
            if (auto done = keepOne(source, one, now); !done)
                return done;
        }
        return bound();
    });
    return kept ? kept : Result<Done>(cacheError(kept.error()));
}

Result<Done> RunbookCache::keepOne(const QString &source, const Kept &kept, Instant now)
{
    const RunbookFile &file = *kept.file;
    auto made = m_connection->run("INSERT INTO documents (source, path, title, present, version) VALUES (?, ?, ?, 1, 0)"
                                  " ON CONFLICT (source, path) DO UPDATE SET title = excluded.title",
                                  {source, file.path, kept.runbook->title});
    if (!made)
        return made.error();
    const auto document = documentId({source, file.path});
    if (!document)
        return document.error();
    auto isCurrent = m_connection->run("SELECT 1 FROM documents AS d JOIN versions AS v ON v.id = d.version"
                                       " WHERE d.id = ? AND d.present = 1 AND v.hash = ?",
                                       {*document, file.hash});
    if (!isCurrent)
        return isCurrent.error();
    if (isCurrent->next()) {
        isCurrent->finish();
        auto seen = m_connection->run("UPDATE versions SET last_seen = ? WHERE document = ? AND hash = ?",
                                      {toEpochMs(now), *document, file.hash});
        if (!seen)
            return seen.error();
        return Done{};
    }
    const QByteArray bytes = qCompress(file.bytes);
    auto version = m_connection->run(
        "INSERT INTO versions (document, hash, size, modified_at, first_seen, last_seen, stored, bytes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (document, hash)"
        " DO UPDATE SET last_seen = excluded.last_seen, modified_at = excluded.modified_at",
        {*document, file.hash, file.size, toEpochMs(file.modifiedAt), toEpochMs(now), toEpochMs(now), bytes.size(),
         bytes});
    if (!version)
        return version.error();
    auto shown = m_connection->run("UPDATE documents SET present = 1, version ="
                                   " (SELECT id FROM versions WHERE document = ? AND hash = ?) WHERE id = ?",
                                   {*document, file.hash, *document});
    if (!shown)
        return shown.error();
    if (auto indexed = m_index.put(*document, *kept.runbook); !indexed)
        return indexed;
    return prune(*document);
}

Result<Done> RunbookCache::keepSource(const RunbookSourceState &state, const QStringList &paths, Instant now)
{
    auto kept = m_connection->transaction<Done>([&]() -> Result<Done> {
        auto noted = m_connection->run(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET kind = excluded.kind,"
            " root = excluded.root, urls = excluded.urls, revision = excluded.revision,"
            " changed_at = excluded.changed_at, read_at = excluded.read_at",
            {state.name, int(state.kind), state.root, state.urls.join(u'\n'), state.revision,
             storedTime(state.changedAt), storedTime(state.readAt.value_or(now))});
        if (!noted)
            return noted.error();
        auto known = m_connection->run("SELECT id, path FROM documents WHERE source = ? AND present = 1", {state.name});
        if (!known)
            return known.error();
        const QSet<QString> there(paths.begin(), paths.end());
        QList<qint64> gone;
        while (known->next()) {
            if (!there.contains(known->value(1).toString()))
                gone.append(known->value(0).toLongLong());
        }
        known->finish();
        for (const qint64 id : std::as_const(gone)) {
            if (auto left = m_connection->run("UPDATE documents SET present = 0 WHERE id = ?", {id}); !left)
                return left.error();
            if (auto removed = m_index.remove(id); !removed)
                return removed;
        }
        return Done{};
    });
    return kept ? kept : Result<Done>(cacheError(kept.error()));
}

Result<QList<RunbookFilePtr>> RunbookCache::files(const char *where, const QVariantList &values)
{
    auto query = m_connection->run((QByteArray(fileColumns) + where).constData(), values);
    if (!query)
        return cacheError(query.error());
    QList<RunbookFilePtr> found;
    while (query->next())
        found.append(storedFile(*query));
    return found;
}

Result<std::optional<RunbookSourceCopy>> RunbookCache::source(const QString &name)
{
    auto query =
        m_connection->run("SELECT kind, root, urls, revision, changed_at, read_at FROM sources WHERE name = ?", {name});
    if (!query)
        return cacheError(query.error());
    if (!query->next())
        return std::optional<RunbookSourceCopy>();
    RunbookSourceCopy copy;
    copy.state = {.name = name,
                  .kind = RunbookSourceState::Kind(query->value(0).toInt()),
                  .root = query->value(1).toString(),
                  .urls = query->value(2).toString().split(u'\n', Qt::SkipEmptyParts),
                  .revision = query->value(3).toString(),
                  .changedAt = readTime(query->value(4)),
                  .readAt = readTime(query->value(5)),
                  .offline = true};
    query->finish();
    auto kept = files("WHERE d.source = ? AND d.present = 1 AND v.id = d.version ORDER BY d.path", {name});
    if (!kept)
        return kept.error();
    copy.files = std::move(*kept);
    return std::optional(std::move(copy));
}

Result<RunbookFilePtr> RunbookCache::newest(const RunbookKey &key)
{
    auto kept = files("WHERE d.source = ? AND d.path = ? AND v.id = d.version", {key.source, key.path});
    if (!kept)
        return kept.error();
    return kept->isEmpty() ? RunbookFilePtr() : kept->first();
}

Result<RunbookFilePtr> RunbookCache::version(const RunbookKey &key, const QByteArray &hash)
{
    auto kept = files("WHERE d.source = ? AND d.path = ? AND v.hash = ?", {key.source, key.path, hash});
    if (!kept)
        return kept.error();
    return kept->isEmpty() ? RunbookFilePtr() : kept->first();
}

Result<QList<RunbookVersion>> RunbookCache::versions(const RunbookKey &key)
{
    auto query = m_connection->run("SELECT v.hash, v.size, v.first_seen, v.last_seen FROM versions AS v JOIN documents"
                                   " AS d ON d.id = v.document WHERE d.source = ? AND d.path = ?"
                                   " ORDER BY v.last_seen DESC, v.id DESC",
                                   {key.source, key.path});
    if (!query)
        return cacheError(query.error());
    QList<RunbookVersion> found;
    while (query->next())
        found.append({query->value(0).toByteArray(), query->value(1).toLongLong(),
                      fromEpochMs(query->value(2).toLongLong()), fromEpochMs(query->value(3).toLongLong())});
    return found;
}

Result<Done> RunbookCache::check()
{
    auto query = m_connection->run("PRAGMA quick_check(1)");
    if (!query)
        return cacheError(query.error());
    const QString words = query->next() ? query->value(0).toString() : QString();
    if (words == QLatin1String("ok"))
        return Done{};
    return cacheError(
        {.kind = Error::Kind::Storage,
         .what = QCoreApplication::translate("RunbookCache", "The copy of the runbooks is damaged: %1.").arg(words),
         .meaning = {},
         .next = {}});
}

} // namespace cockpit
