// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/finding.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace cockpit {

/// SARIF 2.1.0 of a lint, as forges read it: BLOCKER and HIGH are errors, MEDIUM warnings, LOW notes. What was not
/// checked are notifications of the run.
QByteArray findingsSarif(const QList<Finding> &findings, const QStringList &notChecked);

/// GitHub's workflow commands, one a line: "::error file=…,line=…,title=…::message". Escaped as GitHub asks, so that no
/// text can begin a command of its own.
QByteArray findingsGitHub(const QList<Finding> &findings, const QStringList &notChecked);

} // namespace cockpit
