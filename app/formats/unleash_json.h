// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/flag_place.h"
#include "models/result.h"

#include <QSet>

#include <string>
#include <vector>

namespace cockpit {

// Bodies of Unleash's Admin API (backends.md §8). Errors: Parse.

/// One page of `/api/admin/search/features`, or all of the older `/api/admin/projects/{p}/features`.
struct UnleashPage {
    std::vector<ParsedFlag> flags{};
    std::optional<qint64> total{}; ///< over all pages; nothing in the older shape, which has no pages
};
Result<UnleashPage> parseUnleashFeatures(const std::string &body, const FlagPlace &place);

/// One flag with its strategies: `/api/admin/projects/{p}/features/{f}`.
Result<ParsedFlag> parseUnleashFeature(const std::string &body, const FlagPlace &place);

/// The event log, newest first: `{"events":[…]}` of all its versions. Only what is about flags.
Result<std::vector<FlagEvent>> parseUnleashEvents(const std::string &body, const FlagPlace &place);

/// The names under which the token's user stands in the event log: `/api/admin/user`.
Result<QStringList> parseUnleashUser(const std::string &body);

/// Environments in which a change request is asked for: `/api/admin/projects/{p}/change-requests/config`.
Result<QSet<QString>> parseChangeRequestConfig(const std::string &body);

/// What Unleash says in an error body: its message and what it is about. Empty where it is none.
struct UnleashRefusal {
    QString name{}; ///< "PermissionError", "NotFoundError"
    QString message{};
    bool asksForChangeRequest = false;
};
UnleashRefusal parseUnleashRefusal(const std::string &body);

} // namespace cockpit
