// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/flag_services.h"

#include <QRandomGenerator>

#include <algorithm>

namespace cockpit {

using namespace std::chrono_literals;

struct FlagServices::Service {
    FlagConfig config;
    FlagSource::Settings settings;
    std::unique_ptr<FlagSource> source;
    QTimer timer;
    bool resolving = false;
    std::optional<Clock::Monotonic> renewedAt;
};

namespace {

QString flagServiceWord(FlagConfig::Kind kind)
{
    switch (kind) {
    case FlagConfig::Kind::Unleash: return QStringLiteral("Unleash");
    case FlagConfig::Kind::LaunchDarkly: return QStringLiteral("LaunchDarkly");
    case FlagConfig::Kind::Flagd: return QStringLiteral("flagd");
    case FlagConfig::Kind::Ofrep: break;
    }
    return QStringLiteral("OFREP");
}

FlagSource::Settings flagSettings(const FlagConfig &config, const QString &environment, qsizetype number)
{
    const QString word = flagServiceWord(config.kind);
    const QString name = !config.name.isEmpty() ? config.name
                         : number == 0          ? word
                                                : QStringLiteral("%1 %2").arg(word).arg(number + 1);
    FlagSource::Settings settings;
    settings.identity = {.id = SourceId(QStringLiteral("flags/") + name),
                         .name = name,
                         .backend = name.contains(word) ? name : word + u' ' + name,
                         .kind = SourceStatus::Kind::Flags,
                         .cluster = {},
                         .interval = config.interval};
    settings.place.source = settings.identity.id;
    settings.place.project = config.project;
    settings.place.here = config.environment.isEmpty() ? environment : config.environment;
    settings.place.environments = config.environments;
    for (auto one = config.services.constBegin(); one != config.services.constEnd(); ++one)
        settings.place.services.insert(one.key(), ServiceId(one.value()));
    settings.file = config.file;
    return settings;
}

SourceStatus flagServiceStatus(const SourceIdentity &identity, const Clock &clock)
{
    return {.id = identity.id,
            .name = identity.name,
            .kind = identity.kind,
            .cluster = identity.cluster,
            .state = SourceStatus::State::Connecting,
            .interval = Duration(qint64(double(identity.interval.count()) * clock.speed()))};
}

std::chrono::milliseconds flagPollPause(std::chrono::milliseconds interval)
{
    const double factor = 0.9 + 0.2 * QRandomGenerator::global()->generateDouble();
    return std::chrono::milliseconds(qint64(double(interval.count()) * factor));
}

} // namespace

FlagServices::FlagServices(HttpClient &client, const Clock &clock, SecretResolver &secrets, UpdateSink publish,
                           Post post, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_clock(clock)
    , m_secrets(secrets)
    , m_publish(std::move(publish))
    , m_post(std::move(post))
{}

FlagServices::~FlagServices() = default;

void FlagServices::configure(const Configuration &configuration)
{
    QHash<int, qsizetype> numbers;
    for (const FlagConfig &config : configuration.flags) {
        auto service = std::make_unique<Service>();
        service->config = config;
        service->settings =
            flagSettings(config, configuration.environment.name, numbers[static_cast<int>(config.kind)]++);
        service->timer.setSingleShot(true);
        connect(&service->timer, &QTimer::timeout, this,
                [this, raw = service.get()] { poll(*raw, HttpLane::Poll); });
        m_publish(StatusUpdate{flagServiceStatus(service->settings.identity, m_clock)});
        m_services.push_back(std::move(service));
    }
}

void FlagServices::start()
{
    for (const auto &service : m_services)
        resolve(*service);
}

void FlagServices::resolve(Service &service)
{
    if (service.resolving)
        return;
    if (service.config.endpoint.url.isEmpty() && !service.config.file.isEmpty())
        return open(service, nullptr);
    service.resolving = true;
    m_secrets.resolve(service.config.endpoint, [this, &service](const Result<EndpointPtr> &endpoint) {
        service.resolving = false;
        if (endpoint)
            return open(service, *endpoint);
        SourceStatus status = flagServiceStatus(service.settings.identity, m_clock);
        status.state = SourceStatus::State::Unauthorized;
        status.message = tr("Its credentials could not be read. ") + endpoint.error().text();
        m_publish(StatusUpdate{status});
        service.timer.start(flagPollPause(service.settings.identity.interval));
    });
}

void FlagServices::open(Service &service, const EndpointPtr &endpoint)
{
    const EndpointPtr &before = service.settings.endpoint;
    const bool same = service.source && (before == endpoint || (before && endpoint && *before == *endpoint));
    if (!same) {
        service.settings.endpoint = endpoint;
        const auto make = service.config.kind == FlagConfig::Kind::Unleash        ? makeUnleashSource
                          : service.config.kind == FlagConfig::Kind::LaunchDarkly ? makeLaunchDarklySource
                          : service.config.kind == FlagConfig::Kind::Flagd        ? makeFlagdSource
                                                                                  : makeOfrepSource;
        service.source = make(m_client, m_clock, service.settings, m_publish);
        poll(service, HttpLane::Probe);
    }
}

void FlagServices::poll(Service &service, HttpLane lane)
{
    service.timer.start(flagPollPause(service.settings.identity.interval));
    if (service.source)
        service.source->poll(lane);
    else
        resolve(service);
}

void FlagServices::pollAll(HttpLane lane)
{
    for (const auto &service : m_services)
        poll(*service, lane);
}

void FlagServices::retry(const SourceId &id)
{
    if (Service *service = find(id))
        poll(*service, HttpLane::Probe);
}

void FlagServices::renewCredentials(const SourceId &id)
{
    Service *service = find(id);
    const Clock::Monotonic now = m_clock.monotonic();
    if (!service || (service->renewedAt && now - *service->renewedAt < 1min))
        return;
    service->renewedAt = now;
    resolve(*service);
}

QList<SourceId> FlagServices::order() const
{
    QList<SourceId> ids;
    for (const auto &service : m_services)
        ids.append(service->settings.identity.id);
    return ids;
}

FlagServices::Service *FlagServices::find(const SourceId &id) const
{
    const auto found = std::find_if(m_services.begin(), m_services.end(),
                                    [&](const auto &one) { return one->settings.identity.id == id; });
    return found == m_services.end() ? nullptr : found->get();
}

Error FlagServices::unknownService(const SourceId &id) const
{
    return find(id) ? Error{Error::Kind::Unavailable, tr("%1 has not been reached yet.").arg(id.toString()), {},
                            tr("See why with: dt-cockpit self-check")}
                    : Error{Error::Kind::Invalid, tr("No flag service '%1' is configured.").arg(id.toString()), {},
                            tr("Name it under `flags:` in the configuration.")};
}

void FlagServices::read(const FlagKey &flag, FlagSource::Answer<FlagReading> done)
{
    Service *service = find(flag.source);
    if (!service || !service->source)
        return done(unknownService(flag.source));
    service->source->read(flag, [post = m_post, done = std::move(done)](const Result<FlagReading> &reading) {
        post([done, reading] { done(reading); });
    });
}

void FlagServices::set(const FlagSwitch &wish, FlagSource::Answer<Done> done)
{
    Service *service = find(wish.flag.source);
    if (!service || !service->source)
        return done(unknownService(wish.flag.source));
    service->source->set(wish, [post = m_post, done = std::move(done)](const Result<Done> &answer) {
        post([done, answer] { done(answer); });
    });
}

} // namespace cockpit
