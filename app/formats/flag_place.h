// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/feature_flag.h"

#include <QHash>
#include <QStringList>

namespace cockpit {

/// Where the flags of one configured flag service belong: what parsers put into each flag.
struct FlagPlace {
    SourceId source{};
    QString project{};                    ///< empty = all projects of the service
    QString here{};                       ///< the environment that this cockpit looks after
    QStringList environments{};           ///< shown beside it; empty = all
    QHash<QString, ServiceId> services{}; ///< by name of the flag

    bool shows(const QString &environment) const
    {
        return environments.isEmpty() || environment == here || environments.contains(environment);
    }
};

/// The parts of a body that both the list and a single flag have.
struct ParsedFlag {
    FeatureFlag flag{};
    bool isArchived = false;
    QString version{};                     ///< what changes with each change of the flag; empty = there is none
    std::optional<int> enabledStrategies{};  ///< of the environment here
    std::optional<int> disabledStrategies{}; ///< of the environment here
    QString whenOn{};                      ///< who would get it when it is on here, in words; empty = all
};

} // namespace cockpit
