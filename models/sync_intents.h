// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ids.h"
#include "models/instant.h"

#include <QString>

namespace cockpit {

/// Keep GitOps from putting its own state back, or let it do so again. `object` is what syncs: an Application of Argo CD,
/// a Kustomization or HelmRelease of Flux. A suspension is a lease; with `lease` it ends that one.
struct SetSync {
    static constexpr const char *wireName = "gitops.sync";
    ObjectKey object{};
    bool suspended = true;
    Duration length{std::chrono::hours(1)}; ///< of a suspension, from when it is sent; at most 24 hours
    QString policy{}; ///< Argo CD, when taken up again: what spec.syncPolicy.automated held, as JSON;
                      ///< empty = what the override's own note says
    QString lease{};
    bool operator==(const SetSync &) const = default;
};

} // namespace cockpit
