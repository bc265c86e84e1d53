// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/health_probe.h"
#include "app/config/configuration.h"
#include "app/config/secret_resolver.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>
#include <vector>

namespace cockpit {

/// The health endpoints of the configuration: resolves how one gets there, directly or through a cluster, and looks at
/// each service's by its own interval. Owner's thread; never waits.
class HealthProbes : public QObject {
    Q_OBJECT
public:
    HealthProbes(HttpClient &client, const Clock &clock, SecretResolver &secrets, UpdateSink publish,
                 QObject *parent = nullptr);
    ~HealthProbes() override;
    void start(const QList<HealthConfig> &services);
    void pollAll(HttpLane lane);
    /// To be called with each update of health: whether every service was looked at once.
    void take(const HealthUpdate &update) { m_answered.insert(update.service); }
    bool everyAnswered() const;

private:
    struct Service;
    void resolveNext(Service &service);
    void begin(Service &service);

    HttpClient &m_client;
    const Clock &m_clock;
    SecretResolver &m_secrets;
    UpdateSink m_publish;
    std::vector<std::unique_ptr<Service>> m_services;
    QSet<ServiceId> m_answered;
};

} // namespace cockpit
