// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/paging.h"
#include "models/paging_intents.h"
#include "models/result.h"

#include <QByteArray>

#include <string>
#include <vector>

namespace cockpit {

// Bodies of Opsgenie's Alert API v2 (backends.md §9). Errors of readers: Parse.

/// One answer of `GET /v2/alerts`.
struct OpsgenieAlerts {
    std::vector<Page> pages{};
    bool more = false;
};
Result<OpsgenieAlerts> parseOpsgenieAlerts(const std::string &body);
/// `GET /v2/alerts/{id}`.
Result<Page> parseOpsgenieAlert(const std::string &body);
/// `GET /v2/schedules/{name}/on-calls?flat=true`.
Result<std::vector<OnCall>> parseOpsgenieOnCalls(const std::string &body, const QString &schedule, int level);
/// What an error body says, on one line; empty where it is none.
QString parseOpsgenieRefusal(const std::string &body);

/// `POST /v2/alerts`; the dedup key is the alias.
QByteArray opsgenieAlert(const TriggerPage &wish);
/// `POST /v2/alerts/{id}/acknowledge|close|escalate|responders|notes`.
QByteArray opsgenieNote(const QString &user, const QString &note);
QByteArray opsgenieResponder(const QString &person, const QString &note);

} // namespace cockpit
