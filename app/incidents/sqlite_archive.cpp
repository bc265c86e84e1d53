// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incidents/sqlite_archive.h"

#include <QPointer>

namespace cockpit {

ArchiveCondition archiveConditionOf(const StoreCondition &condition)
{
    ArchiveCondition archive;
    archive.place = SqliteArchive::tr("this laptop");
    archive.words = condition.words;
    switch (condition.state) {
    case StoreCondition::State::Good:
        archive.state = ArchiveCondition::State::Live;
        break;
    case StoreCondition::State::ReadOnly:
        archive.state = ArchiveCondition::State::ReadOnly;
        break;
    case StoreCondition::State::Failed:
        archive.state = ArchiveCondition::State::Failed;
        break;
    }
    return archive;
}

SqliteArchive::SqliteArchive(StoreThread &store, const QString &environment, const Clock &clock, QObject *parent)
    : IncidentArchive(parent)
    , m_local(store, IncidentScope{QString(), environment}, clock)
{
    connect(&m_local, &LocalIncidents::changed, this, [this](const IncidentChanges &changes) {
        for (const IncidentHead &head : changes.heads)
            Q_EMIT headChanged(head);
        if (!changes.entries.empty())
            Q_EMIT arrived(changes.entries);
    });
}

void SqliteArchive::start()
{
    m_local.watch();
    m_local.condition([self = QPointer(this)](const StoreCondition &condition) {
        if (self)
            Q_EMIT self->conditionChanged(archiveConditionOf(condition));
    });
}

void SqliteArchive::open(IncidentHead head, std::vector<IncidentEntry> first,
                         std::function<void(Result<IncidentHead>)> done)
{
    m_local.open(head, std::move(first), std::move(done));
}

void SqliteArchive::append(std::vector<IncidentEntry> entries, Finished done)
{
    m_local.append(std::move(entries), std::move(done));
}

void SqliteArchive::list(int limit, std::function<void(Result<QList<IncidentHead>>)> done)
{
    m_local.list(limit, std::move(done));
}

void SqliteArchive::entries(const IncidentId &id, std::function<void(Result<std::vector<IncidentEntry>>)> done)
{
    m_local.entries(id, std::move(done));
}

void SqliteArchive::claimReminder(const QString &id, std::function<void(Result<bool>)> done)
{
    m_local.claim(id, std::move(done));
}

} // namespace cockpit
