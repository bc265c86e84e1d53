// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_handler.h"
#include "app/kubernetes/kubernetes_calls.h"

#include <QList>

#include <functional>
#include <optional>

namespace cockpit {

/// Objects of one kind that stand beside the rollout, or why they could not be read.
using ObjectsRead = std::optional<Result<QList<KubernetesObject>>>;

/// What one plan, sending or proof is decided on: the object as the watch assembled it, and what was read afresh.
struct RolloutScene {
    ActionRequest request{};
    RolloutPtr seen{};                                ///< as the pages show it; never null
    std::shared_ptr<const DeploymentPolicy> policy{}; ///< null = none holds
    std::shared_ptr<const CanaryVerdict> verdict{};   ///< null = not judged
    Instant now{};
    KubernetesObject live{};                    ///< the object itself
    std::optional<KubernetesObject> target{};   ///< what holds the template, where that is another object
    std::optional<KubernetesObject> revision{}; ///< the ReplicaSet or ControllerRevision that an undo goes to
    std::optional<Error> revisionProblem{};     ///< why it could not be read
    std::optional<double> requestsPerSecond{};  ///< of the whole service, as last seen
    std::optional<SloStatus> budget{};          ///< the service's objective with the least error budget
    QList<ActionRecord> others{}; ///< other actions on it of this computer: not over, or ended a short time ago
    // Only for a plan:
    ObjectsRead disruptionBudgets{};
    ObjectsRead quotas{};
    ObjectsRead configMaps{};                                ///< metadata only
    ObjectsRead secrets{};                                   ///< metadata only, and only where it is allowed
    ObjectsRead events{};                                    ///< about the object
    std::optional<Result<std::optional<double>>> sessions{}; ///< on the pods that end

    /// The object that holds the pod template.
    const KubernetesObject &holder() const { return target ? *target : live; }
};

/// What is to be read beside the object itself.
struct SceneReads {
    QString revisionHash{};    ///< empty = none
    bool surroundings = false; ///< what a plan is judged on
    QStringList endingPods{};  ///< whose sessions are counted
    bool others = false;       ///< actions of this computer on the same object
};

/// Reads a scene; all at once where nothing waits for another answer. Errors: the object is not known, cannot be read,
/// or is another one than was meant (deleted, or made anew under its name).
void readScene(const ActionContext &context, const ActionRequest &request, const SceneReads &reads,
               std::function<void(Result<RolloutScene>)> done);

/// Path of an object of the cluster; `kind` as the API spells it. Empty for a kind that is not known.
QString pathOf(const QString &kind, const QString &nameSpace, const QString &name, const QString &subresource = {});
/// The newest hand on the object that is no controller's: a person, a pipeline, GitOps; nothing when there is none.
std::optional<KubernetesObject::Writer> lastHand(const KubernetesObject &object);
/// "kubectl at 03:12:40"; of a cockpit with its person, where this computer's log knows: "alice with dt-cockpit at …".
QString handText(const RolloutScene &scene, const std::optional<KubernetesObject::Writer> &hand);
/// The last hand on the object, in those words.
QString lastHandText(const RolloutScene &scene);

} // namespace cockpit
