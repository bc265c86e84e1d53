// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/paging_services.h"

#include "app/actions/action_engine.h"

#include <QRandomGenerator>

#include <algorithm>

namespace cockpit {

using namespace std::chrono_literals;

struct PagingServices::Service {
    SourceIdentity identity;
    QTimer timer;
    bool resolving = false;
    bool opened = false;
    std::optional<Clock::Monotonic> renewedAt;
};

namespace {

template <typename T> PagingSource::Answer<T> pagingPosted(const PagingServices::Post &post, PagingSource::Answer<T> done)
{
    return [post, done = std::move(done)](Result<T> answer) {
        post([done, answer = std::move(answer)] { done(answer); });
    };
}

EndpointConfig tokenEndpoint(const QString &url, const SecretRef &token)
{
    EndpointConfig endpoint{.url = url};
    endpoint.auth.bearer = token;
    return endpoint;
}

/// The token in the service's own scheme of `Authorization`.
EndpointPtr withScheme(const EndpointPtr &endpoint, const QByteArray &scheme)
{
    auto with = std::make_shared<Endpoint>(*endpoint);
    with->headers.append(HttpHeader{"Authorization", scheme + with->bearer});
    with->bearer.clear();
    return with;
}

QString dutyRestUrl(const PagerDutyConfig &config)
{
    return !config.url.isEmpty() ? config.url
           : config.europe       ? QStringLiteral("https://api.eu.pagerduty.com")
                                 : QStringLiteral("https://api.pagerduty.com");
}

QString dutyEventsUrl(const PagerDutyConfig &config)
{
    return !config.eventsUrl.isEmpty() ? config.eventsUrl
           : !config.url.isEmpty()     ? config.url
           : config.europe             ? QStringLiteral("https://events.eu.pagerduty.com")
                                       : QStringLiteral("https://events.pagerduty.com");
}

QString genieUrl(const OpsgenieConfig &config)
{
    return !config.url.isEmpty() ? config.url
           : config.europe       ? QStringLiteral("https://api.eu.opsgenie.com")
                                 : QStringLiteral("https://api.opsgenie.com");
}

} // namespace

/// The paging service for handlers: answers come back on the owner's thread.
class PagingServices::Paging final : public PagingCalls {
public:
    Paging(Post post, QString name, QString user, PagingAbilities promised)
        : m_post(std::move(post))
        , m_name(std::move(name))
        , m_user(std::move(user))
        , m_promised(promised)
    {}
    std::unique_ptr<PagingSource> source;

    PagingAbilities abilities() const override { return source ? source->abilities() : m_promised; }
    QString name() const override { return m_name; }
    QString user() const override { return m_user; }
    void read(const PageName &page, PagingSource::Answer<PageReading> done) override
    {
        source ? source->read(page, pagingPosted(m_post, std::move(done))) : done(notReached());
    }
    void trigger(const TriggerPage &wish, PagingSource::Answer<QString> done) override
    {
        source ? source->trigger(wish, pagingPosted(m_post, std::move(done))) : done(notReached());
    }
    void setState(const PageName &page, Page::State state, PagingSource::Answer<QString> done) override
    {
        source ? source->setState(page, state, pagingPosted(m_post, std::move(done))) : done(notReached());
    }
    void escalate(const QString &page, int level, PagingSource::Answer<QString> done) override
    {
        source ? source->escalate(page, level, pagingPosted(m_post, std::move(done))) : done(notReached());
    }
    void addResponders(const QString &page, const QStringList &people, const QString &message,
                       PagingSource::Answer<QString> done) override
    {
        source ? source->addResponders(page, people, message, pagingPosted(m_post, std::move(done))) : done(notReached());
    }

private:
    Error notReached() const
    {
        return {Error::Kind::Unavailable, tr("%1 has not been reached yet.").arg(m_name), {},
                tr("See why with: dt-cockpit self-check")};
    }
    Post m_post;
    QString m_name;
    QString m_user;
    PagingAbilities m_promised;
};

/// The chat for its handler.
class PagingServices::Chat final : public ChatCalls {
public:
    Chat(Post post, QString place, bool byToken)
        : m_post(std::move(post))
        , m_place(std::move(place))
        , m_byToken(byToken)
    {}
    std::shared_ptr<SlackCalls> slack;

    bool reads() const override { return m_byToken; }
    QString channel() const override { return m_place; }
    void probe(SlackCalls::Answer<Done> done) override
    {
        slack ? slack->probe(pagingPosted(m_post, std::move(done))) : done(notReached());
    }
    void post(const QString &channel, const QString &text, const QString &thread, const QString &actionId,
              std::function<void(PostOutcome)> done) override
    {
        slack->post(channel, text, thread, actionId, [post = m_post, done](PostOutcome outcome) {
            post([done, outcome = std::move(outcome)] { done(outcome); });
        });
    }
    void find(const QString &channel, const QString &thread, const QString &actionId, Instant since,
              SlackCalls::Answer<std::optional<SlackMessage>> done) override
    {
        slack ? slack->find(channel, thread, actionId, since, pagingPosted(m_post, std::move(done))) : done(notReached());
    }

private:
    Error notReached() const
    {
        return {Error::Kind::Unavailable, tr("Slack has not been reached yet."), {},
                tr("See why with: dt-cockpit self-check")};
    }
    Post m_post;
    QString m_place;
    bool m_byToken;
};

PagingServices::PagingServices(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    const Configuration &all = m_parts.configuration;
    if (const auto &duty = all.pagerDuty) {
        const bool rest = duty->token.isSet();
        const bool events = duty->routingKey.isSet();
        add(pagingSourceId(), QStringLiteral("PagerDuty"), SourceStatus::Kind::Paging, duty->interval);
        m_paging = std::make_unique<Paging>(m_parts.post, QStringLiteral("PagerDuty"), duty->from,
                                            PagingAbilities{rest, events, rest || events, rest || events, rest, rest, rest});
    } else if (const auto &genie = all.opsgenie) {
        add(pagingSourceId(), QStringLiteral("Opsgenie"), SourceStatus::Kind::Paging, genie->interval);
        m_paging = std::make_unique<Paging>(m_parts.post, QStringLiteral("Opsgenie"), genie->user,
                                            PagingAbilities{true, true, true, true, true, true, false});
    } else if (const auto &hook = all.pagingWebhook) {
        add(pagingSourceId(), tr("Paging webhook"), SourceStatus::Kind::Paging, Duration(30s));
        m_paging = std::make_unique<Paging>(
            m_parts.post, tr("Paging webhook"), QString(),
            PagingAbilities{false, true, !hook->acknowledge.isEmpty(), !hook->resolve.isEmpty(), false, false, false});
    }
    if (const auto &slack = all.slack) {
        add(chatSourceId(), QStringLiteral("Slack"), SourceStatus::Kind::Chat, slack->interval);
        m_chat = std::make_unique<Chat>(m_parts.post, slack->channel, slack->token.isSet());
        m_post = std::make_unique<PostMessageHandler>(ChatActionParts{
            m_parts.clock, *m_chat, later(), m_parts.beginSending,
            [this](const QList<OutgoingMessage> &outgoing) { m_parts.store.setOutgoing(outgoing); }});
    }
    if (m_paging) {
        const PageActionParts actions{m_parts.clock, *m_paging, later()};
        m_trigger = std::make_unique<TriggerPageHandler>(actions);
        m_acknowledge = std::make_unique<SetPageStateHandler>(actions, Page::State::Acknowledged);
        m_resolve = std::make_unique<SetPageStateHandler>(actions, Page::State::Resolved);
        m_escalate = std::make_unique<EscalatePageHandler>(actions);
        m_responders = std::make_unique<AddRespondersHandler>(actions);
    }
    m_parts.store.setConfigured(m_paging != nullptr, m_chat != nullptr, m_chat ? m_chat->channel() : QString(),
                                all.responseTargets);
}

PagingServices::~PagingServices() = default;

void PagingServices::addTo(ActionEngineParts &parts)
{
    parts.triggerPage = m_trigger.get();
    parts.acknowledgePage = m_acknowledge.get();
    parts.resolvePage = m_resolve.get();
    parts.escalatePage = m_escalate.get();
    parts.addResponders = m_responders.get();
    parts.postMessage = m_post.get();
    parts.paging = m_paging.get();
    parts.openPage = [this](const Labels &alert) -> std::optional<Page> {
        const auto &paging = m_parts.store.paging();
        const Page *page = paging && paging->pages
                               ? pageOfAlert(*paging->pages, alert.value(u"alertname"), alert.value(u"service"))
                               : nullptr;
        return page ? std::optional(*page) : std::nullopt;
    };
}

void PagingServices::nameSource(ActionIntent &intent)
{
    std::visit(
        [](auto &one) {
            using Intent = std::decay_t<decltype(one)>;
            if constexpr (std::is_same_v<Intent, PostMessage>)
                one.source = chatSourceId();
            else if constexpr (std::is_same_v<Intent, TriggerPage> || std::is_same_v<Intent, AcknowledgePage> ||
                               std::is_same_v<Intent, ResolvePage> || std::is_same_v<Intent, EscalatePage> ||
                               std::is_same_v<Intent, AddResponders>)
                one.source = pagingSourceId();
        },
        intent);
}

std::function<void(std::chrono::milliseconds, std::function<void()>)> PagingServices::later()
{
    return [this](std::chrono::milliseconds wait, std::function<void()> call) {
        QTimer::singleShot(wait, this, std::move(call));
    };
}

void PagingServices::add(const SourceId &id, const QString &name, SourceStatus::Kind kind, Duration interval)
{
    auto service = std::make_unique<Service>();
    service->identity = {.id = id, .name = name, .backend = name, .kind = kind, .cluster = {}, .interval = interval};
    service->timer.setSingleShot(true);
    connect(&service->timer, &QTimer::timeout, this, [this, raw = service.get()] { poll(*raw, HttpLane::Poll); });
    m_services.push_back(std::move(service));
}

SourceStatus PagingServices::connecting(const Service &service) const
{
    const SourceIdentity &identity = service.identity;
    return {.id = identity.id,
            .name = identity.name,
            .kind = identity.kind,
            .cluster = {},
            .state = SourceStatus::State::Connecting,
            .interval = Duration(qint64(double(identity.interval.count()) * m_parts.clock.speed()))};
}

PagingParts PagingServices::partsOf(const Service &service) const
{
    return {m_parts.client, m_parts.clock, m_parts.publish, service.identity};
}

void PagingServices::start()
{
    for (const auto &service : m_services) {
        m_parts.publish(StatusUpdate{connecting(*service)});
        resolve(*service);
    }
}

void PagingServices::fail(Service &service, const Error &error)
{
    SourceStatus status = connecting(service);
    status.state = SourceStatus::State::Unauthorized;
    status.message = tr("Its credentials could not be read. ") + error.text();
    m_parts.publish(StatusUpdate{status});
    service.timer.start(service.identity.interval);
}

void PagingServices::resolve(Service &service)
{
    if (service.resolving)
        return;
    service.resolving = true;
    const Configuration &all = m_parts.configuration;
    EndpointConfig endpoint;
    if (service.identity.kind == SourceStatus::Kind::Chat && all.slack->webhook.isSet()) {
        return m_parts.secrets.read(all.slack->webhook, [this, &service](const Result<QByteArray> &address) {
            service.resolving = false;
            address ? open(service, std::make_shared<Endpoint>(Endpoint{.url = QString::fromUtf8(address->trimmed())}))
                    : fail(service, address.error());
        });
    }
    if (service.identity.kind == SourceStatus::Kind::Chat)
        endpoint = tokenEndpoint(all.slack->url.isEmpty() ? QStringLiteral("https://slack.com") : all.slack->url, all.slack->token);
    else if (all.pagerDuty)
        endpoint = tokenEndpoint(dutyRestUrl(*all.pagerDuty), all.pagerDuty->token);
    else if (all.opsgenie)
        endpoint = tokenEndpoint(genieUrl(*all.opsgenie), all.opsgenie->key);
    else
        endpoint = all.pagingWebhook->endpoint;
    m_parts.secrets.resolve(endpoint, [this, &service](const Result<EndpointPtr> &resolved) {
        service.resolving = false;
        resolved ? open(service, *resolved) : fail(service, resolved.error());
    });
}

void PagingServices::open(Service &service, const EndpointPtr &endpoint)
{
    const Configuration &all = m_parts.configuration;
    if (service.identity.kind == SourceStatus::Kind::Chat) {
        const bool byToken = all.slack->token.isSet();
        m_chat->slack = std::make_shared<SlackCalls>(
            partsOf(service), SlackAccess{byToken ? endpoint : nullptr, byToken ? nullptr : endpoint, all.slack->channel});
    } else if (const auto &duty = all.pagerDuty) {
        const auto make = [this, &service, endpoint](const QByteArray &routingKey) {
            const PagerDutyConfig &config = *m_parts.configuration.pagerDuty;
            PagerDutyAccess access{.rest = config.token.isSet() ? withScheme(endpoint, "Token token=") : nullptr,
                                   .events = std::make_shared<Endpoint>(Endpoint{.url = dutyEventsUrl(config)}),
                                   .routingKey = routingKey,
                                   .from = config.from,
                                   .services = config.services,
                                   .policies = config.policies};
            m_paging->source = makePagerDutySource(partsOf(service), std::move(access));
            service.opened = true;
            poll(service, HttpLane::Probe);
        };
        if (!duty->routingKey.isSet())
            return make({});
        return m_parts.secrets.read(duty->routingKey, [this, &service, make](const Result<QByteArray> &key) {
            key ? make(key->trimmed()) : fail(service, key.error());
        });
    } else if (all.opsgenie) {
        m_paging->source = makeOpsgenieSource(partsOf(service), OpsgenieAccess{withScheme(endpoint, "GenieKey "), all.opsgenie->user,
                                                                              all.opsgenie->schedules});
    } else {
        const PagingWebhookConfig &hook = *all.pagingWebhook;
        m_paging->source = makePagingWebhook(
            partsOf(service), PagingWebhookAccess{endpoint, hook.trigger, hook.acknowledge, hook.resolve});
    }
    service.opened = true;
    poll(service, HttpLane::Probe);
}

void PagingServices::poll(Service &service, HttpLane lane)
{
    const double factor = 0.9 + 0.2 * QRandomGenerator::global()->generateDouble();
    service.timer.start(std::chrono::milliseconds(qint64(double(service.identity.interval.count()) * factor)));
    if (!service.opened)
        resolve(service);
    else if (service.identity.kind == SourceStatus::Kind::Chat)
        m_chat->slack->poll(lane);
    else
        m_paging->source->poll(lane);
}

void PagingServices::pollAll(HttpLane lane)
{
    for (const auto &service : m_services)
        poll(*service, lane);
}

void PagingServices::retry(const SourceId &id)
{
    for (const auto &service : m_services) {
        if (service->identity.id == id)
            poll(*service, HttpLane::Probe);
    }
}

void PagingServices::renewCredentials(const SourceId &id)
{
    const Clock::Monotonic now = m_parts.clock.monotonic();
    for (const auto &service : m_services) {
        if (service->identity.id != id || (service->renewedAt && now - *service->renewedAt < 1min))
            continue;
        service->renewedAt = now;
        resolve(*service);
    }
}

QList<SourceId> PagingServices::order() const
{
    QList<SourceId> ids;
    for (const auto &service : m_services)
        ids.append(service->identity.id);
    return ids;
}

} // namespace cockpit
