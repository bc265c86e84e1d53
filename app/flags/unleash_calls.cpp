// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flags/unleash_parts.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr int eventsOfFlag = 50;

} // namespace

QString unleashPath(const FlagKey &flag)
{
    return QStringLiteral("/api/admin/projects/") + urlPart(flag.project) + QStringLiteral("/features/") +
           urlPart(flag.name);
}

void UnleashSource::read(const FlagKey &flag, Answer<FlagReading> done)
{
    const auto reading = std::make_shared<Reading>(Reading{flag, {}, std::move(done)});
    const std::shared_ptr<const Link> link = m_link;
    link->get(link->request(unleashPath(flag), HttpLane::Interactive), [link, reading](const Result<std::string> &body) {
        if (!body && body.error().kind == Error::Kind::NotFound)
            return reading->done(Error{
                Error::Kind::NotFound,
                FlagWords::tr("%1 has no flag %2 in the project %3.")
                    .arg(link->settings.identity.backend, reading->flag.name, reading->flag.project),
                {},
                FlagWords::tr("See the flags with: dt-cockpit flags")});
        auto feature = body ? parseUnleashFeature(*body, link->settings.place) : Result<ParsedFlag>(body.error());
        if (!feature)
            return reading->done(feature.error());
        reading->reading.parsed = std::move(*feature);
        askEventsOf(link, reading);
    });
}

void UnleashSource::askEventsOf(const std::shared_ptr<const Link> &link, const std::shared_ptr<Reading> &reading)
{
    const bool old = link->memory->oldEvents;
    HttpRequest request =
        link->request(old ? QStringLiteral("/api/admin/events/") + urlPart(reading->flag.name)
                          : QStringLiteral("/api/admin/search/events"),
                      HttpLane::Interactive);
    if (!old)
        request.query = {{QStringLiteral("feature"), QStringLiteral("IS:") + reading->flag.name},
                         {QStringLiteral("limit"), QString::number(eventsOfFlag)}};
    link->get(std::move(request), [link, reading, old](const Result<std::string> &body) {
        if (!body && body.error().kind == Error::Kind::NotFound && !old) {
            link->memory->oldEvents = true;
            return askEventsOf(link, reading);
        }
        // Without its log the flag can still be switched: the plan says that it is not known who changed it.
        if (auto events = body ? parseUnleashEvents(*body, link->settings.place)
                               : Result<std::vector<FlagEvent>>(body.error())) {
            std::erase_if(*events, [&](const FlagEvent &one) { return one.flag.name != reading->flag.name; });
            reading->reading.events = std::move(*events);
            reading->reading.eventsKnown = true;
            std::vector<ParsedFlag> one{std::move(reading->reading.parsed)};
            addLastChanges(one, reading->reading.events, link->settings.place.here);
            reading->reading.parsed = std::move(one.front());
        }
        askWho(link, reading);
    });
}

void UnleashSource::askWho(const std::shared_ptr<const Link> &link, const std::shared_ptr<Reading> &reading)
{
    if (!link->memory->ourNames.isEmpty()) {
        reading->reading.ourNames = link->memory->ourNames;
        return askApprovals(link, reading);
    }
    link->get(link->request(QStringLiteral("/api/admin/user"), HttpLane::Interactive),
              [link, reading](const Result<std::string> &body) {
                  if (const auto names = body ? parseUnleashUser(*body) : Result<QStringList>(body.error()))
                      link->memory->ourNames = *names;
                  reading->reading.ourNames = link->memory->ourNames;
                  askApprovals(link, reading);
              });
}

void UnleashSource::askApprovals(const std::shared_ptr<const Link> &link, const std::shared_ptr<Reading> &reading)
{
    const QString path = QStringLiteral("/api/admin/projects/") + urlPart(reading->flag.project) +
                         QStringLiteral("/change-requests/config");
    link->get(link->request(path, HttpLane::Interactive), [reading](const Result<std::string> &body) {
        // The free edition has no change requests and answers 404.
        const auto asked = body ? parseChangeRequestConfig(*body) : Result<QSet<QString>>(body.error());
        for (FlagState &state : reading->reading.parsed.flag.states)
            state.needsApproval = asked && asked->contains(state.environment);
        reading->done(std::move(reading->reading));
    });
}

void UnleashSource::set(const FlagSwitch &wish, Answer<Done> done)
{
    const std::shared_ptr<const Link> link = m_link;
    HttpRequest request =
        link->request(unleashPath(wish.flag) + QStringLiteral("/environments/") + urlPart(wish.environment) +
                          (wish.enabled ? QStringLiteral("/on") : QStringLiteral("/off")),
                      HttpLane::Action);
    request.method = "POST";
    request.headers.append(HttpHeader{"Content-Type", "application/json"});
    request.idempotent = false;
    request.maxTries = 1;
    if (wish.enabled && wish.activateStrategies)
        request.query = {{QStringLiteral("shouldActivateDisabledStrategies"), QStringLiteral("true")}};
    link->client.send(std::move(request), [link, wish, done = std::move(done)](const Result<HttpResponse> &response) {
        if (!response)
            return done(response.error());
        if (response->status >= 400)
            return done(link->failure(*response, wish.environment));
        done(Done{});
    });
}

std::unique_ptr<FlagSource> makeUnleashSource(HttpClient &client, const Clock &clock, FlagSource::Settings settings,
                                              UpdateSink publish)
{
    return std::make_unique<UnleashSource>(client, clock, std::move(settings), std::move(publish));
}

} // namespace cockpit
