// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"

#include <QByteArray>

#include <vector>

namespace cockpit {

/// One incident of an export: to be opened and appended under the ids it has, which makes it once however often.
struct ImportedIncident {
    IncidentHead head{};
    std::vector<IncidentEntry> entries{};
    bool operator==(const ImportedIncident &) const = default;
};

/// Reads what incidentsExport() wrote. Errors: Parse for anything else, and for a newer format's version; nothing is
/// imported then.
Result<std::vector<ImportedIncident>> importIncidentsJson(const QByteArray &bytes);

} // namespace cockpit
