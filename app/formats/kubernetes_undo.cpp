// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/format_words.h"
#include "app/formats/kubernetes_patches.h"
#include "app/formats/template_diff.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace cockpit {

using nlohmann::json;

namespace {

constexpr std::string_view cockpitPrefix = "dt-cockpit/";

/// Annotations that stay with the Deployment itself, as kubectl's undo knows them.
constexpr std::array<std::string_view, 6> keptAnnotations{"kubectl.kubernetes.io/last-applied-configuration",
                                                          "deployment.kubernetes.io/revision",
                                                          "deployment.kubernetes.io/revision-history",
                                                          "deployment.kubernetes.io/desired-replicas",
                                                          "deployment.kubernetes.io/max-replicas",
                                                          "deprecated.deployment.rollback.to"};

bool isKept(std::string_view name)
{
    return name.substr(0, cockpitPrefix.size()) == cockpitPrefix ||
           std::find(keptAnnotations.begin(), keptAnnotations.end(), name) != keptAnnotations.end();
}

QByteArray undoBytes(const json &body)
{
    return QByteArray::fromStdString(body.dump(-1, ' ', false, json::error_handler_t::replace));
}

Error cannotUndo(const QString &what, const QString &next = {}) { return {Error::Kind::Invalid, what, {}, next}; }

Error runsItAlready(const KubernetesObject &live, const KubernetesObject &revision)
{
    return cannotUndo(FormatWords::tr("%1 has the template of %2 already: there is nothing to undo.")
                          .arg(live.name(), revision.name()));
}

json objectAt(const json &root, const char *pointer)
{
    const json::json_pointer path(pointer);
    return root.contains(path) && root.at(path).is_object() ? root.at(path) : json::object();
}

/// The template without the label that its controller puts on it.
json restoredTemplate(const KubernetesObject &revision)
{
    json podTemplate = objectAt(revision.json(), "/spec/template");
    const json::json_pointer labels("/metadata/labels");
    if (podTemplate.contains(labels) && podTemplate[labels].is_object()) {
        podTemplate[labels].erase("rollouts-pod-template-hash");
        podTemplate[labels].erase("pod-template-hash");
    }
    return podTemplate;
}

std::string escapedPointer(const std::string &name)
{
    std::string text;
    for (const char one : name)
        text += one == '~' ? std::string("~0") : one == '/' ? std::string("~1") : std::string(1, one);
    return text;
}

/// kubectl replaces all annotations by those of the ReplicaSet and a few of the Deployment. The same, one by one: the
/// last-applied annotation never was read here, and must stay.
void addAnnotationOperations(const KubernetesObject &live, const KubernetesObject &revision, json &operations)
{
    const json now = objectAt(live.json(), "/metadata/annotations");
    const json then = objectAt(revision.json(), "/metadata/annotations");
    const bool hasAny = live.json().contains(json::json_pointer("/metadata/annotations"));
    const auto add = [&](const std::string &name, const json &value) {
        operations.push_back(
            {{"op", "add"}, {"path", "/metadata/annotations/" + escapedPointer(name)}, {"value", value}});
    };
    bool first = !hasAny;
    for (const auto &[name, value] : then.items()) {
        if (isKept(name) || (now.contains(name) && now[name] == value))
            continue;
        if (first)
            operations.push_back({{"op", "add"}, {"path", "/metadata/annotations"}, {"value", json::object()}});
        first = false;
        add(name, value);
    }
    for (const auto &[name, value] : now.items()) {
        if (!isKept(name) && !then.contains(name))
            operations.push_back({{"op", "remove"}, {"path", "/metadata/annotations/" + escapedPointer(name)}});
    }
}

bool isOwnedByRollout(const KubernetesObject &revision)
{
    const json::json_pointer path("/metadata/ownerReferences");
    if (!revision.json().contains(path) || !revision.json().at(path).is_array())
        return false;
    for (const json &owner : revision.json().at(path)) {
        if (owner.is_object() && owner.value("controller", false) && owner.value("kind", "") == "Rollout")
            return true;
    }
    return false;
}

/// The API server fills defaults into a ReplicaSet's template, and not into a Rollout's: there the hash tells.
bool runsAlready(const KubernetesObject &live, const KubernetesObject &replicaSet, const json &podTemplate)
{
    const QString hash = replicaSet.label(QStringLiteral("rollouts-pod-template-hash"));
    const bool isSeen = live.text("status.observedGeneration") == QString::number(live.number("metadata.generation"));
    if (live.kind() == u"Rollout" && !hash.isEmpty() && isSeen)
        return hash == live.text("status.currentPodHash");
    return isSameTemplate(undoBytes(objectAt(live.json(), "/spec/template")), undoBytes(podTemplate));
}

Result<KubernetesPatches> undoToReplicaSet(const KubernetesObject &live, const KubernetesObject &replicaSet)
{
    json podTemplate = restoredTemplate(replicaSet);
    if (podTemplate.empty())
        return cannotUndo(FormatWords::tr("%1 holds no pod template.").arg(replicaSet.name()));
    if (runsAlready(live, replicaSet, podTemplate))
        return runsItAlready(live, replicaSet);
    const bool forRollout = live.kind() == u"Rollout" || isOwnedByRollout(replicaSet);
    if (!forRollout && live.flag("spec.paused"))
        return cannotUndo(FormatWords::tr("%1 is paused: a paused Deployment does not roll back.").arg(live.name()),
                          FormatWords::tr("Resume it first."));
    // Every ReplicaSet's template has it and the Rollout's schema does not: a strict dry run would refuse it.
    if (forRollout && podTemplate.contains("metadata") && podTemplate["metadata"].is_object())
        podTemplate["metadata"].erase("creationTimestamp");
    json operations = json::array();
    operations.push_back({{"op", "replace"}, {"path", "/spec/template"}, {"value", podTemplate}});
    if (!forRollout)
        addAnnotationOperations(live, replicaSet, operations);
    else if (live.kind() == u"Rollout" && live.flag("spec.paused")) // paused, it would take the template and not move
        operations.push_back({{"op", "replace"}, {"path", "/spec/paused"}, {"value", false}});
    operations.push_back(
        {{"op", "replace"}, {"path", "/metadata/resourceVersion"}, {"value", live.resourceVersion().toStdString()}});
    return KubernetesPatches{{KubernetesPatch::Type::Json, objectPath(live), undoBytes(operations)}};
}

Result<KubernetesPatches> undoToControllerRevision(const KubernetesObject &live, const KubernetesObject &revision)
{
    json body = objectAt(revision.json(), "/data");
    const json podTemplate = objectAt(body, "/spec/template");
    if (podTemplate.empty())
        return cannotUndo(FormatWords::tr("%1 holds no pod template.").arg(revision.name()));
    if (isSameTemplate(undoBytes(objectAt(live.json(), "/spec/template")), undoBytes(podTemplate)))
        return runsItAlready(live, revision);
    body["metadata"]["resourceVersion"] = live.resourceVersion().toStdString();
    return KubernetesPatches{{KubernetesPatch::Type::StrategicMerge, objectPath(live), undoBytes(body)}};
}

} // namespace

Result<KubernetesPatches> undoPatches(const KubernetesObject &live, const KubernetesObject &revision)
{
    if (live.kind() == u"Rollout" && live.has("spec.workloadRef"))
        return cannotUndo(FormatWords::tr("The template of %1 lives in another object.").arg(live.name()));
    if (live.kind() == u"StatefulSet" || live.kind() == u"DaemonSet")
        return undoToControllerRevision(live, revision);
    if (live.kind() == u"Rollout" || live.kind() == u"Deployment")
        return undoToReplicaSet(live, revision);
    return cannotUndo(FormatWords::tr("A %1 cannot be put back to %2.").arg(live.kind(), revision.name()));
}

} // namespace cockpit
