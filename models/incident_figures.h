// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"
#include "models/incident_clock.h"

namespace cockpit {

/// One figure of one incident, with its definition.
struct IncidentFigure {
    enum class What { Detect, Acknowledge, Mitigate, Resolve };
    What what = What::Detect;
    std::optional<Duration> value{}; ///< nothing where an end is not known: never 0
    bool running = false;            ///< then `value` is what it is so far
    std::optional<Duration> goal{};
    QString definition{}; ///< "from the start of impact to the first alert"
    QString missing{};    ///< why there is no value
    bool operator==(const IncidentFigure &) const = default;
};
/// In the order of the enum: start of impact → first alert; first alert (else declared) → acknowledged; → mitigated;
/// → resolved. `targets` are the goals. Pure.
QList<IncidentFigure> figuresOf(const Incident &incident, Instant now, const ResponseTargets &targets);

/// A mean over incidents of a window.
struct MeanFigure {
    IncidentFigure::What what = IncidentFigure::What::Detect;
    QString name{}; ///< "MTTD"
    std::optional<Duration> mean{};
    std::optional<Duration> median{};
    int counted = 0;
    int excluded = 0;
    QString exclusion{}; ///< which and why: "2 still open, 1 without a start of impact"
    QString definition{};
    bool operator==(const MeanFigure &) const = default;
};
/// Incidents that were declared in [from, to); merged ones are left out. Pure.
QList<MeanFigure> meanFigures(const QList<IncidentPtr> &incidents, Instant from, Instant to, Instant now);

} // namespace cockpit
