// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/poll_round.h"
#include "app/breakers/breaker_assembly.h"
#include "app/breakers/breaker_source.h"
#include "app/store/store_thread.h"

#include <memory>

namespace cockpit {

/// One instance and the way to it.
struct BreakerInstance {
    QString pod{};
    EndpointPtr endpoint{};
    QString base{}; ///< stands before each path, encoded: "/api/v1/namespaces/…/proxy/actuator"
};
/// The instances as they are now. Errors: when they cannot be known. Owner's thread.
using FindInstances = std::function<Result<QList<BreakerInstance>>()>;

/// Breakers that live in each instance of a service for itself (resilience4j, Envoy, in-house): each is asked and told.
class InstanceBreakers final : public BreakerSource {
public:
    /// Told at once at most.
    static constexpr int kAtOnce = 8;
    struct Settings {
        SourceIdentity identity{};
        std::shared_ptr<const BreakerProtocol> protocol{};
        BreakerFacts facts{};
    };
    InstanceBreakers(HttpClient &client, const Clock &clock, Settings settings, FindInstances find, Post post,
                     UpdateSink publish);
    ~InstanceBreakers() override;

    void poll(HttpLane lane) override;
    void look(std::function<void(Result<BreakerLook>)> done) override;
    void apply(const BreakerOrder &order, std::function<void(QList<PodOutcome>)> done) override;

private:
    struct Shared;
    struct Order;
    void publishNoInstances(const Error &error);

    std::shared_ptr<Shared> m_shared;
    FindInstances m_find;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true); ///< only looked at on the owner's thread
};

} // namespace cockpit
