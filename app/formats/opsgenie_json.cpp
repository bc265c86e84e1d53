// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/opsgenie_json.h"

#include "app/formats/json_node.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cockpit {

namespace {

using GenieJson = nlohmann::json;

QString genieText(JsonNode node)
{
    const std::string_view text = node.text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QByteArray genieDump(const GenieJson &body)
{
    return QByteArray::fromStdString(body.dump(-1, ' ', false, GenieJson::error_handler_t::replace));
}

Page geniePage(JsonNode alert)
{
    Page page;
    page.id = genieText(alert["id"]);
    page.number = alert["tinyId"].number().value_or(0);
    page.title = genieText(alert["message"]);
    const bool isClosed = alert["status"].text() == "closed";
    page.state = isClosed                       ? Page::State::Resolved
                 : alert["acknowledged"].flag() ? Page::State::Acknowledged
                                                : Page::State::Triggered;
    const std::string_view priority = alert["priority"].text();
    page.urgency = priority == "P1" || priority == "P2" ? QStringLiteral("high") : QStringLiteral("low");
    page.dedupKey = genieText(alert["alias"]);
    page.service = genieText(alert["entity"]);
    page.createdAt = alert["createdAt"].time().value_or(Instant{});
    const QString owner = genieText(alert["owner"]);
    if (!owner.isEmpty())
        page.assignees.append(owner);
    const QString by = genieText(alert["report"]["acknowledgedBy"]);
    if (!by.isEmpty())
        page.acknowledgedBy.append(by);
    // Both are milliseconds since the alert was created.
    const auto acknowledged = alert["report"]["ackTime"].number();
    if (page.state == Page::State::Acknowledged && acknowledged && *acknowledged > 0)
        page.acknowledgedAt = page.createdAt + Duration(*acknowledged);
    const auto closed = alert["report"]["closeTime"].number();
    if (isClosed && closed && *closed > 0)
        page.resolvedAt = page.createdAt + Duration(*closed);
    return page;
}

} // namespace

Result<OpsgenieAlerts> parseOpsgenieAlerts(const std::string &text)
{
    JsonBody body(text);
    OpsgenieAlerts alerts;
    bool isList = false;
    const auto read = readDocument(body, [&](JsonNode root) {
        alerts = {};
        isList = bool(root["data"]);
        root["data"].elements([&](JsonNode one) { alerts.pages.push_back(geniePage(one)); });
        alerts.more = !root["paging"]["next"].text().empty();
    });
    if (!read)
        return read.error();
    if (!isList)
        return FormatWords::notTheProtocol(FormatWords::tr("there is no list of alerts"));
    std::erase_if(alerts.pages, [](const Page &one) { return one.id.isEmpty(); });
    return alerts;
}

Result<Page> parseOpsgenieAlert(const std::string &text)
{
    JsonBody body(text);
    Page page;
    const auto read = readDocument(body, [&](JsonNode root) { page = geniePage(root["data"]); });
    if (!read)
        return read.error();
    if (page.id.isEmpty())
        return FormatWords::notTheProtocol(FormatWords::tr("it is no alert"));
    return page;
}

Result<std::vector<OnCall>> parseOpsgenieOnCalls(const std::string &text, const QString &schedule, int level)
{
    JsonBody body(text);
    std::vector<OnCall> onCalls;
    const auto read = readDocument(body, [&](JsonNode root) {
        onCalls.clear();
        root["data"]["onCallRecipients"].elements([&](JsonNode one) {
            const QString person = genieText(one);
            onCalls.push_back({.person = person, .personId = person, .schedule = schedule, .level = level});
        });
    });
    return read ? Result<std::vector<OnCall>>(onCalls) : read.error();
}

QString parseOpsgenieRefusal(const std::string &text)
{
    JsonBody body(text);
    QString words;
    const auto read = readDocument(body, [&](JsonNode root) { words = genieText(root["message"]); });
    return read ? words.simplified().left(300) : QString();
}

QByteArray opsgenieAlert(const TriggerPage &wish)
{
    GenieJson details = GenieJson::object();
    if (!wish.incident.isEmpty())
        details["incident"] = wish.incident.toStdString();
    if (!wish.runbookUrl.isEmpty())
        details["runbook"] = wish.runbookUrl.toStdString();
    return genieDump({{"message", wish.summary.left(130).toStdString()},
                      {"alias", wish.dedupKey.left(512).toStdString()},
                      {"description", wish.summary.toStdString()},
                      {"entity", wish.component.toStdString()},
                      {"source", "dt-cockpit"},
                      {"priority", toWireName(wish.level).toStdString()},
                      {"details", details}});
}

QByteArray opsgenieNote(const QString &user, const QString &note)
{
    GenieJson body{{"source", "dt-cockpit"}, {"note", note.toStdString()}};
    if (!user.isEmpty())
        body["user"] = user.toStdString();
    return genieDump(body);
}

QByteArray opsgenieResponder(const QString &person, const QString &note)
{
    return genieDump({{"responder", {{"type", "user"}, {"username", person.toStdString()}}}, {"note", note.toStdString()}});
}

} // namespace cockpit
