// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <vector>

namespace cockpit {

// Bodies of Slack's Web API and of its webhooks (backends.md §9). Errors of readers: Parse.

/// Text for a message: `&`, `<` and `>` as Slack wants them, so that nothing in it is a mention, a link or a command.
/// Control characters but the line break are left out; at most 3000 characters.
QString slackText(const QString &plain);

/// `chat.postMessage`. The action's id travels as metadata, so that the message can be found again.
QByteArray slackMessage(const QString &channel, const QString &plain, const QString &thread, const QString &actionId);
/// What a webhook takes.
QByteArray slackWebhookMessage(const QString &plain);

/// What every method of the Web API says; `chat.postMessage` and `auth.test` too.
struct SlackAnswer {
    bool ok = false;
    QString error{};   ///< "channel_not_found"; empty when ok
    QString detail{};  ///< the words in response_metadata; may be empty
    QString channel{}; ///< id
    QString ts{};
    QString user{};    ///< of auth.test: who the token is
    QString team{};
    QString cursor{};  ///< of a list that goes on; empty at its end
    /// Slack took nothing, for there were too many.
    bool isRateLimited() const { return error == u"ratelimited" || error == u"rate_limited"; }
};
Result<SlackAnswer> parseSlackAnswer(const std::string &body);

/// One message of `conversations.history` or `conversations.replies`.
struct SlackMessage {
    QString ts{};
    QString text{};
    QString actionId{}; ///< of its metadata, where it is one of ours
};
struct SlackMessages {
    SlackAnswer answer{};
    std::vector<SlackMessage> messages{};
};
Result<SlackMessages> parseSlackMessages(const std::string &body);

/// The id of a channel by its name (without #) in `conversations.list`; empty when it is not there.
struct SlackChannels {
    SlackAnswer answer{};
    QString id{};
};
Result<SlackChannels> parseSlackChannels(const std::string &body, const QString &name);

} // namespace cockpit
