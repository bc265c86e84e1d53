// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"
#include "models/action.h"

namespace cockpit {

/// Plans an action, prints the plan, runs it when `--yes` (and `--accept` for each serious check) says so, and prints
/// each step until the outcome. With `--json` only the contract's object is printed.
void runAction(Session &session, const Invocation &invocation, ActionRequest request, Finish finish);

/// Says on standard error which actions are open as the command ends: what an earlier process left is not lost with it.
void tellOpenActions(Session &session);

/// Prints a refusal that came before there was anything to plan; exit code 2.
void refuseAction(const Invocation &invocation, const ActionRequest &request, const Error &error, const Finish &finish);

} // namespace cockpit
