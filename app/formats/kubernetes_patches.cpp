// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_patches.h"

#include "app/formats/format_words.h"
#include "app/formats/kubernetes_facts.h"

#include <nlohmann/json.hpp>

namespace cockpit {

using nlohmann::json;

namespace {

using PatchType = KubernetesPatch::Type;

QByteArray patchBytes(const json &body)
{
    return QByteArray::fromStdString(body.dump(-1, ' ', false, json::error_handler_t::replace));
}

Error notForThis(const QString &what, const QString &next = {}) { return {Error::Kind::Invalid, what, {}, next}; }

bool isArgo(const KubernetesObject &object) { return object.kind() == u"Rollout"; }
bool isFlagger(const KubernetesObject &object) { return object.kind() == u"Canary"; }

Error needsRollout(const KubernetesObject &object)
{
    return notForThis(FormatWords::tr("A %1 has no such step.").arg(object.kind()),
                      FormatWords::tr("Roll back to a revision instead."));
}

json guarded(const KubernetesObject &object, json body)
{
    body["metadata"]["resourceVersion"] = object.resourceVersion().toStdString();
    return body;
}

KubernetesPatch mergePatch(const KubernetesObject &object, const QString &subresource, json body)
{
    return {PatchType::Merge, objectPath(object, subresource), patchBytes(guarded(object, std::move(body)))};
}

/// What belongs to status goes to the subresource; on the main resource it would be dropped with a 200, unless the
/// custom resource has no such subresource (kubernetes.md 4).
KubernetesPatch statusPatch(const KubernetesObject &object, bool statusSubresource, const json &status)
{
    return mergePatch(object, statusSubresource ? QStringLiteral("status") : QString(), {{"status", status}});
}

Result<KubernetesPatches> setPaused(const KubernetesObject &workload, bool paused)
{
    if (isFlagger(workload))
        return KubernetesPatches{mergePatch(workload, {}, {{"spec", {{"suspend", paused}}}})};
    if (!isArgo(workload) && workload.kind() != u"Deployment")
        return notForThis(FormatWords::tr("A %1 cannot be paused.").arg(workload.kind()));
    return KubernetesPatches{mergePatch(workload, {}, {{"spec", {{"paused", paused}}}})};
}

const json *arrayAt(const KubernetesObject &object, const json::json_pointer &path)
{
    const json &root = object.json();
    if (!root.contains(path) || !root.at(path).is_array())
        return nullptr;
    return &root.at(path);
}

/// The status part of `kubectl argo rollouts promote`, first match (backends.md §4.2); null when nothing is to be sent.
json promotedStatus(const KubernetesObject &rollout)
{
    const json *const steps = arrayAt(rollout, json::json_pointer("/spec/strategy/canary/steps"));
    const json *const pauses = arrayAt(rollout, json::json_pointer("/status/pauseConditions"));
    const bool pausedByController = pauses && !pauses->empty();
    const qint64 count = steps ? static_cast<qint64>(steps->size()) : 0;
    const qint64 index = rollout.number("status.currentStepIndex");
    const QString verdict = rollout.text("status.canary.currentStepAnalysisRunStatus.status");
    if (verdict == u"Inconclusive" && pausedByController && rollout.flag("status.controllerPause"))
        return {{"pauseConditions", nullptr}, {"controllerPause", false}, {"currentStepIndex", index + 1}};
    if (pausedByController)
        return {{"pauseConditions", nullptr}};
    if (count > 0 && index < count)
        return {{"pauseConditions", nullptr}, {"currentStepIndex", index + 1}};
    return nullptr;
}

Result<KubernetesPatches> promotion(const KubernetesObject &rollout, const json &status, bool statusSubresource)
{
    const bool paused = rollout.flag("spec.paused");
    KubernetesPatches patches;
    if (!statusSubresource && !status.is_null()) {
        json body = {{"status", status}};
        if (paused)
            body["spec"]["paused"] = false;
        patches.append(mergePatch(rollout, {}, body));
        return patches;
    }
    if (!status.is_null())
        patches.append(statusPatch(rollout, true, status));
    if (paused)
        patches.append(mergePatch(rollout, {}, {{"spec", {{"paused", false}}}}));
    if (patches.isEmpty())
        return notForThis(FormatWords::tr("There is nothing to promote: no update of %1 runs.").arg(rollout.name()));
    return patches;
}

} // namespace

QString objectPath(const KubernetesObject &object, const QString &subresource)
{
    const auto kind = kubernetesKindFromWireName(object.kind());
    return kind ? kubernetesPath(*kind).object(object.nameSpace(), object.name(), subresource) : QString();
}

KubernetesPatch withResourceVersion(const KubernetesPatch &patch, const QString &resourceVersion)
{
    json body = json::parse(patch.body.toStdString(), nullptr, false);
    if (body.is_object())
        body["metadata"]["resourceVersion"] = resourceVersion.toStdString();
    if (body.is_array()) {
        for (json &operation : body) {
            if (operation.value("path", "") == "/metadata/resourceVersion")
                operation["value"] = resourceVersion.toStdString();
        }
    }
    return {patch.type, patch.path, patchBytes(body)};
}

Result<KubernetesPatches> abortPatches(const KubernetesObject &rollout, bool statusSubresource)
{
    if (!isArgo(rollout))
        return needsRollout(rollout);
    return KubernetesPatches{statusPatch(rollout, statusSubresource, {{"abort", true}})};
}

Result<KubernetesPatches> retryPatches(const KubernetesObject &rollout, bool statusSubresource)
{
    if (!isArgo(rollout))
        return needsRollout(rollout);
    if (!rollout.flag("status.abort"))
        return notForThis(FormatWords::tr("There is nothing to retry: %1 was not aborted.").arg(rollout.name()));
    return KubernetesPatches{statusPatch(rollout, statusSubresource, {{"abort", false}})};
}

Result<KubernetesPatches> pausePatches(const KubernetesObject &workload) { return setPaused(workload, true); }

Result<KubernetesPatches> resumePatches(const KubernetesObject &workload) { return setPaused(workload, false); }

Result<KubernetesPatches> promotePatches(const KubernetesObject &rollout, bool full, bool statusSubresource)
{
    if (!isArgo(rollout))
        return needsRollout(rollout);
    if (rollout.flag("status.abort"))
        return notForThis(FormatWords::tr("The update of %1 was aborted.").arg(rollout.name()),
                          FormatWords::tr("Retry it, or roll back."));
    if (!full)
        return promotion(rollout, promotedStatus(rollout), statusSubresource);
    const bool updating = rollout.text("status.currentPodHash") != rollout.text("status.stableRS");
    return promotion(rollout, updating ? json{{"promoteFull", true}} : json(), statusSubresource);
}

Result<KubernetesPatches> restartPatches(const KubernetesObject &workload, Instant now)
{
    // The API keeps whole seconds.
    const std::string time = toRfc3339(now).left(19).toStdString() + 'Z';
    if (isFlagger(workload))
        return needsRollout(workload);
    if (isArgo(workload))
        return KubernetesPatches{mergePatch(workload, {}, {{"spec", {{"restartAt", time}}}})};
    if (workload.flag("spec.paused"))
        return notForThis(FormatWords::tr("%1 is paused.").arg(workload.name()), FormatWords::tr("Resume it first."));
    json body;
    body["spec"]["template"]["metadata"]["annotations"]["kubectl.kubernetes.io/restartedAt"] = time;
    return KubernetesPatches{
        {PatchType::StrategicMerge, objectPath(workload), patchBytes(guarded(workload, std::move(body)))}};
}

Result<KubernetesPatches> scalePatches(const KubernetesObject &workload, const QString &resourceVersion, int replicas)
{
    if (replicas < 0 || isFlagger(workload) || workload.kind() == u"DaemonSet")
        return notForThis(FormatWords::tr("A %1 cannot be scaled to %2.").arg(workload.kind()).arg(replicas));
    const json body = {{"metadata", {{"resourceVersion", resourceVersion.toStdString()}}},
                       {"spec", {{"replicas", replicas}}}};
    return KubernetesPatches{{PatchType::Merge, objectPath(workload, QStringLiteral("scale")), patchBytes(body)}};
}

KubernetesPatch annotationPatch(const KubernetesObject &object, const QString &name,
                                const std::optional<QString> &value)
{
    json body;
    body["metadata"]["annotations"][name.toStdString()] = value ? json(value->toStdString()) : json();
    return mergePatch(object, {}, std::move(body));
}

QByteArray deleteOptionsBody(const KubernetesObject &object)
{
    return patchBytes(
        {{"apiVersion", "v1"},
         {"kind", "DeleteOptions"},
         {"preconditions",
          {{"uid", object.uid().toStdString()}, {"resourceVersion", object.resourceVersion().toStdString()}}}});
}

} // namespace cockpit
