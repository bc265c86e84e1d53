// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence.h"
#include "models/fleet.h"
#include "models/matcher.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace cockpit {

/// What a silence would do, before it is made.
struct SilencePreview {
    QList<AlertKey> catches{};   ///< alerts of the cluster that it holds down now
    QStringList catchesNames{};  ///< their names, distinct, in the order of the list
    QStringList mutesRules{};    ///< rules of P1, P2 or unknown severity that it mutes whole
    QStringList mayMuteRules{};  ///< such rules that it mutes in part: the rest depends on labels of the series
    /// silence.broad, silence.rules and silence.night: Bad is a warning; Unknown, that it cannot be told.
    QList<Evidence> checks{};
};

/// More alerts than this, or alerts of more than one service, make a silence broad.
inline constexpr int broadSilenceAlerts = 20;

/// Pure. `localOffset` is the person's distance from UTC at `endsAt`: an end from 22:00 to 07:00 falls into the night.
SilencePreview previewSilence(const MatcherSet &matchers, const QString &cluster, const Fleet &fleet,
                              const SeverityMap &severities, Instant endsAt, Duration localOffset);

} // namespace cockpit
