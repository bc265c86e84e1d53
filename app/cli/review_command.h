// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/invocation.h"

namespace cockpit {

/// `review [PATH|REV..REV] [--format md|json|sarif|html] [--root DIR] [--confirm CHECK=REASON]`: reads files and git
/// only. Exit code 1 with a BLOCKER or HIGH finding, else 0; 64 when it cannot be run.
int reviewOperations(const Invocation &invocation);

} // namespace cockpit
