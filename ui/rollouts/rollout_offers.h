// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/fleet.h"
#include "models/items/rollout_store.h"

#include <QList>
#include <QString>

#include <optional>

namespace cockpit {

/// One thing that a person can ask for of a rollout: the button says what it will do.
struct RolloutOffer {
    QString id{};   ///< "rollback", "promote", "promote-full", "pause", "resume", "retry", "restart"
    QString text{}; ///< "Roll back to 1.42.3"
    std::optional<ActionIntent> intent{};
    QString disabledReason{}; ///< why it cannot work now; empty when it can
    bool supported = false;   ///< the evidence asks for it: the one primary button
    bool operator==(const RolloutOffer &) const = default;
};

/// The version of a revision for people: its tag, else the short hash.
QString versionText(const RolloutRevision &revision);

/// Roll back, switch back or discard. Without an earlier revision it is there, disabled, and says so.
RolloutOffer rollbackOffer(const RolloutEntry &entry);
/// Everything that can be asked for now, the likeliest first: at least the rollback.
QList<RolloutOffer> rolloutOffers(const RolloutEntry &entry);
/// The first two of them, for the row.
QList<RolloutOffer> rowOffers(const RolloutEntry &entry);
/// Undo to that revision: disabled for the one that runs.
RolloutOffer revisionOffer(const Rollout &rollout, const RolloutRevision &revision);
/// A number of pods; disabled where it changes nothing, or where an autoscaler owns the number.
RolloutOffer scaleOffer(const Rollout &rollout, int replicas);

/// Why nothing can be asked of its cluster now: it is down, or what is known is old. Empty when all is well.
QString clusterRefusal(const Rollout &rollout, const Fleet &fleet, Instant now);
/// "read 4 min ago", when what is known of it is older than two minutes; empty when fresh.
QString oldRolloutText(const Rollout &rollout, Instant now);

/// The request behind an offer. REQUIRES: offer.intent.
ActionRequest requestFor(const Rollout &rollout, const RolloutOffer &offer);

} // namespace cockpit
