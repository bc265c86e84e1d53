// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"

namespace cockpit {

/// What `incident VERB` does for a verb that writes to a timeline; null for another one. REQUIRES, when it is called:
/// incidents are read.
void (*writingVerb(const QString &verb))(Session &, const Invocation &, const Finish &);

/// `incidents export` and `incidents import`.
void runIncidentFiles(Session &session, const Invocation &invocation, const Finish &finish);

} // namespace cockpit
