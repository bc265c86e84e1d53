// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breaker.h"

#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

/// One breaker as one instance tells it, from whichever protocol.
struct BreakerReading {
    QString name{};
    BreakerPod figures{}; ///< its `pod` and `problem` are the caller's
    std::optional<double> opensAtFailureRatio{};
    std::optional<double> opensAtSlowRatio{};
    QString to{}; ///< the dependency where the protocol tells it
    bool operator==(const BreakerReading &) const = default;
};
using BreakerReadings = std::vector<BreakerReading>;

/// One change of state that an instance remembers.
struct BreakerEvent {
    QString name{};
    BreakerTransition transition{};
    bool operator==(const BreakerEvent &) const = default;
};

} // namespace cockpit
