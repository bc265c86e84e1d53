// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incidents/incident_archive.h"
#include "app/incidents/local_incidents.h"

namespace cockpit {

/// Incidents in this laptop's store. What another process writes (the command line beside the window) is told within a
/// second. A store of a newer program is read only, and a damaged one was mended: the condition says so.
class SqliteArchive final : public IncidentArchive {
    Q_OBJECT
public:
    /// `store` and `clock` outlive it; `store` posts its answers on this thread.
    SqliteArchive(StoreThread &store, const QString &environment, const Clock &clock, QObject *parent = nullptr);

    void start() override;
    void open(IncidentHead head, std::vector<IncidentEntry> first,
              std::function<void(Result<IncidentHead>)> done) override;
    void append(std::vector<IncidentEntry> entries, Finished done) override;
    void list(int limit, std::function<void(Result<QList<IncidentHead>>)> done) override;
    void entries(const IncidentId &id, std::function<void(Result<std::vector<IncidentEntry>>)> done) override;
    void claimReminder(const QString &id, std::function<void(Result<bool>)> done) override;

private:
    LocalIncidents m_local;
};

/// How the archive stands on a store that is so.
ArchiveCondition archiveConditionOf(const StoreCondition &condition);

} // namespace cockpit
