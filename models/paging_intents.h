// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ids.h"
#include "models/severity.h"

#include <QString>
#include <QStringList>

namespace cockpit {

/// Page people: PagerDuty Events v2 "trigger" (backends.md §9). The same dedup key twice is one page.
struct TriggerPage {
    static constexpr const char *wireName = "page.trigger";
    SourceId source{};
    QString dedupKey{}; ///< of the incident; never empty
    QString summary{};
    Priority level = Priority::P3;
    QString component{}; ///< the service
    QString incident{};  ///< "INC-42"
    QString runbookUrl{};
    bool operator==(const TriggerPage &) const = default;
};
/// "I have it", at the paging service; found by id over REST, else by dedup key through Events.
struct AcknowledgePage {
    static constexpr const char *wireName = "page.acknowledge";
    SourceId source{};
    QString page{};
    QString dedupKey{};
    QString title{};
    bool operator==(const AcknowledgePage &) const = default;
};
struct ResolvePage {
    static constexpr const char *wireName = "page.resolve";
    SourceId source{};
    QString page{};
    QString dedupKey{};
    QString title{};
    bool operator==(const ResolvePage &) const = default;
};
/// To the next level of its policy (or to `level`).
struct EscalatePage {
    static constexpr const char *wireName = "page.escalate";
    SourceId source{};
    QString page{};
    QString title{};
    int level = 0; ///< 0 = the next one
    bool operator==(const EscalatePage &) const = default;
};
/// Call these people (by id of the paging service) to this page.
struct AddResponders {
    static constexpr const char *wireName = "page.responders";
    SourceId source{};
    QString page{};
    QString title{};
    QStringList people{};
    QStringList names{};
    QString message{};
    bool operator==(const AddResponders &) const = default;
};
/// A message to a channel of the chat; with a thread, into it.
struct PostMessage {
    static constexpr const char *wireName = "chat.post";
    SourceId source{};
    QString channel{}; ///< empty = the webhook's own
    QString text{};    ///< plain text, at most 3000 characters
    QString thread{};  ///< reference of the thread's first message
    QString incident{}; ///< "INC-42"; may be empty
    QString incidentId{};
    int update = 0; ///< the n-th status update; 0 = none
    bool operator==(const PostMessage &) const = default;
};

} // namespace cockpit
