// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/rollout/rollout_operation.h"

#include <functional>

namespace cockpit {

/// The call that sends (or, with `dryRun`, tries) one patch in the context of the scene.
KubernetesCall callOf(const RolloutScene &scene, const KubernetesPatch &patch, bool dryRun);
/// The rights that a change needs.
QList<AccessQuestion> rightsFor(const RolloutScene &scene, const RolloutChange &change);
/// Asks for all of them and gives one check: bad when one is refused, unknown when one cannot be asked.
void askRights(KubernetesCalls &calls, const RolloutScene &scene, const RolloutChange &change,
               std::function<void(Evidence)> done);
/// What the server's dry run says.
Evidence dryRunCheck(const RolloutScene &scene, const Result<KubernetesAnswer> &answer);
/// The whole plan: the operation's words, all checks, which of them are only told, and what it was planned for.
ActionPlan planOf(const RolloutOperation &operation, const RolloutScene &scene, const RolloutChange &change,
                  const Evidence &rights, const Result<KubernetesAnswer> &dryRun);
/// The revision that traffic or template goes back to; null for what is no rollback.
const RolloutRevision *targetRevision(const RolloutScene &scene);

} // namespace cockpit
