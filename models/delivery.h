// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"

#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace cockpit {

/// One thing that counted as a deployment, or that a person took out.
struct DeploymentRecord {
    enum class Outcome { Succeeded, RolledBack, CausedIncident, Running, Unknown };
    QString id{}; ///< stable: cluster, workload and revision, so that a correction finds it again
    QString service{};
    QString revision{}; ///< "3.12.0" or the template hash
    Instant at{};
    std::optional<Instant> committed{}; ///< of its commit, where known
    std::optional<Instant> failedAt{};
    std::optional<Instant> restoredAt{};
    Outcome outcome = Outcome::Unknown;
    QString because{};  ///< why it counts so: "rolled back 12 min later (action …)", "INC-37 names it as the cause"
    QString evidence{}; ///< where it was seen: "ReplicaSet gc-service-7d9", "activity log", "INC-37"
    bool excluded = false; ///< a person said that it is none
    QString correctedBy{}; ///< who changed the outcome or took it out; empty = nobody
    QString correction{};  ///< the reason given
    bool operator==(const DeploymentRecord &) const = default;
};

/// One figure with what makes it trustworthy.
struct DeliveryFigure {
    enum class What { Frequency, SuccessRate, ChangeFailureRate, TimeToRestore, LeadTime };
    What what = What::Frequency;
    std::optional<double> value{};  ///< per day; 0…1; 0…1; seconds (median); seconds (median). Nothing = no data
    std::optional<double> before{}; ///< the same over the window before it
    int samples = 0;
    QString definition{};
    QString missing{}; ///< why there is no value
    bool operator==(const DeliveryFigure &) const = default;
};

/// A count per day for charts; UTC days.
struct DeliveryDay {
    Instant day{};
    int deployments = 0;
    int failures = 0;
    bool operator==(const DeliveryDay &) const = default;
};

/// What oncall had to carry.
struct AlertLoad {
    QString alert{};
    QString service{};
    int pages = 0;
    int atNight = 0;    ///< 22:00 to 06:00 of the shift's zone
    int actionable = 0; ///< marked so at the end of the incident
    int notActionable = 0;
    int unmarked = 0;
    QString proposal{}; ///< "raise for: to 10 m: 18 of 23 ended within 6 min"
    bool operator==(const AlertLoad &) const = default;
};
struct ShiftLoad {
    Instant from{};
    Instant to{};
    QString person{}; ///< role, or who was on call where the paging service says it
    int pages = 0;
    int atNight = 0;
    bool operator==(const ShiftLoad &) const = default;
};

/// The delivery tab over one window.
struct DeliveryReport {
    int days = 30; ///< 7, 30 or 90
    Instant from{};
    Instant to{};
    QList<DeliveryFigure> figures{};       ///< in the order of the enum
    QList<DeploymentRecord> deployments{}; ///< newest first, excluded ones too
    QList<DeliveryDay> perDay{};           ///< oldest first, every day of the window
    QList<Duration> restoreTimes{};        ///< for their distribution
    QList<AlertLoad> noisiest{};           ///< most pages first, at most 20
    QList<ShiftLoad> shifts{};             ///< newest first
    QString source{};                      ///< "12 ReplicaSets, 37 actions, 4 incidents"
    QString missing{};                     ///< what could not be seen and what that means
    bool operator==(const DeliveryReport &) const = default;
};
using DeliveryReportPtr = std::shared_ptr<const DeliveryReport>;

} // namespace cockpit
