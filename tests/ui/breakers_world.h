// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/pages_world.h"

namespace cockpit {

/// The breakers of the pictures: gc → mc half-open, ten others closed; six flags, fast-join on since 02:55; three
/// workloads, one at its maximum.
void fillBreakers(PagesWorld &world);
/// The override of gc → mc, forced open by `actor` until `until`.
Override heldBreaker(const QString &actor, Instant until);
/// The key of a breaker of that world.
BreakerKey worldBreaker(const char *from, const char *to);

} // namespace cockpit
