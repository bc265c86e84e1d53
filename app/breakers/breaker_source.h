// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/breakers/breaker_protocol.h"
#include "models/breaker.h"
#include "models/result.h"

#include <QHash>
#include <QStringList>

#include <functional>

namespace cockpit {

/// What became of one instance when it was told to change.
struct PodOutcome {
    enum class Kind { Done, Refused, NotKnown };
    QString pod{};
    Kind kind = Kind::Done;
    BreakerState before = BreakerState::Unknown; ///< as read right before
    BreakerState after = BreakerState::Unknown;  ///< as read back
    Error error{};                               ///< of Refused and NotKnown
    bool operator==(const PodOutcome &) const = default;
};

/// What to tell which instances.
struct BreakerOrder {
    QString name{};
    QHash<QString, BreakerMode> modes{}; ///< by pod
    BreakerWish wish{};
};

/// Breakers as one fresh look found them.
struct BreakerLook {
    std::vector<BreakerPtr> breakers{};
    std::optional<Duration> clockAhead{}; ///< how far this computer's clock is ahead of theirs, at the worst
};

/// One source of circuit breakers, whatever its protocol. Owner's thread; `done` comes on it, once, and not after the
/// source is gone.
class BreakerSource {
public:
    virtual ~BreakerSource() = default;
    /// Publishes a BreakersUpdate and a StatusUpdate.
    virtual void poll(HttpLane lane) = 0;
    /// All breakers as they are now. Errors: when no instance answers.
    virtual void look(std::function<void(Result<BreakerLook>)> done) = 0;
    /// Tells each instance once, reads it back, and gives one outcome per instance. A name that an instance does not
    /// list is refused there, before anything is sent: some would make a new breaker of it.
    virtual void apply(const BreakerOrder &order, std::function<void(QList<PodOutcome>)> done) = 0;
};

} // namespace cockpit
