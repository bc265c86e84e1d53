// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cockpit {

/// What a health endpoint says, in one scale for all protocols (backends.md §12). Refused: it answered 401 or 403 and
/// told nothing of the service.
enum class ProbeState { Ok, Warn, Fail, Refused };
/// "ok", "warn", "fail", "refused".
QString toWireName(ProbeState state);

/// A part of a service as its own health endpoint tells it: the database, the cache, a breaker.
struct ProbedComponent {
    QString name{}; ///< "redis", "db:responseTime"
    ProbeState state = ProbeState::Ok;
    QString words{}; ///< as the endpoint calls it, with its figure or message: "DOWN: connection refused"
    bool operator==(const ProbedComponent &) const = default;
};

} // namespace cockpit
