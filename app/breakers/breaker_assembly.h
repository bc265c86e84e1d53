// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/breakers/breaker_protocol.h"

#include <QHash>

namespace cockpit {

/// What the configuration knows of the breakers of one source.
struct BreakerFacts {
    SourceId source{};
    ServiceId service{}; ///< the caller
    QString kind{};
    QList<BreakerMode> possible{};
    QHash<QString, QString> dependencies{}; ///< a breaker's name → the service behind it
    QHash<QString, QString> fallbacks{};
};

/// What one instance answered.
struct InstanceAnswer {
    QString pod{};
    Result<InstanceReading> reading{InstanceReading{}};
};

/// What was seen before, for rates and changes.
struct BreakerMemory {
    struct Counter {
        double total = 0;
        Instant at{};
    };
    QHash<QString, BreakerPtr> last{};                      ///< by name
    QHash<std::pair<QString, QString>, Counter> rejected{}; ///< by name and pod
    QString readOnlyReason{};                               ///< what the last write was told
};

/// All instances' answers as breakers, by name. Counters become rates against the memory, which is brought up to date;
/// a counter that fell is of a restarted process. Pure but for the memory.
std::vector<BreakerPtr> assembleBreakers(const BreakerFacts &facts, const std::vector<InstanceAnswer> &answers,
                                         Instant at, BreakerMemory &memory);

/// Changes of state that an instance remembers, into the memory: what was before the cockpit ran.
void rememberEvents(const std::vector<BreakerEvent> &events, BreakerMemory &memory);

} // namespace cockpit
