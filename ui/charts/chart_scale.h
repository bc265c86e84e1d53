// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"

#include <QList>
#include <QString>

namespace cockpit {

/// A value axis from 0 to `top` with a grid line at every `step`.
struct ValueScale {
    double top = 1.0;
    double step = 0.5;
    int decimals = 0; ///< that its labels need
    QString label(double value) const;
};

/// The smallest round axis over `maximum` (12 % of room above, for labels) with at most `intervals` (2..5) steps.
ValueScale valueScale(double maximum, int intervals);

/// One label of the time axis.
struct TimeTick {
    Instant at{};
    QString text{};
};

/// Round times between start and end, at most `most` of them: "03:05", over days "17 Nov".
QList<TimeTick> timeTicks(Instant start, Instant end, int most);

/// "35 min", "1 h", "7 d".
QString rangeWords(Duration range);

} // namespace cockpit
