// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/slack_json.h"

#include "app/formats/json_node.h"

#include <nlohmann/json.hpp>

namespace cockpit {

namespace {

constexpr const char *slackEventType = "dt_cockpit_message";
constexpr int slackLongest = 3000;

QString slackString(JsonNode node)
{
    const std::string_view text = node.text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QByteArray slackDump(const nlohmann::json &body)
{
    return QByteArray::fromStdString(body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

SlackAnswer slackAnswerOf(JsonNode root)
{
    SlackAnswer answer;
    answer.ok = root["ok"].flag();
    answer.error = slackString(root["error"]).left(80);
    answer.channel = slackString(root["channel"]);
    answer.ts = slackString(root["ts"]);
    answer.user = slackString(root["user"]);
    answer.team = slackString(root["team"]);
    answer.cursor = slackString(root["response_metadata"]["next_cursor"]);
    QStringList words;
    root["response_metadata"]["messages"].elements([&](JsonNode one) { words.append(slackString(one)); });
    answer.detail = words.join(QStringLiteral("; ")).simplified().left(300);
    return answer;
}

/// Fails where the body has no "ok": then it is not Slack that answered.
template <typename Read> Result<Done> readSlack(const std::string &text, Read read)
{
    JsonBody body(text);
    bool isSlack = false;
    const auto done = readDocument(body, [&](JsonNode root) {
        isSlack = bool(root["ok"]);
        read(root);
    });
    if (done && !isSlack)
        return FormatWords::notTheProtocol(FormatWords::tr("it does not say whether it is ok"));
    return done;
}

} // namespace

QString slackText(const QString &plain)
{
    QString text;
    for (const QChar c : plain.left(slackLongest)) {
        if (c == u'&')
            text += QStringLiteral("&amp;");
        else if (c == u'<')
            text += QStringLiteral("&lt;");
        else if (c == u'>')
            text += QStringLiteral("&gt;");
        else if (c == u'\n' || c == u'\t' || c.category() != QChar::Other_Control)
            text += c;
    }
    return text;
}

QByteArray slackMessage(const QString &channel, const QString &plain, const QString &thread, const QString &actionId)
{
    nlohmann::json body{{"channel", channel.toStdString()},
                        {"text", slackText(plain).toStdString()},
                        {"parse", "none"}, // "@channel" and "#general" stay words
                        {"link_names", false},
                        {"mrkdwn", false},
                        {"unfurl_links", false},
                        {"unfurl_media", false},
                        {"metadata",
                         {{"event_type", slackEventType}, {"event_payload", {{"action", actionId.toStdString()}}}}}};
    if (!thread.isEmpty())
        body["thread_ts"] = thread.toStdString();
    return slackDump(body);
}

QByteArray slackWebhookMessage(const QString &plain)
{
    return slackDump({{"text", slackText(plain).toStdString()}, {"mrkdwn", false}, {"unfurl_links", false}});
}

Result<SlackAnswer> parseSlackAnswer(const std::string &text)
{
    SlackAnswer answer;
    const auto read = readSlack(text, [&](JsonNode root) { answer = slackAnswerOf(root); });
    return read ? Result<SlackAnswer>(answer) : read.error();
}

Result<SlackMessages> parseSlackMessages(const std::string &text)
{
    SlackMessages list;
    const auto read = readSlack(text, [&](JsonNode root) {
        list = {};
        list.answer = slackAnswerOf(root);
        root["messages"].elements([&](JsonNode one) {
            const JsonNode metadata = one["metadata"];
            const bool isOurs = metadata["event_type"].text() == slackEventType;
            list.messages.push_back({slackString(one["ts"]), slackString(one["text"]),
                                     isOurs ? slackString(metadata["event_payload"]["action"]) : QString()});
        });
    });
    return read ? Result<SlackMessages>(list) : read.error();
}

Result<SlackChannels> parseSlackChannels(const std::string &text, const QString &name)
{
    SlackChannels list;
    const auto read = readSlack(text, [&](JsonNode root) {
        list = {};
        list.answer = slackAnswerOf(root);
        root["channels"].elements([&](JsonNode one) {
            if (slackString(one["name"]) == name)
                list.id = slackString(one["id"]);
        });
    });
    return read ? Result<SlackChannels>(list) : read.error();
}

} // namespace cockpit
