// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"
#include "models/result.h"
#include "models/runbook_link.h"

#include <optional>

namespace cockpit {

/// What the words of the command line mean.
struct MeantRunbook {
    RunbookPtr runbook{};
    RunbookLink link{};
    std::optional<Alert> alert{}; ///< nothing for a free reading, and for a rule that does not fire
    QString occasion() const { return alert ? occasionOf(*alert) : QStringLiteral("reading"); }
};

/// By an alert that fires or is about to (name or fingerprint, the worst first), else by the name of a rule, else by a
/// path (its end is enough) with an optional anchor. Errors: NotFound, with the candidates where several fit.
Result<MeantRunbook> runbookMeant(const Fleet &fleet, const RunbookLibrary &library, const QString &words);

/// By its number or its id; null when there is none.
const RunbookStep *stepMeant(const Runbook &runbook, const QString &words);

} // namespace cockpit
