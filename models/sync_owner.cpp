// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sync_owner.h"

namespace cockpit {

std::optional<ObjectKey> syncObjectOf(const Rollout &rollout)
{
    const GitOpsOwner &owner = rollout.gitOps;
    if (owner.tool.isEmpty())
        return std::nullopt;
    const bool isFlux = owner.tool == u"Flux";
    const bool namesItsNameSpace = owner.name.contains(u'/');
    ObjectKey key{.environment = rollout.key.environment, .context = rollout.key.context};
    key.name = owner.name.section(u'/', -1);
    key.nameSpace = namesItsNameSpace ? owner.name.section(u'/', 0, 0)
                                      : isFlux ? rollout.key.nameSpace : QStringLiteral("argocd");
    key.kind = !isFlux ? QStringLiteral("Application")
                       : owner.reference.startsWith(u"helm.") ? QStringLiteral("HelmRelease")
                                                              : QStringLiteral("Kustomization");
    return key;
}

} // namespace cockpit
