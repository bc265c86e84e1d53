// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/update_codec_parts.h"

#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace cockpit {

using nlohmann::json;

namespace {

template<typename T> using WireNames = std::pair<T, const char *>;

constexpr std::array<WireNames<Silence::State>, 3> silenceStates{{{Silence::State::Active, "active"},
                                                                  {Silence::State::Pending, "pending"},
                                                                  {Silence::State::Expired, "expired"}}};
constexpr std::array<WireNames<AlertRule::Health>, 3> ruleHealths{{{AlertRule::Health::Ok, "ok"},
                                                                   {AlertRule::Health::Error, "err"},
                                                                   {AlertRule::Health::Unknown, "unknown"}}};
constexpr std::array<WireNames<Error::Kind>, 16> errorKinds{{{Error::Kind::Network, "network"},
                                                             {Error::Kind::Timeout, "timeout"},
                                                             {Error::Kind::Tls, "tls"},
                                                             {Error::Kind::Unauthorized, "unauthorized"},
                                                             {Error::Kind::Forbidden, "forbidden"},
                                                             {Error::Kind::NotFound, "notFound"},
                                                             {Error::Kind::Conflict, "conflict"},
                                                             {Error::Kind::RateLimited, "rateLimited"},
                                                             {Error::Kind::Server, "server"},
                                                             {Error::Kind::Rejected, "rejected"},
                                                             {Error::Kind::Parse, "parse"},
                                                             {Error::Kind::TooLarge, "tooLarge"},
                                                             {Error::Kind::Cancelled, "cancelled"},
                                                             {Error::Kind::Unavailable, "unavailable"},
                                                             {Error::Kind::Invalid, "invalid"},
                                                             {Error::Kind::Storage, "storage"}}};

[[noreturn]] void throwUnknownName() { throw json::other_error::create(501, "no such name", nullptr); }

template<typename T, size_t count>
const char *nameOf(const std::array<WireNames<T>, count> &names, T wanted)
{
    for (const auto &[item, name] : names) {
        if (item == wanted)
            return name;
    }
    return "";
}

template<typename T, size_t count> T namedBy(const std::array<WireNames<T>, count> &names, const json &value)
{
    const std::string &wanted = value.get_ref<const std::string &>();
    for (const auto &[item, name] : names) {
        if (wanted == name)
            return item;
    }
    throwUnknownName();
}

json instanceJson(const AlertRule::Instance &instance)
{
    return {{"labels", labelsJson(instance.labels)},
            {"annotations", labelsJson(instance.annotations)},
            {"firing", instance.firing},
            {"activeAt", toEpochMs(instance.activeAt)},
            {"value", jsonText(instance.value)}};
}

AlertRule::Instance instanceOf(const json &value)
{
    return {labelsOf(value.at("labels")), labelsOf(value.at("annotations")), value.at("firing").get<bool>(),
            instantOf(value.at("activeAt")), textOf(value.at("value"))};
}

} // namespace

json labelsJson(const Labels &labels)
{
    json object = json::object();
    for (const auto &[name, text] : labels)
        object[jsonText(name)] = jsonText(text);
    return object;
}

Labels labelsOf(const json &value)
{
    std::vector<Labels::Pair> pairs;
    for (const auto &[name, text] : value.items())
        pairs.emplace_back(QString::fromStdString(name), textOf(text));
    return Labels(std::move(pairs));
}

json jsonInstant(const std::optional<Instant> &instant) { return instant ? json(toEpochMs(*instant)) : json(); }

std::optional<Instant> optionalInstantOf(const json &value)
{
    return value.is_null() ? std::nullopt : std::optional<Instant>(instantOf(value));
}

json jsonDuration(const std::optional<Duration> &duration)
{
    return duration ? json(static_cast<qint64>(duration->count())) : json();
}

std::optional<Duration> durationOf(const json &value)
{
    return value.is_null() ? std::nullopt : std::optional<Duration>(Duration(value.get<qint64>()));
}

json receivedAlertJson(const ReceivedAlert &alert)
{
    return {{"fingerprint", jsonText(alert.fingerprint)},
            {"labels", labelsJson(alert.labels)},
            {"annotations", labelsJson(alert.annotations)},
            {"startsAt", toEpochMs(alert.startsAt)},
            {"updatedAt", toEpochMs(alert.updatedAt)},
            {"endsAt", toEpochMs(alert.endsAt)},
            {"suppressed", alert.suppressed},
            {"silencedBy", jsonTexts(alert.silencedBy)},
            {"inhibitedBy", jsonTexts(alert.inhibitedBy)},
            {"mutedBy", jsonTexts(alert.mutedBy)},
            {"receivers", jsonTexts(alert.receivers)},
            {"generatorUrl", jsonText(alert.generatorUrl)},
            {"repaired", alert.repaired}};
}

ReceivedAlert receivedAlertOf(const json &value)
{
    return {textOf(value.at("fingerprint")),      labelsOf(value.at("labels")),
            labelsOf(value.at("annotations")),    instantOf(value.at("startsAt")),
            instantOf(value.at("updatedAt")),     instantOf(value.at("endsAt")),
            value.at("suppressed").get<bool>(),   textsOf(value.at("silencedBy")),
            textsOf(value.at("inhibitedBy")),     textsOf(value.at("mutedBy")),
            textsOf(value.at("receivers")),       textOf(value.at("generatorUrl")),
            value.at("repaired").get<bool>()};
}

json silenceRecordJson(const Silence &silence)
{
    return {{"id", jsonText(silence.id)},
            {"matchers", jsonMatchers(silence.matchers)},
            {"startsAt", toEpochMs(silence.startsAt)},
            {"endsAt", toEpochMs(silence.endsAt)},
            {"updatedAt", toEpochMs(silence.updatedAt)},
            {"createdBy", jsonText(silence.createdBy)},
            {"comment", jsonText(silence.comment)},
            {"state", nameOf(silenceStates, silence.state)}};
}

Silence silenceOf(const json &value)
{
    QList<Matcher> matchers;
    for (const json &item : value.at("matchers")) {
        matchers.append({textOf(item.at("name")), textOf(item.at("value")), item.at("isRegex").get<bool>(),
                         item.at("isEqual").get<bool>()});
    }
    return {textOf(value.at("id")),           matchers,
            instantOf(value.at("startsAt")),  instantOf(value.at("endsAt")),
            instantOf(value.at("updatedAt")), textOf(value.at("createdBy")),
            textOf(value.at("comment")),      namedBy(silenceStates, value.at("state"))};
}

json alertRuleJson(const AlertRule &rule)
{
    json instances = json::array();
    for (const AlertRule::Instance &instance : rule.instances)
        instances.push_back(instanceJson(instance));
    return {{"group", jsonText(rule.group)},
            {"name", jsonText(rule.name)},
            {"query", jsonText(rule.query)},
            {"holdFor", static_cast<qint64>(rule.holdFor.count())},
            {"labels", labelsJson(rule.labels)},
            {"annotations", labelsJson(rule.annotations)},
            {"health", nameOf(ruleHealths, rule.health)},
            {"lastError", jsonText(rule.lastError)},
            {"lastEvaluation", jsonInstant(rule.lastEvaluation)},
            {"interval", static_cast<qint64>(rule.interval.count())},
            {"instances", instances}};
}

AlertRule alertRuleOf(const json &value)
{
    AlertRule rule;
    rule.group = textOf(value.at("group"));
    rule.name = textOf(value.at("name"));
    rule.query = textOf(value.at("query"));
    rule.holdFor = Duration(value.at("holdFor").get<qint64>());
    rule.labels = labelsOf(value.at("labels"));
    rule.annotations = labelsOf(value.at("annotations"));
    rule.health = namedBy(ruleHealths, value.at("health"));
    rule.lastError = textOf(value.at("lastError"));
    rule.lastEvaluation = optionalInstantOf(value.at("lastEvaluation"));
    rule.interval = Duration(value.at("interval").get<qint64>());
    for (const json &instance : value.at("instances"))
        rule.instances.push_back(instanceOf(instance));
    return rule;
}

json figureValueJson(const FigureUpdate::Value &item)
{
    return {{"labels", labelsJson(item.labels)},
            {"value", item.value ? json(*item.value) : json()},
            {"at", toEpochMs(item.at)}};
}

FigureUpdate::Value figureValueOf(const json &value)
{
    const json &number = value.at("value");
    return {labelsOf(value.at("labels")),
            number.is_null() ? std::nullopt : std::optional<double>(number.get<double>()),
            instantOf(value.at("at"))};
}

json seriesJson(const Series &series)
{
    json points = json::array();
    for (const Point &point : series.points)
        points.push_back({toEpochMs(point.at), std::isfinite(point.value) ? json(point.value) : json()});
    return {{"labels", labelsJson(series.labels)}, {"points", points}};
}

Series seriesOf(const json &value)
{
    Series series;
    series.labels = labelsOf(value.at("labels"));
    for (const json &point : value.at("points")) {
        const json &number = point.at(1);
        series.points.push_back({instantOf(point.at(0)), number.is_null() ? std::numeric_limits<double>::quiet_NaN()
                                                                          : number.get<double>()});
    }
    return series;
}

json errorJson(const Error &error)
{
    return {{"kind", nameOf(errorKinds, error.kind)},
            {"what", jsonText(error.what)},
            {"meaning", jsonText(error.meaning)},
            {"next", jsonText(error.next)}};
}

Error errorOf(const json &value)
{
    return {namedBy(errorKinds, value.at("kind")), textOf(value.at("what")), textOf(value.at("meaning")),
            textOf(value.at("next"))};
}

Figure figureOf(const json &value)
{
    const std::optional<Figure> figure = figureFromWireName(textOf(value));
    if (!figure)
        throwUnknownName();
    return *figure;
}

SourceStatus::Kind sourceKindOf(const json &value)
{
    const QString name = textOf(value);
    for (const auto kind : {SourceStatus::Kind::Prometheus, SourceStatus::Kind::Alertmanager, SourceStatus::Kind::Kubernetes,
                            SourceStatus::Kind::Flags, SourceStatus::Kind::Breakers,
                            SourceStatus::Kind::Paging, SourceStatus::Kind::Chat}) {
        if (toWireName(kind) == name)
            return kind;
    }
    throwUnknownName();
}

SourceStatus::State sourceStateOf(const json &value)
{
    using State = SourceStatus::State;
    const QString name = textOf(value);
    for (const auto state :
         {State::Ok, State::Partial, State::Stale, State::Down, State::Unauthorized, State::Connecting}) {
        if (toWireName(state) == name)
            return state;
    }
    throwUnknownName();
}

} // namespace cockpit
