// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"

#include <nlohmann/json.hpp>

namespace cockpit {

/// Entries, their bodies and heads as JSON values and back. Readers throw nlohmann's exceptions for a wrong shape; only
/// the codec and the import call them, and they catch them.
nlohmann::ordered_json incidentBodyJson(const IncidentBody &body);
/// A body that this program cannot read becomes a note that says so and quotes it.
IncidentBody incidentBodyOf(const QString &kind, const nlohmann::ordered_json &value);
nlohmann::ordered_json incidentEntryJson(const IncidentEntry &entry);
IncidentEntry incidentEntryOf(const nlohmann::ordered_json &value);
nlohmann::ordered_json incidentHeadJson(const IncidentHead &head);
IncidentHead incidentHeadOf(const nlohmann::ordered_json &value);

/// RFC 3339, null for nothing.
nlohmann::ordered_json jsonTime(const std::optional<Instant> &at);

} // namespace cockpit
