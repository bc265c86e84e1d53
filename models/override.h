// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/ids.h"
#include "models/instant.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace cockpit {

/// Something that a person set against the system's own will, and that must end by itself (architecture.md, "Overrides
/// and leases"): a breaker's override, a flag off, scaled limits, a GitOps suspension.
struct Override {
    QString id{};     ///< of the lease, the action that made it
    QString kind{};   ///< wire name of the action
    QString target{}; ///< for people: "gc-service → redis"
    QString was{};    ///< for people: "closed"
    QString is{};     ///< for people: "forced open"
    QString actor{};
    QString reason{};
    ServiceId service{};
    Instant startsAt{};
    Instant until{};
    bool isOurs = true;     ///< made by this installation; else seen at the backend
    bool isHeldHere = true; ///< this process, or one that runs here, ends it
    QString trouble{}; ///< "should have ended 4 min ago: mc-1 did not answer", "somebody changed it: …"; empty = well
    std::optional<ActionIntent> revert{}; ///< [Revert now]
    bool isOverdue(Instant now) const { return now >= until; }
};

/// What the intent holds or lets go (a breaker, a flag in one environment, an autoscaler's limits), as a key: of two
/// intents with the same key the later one counts. Empty for what holds nothing.
QString overrideSubject(const ActionIntent &intent);
/// The lease whose end this intent is; empty for a wish of its own.
QString leaseEndedBy(const ActionIntent &intent);

} // namespace cockpit
