// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/result.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace cockpit {

class LabelPool;

// Bodies of Alertmanager's API v2 (backends.md §2) to values; the hot one is the list of alerts (10 000 alerts, 10 MB).
// Equal names and values of one body share one QString; equal label sets are one with those of other bodies that were
// read with the same pool. Errors: Parse.

/// Reads `GET /api/v2/alerts`. Broken UTF-8 is replaced by U+FFFD and the alerts that held it are marked `repaired`.
/// An alert without a fingerprint or start is an error: an unread alert must not be dropped silently.
Result<std::vector<ReceivedAlert>> parseAlerts(const std::string &body, LabelPool *pool = nullptr);

/// Reads `GET /api/v2/silences`.
Result<std::vector<Silence>> parseSilences(const std::string &body);

/// What a member says of itself.
struct AlertmanagerStatus {
    QString clusterStatus{}; ///< "ready", "settling" or "disabled"
    int peers = 0;           ///< members that it sees, itself among them; 0 when clustering is off
    QString version{};
    std::optional<Instant> startedAt{}; ///< the wire calls it "uptime"
    QString configYaml{};
};
/// Reads `GET /api/v2/status`.
Result<AlertmanagerStatus> parseAlertmanagerStatus(const std::string &body);

/// The words of an error body: a bare JSON string, {"code","message"}, or plain text (its first 300 characters).
/// Empty for an empty body and for HTML.
QString alertmanagerErrorText(const std::string &body);

} // namespace cockpit
