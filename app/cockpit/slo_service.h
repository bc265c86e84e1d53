// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/prometheus_backend.h"
#include "app/backends/recorded_slos.h"
#include "app/store/store_thread.h"
#include "models/incident.h"
#include "models/items/review_store.h"

#include <functional>
#include <memory>

namespace cockpit {

/// Keeps ReviewStore::slos fresh: two queries a Prometheus every two minutes. What one server cannot say never hides
/// what another one said; the board of before stays, aged, when all fail. Owner's thread; never waits.
class SloService {
public:
    struct Parts {
        ReviewStore &store;
        Post post;
        std::function<QList<PrometheusBackend *>()> prometheus; ///< those that can be asked now
        std::function<QList<IncidentPtr>()> incidents;          ///< for the marks of the burn-down
    };
    explicit SloService(Parts parts);

    /// Once a second.
    void tick(Instant now);
    /// Asks at once, whatever was asked when.
    void refresh(Instant now);
    /// Whether every server that could be asked has answered once, or refused.
    bool isRead() const { return m_isRead; }

private:
    struct Round;
    void finish(const Round &round);

    Parts m_parts;
    std::optional<Instant> m_asked{};
    bool m_isAsking = false;
    bool m_isRead = false;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
