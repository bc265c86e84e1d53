// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/config/configuration.h"
#include "app/config/secret_resolver.h"
#include "app/flags/flag_calls.h"
#include "models/items/breaker_store.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace cockpit {

/// The configured feature flag services: resolves how one gets in, polls each by its own interval, and answers what
/// actions ask. Owner's thread; never waits.
class FlagServices : public QObject, public FlagCalls {
    Q_OBJECT
public:
    using Post = std::function<void(std::function<void()>)>;
    FlagServices(HttpClient &client, const Clock &clock, SecretResolver &secrets, UpdateSink publish, Post post,
                 QObject *parent = nullptr);
    ~FlagServices() override;

    /// Makes one source per configured service; publishes each as connecting. Call once.
    void configure(const Configuration &configuration);
    void start();
    void pollAll(HttpLane lane);
    /// Retry now; does nothing for a source that is no flag service.
    void retry(const SourceId &id);
    /// A service said 401: its token may have been renewed. At most once a minute each.
    void renewCredentials(const SourceId &id);
    QList<SourceId> order() const;
    bool isConfigured() const { return !m_services.empty(); }

    void read(const FlagKey &flag, FlagSource::Answer<FlagReading> done) override;
    void set(const FlagSwitch &wish, FlagSource::Answer<Done> done) override;

private:
    struct Service;
    void resolve(Service &service);
    void open(Service &service, const EndpointPtr &endpoint);
    void poll(Service &service, HttpLane lane);
    Service *find(const SourceId &id) const;
    Error unknownService(const SourceId &id) const;

    HttpClient &m_client;
    const Clock &m_clock;
    SecretResolver &m_secrets;
    UpdateSink m_publish;
    Post m_post;
    std::vector<std::unique_ptr<Service>> m_services;
};

} // namespace cockpit
