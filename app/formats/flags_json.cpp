// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/flags_json.h"

#include "app/formats/action_codec_intents.h"

#include <nlohmann/json.hpp>

namespace cockpit {

using nlohmann::ordered_json;

namespace {

ordered_json orNull(const QString &text) { return text.isEmpty() ? ordered_json() : ordered_json(jsonText(text)); }
ordered_json orNull(const std::optional<Instant> &at) { return at ? ordered_json(jsonText(toRfc3339(*at))) : ordered_json(); }
template <typename T> ordered_json orNull(const std::optional<T> &value)
{
    return value ? ordered_json(*value) : ordered_json();
}

ordered_json flagEntry(const FeatureFlag &flag)
{
    const FlagState *state = flag.state();
    return {{"name", jsonText(flag.key.name)},
            {"environment", orNull(flag.here)},
            {"enabled", state ? orNull(state->enabled) : ordered_json()},
            {"changedAt", orNull(flag.changedAt)},
            {"changedBy", orNull(flag.changedBy)},
            {"source", jsonText(flag.key.source.toString())},
            {"project", orNull(flag.key.project)},
            {"service", orNull(flag.service.toString())},
            {"gradual", state ? orNull(state->gradual) : ordered_json()},
            {"readOnly", orNull(flag.readOnlyReason)}};
}

ordered_json capacityEntry(const Capacity &capacity)
{
    ordered_json metrics = ordered_json::array();
    for (const ScalingMetric &metric : capacity.metrics)
        metrics.push_back({{"name", jsonText(metric.name)},
                           {"current", orNull(metric.current)},
                           {"target", orNull(metric.target)},
                           {"ratio", orNull(metric.ratio)}});
    return {{"workload", jsonText(capacity.workload.path())},
            {"autoscaler", orNull(capacity.autoscaler.name)},
            {"service", orNull(capacity.service.toString())},
            {"current", capacity.current},
            {"desired", capacity.desired},
            {"minimum", orNull(capacity.minimum)},
            {"maximum", orNull(capacity.maximum)},
            {"atMaximumSince", orNull(capacity.atMaximumSince)},
            {"lastScaledAt", orNull(capacity.lastScaledAt)},
            {"saturation", orNull(capacity.saturation)},
            {"costPerHour", orNull(capacity.costPerHour)},
            {"currency", capacity.costPerHour ? orNull(capacity.currency) : ordered_json()},
            {"metrics", metrics},
            {"advice",
             {{"result", jsonText(toWireName(capacity.advice.verdict))}, {"text", jsonText(capacity.advice.text)}}}};
}

template <typename List, typename Entry> QByteArray arrayBytes(const List &list, Entry entry)
{
    ordered_json array = ordered_json::array();
    for (const auto &one : list)
        array.push_back(entry(*one));
    return QByteArray::fromStdString(array.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

} // namespace

QByteArray flagsJson(const std::vector<FlagPtr> &flags) { return arrayBytes(flags, flagEntry); }

QByteArray capacitiesJson(const std::vector<CapacityPtr> &capacities) { return arrayBytes(capacities, capacityEntry); }

} // namespace cockpit
