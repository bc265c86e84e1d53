// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"

#include <QString>

#include <optional>

namespace cockpit {

/// A fenced `cockpit` block of a runbook: an action by name, shown as the same guarded button as everywhere, never run
/// by itself. One mapping with one key: `rollback: gc-service`,
/// `breaker: {from: gc-service, to: redis, force: open, for: 15m}`, `flag: {name: fast-join, set: off, for: 1h}`.
struct RunbookActionReference {
    enum class Verb { Rollback, Promote, Pause, Resume, Retry, Restart, Scale, Breaker, Flag };
    Verb verb = Verb::Rollback;
    QString object{}; ///< "[context/][namespace/][kind/]name"; of a flag its name
    QString from{};   ///< Breaker
    QString to{};     ///< Breaker: the dependency; Rollback: a revision's hash or number, empty = the last good one
    QString set{};    ///< Breaker: "open", "closed", "disabled", "reset"; Flag: "on", "off"
    std::optional<int> replicas{};    ///< Scale
    std::optional<Duration> length{}; ///< `for:`
    QString problem{}; ///< the block cannot be read: what was expected, in words; then nothing above counts
    bool operator==(const RunbookActionReference &) const = default;
};

} // namespace cockpit
