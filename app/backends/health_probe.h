// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/update_sink.h"
#include "app/clock/clock.h"
#include "app/net/http_client.h"

#include <QList>

#include <memory>

namespace cockpit {

/// Asks the health endpoints of one service: one request each, never retried, the next look is the retry (backends.md,
/// appendix A). An answer of 503 is an answer. Owner's thread; what came is published from the I/O thread as one
/// HealthUpdate.
class HealthProbe {
public:
    struct Target {
        ProbeQuestion question = ProbeQuestion::Live;
        EndpointPtr endpoint{}; ///< its whole URL
    };
    struct Settings {
        ServiceId service{};
        Duration interval{15000}; ///< real time between looks
        QList<Target> targets{};
    };
    HealthProbe(HttpClient &client, const Clock &clock, Settings settings, UpdateSink publish);
    void poll(HttpLane lane);

private:
    HttpClient &m_client;
    const Clock &m_clock;
    std::shared_ptr<const Settings> m_settings;
    UpdateSink m_publish;
};

} // namespace cockpit
