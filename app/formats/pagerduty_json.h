// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/paging.h"
#include "models/paging_intents.h"
#include "models/result.h"

#include <QByteArray>

#include <string>
#include <vector>

namespace cockpit {

// Bodies of PagerDuty's Events API v2 and REST API v2 (backends.md §9). Errors of readers: Parse.

/// A page, with the ids that a proof compares.
struct ParsedPage {
    Page page{};
    QStringList assigneeIds{};
    QStringList responderIds{}; ///< of those who were called in addition
};
/// One answer of a list that goes on while `more`.
struct PagerDutyPages {
    std::vector<ParsedPage> pages{};
    bool more = false;
};
/// `GET /incidents`.
Result<PagerDutyPages> parsePagerDutyIncidents(const std::string &body);
/// `GET /incidents/{id}` and the answer of a PUT.
Result<ParsedPage> parsePagerDutyIncident(const std::string &body);
struct PagerDutyOnCalls {
    std::vector<OnCall> onCalls{};
    bool more = false;
};
/// `GET /oncalls`.
Result<PagerDutyOnCalls> parsePagerDutyOnCalls(const std::string &body);
/// The id of the user with that e-mail in `GET /users`; empty when there is none.
Result<QString> parsePagerDutyUser(const std::string &body, const QString &email);
/// What an error body of either API says, on one line; empty where it is none.
QString parsePagerDutyRefusal(const std::string &body);

/// `POST /v2/enqueue`, trigger. Texts are cut to what PagerDuty takes (summary 1024).
QByteArray pagerDutyTrigger(const QByteArray &routingKey, const TriggerPage &wish, Instant at);
/// `POST /v2/enqueue`, acknowledge or resolve.
QByteArray pagerDutyEvent(const QByteArray &routingKey, Page::State state, const QString &dedupKey);
/// `PUT /incidents/{id}`.
QByteArray pagerDutyState(Page::State state);
QByteArray pagerDutyEscalation(int level);
/// `POST /incidents/{id}/responder_requests`.
QByteArray pagerDutyResponders(const QString &requesterId, const QStringList &people, const QString &message);

/// The longest dedup key, in characters.
inline constexpr int kLongestDedupKey = 255;

} // namespace cockpit
