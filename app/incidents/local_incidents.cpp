// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incidents/local_incidents.h"

#include "app/store/process_identity.h"

#include <QPointer>

namespace cockpit {

void LocalIncidents::Seen::remember(const std::vector<IncidentRow> &rows, const QList<IncidentHead> &heads)
{
    for (const IncidentRow &row : rows)
        own.insert(row.id.toString());
    for (const IncidentHead &head : heads)
        own.insert(head.id.toString());
}

LocalIncidents::LocalIncidents(StoreThread &store, IncidentScope scope, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_scope(std::move(scope))
    , m_clock(clock)
{
    m_timer.setInterval(kWatchEvery);
    connect(&m_timer, &QTimer::timeout, this, &LocalIncidents::tick);
}

void LocalIncidents::open(const IncidentHead &head, std::vector<IncidentEntry> first, Answer<IncidentHead> done)
{
    m_store.askIncidents<IncidentHead>(
        [scope = m_scope, seen = m_seen, head, first = std::move(first)](IncidentRows &rows) {
            const std::vector<IncidentRow> written = incidentRowsFrom(first);
            auto opened = rows.open(scope, head, written);
            if (opened)
                seen->remember(written, {*opened});
            return opened;
        },
        std::move(done));
}

void LocalIncidents::append(std::vector<IncidentEntry> entries, Answer<Done> done)
{
    m_store.askIncidents<Done>(
        [scope = m_scope, seen = m_seen, entries = std::move(entries)](IncidentRows &rows) {
            const std::vector<IncidentRow> written = incidentRowsFrom(entries);
            auto appended = rows.append(scope, written);
            if (appended)
                seen->remember(written, {});
            return appended;
        },
        std::move(done));
}

void LocalIncidents::list(int limit, Answer<QList<IncidentHead>> done)
{
    m_store.askIncidents<QList<IncidentHead>>(
        [scope = m_scope, limit](IncidentRows &rows) { return rows.heads(scope, limit); }, std::move(done));
}

void LocalIncidents::entries(const IncidentId &id, Answer<std::vector<IncidentEntry>> done)
{
    m_store.askIncidents<std::vector<IncidentEntry>>(
        [id](IncidentRows &rows) -> Result<std::vector<IncidentEntry>> {
            auto stored = rows.rows(id);
            if (!stored)
                return stored.error();
            return incidentEntriesFrom(*stored);
        },
        std::move(done));
}

void LocalIncidents::claim(const QString &reminder, Answer<bool> done)
{
    m_store.askIncidents<bool>(
        [scope = m_scope, reminder, now = m_clock.now()](IncidentRows &rows) {
            return rows.claim(scope, reminder, thisProcessIdentity(), now);
        },
        std::move(done));
}

void LocalIncidents::condition(std::function<void(StoreCondition)> done) { m_store.askCondition(std::move(done)); }

void LocalIncidents::waiting(int limit, Answer<IncidentBatch> done)
{
    m_store.askIncidents<IncidentBatch>(
        [scope = m_scope, limit](IncidentRows &rows) { return rows.waiting(scope, limit); }, std::move(done));
}

void LocalIncidents::waitingCount(Answer<int> done)
{
    m_store.askIncidents<int>([scope = m_scope](IncidentRows &rows) { return rows.waitingCount(scope); },
                              std::move(done));
}

void LocalIncidents::settle(IncidentBatch sent, Answer<Done> done)
{
    m_store.askIncidents<Done>(
        [seen = m_seen, sent = std::move(sent)](IncidentRows &rows) {
            seen->remember({}, sent.heads);
            return rows.settle(sent);
        },
        std::move(done));
}

void LocalIncidents::take(IncidentBatch told, qint64 position, Answer<IncidentChanges> done)
{
    m_store.askIncidents<IncidentChanges>(
        [scope = m_scope, seen = m_seen, told = std::move(told),
         position](IncidentRows &rows) -> Result<IncidentChanges> {
            seen->remember(told.rows, told.heads);
            if (auto taken = rows.take(scope, told, position); !taken)
                return taken.error();
            return incidentChangesFrom(told);
        },
        std::move(done));
}

void LocalIncidents::cursor(Answer<qint64> done)
{
    m_store.askIncidents<qint64>([scope = m_scope](IncidentRows &rows) { return rows.cursor(scope); }, std::move(done));
}

void LocalIncidents::watch()
{
    m_store.askIncidents<IncidentMark>(
        [seen = m_seen](IncidentRows &rows) -> Result<IncidentMark> {
            auto mark = rows.mark();
            if (mark)
                seen->mark = *mark;
            return mark;
        },
        [self = QPointer(this)](const Result<IncidentMark> &) {
            if (self)
                self->m_timer.start();
        });
}

Result<IncidentChanges> LocalIncidents::look(IncidentRows &rows, const IncidentScope &scope, Seen &seen)
{
    constexpr qsizetype kManyOwn = 1000;
    auto version = rows.dataVersion();
    if (!version)
        return version.error();
    if (*version == seen.dataVersion && seen.own.size() < kManyOwn)
        return IncidentChanges{};
    auto batch = rows.changesSince(scope, seen.mark);
    if (!batch)
        return batch.error();
    seen.dataVersion = *version;
    batch->heads.removeIf([&seen](const IncidentHead &head) { return seen.own.contains(head.id.toString()); });
    std::erase_if(batch->rows, [&seen](const IncidentRow &row) { return seen.own.contains(row.id.toString()); });
    seen.own.clear();
    return incidentChangesFrom(*batch);
}

void LocalIncidents::tick()
{
    if (m_isLooking) // the disk is slow: one look at a time
        return;
    m_isLooking = true;
    m_store.askIncidents<IncidentChanges>(
        [scope = m_scope, seen = m_seen](IncidentRows &rows) { return look(rows, scope, *seen); },
        [self = QPointer(this)](const Result<IncidentChanges> &found) {
            if (!self)
                return;
            self->m_isLooking = false;
            if (found && !found->isEmpty())
                Q_EMIT self->changed(*found);
        });
}

} // namespace cockpit
