// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook.h"

#include <QHash>

namespace cockpit {

/// Finds the steps: list items and numbered headings of sections that ask for doing, ordered ones under headings that
/// say nothing known, the "Check" and "Fix" of causes, and every task list item (`tasks`: block → ticked in the file).
/// Never tables of contents, lists of links, or what is nested in a step. REQUIRES: the outline has been read.
void findRunbookSteps(const QHash<int, bool> &tasks, Runbook &into);

} // namespace cockpit
