// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/unleash_json.h"
#include "app/formats/unleash_words.h"

#include <algorithm>

namespace cockpit {

namespace {

/// One condition of a strategy, short.
QString constraintWords(JsonNode constraint)
{
    qsizetype values = constraint["value"].text().empty() ? 0 : 1;
    constraint["values"].elements([&](JsonNode) { ++values; });
    const QString name = unleashText(constraint["contextName"]);
    const bool inverted = constraint["inverted"].flag() || constraint["operator"].text() == "NOT_IN";
    return (inverted ? FormatWords::tr("where %1 is none of %2") : FormatWords::tr("where %1 is one of %2"))
        .arg(name, QString::number(values));
}

qsizetype listLength(JsonNode text)
{
    return unleashText(text).split(u',', Qt::SkipEmptyParts).size();
}

QString rolloutPercent(JsonNode strategy)
{
    const JsonNode parameters = strategy["parameters"];
    for (const char *const key : {"rollout", "percentage"}) {
        const JsonNode value = parameters[key];
        if (value)
            return value.text().empty() ? QString::number(value.integer()) : unleashText(value);
    }
    return {};
}

struct EventWords {
    QString what{};
    std::optional<bool> enabled{};
};

EventWords strategyChange(JsonNode event)
{
    const QString before = rolloutPercent(event["preData"]);
    const QString after = rolloutPercent(event["data"]);
    if (!before.isEmpty() && !after.isEmpty() && before != after)
        return {FormatWords::tr("strategy changed: %1 % to %2 %").arg(before, after), {}};
    const QString words = unleashStrategyWords(event["data"]);
    return {words.isEmpty() ? FormatWords::tr("strategy changed") : FormatWords::tr("strategy changed: ") + words, {}};
}

EventWords eventWords(JsonNode event)
{
    const std::string_view type = event["type"].text();
    if (type == "feature-environment-enabled")
        return {FormatWords::tr("on"), true};
    if (type == "feature-environment-disabled")
        return {FormatWords::tr("off"), false};
    if (type == "feature-strategy-update")
        return strategyChange(event);
    if (type == "feature-strategy-add") {
        const QString words = unleashStrategyWords(event["data"]);
        return {words.isEmpty() ? FormatWords::tr("strategy added: everybody")
                                : FormatWords::tr("strategy added: ") + words,
                {}};
    }
    if (type == "feature-strategy-remove")
        return {FormatWords::tr("strategy removed"), {}};
    if (type == "feature-archived")
        return {FormatWords::tr("archived"), {}};
    if (type == "feature-created")
        return {FormatWords::tr("created"), {}};
    if (type == "feature-environment-variants-updated")
        return {FormatWords::tr("variants changed"), {}};
    QString plain = FormatWords::excerpt(type);
    plain.remove(QStringLiteral("feature-")).replace(u'-', u' ');
    return {plain, {}};
}

} // namespace

QString unleashStrategyWords(JsonNode strategy)
{
    const std::string_view name = strategy["name"].text();
    const JsonNode parameters = strategy["parameters"];
    QStringList words;
    const QString percent = rolloutPercent(strategy);
    if (!percent.isEmpty() && percent != u"100") {
        const QString by = unleashText(parameters["stickiness"]);
        const bool told = !by.isEmpty() && by != u"default";
        words.append(told ? FormatWords::tr("%1 % by %2").arg(percent, by) : FormatWords::tr("%1 %").arg(percent));
    }
    if (name == "userWithId")
        words.append(FormatWords::tr("%1 users").arg(listLength(parameters["userIds"])));
    else if (name == "remoteAddress")
        words.append(FormatWords::tr("%1 addresses").arg(listLength(parameters["IPs"])));
    else if (name == "applicationHostname")
        words.append(FormatWords::tr("%1 hosts").arg(listLength(parameters["hostNames"])));
    else if (name != "default" && name != "flexibleRollout" && percent.isEmpty() && !name.empty())
        words.append(FormatWords::tr("by the strategy %1").arg(unleashText(strategy["name"])));
    strategy["constraints"].elements([&](JsonNode constraint) { words.append(constraintWords(constraint)); });
    qsizetype segments = 0;
    strategy["segments"].elements([&](JsonNode) { ++segments; });
    if (segments > 0)
        words.append(FormatWords::tr("in %1 segments").arg(segments));
    return words.join(QStringLiteral(", "));
}

Result<std::vector<FlagEvent>> parseUnleashEvents(const std::string &text, const FlagPlace &place)
{
    JsonBody body(text);
    std::vector<FlagEvent> events;
    bool isLog = false;
    const auto read = readDocument(body, [&](JsonNode root) {
        events.clear();
        isLog = bool(root["events"]);
        root["events"].elements([&](JsonNode event) {
            const std::optional<Instant> at = event["createdAt"].time();
            const QString name = unleashText(event["featureName"]);
            if (!at || name.isEmpty() || event["type"].text().substr(0, 8) != "feature-")
                return;
            const EventWords words = eventWords(event);
            events.push_back({{place.source, unleashText(event["project"]), name},
                              unleashText(event["environment"]),
                              words.what,
                              words.enabled,
                              *at,
                              unleashText(event["createdBy"])});
        });
    });
    if (!read)
        return read.error();
    if (!isLog)
        return FormatWords::notTheProtocol(FormatWords::tr("there is no list of events"));
    std::stable_sort(events.begin(), events.end(),
                     [](const FlagEvent &a, const FlagEvent &b) { return a.at > b.at; });
    return events;
}

} // namespace cockpit
