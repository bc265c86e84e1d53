// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/invocation.h"

namespace cockpit {

/// Runs the window, or `tour` (every page as PNG, without a display). Gives the exit code.
int runDesktop(int argc, char **argv, const Invocation &invocation);

} // namespace cockpit
