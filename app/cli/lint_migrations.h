// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/invocation.h"

namespace cockpit {

/// `lint migrations PATH… [--format text|json|sarif|github] [--since REV]`: reads files only, .sql ones of folders.
/// With
/// --since only files that differ from the git revision give findings, and are one change. Exit code 1 with a BLOCKER
/// or HIGH finding, else 0; 64 when it cannot be run.
int lintMigrationFiles(const Invocation &invocation);

} // namespace cockpit
