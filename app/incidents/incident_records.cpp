// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incidents/incident_records.h"

#include "app/formats/incident_codec.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

/// A UUIDv7 begins with the milliseconds of its making (RFC 9562 §5.7).
Instant madeAt(const EntryId &id)
{
    bool isHex = false;
    const qint64 ms = QString(id.toString()).remove(u'-').left(12).toLongLong(&isHex, 16);
    return fromEpochMs(isHex ? ms : 0);
}

IncidentEntry unreadableEntry(const IncidentRow &row)
{
    IncidentEntry entry;
    entry.id = row.id;
    entry.incident = row.incident;
    entry.at = entry.recordedAt = madeAt(row.id);
    entry.actor = QString::fromUtf16(kCockpitActor);
    entry.body = IncidentNote{
        QCoreApplication::translate("Incidents", "This line cannot be read: its record in the archive is damaged.")};
    return entry;
}

} // namespace

std::vector<IncidentRow> incidentRowsFrom(const std::vector<IncidentEntry> &entries)
{
    std::vector<IncidentRow> rows;
    rows.reserve(entries.size());
    for (const IncidentEntry &entry : entries)
        rows.push_back({entry.id, entry.incident, encodeIncidentEntry(entry)});
    return rows;
}

std::vector<IncidentEntry> incidentEntriesFrom(const std::vector<IncidentRow> &rows)
{
    std::vector<IncidentEntry> entries;
    entries.reserve(rows.size());
    for (const IncidentRow &row : rows) {
        auto entry = decodeIncidentEntry(row.record);
        entries.push_back(entry ? std::move(*entry) : unreadableEntry(row));
    }
    return entries;
}

IncidentChanges incidentChangesFrom(const IncidentBatch &batch)
{
    return IncidentChanges{batch.heads, incidentEntriesFrom(batch.rows)};
}

} // namespace cockpit
