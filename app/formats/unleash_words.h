// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/json_node.h"

#include <QString>

namespace cockpit {

/// A text of a body; empty when it is absent.
QString unleashText(JsonNode node);
/// Who gets a flag by this strategy: "25 % by userId", "3 users", "where country is one of 2"; empty = everybody.
QString unleashStrategyWords(JsonNode strategy);

} // namespace cockpit
