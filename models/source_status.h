// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ids.h"
#include "models/instant.h"
#include "models/result.h"

#include <optional>

namespace cockpit {

/// How one configured source is (one pill). Ages are of the world's clock; a poll's next try is real time.
struct SourceStatus {
    enum class State { Ok, Partial, Stale, Down, Unauthorized, Connecting };
    enum class Kind { Prometheus, Alertmanager, Kubernetes, Flags, Breakers, Paging, Chat };
    SourceId id{};
    QString name{}; ///< the word on the pill and in messages
    Kind kind = Kind::Prometheus;
    QString cluster{};
    State state = State::Connecting;
    std::optional<Instant> lastSuccess{};
    std::optional<Instant> downSince{};
    std::optional<Instant> newestSample{}; ///< time of the newest sample that it gave
    std::optional<Instant> nextTry{};
    Duration interval{15000}; ///< poll interval; stale is older than twice this
    QString message{};        ///< why, in words; empty when ok
    bool operator==(const SourceStatus &) const = default;
};

/// "ok", "partial", "stale", "down", "unauthorized", "connecting".
QString toWireName(SourceStatus::State state);
/// "prometheus", "alertmanager", "kubernetes", "flags".
QString toWireName(SourceStatus::Kind kind);
/// The word on its pill: the kind stands before a name that does not hold it ("Alertmanager a").
QString displayName(const SourceStatus &status);
/// Down for most errors, Unauthorized for 401, 403 and a login page.
SourceStatus::State stateAfter(const Error &error);
/// Stale: the last success is older than twice the interval (architecture.md, "Network rules").
bool isStale(const SourceStatus &status, Instant now);
/// The state as it reads now: Ok and Partial turn into Stale with age, also when nobody could say so (a suspended
/// process).
SourceStatus::State stateNow(const SourceStatus &status, Instant now);

} // namespace cockpit
