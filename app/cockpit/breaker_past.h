// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/prometheus_backend.h"
#include "app/store/store_thread.h"
#include "models/items/breaker_store.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <memory>

namespace cockpit {

/// Fetches what Prometheus remembers of each breaker from before the cockpit ran: once a caller, those with a breaker
/// that is not closed first, two callers at a time. Owner's thread; never waits.
class BreakerPast {
public:
    struct Parts {
        BreakerStore &store;
        Post post;
        std::function<QList<PrometheusBackend *>()> prometheus; ///< those that can be asked now
    };
    explicit BreakerPast(Parts parts);

    /// To be called when the store's breakers changed.
    void look();

private:
    struct Caller {
        int tries = 0;
        bool isKnown = false;
    };
    QList<ServiceId> nextCallers() const;
    void ask(const ServiceId &caller, const QList<PrometheusBackend *> &servers);
    void take(const ServiceId &caller, const QHash<QString, std::vector<BreakerSample>> &byName);

    Parts m_parts;
    QHash<ServiceId, Caller> m_callers{};
    QSet<ServiceId> m_asking{};
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
