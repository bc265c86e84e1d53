// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"
#include "models/items/incident_store.h"
#include "models/result.h"

#include <QObject>

#include <functional>

namespace cockpit {

/// Where incidents are kept: this laptop's SQLite, or a team's PostgreSQL. Only heads and append-only entries are kept;
/// an incident is what follows from them. Lives on its owner's thread and never waits there: answers are posted.
class IncidentArchive : public QObject {
    Q_OBJECT
public:
    using Finished = std::function<void(Result<Done>)>;

    explicit IncidentArchive(QObject *parent = nullptr);
    /// Opens, migrates, and begins to tell of what others write.
    virtual void start() = 0;
    /// A new incident with its first entries (IncidentOpened among them). Answered when it is durable: with the team's
    /// number where the link stands, else with a local one. The same id twice is one incident.
    virtual void open(IncidentHead head, std::vector<IncidentEntry> first,
                      std::function<void(Result<IncidentHead>)> done) = 0;
    /// Answered when the entries are durable (fsync), on this laptop at least. The same entry id twice is one entry.
    virtual void append(std::vector<IncidentEntry> entries, Finished done) = 0;
    /// Incidents of the environment, newest first.
    virtual void list(int limit, std::function<void(Result<QList<IncidentHead>>)> done) = 0;
    virtual void entries(const IncidentId &id, std::function<void(Result<std::vector<IncidentEntry>>)> done) = 0;
    /// Of several cockpits on one archive exactly one gets `true` for a reminder: it is the one that tells it.
    virtual void claimReminder(const QString &id, std::function<void(Result<bool>)> done) = 0;

Q_SIGNALS:
    /// Another cockpit or the command line wrote these; also our own once the team's archive has them.
    void arrived(const std::vector<cockpit::IncidentEntry> &entries);
    /// A new incident of somebody else, or a local one got its number.
    void headChanged(const cockpit::IncidentHead &head);
    void conditionChanged(const cockpit::ArchiveCondition &condition);
};

} // namespace cockpit
