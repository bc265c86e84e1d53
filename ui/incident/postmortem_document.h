// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/postmortem.h"
#include "models/runbook.h"

namespace cockpit {

/// The postmortem as a document that the reader of runbooks shows: the sections of operations.md §6, what is not known
/// said as such. All text is plain. `me` and roles stay as the draft has them.
RunbookPtr postmortemDocument(const Postmortem &draft);

} // namespace cockpit
