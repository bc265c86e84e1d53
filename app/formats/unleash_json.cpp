// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/unleash_json.h"

#include "app/formats/json_node.h"
#include "app/formats/unleash_words.h"

#include <algorithm>

namespace cockpit {

QString unleashText(JsonNode node)
{
    const std::string_view text = node.text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

namespace {

FlagState environmentState(JsonNode environment)
{
    FlagState state;
    state.environment = unleashText(environment["name"]);
    state.isProduction = environment["type"].text() == "production";
    if (environment["enabled"])
        state.enabled = environment["enabled"].flag();
    state.lastSeenAt = environment["lastSeenAt"].time();
    return state;
}

ServiceId serviceOf(const FeatureFlag &flag, JsonNode feature, const FlagPlace &place)
{
    if (const auto configured = place.services.constFind(flag.key.name); configured != place.services.constEnd())
        return *configured;
    ServiceId service;
    feature["tags"].elements([&](JsonNode tag) {
        if (tag["type"].text() == "service")
            service = ServiceId(unleashText(tag["value"]));
    });
    return service;
}

/// What the list and the single flag tell alike.
ParsedFlag featureOf(JsonNode feature, const FlagPlace &place)
{
    ParsedFlag parsed;
    FeatureFlag &flag = parsed.flag;
    flag.key = {place.source, unleashText(feature["project"]), unleashText(feature["name"])};
    if (flag.key.project.isEmpty())
        flag.key.project = place.project;
    flag.description = unleashText(feature["description"]);
    flag.kind = unleashText(feature["type"]);
    flag.stale = feature["stale"].flag();
    flag.here = place.here;
    flag.service = serviceOf(flag, feature, place);
    parsed.isArchived = feature["archived"].flag() || bool(feature["archivedAt"]);
    feature["environments"].elements([&](JsonNode environment) {
        const FlagState state = environmentState(environment);
        if (place.shows(state.environment))
            flag.states.append(state);
        if (state.environment != place.here || !environment["hasStrategies"])
            return;
        parsed.enabledStrategies = environment["hasEnabledStrategies"].flag() ? 1 : 0;
        const bool someDisabled = environment["hasStrategies"].flag() && !environment["hasEnabledStrategies"].flag();
        parsed.disabledStrategies = someDisabled ? 1 : 0;
    });
    return parsed;
}

/// Counts the strategies of one environment and says who gets the flag.
void readStrategies(JsonNode strategies, ParsedFlag &parsed, FlagState *state)
{
    int enabled = 0;
    int disabled = 0;
    QStringList active;
    QStringList idle;
    bool everybody = false;
    strategies.elements([&](JsonNode strategy) {
        const bool isOff = strategy["disabled"].flag();
        const QString words = unleashStrategyWords(strategy);
        (isOff ? disabled : enabled) += 1;
        everybody = everybody || (!isOff && words.isEmpty());
        (isOff ? idle : active).append(words);
    });
    active.removeAll(QString());
    idle.removeAll(QString());
    const QString words = everybody ? QString() : (enabled > 0 ? active : idle).join(QStringLiteral("; "));
    if (state)
        state->gradual = enabled > 0 ? words : QString();
    parsed.enabledStrategies = enabled;
    parsed.disabledStrategies = disabled;
    parsed.whenOn = words;
}

} // namespace

Result<UnleashPage> parseUnleashFeatures(const std::string &text, const FlagPlace &place)
{
    JsonBody body(text);
    UnleashPage page;
    bool isList = false;
    const auto read = readDocument(body, [&](JsonNode root) {
        page = {};
        isList = bool(root["features"]);
        root["features"].elements([&](JsonNode feature) { page.flags.push_back(featureOf(feature, place)); });
        page.total = root["total"].number();
    });
    if (!read)
        return read.error();
    if (!isList)
        return FormatWords::notTheProtocol(FormatWords::tr("there is no list of features"));
    std::erase_if(page.flags, [](const ParsedFlag &one) { return one.flag.key.name.isEmpty(); });
    return page;
}

Result<ParsedFlag> parseUnleashFeature(const std::string &text, const FlagPlace &place)
{
    JsonBody body(text);
    ParsedFlag parsed;
    const auto read = readDocument(body, [&](JsonNode root) {
        parsed = featureOf(root, place);
        root["environments"].elements([&](JsonNode environment) {
            const QString name = unleashText(environment["name"]);
            const auto state = std::find_if(parsed.flag.states.begin(), parsed.flag.states.end(),
                                            [&](const FlagState &one) { return one.environment == name; });
            FlagState *const shown = state == parsed.flag.states.end() ? nullptr : &*state;
            ParsedFlag other;
            readStrategies(environment["strategies"], name == place.here ? parsed : other, shown);
        });
    });
    if (!read)
        return read.error();
    if (parsed.flag.key.name.isEmpty())
        return FormatWords::notTheProtocol(FormatWords::tr("it is no feature"));
    return parsed;
}

Result<QStringList> parseUnleashUser(const std::string &text)
{
    JsonBody body(text);
    QStringList names;
    const auto read = readDocument(body, [&](JsonNode root) {
        const JsonNode user = root["user"] ? root["user"] : root;
        for (const char *const key : {"email", "username", "name"}) {
            const QString name = unleashText(user[key]);
            if (!name.isEmpty() && !names.contains(name))
                names.append(name);
        }
    });
    return read ? Result<QStringList>(names) : read.error();
}

Result<QSet<QString>> parseChangeRequestConfig(const std::string &text)
{
    JsonBody body(text);
    QSet<QString> environments;
    const auto read = readDocument(body, [&](JsonNode root) {
        root.elements([&](JsonNode one) {
            if (one["changeRequestEnabled"].flag())
                environments.insert(unleashText(one["environment"]));
        });
    });
    return read ? Result<QSet<QString>>(environments) : read.error();
}

UnleashRefusal parseUnleashRefusal(const std::string &text)
{
    UnleashRefusal refusal;
    JsonBody body(text);
    const auto read = readDocument(body, [&](JsonNode root) {
        refusal.name = unleashText(root["name"]);
        refusal.message = unleashText(root["message"]);
        root["details"].elements([&](JsonNode detail) {
            const QString words = unleashText(detail["message"]);
            if (refusal.message.isEmpty())
                refusal.message = words;
        });
        const auto isSkip = [&](JsonNode one) {
            refusal.asksForChangeRequest = refusal.asksForChangeRequest || one.text() == "SKIP_CHANGE_REQUEST";
        };
        root["permissions"].elements(isSkip);
        isSkip(root["permission"]);
    });
    if (!read)
        return {};
    refusal.message = refusal.message.simplified().left(300);
    return refusal;
}

} // namespace cockpit
