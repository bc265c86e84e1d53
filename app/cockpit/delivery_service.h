// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/prometheus_backend.h"
#include "app/cockpit/delivery_round.h"
#include "app/store/store_thread.h"
#include "models/items/review_store.h"

#include <functional>
#include <memory>

namespace cockpit {

/// Keeps ReviewStore::delivery (7, 30, 90 days) fresh: once a minute from memory and the store, once an hour from
/// Prometheus. What cannot be asked is said in the report and never hides the rest. Owner's thread; never waits.
class DeliveryService {
public:
    struct Parts {
        ReviewStore &store;
        StoreThread &database;
        Post post;
        QString environment{};
        QTimeZone zone{QTimeZone::utc()};                           ///< of the shifts
        std::function<QList<PrometheusBackend *>()> prometheus;     ///< those that can be asked now
        std::function<std::optional<QList<RolloutPtr>>()> rollouts; ///< nothing = no cluster has answered yet
        std::function<bool()> hasCluster;                           ///< one is configured
        std::function<QList<IncidentPtr>()> incidents;
        std::function<const Fleet &()> fleet;
    };
    explicit DeliveryService(Parts parts);

    /// Once a second.
    void tick(Instant now);
    /// Reads everything again now.
    void refresh(Instant now);
    /// Keeps what a person said of a deployment, then makes the reports again; `done` comes once, on the owner's
    /// thread. Errors: Storage; Invalid without a reason; NotFound where no such deployment is known.
    void correct(DeploymentCorrection correction, std::function<void(Result<Done>)> done);
    /// Whether the reports stand on everything that could be asked: the cluster and Prometheus have answered, or
    /// refused.
    bool isRead() const { return m_isRead; }

private:
    void askTroubles(Instant now);
    void make(Instant now);
    DeliveryRound round(Instant now) const;
    void take(const Result<QList<DeliveryReportPtr>> &reports);

    Parts m_parts;
    std::optional<Instant> m_started{};
    std::optional<Instant> m_made{};
    std::optional<Instant> m_askedTroubles{};
    QList<BudgetTrouble> m_troubles{};
    QStringList m_troubleProblems{};
    bool m_troublesKnown = false;
    bool m_isAsking = false;
    bool m_isMaking = false;
    bool m_isWhole = false; ///< of the round that runs
    bool m_isRead = false;
    bool m_isAgain = false; ///< something changed while a round ran
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
