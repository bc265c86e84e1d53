// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/pagerduty_json.h"

#include "app/formats/json_node.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cockpit {

namespace {

using DutyJson = nlohmann::json;

QString dutyText(JsonNode node)
{
    const std::string_view text = node.text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The name of a reference: its summary, else its name.
QString dutyName(JsonNode reference)
{
    const QString summary = dutyText(reference["summary"]);
    return summary.isEmpty() ? dutyText(reference["name"]) : summary;
}

QByteArray dutyDump(const DutyJson &body)
{
    return QByteArray::fromStdString(body.dump(-1, ' ', false, DutyJson::error_handler_t::replace));
}

std::string dutyString(const QString &text, int most = 1024) { return text.left(most).toStdString(); }

Page::State dutyState(std::string_view word)
{
    return word == "triggered"      ? Page::State::Triggered
           : word == "acknowledged" ? Page::State::Acknowledged
                                    : Page::State::Resolved;
}

void readDutyPeople(JsonNode incident, ParsedPage &parsed)
{
    Page &page = parsed.page;
    incident["assignments"].elements([&](JsonNode one) {
        page.assignees.append(dutyName(one["assignee"]));
        parsed.assigneeIds.append(dutyText(one["assignee"]["id"]));
        if (const auto at = one["at"].time(); at && (!page.assignedAt || *at > *page.assignedAt))
            page.assignedAt = at;
    });
    incident["acknowledgements"].elements([&](JsonNode one) {
        page.acknowledgedBy.append(dutyName(one["acknowledger"]));
        if (const auto at = one["at"].time(); at && (!page.acknowledgedAt || *at < *page.acknowledgedAt))
            page.acknowledgedAt = at;
    });
    incident["incidents_responders"].elements([&](JsonNode one) { parsed.responderIds.append(dutyText(one["user"]["id"])); });
    incident["pending_actions"].elements([&](JsonNode one) {
        if (one["type"].text() == "escalate")
            page.escalatesAt = one["at"].time();
    });
}

ParsedPage dutyPage(JsonNode incident)
{
    ParsedPage parsed;
    Page &page = parsed.page;
    page.id = dutyText(incident["id"]);
    page.number = incident["incident_number"].number().value_or(0);
    page.title = dutyText(incident["title"]);
    page.state = dutyState(incident["status"].text());
    page.urgency = dutyText(incident["urgency"]);
    page.dedupKey = dutyText(incident["incident_key"]);
    page.service = dutyName(incident["service"]);
    page.serviceId = dutyText(incident["service"]["id"]);
    page.policyId = dutyText(incident["escalation_policy"]["id"]);
    page.createdAt = incident["created_at"].time().value_or(Instant{});
    page.url = dutyText(incident["html_url"]);
    if (page.state == Page::State::Resolved) {
        page.resolvedAt = incident["resolved_at"].time();
        if (!page.resolvedAt)
            page.resolvedAt = incident["last_status_change_at"].time();
    }
    readDutyPeople(incident, parsed);
    return parsed;
}

} // namespace

Result<PagerDutyPages> parsePagerDutyIncidents(const std::string &text)
{
    JsonBody body(text);
    PagerDutyPages pages;
    bool isList = false;
    const auto read = readDocument(body, [&](JsonNode root) {
        pages = {};
        isList = bool(root["incidents"]);
        root["incidents"].elements([&](JsonNode one) { pages.pages.push_back(dutyPage(one)); });
        pages.more = root["more"].flag();
    });
    if (!read)
        return read.error();
    if (!isList)
        return FormatWords::notTheProtocol(FormatWords::tr("there is no list of incidents"));
    std::erase_if(pages.pages, [](const ParsedPage &one) { return one.page.id.isEmpty(); });
    return pages;
}

Result<ParsedPage> parsePagerDutyIncident(const std::string &text)
{
    JsonBody body(text);
    ParsedPage parsed;
    const auto read = readDocument(body, [&](JsonNode root) { parsed = dutyPage(root["incident"]); });
    if (!read)
        return read.error();
    if (parsed.page.id.isEmpty())
        return FormatWords::notTheProtocol(FormatWords::tr("it is no incident"));
    return parsed;
}

Result<PagerDutyOnCalls> parsePagerDutyOnCalls(const std::string &text)
{
    JsonBody body(text);
    PagerDutyOnCalls list;
    bool isList = false;
    const auto read = readDocument(body, [&](JsonNode root) {
        list = {};
        isList = bool(root["oncalls"]);
        root["oncalls"].elements([&](JsonNode one) {
            list.onCalls.push_back(OnCall{.person = dutyName(one["user"]),
                                          .personId = dutyText(one["user"]["id"]),
                                          .schedule = dutyName(one["schedule"]),
                                          .policy = dutyName(one["escalation_policy"]),
                                          .policyId = dutyText(one["escalation_policy"]["id"]),
                                          .level = std::max(1, one["escalation_level"].integer(1)),
                                          .until = one["end"].time()});
        });
        list.more = root["more"].flag();
    });
    if (!read)
        return read.error();
    if (!isList)
        return FormatWords::notTheProtocol(FormatWords::tr("there is no list of people on call"));
    std::erase_if(list.onCalls, [](const OnCall &one) { return one.personId.isEmpty(); });
    return list;
}

Result<QString> parsePagerDutyUser(const std::string &text, const QString &email)
{
    JsonBody body(text);
    QString id;
    const auto read = readDocument(body, [&](JsonNode root) {
        id.clear();
        root["users"].elements([&](JsonNode user) {
            if (dutyText(user["email"]).compare(email, Qt::CaseInsensitive) == 0)
                id = dutyText(user["id"]);
        });
    });
    return read ? Result<QString>(id) : read.error();
}

QString parsePagerDutyRefusal(const std::string &text)
{
    JsonBody body(text);
    QStringList words;
    const auto read = readDocument(body, [&](JsonNode root) {
        words.clear();
        const JsonNode error = root["error"].isObject() ? root["error"] : root;
        words.append(dutyText(error["message"]));
        error["errors"].elements([&](JsonNode one) { words.append(dutyText(one)); });
    });
    words.removeAll(QString());
    return read ? words.join(QStringLiteral("; ")).simplified().left(300) : QString();
}

QByteArray pagerDutyTrigger(const QByteArray &routingKey, const TriggerPage &wish, Instant at)
{
    static constexpr const char *severities[] = {"critical", "error", "warning", "info"};
    const auto index = static_cast<std::size_t>(std::clamp(static_cast<int>(wish.level), 1, 4) - 1);
    DutyJson details{{"level", dutyString(toWireName(wish.level))}};
    if (!wish.incident.isEmpty())
        details["incident"] = dutyString(wish.incident);
    DutyJson body{{"routing_key", routingKey.toStdString()},
                  {"event_action", "trigger"},
                  {"dedup_key", dutyString(wish.dedupKey, kLongestDedupKey)},
                  {"client", "dt-cockpit"},
                  {"payload",
                   {{"summary", dutyString(wish.summary)},
                    {"source", wish.component.isEmpty() ? "dt-cockpit" : dutyString(wish.component)},
                    {"severity", severities[index]},
                    {"timestamp", toRfc3339(at).toStdString()},
                    {"component", dutyString(wish.component)},
                    {"custom_details", details}}}};
    if (!wish.runbookUrl.isEmpty())
        body["links"] = {{{"href", dutyString(wish.runbookUrl, 2048)}, {"text", "Runbook"}}};
    return dutyDump(body);
}

QByteArray pagerDutyEvent(const QByteArray &routingKey, Page::State state, const QString &dedupKey)
{
    return dutyDump({{"routing_key", routingKey.toStdString()},
                     {"event_action", state == Page::State::Resolved ? "resolve" : "acknowledge"},
                     {"dedup_key", dutyString(dedupKey, kLongestDedupKey)}});
}

QByteArray pagerDutyState(Page::State state)
{
    return dutyDump({{"incident", {{"type", "incident_reference"}, {"status", toWireName(state).toStdString()}}}});
}

QByteArray pagerDutyEscalation(int level)
{
    return dutyDump({{"incident", {{"type", "incident_reference"}, {"escalation_level", level}}}});
}

QByteArray pagerDutyResponders(const QString &requesterId, const QStringList &people, const QString &message)
{
    DutyJson targets = DutyJson::array();
    for (const QString &person : people)
        targets.push_back({{"responder_request_target", {{"id", dutyString(person)}, {"type", "user_reference"}}}});
    return dutyDump({{"requester_id", dutyString(requesterId)},
                     {"message", dutyString(message)},
                     {"responder_request_targets", targets}});
}

} // namespace cockpit
