// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_assembly.h"

#include "app/formats/format_words.h"
#include "app/formats/kubernetes_assembly_parts.h"

#include <algorithm>

namespace cockpit {

namespace {

GitOpsOwner argoOwner(const ObjectFacts &object)
{
    const QString tracking = QStringLiteral("argocd.argoproj.io/tracking-id");
    if (const QString id = object.annotations.value(tracking); !id.isEmpty()) {
        // "namespace_application:group/kind:namespace/name"; the namespace is left out for the controller's own.
        const QString name = id.section(u':', 0, 0).replace(u'_', u'/');
        return {QStringLiteral("Argo CD"), name, tracking};
    }
    const bool isHelmRelease = object.annotations.contains(QStringLiteral("meta.helm.sh/release-name"));
    for (const char *const label : {"argocd.argoproj.io/instance", "app.kubernetes.io/instance"}) {
        const QString name = QString::fromLatin1(label);
        const bool ambiguous = name.startsWith(u"app.");
        if (const QString instance = object.labels.value(name); !instance.isEmpty() && !(ambiguous && isHelmRelease))
            return {QStringLiteral("Argo CD"), instance, name};
    }
    return {};
}

GitOpsOwner gitOpsOwner(const ObjectFacts &object)
{
    for (const char *const prefix : {"kustomize.toolkit.fluxcd.io", "helm.toolkit.fluxcd.io"}) {
        const QString label = QString::fromLatin1(prefix) + QStringLiteral("/name");
        const QString nameSpace = object.labels.value(QString::fromLatin1(prefix) + QStringLiteral("/namespace"));
        if (const QString name = object.labels.value(label); !name.isEmpty())
            return {QStringLiteral("Flux"), nameSpace.isEmpty() ? name : nameSpace + u'/' + name, label};
    }
    return argoOwner(object);
}

void assembleCounts(const WorkloadFacts &workload, const RelatedFacts &related, Rollout &rollout)
{
    rollout.desiredReplicas = workload.replicas;
    rollout.replicas = workload.statusReplicas;
    rollout.updatedReplicas = workload.updatedReplicas;
    rollout.readyReplicas = workload.readyReplicas;
    rollout.availableReplicas = workload.availableReplicas;
    if (rollout.kind != WorkloadKind::FlaggerCanary)
        return;
    const WorkloadFacts none;
    const WorkloadFacts &target = related.target ? *related.target : none;
    const WorkloadFacts &primary = related.primary ? *related.primary : none;
    rollout.desiredReplicas = related.primary ? primary.replicas : related.target ? target.replicas : 0;
    rollout.replicas = target.statusReplicas + primary.statusReplicas;
    rollout.updatedReplicas = target.updatedReplicas;
    rollout.readyReplicas = target.readyReplicas + primary.readyReplicas;
    rollout.availableReplicas = target.availableReplicas + primary.availableReplicas;
}

void assemblePods(const RelatedFacts &related, Rollout &rollout)
{
    for (const PodFacts *const pod : related.pods)
        rollout.pods.append(pod->pod);
    std::sort(rollout.pods.begin(), rollout.pods.end(),
              [](const PodFact &a, const PodFact &b) { return a.name < b.name; });
}

void assembleAnalyses(const RelatedFacts &related, Rollout &rollout)
{
    std::vector<const AnalysisRunFacts *> runs = related.analysisRuns;
    const auto begun = [](const AnalysisRunFacts *run) {
        return run->analysis.startedAt ? run->analysis.startedAt : run->object.createdAt;
    };
    std::stable_sort(runs.begin(), runs.end(),
                     [&](const AnalysisRunFacts *a, const AnalysisRunFacts *b) { return begun(a) > begun(b); });
    for (const AnalysisRunFacts *const run : runs)
        rollout.analyses.append(run->analysis);
}

/// When the newest template began to roll out. A ReplicaSet that is used again is older than that.
std::optional<Instant> updateBegan(const WorkloadFacts &workload, const RelatedFacts &related, const Rollout &rollout)
{
    if (const ConditionFacts *const completed = conditionOf(workload, u"Completed");
        completed && completed->status == u"False" && completed->changedAt)
        return completed->changedAt;
    const ObjectFacts &written = related.target ? related.target->object : workload.object;
    const RolloutRevision *const current = rollout.current();
    if (!current)
        return written.changedAt;
    const bool usedAgain =
        !current->annotations.value(QStringLiteral("deployment.kubernetes.io/revision-history")).isEmpty() ||
        !current->annotations.value(QStringLiteral("rollout.argoproj.io/revision-history")).isEmpty() ||
        current->objectName.isEmpty();
    const bool isNumbered =
        workload.object.kind == KubernetesKind::StatefulSet || workload.object.kind == KubernetesKind::DaemonSet;
    return (usedAgain || isNumbered) && written.changedAt ? written.changedAt : current->createdAt;
}

/// Written by machines for machines, some of them every second.
bool isHousekeeping(const ObjectFacts &object)
{
    return object.annotations.contains(QStringLiteral("control-plane.alpha.kubernetes.io/leader")) ||
           object.name == u"kube-root-ca.crt" || object.name == u"openshift-service-ca.crt";
}

bool namesWorkload(const QString &entry, const QString &kind, const ObjectFacts &object)
{
    const QString path = kind.toLower() + u'/' + object.name;
    return entry.compare(path, Qt::CaseInsensitive) == 0 ||
           entry.compare(object.nameSpace + u'/' + path, Qt::CaseInsensitive) == 0;
}

} // namespace

WorkloadKind workloadKindOf(KubernetesKind kind)
{
    switch (kind) {
    case KubernetesKind::FlaggerCanary:
        return WorkloadKind::FlaggerCanary;
    case KubernetesKind::Deployment:
        return WorkloadKind::Deployment;
    case KubernetesKind::StatefulSet:
        return WorkloadKind::StatefulSet;
    case KubernetesKind::DaemonSet:
        return WorkloadKind::DaemonSet;
    default:
        return WorkloadKind::Rollout;
    }
}

const ConditionFacts *conditionOf(const WorkloadFacts &workload, QStringView type)
{
    const auto found = std::find_if(workload.conditions.cbegin(), workload.conditions.cend(),
                                    [&](const ConditionFacts &one) { return one.type == type; });
    return found == workload.conditions.cend() ? nullptr : &*found;
}

Rollout assembleRollout(const WorkloadFacts &workload, const RelatedFacts &related, const ClusterScene &scene,
                        const ServiceId &service, Instant readAt)
{
    const ObjectFacts &object = workload.object;
    Rollout rollout;
    rollout.key = {scene.environment,       scene.context, object.nameSpace,
                   toWireName(object.kind), object.name,   object.uid};
    rollout.kind = workloadKindOf(object.kind);
    rollout.strategy = workload.strategy;
    rollout.service = service;
    rollout.resourceVersion = object.resourceVersion;
    rollout.generation = object.generation;
    rollout.userPaused = workload.paused;
    const bool isFlagger = rollout.kind == WorkloadKind::FlaggerCanary;
    rollout.aborted = isFlagger ? workload.phase == u"Failed" : workload.abort;
    rollout.trafficRouting = workload.trafficRouting;
    rollout.dynamicStableScale = workload.dynamicStableScale;
    rollout.maxWeight = isFlagger ? 100 : workload.maxWeight;
    rollout.gitOps = gitOpsOwner(object);
    // Where the template lives elsewhere, it is that object which Git would put back.
    if (rollout.gitOps.tool.isEmpty() && related.target)
        rollout.gitOps = gitOpsOwner(related.target->object);
    rollout.labels = object.labels;
    rollout.annotations = object.annotations;
    if (!workload.targetName.isEmpty())
        rollout.workloadRef = workload.targetKind + u'/' + workload.targetName;
    if (related.autoscaler) {
        rollout.autoscaler = related.autoscaler->object.name;
        rollout.maxReplicas = related.autoscaler->maxReplicas;
    }
    if (workload.strategy == RolloutStrategy::BlueGreen && rollout.kind == WorkloadKind::Rollout)
        rollout.blueGreen =
            BlueGreenFact{workload.activeHash, workload.previewHash, workload.autoPromotion, workload.scaleDownDelay};
    rollout.statusSubresource = rollout.kind != WorkloadKind::Rollout || scene.rolloutStatusSubresource;
    rollout.readAt = readAt;
    assembleCounts(workload, related, rollout);
    assemblePods(related, rollout);
    assembleAnalyses(related, rollout);
    assembleRevisions(workload, related, rollout);
    assembleSteps(workload, rollout);
    assemblePhase(workload, rollout);
    rollout.startedAt = updateBegan(workload, related, rollout);
    return rollout;
}

ServiceId serviceOfObject(const QString &kind, const ObjectFacts &object, const ServiceMap &services)
{
    for (const ServiceDefinition &definition : services.definitions()) {
        for (const QString &entry : definition.workloads) {
            if (namesWorkload(entry, kind, object))
                return definition.id;
        }
    }
    for (const char *const label : {"app.kubernetes.io/name", "app", "name"}) {
        if (const QString name = object.labels.value(QString::fromLatin1(label)); !name.isEmpty())
            return ServiceId(name);
    }
    return ServiceId(object.name);
}

bool isDrivenByAnother(const WorkloadFacts &workload, const std::vector<const WorkloadFacts *> &drivers)
{
    const ObjectFacts &object = workload.object;
    return std::any_of(drivers.begin(), drivers.end(), [&](const WorkloadFacts *driver) {
        if (driver->object.nameSpace != object.nameSpace || driver->targetName.isEmpty() ||
            driver->targetKind != toWireName(object.kind))
            return false;
        const bool isPrimary = driver->object.kind == KubernetesKind::FlaggerCanary &&
                               object.name == driver->targetName + QStringLiteral("-primary");
        return driver->targetName == object.name || isPrimary;
    });
}

ClusterEvent clusterEvent(const EventFacts &event, const ClusterScene &scene, const ServiceId &service)
{
    return {{scene.environment, scene.context, event.aboutNameSpace, event.aboutKind, event.aboutName, event.aboutUid},
            event.reason,
            FormatWords::excerpt(event.message.toStdString()),
            event.warning,
            event.at,
            event.count,
            event.reporter,
            service};
}

std::optional<ClusterEvent> changeEvent(const MetadataFacts &object, const ClusterScene &scene,
                                        const ServiceId &service)
{
    const ObjectFacts &facts = object.object;
    const std::optional<Instant> at = facts.changedAt ? facts.changedAt : facts.createdAt;
    if (!at || isHousekeeping(facts))
        return std::nullopt;
    const bool isSecret = facts.kind == KubernetesKind::Secret;
    ClusterEvent event;
    event.object = {scene.environment, scene.context, facts.nameSpace, toWireName(facts.kind), facts.name, facts.uid};
    event.reason = isSecret ? QStringLiteral("SecretChanged") : QStringLiteral("ConfigMapChanged");
    event.message = FormatWords::tr("%1 %2 was written").arg(toWireName(facts.kind), facts.name);
    event.at = *at;
    event.reporter = facts.changedBy;
    event.service = service;
    return event;
}

} // namespace cockpit
