// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runbooks/runbook_layout.h"

#include <QCoreApplication>

namespace cockpit {

/// Translates the words that layouts put in.
class RunbookWords {
    Q_DECLARE_TR_FUNCTIONS(cockpit::RunbookWords)
};

/// Where a block stands: how far in its marker and its text begin, px. Only for the files that lay out.
struct RunbookPlace {
    double marker = 0;
    double text = 0;
    int quotes = 0; ///< bars at the left
};
RunbookPlace placeOf(const RunbookBlock &block, const RunbookLook &look, const Theme &theme);

/// Lays lines of a fixed height; returns the height of all.
double layLines(QTextLayout &layout, double width, int lineHeight);
/// Adds a piece at that place; returns its height.
double addPiece(RunbookUnitLayout &into, StyledText text, QPointF at, double width);
/// Links of the last piece become controls.
void addLinks(RunbookUnitLayout &into);

void layOutCode(RunbookUnitLayout &into, const RunbookUnit &unit, const RunbookBlock &block, const RunbookLook &look,
                const Theme &theme);
void layOutTable(RunbookUnitLayout &into, const RunbookUnit &unit, const RunbookBlock &block, const RunbookLook &look,
                 const Theme &theme);
/// The parts of a step around its words: check box, number, who ticked it.
void layOutStepHead(RunbookUnitLayout &into, const RunbookBlock &block, const RunbookLook &look, const Theme &theme);
/// Copy, Tick and Skip under the current step, or the field that asks for a reason.
void layOutStepButtons(RunbookUnitLayout &into, const RunbookLook &look, const Theme &theme);
/// Width of "you, 03:03" of that step with the space before it; 0 when it was not ticked.
double tickWidth(const RunbookProgress::Step *step, const Theme &theme);
QString tickWords(const RunbookProgress::Step *step);

} // namespace cockpit
