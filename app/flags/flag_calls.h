// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/flags/flag_source.h"

namespace cockpit {

/// Calls to the configured flag services. Owner's thread; answers come there too, once each.
class FlagCalls {
public:
    virtual ~FlagCalls() = default;
    /// Errors: NotFound (no such flag), Invalid (no such source), those of HttpClient.
    virtual void read(const FlagKey &flag, FlagSource::Answer<FlagReading> done) = 0;
    /// Sent once.
    virtual void set(const FlagSwitch &wish, FlagSource::Answer<Done> done) = 0;
};

} // namespace cockpit
