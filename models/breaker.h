// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence.h"
#include "models/ids.h"
#include "models/instant.h"
#include "models/labels.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

/// Forced and disabled are a person's doing; metrics-only counts and never opens.
enum class BreakerState { Unknown, Closed, HalfOpen, Open, ForcedOpen, ForcedClosed, Disabled, MetricsOnly };
/// "closed", "half-open", "open", "forced-open", "forced-closed", "disabled", "metrics-only", "unknown".
QString toWireName(BreakerState state);
std::optional<BreakerState> breakerStateFromWireName(QStringView name);
/// Higher needs a hand sooner: open, forced open, half-open, unknown, disabled, forced closed, metrics-only, closed.
int attentionRank(BreakerState state);
/// A person set it so.
bool isForced(BreakerState state);

/// One breaker: the source that holds it, the caller and its own name there (which may hold '/' and blanks).
struct BreakerKey {
    SourceId source{};
    ServiceId from{};
    QString name{}; ///< as the backend calls it: path segment, Envoy cluster, VirtualService; never assumed to exist
    bool operator==(const BreakerKey &) const = default;
    friend bool operator<(const BreakerKey &a, const BreakerKey &b)
    {
        if (!(a.from == b.from))
            return a.from < b.from;
        return a.name != b.name ? a.name < b.name : a.source < b.source;
    }
    friend size_t qHash(const BreakerKey &key, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, key.source, key.from, key.name);
    }
};

/// What can be done to a breaker.
enum class BreakerMode { ForceOpen, ForceClosed, Disable, Reset };
/// "force-open", "force-closed", "disable", "reset".
QString toWireName(BreakerMode mode);
std::optional<BreakerMode> breakerModeFromWireName(QStringView name);

/// How one instance (pod, proxy) sees it. A breaker lives in each process for itself.
struct BreakerPod {
    QString pod{};
    BreakerState state = BreakerState::Unknown;
    std::optional<double> failureRatio{};  ///< 0…1; nothing = too few calls
    std::optional<double> slowRatio{};     ///< 0…1
    std::optional<qint64> bufferedCalls{}; ///< the calls that the ratios rest on
    std::optional<double> rejectedTotal{}; ///< counter
    QString problem{};                     ///< why it could not be read, in words; empty = it was
    bool operator==(const BreakerPod &) const = default;
};

/// One change of state that was seen or told.
struct BreakerTransition {
    Instant at{};
    BreakerState from = BreakerState::Unknown;
    BreakerState to = BreakerState::Unknown;
    QString words{}; ///< "52 % failed", "trial call failed"
    bool operator==(const BreakerTransition &) const = default;
};

/// One circuit breaker of a caller towards a dependency, all its pods together. What is not known is nothing, never 0.
struct Breaker {
    BreakerKey key{};
    QString to{};                               ///< the dependency, a service's name where it is one
    QString kind{};                             ///< "resilience4j", "envoy", "istio", "http"
    BreakerState state = BreakerState::Unknown; ///< the one that needs a hand most among its pods
    bool isMixed = false;                       ///< its pods differ
    QList<BreakerPod> pods{};                   ///< by name
    std::optional<double> failureRatio{};       ///< 0…1, over all pods weighted by their calls
    std::optional<double> slowRatio{};
    std::optional<double> rejectedPerSecond{};
    std::optional<double> opensAtFailureRatio{}; ///< its threshold
    std::optional<double> opensAtSlowRatio{};
    std::optional<int> trialsAllowed{}; ///< half-open: how many calls try it
    std::optional<int> trialsDone{};
    std::optional<int> trialsFailed{};
    QList<BreakerTransition> transitions{}; ///< newest first, at most 20
    std::optional<Instant> changedAt{};
    QString fallback{};                        ///< what serves instead, in words; empty = calls fail
    std::optional<double> fallbackPerSecond{}; ///< how often it serves now
    QList<BreakerMode> possible{};             ///< what its backend can do
    QString readOnlyReason{};                  ///< why nothing can be done: "the actuator is read-only (405)"
    QString controlledBy{};                    ///< another controller owns the setting (GitOps, Istio operator)
    Instant sampledAt{};
    bool operator==(const Breaker &) const = default;
};
using BreakerPtr = std::shared_ptr<const Breaker>;

/// What one source of breakers showed at one moment.
struct BreakersUpdate {
    SourceId source{};
    Instant at{};
    std::shared_ptr<const std::vector<BreakerPtr>> breakers{};
    int podsAsked = 0;
    int podsAnswered = 0;
};

} // namespace cockpit
