// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/slo.h"

#include <QByteArray>

namespace cockpit {

/// `dt-cockpit slos --json`: {"objectives":[…],"problems":[…],"source","measured"}. A figure without data is null,
/// never 0. Lengths are in seconds, times RFC 3339, shares 0…1.
QByteArray slosJson(const SloBoard &board);

} // namespace cockpit
