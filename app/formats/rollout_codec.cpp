// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/rollout_codec.h"

#include "app/formats/update_codec_parts.h"

#include <array>

namespace cockpit {

using nlohmann::json;

namespace {

json jsonInt(const std::optional<int> &number) { return number ? json(*number) : json(); }

std::optional<int> optionalIntOf(const json &value)
{
    return value.is_null() ? std::nullopt : std::optional<int>(value.get<int>());
}

/// The value whose wire name stands here, or nlohmann's exception.
template <typename T, size_t count> T wireNamed(const std::array<T, count> &all, const json &value)
{
    const QString name = textOf(value);
    for (const T one : all) {
        if (toWireName(one) == name)
            return one;
    }
    throw json::other_error::create(501, "no such name", nullptr);
}

constexpr std::array workloadKinds{WorkloadKind::Rollout, WorkloadKind::FlaggerCanary, WorkloadKind::Deployment,
                                   WorkloadKind::StatefulSet, WorkloadKind::DaemonSet};
constexpr std::array rolloutStrategies{RolloutStrategy::Canary, RolloutStrategy::BlueGreen,
                                       RolloutStrategy::RollingUpdate, RolloutStrategy::Recreate,
                                       RolloutStrategy::OnDelete};
constexpr std::array rolloutPhases{RolloutPhase::Healthy, RolloutPhase::Progressing, RolloutPhase::Paused,
                                   RolloutPhase::Degraded, RolloutPhase::Unknown};

json stepJson(const RolloutStep &step)
{
    return {{"kind", static_cast<int>(step.kind)},
            {"weight", step.weight},
            {"duration", jsonDuration(step.duration)},
            {"text", jsonText(step.text)}};
}

RolloutStep stepOf(const json &value)
{
    const int kind = value.at("kind").get<int>();
    const bool known = kind >= 0 && kind <= static_cast<int>(RolloutStep::Kind::Other);
    return {known ? static_cast<RolloutStep::Kind>(kind) : RolloutStep::Kind::Other, value.at("weight").get<int>(),
            durationOf(value.at("duration")), textOf(value.at("text"))};
}

json pauseJson(const PauseReason &pause)
{
    return {{"reason", jsonText(pause.reason)}, {"since", jsonInstant(pause.since)}};
}

PauseReason pauseOf(const json &value) { return {textOf(value.at("reason")), optionalInstantOf(value.at("since"))}; }

json blueGreenJson(const BlueGreenFact &fact)
{
    return {{"activeHash", jsonText(fact.activeHash)},
            {"previewHash", jsonText(fact.previewHash)},
            {"autoPromotion", fact.autoPromotion},
            {"scaleDownDelay", static_cast<qint64>(fact.scaleDownDelay.count())}};
}

BlueGreenFact blueGreenOf(const json &value)
{
    return {textOf(value.at("activeHash")), textOf(value.at("previewHash")), value.at("autoPromotion").get<bool>(),
            Duration(value.at("scaleDownDelay").get<qint64>())};
}

json gitOpsJson(const GitOpsOwner &owner)
{
    return {{"tool", jsonText(owner.tool)}, {"name", jsonText(owner.name)}, {"reference", jsonText(owner.reference)}};
}

json countsJson(const Rollout &rollout)
{
    return {{"desired", rollout.desiredReplicas},
            {"all", rollout.replicas},
            {"updated", rollout.updatedReplicas},
            {"ready", rollout.readyReplicas},
            {"available", rollout.availableReplicas}};
}

void readCounts(const json &value, Rollout &rollout)
{
    rollout.desiredReplicas = value.at("desired").get<int>();
    rollout.replicas = value.at("all").get<int>();
    rollout.updatedReplicas = value.at("updated").get<int>();
    rollout.readyReplicas = value.at("ready").get<int>();
    rollout.availableReplicas = value.at("available").get<int>();
}

/// How far it is.
json progressJson(const Rollout &rollout)
{
    return {{"phase", jsonText(toWireName(rollout.phase))},
            {"message", jsonText(rollout.message)},
            {"observed", rollout.observed},
            {"userPaused", rollout.userPaused},
            {"aborted", rollout.aborted},
            {"waitsForPerson", rollout.waitsForPerson},
            {"pauses", jsonArrayOf(rollout.pauses, pauseJson)},
            {"steps", jsonArrayOf(rollout.steps, stepJson)},
            {"stepIndex", jsonInt(rollout.stepIndex)},
            {"weights", jsonArrayOf(rollout.weights, [](int weight) { return json(weight); })},
            {"desiredWeight", jsonInt(rollout.desiredWeight)},
            {"measuredWeight", jsonInt(rollout.measuredWeight)},
            {"trafficRouting", rollout.trafficRouting},
            {"dynamicStableScale", rollout.dynamicStableScale},
            {"maxWeight", rollout.maxWeight},
            {"startedAt", jsonInstant(rollout.startedAt)}};
}

void readProgress(const json &value, Rollout &rollout)
{
    rollout.phase = wireNamed(rolloutPhases, value.at("phase"));
    rollout.message = textOf(value.at("message"));
    rollout.observed = value.at("observed").get<bool>();
    rollout.userPaused = value.at("userPaused").get<bool>();
    rollout.aborted = value.at("aborted").get<bool>();
    rollout.waitsForPerson = value.at("waitsForPerson").get<bool>();
    rollout.pauses = arrayOf<PauseReason>(value.at("pauses"), pauseOf);
    rollout.steps = arrayOf<RolloutStep>(value.at("steps"), stepOf);
    rollout.stepIndex = optionalIntOf(value.at("stepIndex"));
    rollout.weights = arrayOf<int>(value.at("weights"), [](const json &item) { return item.get<int>(); });
    rollout.desiredWeight = optionalIntOf(value.at("desiredWeight"));
    rollout.measuredWeight = optionalIntOf(value.at("measuredWeight"));
    rollout.trafficRouting = value.at("trafficRouting").get<bool>();
    rollout.dynamicStableScale = value.at("dynamicStableScale").get<bool>();
    rollout.maxWeight = value.at("maxWeight").get<int>();
    rollout.startedAt = optionalInstantOf(value.at("startedAt"));
}

json rolloutJson(const RolloutPtr &one)
{
    const Rollout &rollout = *one;
    return {{"key", objectKeyJson(rollout.key)},
            {"kind", jsonText(toWireName(rollout.kind))},
            {"strategy", jsonText(toWireName(rollout.strategy))},
            {"service", jsonText(rollout.service.toString())},
            {"resourceVersion", jsonText(rollout.resourceVersion)},
            {"generation", rollout.generation},
            {"progress", progressJson(rollout)},
            {"counts", countsJson(rollout)},
            {"stableHash", jsonText(rollout.stableHash)},
            {"currentHash", jsonText(rollout.currentHash)},
            {"blueGreen", rollout.blueGreen ? blueGreenJson(*rollout.blueGreen) : json()},
            {"revisions", jsonArrayOf(rollout.revisions, revisionJson)},
            {"pods", jsonArrayOf(rollout.pods, podJson)},
            {"analyses", jsonArrayOf(rollout.analyses, analysisJson)},
            {"workloadRef", jsonText(rollout.workloadRef)},
            {"autoscaler", jsonText(rollout.autoscaler)},
            {"maxReplicas", rollout.maxReplicas},
            {"gitOps", gitOpsJson(rollout.gitOps)},
            {"labels", textMapJson(rollout.labels)},
            {"annotations", textMapJson(rollout.annotations)},
            {"statusSubresource", rollout.statusSubresource},
            {"readAt", toEpochMs(rollout.readAt)}};
}

RolloutPtr rolloutOf(const json &value)
{
    auto rollout = std::make_shared<Rollout>();
    rollout->key = objectKeyOf(value.at("key"));
    rollout->kind = wireNamed(workloadKinds, value.at("kind"));
    rollout->strategy = wireNamed(rolloutStrategies, value.at("strategy"));
    rollout->service = ServiceId(textOf(value.at("service")));
    rollout->resourceVersion = textOf(value.at("resourceVersion"));
    rollout->generation = value.at("generation").get<qint64>();
    readProgress(value.at("progress"), *rollout);
    readCounts(value.at("counts"), *rollout);
    rollout->stableHash = textOf(value.at("stableHash"));
    rollout->currentHash = textOf(value.at("currentHash"));
    if (!value.at("blueGreen").is_null())
        rollout->blueGreen = blueGreenOf(value.at("blueGreen"));
    rollout->revisions = arrayOf<RolloutRevision>(value.at("revisions"), revisionOf);
    rollout->pods = arrayOf<PodFact>(value.at("pods"), podOf);
    rollout->analyses = arrayOf<AnalysisFact>(value.at("analyses"), analysisOf);
    rollout->workloadRef = textOf(value.at("workloadRef"));
    rollout->autoscaler = textOf(value.at("autoscaler"));
    rollout->maxReplicas = value.at("maxReplicas").get<int>();
    const json &gitOps = value.at("gitOps");
    rollout->gitOps = {textOf(gitOps.at("tool")), textOf(gitOps.at("name")), textOf(gitOps.at("reference"))};
    rollout->labels = textMapOf(value.at("labels"));
    rollout->annotations = textMapOf(value.at("annotations"));
    rollout->statusSubresource = value.at("statusSubresource").get<bool>();
    rollout->readAt = instantOf(value.at("readAt"));
    return rollout;
}

json clusterEventJson(const ClusterEvent &event)
{
    return {{"object", objectKeyJson(event.object)},
            {"reason", jsonText(event.reason)},
            {"message", jsonText(event.message)},
            {"warning", event.warning},
            {"at", toEpochMs(event.at)},
            {"count", event.count},
            {"reporter", jsonText(event.reporter)},
            {"service", jsonText(event.service.toString())}};
}

ClusterEvent clusterEventOf(const json &value)
{
    return {objectKeyOf(value.at("object")), textOf(value.at("reason")),
            textOf(value.at("message")),     value.at("warning").get<bool>(),
            instantOf(value.at("at")),       value.at("count").get<int>(),
            textOf(value.at("reporter")),    ServiceId(textOf(value.at("service")))};
}

} // namespace

json rolloutsUpdateJson(const RolloutsUpdate &update)
{
    return {{"kind", "rollouts"},
            {"source", jsonText(update.source.toString())},
            {"context", jsonText(update.context)},
            {"at", toEpochMs(update.at)},
            {"rollouts", jsonListOf(update.rollouts, rolloutJson)},
            {"events", jsonListOf(update.events, clusterEventJson)}};
}

RolloutsUpdate rolloutsUpdateOf(const json &value)
{
    return {SourceId(textOf(value.at("source"))), textOf(value.at("context")), instantOf(value.at("at")),
            listOf<RolloutPtr>(value.at("rollouts"), rolloutOf),
            listOf<ClusterEvent>(value.at("events"), clusterEventOf)};
}

} // namespace cockpit
