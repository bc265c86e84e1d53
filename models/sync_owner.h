// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rollout.h"

#include <optional>

namespace cockpit {

/// What syncs this rollout, in the rollout's own cluster; nothing where GitOps does not own it. An application of Argo CD
/// without a namespace is looked for in "argocd".
std::optional<ObjectKey> syncObjectOf(const Rollout &rollout);

} // namespace cockpit
