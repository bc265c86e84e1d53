// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook.h"

namespace cockpit {

/// Reads what a runbook itself says of escalation: "After 30 min: Escalate to …", "page Database Team if it does not
/// answer for 5 minutes", the columns of its severity table. Only what names a length of time of at most a week.
void readRunbookEscalations(Runbook &into);

/// The first length of time in words, "15 minutes", "1 hour", "2h"; nothing when there is none.
std::optional<Duration> firstLengthIn(const QString &words);

} // namespace cockpit
