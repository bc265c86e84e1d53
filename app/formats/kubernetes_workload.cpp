// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_reader.h"

namespace cockpit {

namespace {

RolloutStrategy strategyOf(KubernetesKind kind, JsonNode spec)
{
    const JsonNode strategy = kind == KubernetesKind::Deployment ? spec["strategy"] : spec["updateStrategy"];
    const std::string_view type = strategy["type"].text();
    if (type == "Recreate")
        return RolloutStrategy::Recreate;
    return type == "OnDelete" ? RolloutStrategy::OnDelete : RolloutStrategy::RollingUpdate;
}

QList<ConditionFacts> readConditions(JsonNode list, TextPool &pool)
{
    QList<ConditionFacts> conditions;
    list.elements([&](JsonNode item) {
        conditions.append({pool.take(item["type"].text()), pool.take(item["status"].text()),
                           pool.take(item["reason"].text()), pool.take(item["message"].text()),
                           item["lastUpdateTime"].time(), item["lastTransitionTime"].time()});
    });
    return conditions;
}

void readReplicas(JsonNode status, WorkloadFacts &facts)
{
    facts.statusReplicas = status["replicas"].integer();
    facts.updatedReplicas = status["updatedReplicas"].integer();
    facts.readyReplicas = status["readyReplicas"].integer();
    facts.availableReplicas = status["availableReplicas"].integer();
}

void readDaemonSet(JsonNode status, WorkloadFacts &facts)
{
    facts.replicas = status["desiredNumberScheduled"].integer();
    facts.statusReplicas = status["currentNumberScheduled"].integer();
    facts.updatedReplicas = status["updatedNumberScheduled"].integer();
    facts.readyReplicas = status["numberReady"].integer();
    facts.availableReplicas = status["numberAvailable"].integer();
}

} // namespace

WorkloadFacts readWorkload(JsonNode object, KubernetesKind kind, TextPool &pool)
{
    WorkloadFacts facts;
    facts.object = readObjectFacts(object, kind, pool);
    const JsonNode spec = object["spec"];
    const JsonNode status = object["status"];
    facts.selector = readTextMap(spec["selector"]["matchLabels"], pool);
    facts.replicas = spec["replicas"].integer(1);
    facts.paused = spec["paused"].flag();
    facts.podTemplate = readTemplate(spec["template"], pool);
    facts.observedGeneration = status["observedGeneration"].number();
    facts.conditions = readConditions(status["conditions"], pool);
    readReplicas(status, facts);
    if (kind == KubernetesKind::Rollout) {
        readArgo(object, facts, pool);
        return facts;
    }
    if (kind == KubernetesKind::FlaggerCanary) {
        readFlagger(object, facts, pool);
        return facts;
    }
    facts.strategy = strategyOf(kind, spec);
    if (kind == KubernetesKind::DaemonSet)
        readDaemonSet(status, facts);
    if (kind == KubernetesKind::StatefulSet) {
        facts.partition = spec["updateStrategy"]["rollingUpdate"]["partition"].integer();
        facts.stableHash = pool.take(status["currentRevision"].text());
        facts.currentHash = pool.take(status["updateRevision"].text());
    }
    return facts;
}

} // namespace cockpit
