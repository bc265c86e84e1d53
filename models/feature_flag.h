// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ids.h"
#include "models/instant.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

/// A feature flag: the source that holds it, its project there and its name.
struct FlagKey {
    SourceId source{};
    QString project{};
    QString name{};
    bool operator==(const FlagKey &) const = default;
    friend bool operator<(const FlagKey &a, const FlagKey &b)
    {
        if (a.name != b.name)
            return a.name < b.name;
        return a.project != b.project ? a.project < b.project : a.source < b.source;
    }
    friend size_t qHash(const FlagKey &key, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, key.source, key.project, key.name);
    }
};

/// A flag in one environment of its flag service.
struct FlagState {
    QString environment{};
    bool isProduction = false;
    std::optional<bool> enabled{};       ///< nothing = it does not exist there, or it cannot be told
    QString gradual{};                   ///< who gets it when it is on, in words: "25 % by userId"; empty = all
    bool needsApproval = false;          ///< a change request is asked for: it cannot be switched at once
    std::optional<Instant> lastSeenAt{}; ///< when an SDK last asked for it
    bool operator==(const FlagState &) const = default;
};

/// One feature flag as its service knows it.
struct FeatureFlag {
    FlagKey key{};
    QString description{};
    QString kind{};                     ///< "release", "experiment", "kill-switch", …
    ServiceId service{};                ///< by configuration or a tag `service:NAME`; may be empty
    QList<FlagState> states{};          ///< in the order of the service's environments
    QString here{};                     ///< the environment that this cockpit looks after
    std::optional<Instant> changedAt{}; ///< of `here`
    QString changedBy{};
    bool stale = false;
    QString readOnlyReason{}; ///< why it cannot be switched: "OFREP only evaluates"; empty = it can
    bool operator==(const FeatureFlag &) const = default;
    /// Of the environment that this cockpit looks after; null when it does not exist there.
    const FlagState *state() const;
};
using FlagPtr = std::shared_ptr<const FeatureFlag>;

/// Something that happened to a flag, from its service's own event log.
struct FlagEvent {
    FlagKey flag{};
    QString environment{};
    QString what{}; ///< "on", "off", "strategy changed: 5 % to 25 %"
    std::optional<bool> enabled{};
    Instant at{};
    QString who{};
    bool operator==(const FlagEvent &) const = default;
};

/// What one flag service showed at one moment.
struct FlagsUpdate {
    SourceId source{};
    Instant at{};
    std::shared_ptr<const std::vector<FlagPtr>> flags{};
    std::shared_ptr<const std::vector<FlagEvent>> events{}; ///< newest first; null where it has no event log
};

} // namespace cockpit
