// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/fleet.h"
#include "models/state_glyph.h"
#include "ui/theme/palette.h"

#include <QString>

namespace cockpit {

/// How much of what is shown of one cluster's alerts may be believed.
struct AlertFreshness {
    bool known = false; ///< some source of the cluster is configured
    bool down = false;  ///< none of its members answers
    bool stale = false; ///< the newest answer is older than twice the interval, or all are down
    Instant asOf{};     ///< the newest answer
    QString name{};     ///< "Alertmanager eu"
    /// "data 47 s old"; empty when fresh.
    QString ageText(Instant now) const;
    /// Why nothing can be asked of it now: "Alertmanager is down"; empty when it can.
    QString refusal(Instant now) const;
};
/// Of the Alertmanager members of that cluster (of the Prometheus, for a pending alert).
AlertFreshness alertFreshness(const Fleet &fleet, const QString &cluster, Instant now);

/// ◆ urgent or unknown severity, ▲ others, ○ pending and silenced, ● resolved.
StateGlyph alertGlyph(const Alert &alert);
/// Who holds it, for the right end of a row: "you, 03:02", "not acknowledged", "fires in 1:20", "02:31, after 6 m".
QString alertHolderText(const Alert &alert, Instant now);
/// All of it with absolute times, for the tool tip.
QString alertTipText(const Alert &alert);
/// "P1" is critical, "P3" warning: the colour of severity and priority chips.
Role priorityRole(const Alert &alert);

} // namespace cockpit
