// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/slo.h"
#include "ui/widgets/run_table.h"

namespace cockpit {

/// "41.2 %", "no data" where nothing is known: never 0.
QString shareWords(std::optional<double> share, int digits);
/// "17.2 ×".
QString burnWords(std::optional<double> burn);
/// "freeze", "slow down", "none", "unknown".
QString policyWords(BudgetPolicyState state);
/// Critical while the budget is spent or a paging pair fires, warning while another pair fires, half meets or the
/// policy slows down, unknown without data, else good.
StateGlyph sloGlyph(const SloStatus &status);

/// The pairs of windows with their burn rates and what they say.
QList<RunRow> burnAlertRows(const SloStatus &status);
/// What the budget policy allows and forbids now (operations.md §1), in force first.
QList<RunRow> budgetPolicyRows(const SloStatus &status);

} // namespace cockpit
