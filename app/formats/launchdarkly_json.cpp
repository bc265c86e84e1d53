// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/launchdarkly_json.h"

#include "app/formats/json_node.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cockpit {

namespace {

QString darklyText(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }
QString darklyText(JsonNode node) { return darklyText(node.text()); }

std::optional<Instant> darklyTime(JsonNode node)
{
    const std::optional<qint64> ms = node.number();
    return ms && *ms > 0 ? std::optional(fromEpochMs(*ms)) : std::nullopt;
}

/// "25 % / 75 %" of a rollout by weight (of 100 000), and how many rules stand before it.
QString servedWords(JsonNode environment)
{
    QStringList words;
    QStringList shares;
    environment["fallthrough"]["rollout"]["variations"].elements([&](JsonNode variation) {
        const double share = static_cast<double>(variation["weight"].integer()) / 1000.0;
        shares.append(FormatWords::tr("%1 %").arg(QString::number(share, 'g', 4)));
    });
    if (shares.size() > 1)
        words.append(FormatWords::tr("split %1").arg(shares.join(QStringLiteral(" / "))));
    int rules = 0;
    environment["rules"].elements([&](JsonNode) { ++rules; });
    int targets = 0;
    environment["targets"].elements([&](JsonNode target) { target["values"].elements([&](JsonNode) { ++targets; }); });
    if (rules > 0)
        words.append(FormatWords::tr("%1 rules").arg(rules));
    if (targets > 0)
        words.append(FormatWords::tr("%1 named targets").arg(targets));
    return words.join(QStringLiteral(", "));
}

ParsedFlag darklyFlag(JsonNode item, const FlagPlace &place)
{
    ParsedFlag parsed;
    FeatureFlag &flag = parsed.flag;
    flag.key = {place.source, place.project, darklyText(item["key"])};
    flag.description = darklyText(item["description"]);
    flag.kind = item["temporary"].flag() ? QStringLiteral("release") : QStringLiteral("permanent");
    flag.stale = item["deprecated"].flag();
    flag.here = place.here;
    flag.service = place.services.value(flag.key.name);
    item["tags"].elements([&](JsonNode tag) {
        const QString text = darklyText(tag);
        if (flag.service.isEmpty() && text.startsWith(u"service:"))
            flag.service = ServiceId(text.mid(8));
    });
    parsed.isArchived = item["archived"].flag();
    item["environments"].fields([&](std::string_view name, JsonNode environment) {
        FlagState state;
        state.environment = darklyText(name);
        if (!place.shows(state.environment))
            return;
        state.isProduction = name == "production" || environment["critical"].flag();
        if (environment["on"])
            state.enabled = environment["on"].flag();
        state.gradual = servedWords(environment);
        state.needsApproval = environment["approvalSettings"]["required"].flag();
        state.lastSeenAt = darklyTime(environment["lastRequested"]);
        if (state.environment == place.here) {
            flag.changedAt = darklyTime(environment["lastModified"]);
            parsed.version = QString::number(environment["version"].number().value_or(0));
            parsed.whenOn = state.gradual;
        }
        flag.states.append(state);
    });
    return parsed;
}

/// "turned on the flag" and "turned off the flag" are what LaunchDarkly writes.
std::optional<bool> switchedTo(const QString &verb)
{
    if (verb.contains(QStringLiteral("turned on")))
        return true;
    return verb.contains(QStringLiteral("turned off")) ? std::optional(false) : std::nullopt;
}

/// "proj/demo:env/production:flag/fast-join" into its environment and flag.
void readResource(const QString &resource, FlagEvent &event)
{
    for (const QString &part : resource.split(u':')) {
        const QString name = part.section(u'/', 1).section(u';', 0, 0);
        if (part.startsWith(u"proj/"))
            event.flag.project = name;
        else if (part.startsWith(u"env/"))
            event.environment = name;
        else if (part.startsWith(u"flag/"))
            event.flag.name = name;
    }
}

FlagEvent darklyEvent(JsonNode item, const FlagPlace &place)
{
    FlagEvent event;
    event.flag.source = place.source;
    item["target"]["resources"].elements([&](JsonNode resource) { readResource(darklyText(resource), event); });
    const QString verb = darklyText(item["titleVerb"]);
    event.enabled = switchedTo(verb);
    event.what = event.enabled ? (*event.enabled ? FormatWords::tr("on") : FormatWords::tr("off")) : verb;
    event.at = darklyTime(item["date"]).value_or(Instant{});
    event.who = darklyText(item["member"]["email"]);
    if (event.who.isEmpty())
        event.who = darklyText(item["token"]["name"]);
    return event;
}

} // namespace

Result<LaunchDarklyPage> parseLaunchDarklyFlags(const std::string &text, const FlagPlace &place)
{
    JsonBody body(text);
    LaunchDarklyPage page;
    bool isList = false;
    const auto read = readDocument(body, [&](JsonNode root) {
        page = {};
        isList = bool(root["items"]);
        root["items"].elements([&](JsonNode item) { page.flags.push_back(darklyFlag(item, place)); });
        page.total = root["totalCount"].number();
    });
    if (!read)
        return read.error();
    if (!isList)
        return FormatWords::notTheProtocol(FormatWords::tr("there is no list of flags"));
    return page;
}

Result<ParsedFlag> parseLaunchDarklyFlag(const std::string &text, const FlagPlace &place)
{
    JsonBody body(text);
    ParsedFlag parsed;
    const auto read = readDocument(body, [&](JsonNode root) { parsed = darklyFlag(root, place); });
    if (!read)
        return read.error();
    if (parsed.flag.key.name.isEmpty())
        return FormatWords::notTheProtocol(FormatWords::tr("it is no flag"));
    return parsed;
}

Result<std::vector<FlagEvent>> parseLaunchDarklyEvents(const std::string &text, const FlagPlace &place)
{
    JsonBody body(text);
    std::vector<FlagEvent> events;
    const auto read = readDocument(body, [&](JsonNode root) {
        events.clear();
        root["items"].elements([&](JsonNode item) {
            FlagEvent event = darklyEvent(item, place);
            if (!event.flag.name.isEmpty() && event.at != Instant{})
                events.push_back(std::move(event));
        });
    });
    if (!read)
        return read.error();
    std::stable_sort(events.begin(), events.end(),
                     [](const FlagEvent &a, const FlagEvent &b) { return a.at > b.at; });
    return events;
}

Result<QStringList> parseLaunchDarklyMember(const std::string &text)
{
    JsonBody body(text);
    QStringList names;
    const auto read = readDocument(body, [&](JsonNode root) {
        for (const char *const key : {"email", "tokenName"}) {
            if (const QString name = darklyText(root[key]); !name.isEmpty())
                names.append(name);
        }
    });
    return read ? Result<QStringList>(names) : read.error();
}

QByteArray launchDarklySwitch(const QString &environment, bool enabled, const QString &comment)
{
    const nlohmann::json patch{
        {"environmentKey", environment.toStdString()},
        {"comment", comment.toStdString()},
        {"instructions", nlohmann::json::array({{{"kind", enabled ? "turnFlagOn" : "turnFlagOff"}}})}};
    return QByteArray::fromStdString(patch.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

LaunchDarklyRefusal parseLaunchDarklyRefusal(const std::string &text)
{
    LaunchDarklyRefusal refusal;
    JsonBody body(text);
    const auto read = readDocument(body, [&](JsonNode root) {
        refusal.code = darklyText(root["code"]);
        refusal.message = darklyText(root["message"]).simplified().left(300);
    });
    if (!read)
        return {};
    refusal.asksForApproval = refusal.code.contains(QStringLiteral("approval"), Qt::CaseInsensitive) ||
                              refusal.message.contains(QStringLiteral("approval"), Qt::CaseInsensitive);
    return refusal;
}

} // namespace cockpit
