// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/breaker.h"
#include "models/override.h"

namespace cockpit {

// What is looked at before a breaker is overridden, and what proves it. Pure.

/// The pods that the intent means: all, or the named ones that are there.
QList<BreakerPod> targetedPods(const OverrideBreaker &intent, const Breaker &breaker);
/// "pod=state" of each pod that a person set so; what must not have changed between plan and order.
QStringList forcedPods(const Breaker &breaker);
/// "mc-1: closed → forced open", pods of the same state together.
QStringList podChanges(const OverrideBreaker &intent, const QList<BreakerPod> &pods);
/// "Force open for 15 m".
QString overrideLabel(BreakerMode mode, Duration length);

Evidence podsCheck(const OverrideBreaker &intent, const Breaker &breaker, Instant now);
Evidence fallbackCheck(const OverrideBreaker &intent, const Breaker &breaker, Instant now);
/// Closing what is open lets failing calls through again: serious.
Evidence stateCheck(const OverrideBreaker &intent, const Breaker &breaker, Instant now);
Evidence seenCheck(bool isSeen, Instant now);
/// Somebody holds it already: serious.
Evidence heldCheck(const Override &held, Instant now);
/// Another controller will put it back: serious.
Evidence controllerCheck(const Breaker &breaker, Instant now);
/// Each pod as it was read.
QList<Evidence> podProof(const OverrideBreaker &intent, const QList<BreakerPod> &pods, Instant now);

} // namespace cockpit
