// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/flags_codec.h"

#include "app/formats/update_codec_parts.h"

#include <algorithm>

namespace cockpit {

using nlohmann::json;

namespace {

json flagKeyJson(const FlagKey &key)
{
    return {{"source", jsonText(key.source.toString())},
            {"project", jsonText(key.project)},
            {"name", jsonText(key.name)}};
}

FlagKey flagKeyOf(const json &value)
{
    return {SourceId(textOf(value.at("source"))), textOf(value.at("project")), textOf(value.at("name"))};
}

json optionalBool(const std::optional<bool> &value) { return value ? json(*value) : json(nullptr); }

std::optional<bool> optionalBoolOf(const json &value)
{
    return value.is_null() ? std::nullopt : std::optional(value.get<bool>());
}

json flagStateJson(const FlagState &state)
{
    return {{"environment", jsonText(state.environment)}, {"isProduction", state.isProduction},
            {"enabled", optionalBool(state.enabled)},     {"gradual", jsonText(state.gradual)},
            {"needsApproval", state.needsApproval},       {"lastSeenAt", jsonInstant(state.lastSeenAt)}};
}

FlagState flagStateOf(const json &value)
{
    return {textOf(value.at("environment")),       value.at("isProduction").get<bool>(),
            optionalBoolOf(value.at("enabled")),   textOf(value.at("gradual")),
            value.at("needsApproval").get<bool>(), optionalInstantOf(value.at("lastSeenAt"))};
}

json flagJson(const FlagPtr &flag)
{
    json states = json::array();
    for (const FlagState &state : flag->states)
        states.push_back(flagStateJson(state));
    return {{"key", flagKeyJson(flag->key)},
            {"description", jsonText(flag->description)},
            {"kind", jsonText(flag->kind)},
            {"service", jsonText(flag->service.toString())},
            {"states", states},
            {"here", jsonText(flag->here)},
            {"changedAt", jsonInstant(flag->changedAt)},
            {"changedBy", jsonText(flag->changedBy)},
            {"stale", flag->stale},
            {"readOnlyReason", jsonText(flag->readOnlyReason)}};
}

FlagPtr flagOf(const json &value)
{
    auto flag = std::make_shared<FeatureFlag>();
    flag->key = flagKeyOf(value.at("key"));
    flag->description = textOf(value.at("description"));
    flag->kind = textOf(value.at("kind"));
    flag->service = ServiceId(textOf(value.at("service")));
    for (const json &state : value.at("states"))
        flag->states.append(flagStateOf(state));
    flag->here = textOf(value.at("here"));
    flag->changedAt = optionalInstantOf(value.at("changedAt"));
    flag->changedBy = textOf(value.at("changedBy"));
    flag->stale = value.at("stale").get<bool>();
    flag->readOnlyReason = textOf(value.at("readOnlyReason"));
    return flag;
}

json flagEventJson(const FlagEvent &event)
{
    return {{"key", flagKeyJson(event.flag)}, {"environment", jsonText(event.environment)},
            {"what", jsonText(event.what)},   {"enabled", optionalBool(event.enabled)},
            {"at", toEpochMs(event.at)},      {"who", jsonText(event.who)}};
}

FlagEvent flagEventOf(const json &value)
{
    return {flagKeyOf(value.at("key")),          textOf(value.at("environment")), textOf(value.at("what")),
            optionalBoolOf(value.at("enabled")), instantOf(value.at("at")),       textOf(value.at("who"))};
}

json componentJson(const ProbedComponent &component)
{
    return {{"name", jsonText(component.name)},
            {"state", static_cast<int>(component.state)},
            {"words", jsonText(component.words)}};
}

ProbeState probeStateOf(const json &value) { return static_cast<ProbeState>(std::clamp(value.get<int>(), 0, 3)); }

json probeAnswerJson(const ProbeAnswer &answer)
{
    json components = json::array();
    for (const ProbedComponent &component : answer.components)
        components.push_back(componentJson(component));
    return {{"question", static_cast<int>(answer.question)},
            {"state", static_cast<int>(answer.state)},
            {"words", jsonText(answer.words)},
            {"source", jsonText(answer.source)},
            {"components", components}};
}

ProbeAnswer probeAnswerOf(const json &value)
{
    ProbeAnswer answer;
    answer.question = static_cast<ProbeQuestion>(std::clamp(value.at("question").get<int>(), 0, 2));
    answer.state = probeStateOf(value.at("state"));
    answer.words = textOf(value.at("words"));
    answer.source = textOf(value.at("source"));
    for (const json &one : value.at("components"))
        answer.components.append({textOf(one.at("name")), probeStateOf(one.at("state")), textOf(one.at("words"))});
    return answer;
}

} // namespace

json flagsUpdateJson(const FlagsUpdate &update)
{
    return {{"kind", "flags"},
            {"source", jsonText(update.source.toString())},
            {"at", toEpochMs(update.at)},
            {"flags", jsonListOf(update.flags, flagJson)},
            {"events", jsonListOf(update.events, flagEventJson)}};
}

FlagsUpdate flagsUpdateOf(const json &value)
{
    return {SourceId(textOf(value.at("source"))), instantOf(value.at("at")),
            listOf<FlagPtr>(value.at("flags"), flagOf), listOf<FlagEvent>(value.at("events"), flagEventOf)};
}

json healthUpdateJson(const HealthUpdate &update)
{
    json answers = json::array();
    for (const ProbeAnswer &answer : update.answers)
        answers.push_back(probeAnswerJson(answer));
    return {{"kind", "health"},
            {"service", jsonText(update.service.toString())},
            {"at", toEpochMs(update.at)},
            {"interval", static_cast<qint64>(update.interval.count())},
            {"answers", answers}};
}

HealthUpdate healthUpdateOf(const json &value)
{
    HealthUpdate update;
    update.service = ServiceId(textOf(value.at("service")));
    update.at = instantOf(value.at("at"));
    update.interval = Duration(value.at("interval").get<qint64>());
    for (const json &answer : value.at("answers"))
        update.answers.append(probeAnswerOf(answer));
    return update;
}

} // namespace cockpit
