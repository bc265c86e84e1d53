// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident_figures.h"

#include <QByteArray>

namespace cockpit {

/// `incident figures --json`: `{"from","to","figures":[{"name","meanSeconds"|null,"medianSeconds"|null,"counted",
/// "excluded","exclusion","definition"}]}`.
QByteArray meanFiguresJson(const QList<MeanFigure> &figures, Instant from, Instant to);

} // namespace cockpit
