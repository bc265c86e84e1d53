// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ids.h"
#include "models/instant.h"
#include "models/severity.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

/// A page (PagerDuty calls it an incident) as the paging service shows it.
struct Page {
    enum class State { Triggered, Acknowledged, Resolved };
    QString id{};
    qint64 number = 0;
    QString title{};
    State state = State::Triggered;
    QString urgency{};      ///< "high" or "low"
    QString dedupKey{};     ///< incident_key
    QString service{};      ///< its service there, by name
    QString serviceId{};
    QString policyId{};     ///< of its escalation policy
    Instant createdAt{};
    QStringList assignees{};
    QStringList acknowledgedBy{};
    std::optional<Instant> acknowledgedAt{};
    int escalationLevel = 0; ///< 1 = first; 0 = not told
    std::optional<Instant> escalatesAt{}; ///< from pending_actions
    std::optional<Instant> assignedAt{};  ///< when it came to whom it is assigned now; nothing where nobody tells
    std::optional<Instant> resolvedAt{};  ///< Resolved only; nothing where nobody tells
    QString url{};
    bool operator==(const Page &) const = default;
};
QString toWireName(Page::State state);

/// There is one paging service and one chat in a configuration: these are their sources.
inline SourceId pagingSourceId() { return SourceId(QStringLiteral("paging")); }
inline SourceId chatSourceId() { return SourceId(QStringLiteral("chat")); }

/// Who is on call, at which level of which policy.
struct OnCall {
    QString person{};
    QString personId{};
    QString schedule{};
    QString policy{};
    QString policyId{};
    int level = 1; ///< 1 = primary, 2 = secondary
    std::optional<Instant> until{};
    bool operator==(const OnCall &) const = default;
};

/// What the paging service showed at one moment.
struct PagingUpdate {
    SourceId source{};
    Instant at{};
    std::shared_ptr<const std::vector<Page>> pages{};    ///< open ones, and those that ended within the last day
    std::shared_ptr<const std::vector<OnCall>> onCalls{};
    bool isPartial = false; ///< more there than was read
};

/// The open page that tells of the alert with these labels: its title names the alert (and the service, where a page of
/// another service has the same name). The newest, triggered ones first; null when there is none. Pure.
const Page *pageOfAlert(const std::vector<Page> &pages, const QString &alertName, const QString &service);
/// Who is on call at a level (1 = primary) of a policy; an empty policy means all. No name twice.
QList<OnCall> onCallAt(const std::vector<OnCall> &onCalls, int level, const QString &policyId = {});
/// The level of the policy at which the page's people are on call; 0 where nobody can tell.
int escalationLevelOf(const Page &page, const std::vector<OnCall> &onCalls);

} // namespace cockpit
