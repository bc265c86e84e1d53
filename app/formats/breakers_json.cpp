// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/breakers_json.h"

#include "app/formats/action_codec_intents.h"

#include <nlohmann/json.hpp>

namespace cockpit {

using nlohmann::ordered_json;

namespace {

template <typename T> ordered_json orNull(const std::optional<T> &value)
{
    return value ? ordered_json(*value) : ordered_json();
}

ordered_json textOrNull(const QString &text) { return text.isEmpty() ? ordered_json() : ordered_json(jsonText(text)); }

ordered_json timeOrNull(const std::optional<Instant> &at)
{
    return at ? ordered_json(jsonText(toRfc3339(*at))) : ordered_json();
}

ordered_json podListJson(const QList<BreakerPod> &pods)
{
    ordered_json list = ordered_json::array();
    for (const BreakerPod &pod : pods)
        list.push_back({{"name", jsonText(pod.pod)},
                        {"state", jsonText(toWireName(pod.state))},
                        {"failureRatio", orNull(pod.failureRatio)},
                        {"slowRatio", orNull(pod.slowRatio)},
                        {"calls", orNull(pod.bufferedCalls)},
                        {"problem", textOrNull(pod.problem)}});
    return list;
}

ordered_json overrideJson(const Override &one)
{
    return {{"id", jsonText(one.id)},
            {"kind", jsonText(one.kind)},
            {"target", jsonText(one.target)},
            {"was", textOrNull(one.was)},
            {"is", jsonText(one.is)},
            {"actor", jsonText(one.actor)},
            {"reason", jsonText(one.reason)},
            {"since", jsonText(toRfc3339(one.startsAt))},
            {"until", jsonText(toRfc3339(one.until))},
            {"ours", one.isOurs},
            {"trouble", textOrNull(one.trouble)}};
}

const Override *holding(const Breaker &breaker, const QList<Override> &overrides)
{
    const QString subject = overrideSubject(ResetBreaker{breaker.key, {}});
    for (const Override &one : overrides) {
        if (one.revert && overrideSubject(*one.revert) == subject)
            return &one;
    }
    return nullptr;
}

ordered_json breakerRowJson(const Breaker &one, const QList<Override> &overrides)
{
    const Override *held = holding(one, overrides);
    ordered_json possible = ordered_json::array();
    for (const BreakerMode mode : one.possible)
        possible.push_back(jsonText(toWireName(mode)));
    return {{"from", jsonText(one.key.from.toString())},
            {"to", jsonText(one.to)},
            {"name", jsonText(one.key.name)},
            {"source", jsonText(one.key.source.toString())},
            {"kind", jsonText(one.kind)},
            {"state", jsonText(toWireName(one.state))},
            {"mixed", one.isMixed},
            {"pods", podListJson(one.pods)},
            {"failureRatio", orNull(one.failureRatio)},
            {"slowRatio", orNull(one.slowRatio)},
            {"rejectedPerSecond", orNull(one.rejectedPerSecond)},
            {"changedAt", timeOrNull(one.changedAt)},
            {"fallback", textOrNull(one.fallback)},
            {"possible", possible},
            {"readOnly", textOrNull(one.readOnlyReason)},
            {"sampledAt", jsonText(toRfc3339(one.sampledAt))},
            {"override", held ? overrideJson(*held) : ordered_json()}};
}

QByteArray lineOf(const ordered_json &value)
{
    return QByteArray::fromStdString(value.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

} // namespace

ordered_json breakersListJson(const std::vector<BreakerPtr> &breakers, const QList<Override> &overrides)
{
    ordered_json list = ordered_json::array();
    for (const BreakerPtr &one : breakers)
        list.push_back(breakerRowJson(*one, overrides));
    return list;
}

ordered_json overridesListJson(const QList<Override> &overrides, Instant now)
{
    ordered_json list = ordered_json::array();
    for (const Override &one : overrides) {
        list.push_back(overrideJson(one));
        list.back()["overdue"] = one.isOverdue(now);
    }
    return list;
}

QByteArray breakersJson(const std::vector<BreakerPtr> &breakers, const QList<Override> &overrides)
{
    return lineOf(breakersListJson(breakers, overrides));
}

QByteArray overridesJson(const QList<Override> &overrides, Instant now)
{
    return lineOf(overridesListJson(overrides, now));
}

} // namespace cockpit
