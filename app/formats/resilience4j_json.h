// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/breaker_reading.h"
#include "models/result.h"

#include <QByteArray>

#include <string>

namespace cockpit {

// The Spring Boot actuator of resilience4j (backends.md §7a). All readers run on the I/O thread. Errors: Parse.

/// `GET /actuator/circuitbreakers`. Older versions list names alone: those breakers come with an unknown state, and
/// namesOnly tells it.
struct Resilience4jList {
    BreakerReadings breakers{};
    bool namesOnly = false;
};
Result<Resilience4jList> parseResilience4jList(const std::string &body);

/// `GET /actuator/health`, in which older versions tell the states: fills in those of `into` that it names. Health
/// indicators of breakers stand at several depths, as Spring Boot 2.0, 2.2 and later nest them.
Result<Done> readResilience4jHealth(const std::string &body, BreakerReadings &into);

/// `GET /actuator/circuitbreakerevents`: the changes of state of its ring buffer, the newest first.
Result<std::vector<BreakerEvent>> parseResilience4jEvents(const std::string &body);

/// The body of `POST /actuator/circuitbreakers/{name}`. A forced closed breaker is a disabled one: it lets all calls
/// through and counts nothing.
QByteArray resilience4jSetBody(BreakerMode mode);
/// What the answer to it says the state now is; Unknown where it says nothing.
Result<BreakerState> parseResilience4jSet(const std::string &body);

/// "FORCED_OPEN" and so on.
BreakerState resilience4jState(std::string_view name);

} // namespace cockpit
