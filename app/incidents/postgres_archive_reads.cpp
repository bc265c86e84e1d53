// SPDX-License-Identifier: GPL-3.0-or-later
// What PostgresArchive reads, claims, and tells of itself.
#include "app/incidents/postgres_archive.h"

#include "app/incidents/sqlite_archive.h"

namespace cockpit {

void PostgresArchive::list(int limit, std::function<void(Result<QList<IncidentHead>>)> done)
{
    m_local.list(limit, std::move(done));
}

void PostgresArchive::entries(const IncidentId &id, std::function<void(Result<std::vector<IncidentEntry>>)> done)
{
    m_local.entries(id, std::move(done));
}

void PostgresArchive::claimReminder(const QString &id, std::function<void(Result<bool>)> done)
{
    if (m_link.state != LinkState::State::Up) {
        m_local.claim(id, std::move(done)); // nobody else can be asked: better told twice than never
        return;
    }
    m_claims.insert(id, std::move(done));
    QMetaObject::invokeMethod(m_postgres, [link = m_postgres, id, now = m_clock.now()] { link->claim(id, now); });
}

void PostgresArchive::linkClaimed(const QString &reminder, bool isFirst, const QString &problem)
{
    const auto done = m_claims.take(reminder);
    if (!done)
        return;
    if (problem.isEmpty())
        done(isFirst);
    else
        m_local.claim(reminder, done);
}

Error PostgresArchive::readOnlyError() const
{
    return Error{Error::Kind::Storage, m_link.words, tr("Nothing was written."), QString()};
}

void PostgresArchive::tellCondition()
{
    ArchiveCondition now;
    now.place = m_place;
    now.waiting = m_waiting;
    now.words = m_link.words;
    if (m_storeCondition.state != StoreCondition::State::Good) {
        // Nothing can be kept here, so nothing may be promised.
        now.state = archiveConditionOf(m_storeCondition).state;
        now.words = m_storeCondition.words;
    } else if (m_isOpening) {
        now.state = ArchiveCondition::State::Opening;
    } else {
        switch (m_link.state) {
        case LinkState::State::Up:
            now.state = ArchiveCondition::State::Live;
            now.words = m_storeCondition.words;
            break;
        case LinkState::State::Down:
            now.state = ArchiveCondition::State::Offline;
            now.words = m_link.words + u' ' +
                        tr("What you write is kept on this laptop and sent by itself when the archive answers again."
                           " Check the network or the server.");
            break;
        case LinkState::State::ReadOnly:
            now.state = ArchiveCondition::State::ReadOnly;
            break;
        case LinkState::State::Failed:
            now.state = ArchiveCondition::State::Failed;
            break;
        }
    }
    if (now == m_told)
        return;
    m_told = now;
    Q_EMIT conditionChanged(now);
}

} // namespace cockpit
