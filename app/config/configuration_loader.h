// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configuration.h"
#include "models/finding.h"
#include "models/result.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

namespace cockpit {

/// Variables of the environment by name. A parameter, so that a test can give its own.
using EnvironmentVariables = QMap<QString, QString>;
/// Those of this process.
EnvironmentVariables processEnvironment();

/// A configuration with everything that is wrong with it. It may be used only when isUsable().
struct LoadedConfiguration {
    Configuration configuration{};
    QString path{};
    QList<Finding> problems{}; ///< all at once; object is the key path ("alertmanagers[1].url")
    bool isUsable() const { return !hasSeriousFinding(problems); }
};

/// Where the configuration is: `option` (--config) when given, else $DT_COCKPIT_CONFIG, else
/// dt-cockpit/config.yaml in the platform's configuration folder. Errors: NotFound, with the places looked at.
Result<QString> findConfiguration(const QString &option, const EnvironmentVariables &environment);

/// Reads and checks a file. Overrides are variables such as DT_COCKPIT__PROMETHEUS__URL or
/// DT_COCKPIT__ALERTMANAGERS__0__URL. A file that cannot be read is a problem of its own. Does disk input.
LoadedConfiguration loadConfiguration(const QString &path, const EnvironmentVariables &environment);

/// The same from bytes; `path` names the file in problems and gives the folder of relative paths. It does no disk
/// input but the check of the modes of secret files.
LoadedConfiguration parseConfiguration(const QByteArray &yaml, const QString &path,
                                       const EnvironmentVariables &environment);

/// The documented default, every key commented.
QByteArray defaultConfigurationText();

} // namespace cockpit
