// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/breaker/override_breaker.h"
#include "app/actions/breaker/reset_breaker.h"
#include "app/backends/update_sink.h"
#include "app/breakers/breaker_source.h"
#include "app/cockpit/breaker_past.h"
#include "app/cockpit/lease_board.h"
#include "app/cockpit/overrides.h"
#include "app/config/configuration.h"
#include "app/config/secret_resolver.h"
#include "models/items/breaker_store.h"
#include "models/items/rollout_store.h"

#include <QObject>

#include <memory>
#include <vector>

namespace cockpit {

/// The configured sources of circuit breakers: polls each, finds the pods to be asked, keeps overrides on pods that
/// come later, and tells other cockpits. Owner's thread; never waits.
class Breakers : public QObject {
    Q_OBJECT
public:
    struct Parts {
        HttpClient &client;
        const Clock &clock;
        SecretResolver &secrets;
        StoreThread &journal;
        RolloutStore &rollouts;
        BreakerStore &store;
        KubernetesCalls *kubernetes = nullptr;
        UpdateSink publish;
        Post post;
        std::function<std::shared_ptr<const Fleet>()> fleet;
        std::function<QList<PrometheusBackend *>()> prometheus; ///< those that can be asked now; may be empty
        const Configuration &configuration;
    };
    explicit Breakers(Parts parts, QObject *parent = nullptr);
    ~Breakers() override;

    /// The handlers of the actions; null when no source is configured.
    ActionHandler *overrideBreaker() { return m_sources.empty() ? nullptr : &m_override; }
    ActionHandler *resetBreaker() { return m_sources.empty() ? nullptr : &m_reset; }
    /// The overrides that hold; to be set before start().
    void setOverrides(Overrides &overrides) { m_overrides = &overrides; }
    /// Publishes each source as connecting, resolves how one gets in, and begins to poll.
    void start();
    void pollAll(HttpLane lane);
    void retry(const SourceId &id);
    QList<SourceId> order() const;
    /// What other cockpits wrote on the workloads is read, or cannot be.
    bool notesRead() const;
    /// A source answered: shown, and overrides are asserted on pods that came later or restarted.
    void take(const BreakersUpdate &update);

Q_SIGNALS:
    /// An override was set again on a pod, or somebody changed it there.
    void noticed(const QString &words);

private:
    struct Source;
    Source *find(const SourceId &id) const;
    void resolve(Source &source);
    void makeIstio(Source &source);
    void make(Source &source, const QList<EndpointPtr> &endpoints);
    void poll(Source &source, HttpLane lane);
    void publishProblem(const Source &source, const Error &error);
    void podsMayHaveChanged();
    std::optional<LeasePlace> placeOf(const BreakerKey &key) const;
    void readNotes(Source &source);
    void showNotes(Source &source, const QList<LeaseNote> &notes);
    void uphold(Source &source, const Lease &lease, const Breaker &breaker);
    void assertOn(Source &source, Lease lease, const Breaker &breaker, const QStringList &pods);
    BreakerActionParts actionParts();

    Parts m_parts;
    std::vector<std::unique_ptr<Source>> m_sources;
    Overrides *m_overrides = nullptr;
    ServiceMap m_services;
    std::unique_ptr<LeaseNotes> m_notes; ///< null without a cluster
    BreakerPast m_past;
    OverrideBreakerHandler m_override;
    ResetBreakerHandler m_reset;
};

} // namespace cockpit
