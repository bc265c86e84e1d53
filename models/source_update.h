// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/breaker.h"
#include "models/feature_flag.h"
#include "models/paging.h"
#include "models/rollout.h"
#include "models/route.h"
#include "models/service.h"
#include "models/service_probe.h"
#include "models/series.h"
#include "models/source_status.h"

#include <QList>
#include <QString>

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace cockpit {

/// What one Alertmanager member showed at one moment: alerts, silences and itself.
struct AlertsUpdate {
    SourceId source{}; ///< the member
    QString cluster{};
    Instant at{};      ///< when the answer was complete
    std::shared_ptr<const std::vector<ReceivedAlert>> alerts{};
    std::shared_ptr<const std::vector<Silence>> silences{};
    std::optional<Duration> uptime{}; ///< of the member; short = just restarted, its list may still be empty
    bool settling = false;            ///< the cluster is gossiping
    QString configYaml{};             ///< routing as Alertmanager holds it
    std::shared_ptr<const RouteNode> routes{}; ///< read from configYaml; null where it cannot be read
};

/// One alerting rule as Prometheus evaluates it (backends.md §1.3).
struct AlertRule {
    struct Instance {
        Labels labels{};
        Labels annotations{};
        bool firing = false; ///< else pending
        Instant activeAt{};
        QString value{};
        bool operator==(const Instance &) const = default;
    };
    QString group{};
    QString name{};
    QString query{};
    Duration holdFor{}; ///< the rule's `for:`
    Labels labels{};
    Labels annotations{};
    enum class Health { Ok, Error, Unknown };
    Health health = Health::Unknown;
    QString lastError{};
    std::optional<Instant> lastEvaluation{};
    Duration interval{};
    std::vector<Instance> instances{};
    bool operator==(const AlertRule &) const = default;
};

/// Recording rules count too: a broken one makes figures silently old.
struct RulesUpdate {
    SourceId source{};
    QString cluster{};
    Instant at{};
    std::shared_ptr<const std::vector<AlertRule>> rules{};
    int brokenRecordingRules = 0;
    QString brokenRecordingRule{}; ///< name and error of the first
};

/// One figure for the whole fleet.
struct FigureUpdate {
    struct Value {
        Labels labels{};
        std::optional<double> value{}; ///< nothing for NaN and infinities
        Instant at{};                  ///< the time that the server gave to the value
        bool operator==(const Value &) const = default;
    };
    SourceId source{};
    QString cluster{};
    Figure figure = Figure::RequestsPerSecond;
    Instant at{};
    std::shared_ptr<const std::vector<Value>> values{};
    QStringList warnings{}; ///< partial response
};

/// What Prometheus remembers of alerts that have ended (its series ALERTS): what happened before the cockpit ran.
struct PastAlertsUpdate {
    struct Ended {
        Labels labels{}; ///< as the rule made them, without the external ones
        Instant startsAt{};
        Instant endedAt{}; ///< to the step of the question, a minute
        bool operator==(const Ended &) const = default;
    };
    SourceId source{};
    QString cluster{};
    Instant at{};
    std::shared_ptr<const std::vector<Ended>> ended{};
};

/// How a source is now.
struct StatusUpdate {
    SourceStatus status{};
};

/// The one door in: everything that a backend learns is one of these, so that it can be recorded and replayed.
using SourceUpdate =
    std::variant<AlertsUpdate, RulesUpdate, FigureUpdate, SeriesUpdate, StatusUpdate, RolloutsUpdate,
                 PastAlertsUpdate, FlagsUpdate, HealthUpdate, BreakersUpdate, PagingUpdate>;

} // namespace cockpit
