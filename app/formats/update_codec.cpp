// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/update_codec.h"

#include "app/formats/breaker_codec.h"
#include "app/formats/flags_codec.h"
#include "app/formats/paging_codec.h"
#include "app/formats/format_words.h"
#include "app/formats/rollout_codec.h"
#include "app/formats/update_codec_parts.h"

namespace cockpit {

using nlohmann::json;

namespace {

constexpr int updateFormat = 1;

json alertsUpdateJson(const AlertsUpdate &update)
{
    return {{"kind", "alerts"},
            {"source", jsonText(update.source.toString())},
            {"cluster", jsonText(update.cluster)},
            {"at", toEpochMs(update.at)},
            {"alerts", jsonListOf(update.alerts, receivedAlertJson)},
            {"silences", jsonListOf(update.silences, silenceRecordJson)},
            {"uptime", jsonDuration(update.uptime)},
            {"settling", update.settling},
            {"configYaml", jsonText(update.configYaml)}};
}

AlertsUpdate alertsUpdateOf(const json &value)
{
    AlertsUpdate update;
    update.source = SourceId(textOf(value.at("source")));
    update.cluster = textOf(value.at("cluster"));
    update.at = instantOf(value.at("at"));
    update.alerts = listOf<ReceivedAlert>(value.at("alerts"), receivedAlertOf);
    update.silences = listOf<Silence>(value.at("silences"), silenceOf);
    update.uptime = durationOf(value.at("uptime"));
    update.settling = value.at("settling").get<bool>();
    update.configYaml = textOf(value.at("configYaml"));
    return update;
}

json rulesUpdateJson(const RulesUpdate &update)
{
    return {{"kind", "rules"},
            {"source", jsonText(update.source.toString())},
            {"cluster", jsonText(update.cluster)},
            {"at", toEpochMs(update.at)},
            {"rules", jsonListOf(update.rules, alertRuleJson)},
            {"brokenRecordingRules", update.brokenRecordingRules},
            {"brokenRecordingRule", jsonText(update.brokenRecordingRule)}};
}

RulesUpdate rulesUpdateOf(const json &value)
{
    return {SourceId(textOf(value.at("source"))),
            textOf(value.at("cluster")),
            instantOf(value.at("at")),
            listOf<AlertRule>(value.at("rules"), alertRuleOf),
            value.at("brokenRecordingRules").get<int>(),
            textOf(value.at("brokenRecordingRule"))};
}

json endedAlertJson(const PastAlertsUpdate::Ended &ended)
{
    return {{"labels", labelsJson(ended.labels)},
            {"startsAt", toEpochMs(ended.startsAt)},
            {"endedAt", toEpochMs(ended.endedAt)}};
}

PastAlertsUpdate::Ended endedAlertOf(const json &value)
{
    return {labelsOf(value.at("labels")), instantOf(value.at("startsAt")), instantOf(value.at("endedAt"))};
}

json pastAlertsUpdateJson(const PastAlertsUpdate &update)
{
    return {{"kind", "past"},
            {"source", jsonText(update.source.toString())},
            {"cluster", jsonText(update.cluster)},
            {"at", toEpochMs(update.at)},
            {"ended", jsonListOf(update.ended, endedAlertJson)}};
}

PastAlertsUpdate pastAlertsUpdateOf(const json &value)
{
    return {SourceId(textOf(value.at("source"))), textOf(value.at("cluster")), instantOf(value.at("at")),
            listOf<PastAlertsUpdate::Ended>(value.at("ended"), endedAlertOf)};
}

json figureUpdateJson(const FigureUpdate &update)
{
    return {{"kind", "figure"},
            {"source", jsonText(update.source.toString())},
            {"cluster", jsonText(update.cluster)},
            {"figure", jsonText(toWireName(update.figure))},
            {"at", toEpochMs(update.at)},
            {"values", jsonListOf(update.values, figureValueJson)},
            {"warnings", jsonTexts(update.warnings)}};
}

FigureUpdate figureUpdateOf(const json &value)
{
    return {SourceId(textOf(value.at("source"))),
            textOf(value.at("cluster")),
            figureOf(value.at("figure")),
            instantOf(value.at("at")),
            listOf<FigureUpdate::Value>(value.at("values"), figureValueOf),
            textsOf(value.at("warnings"))};
}

json seriesUpdateJson(const SeriesUpdate &update)
{
    const ChartData &data = update.data;
    return {{"kind", "series"},
            {"source", jsonText(update.source.toString())},
            {"service", jsonText(update.key.service.toString())},
            {"figure", jsonText(toWireName(update.key.figure))},
            {"range", static_cast<qint64>(update.key.range.count())},
            {"start", toEpochMs(data.start)},
            {"end", toEpochMs(data.end)},
            {"step", static_cast<qint64>(data.step.count())},
            {"series", jsonListOf(data.series, seriesJson)},
            {"query", jsonText(data.query)},
            {"answeredBy", jsonText(data.source)},
            {"warnings", jsonTexts(data.warnings)},
            {"error", data.error ? errorJson(*data.error) : json()},
            {"loading", data.loading}};
}

SeriesUpdate seriesUpdateOf(const json &value)
{
    SeriesUpdate update;
    update.source = SourceId(textOf(value.at("source")));
    update.key = {ServiceId(textOf(value.at("service"))), figureOf(value.at("figure")),
                  Duration(value.at("range").get<qint64>())};
    update.data.start = instantOf(value.at("start"));
    update.data.end = instantOf(value.at("end"));
    update.data.step = Duration(value.at("step").get<qint64>());
    update.data.series = listOf<Series>(value.at("series"), seriesOf);
    update.data.query = textOf(value.at("query"));
    update.data.source = textOf(value.at("answeredBy"));
    update.data.warnings = textsOf(value.at("warnings"));
    if (!value.at("error").is_null())
        update.data.error = errorOf(value.at("error"));
    update.data.loading = value.at("loading").get<bool>();
    return update;
}

json statusUpdateJson(const StatusUpdate &update)
{
    const SourceStatus &status = update.status;
    return {{"kind", "status"},
            {"source", jsonText(status.id.toString())},
            {"name", jsonText(status.name)},
            {"of", jsonText(toWireName(status.kind))},
            {"cluster", jsonText(status.cluster)},
            {"state", jsonText(toWireName(status.state))},
            {"lastSuccess", jsonInstant(status.lastSuccess)},
            {"downSince", jsonInstant(status.downSince)},
            {"newestSample", jsonInstant(status.newestSample)},
            {"nextTry", jsonInstant(status.nextTry)},
            {"interval", static_cast<qint64>(status.interval.count())},
            {"message", jsonText(status.message)}};
}

StatusUpdate statusUpdateOf(const json &value)
{
    SourceStatus status;
    status.id = SourceId(textOf(value.at("source")));
    status.name = textOf(value.at("name"));
    status.kind = sourceKindOf(value.at("of"));
    status.cluster = textOf(value.at("cluster"));
    status.state = sourceStateOf(value.at("state"));
    status.lastSuccess = optionalInstantOf(value.at("lastSuccess"));
    status.downSince = optionalInstantOf(value.at("downSince"));
    status.newestSample = optionalInstantOf(value.at("newestSample"));
    status.nextTry = optionalInstantOf(value.at("nextTry"));
    status.interval = Duration(value.at("interval").get<qint64>());
    status.message = textOf(value.at("message"));
    return {status};
}

Error unreadableUpdate(const QString &reason)
{
    return {Error::Kind::Parse, FormatWords::tr("A recorded update cannot be read: %1.").arg(reason), {},
            FormatWords::tr("Replay it with the version that recorded it.")};
}

Result<SourceUpdate> updateOf(const json &value)
{
    const int version = value.at("v").get<int>();
    if (version != updateFormat)
        return unreadableUpdate(FormatWords::tr("its format is version %1").arg(version));
    const std::string &kind = value.at("kind").get_ref<const std::string &>();
    if (kind == "alerts")
        return SourceUpdate(alertsUpdateOf(value));
    if (kind == "rules")
        return SourceUpdate(rulesUpdateOf(value));
    if (kind == "figure")
        return SourceUpdate(figureUpdateOf(value));
    if (kind == "series")
        return SourceUpdate(seriesUpdateOf(value));
    if (kind == "status")
        return SourceUpdate(statusUpdateOf(value));
    if (kind == "past")
        return SourceUpdate(pastAlertsUpdateOf(value));
    if (kind == "breakers")
        return SourceUpdate(breakersUpdateOf(value));
    if (kind == "rollouts")
        return SourceUpdate(rolloutsUpdateOf(value));
    if (kind == "flags")
        return SourceUpdate(flagsUpdateOf(value));
    if (kind == "health")
        return SourceUpdate(healthUpdateOf(value));
    if (kind == "paging")
        return SourceUpdate(pagingUpdateOf(value));
    return unreadableUpdate(FormatWords::tr("its kind is not known"));
}

/// One overload per kind of update: a new kind does not compile until it has one.
struct UpdateJson {
    json operator()(const AlertsUpdate &update) const { return alertsUpdateJson(update); }
    json operator()(const RulesUpdate &update) const { return rulesUpdateJson(update); }
    json operator()(const FigureUpdate &update) const { return figureUpdateJson(update); }
    json operator()(const SeriesUpdate &update) const { return seriesUpdateJson(update); }
    json operator()(const StatusUpdate &update) const { return statusUpdateJson(update); }
    json operator()(const PastAlertsUpdate &update) const { return pastAlertsUpdateJson(update); }
    json operator()(const RolloutsUpdate &update) const { return rolloutsUpdateJson(update); }
    json operator()(const BreakersUpdate &update) const { return breakersUpdateJson(update); }
    json operator()(const FlagsUpdate &update) const { return flagsUpdateJson(update); }
    json operator()(const HealthUpdate &update) const { return healthUpdateJson(update); }
    json operator()(const PagingUpdate &update) const { return pagingUpdateJson(update); }
};

} // namespace

QByteArray encodeUpdate(const SourceUpdate &update)
{
    json value = std::visit(UpdateJson{}, update);
    value["v"] = updateFormat;
    return QByteArray::fromStdString(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

Result<SourceUpdate> decodeUpdate(std::string_view line)
{
    try { // nlohmann reports a wrong shape by exceptions: they end here
        return updateOf(json::parse(line));
    } catch (const json::exception &problem) {
        return unreadableUpdate(QString::fromUtf8(problem.what()));
    }
}

} // namespace cockpit
