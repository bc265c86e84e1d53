// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_facts.h"

#include <array>

namespace cockpit {

namespace {

struct KindRow {
    KubernetesKind kind;
    const char *name;
    const char *group;
    const char *version;
    const char *resource;
};

constexpr std::array<KindRow, 13> kindRows{
    {{KubernetesKind::Rollout, "Rollout", "argoproj.io", "v1alpha1", "rollouts"},
     {KubernetesKind::FlaggerCanary, "Canary", "flagger.app", "v1beta1", "canaries"},
     {KubernetesKind::Deployment, "Deployment", "apps", "v1", "deployments"},
     {KubernetesKind::StatefulSet, "StatefulSet", "apps", "v1", "statefulsets"},
     {KubernetesKind::DaemonSet, "DaemonSet", "apps", "v1", "daemonsets"},
     {KubernetesKind::ReplicaSet, "ReplicaSet", "apps", "v1", "replicasets"},
     {KubernetesKind::ControllerRevision, "ControllerRevision", "apps", "v1", "controllerrevisions"},
     {KubernetesKind::Pod, "Pod", "", "v1", "pods"},
     {KubernetesKind::AnalysisRun, "AnalysisRun", "argoproj.io", "v1alpha1", "analysisruns"},
     {KubernetesKind::HorizontalPodAutoscaler, "HorizontalPodAutoscaler", "autoscaling", "v2",
      "horizontalpodautoscalers"},
     {KubernetesKind::Event, "Event", "", "v1", "events"},
     {KubernetesKind::ConfigMap, "ConfigMap", "", "v1", "configmaps"},
     {KubernetesKind::Secret, "Secret", "", "v1", "secrets"}}};

const KindRow &rowOf(KubernetesKind kind)
{
    for (const KindRow &row : kindRows) {
        if (row.kind == kind)
            return row;
    }
    return kindRows.front();
}

} // namespace

QString toWireName(KubernetesKind kind) { return QLatin1String(rowOf(kind).name); }

std::optional<KubernetesKind> kubernetesKindFromWireName(QStringView name)
{
    for (const KindRow &row : kindRows) {
        if (name == QLatin1String(row.name))
            return row.kind;
    }
    return std::nullopt;
}

KubernetesPath kubernetesPath(KubernetesKind kind)
{
    const KindRow &row = rowOf(kind);
    const QString group = QLatin1String(row.group);
    const QString version = QLatin1String(row.version);
    const QString prefix =
        group.isEmpty() ? QStringLiteral("/api/%1").arg(version) : QStringLiteral("/apis/%1/%2").arg(group, version);
    return {group, prefix, QLatin1String(row.resource)};
}

QString KubernetesPath::list(const QString &nameSpace) const
{
    return nameSpace.isEmpty() ? prefix + u'/' + resource
                               : QStringLiteral("%1/namespaces/%2/%3").arg(prefix, nameSpace, resource);
}

QString KubernetesPath::object(const QString &nameSpace, const QString &name, const QString &subresource) const
{
    const QString path = list(nameSpace) + u'/' + name;
    return subresource.isEmpty() ? path : path + u'/' + subresource;
}

KubernetesKind kubernetesKindOf(WorkloadKind kind)
{
    switch (kind) {
    case WorkloadKind::Rollout:
        return KubernetesKind::Rollout;
    case WorkloadKind::FlaggerCanary:
        return KubernetesKind::FlaggerCanary;
    case WorkloadKind::Deployment:
        return KubernetesKind::Deployment;
    case WorkloadKind::StatefulSet:
        return KubernetesKind::StatefulSet;
    case WorkloadKind::DaemonSet:
        break;
    }
    return KubernetesKind::DaemonSet;
}

const ObjectFacts &objectOf(const KubernetesFact &fact)
{
    return std::visit([](const auto &one) -> const ObjectFacts & { return one.object; }, fact);
}

} // namespace cockpit
