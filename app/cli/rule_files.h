// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/alert_rules_yaml.h"

#include <QStringList>

namespace cockpit {

/// The files that a pattern names ("rules/**/*.yaml"), absolute and sorted; a path without wildcards names itself.
QStringList ruleFilesOf(const QString &pattern);

/// Reads them all into one; a file that cannot be opened is a problem.
AlertRulesFile readRuleFiles(const QStringList &paths);

} // namespace cockpit
