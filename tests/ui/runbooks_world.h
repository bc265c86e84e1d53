// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/pages_world.h"

namespace cockpit {

/// The runbook of the pictures: symptoms, diagnosis with three steps, mitigation with four, escalation.
RunbookPtr errorRateRunbook();
/// A long document with `sections` sections of prose, code, a table and steps each.
RunbookPtr longRunbook(int sections);
/// A document of one block of each kind that breaks what is careless: hostile words, wide tables, long lines.
RunbookPtr hostileRunbook(const QString &text);
/// One paragraph; a helper for documents made by hand.
RunbookBlock paragraph(const QString &text, int ofStep = -1);
RunbookBlock heading(int level, const QString &text, const QString &slug);
RunbookBlock codeBlock(const QString &code, const QString &language, int ofStep = -1);
/// Adds a step with these words to the document; the slug is that of its section.
void addStep(Runbook &runbook, const QString &text, const QString &section);

/// Fills the store of that world: a library of one source with a few documents, links of the alerts of the incident,
/// the first three steps ticked, and a coverage table. Ticks that pages ask for are answered.
void fillRunbooks(PagesWorld &world);
/// Answers tick and untick requests of that world into its store, as app/ does.
void answerTicks(PagesWorld &world);
/// The alert of that name of the world's fleet.
const Alert &alertNamed(const PagesWorld &world, const QString &name);

} // namespace cockpit
