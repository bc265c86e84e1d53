// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/journal.h"

#include "app/formats/action_codec.h"
#include "app/store/activity_chain.h"
#include "app/store/process_identity.h"

#include <QCoreApplication>

#include <array>

namespace cockpit {

namespace {

constexpr const char *kActivityColumns =
    "SELECT sequence, environment, at, action_id, action_name, target, service, actor, reason, state, text, hash,"
    " identity, diff FROM activity";

ActionState storedState(const QString &name)
{
    for (const ActionState state : {ActionState::Requested, ActionState::Planned, ActionState::Armed,
                                    ActionState::Executing, ActionState::Verifying, ActionState::Succeeded,
                                    ActionState::Failed, ActionState::Cancelled, ActionState::Refused}) {
        if (toWireName(state) == name)
            return state;
    }
    return ActionState::Unknown;
}

ActivityEntry storedEntry(const QSqlQuery &row)
{
    return ActivityEntry{row.value(0).toLongLong(),
                         row.value(1).toString(),
                         fromEpochMs(row.value(2).toLongLong()),
                         ActionId(row.value(3).toString()),
                         row.value(4).toString(),
                         row.value(5).toString(),
                         ServiceId(row.value(6).toString()),
                         row.value(7).toString(),
                         row.value(8).toString(),
                         storedState(row.value(9).toString()),
                         row.value(10).toString(),
                         row.value(12).toString(),
                         row.value(13).toString()};
}

ChainReport brokenAt(qint64 sequence, qint64 entries, const QString &words)
{
    return ChainReport{entries, sequence, words};
}

} // namespace

struct Journal::ChainEnd {
    QString installation{};
    qint64 sequence = 0;
    QByteArray hash{};
};

Result<Journal::ChainEnd> Journal::chainEnd()
{
    auto query = m_connection.run("SELECT id, last_sequence, last_hash FROM installation");
    if (!query)
        return query.error();
    if (!query->next())
        return Error{
            Error::Kind::Storage, QCoreApplication::translate("Store", "The store has lost its identity."), {}, {}};
    ChainEnd end{query->value(0).toString(), query->value(1).toLongLong(), query->value(2).toByteArray()};
    if (end.sequence == 0)
        end.hash = chainGround(end.installation);
    return end;
}

Journal::Journal(SqliteConnection &connection, QString owner)
    : m_connection(connection)
    , m_owner(std::move(owner))
{}

Journal::~Journal()
{
    // When this fails the owner's process identity tells the same a moment later: it will not be alive.
    (void)m_connection.run("UPDATE actions SET owner = '' WHERE owner = ?", {m_owner}).has_value();
}

Result<Done> Journal::writeAction(const ActionRecord &record)
{
    return m_connection.transaction<Done>([&] { return writeActionOnce(record); });
}

Result<Done> Journal::writeActionOnce(const ActionRecord &record)
{
    const QString id = record.request.id.toString();
    auto known = m_connection.run("SELECT steps_logged FROM actions WHERE id = ?", {id});
    if (!known)
        return known.error();
    const qsizetype logged = known->next() ? known->value(0).toLongLong() : 0;
    if (auto appended = append(record, logged); !appended)
        return appended;
    auto kept = m_connection.run("INSERT INTO actions (id, environment, state, owner, steps_logged, updated_at, record)"
                                 " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state,"
                                 " owner = excluded.owner, steps_logged = excluded.steps_logged,"
                                 " updated_at = excluded.updated_at, record = excluded.record",
                                 {id, record.request.environment, toWireName(record.state), m_owner,
                                  static_cast<qlonglong>(record.steps.size()), toEpochMs(record.updatedAt),
                                  encodeActionRecord(record)});
    if (!kept)
        return kept.error();
    return Done{};
}

Result<Done> Journal::append(const ActionRecord &record, qsizetype firstStep)
{
    auto end = chainEnd();
    if (!end)
        return end.error();
    for (qsizetype index = firstStep; index < record.steps.size(); ++index) {
        const ActionStep &one = record.steps.at(index);
        const ActionRequest &request = record.request;
        const bool tellsDiff = one.state == ActionState::Armed || isFinal(one.state);
        const ActivityEntry entry{++end->sequence,          request.environment, one.at,          request.id,
                                  wireName(request.intent), request.target,      request.service, request.actor,
                                  request.reason,           one.state,           one.text,        record.identity,
                                  tellsDiff ? record.plan.diff : QString()};
        if (auto written = appendEntry(*end, entry); !written)
            return written;
    }
    return moveEnd(*end);
}

Result<Done> Journal::appendEntry(ChainEnd &end, const ActivityEntry &entry)
{
    end.hash = chainHash(end.hash, entry);
    auto written =
        m_connection.run("INSERT INTO activity (sequence, environment, at, action_id, action_name, target, service,"
                         " actor, reason, state, text, hash, identity, diff)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         {entry.sequence, entry.environment, toEpochMs(entry.at), entry.action.toString(),
                          entry.actionName, entry.target, entry.service.toString(), entry.actor, entry.reason,
                          toWireName(entry.state), entry.text, end.hash, entry.identity, entry.diff});
    if (!written)
        return written.error();
    return Done{};
}

Result<Done> Journal::moveEnd(const ChainEnd &end)
{
    auto moved =
        m_connection.run("UPDATE installation SET last_sequence = ?, last_hash = ?", {end.sequence, end.hash});
    if (!moved)
        return moved.error();
    return Done{};
}

Result<Done> Journal::appendNote(ActivityEntry entry)
{
    auto end = chainEnd();
    if (!end)
        return end.error();
    entry.sequence = ++end->sequence;
    if (auto written = appendEntry(*end, entry); !written)
        return written;
    return moveEnd(*end);
}

Result<std::optional<ActionRecord>> Journal::findAction(const ActionId &id)
{
    auto query = m_connection.run("SELECT record FROM actions WHERE id = ?", {id.toString()});
    if (!query)
        return query.error();
    if (!query->next())
        return std::optional<ActionRecord>();
    auto record = decodeActionRecord(query->value(0).toByteArray());
    if (!record)
        return record.error();
    return std::optional<ActionRecord>(*record);
}

Result<OpenActions> Journal::claimOpenActions(const QString &environment)
{
    return m_connection.transaction<OpenActions>([&]() -> Result<OpenActions> {
        auto query = m_connection.run("SELECT id, owner FROM actions WHERE environment = ? AND owner <> ?"
                                      " AND state IN ('armed', 'executing', 'verifying', 'unknown') ORDER BY id",
                                      {environment, m_owner});
        if (!query)
            return query.error();
        std::vector<std::pair<QString, QString>> candidates;
        while (query->next())
            candidates.emplace_back(query->value(0).toString(), query->value(1).toString());
        query->finish();
        OpenActions open;
        for (const auto &[id, owner] : candidates) {
            if (isProcessAlive(owner))
                continue;
            if (auto claimed = claim(id, owner, open); !claimed)
                return claimed.error();
        }
        return open;
    });
}

Result<std::vector<ActionRecord>> Journal::recentActions(const QString &environment, Instant since)
{
    auto query = m_connection.run("SELECT owner, record FROM actions WHERE environment = ?"
                                  " AND (state IN ('armed', 'executing', 'verifying') OR updated_at >= ?) ORDER BY id",
                                  {environment, toEpochMs(since)});
    if (!query)
        return query.error();
    std::vector<ActionRecord> recent;
    while (query->next()) {
        const QString owner = query->value(0).toString();
        auto record = decodeActionRecord(query->value(1).toByteArray());
        if (record && (isFinal(record->state) || owner == m_owner || isProcessAlive(owner)))
            recent.push_back(std::move(*record));
    }
    return recent;
}

Result<Done> Journal::claim(const QString &id, const QString &previousOwner, OpenActions &into)
{
    auto record = findAction(ActionId(id));
    if (!record) {
        into.unreadable.append(record.error());
        return Done{};
    }
    auto taken =
        m_connection.run("UPDATE actions SET owner = ? WHERE id = ? AND owner = ?", {m_owner, id, previousOwner});
    if (!taken)
        return taken.error();
    if (*record)
        into.records.push_back(**record);
    return Done{};
}

Result<QList<ActivityEntry>> Journal::activity(const QString &environment, int limit, qint64 before)
{
    const QByteArray sql = QByteArray(kActivityColumns) +
                           " WHERE (? = '' OR environment = ?) AND (? = 0 OR sequence < ?)"
                           " ORDER BY sequence DESC LIMIT ?";
    auto query = m_connection.run(sql.constData(), {environment, environment, before, before, limit});
    if (!query)
        return query.error();
    QList<ActivityEntry> entries;
    while (query->next())
        entries.append(storedEntry(*query));
    return entries;
}

Result<ChainReport> Journal::verifyChain()
{
    // In one transaction, so that another process cannot append between the end and the walk.
    return m_connection.transaction<ChainReport>([&]() -> Result<ChainReport> {
        auto end = chainEnd();
        if (!end)
            return end.error();
        auto query = m_connection.run((QByteArray(kActivityColumns) + " ORDER BY sequence").constData());
        if (!query)
            return query.error();
        QByteArray hash = chainGround(end->installation);
        qint64 sequence = 0;
        while (query->next()) {
            const ActivityEntry entry = storedEntry(*query);
            if (entry.sequence != ++sequence)
                return brokenAt(sequence, sequence - 1,
                                QCoreApplication::translate("Store", "Entry %1 is missing.").arg(sequence));
            hash = chainHash(hash, entry);
            if (hash != query->value(11).toByteArray()) {
                return brokenAt(
                    sequence, sequence,
                    QCoreApplication::translate("Store", "Entry %1 is not as it was written.").arg(sequence));
            }
        }
        if (sequence != end->sequence || hash != end->hash)
            return brokenAt(sequence + 1, sequence,
                            QCoreApplication::translate("Store", "The log was cut after entry %1.").arg(sequence));
        return ChainReport{
            sequence,
            {},
            QCoreApplication::translate("Store", "All %1 entries are as they were written.").arg(sequence)};
    });
}

Result<QString> Journal::chainHead()
{
    auto end = chainEnd();
    if (!end)
        return end.error();
    return end->sequence == 0 ? QString() : QString::fromLatin1(end->hash.toHex());
}

Result<Done> Journal::prune(Instant now)
{
    auto removed = m_connection.run("DELETE FROM actions WHERE updated_at < ? AND state IN"
                                    " ('succeeded', 'failed', 'cancelled', 'refused')",
                                    {toEpochMs(now - kRecordsKept)});
    if (!removed)
        return removed.error();
    return Done{};
}

} // namespace cockpit
