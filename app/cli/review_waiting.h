// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"

namespace cockpit {

/// As whenAnswered(), and then the delivery reports stand on everything that could be asked, for which it waits as long
/// again.
void whenDelivered(Session &session, const Invocation &invocation, std::function<void()> then);

} // namespace cockpit
