// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/pages_world.h"

#include <functional>

namespace cockpit {

/// The four rollouts of the pictures: gc-service with a bad canary at 25 %, mh-service blue-green and waiting,
/// ac-service done at 01:20, mc-service idle. With policy, verdicts and events.
void fillRollouts(PagesWorld &world);
/// `count` idle rollouts of two contexts, after those of the pictures.
void fillManyRollouts(PagesWorld &world, int count);
/// The verdict of gc-service becomes "not the canary", and the cluster says otherwise.
void blameThePlatform(PagesWorld &world);
/// One of them as it stands in the store. REQUIRES: it is there.
const RolloutEntry &rolloutNamed(PagesWorld &world, const QString &name);
/// Puts one changed copy in place of the rollout of that name.
void changeRollout(PagesWorld &world, const QString &name, const std::function<void(Rollout &)> &change);
/// The plan of a rollback as the pictures have it. `serious`: a check is bad.
ActionPlan rollbackPlan(bool serious = false);
/// The record of the action that was planned last, moved to that state, with proof while it is verified.
void moveAction(PagesWorld &world, const ActionId &id, ActionState state, const QString &message = {});

} // namespace cockpit
