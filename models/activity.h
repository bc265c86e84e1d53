// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/ids.h"
#include "models/instant.h"

#include <QString>

namespace cockpit {

/// One line of the activity log: who did what, when, why, and how it stood then. Never changed once written.
struct ActivityEntry {
    qint64 sequence = 0; ///< from 1, without gaps
    QString environment{};
    Instant at{};
    ActionId action{};
    QString actionName{}; ///< wire name: "alert.silence"
    QString target{};
    ServiceId service{};
    QString actor{};
    QString reason{};
    ActionState state = ActionState::Requested;
    QString text{};
    QString identity{}; ///< who the target's server said we were: the Kubernetes user; empty where there is none
    QString diff{};     ///< before and after, line by line with "- " and "+ ", where it was confirmed and where it ended
    bool operator==(const ActivityEntry &) const = default;
};

} // namespace cockpit
