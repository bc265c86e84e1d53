// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook_action.h"

#include <QString>

namespace cockpit {

/// Reads a fenced `cockpit` block: one mapping with one key, "rollback: gc-service" or
/// "flag: {name: fast-join, set: off, for: 1h}". What cannot be read is told in `problem`.
RunbookActionReference readRunbookAction(const QString &code);

} // namespace cockpit
