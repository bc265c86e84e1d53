// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/breaker_sources.h"

#include "app/breakers/breaker_words.h"

#include <QUrl>

namespace cockpit {

namespace {

constexpr int applicationPort = 8080;
constexpr int envoyAdminPort = 15000;

BreakerTemplate templateOf(const BreakerCallConfig &config)
{
    return {config.method.toLatin1(), config.path, config.body, config.modes};
}

HttpBreakerSettings httpSettings(const BreakerConfig &config)
{
    const BreakerListConfig &list = config.list;
    HttpBreakerSettings settings{.listPath = list.path,
                                 .pointers = {list.items, list.name, list.state, list.to, list.failure, list.slow,
                                              list.rejected, list.calls, list.states}};
    if (config.set)
        settings.set = templateOf(*config.set);
    if (config.reset)
        settings.reset = templateOf(*config.reset);
    return settings;
}

QString ownPath(const BreakerConfig &config)
{
    QString path = config.path;
    if (path.isEmpty() && config.kind == BreakerConfig::Kind::Resilience4j)
        path = QStringLiteral("/actuator");
    while (path.endsWith(u'/'))
        path.chop(1);
    return path;
}

int podPort(const BreakerConfig &config)
{
    if (config.port > 0)
        return config.port;
    return config.kind == BreakerConfig::Kind::Envoy ? envoyAdminPort : applicationPort;
}

} // namespace

SourceIdentity breakerIdentity(const BreakerConfig &config)
{
    const QString kind = breakerProtocol(config) ? breakerProtocol(config)->kind() : QStringLiteral("istio");
    const QString name = !config.name.isEmpty()                 ? config.name
                         : !config.service.toString().isEmpty() ? config.service.toString()
                                                                : kind;
    return {.id = SourceId(QStringLiteral("breakers/") + name),
            .name = name,
            .backend = BreakerWords::tr("Breakers of %1").arg(name),
            .kind = SourceStatus::Kind::Breakers,
            .cluster = config.context,
            .interval = config.interval};
}

QList<EndpointConfig> breakerEndpoints(const BreakerConfig &config)
{
    if (!config.workload.isEmpty()) {
        EndpointConfig server = config.endpoint;
        server.via = {config.context, config.nameSpace, {}}; // the API server itself
        return {server};
    }
    QList<EndpointConfig> all;
    for (const QString &url : config.urls) {
        EndpointConfig one = config.endpoint;
        one.url = url;
        all.append(one);
    }
    if (all.isEmpty())
        all.append(config.endpoint);
    return all;
}

const Rollout *breakerWorkload(const RolloutStore &rollouts, const BreakerConfig &config)
{
    const QString words = QStringList{config.context, config.nameSpace, config.workload}.join(u'/');
    const auto found = rollouts.named(words);
    return found.isEmpty() ? nullptr : found.first()->rollout.get();
}

QStringList askablePods(const RolloutStore &rollouts, const BreakerConfig &config)
{
    QStringList pods;
    if (const Rollout *rollout = breakerWorkload(rollouts, config)) {
        for (const PodFact &pod : rollout->pods) {
            if (pod.phase == u"Running" && !pod.terminating)
                pods.append(pod.name);
        }
    }
    return pods;
}

std::shared_ptr<const BreakerProtocol> breakerProtocol(const BreakerConfig &config)
{
    switch (config.kind) {
    case BreakerConfig::Kind::Resilience4j:
        return resilience4jProtocol();
    case BreakerConfig::Kind::Envoy:
        return envoyProtocol();
    case BreakerConfig::Kind::Http:
        return httpBreakerProtocol(httpSettings(config));
    case BreakerConfig::Kind::Istio:
        break;
    }
    return nullptr;
}

Result<QList<BreakerInstance>> breakerInstances(const BreakerConfig &config, const QList<EndpointPtr> &endpoints,
                                                const QStringList &pods)
{
    QList<BreakerInstance> instances;
    const QString path = ownPath(config);
    if (config.workload.isEmpty()) {
        for (const EndpointPtr &endpoint : endpoints) {
            const QUrl url(endpoint->url);
            const QString name = endpoints.size() == 1 && !config.service.toString().isEmpty()
                                     ? config.service.toString()
                                     : url.host() + (url.port() > 0 ? u':' + QString::number(url.port()) : QString());
            instances.append({name, endpoint, path});
        }
        return instances;
    }
    for (const QString &pod : pods) {
        const QString base = QStringLiteral("/api/v1/namespaces/%1/pods/%2:%3/proxy")
                                 .arg(config.nameSpace, pod, QString::number(podPort(config)));
        instances.append({pod, endpoints.first(), base + path});
    }
    if (instances.isEmpty())
        return Error{Error::Kind::Unavailable,
                     BreakerWords::tr("The cluster %1 shows no running pod of %2 in %3.")
                         .arg(config.context, config.workload, config.nameSpace),
                     BreakerWords::tr("Its breakers are not known."),
                     BreakerWords::tr("Check `workload` of this source, and that the cluster answers.")};
    return instances;
}

BreakerConfig withPlace(BreakerConfig config, const Configuration &configuration)
{
    if (configuration.kubernetes && (!config.workload.isEmpty() || config.kind == BreakerConfig::Kind::Istio)) {
        if (config.context.isEmpty())
            config.context = configuration.kubernetes->contexts.value(0);
        if (config.nameSpace.isEmpty())
            config.nameSpace = configuration.kubernetes->namespaces.value(0, QStringLiteral("default"));
    }
    return config;
}

} // namespace cockpit
