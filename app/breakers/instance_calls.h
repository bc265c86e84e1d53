// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/breakers/breaker_protocol.h"
#include "app/breakers/breaker_source.h"
#include "app/clock/clock.h"

#include <functional>
#include <memory>

namespace cockpit {

struct BreakerInstance;

/// The calls to one instance. Callbacks come on the I/O thread, once each. Cheap to copy; what it refers to outlives
/// it.
class InstanceCalls {
public:
    InstanceCalls(HttpClient &client, const Clock &clock, std::shared_ptr<const BreakerProtocol> protocol);

    /// As many requests, one after the other, as the protocol needs.
    void read(const BreakerInstance &instance, HttpLane lane, std::function<void(Result<InstanceReading>)> done) const;
    /// Reads, refuses an unknown name, tells once, reads back. `lasting`: why the next change would be refused, too.
    void tell(const BreakerInstance &instance, const QString &name, BreakerMode mode, const BreakerWish &wish,
              std::function<void(PodOutcome outcome, const QString &lasting)> done) const;
    /// The changes of state that a resilience4j instance remembers; nothing where it does not tell them.
    void readEvents(const BreakerInstance &instance, std::function<void(const std::vector<BreakerEvent> &)> done) const;

private:
    struct Reading;
    struct Telling;
    HttpClient &m_client;
    const Clock &m_clock;
    std::shared_ptr<const BreakerProtocol> m_protocol;
};

} // namespace cockpit
