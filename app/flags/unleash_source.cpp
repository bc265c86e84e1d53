// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flags/unleash_source.h"

#include "app/flags/unleash_parts.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr int pageSize = 100;
constexpr size_t mostFlags = 10'000;
constexpr int eventsAsked = 100;
constexpr size_t strategiesAsked = 20; ///< a poll; the others follow with the next ones

} // namespace

/// One poll: pages, then events, then strategies.
struct UnleashSource::Round {
    PollRound round;
    HttpLane lane;
    std::vector<ParsedFlag> flags{};
    std::vector<FlagEvent> events{};
    bool eventsKnown = false;
    int open = 0; ///< strategies on the way

    void publishFlags(const Link &link);
};

UnleashSource::UnleashSource(HttpClient &client, const Clock &clock, Settings settings, UpdateSink publish)
{
    settings.endpoint = withPlainToken(settings.endpoint);
    m_link = std::make_shared<const Link>(
        Link{client, clock, std::move(settings), std::move(publish), std::make_shared<Memory>()});
}

HttpRequest UnleashSource::Link::request(const QString &path, HttpLane lane) const
{
    HttpRequest request;
    request.endpoint = settings.endpoint;
    request.path = path;
    request.headers = {{"Accept", "application/json"}};
    request.lane = lane;
    request.backend = settings.identity.backend;
    request.totalTimeout = std::chrono::milliseconds(10'000);
    request.deliverErrorBodies = true;
    return request;
}

Error UnleashSource::Link::failure(const HttpResponse &response, const QString &environment) const
{
    Error error = httpStatusError(settings.identity.backend, response);
    const UnleashRefusal refusal = parseUnleashRefusal(response.body);
    if (response.status == 403 && refusal.asksForChangeRequest) {
        error.what = FlagWords::tr("%1 asks for a change request in %2: it cannot be switched at once.")
                         .arg(settings.identity.backend, environment);
        error.meaning = FlagWords::tr("Nothing was changed.");
        error.next = FlagWords::tr("Open a change request in Unleash, or ask somebody who may skip it.");
    } else if (!refusal.message.isEmpty()) {
        error.what =
            FlagWords::tr("%1 answered %2: ").arg(settings.identity.backend, QString::number(response.status)) +
            refusal.message;
    }
    return error;
}

void UnleashSource::Link::get(HttpRequest request, std::function<void(Result<std::string>)> done) const
{
    client.send(std::move(request),
                [backend = settings.identity.backend, done = std::move(done)](Result<HttpResponse> response) {
                    if (!response)
                        return done(response.error());
                    if (response->status < 400)
                        return done(std::move(response->body));
                    Error error = httpStatusError(backend, *response);
                    const QString message = parseUnleashRefusal(response->body).message;
                    if (!message.isEmpty())
                        error.what = FlagWords::tr("%1 answered %2: ").arg(backend, QString::number(response->status)) + message;
                    done(error);
                });
}

void UnleashSource::Round::publishFlags(const Link &link)
{
    Memory &memory = *link.memory;
    for (ParsedFlag &one : flags) {
        const auto known = memory.strategies.constFind(one.flag.key);
        if (known == memory.strategies.constEnd())
            continue;
        for (FlagState &state : one.flag.states) {
            const auto same = std::find_if(known->states.cbegin(), known->states.cend(), [&](const FlagState &other) {
                return other.environment == state.environment;
            });
            state.gradual = same == known->states.cend() ? QString() : same->gradual;
        }
    }
    FlagsUpdate update{link.settings.identity.id, link.clock.now(), sharedFlags(std::move(flags)), nullptr};
    if (eventsKnown)
        update.events = std::make_shared<const std::vector<FlagEvent>>(std::move(events));
    round.sampled(update.at);
    round.publish(std::move(update));
    round.succeeded();
}

void UnleashSource::poll(HttpLane lane)
{
    const Link &link = *m_link;
    const auto round = std::make_shared<Round>(
        Round{PollRound(link.settings.identity, link.memory->source, link.clock, link.client, link.publish, 2), lane});
    askPage(m_link, round);
}

void UnleashSource::askPage(const std::shared_ptr<const Link> &link, const std::shared_ptr<Round> &round)
{
    const QString &project = link->settings.place.project;
    HttpRequest request;
    if (link->memory->oldList) {
        request = link->request(QStringLiteral("/api/admin/projects/") +
                                    urlPart(project.isEmpty() ? QStringLiteral("default") : project) +
                                    QStringLiteral("/features"),
                                round->lane);
    } else {
        request = link->request(QStringLiteral("/api/admin/search/features"), round->lane);
        request.query = {{QStringLiteral("limit"), QString::number(pageSize)},
                         {QStringLiteral("offset"), QString::number(round->flags.size())},
                         {QStringLiteral("sortBy"), QStringLiteral("name")},
                         {QStringLiteral("sortOrder"), QStringLiteral("asc")}};
        if (!project.isEmpty())
            request.query.append({QStringLiteral("project"), QStringLiteral("IS:") + project});
    }
    link->client.send(std::move(request), [link, round](Result<HttpResponse> response) {
        if (response && response->status == 404 && !link->memory->oldList) {
            link->memory->oldList = true;
            return askPage(link, round);
        }
        if (response && response->status >= 400)
            return takePage(link, round, link->failure(*response));
        takePage(link, round, response ? Result<std::string>(std::move(response->body)) : response.error());
    });
}

void UnleashSource::takePage(const std::shared_ptr<const Link> &link, const std::shared_ptr<Round> &round,
                             const Result<std::string> &body)
{
    auto page = body ? parseUnleashFeatures(*body, link->settings.place) : Result<UnleashPage>(body.error());
    if (!page) {
        round->round.failed(FlagWords::tr("flags"), page.error(), PollRound::Weight::Essential);
        return round->round.failed(FlagWords::tr("event log"),
                                   Error{.kind = Error::Kind::Cancelled, .what = {}}); // was not asked for
    }
    const bool got = !page->flags.empty();
    std::move(page->flags.begin(), page->flags.end(), std::back_inserter(round->flags));
    const bool more = page->total && got && round->flags.size() < static_cast<size_t>(*page->total);
    if (more && round->flags.size() < mostFlags)
        return askPage(link, round);
    askEvents(link, round);
}

void UnleashSource::askEvents(const std::shared_ptr<const Link> &link, const std::shared_ptr<Round> &round)
{
    const bool old = link->memory->oldEvents;
    HttpRequest request = link->request(
        old ? QStringLiteral("/api/admin/events") : QStringLiteral("/api/admin/search/events"), round->lane);
    request.query = {{QStringLiteral("limit"), QString::number(eventsAsked)}};
    link->client.send(std::move(request), [link, round, old](Result<HttpResponse> response) {
        if (response && response->status == 404 && !old) {
            link->memory->oldEvents = true;
            return askEvents(link, round);
        }
        std::optional<Error> error;
        if (!response || response->status >= 400) {
            error = response ? link->failure(*response) : response.error();
        } else if (auto events = parseUnleashEvents(response->body, link->settings.place)) {
            round->events = std::move(*events);
            round->eventsKnown = true;
            addLastChanges(round->flags, round->events, link->settings.place.here);
        } else {
            error = events.error();
        }
        askStrategies(link, round);
        if (error)
            round->round.failed(FlagWords::tr("event log"), *error);
        else
            round->round.succeeded();
    });
}

void UnleashSource::askStrategies(const std::shared_ptr<const Link> &link, const std::shared_ptr<Round> &round)
{
    std::vector<std::pair<FlagKey, std::optional<Instant>>> wanted;
    for (const ParsedFlag &one : round->flags) {
        const bool isOn = std::any_of(one.flag.states.cbegin(), one.flag.states.cend(),
                                      [](const FlagState &state) { return state.enabled.value_or(false); });
        const auto known = link->memory->strategies.constFind(one.flag.key);
        const bool isOld = known == link->memory->strategies.constEnd() || known->of != one.flag.changedAt;
        if (isOn && isOld && wanted.size() < strategiesAsked)
            wanted.emplace_back(one.flag.key, one.flag.changedAt);
    }
    round->open = static_cast<int>(wanted.size());
    if (wanted.empty())
        return round->publishFlags(*link);
    for (const auto &[flag, changedAt] : wanted) {
        const auto take = [link, round, flag = flag, changedAt = changedAt](const Result<std::string> &body) {
            const auto feature =
                body ? parseUnleashFeature(*body, link->settings.place) : Result<ParsedFlag>(body.error());
            if (feature)
                link->memory->strategies.insert(flag, {changedAt, feature->flag.states});
            if (--round->open == 0)
                round->publishFlags(*link);
        };
        link->get(link->request(unleashPath(flag), round->lane), take);
    }
}

} // namespace cockpit
