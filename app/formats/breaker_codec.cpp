// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/breaker_codec.h"

#include "app/formats/update_codec_parts.h"

namespace cockpit {

using nlohmann::json;

namespace {

template <typename T> json jsonMaybe(const std::optional<T> &value) { return value ? json(*value) : json(nullptr); }

template <typename T> std::optional<T> maybeOf(const json &value)
{
    return value.is_null() ? std::nullopt : std::optional(value.get<T>());
}

json stateJson(BreakerState state) { return jsonText(toWireName(state)); }

BreakerState stateOf(const json &value)
{
    if (const auto state = breakerStateFromWireName(textOf(value)))
        return *state;
    throw json::other_error::create(510, "no such state of a breaker", nullptr);
}

json podJson(const BreakerPod &pod)
{
    return {{"pod", jsonText(pod.pod)},
            {"state", stateJson(pod.state)},
            {"failure", jsonMaybe(pod.failureRatio)},
            {"slow", jsonMaybe(pod.slowRatio)},
            {"calls", jsonMaybe(pod.bufferedCalls)},
            {"rejected", jsonMaybe(pod.rejectedTotal)},
            {"problem", jsonText(pod.problem)}};
}

BreakerPod podOf(const json &value)
{
    return {
        textOf(value.at("pod")),           stateOf(value.at("state")),         maybeOf<double>(value.at("failure")),
        maybeOf<double>(value.at("slow")), maybeOf<qint64>(value.at("calls")), maybeOf<double>(value.at("rejected")),
        textOf(value.at("problem"))};
}

json transitionJson(const BreakerTransition &one)
{
    return {{"at", toEpochMs(one.at)},
            {"from", stateJson(one.from)},
            {"to", stateJson(one.to)},
            {"words", jsonText(one.words)}};
}

BreakerTransition transitionOf(const json &value)
{
    return {instantOf(value.at("at")), stateOf(value.at("from")), stateOf(value.at("to")), textOf(value.at("words"))};
}

template <typename List, typename Write> json arrayJson(const List &list, Write write)
{
    json array = json::array();
    for (const auto &one : list)
        array.push_back(write(one));
    return array;
}

json breakerJson(const BreakerPtr &breaker)
{
    const Breaker &one = *breaker;
    return {{"source", jsonText(one.key.source.toString())},
            {"from", jsonText(one.key.from.toString())},
            {"name", jsonText(one.key.name)},
            {"to", jsonText(one.to)},
            {"kind", jsonText(one.kind)},
            {"state", stateJson(one.state)},
            {"mixed", one.isMixed},
            {"pods", arrayJson(one.pods, podJson)},
            {"failure", jsonMaybe(one.failureRatio)},
            {"slow", jsonMaybe(one.slowRatio)},
            {"rejectedPerSecond", jsonMaybe(one.rejectedPerSecond)},
            {"opensAtFailure", jsonMaybe(one.opensAtFailureRatio)},
            {"opensAtSlow", jsonMaybe(one.opensAtSlowRatio)},
            {"trialsAllowed", jsonMaybe(one.trialsAllowed)},
            {"trialsDone", jsonMaybe(one.trialsDone)},
            {"trialsFailed", jsonMaybe(one.trialsFailed)},
            {"transitions", arrayJson(one.transitions, transitionJson)},
            {"changedAt", jsonInstant(one.changedAt)},
            {"fallback", jsonText(one.fallback)},
            {"fallbackPerSecond", jsonMaybe(one.fallbackPerSecond)},
            {"possible", arrayJson(one.possible, [](BreakerMode mode) { return jsonText(toWireName(mode)); })},
            {"readOnly", jsonText(one.readOnlyReason)},
            {"controlledBy", jsonText(one.controlledBy)},
            {"sampledAt", toEpochMs(one.sampledAt)}};
}

void readFigures(const json &value, Breaker &into)
{
    into.failureRatio = maybeOf<double>(value.at("failure"));
    into.slowRatio = maybeOf<double>(value.at("slow"));
    into.rejectedPerSecond = maybeOf<double>(value.at("rejectedPerSecond"));
    into.opensAtFailureRatio = maybeOf<double>(value.at("opensAtFailure"));
    into.opensAtSlowRatio = maybeOf<double>(value.at("opensAtSlow"));
    into.trialsAllowed = maybeOf<int>(value.at("trialsAllowed"));
    into.trialsDone = maybeOf<int>(value.at("trialsDone"));
    into.trialsFailed = maybeOf<int>(value.at("trialsFailed"));
    into.fallbackPerSecond = maybeOf<double>(value.at("fallbackPerSecond"));
}

BreakerPtr breakerValueOf(const json &value)
{
    auto one = std::make_shared<Breaker>();
    one->key = {SourceId(textOf(value.at("source"))), ServiceId(textOf(value.at("from"))), textOf(value.at("name"))};
    one->to = textOf(value.at("to"));
    one->kind = textOf(value.at("kind"));
    one->state = stateOf(value.at("state"));
    one->isMixed = value.at("mixed").get<bool>();
    for (const json &pod : value.at("pods"))
        one->pods.append(podOf(pod));
    readFigures(value, *one);
    for (const json &transition : value.at("transitions"))
        one->transitions.append(transitionOf(transition));
    one->changedAt = optionalInstantOf(value.at("changedAt"));
    one->fallback = textOf(value.at("fallback"));
    for (const json &mode : value.at("possible")) {
        if (const auto known = breakerModeFromWireName(textOf(mode)))
            one->possible.append(*known);
    }
    one->readOnlyReason = textOf(value.at("readOnly"));
    one->controlledBy = textOf(value.at("controlledBy"));
    one->sampledAt = instantOf(value.at("sampledAt"));
    return one;
}

} // namespace

json breakersUpdateJson(const BreakersUpdate &update)
{
    return {{"kind", "breakers"},
            {"source", jsonText(update.source.toString())},
            {"at", toEpochMs(update.at)},
            {"breakers", jsonListOf(update.breakers, breakerJson)},
            {"podsAsked", update.podsAsked},
            {"podsAnswered", update.podsAnswered}};
}

BreakersUpdate breakersUpdateOf(const json &value)
{
    return {SourceId(textOf(value.at("source"))), instantOf(value.at("at")),
            listOf<BreakerPtr>(value.at("breakers"), breakerValueOf), value.at("podsAsked").get<int>(),
            value.at("podsAnswered").get<int>()};
}

} // namespace cockpit
