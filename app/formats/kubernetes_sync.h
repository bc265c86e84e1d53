// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/kubernetes_object.h"
#include "models/sync_intents.h"

#include <QByteArray>

namespace cockpit {

/// What GitOps tells of its own sync (Argo CD: spec.syncPolicy.automated; Flux: spec.suspend).
struct SyncFacts {
    bool suspended = false;
    QString policy{}; ///< Argo CD: the automated policy as JSON; empty when there is none
    QString lease{};  ///< its annotation dt-cockpit/lease
};
SyncFacts readSync(const KubernetesObject &object);

/// A merge patch in this very version of it. `lease`: the text of the annotation, an empty one takes it away.
/// Errors: Invalid, when Argo CD's policy to go back to is not JSON.
Result<QByteArray> syncPatch(const KubernetesObject &object, const SetSync &wish, const std::optional<QByteArray> &lease);

/// "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/shop".
QString syncPath(const ObjectKey &object);
/// The API group and the plural of its kind.
QString syncGroup(const ObjectKey &object);
QString syncResource(const ObjectKey &object);

} // namespace cockpit
