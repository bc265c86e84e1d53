// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ids.h"
#include "models/instant.h"
#include "models/probed_component.h"

#include <QList>
#include <QString>

namespace cockpit {

/// Three different things (operations.md §4): the process runs, it takes work, it does that well.
enum class ProbeQuestion { Live, Ready, Healthy };
/// "live", "ready", "healthy".
QString toWireName(ProbeQuestion question);

/// What one health endpoint answered once.
struct ProbeAnswer {
    ProbeQuestion question = ProbeQuestion::Live;
    ProbeState state = ProbeState::Fail;
    QString words{};  ///< "UP", "503: redis DOWN", "did not answer in 5 s"
    QString source{}; ///< which endpoint said so: "gc-service /ready"
    QList<ProbedComponent> components{};
    bool operator==(const ProbeAnswer &) const = default;
};

/// What the health endpoints of one service said at one moment.
struct HealthUpdate {
    ServiceId service{};
    Instant at{};
    Duration interval{15000}; ///< between two looks, in the world's time
    QList<ProbeAnswer> answers{};
};

} // namespace cockpit
