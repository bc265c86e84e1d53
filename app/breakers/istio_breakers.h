// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/poll_round.h"
#include "app/breakers/breaker_assembly.h"
#include "app/breakers/breaker_source.h"
#include "app/formats/lease_codec.h"
#include "app/kubernetes/kubernetes_calls.h"

#include <memory>

namespace cockpit {

/// Istio's VirtualServices of one namespace as breakers: forced open by an abort fault, given back by taking it away.
class IstioBreakers final : public BreakerSource {
public:
    struct Settings {
        SourceIdentity identity{};
        BreakerFacts facts{};
        QString context{};
        QString nameSpace{};
        std::function<void(const QList<LeaseNote> &)> notes{}; ///< what cockpits wrote on the objects, with each list
    };
    /// The calls outlive it.
    IstioBreakers(KubernetesCalls &calls, const Clock &clock, Settings settings, UpdateSink publish);

    void poll(HttpLane lane) override;
    void look(std::function<void(Result<BreakerLook>)> done) override;
    void apply(const BreakerOrder &order, std::function<void(QList<PodOutcome>)> done) override;

    /// The path of a VirtualService; without a name of their list. `version`: "v1", of older clusters "v1beta1".
    static QString path(const QString &nameSpace, const QString &name, const QString &version = QStringLiteral("v1"));

private:
    void list(HttpLane lane, std::function<void(Result<std::vector<BreakerPtr>>)> done);
    std::vector<BreakerPtr> breakersOf(const KubernetesObject &list);
    void readBack(const BreakerOrder &order, PodOutcome outcome, const std::optional<Error> &problem,
                  std::function<void(QList<PodOutcome>)> done);
    KubernetesCall objectCall(const QString &name) const;

    KubernetesCalls &m_calls;
    const Clock &m_clock;
    Settings m_settings;
    UpdateSink m_publish;
    QString m_version{QStringLiteral("v1")};
    BreakerMemory m_memory{};
    std::optional<Instant> m_lastSuccess{};
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
