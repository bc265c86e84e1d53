// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook_coverage.h"

#include <QByteArray>
#include <QString>

namespace cockpit {

/// A runbook with all sections for an alert rule, in Markdown: its words, limit and query are the rule's; where only
/// a person knows, a sentence says what to write. `service` and `owner` may be empty. `day` is the date of its writing,
/// "2026-11-23".
QByteArray runbookSkeleton(const LintedRule &rule, const QString &service, const QString &owner, const QString &day);

} // namespace cockpit
