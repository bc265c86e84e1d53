// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/incident_rows.h"
#include "models/incident_entry.h"

#include <vector>

namespace cockpit {

/// Heads and entries that go together.
struct IncidentChanges {
    QList<IncidentHead> heads{};
    std::vector<IncidentEntry> entries{};
    bool isEmpty() const { return heads.isEmpty() && entries.empty(); }
};

/// Entries as they are stored, and back. What cannot be read (damage, a kind of a newer version) becomes a line that
/// says so: a gap in a timeline must be seen.
std::vector<IncidentRow> incidentRowsFrom(const std::vector<IncidentEntry> &entries);
std::vector<IncidentEntry> incidentEntriesFrom(const std::vector<IncidentRow> &rows);
IncidentChanges incidentChangesFrom(const IncidentBatch &batch);

} // namespace cockpit
