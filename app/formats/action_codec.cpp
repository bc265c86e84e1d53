// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/action_codec.h"

#include "app/formats/action_codec_intents.h"

#include <QCoreApplication>

namespace cockpit {

using nlohmann::json;

namespace {

constexpr int kActionFormat = 1;

/// Order of the numbers is the order on the wire; names are what is stored.
constexpr ActionState kActionStates[] = {ActionState::Requested, ActionState::Planned,   ActionState::Armed,
                                         ActionState::Executing, ActionState::Verifying, ActionState::Succeeded,
                                         ActionState::Failed,    ActionState::Cancelled, ActionState::Unknown,
                                         ActionState::Refused};

ActionState actionStateOf(const json &value)
{
    const QString name = textOf(value);
    for (const ActionState state : kActionStates) {
        if (toWireName(state) == name)
            return state;
    }
    throw json::other_error::create(501, "no such state", nullptr);
}

Evidence::Verdict verdictOf(const json &value)
{
    const QString name = textOf(value);
    for (const auto verdict : {Evidence::Verdict::Good, Evidence::Verdict::Bad, Evidence::Verdict::Unknown}) {
        if (toWireName(verdict) == name)
            return verdict;
    }
    throw json::other_error::create(502, "no such verdict", nullptr);
}

json checkRecordJson(const Evidence &check)
{
    return {{"verdict", jsonText(toWireName(check.verdict))},
            {"id", jsonText(check.id)},
            {"text", jsonText(check.text)},
            {"source", jsonText(check.source)},
            {"cluster", jsonText(check.cluster)},
            {"sampledAt", check.sampledAt ? json(toEpochMs(*check.sampledAt)) : json()},
            {"window", check.window ? json(static_cast<qint64>(check.window->count())) : json()},
            {"count", check.count ? json(*check.count) : json()}};
}

Evidence checkOf(const json &value)
{
    Evidence check{verdictOf(value.at("verdict")),
                   textOf(value.at("id")),
                   textOf(value.at("text")),
                   textOf(value.at("source")),
                   textOf(value.at("cluster")),
                   {},
                   {},
                   {}};
    if (!value.at("sampledAt").is_null())
        check.sampledAt = instantOf(value.at("sampledAt"));
    if (!value.at("window").is_null())
        check.window = Duration(value.at("window").get<qint64>());
    if (!value.at("count").is_null())
        check.count = value.at("count").get<qint64>();
    return check;
}

/// A field that earlier versions did not write.
QString textIn(const json &value, const char *name) { return value.contains(name) ? textOf(value.at(name)) : QString(); }

json checksRecordJson(const QList<Evidence> &checks)
{
    json list = json::array();
    for (const Evidence &check : checks)
        list.push_back(checkRecordJson(check));
    return list;
}

json planRecordJson(const ActionPlan &plan)
{
    return {{"title", jsonText(plan.title)},
            {"runLabel", jsonText(plan.runLabel)},
            {"willChange", jsonTexts(plan.willChange)},
            {"willNotChange", jsonTexts(plan.willNotChange)},
            {"diff", jsonText(plan.diff)},
            {"duration", jsonText(plan.duration)},
            {"steps", jsonTexts(plan.steps)},
            {"checks", checksRecordJson(plan.checks)},
            {"advisory", jsonTexts(plan.advisory)},
            {"precondition", jsonText(plan.precondition)},
            {"barMs", static_cast<qint64>(plan.bar.count())},
            {"reverse", plan.reverse ? intentJson(*plan.reverse) : json()}};
}

ActionPlan planOf(const json &value)
{
    ActionPlan plan;
    plan.title = textOf(value.at("title"));
    plan.runLabel = textOf(value.at("runLabel"));
    plan.willChange = textsOf(value.at("willChange"));
    plan.willNotChange = textsOf(value.at("willNotChange"));
    plan.diff = textIn(value, "diff");
    plan.duration = textIn(value, "duration");
    plan.steps = textsOf(value.at("steps"));
    for (const json &check : value.at("checks"))
        plan.checks.append(checkOf(check));
    plan.advisory = textsOf(value.at("advisory"));
    plan.precondition = textOf(value.at("precondition"));
    plan.bar = Duration(value.at("barMs").get<qint64>());
    if (value.contains("reverse") && !value.at("reverse").is_null())
        plan.reverse = intentOf(value.at("reverse"));
    return plan;
}

json requestRecordJson(const ActionRequest &request)
{
    return {{"id", jsonText(request.id.toString())}, {"environment", jsonText(request.environment)},
            {"target", jsonText(request.target)},    {"service", jsonText(request.service.toString())},
            {"intent", intentJson(request.intent)},  {"actor", jsonText(request.actor)},
            {"reason", jsonText(request.reason)},    {"requestedAt", toEpochMs(request.requestedAt)},
            {"proofWindowMs", static_cast<qint64>(request.proofWindow.count())}};
}

std::optional<ActionRequest> requestOf(const json &value)
{
    const auto intent = intentOf(value.at("intent"));
    if (!intent)
        return std::nullopt;
    return ActionRequest{ActionId(textOf(value.at("id"))),
                         textOf(value.at("environment")),
                         textOf(value.at("target")),
                         ServiceId(textOf(value.at("service"))),
                         *intent,
                         textOf(value.at("actor")),
                         textOf(value.at("reason")),
                         instantOf(value.at("requestedAt")),
                         Duration(value.value("proofWindowMs", qint64{0}))};
}

json stepsRecordJson(const QList<ActionStep> &steps)
{
    json list = json::array();
    for (const ActionStep &one : steps) {
        list.push_back({{"text", jsonText(one.text)},
                        {"state", jsonText(toWireName(one.state))},
                        {"at", toEpochMs(one.at)},
                        {"isProgress", one.isProgress}});
    }
    return list;
}

Error unreadableRecord(const QString &why)
{
    return Error{Error::Kind::Parse,
                 QCoreApplication::translate("ActionCodec", "A journal entry cannot be read: %1.").arg(why),
                 QCoreApplication::translate("ActionCodec", "That action is not shown and not resumed."),
                 QCoreApplication::translate("ActionCodec", "Look at it with the version that wrote it.")};
}

Result<ActionRecord> recordOf(const json &value)
{
    const int version = value.at("v").get<int>();
    if (version != kActionFormat)
        return unreadableRecord(QCoreApplication::translate("ActionCodec", "its format is version %1").arg(version));
    const auto request = requestOf(value.at("request"));
    if (!request)
        return unreadableRecord(QCoreApplication::translate("ActionCodec", "its kind of action is not known"));
    ActionRecord record;
    record.request = *request;
    record.plan = planOf(value.at("plan"));
    record.state = actionStateOf(value.at("state"));
    for (const json &one : value.at("steps")) {
        record.steps.append(
            ActionStep{textOf(one.at("text")), actionStateOf(one.at("state")), instantOf(one.at("at")),
                       one.value("isProgress", false)});
    }
    record.accepted = textsOf(value.at("accepted"));
    record.identity = textIn(value, "identity");
    if (value.contains("proof")) {
        for (const json &check : value.at("proof"))
            record.proof.append(checkOf(check));
    }
    record.message = textOf(value.at("message"));
    record.serverReference = textOf(value.at("serverReference"));
    record.serverName = textOf(value.at("serverName"));
    record.updatedAt = instantOf(value.at("updatedAt"));
    if (value.contains("sendBegunAt"))
        record.sendBegunAt = instantOf(value.at("sendBegunAt"));
    record.resumed = value.value("resumed", false);
    return record;
}

nlohmann::ordered_json contractCheckJson(const Evidence &check)
{
    nlohmann::ordered_json value{{"id", jsonText(check.id)},
                                 {"result", jsonText(toWireName(check.verdict))},
                                 {"text", jsonText(check.text)},
                                 {"source", jsonText(check.source)}};
    value["sampledAt"] = nullptr;
    value["window"] = nullptr;
    value["count"] = nullptr;
    if (check.sampledAt)
        value["sampledAt"] = jsonText(toRfc3339(*check.sampledAt));
    if (check.window)
        value["window"] = static_cast<double>(check.window->count()) / 1000.0;
    if (check.count)
        value["count"] = *check.count;
    return value;
}

} // namespace

QByteArray encodeActionRecord(const ActionRecord &record)
{
    json value = {{"v", kActionFormat},
                  {"request", requestRecordJson(record.request)},
                  {"plan", planRecordJson(record.plan)},
                  {"state", jsonText(toWireName(record.state))},
                  {"steps", stepsRecordJson(record.steps)},
                  {"accepted", jsonTexts(record.accepted)},
                  {"identity", jsonText(record.identity)},
                  {"proof", checksRecordJson(record.proof)},
                  {"message", jsonText(record.message)},
                  {"serverReference", jsonText(record.serverReference)},
                  {"serverName", jsonText(record.serverName)},
                  {"updatedAt", toEpochMs(record.updatedAt)}};
    if (record.sendBegunAt)
        value["sendBegunAt"] = toEpochMs(*record.sendBegunAt);
    if (record.resumed)
        value["resumed"] = true;
    return QByteArray::fromStdString(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

Result<ActionRecord> decodeActionRecord(const QByteArray &bytes)
{
    try { // nlohmann reports a wrong shape by exceptions: they end here
        return recordOf(json::parse(bytes.begin(), bytes.end()));
    } catch (const json::exception &problem) {
        return unreadableRecord(QString::fromUtf8(problem.what()));
    }
}

QByteArray actionContractJson(const ActionRecord &record)
{
    nlohmann::ordered_json steps = nlohmann::ordered_json::array();
    for (const ActionStep &one : record.steps) {
        steps.push_back(nlohmann::ordered_json{{"text", jsonText(one.text)},
                                               {"state", jsonText(toWireName(one.state))},
                                               {"at", jsonText(toRfc3339(one.at))}});
    }
    nlohmann::ordered_json checks = nlohmann::ordered_json::array();
    const QList<Evidence> serious = record.plan.seriousChecks();
    for (const Evidence &check : record.plan.checks) {
        checks.push_back(contractCheckJson(check));
        checks.back()["blocks"] = serious.contains(check); // until it is accepted
    }
    nlohmann::ordered_json proof = nlohmann::ordered_json::array();
    for (const Evidence &figure : record.proof)
        proof.push_back(contractCheckJson(figure));
    const nlohmann::ordered_json value{{"id", jsonText(record.request.id.toString())},
                                       {"action", jsonText(wireName(record.request.intent))},
                                       {"object", jsonText(record.request.target)},
                                       {"state", jsonText(toWireName(record.state))},
                                       {"steps", steps},
                                       {"checks", checks},
                                       {"message", jsonText(record.message)},
                                       {"title", jsonText(record.plan.title)},
                                       {"willChange", jsonTexts(record.plan.willChange)},
                                       {"willNotChange", jsonTexts(record.plan.willNotChange)},
                                       {"diff", jsonText(record.plan.diff)},
                                       {"duration", jsonText(record.plan.duration)},
                                       {"proof", proof},
                                       {"identity", jsonText(record.identity)}};
    return QByteArray::fromStdString(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

int actionExitCode(const ActionRecord &record, bool dryRun)
{
    switch (record.state) {
    case ActionState::Succeeded:
        return 0;
    case ActionState::Failed:
        return 1;
    case ActionState::Refused:
        return 2;
    case ActionState::Cancelled:
        return 4;
    case ActionState::Planned:
        return dryRun ? 0 : 3;
    default:
        return 3;
    }
}

} // namespace cockpit
