// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/invocation.h"

namespace cockpit {

/// `lint runbooks DIR --rules GLOB [--root DIR] [--format text|json|sarif|github]`: reads files only. Exit code 1 with
/// a BLOCKER or HIGH finding, else 0; 64 when it cannot be run.
int lintRunbookFolder(const Invocation &invocation);

} // namespace cockpit
