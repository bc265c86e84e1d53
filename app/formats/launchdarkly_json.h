// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/flag_place.h"
#include "models/result.h"

#include <string>
#include <vector>

namespace cockpit {

// Bodies of LaunchDarkly's REST API (backends.md §8). Errors: Parse.

struct LaunchDarklyPage {
    std::vector<ParsedFlag> flags{};
    std::optional<qint64> total{};
};
/// `/api/v2/flags/{project}`.
Result<LaunchDarklyPage> parseLaunchDarklyFlags(const std::string &body, const FlagPlace &place);
/// `/api/v2/flags/{project}/{flag}`.
Result<ParsedFlag> parseLaunchDarklyFlag(const std::string &body, const FlagPlace &place);
/// `/api/v2/auditlog`, newest first: what was done to flags.
Result<std::vector<FlagEvent>> parseLaunchDarklyEvents(const std::string &body, const FlagPlace &place);
/// The names of the token's member: `/api/v2/members/me`, `/api/v2/caller-identity`.
Result<QStringList> parseLaunchDarklyMember(const std::string &body);

/// The semantic patch that switches a flag in one environment.
QByteArray launchDarklySwitch(const QString &environment, bool enabled, const QString &comment);

/// `{"code","message"}` of an error body. Empty where it is none.
struct LaunchDarklyRefusal {
    QString code{};
    QString message{};
    bool asksForApproval = false;
};
LaunchDarklyRefusal parseLaunchDarklyRefusal(const std::string &body);

} // namespace cockpit
