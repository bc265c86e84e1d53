// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/paging.h"

#include <QByteArray>

namespace cockpit {

/// What `pages --json` prints: `[{"id","number","title","state","service","urgency","createdAt","assignees",
/// "acknowledgedBy","escalationLevel","escalatesAt","dedupKey","url"}]`.
QByteArray pagesJson(const std::vector<Page> &pages);
/// What `oncall --json` prints: `[{"person","id","level","schedule","policy","until"}]`.
QByteArray onCallsJson(const std::vector<OnCall> &onCalls);

} // namespace cockpit
