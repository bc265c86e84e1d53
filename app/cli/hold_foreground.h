// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"

namespace cockpit {

/// Calls `then` when every source has answered and the overrides of this and of other cockpits were read, or after
/// `--timeout`.
void whenOverridesKnown(Session &session, const Invocation &invocation, std::function<void()> then);

/// The end of a command that made an override: unless another process of this installation runs on and ends it, the
/// command stays until its end, so that it is ended on time. A kill leaves it to the next cockpit.
Finish stayWhileHeld(Session &session, const Invocation &invocation, const ActionId &id, Finish finish);

} // namespace cockpit
