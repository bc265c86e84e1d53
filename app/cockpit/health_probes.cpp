// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/health_probes.h"

#include <algorithm>

namespace cockpit {

struct HealthProbes::Service {
    HealthConfig config;
    QList<std::pair<ProbeQuestion, EndpointConfig>> wanted; ///< still to be resolved
    QList<HealthProbe::Target> targets;
    std::unique_ptr<HealthProbe> probe;
    QTimer timer;
};

HealthProbes::HealthProbes(HttpClient &client, const Clock &clock, SecretResolver &secrets, UpdateSink publish,
                           QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_clock(clock)
    , m_secrets(secrets)
    , m_publish(std::move(publish))
{}

HealthProbes::~HealthProbes() = default;

void HealthProbes::start(const QList<HealthConfig> &services)
{
    for (const HealthConfig &config : services) {
        auto service = std::make_unique<Service>();
        service->config = config;
        for (const auto &[question, endpoint] : {std::pair{ProbeQuestion::Live, &config.live},
                                                 std::pair{ProbeQuestion::Ready, &config.ready},
                                                 std::pair{ProbeQuestion::Healthy, &config.healthy}}) {
            if (*endpoint)
                service->wanted.append({question, **endpoint});
        }
        m_services.push_back(std::move(service));
        resolveNext(*m_services.back());
    }
}

void HealthProbes::resolveNext(Service &service)
{
    if (service.wanted.isEmpty())
        return begin(service);
    m_secrets.resolve(service.wanted.first().second, [this, &service](const Result<EndpointPtr> &endpoint) {
        const ProbeQuestion question = service.wanted.takeFirst().first;
        if (endpoint) {
            service.targets.append({question, *endpoint});
        } else { // a cluster that is not there yet, or a secret that cannot be read: said in place
            HealthUpdate update{service.config.service, m_clock.now(), service.config.interval, {}};
            update.answers.append({question, ProbeState::Refused, endpoint.error().what, tr("the cockpit"), {}});
            m_publish(update);
        }
        resolveNext(service);
    });
}

void HealthProbes::begin(Service &service)
{
    if (service.targets.isEmpty())
        return;
    service.probe = std::make_unique<HealthProbe>(
        m_client, m_clock,
        HealthProbe::Settings{service.config.service, service.config.interval, service.targets}, m_publish);
    connect(&service.timer, &QTimer::timeout, this, [&service] { service.probe->poll(HttpLane::Poll); });
    service.timer.start(service.config.interval);
    service.probe->poll(HttpLane::Probe);
}

void HealthProbes::pollAll(HttpLane lane)
{
    for (const auto &service : m_services) {
        if (service->probe)
            service->probe->poll(lane);
    }
}

bool HealthProbes::everyAnswered() const
{
    return std::all_of(m_services.begin(), m_services.end(),
                       [this](const auto &service) { return m_answered.contains(service->config.service); });
}

} // namespace cockpit
