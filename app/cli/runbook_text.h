// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/runbook_json.h"
#include "models/fleet.h"
#include "models/items/rollout_store.h"

#include <QString>
#include <QStringList>

namespace cockpit {

/// What an alert gives to placeholders.
RunbookFilling fillingOfAlert(const Alert &alert, const std::vector<RolloutEntry> &rollouts);

/// A section (the whole runbook for an empty slug) for a terminal: plain, steps with their ticks, code indented, what
/// was filled in between ‹ and ›. Every character from outside is harmless to a terminal.
QString sectionText(const Runbook &runbook, const QString &slug, const RunbookFilling &filling,
                    const QList<RunbookTick> &ticks);

/// One step with its tick, and the next of the section that is open; or that none is. For a terminal.
QString tickedText(const Runbook &runbook, const QString &slug, const RunbookStep &step, const RunbookFilling &filling,
                   const QList<RunbookTick> &ticks);

/// The steps of that section.
QList<RunbookStep> sectionSteps(const Runbook &runbook, const QString &slug);

/// "dark-tower: git 1a2b3c4, updated 3 h ago, read 4 s ago"; of a copy: "offline copy of 2 d ago".
QString sourceWords(const RunbookSourceState &source, Instant now);

} // namespace cockpit
