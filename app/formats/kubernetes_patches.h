// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/kubernetes_object.h"
#include "models/instant.h"
#include "models/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace cockpit {

// What actions send, made from the live object that was just read (backends.md §4.2, §4.3, §5). Every body carries the
// object's resourceVersion, so that a change by somebody else in between is a 409 and nothing happens: read again and
// make the patch anew. Errors: Invalid, when the object is not one for this action or there is nothing to do.

/// One call that changes an object.
struct KubernetesPatch {
    enum class Type { Merge, Json, StrategicMerge };
    Type type = Type::Merge;
    QString path{}; ///< "/apis/argoproj.io/v1alpha1/namespaces/dark-tower/rollouts/gc-service/status"
    QByteArray body{};
    bool operator==(const KubernetesPatch &) const = default;
};
/// In the order in which they are sent. From the second on, give each the resourceVersion that came back before.
using KubernetesPatches = QList<KubernetesPatch>;
/// The same patch, guarded by another resourceVersion.
KubernetesPatch withResourceVersion(const KubernetesPatch &patch, const QString &resourceVersion);

/// All traffic back to stable. `statusSubresource`: what discovery says; without one the main resource takes it.
Result<KubernetesPatches> abortPatches(const KubernetesObject &rollout, bool statusSubresource = true);
/// Begins an aborted update again at step 0.
Result<KubernetesPatches> retryPatches(const KubernetesObject &rollout, bool statusSubresource = true);
/// Rollout and Deployment: spec.paused. Flagger's Canary: spec.suspend.
Result<KubernetesPatches> pausePatches(const KubernetesObject &workload);
Result<KubernetesPatches> resumePatches(const KubernetesObject &workload);
/// Of a Rollout: to the next step, evaluated from the live object; `full`: past all steps.
Result<KubernetesPatches> promotePatches(const KubernetesObject &rollout, bool full, bool statusSubresource = true);
/// Rollout: spec.restartAt. The others: the annotation that `kubectl rollout restart` sets.
Result<KubernetesPatches> restartPatches(const KubernetesObject &workload, Instant now);
/// `revision` is the live ReplicaSet or ControllerRevision. `live` is the Rollout, Deployment, StatefulSet or DaemonSet
/// whose template goes back: of a Rollout with workloadRef that Deployment, of a Flagger Canary its target.
/// As `kubectl rollout undo` and `kubectl argo rollouts undo` do, except that the last-applied annotation and
/// annotations of the cockpit stay, and that a Rollout's spec.paused goes with it: paused, it would never move.
/// Invalid: paused Deployment, or the template is already that one.
Result<KubernetesPatches> undoPatches(const KubernetesObject &live, const KubernetesObject &revision);
/// Of the live Scale object of `workload` (GET …/scale) or the workload itself; sent to …/scale.
Result<KubernetesPatches> scalePatches(const KubernetesObject &workload, const QString &resourceVersion, int replicas);
/// Sets one annotation, or takes it away.
KubernetesPatch annotationPatch(const KubernetesObject &object, const QString &name,
                                const std::optional<QString> &value);

/// DeleteOptions that delete exactly this object in this version.
QByteArray deleteOptionsBody(const KubernetesObject &object);

/// Path of an object of a kind that the cockpit knows; empty for others.
QString objectPath(const KubernetesObject &object, const QString &subresource = {});

} // namespace cockpit
