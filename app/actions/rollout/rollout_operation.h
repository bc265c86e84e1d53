// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/rollout/rollout_scene.h"
#include "app/formats/kubernetes_patches.h"

#include <QStringList>

#include <optional>

namespace cockpit {

/// What an operation would do to the object as it was just read.
struct RolloutChange {
    QString title{};
    QString runLabel{};
    QStringList willChange{};
    QStringList willNotChange{};
    QStringList steps{};
    QString diff{};
    KubernetesPatches patches{}; ///< the first one is the change; each is sent once
    QString deletePod{};         ///< name of a pod that hangs and would keep a StatefulSet from going on; empty = none
    QList<Evidence> checks{};    ///< beyond those that every operation has
    QStringList advisory{};
    std::optional<ActionIntent> reverse{};
    bool explicitPress = false; ///< nothing is on fire: never runs by a bar
};

/// How far the cluster is with what was asked for.
struct ClusterEffect {
    bool over = false;             ///< all of it is done, and the object is healthy as far as it can be
    QString words{};               ///< "rolling back (2/4 pods)"
    std::optional<Error> failed{}; ///< the controller says that it will not get there
};

/// One thing that can be done to a rollout. Pure: reads no clock and sends nothing.
class RolloutOperation {
public:
    virtual ~RolloutOperation() = default;
    /// What has to be read for it.
    virtual SceneReads reads(const ActionRequest &request, const Rollout &rollout) const;
    /// What it would change. Errors: Invalid or Conflict, when it cannot be done at all and why.
    virtual Result<RolloutChange> change(const RolloutScene &scene) const = 0;
    /// Whether the server's object holds what was asked for.
    virtual bool shows(const ActionRecord &record, const RolloutScene &scene) const = 0;
    /// How far it has come.
    virtual ClusterEffect effect(const ActionRecord &record, const RolloutScene &scene) const = 0;
    /// A rollback is proven by the users' figures; the others by what the cluster says.
    virtual bool isProvenByFigures() const { return false; }
    /// Whether GitOps would put its specification back.
    virtual bool changesSpecification() const { return true; }
    /// The position in the steps must still be the one that was planned for.
    virtual bool dependsOnStep() const { return false; }
};

/// The version of a revision for a sentence: "1.42.3", else its hash.
QString versionText(const RolloutRevision *revision);
/// "gc-service" of the rollout, as sentences name it.
QString nameText(const Rollout &rollout);
/// An Error that stops a plan: nothing was sent.
Error planRefusal(Error::Kind kind, const QString &what, const QString &next = {});

/// A rolling update of a Deployment, StatefulSet or DaemonSet as `kubectl rollout status` reads it, or of a Rollout as
/// its plugin does.
ClusterEffect rolloutProgress(const RolloutScene &scene, const QString &doing);

} // namespace cockpit
