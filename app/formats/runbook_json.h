// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook_coverage.h"
#include "models/runbook_link.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace cockpit {

/// `runbooks --json`: {"schema":1,"sources":[…],"runbooks":[…],"coverage":[…]}. What is not known is null; coverage is
/// null while no rules are known.
QByteArray runbooksJson(const RunbookLibrary &library, const std::optional<QList<RunbookCoverage>> &coverage);

/// What `runbook ALERT|PATH --json` shows.
struct ShownRunbook {
    RunbookPtr runbook{};
    RunbookSourceState source{};
    RunbookLink link{};         ///< how it was found; its anchor is the section that is shown
    QString alert{};            ///< empty = a free reading
    QString text{};             ///< the section, as plain text
    QList<RunbookStep> steps{}; ///< of the section
    QList<RunbookTick> ticks{};
};
QByteArray runbookJson(const ShownRunbook &shown);

/// `runbook search --json`: an array of {"source","path","title","heading","anchor","excerpt"}.
QByteArray runbookHitsJson(const QList<RunbookHit> &hits);

} // namespace cockpit
