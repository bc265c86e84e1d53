// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ids.h"
#include "models/instant.h"

namespace cockpit {

/// A new UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, 74 random bits of the system's generator.
ActionId newActionId(Instant now);
/// The last 12 hexadecimal digits: the random part, for a mark that a person can read ("[dt 9f3c…]").
QString shortForm(const ActionId &id);

} // namespace cockpit
