// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"
#include "models/route.h"

#include <QString>

namespace cockpit {

/// Reads the routing tree of Alertmanager's own configuration (`config.original` of its status), with `matchers`,
/// and the older `match` and `match_re`. Errors: Parse, with line and column of the configuration.
Result<RouteNode> parseRoutes(const QString &configYaml);

} // namespace cockpit
