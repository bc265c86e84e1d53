// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/ids.h"
#include "models/instant.h"

#include <QString>

#include <optional>

namespace cockpit {

/// Something that somebody or something changed, from whichever backend: the answer to "what changed?".
struct Change {
    enum class Kind { Rollout, Flag, Breaker, Scale, Configuration, Silence };
    Kind kind = Kind::Configuration;
    QString what{};
    Instant at{};
    QString who{};
    ServiceId service{};
    QString target{};
    std::optional<ActionRequest> undo{}; ///< its real undo only: what the backend can do
};

} // namespace cockpit
