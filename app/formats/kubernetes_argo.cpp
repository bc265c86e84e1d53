// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/go_duration.h"
#include "app/formats/kubernetes_reader.h"

namespace cockpit {

namespace {

QString withName(const char *what, JsonNode name, TextPool &pool)
{
    return QStringLiteral("%1 %2").arg(QLatin1String(what), pool.take(name.text())).trimmed();
}

QString analysisStepText(JsonNode step, TextPool &pool)
{
    QStringList names;
    step["templates"].elements([&](JsonNode one) { names.append(pool.take(one["templateName"].text())); });
    return QStringLiteral("analysis %1").arg(names.join(QStringLiteral(", "))).trimmed();
}

QString canaryScaleText(JsonNode scale)
{
    if (scale["matchTrafficWeight"].flag())
        return QStringLiteral("canary scale as traffic");
    if (const auto replicas = scale["replicas"].number())
        return QStringLiteral("canary scale %1 pods").arg(*replicas);
    return QStringLiteral("canary scale %1 %").arg(scale["weight"].integer());
}

/// "10m", seconds as a number, or as digits in a string. What cannot be read is a pause without an end.
std::optional<Duration> pauseDuration(JsonNode duration)
{
    if (const auto seconds = duration.number())
        return *seconds >= 0 ? std::optional<Duration>(std::chrono::seconds(*seconds)) : std::nullopt;
    return parseGoDuration(duration.text());
}

RolloutStep readStep(JsonNode step, TextPool &pool)
{
    using Kind = RolloutStep::Kind;
    if (const auto weight = step["setWeight"].number())
        return {Kind::SetWeight, static_cast<int>(std::clamp<qint64>(*weight, 0, 1'000'000)), {}, {}};
    if (const JsonNode pause = step["pause"]; pause.isObject())
        return {Kind::Pause, 0, pauseDuration(pause["duration"]), {}};
    if (const JsonNode scale = step["setCanaryScale"]; scale.isObject())
        return {Kind::SetCanaryScale, scale["weight"].integer(), {}, canaryScaleText(scale)};
    if (const JsonNode analysis = step["analysis"]; analysis.isObject())
        return {Kind::Analysis, 0, {}, analysisStepText(analysis, pool)};
    if (step["experiment"].isObject())
        return {Kind::Experiment, 0, {}, QStringLiteral("experiment")};
    for (const char *const named : {"setHeaderRoute", "setMirrorRoute", "plugin"}) {
        if (const JsonNode one = step[named]; one.isObject())
            return {Kind::Other, 0, {}, withName(named, one["name"], pool)};
    }
    // `{"pause":null}` and kinds of steps to come.
    QString text;
    bool isPause = false;
    step.fields([&](std::string_view key, JsonNode) {
        isPause = isPause || key == "pause";
        text = pool.take(key);
    });
    return isPause ? RolloutStep{Kind::Pause, 0, {}, {}} : RolloutStep{Kind::Other, 0, {}, text};
}

void readArgoStrategy(JsonNode spec, WorkloadFacts &facts, TextPool &pool)
{
    const JsonNode strategy = spec["strategy"];
    if (const JsonNode blueGreen = strategy["blueGreen"]; blueGreen.isObject()) {
        facts.strategy = RolloutStrategy::BlueGreen;
        facts.autoPromotion = blueGreen["autoPromotionEnabled"].flag(true);
        if (const auto seconds = blueGreen["autoPromotionSeconds"].number())
            facts.autoPromotionAfter = std::chrono::seconds(*seconds);
        facts.scaleDownDelay = std::chrono::seconds(blueGreen["scaleDownDelaySeconds"].number().value_or(30));
        return;
    }
    facts.strategy = RolloutStrategy::Canary;
    const JsonNode canary = strategy["canary"];
    canary["steps"].elements([&](JsonNode step) { facts.steps.append(readStep(step, pool)); });
    const JsonNode routing = canary["trafficRouting"];
    facts.trafficRouting = routing.isObject();
    facts.maxWeight = std::max(1, routing["maxTrafficWeight"].integer(100));
    facts.dynamicStableScale = canary["dynamicStableScale"].flag();
}

std::optional<WeightFacts> readWeights(JsonNode weights)
{
    if (!weights["canary"] && !weights["stable"])
        return std::nullopt;
    WeightFacts facts;
    facts.canary = weights["canary"]["weight"].integer();
    facts.stable = weights["stable"]["weight"].integer();
    weights["additional"].elements([&](JsonNode one) { facts.additional += one["weight"].integer(); });
    facts.verified = weights["verified"].flag(true);
    return facts;
}

void readArgoStatus(JsonNode status, WorkloadFacts &facts, TextPool &pool)
{
    facts.workloadObservedGeneration = status["workloadObservedGeneration"].number();
    facts.phase = pool.take(status["phase"].text());
    facts.message = pool.take(status["message"].text());
    facts.controllerPause = status["controllerPause"].flag();
    facts.abort = status["abort"].flag();
    facts.promoteFull = status["promoteFull"].flag();
    status["pauseConditions"].elements([&](JsonNode pause) {
        facts.pauses.append({pool.take(pause["reason"].text()), pause["startTime"].time()});
    });
    if (const auto index = status["currentStepIndex"].number())
        facts.stepIndex = static_cast<int>(std::clamp<qint64>(*index, 0, 1'000'000));
    facts.stableHash = pool.take(status["stableRS"].text());
    facts.currentHash = pool.take(status["currentPodHash"].text());
    facts.activeHash = pool.take(status["blueGreen"]["activeSelector"].text());
    facts.previewHash = pool.take(status["blueGreen"]["previewSelector"].text());
    facts.weights = readWeights(status["canary"]["weights"]);
}

} // namespace

void readArgo(JsonNode object, WorkloadFacts &facts, TextPool &pool)
{
    const JsonNode spec = object["spec"];
    facts.targetKind = pool.take(spec["workloadRef"]["kind"].text());
    facts.targetName = pool.take(spec["workloadRef"]["name"].text());
    readArgoStrategy(spec, facts, pool);
    readArgoStatus(object["status"], facts, pool);
}

} // namespace cockpit
