// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/feature_flag.h"

namespace cockpit {

/// Switch a flag in one environment. With `endsAt` it is a lease: it goes back by itself unless somebody changed it.
struct SetFlag {
    static constexpr const char *wireName = "flag.set";
    FlagKey flag{};
    QString environment{};
    bool enabled = false;
    std::optional<Instant> endsAt{};
    QString lease{}; ///< this is the end of that lease: only when the flag is still as the lease set it
    bool operator==(const SetFlag &) const = default;
};

} // namespace cockpit
