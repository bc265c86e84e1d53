// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"
#include "models/state_glyph.h"

#include <optional>

namespace cockpit {

/// Something that happened to the fleet, in one sentence.
struct FleetNews {
    Instant at{};
    StateGlyph glyph = StateGlyph::Info;
    QString text{};
    bool operator==(const FleetNews &) const = default;
};

/// The newest of: an alert began to fire, an alert resolved, a source went down. Nothing when none is known.
std::optional<FleetNews> newestNews(const Fleet &fleet);

} // namespace cockpit
