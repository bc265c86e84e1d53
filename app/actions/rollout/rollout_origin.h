// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/rollout/rollout_scene.h"

namespace cockpit {

/// Whose doing it is that an object shows what an action asked for.
enum class Origin {
    Ours,      ///< of this action
    NotSent,   ///< this action never left
    Others,    ///< this action may have left, and another hand did it
    NotTold,   ///< this action may have left, and a cockpit did it, at another time
};

/// Told from what stands on disk (it never left unless that says so) and from the hands that the server names: the
/// field manager of the cockpit, written when this request was on its way. Pure.
Origin originOf(const ActionRecord &record, const RolloutScene &scene);
/// How such an action ends when what it asked for is there and is not known to be its own doing: "not sent; somebody
/// else (kubectl at 03:12:40) did it." REQUIRES: origin != Ours.
ActionEvent endOfForeign(Origin origin, const RolloutScene &scene);
/// How an action ends that never left and whose effect is not there.
ActionEvent endOfUnsent(const RolloutScene &scene);

} // namespace cockpit
