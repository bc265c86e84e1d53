// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/config/configuration.h"
#include "app/formats/kubernetes_hpa.h"
#include "app/kubernetes/kubernetes_calls.h"
#include "models/fleet.h"
#include "models/items/breaker_store.h"
#include "models/items/rollout_store.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace cockpit {

/// How many pods each workload has, may have and should have: reads the autoscalers of the namespaces that roll out
/// something, and joins them with what runs, how full it is and what it costs. Owner's thread; never waits.
class Capacities : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Clock &clock;
        KubernetesCalls *kubernetes; ///< null = no cluster is configured
        const RolloutStore &rollouts;
        BreakerStore &store;
        std::function<std::shared_ptr<const Fleet>()> fleet;
        CapacityConfig prices{};
    };
    explicit Capacities(Parts parts, QObject *parent = nullptr);

    void start();
    /// Reads all autoscalers now.
    void poll();
    /// By its autoscaler; null when it is not known.
    CapacityPtr of(const ObjectKey &autoscaler) const;

private:
    void take(const QString &context, const QString &nameSpace, const QList<KubernetesObject> &items);
    void rebuild();
    Capacity capacityOf(const Rollout &rollout, const Fleet *fleet, Instant now);
    void addAutoscaler(const Rollout &rollout, Capacity &capacity, Instant now);

    Parts m_parts;
    QHash<QString, QList<HpaFacts>> m_autoscalers{}; ///< by "context/namespace"
    QHash<QString, Instant> m_atMaximumSince{};      ///< by path, where the server does not say
    QTimer m_timer;
    QTimer m_soon;
    bool m_asked = false;
};

} // namespace cockpit
