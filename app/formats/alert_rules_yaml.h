// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook_coverage.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace cockpit {

/// The alerting rules of one file.
struct AlertRulesFile {
    QList<LintedRule> rules{}; ///< recording rules are left out
    QList<LintSuppression> suppressions{};
    QList<Finding> problems{}; ///< what cannot be read, with its line; rule id "rule-file-unreadable"
};

/// Reads Prometheus' rule files ("groups:") and PrometheusRule resources ("spec: groups:", several documents), with
/// the lines of rules, labels and annotations, and comments "# cockpit-lint: off RULE reason". At most 8 MiB. `file`
/// names it in what is given.
AlertRulesFile readAlertRules(const QByteArray &yaml, const QString &file);

/// The suppressions of a runbook: "<!-- cockpit-lint: off RULE reason -->". One in the first lines, before the first
/// heading and the first text, has line 1 and holds for the whole file.
QList<LintSuppression> runbookSuppressions(const QByteArray &markdown, const QString &file);

} // namespace cockpit
